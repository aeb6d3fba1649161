"""The auditor decides every record of the demo again, proves one hazard's records, and replays them step by step."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adapters.demo.hazards_beside import HONEST, ON_PAPER
from adapters.demo.mine import MINE
from adapters.demo.plant_checks import ON_PAPER as ON_PAPER_AT_THE_WORKS
from adapters.retracing import Retracer
from adapters.rules import load_rulebook
from adapters.seal.tree import verify_inclusion
from domain.hazards import EvaluateHazard, HazardEvaluated
from domain.index import DECIDERS
from domain.records import Record
from tests.adapting.practice import ROOT, dualguard, year
from tests.deciding.office import Office, desk
from tests.deciding.test_examples import NAMES


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return year(tmp_path_factory)


def told(file: Path, *arguments: str, code: int = 0) -> Any:
    return json.loads(dualguard(*arguments, "--json", "--db", str(file), code=code).stdout)


# --- why


def test_every_record_of_the_demo_is_decided_the_same_again(file: Path) -> None:
    answer = told(file, "audit", "why", "--all")
    assert answer["differing"] == []
    assert answer["same"] == answer["size"] > 300


def test_one_record_names_the_command_it_came_from(file: Path) -> None:
    records = told(file, "hazard", "history", "YH-0003")
    [judged] = [one for one in records if one["kind"] == "hazard-judged.1"]
    why = told(file, "audit", "why", str(judged["position"]))
    assert why["same"] is True
    assert why["command"] == "JudgeHazard"
    assert why["data"]["item"] == "M88-UG-07"


def test_with_an_altered_rule_pack_the_differing_positions_are_named(file: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "domain" / "rules", rules)
    altered = rules / "rectification-days.toml"
    text = altered.read_text("utf-8")
    assert "general = 30" in text
    altered.write_text(text.replace("general = 30", "general = 10"), "utf-8")
    answer = told(file, "audit", "why", "--all", "--rules", str(rules), code=1)
    planned = {one["position"] for one in answer["differing"]}
    assert {one["kind"] for one in answer["differing"]} == {"rectification-planned.1"}
    assert len(planned) >= 5
    first = min(planned)
    one = told(file, "audit", "why", str(first), "--rules", str(rules), code=1)
    assert one["same"] is False
    assert one["now"] != one["was"] or one["refused"]
    assert told(file, "audit", "why", str(first))["same"] is True


@pytest.mark.parametrize("arguments", [["0"], ["999999"], [], ["5", "--all"], ["5", "--rules", "/nowhere"]])
def test_a_question_that_cannot_be_answered_is_refused(file: Path, arguments: list[str]) -> None:
    assert told(file, "audit", "why", *arguments, code=1)["refused"] == "BadField"


def examples() -> list[Record]:
    office = Office()
    return desk(office.until(NAMES[-1])).records(limit=1000)


def test_every_canonical_example_is_told_from_its_records_and_decided_the_same() -> None:
    verdicts = list(Retracer(DECIDERS, load_rulebook()).walk(examples()))
    assert [one.records[0].kind for one in verdicts if not one.same] == []
    assert {type(one.command).__name__ for one in verdicts} >= set(NAMES) - {"RegisterUnit"}


def test_what_no_decision_could_have_recorded_is_noticed() -> None:
    """A record changed behind our back: somebody without independence verified, a day was moved, a grade put in."""
    records = examples()
    at = next(i for i, one in enumerate(records) if isinstance(one.event, HazardEvaluated))
    records[at].event = HazardEvaluated("general", "x", "2026-01-01T00:00:00.000000Z", ("P-ELSE",))
    [verdict] = Retracer(DECIDERS, load_rulebook()).walk(records, records[at].position)
    assert not verdict.same
    assert isinstance(verdict.command, EvaluateHazard)
    assert verdict.now != [records[at].event]

    records = examples()
    at = next(i for i, one in enumerate(records) if one.kind == "rectification-verified.1")
    records[at].by = "P-TEAM"
    [verdict] = Retracer(DECIDERS, load_rulebook()).walk(records, records[at].position)
    assert not verdict.same
    assert verdict.refused is not None


# --- prove


def test_all_records_of_a_hazard_are_proved_against_the_present_root(file: Path) -> None:
    bundle = told(file, "audit", "prove", "YH-0003")
    root = told(file, "audit", "root")
    assert (bundle["size"], bundle["root"], bundle["holds"]) == (root["size"], root["root"], True)
    own = [one for one in bundle["records"] if one["stream"].startswith("hazard/")]
    assert [one["version"] for one in own] == list(range(1, len(own) + 1))
    history = told(file, "hazard", "history", "YH-0003")
    assert [one["position"] for one in bundle["records"]] == [one["position"] for one in history]
    for one in bundle["records"]:
        leaf = sha256(b"\x00" + one["header"].encode()).digest()
        assert leaf.hex() == one["leaf"]
        proof = [bytes.fromhex(each) for each in one["proof"]]
        assert verify_inclusion(
            one["position"] - 1, bundle["size"], leaf, proof, bytes.fromhex(bundle["root"])
        )


def test_a_record_that_was_changed_behind_our_back_is_not_proved(file: Path, tmp_path: Path) -> None:
    import sqlite3

    copied = tmp_path / "changed.db"
    shutil.copy(file, copied)
    position = told(copied, "hazard", "history", "YH-0003")[0]["position"]
    with sqlite3.connect(copied) as connection:
        for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f"drop trigger {name}")
        table = next(
            name
            for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
            if "leaf" in [row[1] for row in connection.execute(f"pragma table_info({name})")]
        )
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        key = (
            "position"
            if "position" in columns
            else "notification_id"
            if "notification_id" in columns
            else "rowid"
        )
        changed = connection.execute(
            f"update {table} set state = cast(replace(cast(state as text), 'pump', 'dump') as blob) where {key} = ?",
            (position,),
        ).rowcount
        assert changed == 1
    bundle = told(copied, "audit", "prove", "YH-0003", code=1)
    assert [one["position"] for one in bundle["records"] if not one["holds"]] == [position]


def test_an_unknown_code_has_nothing_to_prove(file: Path) -> None:
    assert told(file, "audit", "prove", "YH-NONE", code=1)["refused"] == "UnknownThing"


# --- replay and history


def test_a_hazard_is_replayed_forwards_and_backwards(file: Path) -> None:
    steps = told(file, "hazard", "replay", "YH-0003")
    assert [one["step"] for one in steps] == list(range(1, len(steps) + 1))
    assert told(file, "hazard", "replay", "YH-0003", "--backwards") == steps[::-1]
    assert steps[-1]["state"]["step"] == "closed"
    for before, after in pairwise(steps):
        for name, (was, now) in after["changed"].items():
            assert before["state"][name] == was
            assert after["state"][name] == now
    for number in (1, 3, len(steps)):
        assert told(file, "hazard", "replay", "YH-0003", "--step", str(number)) == [steps[number - 1]]
        assert told(file, "hazard", "replay", "YH-0003", "--step", str(number - len(steps) - 1)) == [
            steps[number - 1]
        ]
    assert told(file, "hazard", "replay", "YH-0003", "--step", "99", code=1)["refused"] == "BadField"


@pytest.mark.clause("NJ-062")
def test_a_history_tells_both_clocks_roles_law_and_lateness(file: Path) -> None:
    history = told(file, "hazard", "history", "YH-0004")
    by_kind = {one["kind"]: one for one in history}
    assert by_kind["duty-answered.1"]["days_late"] == 8
    assert by_kind["hazard-closed.1"]["roles"] == ["safety_officer"]
    assert "house" in by_kind["rectification-planned.1"]["citation"]
    assert all(one["happened_at"] and one["recorded_at"] for one in history)


# --- signs of paper, counted against what was planted


def test_the_signs_find_what_was_planted_and_the_page_says_how_many(file: Path) -> None:
    rows = told(file, "hazard", "signals", "--dismissed")
    found = {code for row in rows for code in row["hazards"]}
    planted, honest = {*ON_PAPER, *ON_PAPER_AT_THE_WORKS}, set(HONEST)
    counts = {
        "planted on paper": len(planted),
        "found of those": len(found & planted),
        "not found": len(planted - found),
        "found though honest": len(found - planted),
        "the honest one dismissed with a reason": sum(row["dismissed"] for row in rows),
    }
    page = (ROOT / "docs/howto/paper-signals.md").read_text("utf-8")
    for name, count in counts.items():
        assert f"| {name} | {count} |" in page, (name, count)
    assert found - planted == honest
    assert {row["why"] for row in rows if row["hazards"] == ["YH-0018"]} != {None}


def test_the_short_path_the_dismissal_and_the_duplicate_stand_in_the_ledger(file: Path) -> None:
    ledger = {row["code"]: row for row in told(file, "hazard", "list", "--body", MINE)}
    assert [ledger[code]["path"] for code in ("YH-0011", "YH-0012")] == ["on_the_spot", "on_the_spot"]
    assert (ledger["YH-0013"]["step"], ledger["YH-0014"]["duplicate_of"]) == ("dismissed", "YH-0008")
    assert (ledger["YH-0003"]["grade"], ledger["YH-0003"]["filing"]) == ("major", "accepted")


def test_a_unit_is_asked_for_its_permit_by_exit_code(file: Path) -> None:
    [row] = told(file, "hazard", "permit", "U-5-1-1", "--body", MINE, code=0)
    assert row["may"] is True
    assert told(file, "hazard", "permit", "U-NONE", "--body", MINE, code=1)["refused"] == "UnknownThing"
