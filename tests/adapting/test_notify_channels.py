"""Channels: where a webhook may lead, how it is signed, what settings are refused, and what a folder receives."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from adapters.notify.addresses import allowed, choose
from adapters.notify.files import append, write_calendar
from adapters.notify.settings import FileChannel, WebhookChannel, load_settings, secrets_of
from adapters.notify.texts import encoded, payload, text
from adapters.notify.webhook import Attempt, post, retry_after, signed
from adapters.verbs.notify import LANES, SUBSCRIPTIONS
from domain.labels_notices import NOTICES
from domain.notices import TOPICS
from domain.refused import BadField
from tests.faults.command_line import call, examples
from tests.faults.receiver import receiver

KEY = b"thirty-two bytes that nobody has"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
NOW = dt.datetime(2026, 11, 22, 21, 0, tzinfo=dt.UTC)


def channel(url: str, **more: Any) -> WebhookChannel:
    return WebhookChannel(kind="webhook", url=url, secret_env="X", **more)


# ------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254"),  # noqa: S104 - an address to refuse
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:1::",
            "0x7f000001",
        ),
        *("2130706433", "localhost", ""),
    ],
)
def test_an_address_inside_is_never_connected_to(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx, "Client", None)  # a connection would fail otherwise than by what is asserted
    at = channel("https://hooks.example.cn/in")
    assert not allowed(number, (), loopback=False)
    told = post(at, (KEY,), "msg_1", b"{}", lambda: NOW, lambda host, port: [number])
    assert told == Attempt("forbidden_address")


def test_a_name_with_one_face_outside_and_one_inside_leads_nowhere() -> None:
    assert choose(["93.184.215.14", "10.0.0.1"], (), loopback=False) is None
    assert choose([], (), loopback=False) is None
    assert choose(["93.184.215.14"], (), loopback=False) == "93.184.215.14"


def test_a_network_of_ones_own_is_let_in_when_it_is_named_and_loopback_only_when_asked() -> None:
    assert allowed("10.3.0.9", ("10.3.0.0/16",), loopback=False)
    assert not allowed("10.4.0.9", ("10.3.0.0/16",), loopback=False)
    assert allowed("::ffff:10.3.0.9", ("10.3.0.0/16",), loopback=False)
    assert allowed("127.0.0.1", (), loopback=True)
    assert not allowed("93.184.215.14", (), loopback=True), "plain http never leaves the machine"


def test_the_name_is_looked_up_once_and_the_connection_goes_to_that_address() -> None:
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    with receiver(SECRET) as hook:
        at = channel(f"http://hooks.example.cn:{hook.port}/in?a=1", allow_http_loopback=True)
        told = post(at, (KEY,), "msg_1", b'{"a":1}', lambda: dt.datetime.now(dt.UTC), resolve)
        assert told == Attempt(None, 204)
        [one] = hook.got
    assert asked == [("hooks.example.cn", hook.port)]
    assert one["headers"]["host"] == f"hooks.example.cn:{hook.port}"
    assert one["raw"] == b'{"a":1}'


def test_a_name_that_nobody_knows_is_not_reached() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    at = channel("https://hooks.example.cn/in")
    assert post(at, (KEY,), "msg_1", b"{}", lambda: NOW, unknown) == Attempt("unreachable")


# ------------------------------------------------------------------------------------------------- signatures


def test_the_signature_is_that_of_the_convention_by_every_secret() -> None:
    """HMAC-SHA256 over id, second and body, as the Standard Webhooks specification writes it down."""
    other = b"another secret that is new enough"
    headers = signed((other, KEY), "msg_1", '{"名":1}'.encode(), NOW)
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    told = f'msg_1.{int(NOW.timestamp())}.{{"名":1}}'.encode()
    expected = [base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode() for key in (other, KEY)]
    assert headers["webhook-signature"] == " ".join(f"v1,{one}" for one in expected)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        *(("120", 120), ("0", 0), ("", 0), (None, 0), ("soon", 0), ("-5", 0), ("1.5", 0), ("９", 0)),
        ("Sun, 22 Nov 2026 21:10:00 GMT", 601),
        ("Sun, 22 Nov 2026 20:10:00 GMT", 0),
        ("9" * 400, 2**31),
    ],
)
def test_a_wish_to_wait_is_read_in_seconds_or_as_a_moment(given: str | None, seconds: int) -> None:
    assert retry_after(given, NOW) == seconds


# ------------------------------------------------------------------------------------------------- settings


def written(folder: Path, told: str) -> str:
    path = folder / "n.toml"
    path.write_text(told, "utf-8")
    return str(path)


HOOK = '[channels.hook]\nkind = "webhook"\nurl = "https://hooks.example.cn/in"\n'


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ("[channels", "--settings"),
        ("colour = 1\n", "colour"),
        ('[channels.Hook]\nkind = "file"\nfolder = "x"\n', "channels.Hook"),
        ('[channels.hook]\nkind = "pigeon"\n', "channels.hook"),
        (HOOK + 'secret_env = "X"\n', "hosts"),
        ('hosts = ["hooks.example.cn"]\n' + HOOK, "channels.hook"),
        ('hosts = ["hooks.example.cn"]\n' + HOOK + 'secret_env = "X"\nsecret_file = "y"\n', "channels.hook"),
        (
            'hosts = ["hooks.example.cn"]\n' + HOOK.replace("https", "http") + 'secret_env = "X"\n',
            "channels.hook.url",
        ),
        (
            'hosts = ["hooks.example.cn"]\n' + HOOK.replace("https", "file") + 'secret_env = "X"\n',
            "channels.hook.url",
        ),
        (
            'hosts = ["hooks.example.cn"]\n' + HOOK.replace("//", "//a:b@") + 'secret_env = "X"\n',
            "channels.hook.url",
        ),
        (
            'hosts = ["hooks.example.cn"]\n' + HOOK + 'secret_env = "X"\nallow_networks = ["inside"]\n',
            "channels.hook",
        ),
    ],
)
def test_settings_that_are_none_are_refused_by_their_field(tmp_path: Path, told: str, field: str) -> None:
    with pytest.raises(BadField) as refused:
        load_settings(written(tmp_path, told), {})
    assert str(refused.value.values["field"]).startswith(field), refused.value


def test_a_settings_file_that_is_not_there_is_refused_and_none_at_all_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(BadField, match="DUALGUARD_NOTIFY"):
        load_settings(None, {"DUALGUARD_NOTIFY": str(tmp_path / "none.toml")})
    assert load_settings(None, {}).channels == {}


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_YWJj", "c2VjcmV0", "whsec_!!!", SECRET[6:]])
def test_a_secret_that_is_none_is_refused_and_never_repeated(secret: str) -> None:
    with pytest.raises(BadField) as refused:
        secrets_of("hook", channel("https://hooks.example.cn/in"), {"X": secret})
    assert not secret or secret not in refused.value.because("en").replace("whsec_ and", "")


def test_secrets_stand_in_a_file_or_a_variable_several_while_they_change(tmp_path: Path) -> None:
    newer = "whsec_" + base64.b64encode(b"n" * 32).decode()
    (tmp_path / "s").write_text(f"{newer}\n{SECRET}\n")
    at = WebhookChannel(kind="webhook", url="https://a/", secret_file=tmp_path / "s")
    assert secrets_of("hook", at, {}) == (b"n" * 32, KEY)
    assert secrets_of("hook", channel("https://a/"), {"X": SECRET}) == (KEY,)


def test_a_folder_is_read_from_where_the_settings_stand(tmp_path: Path) -> None:
    told = '[channels.board]\nkind = "file"\nfolder = "out"\ncalendar = true\nlang = "en"\n'
    [board] = load_settings(written(tmp_path, told), {}).channels.values()
    assert board == FileChannel(kind="file", folder=tmp_path / "out", calendar=True, lang="en")


# ------------------------------------------------------------------------------------------------- texts

ITEM = {
    "position": 7,
    "topic": "duty_overdue",
    "kind": "duty",
    "code": "D-1",
    "instead_of": None,
    "about": {
        "rule": "rectification",
        "title": "",
        "subject_kind": "hazard",
        "subject": "YH-0001",
        "subject_title": "护栏缺失",
        "due": "2026-03-10",
    },
}
MESSAGE = {"body": "KS-01", "recipient": "P-TEAM", "number": 1, "positions": [7], "composed_at": "x"}


def test_a_line_says_what_of_which_thing_by_when_and_where_it_is_recorded_in_both_languages() -> None:
    assert text(MESSAGE, [ITEM], practice=False, lang="zh").splitlines() == [
        "双控通知（KS-01）：已逾期 1",
        "- 已逾期：隐患整改（事故隐患 YH-0001“护栏缺失”）；期限 2026-03-10，记录 7",
    ]
    assert text(MESSAGE, [ITEM], practice=False, lang="en").splitlines() == [
        "Dualguard (KS-01): overdue 1",
        "- overdue: rectification of a hazard (hazard YH-0001 '护栏缺失'); due 2026-03-10, record 7",
    ]


def test_a_practice_file_says_so_in_every_message() -> None:
    content = payload(MESSAGE, [ITEM], practice=True)
    assert content["data"]["practice"] is True
    assert content["data"]["text"]["zh"].startswith("【演练】")
    assert content["data"]["text"]["en"].startswith("[PRACTICE]")


def test_the_same_records_give_the_same_bytes() -> None:
    assert encoded(payload(MESSAGE, [ITEM], practice=False)) == encoded(
        payload(dict(reversed(MESSAGE.items())), [dict(reversed(ITEM.items()))], practice=False)
    )


def test_every_topic_has_words_in_both_languages() -> None:
    from domain.labels import LABELS

    assert [one for one in TOPICS if one not in LABELS] == []
    assert all(zh and en and zh != en for zh, en in NOTICES.values())


# ------------------------------------------------------------------------------------------------- folders


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_folder_gets_a_line_for_each_message_and_not_twice_in_a_row(tmp_path: Path) -> None:
    for message in ("msg_1", "msg_1", "msg_2"):
        append(tmp_path / "out", "P-TEAM", message, {"a": "中" * 70_000})
    assert [one["id"] for one in lines_of(tmp_path / "out" / "P-TEAM.jsonl")] == ["msg_1", "msg_2"]


def test_a_line_torn_by_a_crash_is_cut_off(tmp_path: Path) -> None:
    append(tmp_path, "P-TEAM", "msg_1", {"a": 1})
    path = tmp_path / "P-TEAM.jsonl"
    path.write_bytes(path.read_bytes() + b'{"id":"msg_2","a":' + b"9" * 70_000)
    append(tmp_path, "P-TEAM", "msg_2", {"a": 2})
    assert [(one["id"], one["a"]) for one in lines_of(path)] == [("msg_1", 1), ("msg_2", 2)]


def test_a_calendar_is_written_when_it_differs(tmp_path: Path) -> None:
    assert write_calendar(tmp_path, "P-TEAM", b"one")
    assert not write_calendar(tmp_path, "P-TEAM", b"one")
    assert write_calendar(tmp_path, "P-TEAM", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["P-TEAM.ics"]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example mine, whose team lead hears by a folder with a calendar, and owes something."""
    folder = tmp_path_factory.mktemp("board")
    db = str(folder / "d.db")
    say(db, "init", "--practice", now="2026-01-05T08:00:00+08:00")
    done = call(["--db", db, "--now", "2026-04-01T08:00:00+08:00", "do", "--batch"], examples())
    assert done.returncode == 0
    subscribed = ["--body", "KS-01", "--subscription", "B-1", "--channel", "board", "--person", "P-TEAM"]
    say(db, "notify", "subscribe", *subscribed, "--as", "P-PRINCIPAL")
    words = ["--body", "KS-01", "--duty", "D-1", "--title", "drill", "--owed-by", "P-TEAM"]
    say(db, "duty", "raise", *words, "--due", "2026-05-06", "--as", "P-SAFETY")
    told = '[channels.board]\nkind = "file"\nfolder = "out"\ncalendar = true\nlang = "en"\n'
    written(folder, told)
    return db


NOW_THERE = "2026-04-02T09:00:00+08:00"
OWED = ["--owed-by", "P-SAFETY", "--as", "P-PRINCIPAL"]


def say(db: str, *words: str, now: str = NOW_THERE, code: int = 0) -> str:
    done = call(["--db", db, "--now", now, "--lang", "en", *words])
    assert done.returncode == code, done
    return done.stdout


def test_a_folder_gets_messages_and_the_calendar_of_what_is_owed(db: str) -> None:
    settings = str(Path(db).parent / "n.toml")
    rows = json.loads(say(db, "notify", "run", "--settings", settings, "--json"))
    sent = {(row["recipient"], row["outcome"], row["items"]) for row in rows}
    assert ("P-TEAM", "delivered", 1) in sent
    [line] = lines_of(Path(db).parent / "out" / "P-TEAM.jsonl")
    assert line["data"]["items"][0]["code"] == "D-1"
    path = Path(db).parent / "out" / "P-TEAM.ics"
    first = path.read_bytes()
    entries = {str(one["uid"]): one for one in Calendar.from_ical(first).walk("VEVENT")}
    [drill] = [one for one in entries.values() if "drill" in str(one["summary"])]
    assert str(drill["dtstart"].dt) == "2026-05-06"
    say(db, "notify", "run", "--settings", settings)
    assert path.read_bytes() == first, "nothing changed, and nothing was written"


def test_a_message_is_shown_with_what_it_tells_of(db: str) -> None:
    rows = json.loads(say(db, "notify", "messages", "--recipient", "P-TEAM", "--json"))
    shown = say(db, "notify", "show", rows[0]["message"])
    assert "- new duty: drill (responsible body KS-01); due 2026-05-06" in shown
    [told] = json.loads(say(db, "notify", "show", rows[0]["message"], "--json"))
    assert told["content"]["data"]["items"][0]["position"] in told["positions"]
    say(db, "notify", "show", "msg_none", code=1)


def test_a_folder_that_cannot_be_written_is_a_failure_that_is_tried_again(db: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    settings = written(tmp_path, '[channels.board]\nkind = "file"\nfolder = "out"\n')
    words = ["--body", "KS-01", "--recipient", "P-TEAM", "--channel", "board", "--as", "P-SAFETY"]
    say(db, "notify", "test", *words)
    [row] = json.loads(say(db, "notify", "run", "--settings", settings, "--json"))
    assert (row["outcome"], row["why"], row["attempt"]) == ("waiting", "disk", 1)
    (tmp_path / "out").unlink()
    later = "2026-04-02T09:05:00+08:00"
    [row] = json.loads(say(db, "notify", "run", "--settings", settings, "--json", now=later))
    assert (row["outcome"], row["attempt"]) == ("delivered", 2)
    assert lines_of(tmp_path / "out" / "P-TEAM.jsonl")[0]["type"] == "dualguard.test"


def test_what_waits_for_a_channel_without_settings_is_said_and_kept(db: str) -> None:
    words = ["--body", "KS-01", "--duty", "D-2", "--title", "x", "--owed-by", "P-TEAM", "--due", "2026-05-06"]
    say(db, "duty", "raise", *words, "--as", "P-SAFETY")
    [row] = json.loads(say(db, "notify", "run", "--json", code=1))
    assert (row["recipient"], row["outcome"], row["items"]) == ("P-TEAM", "no_settings", 1)
    rows = json.loads(say(db, "notify", "status", "--json", code=1))
    [lane] = [one for one in rows if one.get("recipient") == "P-TEAM"]
    assert (lane["to_tell"], lane["leads"]) == (1, "not_said")
    assert "new duty: x" in say(db, "notify", "outbox", "--recipient", "P-TEAM")


# ------------------------------------------------------------------------------------------------- leading nowhere

LISTEN = ["notify", "subscribe", "--body", "KS-01", "--person", "P-SAFETY", "--as", "P-PRINCIPAL"]


@pytest.fixture
def own(db: str, tmp_path: Path) -> str:
    """A copy of that mine in a folder of its own."""
    copy = str(tmp_path / "d.db")
    with sqlite3.connect(db) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


def test_a_channel_that_the_settings_do_not_know_is_refused_and_nothing_is_recorded(own: str) -> None:
    settings = written(Path(own).parent, '[channels.board]\nkind = "file"\nfolder = "out"\n')
    words = [*LISTEN, "--subscription", "B-9", "--channel", "baord", "--settings", settings]
    before = say(own, "audit", "root", "--json")
    for lang, told in (
        ("en", "know no channel 'baord' (known: board)"),
        ("zh", "没有通道“baord”（已有：board）"),
    ):
        done = call(["--db", own, "--now", NOW_THERE, *words, "--lang", lang])
        assert (done.returncode, done.stdout) == (1, "") and told in done.stderr
    test = [
        "notify",
        "test",
        "--body",
        "KS-01",
        "--recipient",
        "P-TEAM",
        "--channel",
        "baord",
        "--as",
        "P-SAFETY",
    ]
    say(own, *test, "--settings", settings, code=1)
    assert say(own, "audit", "root", "--json") == before


def test_a_subscription_on_a_machine_without_settings_stands_and_says_that_nobody_checked_it(
    own: str,
) -> None:
    words = [*LISTEN, "--subscription", "B-9", "--channel", "baord"]
    for lang, told in (("en", "nothing is delivered before they say so"), ("zh", "设置之前不会投递")):
        done = call(["--db", own, "--now", NOW_THERE, *words, "--lang", lang, "--command-id", "one"])
        assert done.returncode == 0 and told in done.stderr


def test_what_leads_nowhere_is_told_by_run_and_status_and_what_another_machine_delivers_is_not(
    own: str,
) -> None:
    say(own, *LISTEN, "--subscription", "B-9", "--channel", "baord")
    folder = Path(own).parent
    board = '[channels.board]\nkind = "file"\nfolder = "out"\n'
    settings = written(folder, board)
    done = call(["--db", own, "--now", NOW_THERE, "--lang", "en", "notify", "run", "--settings", settings])
    assert done.returncode == 1
    assert "'baord' leads nowhere on this machine: 1 subscriptions name it, 0 wait for it" in done.stderr
    words = ["notify", "status", "--settings", settings, "--json"]
    say(own, *words)
    duty = ["--body", "KS-01", "--duty", "D-9", "--title", "x", "--due", "2026-05-06"]
    say(own, "duty", "raise", *duty, *OWED)
    rows = json.loads(say(own, *words, code=1))
    assert {row["channel"]: row["leads"] for row in rows if row["part"] == "lane"} == {
        "board": "file",
        "baord": "nowhere",
    }
    listed = json.loads(say(own, "notify", "list", "--settings", settings, "--json"))
    assert ("baord", "nowhere") in {(row["channel"], row["leads"]) for row in listed}
    written(folder, 'elsewhere = ["baord"]\n' + board)
    say(own, "notify", "run", "--settings", settings)
    rows = json.loads(say(own, *words))
    assert "elsewhere" in {row.get("leads") for row in rows}


def test_no_word_of_notices_means_something_else_on_another_screen() -> None:
    """Labels are one table: what two parts call by one identifier keeps the words of one of them."""
    from domain.labels import LABELS
    from domain.labels_monitoring import MONITORING
    from domain.labels_neighbours import NEIGHBOURS

    for part in (NOTICES, NEIGHBOURS, MONITORING):
        assert {name: LABELS[name] for name in part} == part


def test_a_message_that_nobody_knows_is_refused_as_a_message_in_both_languages(own: str) -> None:
    for lang, told in (("zh", "没有登记过消息“msg_x”"), ("en", "no message 'msg_x' is registered")):
        assert told in call(["--db", own, "--lang", lang, "notify", "show", "msg_x"]).stderr


def test_lists_have_a_heading_in_both_languages_for_every_column() -> None:
    from adapters.verbs.columns import COLUMNS
    from adapters.verbs.notifying import MESSAGES, OUTCOMES

    shown = {*LANES, *SUBSCRIPTIONS, *MESSAGES, *OUTCOMES}
    assert shown - set(COLUMNS) == set()


def test_the_text_names_each_thing_once_with_the_last_that_is_said_of_it() -> None:
    earlier = [
        {**ITEM, "topic": topic, "position": at} for at, topic in ((5, "duty_reminded"), (6, "duty_due"))
    ]
    items = [*earlier, ITEM]
    assert text(MESSAGE, items, practice=False, lang="zh").splitlines()[0] == "双控通知（KS-01）：已逾期 1"
    content = payload(MESSAGE, items, practice=False)
    assert len(content["data"]["text"]["zh"].splitlines()) == 2
    assert content["data"]["counts"] == {"duty_due": 1, "duty_overdue": 1, "duty_reminded": 1}
    assert [one["position"] for one in content["data"]["items"]] == [5, 6, 7]


def test_a_report_of_ours_is_not_called_a_document() -> None:
    of = {"kind": "report", "code": "major-risk-report.2026-06", "topic": "decision"}
    item = {**ITEM, **of, "about": {"title": "", "what": "report_compiled"}}
    said = {lang: text(MESSAGE, [item], practice=False, lang=lang) for lang in ("zh", "en")}
    assert "报告已编制：报送报告 major-risk-report.2026-06" in said["zh"]
    assert "survey" not in said["en"]
