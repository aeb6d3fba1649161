"""Which neighbour was told of which work and when, in time or late on both clocks, and what it answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.neighbours import EndNeighbour, RecordWatch, RegisterNeighbour
from domain.work_telling import RecordNeighbourAnswer, TellNeighbour, WeighObjection
from domain.works import DeclareWork, EndWork, MoveWork, StartWork
from projections.neighbours import NEIGHBOURS
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, LEAD, Plant, at

VILLAGE, SCHOOL, WORK = "N-1", "N-2", "W-1"


class Asked:
    """A plant with two neighbours and a work declared for 20 January."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (NEIGHBOURS,))
        self.plant.now = at("2026-01-06")
        for code, kind in ((VILLAGE, "residents"), (SCHOOL, "school")):
            self.plant.give(CHECKER, RegisterNeighbour(BODY, code, kind, code, "180 m east", "blasting"))  # type: ignore[arg-type]
        work = DeclareWork(
            BODY, WORK, "dangerous_work", "U-1", "blast", "blasting", "2026-01-20", (VILLAGE, SCHOOL)
        )
        self.plant.give(LEAD, work)

    def works(self, ever: bool = False) -> list[dict[str, object]]:
        return answer(self.projector, "work-list", {"body": BODY, "ever": ever})

    def standing(self) -> dict[object, object]:
        rows = answer(self.projector, "work-notices", {"body": BODY, "work": WORK})
        return {row["neighbour"]: row["standing"] for row in rows}

    def of(self, neighbour: str) -> dict[str, object]:
        rows = answer(self.projector, "work-notices", {"body": BODY, "work": WORK})
        return next(row for row in rows if row["neighbour"] == neighbour)

    def tell(self, neighbour: str, happened: str | None = None, answer_by: str | None = None) -> None:
        command = TellNeighbour(BODY, WORK, neighbour, "letter", "day and signals", answer_by)
        self.plant.give(LEAD, command, None if happened is None else at(happened))


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("neighbours"))
    yield made
    made.projector.close()


@pytest.mark.clause("YT-28")
def test_a_work_waits_for_whoever_was_not_told_and_says_for_whom(ask: Asked) -> None:
    [row] = ask.works()
    assert (row["ready"], row["not_told"], row["tell_by"]) == (False, [VILLAGE, SCHOOL], "2026-01-19")
    ask.tell(VILLAGE)
    ask.tell(SCHOOL)
    [row] = ask.works()
    assert (row["ready"], row["not_told"], row["told_late"]) == (True, [], [])


@pytest.mark.clause("YT-28")
def test_what_was_told_in_time_and_recorded_later_is_in_time_on_one_clock_and_late_on_the_other(
    ask: Asked,
) -> None:
    ask.plant.now = at("2026-01-22")
    ask.tell(VILLAGE, "2026-01-19")
    row = ask.of(VILLAGE)
    assert (row["days_late"], row["days_late_recorded"], row["days_over"]) == (0, 3, 0)
    assert ask.of(SCHOOL)["days_over"] == 3


@pytest.mark.clause("YT-28")
def test_a_neighbour_stands_where_its_last_answer_puts_it(ask: Asked) -> None:
    ask.tell(VILLAGE, None, "2026-01-08")
    assert ask.standing() == {VILLAGE: "asked", SCHOOL: "not_told"}
    ask.plant.now = at("2026-01-09")
    assert ask.standing()[VILLAGE] == "no_answer", "the day set for the answer has passed"
    ask.plant.give(LEAD, RecordNeighbourAnswer(BODY, WORK, VILLAGE, "objection", "not on market day"))
    assert ask.standing()[VILLAGE] == "objection"
    ask.plant.give(CHECKER, WeighObjection(BODY, WORK, VILLAGE, "moved to the afternoon"))
    assert ask.standing()[VILLAGE] == "objection_weighed"
    ask.plant.give(LEAD, RecordNeighbourAnswer(BODY, WORK, VILLAGE, "consent"))
    assert ask.standing()[VILLAGE] == "consent"
    ask.plant.give(LEAD, MoveWork(BODY, WORK, "2026-01-18", "earlier"))
    assert ask.standing()[VILLAGE] == "not_told", "it was told of a later beginning"


@pytest.mark.clause("YT-28")
def test_who_is_told_again_stands_where_the_work_waits_for_it_whatever_it_answered_before(ask: Asked) -> None:
    ask.tell(SCHOOL)
    ask.tell(VILLAGE)
    ask.plant.give(LEAD, RecordNeighbourAnswer(BODY, WORK, VILLAGE, "consent", "go ahead"))
    ask.plant.give(LEAD, RecordNeighbourAnswer(BODY, WORK, SCHOOL, "objection", "exams"))
    ask.plant.give(LEAD, MoveWork(BODY, WORK, "2026-01-18", "earlier"))
    for one in (VILLAGE, SCHOOL):
        ask.tell(one, None, "2026-01-17")
    assert ask.standing() == {VILLAGE: "asked", SCHOOL: "objection"}, "telling again weighs no objection"
    [row] = ask.works()
    assert row["ready"] is False
    assert (ask.of(VILLAGE)["answer"], ask.of(VILLAGE)["answered_at"]) == (None, None)
    ask.plant.give(CHECKER, WeighObjection(BODY, WORK, SCHOOL, "in the holidays"))
    ask.plant.give(LEAD, RecordNeighbourAnswer(BODY, WORK, VILLAGE, "consent"))
    assert ask.standing() == {VILLAGE: "consent", SCHOOL: "objection_weighed"}
    ask.tell(SCHOOL, None, "2026-01-17")
    assert ask.standing()[SCHOOL] == "asked"


@pytest.mark.clause("YT-28")
def test_a_notice_of_the_former_day_that_is_written_down_late_leaves_the_new_one_standing(ask: Asked) -> None:
    ask.plant.now = at("2026-01-10")
    ask.plant.give(LEAD, MoveWork(BODY, WORK, "2026-01-18", "earlier"))
    ask.plant.now = at("2026-01-12")
    ask.tell(VILLAGE)
    ask.tell(VILLAGE, "2026-01-08")
    ask.tell(SCHOOL, "2026-01-08")
    assert ask.standing() == {VILLAGE: "told", SCHOOL: "not_told"}
    assert (ask.of(VILLAGE)["told_for"], ask.of(SCHOOL)["told_for"]) == ("2026-01-18", "2026-01-20")


@pytest.mark.clause("YT-28")
def test_an_emergency_is_shown_with_whom_it_passed_over(ask: Asked) -> None:
    ask.plant.now = at("2026-01-20")
    ask.plant.give(LEAD, StartWork(BODY, WORK, "the headframe leans"))
    ask.tell(VILLAGE)
    [row] = ask.works()
    assert (row["step"], row["emergency"]) == ("started", "the headframe leans")
    assert row["unheard"] == {"untold": [VILLAGE, SCHOOL], "awaited": [], "objecting": []}
    assert (row["told_late"], ask.of(VILLAGE)["after_start"]) == ([VILLAGE], True)
    ask.plant.give(LEAD, EndWork(BODY, WORK, "finished", "done"))
    assert ask.works() == []
    [row] = ask.works(ever=True)
    assert row["step"] == "ended"


def test_former_neighbours_and_their_watching_stay_on_record(ask: Asked) -> None:
    ask.plant.give(
        LEAD, RecordWatch(BODY, VILLAGE, "supervision", "looked at the shaft", "a fence was added")
    )
    ask.plant.give(CHECKER, EndNeighbour(BODY, VILLAGE, "moved away"))
    [row] = answer(ask.projector, "neighbour-list", {"body": BODY})
    assert (row["code"], row["watches"]) == (SCHOOL, [])
    rows = answer(ask.projector, "neighbour-list", {"body": BODY, "ever": True})
    assert [len(row["watches"]) for row in rows] == [1, 0]


def test_telling_is_owed_until_it_is_done_and_dropped_when_the_work_is_cancelled(ask: Asked) -> None:
    ask.plant.react()
    ask.tell(VILLAGE)
    ask.plant.give(LEAD, EndWork(BODY, WORK, "cancelled", "another method"))
    ask.plant.react()
    kinds = {
        record.stream.rsplit("/", 1)[1]: record.kind
        for record in ask.plant.records()
        if record.stream.startswith("duty/")
    }
    assert kinds == {"tell.W-1.N-1.1": "duty-answered.1", "tell.W-1.N-2.1": "duty-waived.1"}
