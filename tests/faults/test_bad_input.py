"""Whatever is wrong with input or database gets one clear sentence and the designed exit code, and records nothing."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from domain.examples import COMMAND_EXAMPLES
from tests.faults.command_line import as_lines, call, examples, hazard_line, rows_of, run


@pytest.fixture
def db(tmp_path: Path) -> str:
    file = str(tmp_path / "input.db")
    run(file, "do", "--batch", text=examples())
    return file


def refused(db: str, line: dict[str, Any]) -> dict[str, Any]:
    """The answer to one refused line; nothing may have been recorded."""
    before = len(rows_of(db))
    done = run(db, "do", "--batch", text=json.dumps(line, ensure_ascii=False) + "\n", expect=1)
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["ok"] is False and answer["because"] and set(answer) == {"ok", "refused", "because"}
    assert len(rows_of(db)) == before
    assert "Traceback" not in done.stderr
    return answer


def changed(name: str, **data: Any) -> dict[str, Any]:
    example = next(line for line in COMMAND_EXAMPLES if line["command"] == name)
    return {**example, "id": f"bad-{name}", "data": {**example["data"], **data}}


@pytest.mark.parametrize(
    ("line", "name", "says"),
    [
        ({**hazard_line("X-1"), "command": "RegisterHazzard"}, "UnknownCommand", "RegisterHazzard"),
        ({**hazard_line("X-1"), "command": "RaiseDuty"}, "NotForPeople", "raise a duty"),
        (changed("RegisterHazard", hazard="X-1", colour="red"), "BadField", "data.colour"),
        (changed("RegisterHazard", hazard="X-1", body="NOBODY"), "UnknownThing", "NOBODY"),
        (changed("RegisterHazard", hazard="X-1", unit="U-NONE"), "UnknownThing", "U-NONE"),
        (changed("RegisterHazard", hazard="X-1", risk="R-NONE"), "UnknownThing", "R-NONE"),
        ({**hazard_line("X-1"), "by": "P-STRANGER"}, "UnknownPerson", "P-STRANGER"),
        ({**hazard_line("X-1"), "at": "2026-03-01T08:00:00"}, "NaiveTime", "at"),
        ({**hazard_line("X-1"), "at": "2126-03-01T08:00:00+08:00"}, "InTheFuture", "2126-03-01"),
        ({**hazard_line("X-1"), "at": "yesterday"}, "BadField", "yesterday"),
        ({**hazard_line("X-1"), "at": "2026-03-01T08:00:00+25:00"}, "BadField", "+25:00"),
        ({**hazard_line("X-1"), "extra": 1}, "BadField", "extra"),
        ({**hazard_line("X-1"), "command": ["RegisterHazard"]}, "BadField", "command"),
        ({**hazard_line("X-1"), "command": None}, "BadField", "command"),
        ({key: value for key, value in hazard_line("X-1").items() if key != "id"}, "BadField", "id"),
        ({**hazard_line("X-1"), "id": "x" * 201}, "BadField", "id"),
        (changed("RegisterHazard"), "AlreadyRegistered", "YH-0001"),
        (changed("CloseHazard"), "OutOfTurn", "YH-0001"),
        ({**changed("EvaluateHazard"), "by": "P-WORKER"}, "NoGrant", "P-WORKER"),
        (changed("AssessRisk", inputs={"L": "3"}), "Retired", "R-0001"),
        (changed("IdentifyRisk", risk="R-9", factor=7), "BadField", "data.factor"),
    ],
)
def test_each_mistake_gets_its_own_sentence(db: str, line: dict[str, Any], name: str, says: str) -> None:
    answer = refused(db, line)
    assert (answer["refused"], says in answer["because"]) == (name, True), answer


def test_malformed_json_on_line_seven_is_named_and_the_rest_goes_on(db: str) -> None:
    lines = [json.dumps(hazard_line(f"L-{number}"), ensure_ascii=False) for number in range(1, 11)]
    lines[6] = '{"command": "RegisterHazard", "by": '
    answers = [
        json.loads(line)
        for line in run(db, "do", "--batch", text="\n".join(lines), expect=1).stdout.splitlines()
    ]
    assert [answer["ok"] for answer in answers] == [True] * 6 + [False] + [True] * 3
    assert answers[6]["refused"] == "BadLine" and "line 7" in answers[6]["because"]


def test_on_error_stop_stops_there(db: str) -> None:
    lines = [json.dumps(hazard_line(f"S-{number}"), ensure_ascii=False) for number in range(1, 11)]
    lines[6] = "]"
    done = run(db, "do", "--batch", "--on-error", "stop", text="\n".join(lines), expect=1)
    assert [json.loads(line)["ok"] for line in done.stdout.splitlines()] == [True] * 6 + [False]


def test_the_sentence_is_in_the_readers_language(db: str) -> None:
    line = json.dumps({**hazard_line("X-1"), "at": "2026-03-01T08:00:00"})
    assert "时区" in run(db, "--lang", "zh", "do", "--batch", text=line, expect=1).stdout


def test_the_same_id_with_other_content_is_refused_and_with_the_same_gets_the_first_answer(db: str) -> None:
    first = run(db, "do", "--batch", text=as_lines([hazard_line("I-1")])).stdout
    assert run(db, "do", "--batch", text=as_lines([hazard_line("I-1")])).stdout == first
    other = {**hazard_line("I-2"), "id": hazard_line("I-1")["id"]}
    assert refused(db, other)["refused"] == "IdReused"


def test_a_question_makes_no_file_and_a_refused_first_command_neither(tmp_path: Path) -> None:
    file = tmp_path / "missing.db"
    for verb in (
        ["ask", "hazard-ledger", "{}"],
        ["risk", "list"],
        ["audit", "verify"],
        ["audit", "root"],
        ["projections", "status"],
    ):
        assert "missing.db" in run(str(file), *verb, expect=3).stderr
    run(str(file), "do", "--batch", text=as_lines([hazard_line("X-1")]), expect=1)
    assert os.listdir(tmp_path) == []


def test_a_foreign_a_corrupt_and_a_newer_file_and_one_that_cannot_be_written_are_faults(
    tmp_path: Path,
) -> None:
    foreign, text, newer = tmp_path / "foreign.db", tmp_path / "text.db", tmp_path / "newer.db"
    sqlite3.connect(foreign).execute("CREATE TABLE theirs (x)").connection.close()
    text.write_text("this is a letter, not a database\n" * 100, "utf-8")
    run(str(newer), "do", "--batch", text=examples())
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    nowhere = tmp_path / "no" / "such" / "folder" / "x.db"
    for file, says in (
        (foreign, "foreign.db"),
        (text, "text.db"),
        (newer, "newer version"),
        (nowhere, "x.db"),
    ):
        done = run(str(file), "do", "--batch", text=as_lines([COMMAND_EXAMPLES[0]]), expect=3)
        assert says in done.stderr and "Traceback" not in done.stderr and done.stdout == "", done.stderr
    for file, says in ((foreign, "foreign.db"), (text, "text.db"), (newer, "newer version")):
        assert says in run(str(file), "ask", "risk-list", "{}", expect=3).stderr


def test_a_corrupt_page_is_a_fault_or_a_named_record_never_a_traceback(db: str) -> None:
    data = bytearray(Path(db).read_bytes())
    for at in range(4096 + 200, len(data), 997):
        data[at] ^= 0x55
    Path(db).write_bytes(data)
    for suffix in ("-wal", "-shm"):
        Path(db + suffix).unlink(missing_ok=True)
    done = run(db, "audit", "verify", expect=None)
    assert done.returncode in (1, 3) and "Traceback" not in done.stderr + done.stdout


def test_a_postgresql_that_is_down_is_a_fault_with_a_sentence() -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    done = run(url, "do", "--batch", text=as_lines([COMMAND_EXAMPLES[0]]), expect=3)
    assert "127.0.0.1" in done.stderr and "Traceback" not in done.stderr and done.stdout == ""


def test_nothing_is_made_beside_a_file_that_is_not_ours(tmp_path: Path) -> None:
    text = tmp_path / "letter.db"
    text.write_text("this is a letter, not a database\n" * 100, "utf-8")
    for verb in ("projections status", "projections check", "clock tick", "clock run", "risk list"):
        assert "letter.db" in run(str(text), *verb.split(), expect=3).stderr
    assert os.listdir(tmp_path) == ["letter.db"]


def test_a_question_about_an_unknown_body_is_refused(db: str) -> None:
    for verb in (["risk", "list", "--body", "NOPE"], ["unit", "tree", "--body", "NOPE"]):
        assert "NOPE" in run(db, *verb, expect=1).stderr


def test_an_empty_option_is_misuse_and_records_nothing(db: str) -> None:
    before = len(rows_of(db))
    for option in ("--as", "--command-id", "--at"):
        unit = ("--body", "KS-01", "--unit", "U-X", "--name", "x", "--kind", "main")
        run(db, "unit", "register", option, "", *unit, expect=2)
    assert len(rows_of(db)) == before


def test_the_directory_takes_references_and_printable_names_only(db: str) -> None:
    assert run(db, "people", "name", "bad code!", "x", expect=1).stderr
    assert run(db, "people", "name", "P-SAFETY", "a\x1b[31mb", expect=1).stderr
    assert run(db, "people", "account", "root", "bad code!", expect=1).stderr
    run(db, "people", "name", "P-SAFETY", "张三")
    assert os.stat(f"{db}-people").st_mode & 0o077 == 0
    assert "张三".encode() not in Path(db).read_bytes()


def test_misuse_of_the_command_line_exits_with_two(db: str) -> None:
    run(db, "no-such-verb", expect=2)
    run(db, "do", expect=2)
    run(db, "hazard", "register", expect=2)


def test_without_as_the_actor_is_the_account_of_the_operating_system(tmp_path: Path) -> None:
    file = str(tmp_path / "account.db")
    example = dict(COMMAND_EXAMPLES[0])
    del example["by"]
    run(file, "do", "--batch", text=as_lines([example]))
    told = json.loads(run(file, "people", "account", "somebody", "P-1", "--json").stdout)
    assert told == {"ok": True}
    assert b'"by":' in rows_of(file)[0].state


def test_now_is_refused_outside_practice_files_when_it_lies_ahead(db: str) -> None:
    done = run(db, "clock", "tick", "--now", "2126-01-01T00:00:00+08:00", expect=1)
    assert "2126-01-01 00:00 (UTC+8)" in done.stderr


def test_a_person_cannot_take_the_id_of_a_policys_command_beforehand(db: str) -> None:
    """Anybody can compute a policy's ids: one taken by a person must not make the machine's command count as done."""
    from domain.policies import command_id

    size = len(rows_of(db))
    plan = changed("PlanRectification", hazard="YH-7001")
    duty = "rectification.YH-7001.1"
    stolen = command_id("rectification-deadline", size + 4, duty)
    lines = [
        {**hazard_line("YH-7000"), "id": stolen},
        hazard_line("YH-7001"),
        {**changed("EvaluateHazard", hazard="YH-7001"), "id": "evaluate-7001"},
        {**plan, "id": "plan-7001"},
    ]
    answers = run(db, "do", "--batch", text=as_lines(lines)).stdout.splitlines()
    assert json.loads(answers[3])["records"][0]["position"] == size + 4
    owed = json.loads(run(db, "ask", "duty-list", "{}").stdout)
    assert duty in {row["code"] for row in owed}


def test_a_database_that_nobody_named_is_told_when_it_comes_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    body = [
        "--body",
        "A",
        "--name",
        "A",
        "--kind",
        "enterprise",
        "--area",
        "320113",
        "--sector",
        "non_coal_mine",
    ]
    refused = call(["body", "register", *body, "--area", "x"])
    assert refused.returncode == 1
    assert "DUALGUARD_DB" not in refused.stderr
    assert not list(tmp_path.glob("dualguard.db*"))
    first = call(["body", "register", *body])
    assert first.returncode == 0
    assert "made dualguard.db in this folder, for real records" in first.stderr
    again = call(["body", "register", *body, "--body", "B"])
    assert (again.returncode, again.stderr) == (0, "")


def test_a_database_that_was_asked_for_is_not_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["init"]).stderr == ""
    assert (tmp_path / "dualguard.db").exists()
