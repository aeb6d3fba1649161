"""Over every history that people could write: no item answered twice, nothing lost, and what is completed stays."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.rules import load_rulebook
from domain.check_periods import period_of
from domain.checklists import CHECKLIST
from domain.hazards import RegisterHazard
from domain.inspection_addenda import InspectionAddendumAdded, InspectionRechecked
from domain.inspection_answers import AnswerEntry, InspectionCompleted, InspectionStarted, ItemAnswered
from domain.inspection_policies import failed_item
from domain.inspection_rounds import InspectionMissed, InspectionPlanned, MarkInspectionMissed
from domain.inspections import (
    INSPECTION,
    AddToInspection,
    AnswerItems,
    CompleteInspection,
    PlanInspection,
    RecheckInspection,
    RecordRound,
    StartInspection,
)
from domain.language import Command, Event, as_datetime, day_of, days_late, moment, stream_name
from domain.records import Record
from domain.refused import Refused
from domain.risks import RISK
from domain.roles import ROLES
from tests.deciding.given import BODY, MINE, Known, as_stored, at, happened, sayable
from tests.deciding.test_checklists import DRAWN, GRANTS, LIST

CODE = "JC-1"
RULES = load_rulebook()
START = at("2026-02-02")
PEOPLE = ("P-TEAM", "P-WORKSHOP", "P-SAFETY", "P-WORKER")
STREAMS: dict[str, tuple[Event, ...]] = {
    **MINE,
    stream_name(ROLES.name, BODY): GRANTS,
    stream_name(RISK.name, BODY, "R-0001"): (happened("risk-identified"), happened("control-adopted")),
    stream_name(CHECKLIST.name, BODY, LIST): (DRAWN,),
}

people = st.sampled_from(PEOPLE)
items = st.sampled_from(("1", "2", "9"))
answers = st.sampled_from(("pass", "fail", "not_applicable", "not_looked_at"))
remarks = st.sampled_from(("", "seen"))
entries = st.builds(AnswerEntry, items, answers, remarks)
rounds = st.lists(entries, min_size=1, max_size=3).map(tuple)
tiers = st.sampled_from(("team", "workshop"))
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        lambda person, day: PlanInspection(BODY, CODE, LIST, "team", "P1M", person, *period_of(day, "P1M")),
        people,
        st.sampled_from(("2026-02-02", "2026-03-02")),
    ),
    st.builds(
        lambda tier, other: StartInspection(BODY, CODE, LIST, tier, companions=other),
        tiers,
        st.lists(people, max_size=1).map(tuple),
    ),
    st.builds(lambda some: AnswerItems(BODY, CODE, some), rounds),
    st.just(CompleteInspection(BODY, CODE, "seen")),
    st.builds(
        lambda some, tier: RecordRound(BODY, CODE, "2026-02-02T08:00:00+08:00", some, "seen", LIST, tier),
        rounds,
        tiers,
    ),
    st.builds(lambda item, should: AddToInspection(BODY, CODE, "more", item, should), items, answers),
    st.builds(
        lambda some: RecheckInspection(BODY, CODE, "sound", "seen", some),
        st.lists(items, max_size=1).map(tuple),
    ),
    st.sampled_from(("2026-02-28", "2026-03-31")).map(lambda due: MarkInspectionMissed(BODY, CODE, due)),
)
steps = st.tuples(commands, people, st.integers(0, 900_000))


@dataclass
class History:
    """One inspection as its people write it, with a reckoning of its own, from the events alone."""

    now: str = START
    events: list[Event] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    state: Any = INSPECTION.initial
    refusals: int = 0

    def give(self, command: Command, by: str, seconds: int) -> None:
        machine = isinstance(command, MarkInspectionMissed)
        when = moment(as_datetime(self.now) + dt.timedelta(seconds=seconds))
        previous = max(self.moments, default="")
        facts = Known(STREAMS, by, None, when, previous, self.moments[0] if self.moments else "")
        before = copy.deepcopy(self.state)
        outcome = decided(command, self.state, facts)
        assert decided(command, self.state, facts) == outcome, "deciding twice decides the same"
        assert self.state == before, "deciding changes nothing; only folding does"
        if isinstance(outcome, Refused):
            self.refusals += 1
            assert sayable(outcome)
            return
        for event in outcome:
            assert as_stored(event) == event
            self._holds(event, machine)
            self.state = INSPECTION.evolve(self.state, event)
            self.events.append(event)
            self.moments.append(when)
        if outcome and not machine:
            self.now = when

    def of(self, *kinds: type[Event]) -> list[Any]:
        return [one for one in self.events if isinstance(one, kinds)]

    def _holds(self, event: Event, machine: bool) -> None:
        """What must be true of an event before it is folded."""
        completed = self.of(InspectionCompleted)
        match event:
            case InspectionPlanned() | InspectionStarted():
                assert not self.of(type(event)), "planned once, begun once"
                assert not completed
            case ItemAnswered():
                [started] = self.of(InspectionStarted)
                assert event.item in {one.item for one in started.items}
                assert event.item not in {one.item for one in self.of(ItemAnswered)}, (
                    "no item is answered twice"
                )
                assert not completed, "a completed inspection is never edited"
                assert started.started_at <= event.done_at
                assert event.answer == "pass" or event.remark
                assert (event.failure is not None) is (event.answer == "fail")
            case InspectionCompleted():
                [started] = self.of(InspectionStarted)
                said = Counter(one.answer for one in self.of(ItemAnswered))
                assert sum(said.values()) == len(started.items), "nothing is left out in silence"
                counted = (event.passed, event.failed, event.not_applicable, event.not_looked_at)
                assert counted == tuple(
                    said[one] for one in ("pass", "fail", "not_applicable", "not_looked_at")
                )
                assert set(event.signed_by) <= set(started.inspectors)
                if event.plan is not None:
                    assert event.days_late == days_late(event.plan.due, day_of(event.completed_at))
            case InspectionRechecked():
                [started] = self.of(InspectionStarted)
                assert not set(event.rechecked_by) & set(started.inspectors), "who made it never re-checks it"
                assert completed
            case InspectionAddendumAdded():
                assert completed
                given_ = {one.item: one.answer for one in self.of(ItemAnswered)}
                assert event.was == given_[event.item], "the first answer stays what it was"
            case InspectionMissed():
                assert machine
                assert not completed, "what was completed is not marked missed"
                assert not self.of(InspectionMissed), "missed once"

    def hazards(self) -> list[str]:
        """What the policy asks for, over the whole history."""
        asked = []
        for position, event in enumerate(self.events, start=1):
            record = Record(
                position,
                f"inspection/{BODY}/{CODE}",
                position,
                event.KIND,
                BODY,
                "P-TEAM",
                "os-local",
                START,
                START,
                "x",
                event,
            )
            for _, command in failed_item(record):
                assert isinstance(command, RegisterHazard)
                asked.append(command.hazard)
        return asked


def decided(command: Command, state: Any, facts: Known) -> list[Event] | Refused:
    try:
        return INSPECTION.decide(command, state, facts, RULES)
    except Refused as refused:
        return Same(refused)


class Same(Refused):
    """A refusal that equals another one of the same kind and values."""

    zh = "{because_zh}"
    en = "{because_en}"

    def __init__(self, told: Refused) -> None:
        self.kind = type(told)
        self.told = told.values
        super().__init__(because_zh=told.because("zh"), because_en=told.because("en"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and (self.kind, self.told) == (other.kind, other.told)

    def __hash__(self) -> int:
        return id(self)


def play(history: list[tuple[Command, str, int]]) -> History:
    played = History()
    for command, by, seconds in history:
        played.give(command, by, seconds)
    hazards = played.hazards()
    assert len(set(hazards)) == len(hazards), "a finding becomes one hazard, and no two share one"
    failed = {one.item for one in played.of(ItemAnswered) if one.answer == "fail"}
    failed |= {one.item for one in played.of(InspectionAddendumAdded) if one.should_be == "fail"}
    assert len(hazards) == len(failed), "every failed item becomes a hazard"
    return played


@pytest.mark.clause("NJ-062")
@given(st.lists(steps, max_size=25))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_people_try_the_record_stays_whole(history: list[tuple[Command, str, int]]) -> None:
    play(history)


@pytest.mark.slow
@given(st.lists(steps, max_size=60))
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_people_try_for_long_the_record_stays_whole(history: list[tuple[Command, str, int]]) -> None:
    play(history)


def test_the_histories_that_are_tried_get_somewhere() -> None:
    whole = RecordRound(
        BODY,
        CODE,
        "2026-02-02T08:00:00+08:00",
        (AnswerEntry("1", "fail", "hangs"), AnswerEntry("2", "pass")),
        "seen",
        LIST,
        "team",
    )
    played = play(
        [
            (whole, "P-WORKER", 60),
            (whole, "P-TEAM", 60),
            (AnswerItems(BODY, CODE, (AnswerEntry("1", "pass"),)), "P-TEAM", 60),
            (AddToInspection(BODY, CODE, "more", "2", "fail"), "P-TEAM", 60),
            (RecheckInspection(BODY, CODE, "sound", "seen"), "P-TEAM", 60),
            (RecheckInspection(BODY, CODE, "sound", "seen"), "P-SAFETY", 60),
        ]
    )
    assert [type(one) for one in played.events] == [
        InspectionStarted,
        ItemAnswered,
        ItemAnswered,
        InspectionCompleted,
        InspectionAddendumAdded,
        InspectionRechecked,
    ]
    assert played.refusals == 3
    assert played.hazards() == ["YH.JC-1.1", "YH.JC-1.2"]
