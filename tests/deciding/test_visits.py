"""An authority's inspection is written down with what it found and ordered; the answer is late or not for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    DeadlineInThePast,
    Incomplete,
    NothingToDecide,
    OutOfTurn,
    UnknownThing,
)
from domain.visits import AnswerVisit, RecordVisit, VisitAnswered, VisitedFinding, VisitFinding, VisitRecorded
from tests.deciding.given import BODY, given, on

CODE, PAPER = "JD-1", "ab" * 32
FINDING = VisitFinding("1", "U-TS", "no cards", "no card at the desk", "post_cards")
VISIT = RecordVisit(
    BODY, CODE, "sector_department", "bureau", "scheduled", "hoist", (FINDING,), "2026-02-09", PAPER, True
)
VISITED = VisitRecorded(
    "sector_department",
    "bureau",
    "scheduled",
    "hoist",
    (VisitedFinding("1", "U-TS", "no cards", "no card at the desk", "post_cards", "YH.JD-1.1"),),
    "2026-02-09",
    (PAPER,),
    True,
)
ANSWER = AnswerVisit(BODY, CODE, "cards are up", (PAPER, PAPER))


@pytest.mark.clause("YT-37a", "YT-37b")
def test_a_visit_tells_who_came_what_is_missing_what_is_ordered_and_whether_they_interviewed() -> None:
    given().when(VISIT).then(VISITED)
    given(VISITED).when(VISIT).then(AlreadyRegistered, kind="visit", code=CODE)


def test_an_order_has_findings_at_known_units_and_a_day_to_come() -> None:
    given().when(replace(VISIT, findings=())).then(Incomplete, missing=["findings"])
    given().when(replace(VISIT, findings=(), order_due=None)).accepted()
    given().when(replace(VISIT, order_due="2026-02-01")).then(DeadlineInThePast)
    given().when(replace(VISIT, findings=(FINDING, FINDING))).then(AlreadySo)
    given().when(replace(VISIT, findings=(replace(FINDING, unit="U-9"),))).then(UnknownThing, kind="unit")
    given().when(replace(VISIT, body="KS-09")).then(UnknownThing, kind="body")


@pytest.mark.clause("YT-37a")
def test_the_answer_is_late_by_the_day_that_was_ordered() -> None:
    given(VISITED).when(ANSWER).then(VisitAnswered("cards are up", (PAPER,), "2026-02-09", 0))
    given(VISITED).when(ANSWER, at="2026-02-12").then(
        VisitAnswered("cards are up", (PAPER,), "2026-02-09", 3)
    )
    given().when(ANSWER).then(UnknownThing, kind="visit")
    given(VISITED, VisitAnswered("x", (), "2026-02-09", 0)).when(ANSWER).then(OutOfTurn)
    given(replace(VISITED, order_due=None)).when(ANSWER).then(NothingToDecide)
    given(on("2026-02-03", VISITED)).when(ANSWER, at="2026-02-02").then(BeforePredecessor)
