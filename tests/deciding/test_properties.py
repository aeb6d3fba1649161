"""Over every history that people could write: no hazard closes without somebody independent having verified it."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.rules import load_rulebook
from domain import hazard_dismissal, hazard_extension, hazard_on_the_spot, hazard_verification
from domain.examples import EVENT_EXAMPLES
from domain.hazard_dismissal import (
    DecideNotHazard,
    LinkDuplicate,
    NotHazardConfirmed,
    NotHazardProposed,
    ProposeNotHazard,
    UnlinkDuplicate,
)
from domain.hazard_filing import AnswerFiling, FileMajorHazard, FilingAccepted
from domain.hazard_grading import RegradeHazard
from domain.hazard_handling import AnalyseCause, RecordProgress, ReportHazard, SetInterimMeasure
from domain.hazard_on_the_spot import ConfirmFix, FixConfirmed, FixedOnSpot, FixOnSpot, FixRejected
from domain.hazard_verdicts import HazardJudged, JudgeHazard
from domain.hazards import (
    BEFORE,
    BESIDE,
    HAZARD,
    AskExtension,
    CloseHazard,
    CompleteRectification,
    DecideExtension,
    EvaluateHazard,
    ExtensionApproved,
    ExtensionAsked,
    FindHazard,
    HazardClosed,
    HazardRegraded,
    HazardReopened,
    PlanRectification,
    RectificationCompleted,
    RectificationPlanned,
    RectificationRejected,
    RectificationVerified,
    RegisterHazard,
    ReopenHazard,
    VerifyRectification,
)
from domain.language import Command, Event, as_datetime, day_after, day_of, moment, stream_name
from domain.refused import Refused
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, MINE, Known, at, sayable

CODE = "YH-0001"
OTHER = "YH-0002"
PEOPLE = ("P-TEAM", "P-WORKER", "P-SAFETY", "P-EXPERT")
START = at("2026-02-01")
RULES = load_rulebook()

people = st.sampled_from(PEOPLE)
several = st.lists(people, max_size=2, unique=True).map(tuple)
days = st.integers(min_value=-2, max_value=100)
STEPS = {**BEFORE, **BESIDE, RegisterHazard: ("unknown", "found"), FindHazard: ("unknown",)}
ALL: tuple[type[Command], ...] = tuple(STEPS)


@dataclass
class History:
    """One hazard as its people write it, with a memory of its own of who took which part."""

    adopted: bool
    now: str = START
    events: list[Event] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    state: Any = HAZARD.initial
    involved: set[str] = field(default_factory=set)
    accepted_by: set[str] = field(default_factory=set)
    acceptances: int = 0
    asking: set[str] = field(default_factory=set)
    proposing: set[str] = field(default_factory=set)
    fixing: set[str] = field(default_factory=set)
    filed: bool = False
    closures: int = 0
    refusals: int = 0

    def give(self, command: Command, by: str, on_behalf_of: str | None, when: str) -> None:
        known = dict(MINE)
        if self.adopted:
            known[stream_name(ADOPTED.name, BODY)] = (EVENT_EXAMPLES["rule-pack-adopted.1"],)
        known[stream_name(HAZARD.name, BODY, OTHER)] = (EVENT_EXAMPLES["hazard-registered.1"],)
        facts = Known(
            known,
            by,
            on_behalf_of,
            when,
            max(self.moments, default=""),
            self.moments[0] if self.moments else "",
        )
        before = copy.deepcopy(self.state)
        answer = outcome(command, self.state, facts)
        assert outcome(command, self.state, facts) == answer, "deciding twice decides the same"
        assert self.state == before, "deciding changes nothing; only folding does"
        if isinstance(answer, Told):
            self.refusals += 1
            return
        events = answer
        assert len(events) == 1 or (
            isinstance(events[0], HazardJudged) and isinstance(events[1], HazardRegraded)
        ), "every accepted step is one event, but for a verdict that raises the grade"
        assert not self.moments or when >= max(self.moments), "no step before its predecessor"
        self._holds(events[0], {one for one in (by, on_behalf_of) if one})
        for event in events:
            self.state = HAZARD.evolve(self.state, event)
            self.events.append(event)
            self.moments.append(when)
        after = (self.state.opening, self.state.round)
        assert after >= (before.opening, before.round), "opening and round never go down"
        if self.state.due != before.due and not isinstance(events[0], HazardReopened):
            assert self.state.due > before.due, "a deadline never moves forward to an earlier day"
            assert isinstance(events[0], RectificationPlanned | ExtensionApproved)

    def _holds(self, event: Event, actors: set[str]) -> None:
        """What must be true of an event before it is folded, reckoned from the events alone."""
        match event:
            case RectificationPlanned():
                self.involved = {event.responsible}
                self.accepted_by, self.acceptances = set(), 0
            case ExtensionAsked():
                self.asking = actors
                self.involved |= actors
            case ExtensionApproved():
                assert not actors & self.asking, "who asked for more time never approves it"
            case RectificationCompleted():
                self.involved |= actors | set(event.rectified_by)
                self.accepted_by, self.acceptances = set(), 0
            case RectificationVerified():
                assert not actors & self.involved, "who took part never verifies"
                assert not actors & self.accepted_by, "nobody verifies twice"
                self.accepted_by |= actors
                self.acceptances += 1
            case RectificationRejected():
                assert not actors & self.involved, "who took part never rejects"
                self.accepted_by, self.acceptances = set(), 0
            case HazardClosed():
                needed = 2 if self.adopted and self.state.grade == "major" else 1
                assert self.acceptances >= needed, "no closure without independent verification"
                assert self.state.grade == "general" or self.filed, (
                    "no major hazard closes before it is filed"
                )
                self.closures += 1
            case FixedOnSpot():
                self.fixing = actors | set(event.rectified_by)
            case FixConfirmed() | FixRejected():
                assert not actors & self.fixing, "who fixed it never confirms it"
                self.closures += isinstance(event, FixConfirmed)
            case NotHazardProposed():
                self.proposing = actors
            case NotHazardConfirmed():
                assert not actors & self.proposing, "who proposed never confirms that it is no hazard"
            case FilingAccepted():
                self.filed = True
            case HazardReopened():
                self.filed = False
            case _:
                pass


@dataclass
class Told:
    """A refusal by name and values, so that two can be compared."""

    name: str
    values: dict[str, object]


def outcome(command: Command, state: Any, facts: Known) -> list[Event] | Told:
    try:
        return HAZARD.decide(command, state, facts, RULES)
    except Refused as refused:
        sayable(refused)
        return Told(refused.name, refused.values)


def command_of(draw: Any, kind: type[Command], today: str) -> Command:
    """Any command of a kind, with values that may or may not do."""
    match kind.__name__:
        case "RegisterHazard":
            return RegisterHazard(BODY, CODE, "U-TS", "t", "d")
        case "EvaluateHazard":
            return EvaluateHazard(BODY, CODE, draw(st.sampled_from(("general", "major"))), "b")
        case "PlanRectification":
            due = draw(st.none() | days.map(lambda n: day_after(today, n)))
            return PlanRectification(BODY, CODE, draw(people), "m", "f", "c", due)
        case "AskExtension":
            return AskExtension(BODY, CODE, day_after(today, draw(days)), "r")
        case "DecideExtension":
            return DecideExtension(BODY, CODE, draw(st.sampled_from(("approved", "refused"))))
        case "CompleteRectification":
            return CompleteRectification(BODY, CODE, "d", draw(several))
        case "VerifyRectification":
            verdict = draw(st.sampled_from(("accepted", "accepted", "rejected")))
            return VerifyRectification(BODY, CODE, verdict, "f")
        case "CloseHazard":
            return CloseHazard(BODY, CODE)
        case "ReopenHazard":
            return ReopenHazard(BODY, CODE, "r")
        case _:
            return command_beside(draw, kind)


def command_beside(draw: Any, kind: type[Command]) -> Command:
    """The same for what goes on beside the loop."""
    yes = st.sampled_from(("yes", "no"))
    made: dict[type[Command], Any] = {
        FindHazard: lambda: FindHazard(BODY, CODE, "U-TS", "t", "d"),
        RegradeHazard: lambda: RegradeHazard(BODY, CODE, draw(st.sampled_from(("general", "major"))), "r"),
        JudgeHazard: lambda: JudgeHazard(
            BODY, CODE, "major-hazards-mines", "M88-UG-22", {"M88-UG-22": draw(yes)}
        ),
        FileMajorHazard: lambda: FileMajorHazard(BODY, CODE, "a", "c"),
        AnswerFiling: lambda: AnswerFiling(
            BODY, CODE, draw(st.sampled_from(("accepted", "returned"))), "R-1"
        ),
        SetInterimMeasure: lambda: SetInterimMeasure(BODY, CODE, "m", draw(people)),
        RecordProgress: lambda: RecordProgress(BODY, CODE, "p"),
        ReportHazard: lambda: ReportHazard(BODY, CODE, "workers", "c"),
        AnalyseCause: lambda: AnalyseCause(BODY, CODE, "c", "g", ("x",)),
        FixOnSpot: lambda: FixOnSpot(BODY, CODE, "d", draw(several)),
        ConfirmFix: lambda: ConfirmFix(BODY, CODE, draw(st.sampled_from(("accepted", "rejected"))), "f"),
        ProposeNotHazard: lambda: ProposeNotHazard(BODY, CODE, "r"),
        DecideNotHazard: lambda: DecideNotHazard(BODY, CODE, draw(st.sampled_from(("confirmed", "refused")))),
        LinkDuplicate: lambda: LinkDuplicate(
            BODY, CODE, draw(st.sampled_from((OTHER, CODE, "YH-NONE"))), "r"
        ),
        UnlinkDuplicate: lambda: UnlinkDuplicate(BODY, CODE, "r"),
    }
    return made[kind]()  # type: ignore[no-any-return]  # each makes its own kind of command


@st.composite
def histories(draw: Any) -> History:
    """A hazard to which its people did this and that: mostly what its step allows, sometimes anything."""
    history = History(adopted=draw(st.booleans()))
    for _ in range(draw(st.integers(min_value=1, max_value=28))):
        onward = [one for one in BEFORE if history.state.step in BEFORE[one]]
        fitting = [one for one in STEPS if history.state.step in STEPS[one]]
        state = history.state
        waiting: list[type[Command]] = [
            *([DecideExtension] if state.asked_due else []),
            *([DecideNotHazard] if state.proposing else []),
            *([AnswerFiling] if state.filing == "filed" else []),
            *([FileMajorHazard] if state.grade == "major" and not state.filing else []),
        ]
        way = draw(st.integers(0, 9))
        likely = waiting or onward or fitting if way < 4 else onward or fitting
        kind = draw(st.sampled_from(ALL if way == 9 else fitting if way > 5 else likely))
        shift = draw(st.sampled_from((3600, 3600, 86_400, 10 * 86_400, 0, -7200)))
        when = moment(as_datetime(history.now) + dt.timedelta(seconds=shift))
        history.now = max(history.now, when)
        command = command_of(draw, kind, day_of(when))
        history.give(command, draw(people), draw(st.none() | st.none() | people), when)
    return history


QUICK = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(QUICK, max_examples=1000, derandomize=True, database=None, phases=[Phase.generate])


@QUICK
@given(histories())
def test_no_history_closes_a_hazard_without_an_independent_verification(history: History) -> None:
    """What has to hold is asserted at every step, while the history is written."""
    assert len(history.events) == len(history.moments)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@settings(QUICK, max_examples=80_000)
@given(histories())
def test_no_long_run_of_histories_does_so_either(history: History) -> None:
    """About a million steps: fourteen to a history on average."""
    assert len(history.events) == len(history.moments)


def test_such_histories_reach_closures_reopenings_and_refusals() -> None:
    """A property over histories that never get anywhere would prove nothing."""
    reached: list[History] = []

    @settings(MANY)
    @given(histories())
    def collect(history: History) -> None:
        reached.append(history)

    collect()
    kinds = {type(event) for history in reached for event in history.events}
    assert kinds == set(HAZARD.events)
    assert sum(history.closures for history in reached) >= 20
    assert sum(history.refusals for history in reached) >= 200


@pytest.mark.parametrize(
    "module", [hazard_verification, hazard_extension, hazard_on_the_spot, hazard_dismissal]
)
def test_without_the_demand_for_independence_the_property_fails(
    monkeypatch: pytest.MonkeyPatch, module: Any
) -> None:
    monkeypatch.setattr(module, "need_independent", lambda *_, **__: None)

    @settings(MANY, report_multiple_bugs=False)
    @given(histories())
    def attempt(history: History) -> None:
        assert history

    with pytest.raises(
        AssertionError, match=r"never (verifies|rejects|approves|confirms)|nobody verifies twice"
    ):
        attempt()
