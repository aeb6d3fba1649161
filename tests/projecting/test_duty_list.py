"""The list of duties: one's own with those of one's roles, now and on two clocks, with age and clause; the digest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.digest import digest_of, holders_of
from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.duty_answer import AnswerDuty, ExtendDuty, ResumeDuty
from domain.duty_clock import MarkDutyOverdue
from domain.duty_ending import FulfilDuty, RejectDutyAnswer, WaiveDuty
from domain.duty_extension import AskDutyExtension, DecideDutyExtension
from domain.duty_raising import AssignDuty, RaiseDuty
from domain.language import Day, day_after, start_of
from domain.records import Record
from projections.duty_list import duties_as_of
from projections.duty_rows import DUTY_ROWS
from projections.role_holders import ROLE_HOLDERS
from tests.projecting.plant import ANSWERS, BODY, CHECKER, LEAD, WORKER, Plant, at
from tests.scheduling.rig import View, World, later

RECTIFY = "rectification.YH-0001.1"


class Asked:
    def __init__(self) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views("sqlite://"), [DUTY_ROWS, ROLE_HOLDERS])
        self.plant.now = at("2026-07-01")
        self.plant.hazard("YH-0001", "2026-07-10")
        drill = AssignDuty(
            BODY, "D-1", "Drill", "workshop_lead", "2026-07-20", "yearly", "role", "unit", "U-1"
        )
        self.plant.give(CHECKER, drill)

    def ask(self, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, "duty-list", asked)

    def codes(self, **asked: Any) -> list[str]:
        return [row["code"] for row in self.ask(**asked)]


@pytest.fixture
def asked() -> Any:
    made = Asked()
    yield made
    made.projector.close()


def test_ones_own_are_those_of_the_person_and_of_the_roles_held_that_day(asked: Asked) -> None:
    assert asked.codes() == [RECTIFY, "D-1"]
    assert asked.codes(person=ANSWERS) == [RECTIFY]
    assert asked.codes(person=LEAD) == ["D-1"]
    assert asked.codes(person=WORKER) == []
    assert asked.codes(person=LEAD, as_of="2026-07-02") == ["D-1"]


def test_a_row_tells_age_subject_and_who_assigned_it(asked: Asked) -> None:
    asked.plant.now = at("2026-07-12")
    first, second = asked.ask(open_only=True)
    assert (first["when"], first["age"]) == ("overdue", 2)
    assert (second["when"], second["age"], second["title"]) == ("coming", -8, "Drill")
    assert (second["subject_kind"], second["subject"], second["assigned_by"]) == ("unit", "U-1", CHECKER)
    assert first["citation"]["rule"] == "rectification-days"
    asked.plant.now = at("2026-07-20")
    assert asked.ask(code="D-1")[0]["when"] == "due_today"


def test_a_persons_duty_lives_through_extension_answer_rejection_and_waiver(asked: Asked) -> None:
    plant = asked.plant
    plant.give(LEAD, AskDutyExtension(BODY, "D-1", "2026-07-25", "the shaft is closed"))
    assert asked.ask(code="D-1")[0]["asked_due"] == "2026-07-25"
    plant.give(CHECKER, DecideDutyExtension(BODY, "D-1", "approved"))
    [row] = asked.ask(code="D-1")
    assert (row["due"], row["first_due"], row["asked_due"]) == ("2026-07-25", "2026-07-20", None)
    plant.now = at("2026-07-28")
    plant.give(LEAD, FulfilDuty(BODY, "D-1", "drilled"), at("2026-07-24"))
    [row] = asked.ask(code="D-1")
    told = ("step", "answered_on", "answered_by", "days_late", "days_late_recorded", "why")
    assert [row[name] for name in told] == ["answered", "2026-07-24", LEAD, 0, 3, "drilled"]
    plant.give(CHECKER, RejectDutyAnswer(BODY, "D-1", "on paper only"))
    assert asked.ask(code="D-1")[0]["step"] == "open"
    plant.give(CHECKER, WaiveDuty(BODY, "D-1", "the shaft stays closed"))
    [row] = asked.ask(code="D-1")
    assert [row[name] for name in told] == ["waived", "2026-07-28", CHECKER, 3, 3, "the shaft stays closed"]


def test_both_clocks_answer_what_was_so_and_what_was_known(asked: Asked) -> None:
    plant = asked.plant
    plant.mark(RECTIFY, "2026-07-10")
    plant.now = at("2026-07-20")
    before = plant.head()
    plant.complete("YH-0001", happened=at("2026-07-09"))
    [then] = asked.ask(code=RECTIFY, as_of="2026-07-09")
    assert (then["step"], then["overdue"], then["when"]) == ("answered", False, "answered")
    [known] = asked.ask(code=RECTIFY, as_of="2026-07-15", known_at=before)
    assert (known["step"], known["overdue"], known["age"]) == ("open", True, 5)
    [now] = asked.ask(code=RECTIFY, as_of="2026-07-21")
    assert (now["step"], now["days_late"], now["days_late_recorded"], now["overdue"]) == (
        "answered",
        0,
        10,
        True,
    )
    assert asked.ask(code=RECTIFY, as_of="2026-06-30") == []
    pages, after = [], None
    while rows := asked.ask(as_of="2026-07-15", limit=1, after=after):
        pages += [row["code"] for row in rows]
        after = (rows[-1]["due"], rows[-1]["body"], rows[-1]["code"])
    assert pages == ["D-1", RECTIFY]


# --- on two clocks, over arbitrary histories

DAYS = st.integers(0, 12)
ACTS = st.lists(st.tuples(st.sampled_from(["extend", "answer", "resume", "overdue"]), DAYS), max_size=8)


def lived(acts: list[tuple[str, int]]) -> tuple[World, list[Record]]:
    """One duty raised on a day; then acts that happened on any day before or after, in this order of recording."""
    world = World.in_memory(at("2026-07-30"))
    process = world.process()
    process.machine(RaiseDuty(BODY, "d", "r", "hazard", "d", "p", "2026-07-05"), start_of("2026-07-03"))
    due = "2026-07-05"
    for number, (act, days) in enumerate(acts):
        moment = later(start_of(day_after("2026-07-01", days)), seconds=number)
        match act:
            case "extend":
                due = day_after(due, 1)
                process.machine(ExtendDuty(BODY, "d", due, "q"), moment)
            case "answer":
                process.machine(AnswerDuty(BODY, "d", "p"), moment)
            case "resume":
                process.machine(ResumeDuty(BODY, "d", "q"), moment)
            case _:
                process.machine(MarkDutyOverdue(BODY, "d", due), moment)
    return world, world.records(*DUTY_ROWS.kinds)


def replayed(records: list[Record], true_at: str, known_at: int) -> tuple[Any, ...] | None:
    """Day, step and overdue as a replay has them: what had happened by then, of what was known, the last of each."""
    begun = start_of("2026-07-03")
    known = [one for one in records if one.position <= known_at and max(one.happened_at, begun) <= true_at]
    known.sort(key=lambda one: (max(one.happened_at, begun), one.position))
    day = step = overdue = None
    for one in known:
        match one.kind:
            case "duty-raised.1":
                day, step = one.event.due, "open"  # type: ignore[attr-defined]  # this kind has it
            case "duty-extended.1":
                day = one.event.due  # type: ignore[attr-defined]  # this kind has it
            case "duty-answered.1":
                step = "answered"
            case "duty-resumed.1":
                step = "open"
            case "duty-overdue.1":
                overdue = True
    return None if step is None else (day, step, bool(overdue))


@settings(max_examples=60, deadline=None)
@given(acts=ACTS, day=DAYS, known=st.integers(1, 10))
def test_as_of_equals_a_replay_over_arbitrary_histories(
    acts: list[tuple[str, int]], day: Day, known: int
) -> None:
    world, records = lived(acts)
    view = View(DUTY_ROWS)
    view.catch_up(world.process().journal)
    moment = later(start_of(day_after("2026-07-01", int(day))), hours=12)
    with view.database.begin() as connection:
        rows = duties_as_of(connection, view.tables, moment, known)
    found = [(row["due"], row["step"], row["overdue"]) for row in rows]
    expected = replayed(records, moment, known)
    assert found == ([] if expected is None else [expected])


# --- the digest


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_digest_tells_each_person_what_is_overdue_and_coming_with_its_clause(
    asked: Asked, lang: Any
) -> None:
    asked.plant.now = at("2026-07-14")
    rows = asked.ask(open_only=True)
    grants = [{"body": BODY, "role": "workshop_lead", "person": one} for one in (LEAD, ANSWERS)]
    told = digest_of(rows, holders_of(grants), "2026-07-14", 7, lang)
    assert [(row["person"], row["code"]) for row in told.rows] == [
        *((ANSWERS, RECTIFY), (ANSWERS, "D-1")),
        (LEAD, "D-1"),
    ]
    assert f"## {ANSWERS}" in told.text
    assert ("逾期 4 天" if lang == "zh" else "4 days overdue") in told.text
    assert "rectification-days house-2026" in told.text
    assert (f"{CHECKER} 交办" if lang == "zh" else f"assigned by {CHECKER}") in told.text
    vacant = digest_of(rows, {}, "2026-07-14", 7, lang)
    assert {row["person"] for row in vacant.rows} == {ANSWERS, "workshop_lead"}
    assert digest_of(rows, {}, "2026-07-01", 2, lang).rows == []
