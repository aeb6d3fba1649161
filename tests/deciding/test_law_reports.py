"""A text that turns is one change, and reaches what the record says rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.change_scope import ScopeEntry
from domain.law_changes import turns
from domain.law_reports import TurnedText, change_of, fingerprint, rests_on, turned_texts, turning_days
from domain.rulebook import Rulebook
from tests.deciding.test_law_changes import with_successor
from tests.deciding.test_obligations import NOTHING, RULES, body

YANTIAN = "盐应急规〔2021〕1号"


def texts(rules: Rulebook = RULES) -> dict[tuple[str, str], TurnedText]:
    return {(one.key, one.day): one for one in turned_texts(turns(body(), rules, NOTHING), rules)}


@pytest.mark.clause("YT-24", "YT-45")
def test_a_text_that_ends_in_many_rules_is_one_change() -> None:
    text = texts()[YANTIAN, "2024-11-01"]
    assert len({one.rule for one in text.turns}) > 5
    command = change_of("B-1", text, text.change, (ScopeEntry("standard", "W-1"),), RULES)
    assert (command.kind, command.starts, command.ends) == ("law_or_standard", "2024-11-01", None)
    assert command.cause == f"law:{text.turns[0].rule}@{text.turns[0].was}"
    assert YANTIAN in command.what and "失效" in command.what


def test_its_code_stays_when_another_rule_is_read_from_the_same_text() -> None:
    every = turns(body(), RULES, NOTHING)
    fewer = [one for one in every if one.rule != texts()[YANTIAN, "2024-11-01"].turns[0].rule]
    [left] = [one for one in turned_texts(fewer, RULES) if (one.key, one.day) == (YANTIAN, "2024-11-01")]
    assert left.change == texts()[YANTIAN, "2024-11-01"].change
    assert len({one.change for one in texts().values()}) == len(texts())


@pytest.mark.clause("YT-24", "YT-42")
def test_a_new_edition_reaches_what_hangs_on_a_document_of_any_edition_and_nothing_else() -> None:
    text = texts()["GB 6441-2025", "2026-07-01"]
    documents = [
        {"document": "W-1", "kind": "standard", "number": "GB6441-1986"},
        {"document": "W-2", "kind": "standard", "number": "GB 6441"},
        {"document": "W-3", "kind": "report", "number": "GB 6441-2025"},
        {"document": "W-4", "kind": "standard", "number": "GB 64410"},
        {"document": "W-5", "kind": "law", "number": ""},
    ]
    risks = [{"code": "R-1", "method": "lec", "version": "common-4colour-1"}]
    assert rests_on(text, documents, risks) == (ScopeEntry("standard", "W-1"), ScopeEntry("standard", "W-2"))
    assert change_of("B-1", text, text.change, (), RULES).cause == "law:accident-types@2025"


@pytest.mark.clause("YT-24")
def test_what_was_assessed_by_a_version_of_a_method_that_binds_no_more_is_reached() -> None:
    lec = RULES.version("lec", "common-4colour-1")
    assert lec is not None
    law = replace(
        lec, source="law", since="2021-01-01", until="2026-02-28", cited={"title": "Table of the province"}
    )
    new = replace(law, version="new", since="2026-03-01", until=None)
    rules = Rulebook({**RULES.wordings, "lec": (law, new)})
    text = texts(rules)["lec", "2026-03-01"]
    risks = [
        {"code": "R-1", "method": "lec", "version": "common-4colour-1"},
        {"code": "R-2", "method": "lec", "version": "new"},
        {"code": "R-3", "method": "ls", "version": "common-4colour-1"},
        {"code": "R-4", "method": None, "version": None},
    ]
    assert rests_on(text, [], risks) == (ScopeEntry("risk", "R-1"),)


def test_the_fingerprint_turns_with_a_version_or_its_days_and_the_days_are_those_of_texts() -> None:
    later, sooner = with_successor("2027-03-01"), with_successor("2027-02-01")
    assert len({fingerprint(RULES), fingerprint(later), fingerprint(sooner)}) == 3
    assert turning_days(later) - turning_days(RULES) == {"2027-03-01"}
    assert {"2024-11-01", "2026-07-01"} <= turning_days(RULES)
