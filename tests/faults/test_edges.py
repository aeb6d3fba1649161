"""At the edges of files, pipes and text: what cannot be read, shown or written is said; nothing is taken on trust."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from adapters.app import App
from adapters.journal.wallclock import wall_clock
from tests.faults.command_line import CLI, as_lines, examples, hazard_line, rows_of, run

NOWHERE = "/no/such/place"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = str(tmp_path_factory.mktemp("edges") / "edges.db")
    run(file, "do", "--batch", text=examples())
    return file


def refusal(db: str, line: dict[str, object]) -> str:
    before = len(rows_of(db))
    answer = json.loads(run(db, "do", "--batch", text=as_lines([line]), expect=1).stdout)
    assert len(rows_of(db)) == before
    return f"{answer['refused']} {answer['because']}"


@pytest.mark.parametrize(
    "unseen", ["\x1b[31m", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028"], ids=ascii
)
def test_text_that_nobody_sees_or_that_turns_other_text_around_is_refused(db: str, unseen: str) -> None:
    line = hazard_line("E-1")
    data = {**line["data"], "title": f"前{unseen}后"}
    assert "data.title" in refusal(db, {**line, "data": data})
    assert "id" in refusal(db, {**line, "id": f"a{unseen}b"})


@pytest.mark.parametrize("separator", ["\n", "\t"])
def test_an_id_is_one_line(db: str, separator: str) -> None:
    assert refusal(db, {**hazard_line("E-2"), "id": f"a{separator}b"}).startswith("BadField field id")


@pytest.mark.parametrize(
    "at",
    [
        "2026-W10-1T08:00:00+08:00",
        "20260301T080000+0800",
        "2026-03-01T08:00:00+08:00:30",
        "2026-03-01T08:00:00.1234567+08:00",
        "2026-03-01T08+08:00",
        "２０２６-03-01T08:00:00+08:00",
    ],
)
def test_a_time_in_a_form_that_a_stranger_may_misread_is_refused(db: str, at: str) -> None:
    assert refusal(db, {**hazard_line("E-3"), "at": at}).startswith("BadField field at")


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = str(tmp_path / "bom.db")
    text = "\ufeff" + examples()
    answers = [json.loads(line) for line in run(file, "do", "--batch", text=text).stdout.splitlines()]
    assert all(answer["ok"] for answer in answers)


def test_a_mark_anywhere_else_is_not_json(db: str) -> None:
    text = as_lines([hazard_line("E-4")]) + "\ufeff" + as_lines([hazard_line("E-5")])
    answers = [json.loads(line) for line in run(db, "do", "--batch", text=text, expect=1).stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, False]
    assert "line 2" in answers[1]["because"]


@pytest.mark.parametrize("position", [-1, 10**6])
def test_a_position_that_the_journal_does_not_have_is_not_asked(db: str, position: int) -> None:
    said = run(db, "ask", "risk-list", json.dumps({"known_at": position}), expect=1).stderr
    assert "known_at" in said
    assert str(position) in said


def test_the_present_position_may_be_asked(db: str) -> None:
    size = json.loads(run(db, "audit", "root", "--json").stdout)["size"]
    assert run(db, "ask", "hazard-ledger", json.dumps({"known_at": size})).stdout.startswith("[{")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_answer_that_cannot_be_written_out_is_a_fault_with_a_sentence(db: str) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*CLI, "--db", db, "risk", "list", "--json"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 3
    assert done.stderr.startswith("fault: the answer cannot be written")
    assert "Traceback" not in done.stderr


def test_a_closed_standard_input_is_an_empty_one(db: str) -> None:
    line = ["sh", "-c", 'exec "$@" <&-', "sh", *CLI, "--db", db]
    done = subprocess.run([*line, "do", "--batch"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    done = subprocess.run([*line, "ask", "risk-list"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_copy_in_a_place_where_nothing_can_be_written_is_verified(db: str, tmp_path: Path) -> None:
    """A link to nowhere stands where SQLite wants to make its shared memory: as on a disc, it cannot."""
    copy = tmp_path / "copy.db"
    app = App(db, wall_clock)
    root = app.ledger.head().root.hex()
    app.close()
    copy.write_bytes(Path(db).read_bytes())
    os.symlink(NOWHERE, f"{copy}-shm")
    told = json.loads(run(str(copy), "audit", "verify", "--json").stdout)
    assert told["ok"] and told["root"] == root


def test_a_copy_without_its_write_ahead_log_is_not_read_as_if_it_were_whole(db: str, tmp_path: Path) -> None:
    copy = tmp_path / "half.db"
    copy.write_bytes(Path(db).read_bytes())
    Path(f"{copy}-wal").write_bytes(b"what was not written back yet")
    os.symlink(NOWHERE, f"{copy}-shm")
    assert "fault" in run(str(copy), "audit", "verify", expect=3).stderr


def test_misuse_is_told_in_the_readers_language(db: str) -> None:
    for arguments in (["hazard", "list", "--nope"], ["nosuch"], ["risk", "assess"], ["hazard", "list", "a"]):
        done = run(db, "--lang", "zh", *arguments, expect=2)
        assert "用法错误：" in done.stderr
        assert "Error" not in done.stderr and "Usage" not in done.stderr
    assert "Usage:" in run(db, "nosuch", expect=2).stderr
