"""Checklists and inspections through the command line, and a tablet's whole round as one line of a batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from domain.examples import COMMAND_EXAMPLES
from tests.faults.command_line import run

BODY = ("--body", "KS-01")


def asked(db: str, *arguments: str, expect: int = 0) -> Any:
    return json.loads(run(db, "--json", *arguments, expect=expect).stdout)


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """The example mine as far as its first control: people, roles, a unit, a risk."""
    db = str(tmp_path / "mine.db")
    lines: list[str] = []
    for line in COMMAND_EXAMPLES:
        if line["command"] == "ReassessRisk":
            break
        lines.append(json.dumps(line))
    run(db, "do", "--batch", text="\n".join(lines))
    return db


def drawn(db: str, items: int) -> None:
    """A checklist of so many items for the team."""
    entries = [
        {"item": f"I-{n}", "what": f"guard {n}", "how": "look", "tiers": ["team"], "period": "P7D"}
        for n in range(items)
    ]
    data = {"body": "KS-01", "checklist": "JC", "title": "hoist", "unit": "U-TS", "items": entries}
    line = {
        "command": "DrawUpChecklist",
        "by": "P-WORKSHOP",
        "at": "2026-02-02T08:00:00+08:00",
        "id": "draw",
        "data": data,
    }
    run(db, "do", "--batch", text=json.dumps(line))


def tablet(items: int, **changes: Any) -> dict[str, Any]:
    """The line that a tablet sends when it is on line again: last week's round."""
    answers = [
        {
            "item": f"I-{n}",
            "answer": "pass",
            "done_at": f"2026-02-09T09:{n % 60:02}:00+08:00",
            "place": "shaft",
        }
        for n in range(items)
    ]
    answers[7] |= {"answer": "fail", "remark": "bolt loose"}
    data = {
        "body": "KS-01",
        "inspection": "JC-W07",
        "checklist": "JC",
        "tier": "team",
        "started_at": "2026-02-09T09:00:00+08:00",
        "answers": answers,
        "statement": "as I saw it",
        **changes,
    }
    return {
        "command": "RecordRound",
        "by": "P-TEAM",
        "at": "2026-02-09T10:30:00+08:00",
        "id": "tablet-7-0001",
        "data": data,
    }


@pytest.mark.clause("NJ-062")
def test_a_tablet_s_round_of_300_items_is_one_line_recorded_once_however_often_it_is_sent(mine: str) -> None:
    drawn(mine, 300)
    text = json.dumps(tablet(300))
    first = json.loads(run(mine, "do", "--batch", text=text).stdout)
    assert len(first["records"]) == 302
    assert json.loads(run(mine, "do", "--batch", text=text).stdout) == first
    [row] = asked(mine, "inspection", "list")
    assert (row["code"], row["passed"], row["failed"], row["item_count"]) == ("JC-W07", 299, 1, 300)
    assert row["completed_at"] == "2026-02-09T02:30:00.000000Z"
    record = asked(mine, "inspection", "record", "JC-W07", *BODY)
    assert [one["item"] for one in record] == [f"I-{n}" for n in range(300)]
    assert (record[7]["hazard"], record[7]["hazard_step"]) == ("YH.JC-W07.I-7", "registered")
    assert asked(mine, "inspection", "coverage", "--never-only") == []
    assert len(asked(mine, "inspection", "coverage", "--on", "2026-02-23")) == 300


def test_with_one_answer_missing_nothing_of_the_round_is_recorded(mine: str) -> None:
    drawn(mine, 300)
    line = tablet(300)
    line["data"]["answers"].pop()
    told = json.loads(run(mine, "do", "--batch", text=json.dumps(line), expect=1).stdout)
    assert (told["ok"], told["refused"]) == (False, "ItemsOpen")
    assert asked(mine, "inspection", "list") == []


def test_a_bad_time_of_one_answer_is_named(mine: str) -> None:
    drawn(mine, 9)
    line = tablet(9)
    line["data"]["answers"][3]["done_at"] = "2026-02-09T09:10:00"
    told = run(mine, "do", "--batch", text=json.dumps(line), expect=1).stdout
    assert "data.answers[3].done_at" in told


@pytest.mark.clause("NJ-063")
def test_a_checklist_is_generated_from_the_controls_of_a_unit(mine: str) -> None:
    run(
        mine,
        "checklist",
        "generate",
        *BODY,
        "--checklist",
        "JC",
        "--title",
        "hoist",
        "--unit",
        "U-TS",
        "--as",
        "P-WORKSHOP",
    )
    [item] = asked(mine, "checklist", "items")
    assert (item["risk"], item["control"], item["source"], item["period"]) == (
        "R-0001",
        "C-01",
        "control",
        "shift",
    )
    assert asked(mine, "checklist", "gaps") == []
    [listed] = asked(mine, "checklist", "list")
    assert (listed["code"], listed["item_count"], listed["position"]) == ("JC", 1, item["position"])
    assert asked(mine, "checklist", "items", "--checklist", "JC", "--version", "1") == [item]


@pytest.mark.parametrize("asked_for", [("--checklist", "NONE"), ("--checklist", "JC", "--version", "2")])
def test_an_unknown_checklist_or_version_is_refused_and_not_shown_as_empty(
    mine: str, asked_for: tuple[str, ...]
) -> None:
    drawn(mine, 1)
    assert asked(mine, "checklist", "items", *asked_for, expect=1)["refused"] == "UnknownThing"


def test_a_round_is_made_step_by_step(mine: str) -> None:
    drawn(mine, 2)
    team = ("--as", "P-TEAM")
    run(
        mine,
        "checklist",
        "assign",
        *BODY,
        "--checklist",
        "JC",
        "--tier",
        "team",
        "--period",
        "P7D",
        "--person",
        "P-TEAM",
        "--as",
        "P-SAFETY",
    )
    [planned] = asked(mine, "inspection", "list")
    code = planned["code"]
    assert (planned["standing"], planned["owed_by"]) == ("inspection_planned", "P-TEAM")
    run(mine, "inspection", "start", *BODY, "--inspection", code, "--methods", "sampling", *team)
    one = json.dumps({"item": "I-0", "answer": "pass"})
    two = json.dumps({"item": "I-1", "answer": "not_looked_at", "remark": "locked"})
    run(mine, "inspection", "answer", *BODY, "--inspection", code, "--answers", one, *team)
    run(mine, "inspection", "complete", *BODY, "--inspection", code, "--statement", "seen", *team, expect=1)
    run(mine, "inspection", "answer", *BODY, "--inspection", code, "--answers", two, *team)
    run(mine, "inspection", "complete", *BODY, "--inspection", code, "--statement", "seen", *team)
    run(mine, "inspection", "add", *BODY, "--inspection", code, "--text", "key found", *team)
    run(
        mine,
        "inspection",
        "recheck",
        *BODY,
        "--inspection",
        code,
        "--verdict",
        "sound",
        "--findings",
        "same",
        *team,
        expect=1,
    )
    run(
        mine,
        "inspection",
        "recheck",
        *BODY,
        "--inspection",
        code,
        "--verdict",
        "sound",
        "--findings",
        "same",
        "--as",
        "P-SAFETY",
    )
    done = next(row for row in asked(mine, "inspection", "list") if row["code"] == code)
    assert (done["not_looked_at"], done["rechecks"], done["addenda"], done["days_late"]) == (1, 1, 1, 0)
    assert len([row for row in asked(mine, "inspection", "list") if row["step"] == "planned"]) == 1, (
        "the next week's"
    )
    sentences = [row["sentence"] for row in asked(mine, "inspection", "history", code)]
    assert any("signed and completed" in one for one in sentences)
    never = asked(mine, "inspection", "coverage", "--never-only")
    assert [row["item"] for row in never] == ["I-1"]
    assert run(mine, "inspection", "compare", code, *BODY).stdout
