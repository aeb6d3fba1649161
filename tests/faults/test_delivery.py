"""A receiver that is down, slow, wrong, or cuts the line loses nothing, and what comes twice comes under one id.

Every claim has a control: the same run with its protection off, in which something is lost or doubled. All of it holds
with the journal in a file and in PostgreSQL.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.journal.opening import is_postgres
from adapters.notify import sending
from adapters.notify.webhook import Attempt
from domain import deliveries
from domain.deliveries import WAITS
from tests import postgres
from tests.faults.command_line import Done, call, environment, examples, rows_of
from tests.faults.receiver import Receiver, free_port, receiver

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes ...").decode()
VARIABLES = {"HOOK_SECRET": SECRET}
NOW = "2026-04-02T09:00:00+08:00"
BODY = "KS-01"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def mine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example mine, in which the team lead hears of everything by the channel ``hook``."""
    folder = tmp_path_factory.mktemp("mine")
    url = str(folder / "d.db") if request.param == "sqlite" else postgres.fresh_database("mine")
    told = Told(url, folder)
    told.say("init", "--practice", now="2026-01-05T08:00:00+08:00")
    told.say("do", "--batch", now="2026-04-01T08:00:00+08:00", text=examples())
    words = ["--subscription", "H-1", "--channel", "hook", "--person", "P-TEAM"]
    told.say("notify", "subscribe", "--body", BODY, *words, "--as", "P-PRINCIPAL")
    return url


class Told:
    """A practice journal and the settings of its channel; the example's own channel is somebody else's to deliver."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.settings = folder / "notify.toml"

    def say(self, *words: str, now: str = NOW, text: str = "", code: int = 0) -> Done:
        done = call(["--db", self.url, "--now", now, *words], text, VARIABLES)
        assert done.returncode == code, (words, done)
        return done

    def lead_to(self, port: int, **more: Any) -> None:
        told = {"kind": "webhook", "url": f"http://127.0.0.1:{port}/in", "secret_env": "HOOK_SECRET", **more}
        told = {"allow_http_loopback": True, "timeout_seconds": 5, **told}
        lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
        head = 'hosts = ["127.0.0.1"]\nelsewhere = ["board"]\n[channels.hook]\n'
        self.settings.write_text(head + "\n".join(lines) + "\n")

    def assign(self, *duties: str, now: str = NOW) -> None:
        data = [
            {"body": BODY, "duty": one, "title": f"check {one}", "owed_by": "P-TEAM", "due": "2026-06-30"}
            for one in duties
        ]
        lines = [
            {"command": "AssignDuty", "by": "P-SAFETY", "id": str(uuid.uuid4()), "data": one} for one in data
        ]
        self.say("do", "--batch", now=now, text="".join(json.dumps(one) + "\n" for one in lines))

    def run(self, now: str = NOW) -> list[dict[str, Any]]:
        words = ["notify", "run", "--settings", str(self.settings), "--json"]
        done = call(["--db", self.url, "--now", now, *words], "", VARIABLES)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        died = any(row["outcome"] == "dead" for row in found)
        assert done.returncode == int(died), done
        assert ("died undelivered" in done.stderr) is died
        return [row for row in found if row["channel"] == "hook"]

    def outcomes(self, now: str = NOW) -> list[str]:
        return [row["outcome"] for row in self.run(now)]

    def raised(self) -> list[int]:
        """The records that assigned a duty since the subscription."""
        found = []
        heard = False
        for row in rows_of(self.url):
            heard = heard or (row.kind == "subscription-made.1" and row.stream.endswith("/H-1"))
            if heard and row.kind == "duty-assigned.1":
                found.append(row.position)
        return found


@pytest.fixture
def told(mine: str, tmp_path: Path) -> Told:
    if is_postgres(mine):
        return Told(postgres.fresh_database("told", like=mine), tmp_path)
    shutil.copy(mine, tmp_path / "d.db")
    return Told(str(tmp_path / "d.db"), tmp_path)


@pytest.fixture
def hook(told: Told) -> Iterator[Receiver]:
    with receiver(SECRET) as one:
        told.lead_to(one.port)
        yield one


# ------------------------------------------------------------------------------------------------- the plain case


def test_a_message_arrives_signed_once_and_its_receipt_is_a_record(told: Told, hook: Receiver) -> None:
    told.assign("D-1")
    [row] = told.run()
    assert (row["outcome"], row["attempt"], row["status"], row["items"]) == ("delivered", 1, 204, 1)
    [one] = hook.got
    data = one["body"]["data"]
    assert (one["id"], one["body"]["type"]) == (row["message"], "dualguard.notice")
    assert (data["body"], data["recipient"], data["counts"]) == (BODY, "P-TEAM", {"duty_raised": 1})
    assert data["text"]["zh"].startswith("【演练】双控通知（KS-01）：新事项 1")
    assert "new duty: check D-1" in data["text"]["en"]
    last = rows_of(told.url)[-1]
    assert (last.kind, last.position) == ("message-delivered.1", row["position"])
    assert told.run() == [], "a second pass has nothing to do"
    assert len(hook.got) == 1


def test_five_hundred_things_for_one_person_are_one_message(told: Told, hook: Receiver) -> None:
    told.assign(*(f"D-{number}" for number in range(500)))
    assert told.outcomes() == ["delivered"]
    [one] = hook.got
    assert [item["position"] for item in one["body"]["data"]["items"]] == told.raised()
    assert len(told.raised()) == 500
    assert "另有 480 项，共 500 项" in one["body"]["data"]["text"]["zh"]


def test_a_secret_stands_in_no_record_no_file_and_no_answer(told: Told, hook: Receiver) -> None:
    told.assign("D-1")
    hook.plan = [500]
    done = told.say("notify", "run", "--settings", str(told.settings))
    said = done.stdout + done.stderr + told.say("notify", "status", "--settings", str(told.settings)).stdout
    plain = SECRET.removeprefix("whsec_")
    held = b"".join(path.read_bytes() for path in told.folder.iterdir() if path.name.startswith("d.db"))
    held += b"".join(row.state for row in rows_of(told.url))
    assert plain not in said and plain.encode() not in held
    assert plain not in told.settings.read_text()
    assert str(hook.port).encode() not in held, "where a channel leads is no record either"


# ------------------------------------------------------------------------------------------------- away for a week


def week(told: Told, port: int) -> None:
    """Each morning something falls to the team lead, while nobody answers at the port."""
    told.lead_to(port)
    for day in range(2, 9):
        morning = f"2026-04-0{day}T09:00:00+08:00"
        told.assign(f"D-{day}-1", f"D-{day}-2", now=morning)
        assert set(told.outcomes(morning)) <= {"waiting"}


def test_a_receiver_that_is_down_for_a_week_gets_everything_once_in_two_messages(told: Told) -> None:
    port = free_port()
    week(told, port)
    with receiver(SECRET, port=port) as hook:
        assert told.outcomes("2026-04-10T09:00:00+08:00") == ["delivered", "delivered"]
        assert hook.positions() == told.raised() and len(told.raised()) == 14
        assert [len(one["body"]["data"]["items"]) for one in hook.got] == [2, 12]


def test_a_sender_that_tries_once_would_lose_that_week(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "WAITS", ())
    port = free_port()
    told.lead_to(port)
    told.assign("D-1")
    assert told.outcomes() == ["dead"]
    with receiver(SECRET, port=port) as hook:
        assert told.outcomes("2026-04-10T09:00:00+08:00") == []
        assert hook.positions() == [] != told.raised()


def test_what_died_is_kept_and_is_sent_under_its_old_id_when_somebody_asks(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    told.lead_to(port)
    told.assign("D-1")
    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "WAITS", ())
        [dead] = told.run()
    told.assign("D-2")
    with receiver(SECRET, port=port) as hook:
        assert told.outcomes() == ["delivered"], "a dead message holds up nothing"
        words = ["--body", BODY, "--recipient", "P-TEAM", "--channel", "hook", "--number", "1"]
        told.say("notify", "retry", *words, "--as", "P-SAFETY")
        assert told.outcomes() == ["delivered"]
        assert hook.ids[1] == dead["message"] and sorted(hook.positions()) == told.raised()


# ------------------------------------------------------------------------------------------------- wrong answers


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (500, "status"),
        (401, "status"),
        ("cut", "cut"),
        ((302, {"Location": "http://127.0.0.1:1/"}), "redirected"),
        ((429, {"Retry-After": "5"}), "throttled"),
    ],
)
def test_what_is_not_taken_is_tried_again_under_the_same_id(
    told: Told, hook: Receiver, answer: Any, why: str
) -> None:
    told.assign("D-1")
    hook.plan = [answer]
    [failed] = told.run()
    assert (failed["outcome"], failed["why"]) == ("waiting", why)
    assert told.run() == [], "not before its time"
    assert told.outcomes("2026-04-02T09:02:00+08:00") == ["delivered"]
    assert len(hook.got) == 2 and len(set(hook.ids)) == 1
    assert hook.got[0]["raw"] == hook.got[1]["raw"], "the same message, byte for byte"
    assert hook.positions() == told.raised()


def test_with_a_new_id_for_each_attempt_a_receiver_would_keep_it_twice(
    told: Told, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sending.post

    def forgetful(channel: Any, secrets: Any, message: str, *rest: Any) -> Attempt:
        return plain(channel, secrets, f"msg_{uuid.uuid4().hex}", *rest)

    monkeypatch.setattr(sending, "post", forgetful)
    told.assign("D-1")
    hook.plan = ["cut"]
    told.run()
    told.run("2026-04-02T09:02:00+08:00")
    assert hook.positions() == told.raised() * 2


def test_a_receiver_that_asks_to_wait_is_left_alone_by_everybody_until_then(
    told: Told, hook: Receiver
) -> None:
    words = ["--subscription", "H-2", "--channel", "hook", "--person", "P-SAFETY", "--reach", "everything"]
    told.say("notify", "subscribe", "--body", BODY, *words, "--as", "P-PRINCIPAL")
    told.assign("D-1")
    hook.plan = [(429, {"Retry-After": "3600"})]
    assert told.outcomes() == ["waiting", "put_off"]
    assert told.outcomes("2026-04-02T09:59:00+08:00") == ["told_to_wait"]
    assert len(hook.got) == 1
    assert told.outcomes("2026-04-02T10:00:00+08:00") == ["delivered", "delivered"]
    assert len(set(hook.ids)) == 2


def test_a_slow_receiver_costs_its_time_and_no_more(told: Told, hook: Receiver) -> None:
    told.lead_to(hook.port, timeout_seconds=0.3)
    told.assign("D-1")
    hook.plan = ["slow"]
    [row] = told.run()
    assert (row["outcome"], row["why"]) == ("waiting", "timeout")
    assert told.outcomes("2026-04-02T09:02:00+08:00") == ["delivered"]
    assert len(set(hook.ids)) == 1


def test_a_channel_that_reaches_nobody_is_not_knocked_at_for_everybody(told: Told) -> None:
    told.lead_to(free_port())
    for number, person in enumerate(("P-SAFETY", "P-PRINCIPAL", "P-WORKSHOP", "P-WORKER")):
        words = [f"--subscription=W-{number}", "--channel=hook", "--person", person, "--reach=everything"]
        told.say("notify", "subscribe", "--body", BODY, *words, "--as", "P-PRINCIPAL")
    told.assign("D-1")
    assert sorted(told.outcomes()) == ["put_off", "put_off", "waiting", "waiting", "waiting"]


def test_a_receiver_that_is_gone_for_good_is_not_tried_again(told: Told, hook: Receiver) -> None:
    told.assign("D-1")
    hook.plan = [410]
    assert told.outcomes() == ["dead"]
    assert told.outcomes("2026-04-20T09:00:00+08:00") == []
    [row] = json.loads(told.say("notify", "messages", "--step", "dead", "--json").stdout)
    assert (row["why"], row["status"]) == ("gone_for_good", 410)


def test_no_redirect_is_followed(told: Told, hook: Receiver) -> None:
    with receiver(SECRET) as elsewhere:
        hook.plan = [(307, {"Location": f"http://127.0.0.1:{elsewhere.port}/in"})]
        told.assign("D-1")
        assert told.outcomes() == ["waiting"]
        assert elsewhere.got == []


# ------------------------------------------------------------------------------------------------- crashes and races


def test_a_sender_killed_between_attempt_and_receipt_sends_the_same_message_again(
    told: Told, hook: Receiver
) -> None:
    told.assign("D-1")
    hook.plan = ["kill"]
    words = ["--now", NOW, "notify", "run", "--settings", str(told.settings)]
    process = start_sender(told, *words)
    hook.victim = process.pid
    process.stdin.write(b"\n")  # type: ignore[union-attr]  # it was opened as a pipe
    process.stdin.flush()  # type: ignore[union-attr]  # it was opened as a pipe
    process.communicate(timeout=60)
    assert process.returncode == -9 and len(hook.got) == 1
    assert "message-delivered.1" not in [row.kind for row in rows_of(told.url)]
    assert told.outcomes() == ["delivered"]
    assert hook.ids[0] == hook.ids[1] and hook.got[0]["raw"] == hook.got[1]["raw"]
    assert hook.positions() == told.raised(), "whoever knows the id keeps it once"


def start_sender(told: Told, *words: str) -> subprocess.Popen[bytes]:
    """A sender that begins when it is written to, so that the receiver knows whom to kill."""
    import os

    waiting = (
        "import sys; sys.stdin.readline(); sys.path.insert(0, sys.argv.pop(1)); from cli import main; main()"
    )
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", waiting, root, "--db", told.url, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **VARIABLES, "LANG": "en_US.UTF-8"},
    )


AFTER_THE_APPEND = """
import os, signal, sys
root, heard = sys.argv.pop(1), sys.argv.pop(1)
sys.path.insert(0, root)
from adapters.journal.journal import EventJournal as Journal
append = Journal.append

def appended(self, *given, **more):
    done = append(self, *given, **more)
    os.kill(os.getpid(), signal.SIGKILL)  # the record is durable, and nothing else was done
    with open(heard, "a") as outbox:  # where a second truth beside the log would be written
        outbox.write("told\\n")
    return done

Journal.append = appended
from cli import main
main()
"""


def test_a_record_whose_writer_is_killed_before_anything_else_is_in_the_outbox_all_the_same(
    told: Told, hook: Receiver
) -> None:
    """The control is the outbox that a program fills after its append: it is empty, and that record would be lost."""
    root, outbox = str(Path(__file__).resolve().parents[2]), told.folder / "outbox"
    duty = ["--body", BODY, "--duty", "D-1", "--title", "check", "--owed-by", "P-TEAM", "--due", "2026-06-30"]
    words = ["--db", told.url, "--now", NOW, "duty", "raise", *duty, "--as", "P-SAFETY"]
    killed = subprocess.run(
        [sys.executable, "-c", AFTER_THE_APPEND, root, str(outbox), *words],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr
    assert not outbox.exists(), "an outbox written behind the record has lost it"
    assert len(told.raised()) == 1
    assert told.outcomes() == ["delivered"]
    assert hook.positions() == told.raised()


def test_two_senders_at_once_tell_of_every_record_once(told: Told, hook: Receiver) -> None:
    told.assign(*(f"D-{number}" for number in range(40)))
    words = ["--now", NOW, "notify", "run", "--settings", str(told.settings)]
    both = [start_sender(told, *words) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(b"\n", timeout=60)
        assert process.returncode == 0, errors
    assert sorted(hook.positions()) == told.raised()
    told.say("audit", "verify")


def test_a_view_that_is_thrown_away_makes_nothing_told_twice_or_not_at_all(
    told: Told, hook: Receiver
) -> None:
    told.assign("D-1")
    told.run()
    throw_views_away(told)
    told.assign("D-2")
    assert told.outcomes() == ["delivered"]
    assert hook.positions() == told.raised() and len(hook.got) == 2


def throw_views_away(told: Told) -> None:
    if is_postgres(told.url):
        with psycopg.connect(postgres.conninfo(told.url), autocommit=True) as connection:
            connection.execute("DROP SCHEMA dualguard_views CASCADE")
        return
    views = list(told.folder.glob("d.db-views*"))
    assert views
    for path in views:
        path.unlink()


def test_a_receiver_may_be_away_for_two_weeks() -> None:
    assert sum(WAITS) * 0.9 > 12 * 86_400
