"""An inspection: planned, begun, each item answered once, signed, completed, never edited; missed when not in time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.checklists import CHECKLIST, ChecklistWithdrawn, RoundsAssigned, RoundsEnded
from domain.inspection_addenda import InspectionAddendumAdded, InspectionRechecked
from domain.inspection_answers import (
    AnswerEntry,
    Failure,
    InspectionCompleted,
    InspectionStarted,
    ItemAnswered,
)
from domain.inspection_rounds import InspectionMissed, InspectionPlanned, MarkInspectionMissed
from domain.inspection_state import RoundItem, RoundPlan
from domain.inspections import (
    BEFORE,
    AddToInspection,
    AnswerItems,
    CompleteInspection,
    PlanInspection,
    RecheckInspection,
    RecordRound,
    StartInspection,
)
from domain.labels import Thing
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    InTheFuture,
    NotIndependent,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_checks import (
    AlreadyAnswered,
    ItemsOpen,
    NoSuchVersion,
    NothingToCheck,
    NotOfTier,
    NotOnRound,
    NotYetOpen,
    OutsideRound,
    OwedByAnother,
)
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, Given, at, given, happened, on
from tests.deciding.test_checklists import DRAWN, LIST
from tests.deciding.test_checklists import known as listed

CODE = "JC-1"
WHAT = Thing("inspection", CODE)
PHOTO = "ab" * 32
ASSIGNED = RoundsAssigned("team", "P1M", "P-TEAM", "2026-02-01")


def known(*events: Any, checklist: tuple[Any, ...] = (DRAWN, ASSIGNED)) -> Given:
    """The mine with a checklist of two items: 1 (workshop and team, monthly), 2 (team, weekly)."""
    return listed(*events).knowing(CHECKLIST, BODY, LIST, holds=checklist)


def plan(**changes: Any) -> RoundPlan:
    return replace(
        RoundPlan(LIST, "team", "P1M", "P-TEAM", "2026-02-01", "2026-02-28", False, None), **changes
    )


PLANNED = InspectionPlanned(plan())
PLAN = PlanInspection(BODY, CODE, LIST, "team", "P1M", "P-TEAM", "2026-02-01", "2026-02-28")
START = StartInspection(BODY, CODE, LIST, "team")
STARTED: InspectionStarted = known().when(START, by="P-TEAM", at="2026-02-02T07:00+08:00").only
ANSWER = AnswerItems(BODY, CODE, (AnswerEntry("1", "pass"),))
COMPLETE = CompleteInspection(BODY, CODE, "as I saw it")
FAILURE = Failure("U-TS", "switch works", "R-0001", "C-01", "YH.JC-1.1")


def says(item: str, answer: str, remark: str = "", failure: Failure | None = None) -> ItemAnswered:
    return ItemAnswered(item, answer, remark, (), "", "", at("2026-02-02"), ("P-TEAM",), failure)


BOTH = (
    says("1", "pass"),
    says("2", "fail", "oil", replace(FAILURE, what="no oil", risk=None, control=None)),
)
COMPLETED: InspectionCompleted = (
    known(on("2026-02-02T07:00+08:00", STARTED), *(on("2026-02-02", one) for one in BOTH))
    .when(COMPLETE, by="P-TEAM")
    .only
)


def begun(*events: Any) -> Given:
    return known(on("2026-02-02T07:00+08:00", STARTED), *(on("2026-02-02", one) for one in events))


def done(*events: Any) -> Given:
    return begun(*BOTH, COMPLETED, *events)


# --- planning


def test_a_round_is_planned_for_somebody_of_the_tier() -> None:
    known().when(PLAN).then(PLANNED)
    known().when(replace(PLAN, person="P-WORKER")).then(NotOfTier)
    known().when(replace(PLAN, due="2026-01-31")).then(EndsBeforeItBegins)
    known().when(replace(PLAN, checklist="JC-9")).then(UnknownThing, kind="checklist")
    known().when(replace(PLAN, tier="company", person="P-SAFETY")).then(NothingToCheck)
    known().when(replace(PLAN, inspection="X" * 59)).then(Unfit, what="inspection")
    known(PLANNED).when(PLAN).then(AlreadyRegistered)
    withdrawn = (DRAWN, ChecklistWithdrawn("sold", "2026-02-01"))
    known(checklist=withdrawn).when(PLAN).then(Retired)


def test_a_round_that_a_person_owes_is_made_by_another_with_a_reason_only() -> None:
    owed = known(InspectionPlanned(plan(owed_by="P-OTHER")))
    begin = StartInspection(BODY, CODE)
    owed.when(begin, by="P-TEAM").then(OwedByAnother, person="P-OTHER", by="P-TEAM")
    owed.when(replace(begin, instead="  "), by="P-TEAM").then(OwedByAnother)
    taken = owed.when(replace(begin, instead="on leave until Friday"), by="P-TEAM").only
    assert (taken.instead_of, taken.instead_because) == ("P-OTHER", "on leave until Friday")
    own = known(PLANNED).when(replace(begin, instead="none is needed"), by="P-TEAM").only
    assert (own.instead_of, own.instead_because) == (None, "")


def test_a_round_of_a_series_is_planned_once_and_only_while_rounds_are_owed() -> None:
    series = replace(PLAN, series=True)
    known().when(series).then(InspectionPlanned(plan(series=True)))
    known(PLANNED).when(series).then()
    known(checklist=(DRAWN,)).when(series).then()
    ended = RoundsEnded("team", "P1M", "P-TEAM", "2026-02-01", "2026-02-01", "")
    known(checklist=(DRAWN, ASSIGNED, ended)).when(series).then()


@pytest.mark.clause("NJ-060")
def test_the_monthly_check_of_every_tier_cites_its_rule_where_the_body_adopted_it() -> None:
    adopted = replace(
        happened("rule-pack-adopted"),
        pack="nanjing-pilot-2018",
        members=("measures-check nanjing-pilot-2018",),
    )
    under = known().knowing(ADOPTED, BODY, holds=[adopted])
    citation = under.when(PLAN).only.plan.citation
    assert (citation.rule, citation.article) == ("measures-check", "四(一)")
    weekly = replace(PLAN, period="P7D", opens="2026-02-02", due="2026-02-08")
    assert under.when(weekly).only.plan.citation is None


# --- missed


def test_a_round_not_completed_by_its_last_day_was_missed_never_begun_or_unfinished() -> None:
    mark = MarkInspectionMissed(BODY, CODE, "2026-02-28")
    known(PLANNED).when(mark).then(InspectionMissed(plan(), "planned", 0, 0))
    unfinished = known(PLANNED, STARTED, says("1", "pass")).when(mark)
    unfinished.then(InspectionMissed(plan(), "started", 1, 2))
    known(PLANNED, InspectionMissed(plan(), "planned", 0, 0)).when(mark).then()
    known(PLANNED, STARTED, *BOTH, COMPLETED).when(mark).then()
    known(PLANNED).when(replace(mark, due="2026-03-31")).then()
    known().when(mark).then(UnknownThing)


def test_a_missed_round_may_still_be_made_and_is_late_by_its_days() -> None:
    late = InspectionMissed(plan(), "planned", 0, 0)
    whole = replace(WHOLE, started_at="2026-03-05T07:00:00+08:00", answers=(AnswerEntry("1", "pass"),))
    events = (
        known(on("2026-01-30", PLANNED), on("2026-03-01", late))
        .when(whole, by="P-TEAM", at="2026-03-05")
        .events
    )
    assert isinstance(events[-1], InspectionCompleted)
    assert (events[-1].days_late, events[-1].plan) == (5, plan())


def test_a_round_made_in_time_and_recorded_late_is_not_late() -> None:
    late = InspectionMissed(plan(), "planned", 0, 0)
    before = known(on("2026-02-01", PLANNED), on("2026-03-01", late))
    whole = replace(WHOLE, answers=(AnswerEntry("1", "pass"),))
    assert before.when(whole, by="P-TEAM", at="2026-02-20").events[-1].days_late == 0


# --- beginning


@pytest.mark.clause("NJ-061")
def test_it_tells_who_checks_by_which_methods_on_which_aspects() -> None:
    start = replace(
        START,
        companions=("P-WORKER",),
        methods=("sampling", "on_site_examination"),
        aspects=("risk_awareness",),
        examined=("P-WORKER",),
        place="hoist room",
    )
    event = known().when(start, by="P-TEAM", on_behalf_of="P-WORKSHOP").only
    assert event.inspectors == ("P-TEAM", "P-WORKSHOP", "P-WORKER")
    assert (event.methods, event.aspects) == (("sampling", "on_site_examination"), ("risk_awareness",))
    assert (event.examined, event.place) == (("P-WORKER",), "hoist room")
    known().when(replace(start, examined=("P-NOBODY",)), by="P-TEAM").then(UnknownPerson)


def test_it_looks_at_the_items_of_its_tier_and_period() -> None:
    assert STARTED.items == (RoundItem("1", "U-TS", "R-0001", "C-01"), RoundItem("2", "U-TS", None, None))
    monthly = known().when(replace(START, period="P1M"), by="P-TEAM").only
    assert [one.item for one in monthly.items] == ["1"]
    workshop = known().when(replace(START, tier="workshop"), by="P-WORKSHOP").only
    assert [one.item for one in workshop.items] == ["1"]
    known().when(replace(START, tier="post"), by="P-WORKER").then(NothingToCheck)


def test_a_planned_round_is_made_as_it_was_planned() -> None:
    event = known(PLANNED).when(StartInspection(BODY, CODE), by="P-TEAM").only
    assert (event.checklist, event.tier, event.period) == (LIST, "team", "P1M")
    known(PLANNED).when(replace(START, tier="workshop"), by="P-WORKSHOP").then(Unfit, given="workshop")
    known(PLANNED).when(START, by="P-TEAM", at="2026-01-31").then(NotYetOpen, opens="2026-02-01")
    known().when(StartInspection(BODY, CODE), by="P-TEAM").then(Incomplete, missing=["checklist", "tier"])


def test_whoever_begins_held_a_role_of_the_tier_on_that_day() -> None:
    known().when(START, by="P-WORKER").then(NotOfTier, person="P-WORKER", tier="team", day="2026-02-02")
    known().when(START, by="P-TEAM", at="2026-01-04").then(NoSuchVersion)


def test_the_version_is_the_one_in_use_then_or_an_earlier_one_that_is_named() -> None:
    amended = replace(happened("checklist-amended"), amended_at=at("2026-02-10"))
    two = (DRAWN, amended)
    assert known(checklist=two).when(START, by="P-TEAM", at="2026-02-09").only.version == 1
    assert known(checklist=two).when(START, by="P-TEAM", at="2026-02-11").only.version == 2
    old = replace(START, version=1)
    assert known(checklist=two).when(old, by="P-TEAM", at="2026-02-11").only.version == 1
    known(checklist=two).when(replace(START, version=2), by="P-TEAM", at="2026-02-09").then(NoSuchVersion)
    known(checklist=two).when(replace(START, version=0), by="P-TEAM").then(NoSuchVersion)


# --- answering


@pytest.mark.clause("NJ-062")
def test_an_answer_tells_who_when_where_what_and_by_which_evidence() -> None:
    entry = AnswerEntry(
        "1", "pass", "tried thrice", "2026-02-02T07:30:00+08:00", "shaft head", (PHOTO, PHOTO), "no film"
    )
    begun().when(AnswerItems(BODY, CODE, (entry,)), by="P-TEAM").then(
        ItemAnswered(
            "1",
            "pass",
            "tried thrice",
            (PHOTO,),
            "no film",
            "shaft head",
            at("2026-02-02T07:30+08:00"),
            ("P-TEAM",),
            None,
        )
    )


@pytest.mark.clause("YT-05", "YT-29")
def test_a_failed_item_names_its_control_and_the_hazard_that_it_becomes() -> None:
    entry = AnswerEntry("1", "fail", "did not trip")
    answered = begun().when(AnswerItems(BODY, CODE, (entry,)), by="P-TEAM").only
    assert answered.failure == FAILURE


@pytest.mark.parametrize("answer", ["fail", "not_applicable", "not_looked_at"])
def test_whatever_is_not_a_pass_has_a_reason(answer: Any) -> None:
    entry = AnswerEntry("1", answer, "")
    begun().when(AnswerItems(BODY, CODE, (entry,)), by="P-TEAM").then(
        Incomplete, what=Thing("checklist_item", "JC-TS/1"), missing=["reason"]
    )


@pytest.mark.parametrize(
    ("entries", "refusal"),
    [
        ((), Incomplete),
        ((AnswerEntry("9", "pass"),), UnknownThing),
        ((AnswerEntry("1", "pass"), AnswerEntry("1", "pass")), AlreadyAnswered),
        (
            (AnswerEntry("2", "pass"), AnswerEntry("1", "pass", done_at="2026-02-02T06:59:00+08:00")),
            OutsideRound,
        ),
        ((AnswerEntry("1", "pass", done_at="2026-02-02T08:01:00+08:00"),), OutsideRound),
    ],
)
def test_answers_that_do_not_fit_are_refused_all_of_them(entries: Any, refusal: Any) -> None:
    begun().when(AnswerItems(BODY, CODE, entries), by="P-TEAM").then(refusal)


def test_no_item_is_answered_twice_and_only_by_who_makes_the_round() -> None:
    begun(says("1", "pass")).when(ANSWER, by="P-TEAM").then(AlreadyAnswered, item="1", answer="pass")
    begun().when(ANSWER, by="P-WORKER").then(NotOnRound, person="P-WORKER", inspectors=["P-TEAM"])


# --- completing


def test_it_is_signed_by_who_made_it_once_every_item_has_an_answer() -> None:
    assert (COMPLETED.signed_by, COMPLETED.statement, COMPLETED.plan) == (("P-TEAM",), "as I saw it", None)
    assert (COMPLETED.passed, COMPLETED.failed, COMPLETED.not_applicable, COMPLETED.not_looked_at) == (
        1,
        1,
        0,
        0,
    )
    begun(says("2", "pass")).when(COMPLETE, by="P-TEAM").then(ItemsOpen, count=1, items=["1"])
    begun(*BOTH).when(COMPLETE, by="P-WORKER").then(NotOnRound)
    begun(*BOTH).when(COMPLETE, by="P-TEAM", at="2026-02-02T07:30+08:00").then(BeforePredecessor)


def test_what_was_not_looked_at_counts_as_that() -> None:
    left = (says("1", "not_looked_at", "locked"), says("2", "not_applicable", "removed"))
    event = begun(*left).when(COMPLETE, by="P-TEAM").only
    assert (event.passed, event.failed, event.not_applicable, event.not_looked_at) == (0, 0, 1, 1)


# --- a whole round at once

WHOLE = RecordRound(
    BODY,
    CODE,
    "2026-02-02T07:00:00+08:00",
    (AnswerEntry("1", "pass", done_at="2026-02-02T07:10:00+08:00"), AnswerEntry("2", "fail", "oil")),
    "as I saw it",
    LIST,
    "team",
)


def test_a_whole_round_is_what_its_steps_would_have_recorded() -> None:
    events = known().when(WHOLE, by="P-TEAM").events
    first, one, two, last = events
    assert first == STARTED
    assert (one.done_at, two.done_at) == (at("2026-02-02T07:10+08:00"), at("2026-02-02"))
    assert two.failure == replace(FAILURE, what="no oil", risk=None, control=None, hazard="YH.JC-1.2")
    assert last == COMPLETED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"answers": WHOLE.answers[:1]}, ItemsOpen),
        ({"answers": (*WHOLE.answers, AnswerEntry("3", "pass"))}, UnknownThing),
        ({"answers": (*WHOLE.answers, WHOLE.answers[0])}, AlreadyAnswered),
        ({"started_at": "2026-02-02T07:20:00+08:00"}, OutsideRound),
        ({"started_at": "2026-02-02T09:00:00+08:00"}, InTheFuture),
        ({"tier": "company"}, NothingToCheck),
        ({"version": 2}, NoSuchVersion),
    ],
)
def test_a_whole_round_is_recorded_whole_or_not_at_all(changes: Any, refusal: Any) -> None:
    known().when(replace(WHOLE, **changes), by="P-TEAM").then(refusal)


def test_a_whole_round_of_300_items_from_last_week() -> None:
    item = DRAWN.items[0]
    many = replace(DRAWN, items=tuple(replace(item, item=f"I-{n}") for n in range(300)))
    answers = tuple(AnswerEntry(f"I-{n}", "pass", done_at="2026-01-25T07:30:00+08:00") for n in range(300))
    round_ = replace(WHOLE, answers=answers, started_at="2026-01-25T07:00:00+08:00")
    events = known(checklist=(many,)).when(round_, by="P-TEAM", at="2026-01-25").events
    assert len(events) == 302
    assert events[-1] == replace(COMPLETED, passed=300, failed=0, completed_at=at("2026-01-25"))


# --- afterwards


def test_a_completed_inspection_takes_nothing_but_addenda_and_rechecks() -> None:
    for command in (START, ANSWER, COMPLETE, WHOLE):
        done().when(command, by="P-TEAM").then(OutOfTurn, what=WHAT, step="inspection_completed")
    assert {name for name, before in BEFORE.items() if "completed" in before} == {
        AddToInspection,
        RecheckInspection,
    }


def test_a_correction_keeps_the_first_answer_beside_it() -> None:
    add = AddToInspection(BODY, CODE, "gap is 2.3 mm", "2", "pass", (PHOTO,))
    done().when(add, by="P-TEAM", at="2026-02-03").then(
        InspectionAddendumAdded("gap is 2.3 mm", "2", "fail", "pass", (PHOTO,), ("P-TEAM",), None)
    )
    done().when(replace(add, should_be="fail"), by="P-TEAM").then(AlreadySo)
    done().when(replace(add, item="9"), by="P-TEAM").then(UnknownThing)
    done().when(replace(add, item=None), by="P-TEAM").then(UnknownThing)
    done().when(add, by="P-TEAM", at="2026-02-01").then(BeforePredecessor)
    begun(*BOTH).when(add, by="P-TEAM").then(OutOfTurn, needs=["inspection_completed"])


def test_a_failure_found_later_becomes_a_hazard_once() -> None:
    add = AddToInspection(BODY, CODE, "it did fail", "1", "fail")
    event = done().when(add, by="P-TEAM").only
    assert event.failure == FAILURE
    assert done(event).when(replace(add, text="again"), by="P-TEAM").only.failure is None


def test_somebody_who_did_not_make_it_looks_again() -> None:
    recheck = RecheckInspection(BODY, CODE, "faulty", "switch hangs", ("1",), (PHOTO,))
    done().when(recheck).then(InspectionRechecked("faulty", "switch hangs", ("1",), (PHOTO,), ("P-SAFETY",)))
    done().when(recheck, by="P-TEAM").then(NotIndependent, person="P-TEAM", part="inspector")
    done().when(recheck, on_behalf_of="P-TEAM").then(NotIndependent, person="P-TEAM")
    done().when(replace(recheck, items=("9",))).then(UnknownThing)


@pytest.mark.parametrize("command", [ANSWER, COMPLETE, AddToInspection(BODY, CODE, "x")])
def test_an_inspection_must_have_begun(command: Any) -> None:
    known().when(command, by="P-TEAM").then(UnknownThing, kind="inspection", code=CODE)
    known(PLANNED).when(command, by="P-TEAM").then(OutOfTurn, step="inspection_planned")


def test_the_body_must_be_there() -> None:
    given().when(replace(START, body="KS-09")).then(UnknownThing, kind="body")
