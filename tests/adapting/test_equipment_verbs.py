"""At the command line: what equipment systems send from files, folders and standard input; each event once."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from adapters.feeds.events_folder import Folder, files_of
from tests.faults.command_line import examples, rows_of, run

REPLACED = "cn.dualguard.change.equipment.replaced"


def event(id_: str, equipment: str = "P-101", type_: str = REPLACED, **more: Any) -> dict[str, Any]:
    plain = {"specversion": "1.0", "id": id_, "source": "urn:eam", "type": type_}
    data = {"equipment": equipment} if type_.startswith("cn.dualguard.") else {}
    return {**plain, "data": {**data, **more}} if data or more else plain


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example mine, set up once."""
    file = tmp_path_factory.mktemp("founded") / "mine.db"
    run(f"sqlite:///{file}", "do", "--batch", text=examples())
    return file


@pytest.fixture
def db(founded: Path, tmp_path: Path) -> str:
    for part in founded.parent.glob("mine.db*"):
        if part.is_file():
            (tmp_path / part.name).write_bytes(part.read_bytes())
    return f"sqlite:///{tmp_path / 'mine.db'}"


def written(folder: Path, name: str, value: Any) -> Path:
    file = folder / name
    file.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), "utf-8")
    return file


def told(db: str, *arguments: str, text: str = "", expect: int | None = 0) -> list[dict[str, Any]]:
    done = run(db, "feed", "equipment", *arguments, "--json", text=text, expect=expect)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def received(db: str) -> int:
    return sum(
        row.kind == "equipment-event-received.1" and "example" not in row.stream for row in rows_of(db)
    )


def counts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["new"], row["known"], row["different"]


def test_the_same_event_a_thousand_times_is_one_record(db: str, tmp_path: Path) -> None:
    before = received(db)
    file = written(tmp_path, "many.json", [event("1")] * 1000)
    assert [counts(row) for row in told(db, str(file))] == [(1, 999, 0)]
    head = len(rows_of(db))
    for _ in range(3):
        assert [counts(row) for row in told(db, str(file))] == [(0, 1000, 0)]
    assert received(db) == before + 1
    assert len(rows_of(db)) == head, "giving it again records nothing at all"


def test_the_same_event_in_another_form_is_the_same(db: str, tmp_path: Path) -> None:
    told(db, str(written(tmp_path, "a.json", event("1"))))
    pretty = json.dumps(event("1"), indent=2, sort_keys=True)
    table = f"id,source,type,equipment\n1,urn:eam,{REPLACED},P-101\n"
    assert counts(told(db, "-", text=pretty)[0]) == (0, 1, 0)
    assert counts(told(db, "-", text="\ufeff" + table)[0]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("单个事件", "事件数组", "每行一个事件", "CSV表格", "无法识别")),
        ("en", ("oneevent", "arrayofevents", "oneeventaline", "CSVtable", "notrecognised")),
    ],
)
def test_how_a_file_was_written_is_said_in_words(
    db: str, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, "one.json", event("1"))
    written(folder, "many.json", [event("2"), event("3")])
    written(folder, "lines.jsonl", f"{json.dumps(event('4'))}\n{json.dumps(event('5'))}\n")
    written(folder, "table.csv", f"id,source,type,equipment\n6,urn:eam,{REPLACED},P-101\n")
    written(folder, "nothing.json", "{")
    done = run(db, "feed", "equipment", str(folder), "--lang", lang, expect=1)
    shown = "".join(done.stdout.replace("│", " ").split())
    assert all(word in shown for word in words), done.stdout
    assert {row["form"] for row in told(db, str(folder), expect=1)} == {
        "event",
        "batch",
        "lines",
        "csv",
        "json",
    }


def test_other_content_under_a_known_id_is_told_and_not_recorded(db: str, tmp_path: Path) -> None:
    told(db, str(written(tmp_path, "a.json", event("1"))))
    before = len(rows_of(db))
    file = written(tmp_path, "b.json", [event("1", what="something else"), event("1")])
    done = run(db, "feed", "equipment", str(file))
    assert "b.json row 1" in done.stderr and "other content" in done.stderr
    assert len(rows_of(db)) == before
    [row] = told(db, str(file))
    assert counts(row) == (0, 1, 1)
    assert [(one["row"], one["content"]) for one in row["repeated"]] == [(1, "different")]


def test_one_bad_event_keeps_the_whole_file_out_and_every_fault_is_told(db: str, tmp_path: Path) -> None:
    before = len(rows_of(db))
    bad = [event("1"), {**event("2"), "time": "noon"}, {**event("3"), "id": ""}]
    file = written(tmp_path, "bad.json", bad)
    [row] = told(db, str(file), expect=1)
    assert [(one["row"], one["field"]) for one in row["faults"]] == [(2, "time"), (3, "id")]
    assert (row["ok"], row["new"], len(rows_of(db))) == (False, 0, before)
    done = run(db, "feed", "equipment", str(file), "--lang", "zh", expect=1)
    assert "bad.json" in done.stderr and "第 2 行" in done.stderr and "time" in done.stderr
    assert not list(tmp_path.glob("mine.db-evidence/files/*/*")), "what is refused is not kept"


def test_a_bad_file_in_a_folder_keeps_no_other_out(db: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, "a.json", event("1"))
    written(folder, "b.csv", "id,source\n")
    written(folder, "c.jsonl", json.dumps(event("3")) + "\n" + json.dumps(event("4")) + "\n")
    written(folder, "notes.txt", "not ours")
    rows = told(db, str(folder), expect=1)
    assert [(row["file"], row["ok"], row["new"]) for row in rows] == [
        ("a.json", True, 1),
        ("b.csv", False, 0),
        ("c.jsonl", True, 2),
    ]


@pytest.mark.clause("YT-24")
def test_an_unknown_code_is_listed_mapped_and_then_becomes_a_change(db: str) -> None:
    told(db, "-", "--body", "KS-01", text=json.dumps(event("1", what="整机更换")))
    [row] = json.loads(run(db, "feed", "unknown", "--json").stdout)
    assert (row["why"], row["about"], row["count"]) == ("unknown_equipment", "P-101", 1)
    mapping = ("--body", "KS-01", "--equipment", "P-101", "--unit", "U-TS-1", "--tag", "PRESS")
    run(db, "feed", "map", *mapping, "--as", "P-SAFETY")
    assert json.loads(run(db, "feed", "unknown", "--json").stdout) == []
    [one] = json.loads(run(db, "feed", "events", "--equipment", "P-101", "--json").stdout)
    for lang, said in (("zh", "设备更换"), ("en", "replaced")):
        assert said in run(db, "feed", "events", "--equipment", "P-101", "--lang", lang).stdout
    assert (one["step"], one["unit"], one["reports"]) == ("gone_on", "U-TS-1", "key_equipment")
    change = [row for row in rows_of(db) if row.stream == f"change/KS-01/{one['change']}"]
    assert change[0].kind == "change-reported.1"
    [mapped] = json.loads(run(db, "feed", "mappings", "--json").stdout)
    assert (mapped["equipment"], mapped["unit"], mapped["tag"]) == ("P-101", "U-TS-1", "PRESS")
    run(db, "audit", "verify")
    run(db, "projections", "check")


def test_the_file_is_kept_as_it_came_and_can_be_taken_out_by_the_hash_in_the_record(
    db: str, tmp_path: Path
) -> None:
    text = json.dumps(event("1"), indent=7)
    told(db, "-", text=text)
    [one] = json.loads(run(db, "feed", "events", "--equipment", "P-101", "--json").stdout)
    out = tmp_path / "out.json"
    run(db, "evidence", "get", one["evidence"], "--out", str(out))
    assert out.read_text("utf-8") == text
    states = {
        row["state"]
        for row in json.loads(run(db, "evidence", "check", "--json", expect=None).stdout)
        if row["media"] == "json"
    }
    assert states == {"held"}


def test_when_the_kept_file_was_erased_a_repetition_is_known_and_not_comparable(db: str) -> None:
    told(db, "-", text=json.dumps(event("1")))
    [one] = json.loads(run(db, "feed", "events", "--equipment", "P-101", "--json").stdout)
    run(db, "evidence", "erase", one["evidence"], "--body", "KS-01", "--reason", "names", "--as", "P-SAFETY")
    [row] = told(db, "-", text=json.dumps(event("1", what="other")))
    assert (row["new"], row["known"], row["not_comparable"]) == (0, 0, 1)


def test_without_any_body_events_are_kept_for_a_person(tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'empty.db'}"
    assert counts(told(db, "-", text=json.dumps([event("1")]))[0]) == (1, 0, 0)
    [row] = json.loads(run(db, "feed", "unknown", "--json").stdout)
    assert (row["body"], row["why"]) == ("*", "no_body")
    run(db, "feed", "equipment", "-", "--body", "NONE", text="[]", expect=1)


def test_an_empty_batch_is_nothing_and_no_fault(db: str) -> None:
    before = len(rows_of(db))
    assert counts(told(db, "-", text="[]")[0]) == (0, 0, 0)
    assert len(rows_of(db)) == before


def test_misuse_is_told(db: str, tmp_path: Path) -> None:
    run(db, "feed", "equipment", str(tmp_path / "none.json"), expect=1)
    run(db, "feed", "equipment", "-", "--watch", expect=1)
    run(db, "feed", "equipment", expect=2)
    run(db, "feed", "equipment", "-", "--at", "2026-01-01T00:00:00Z", expect=1)


@pytest.mark.parametrize(("lang", "words"), [("en", "events that wait for a person: 1"), ("zh", "1 个事件等待")])
def test_whoever_feeds_is_told_that_something_waits(db: str, lang: str, words: str) -> None:
    done = run(db, "feed", "equipment", "-", "--lang", lang, text=json.dumps(event("1")))
    assert words in done.stderr and "feed unknown --body KS-01" in done.stderr


# ------------------------------------------------------------------------------------------------ a watched folder


def watched(db: str, folder: Path, *more: str, rounds: int = 3, expect: int = 0) -> list[dict[str, Any]]:
    options = ("--watch", "--every", "0", "--rounds", str(rounds), "--json", *more)
    done = run(db, "feed", "equipment", str(folder), *options, expect=expect)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_watched_file_is_taken_once_when_it_no_longer_changes(db: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, "a.json", event("1"))
    assert watched(db, folder, rounds=1) == [], "it may still be written"
    assert [counts(row) for row in watched(db, folder, rounds=5)] == [(1, 0, 0)]


def test_a_file_that_changes_between_two_rounds_waits(tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", "[")
    folder = Folder(tmp_path, moving=False)
    assert list(folder.ready(settled=True)) == []
    written(tmp_path, "a.json", "[]")
    assert list(folder.ready(settled=True)) == []
    assert list(folder.ready(settled=True)) == [file]
    assert list(folder.ready(settled=True)) == []
    os.utime(file, ns=(time.time_ns(), 1))
    assert list(folder.ready(settled=True)) == []
    assert list(folder.ready(settled=True)) == [file], "one that was written anew is taken anew"


def test_moved_files_stand_in_done_or_refused_and_none_is_lost(db: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        written(folder, "a.json", event(str(number)))
        written(folder, "b.json", "{")
        watched(db, folder, "--move", expect=1)
    held = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    assert held == ["done/a.2.json", "done/a.json", "refused/b.2.json", "refused/b.json"]
    assert json.loads((folder / "done" / "a.json").read_text())["id"] == "1"
    assert json.loads((folder / "done" / "a.2.json").read_text())["id"] == "2"


def test_what_a_killed_run_had_begun_is_taken_up_first(db: str, tmp_path: Path) -> None:
    working = tmp_path / "in" / "working"
    working.mkdir(parents=True)
    written(working, "a.json", event("1"))
    assert [counts(row) for row in watched(db, tmp_path / "in", "--move")] == [(1, 0, 0)]
    assert (tmp_path / "in" / "done" / "a.json").exists()


def test_links_hidden_files_and_pipes_are_left_alone(tmp_path: Path) -> None:
    outside = written(tmp_path, "secret.json", event("1"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.json").symlink_to(outside)
    os.mkfifo(folder / "pipe.json")
    written(folder, ".hidden.json", "{}")
    assert files_of(folder) == []
