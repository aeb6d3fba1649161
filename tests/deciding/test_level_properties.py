"""Over every history that people could write of a risk: no level goes down before somebody else agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from adapters.rules import load_rulebook
from domain import risk_approval, risk_assessment
from domain.examples import EVENT_EXAMPLES
from domain.language import Command, Event, as_datetime, moment, stream_name
from domain.refused import Refused
from domain.risk_approval import ChooseMethod, DecideLowering, LoweringApproved, MethodChosen
from domain.risk_assessment import Assessed, AssessRisk, ReassessRisk
from domain.risk_level import RANK, counting, counting_level
from domain.risks import RISK
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, MINE, Known, at, happened, sayable

CODE = "R-0001"
PEOPLE = ("P-TEAM", "P-WORKER", "P-SAFETY", "P-EXPERT")
START = at("2026-02-01")
MOMENTS = [moment(as_datetime(START) + dt.timedelta(days=day)) for day in range(6)]
RULES = load_rulebook()
ADOPTIONS = (
    EVENT_EXAMPLES["rule-pack-adopted.1"],
    happened("method-adopted", version="5x5-mining-type", since="2026-01-06"),
)
LEVELS = (None, None, None, "major", "larger", "general", "low")


@dataclass
class History:
    """One risk as its people write it, with a memory of its own of who said what."""

    now: str = START
    state: Any = field(default_factory=lambda: RISK.evolve(RISK.initial, happened("risk-identified")))
    said_by: dict[int, set[str]] = field(default_factory=dict)
    lowered: int = 0
    refused: int = 0

    def give(self, command: Command, by: str, when: str) -> None:
        known = {**MINE, stream_name(ADOPTED.name, BODY): ADOPTIONS}
        facts = Known(known, by, None, when, self.now, START)
        self.now = max(self.now, when)
        try:
            events = RISK.decide(command, self.state, facts, RULES)
        except Refused as refused:
            told = refused
        else:
            told = None
        if told is not None:
            assert sayable(told)
            self.refused += 1
            return
        for event in events:
            before = self.state
            self.state = RISK.evolve(before, event)
            self.check(before, event)
            if isinstance(event, Assessed | MethodChosen):
                self.said_by[event.number] = {by}

    def check(self, before: Any, event: Event) -> None:
        """At no moment is any rating's level lower than it was known to be, but after another person's approval."""
        for when in MOMENTS:
            for kind in ("current", "inherent"):
                was, now = counting(before.said, when, kind), counting(self.state.said, when, kind)
                if was is None:
                    continue
                assert now is not None, "what was assessed stays assessed"
                if RANK[now.level] < RANK[was.level]:
                    assert isinstance(event, LoweringApproved), event
                    assert not self.said_by[event.number] & set(event.approved_by)
                    assert event.approved_at <= when
                    self.lowered += 1


@st.composite
def steps(draw: Any) -> tuple[Command, str, str]:
    by, when = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(MOMENTS))
    what = draw(
        st.sampled_from(
            ("assess", "reassess", "reassess", "reassess", "choose", "approve", "approve", "reject")
        )
    )
    match what:
        case "assess" | "reassess":
            lec = draw(st.booleans())
            likelihood = draw(st.sampled_from(("0.2", "0.5", "1", "3") if lec else ("1", "2", "3", "5")))
            inputs = {"L": likelihood, "E": "6", "C": "40"} if lec else {"L": likelihood, "S": "4"}
            level = draw(st.sampled_from(LEVELS))
            more: dict[str, Any] = {
                "rating": draw(st.sampled_from(("current", "current", "inherent"))),
                "level": level,
                "override": "why" if level else "",
            }
            method = "lec" if lec else "ls"
            if what == "assess":
                return AssessRisk(BODY, CODE, method, inputs, **more), by, when
            return ReassessRisk(BODY, CODE, method, inputs, "periodic", **more), by, when
        case "choose":
            return ChooseMethod(BODY, CODE, "why", draw(st.sampled_from(("lec", "ls", None)))), by, when
        case _:
            verdict = "approved" if what == "approve" else "rejected"
            number = draw(st.sampled_from((None, None, None, 2, 3, 4, 5)))
            when = draw(st.sampled_from(MOMENTS[3:]))
            return DecideLowering(BODY, CODE, verdict, "", number), by, when  # type: ignore[arg-type]  # a word


def written(given_steps: list[Any]) -> History:
    """A risk that was rated as major by one method and low by another, and what people made of it."""
    history = History()
    history.give(AssessRisk(BODY, CODE, "lec", {"L": "3", "E": "6", "C": "40"}), "P-TEAM", MOMENTS[0])
    cross_check = ReassessRisk(BODY, CODE, "ls", {"L": "1", "S": "1"}, "cross_check")
    history.give(cross_check, "P-WORKER", MOMENTS[1])
    for command, by, when in given_steps:
        history.give(command, by, when)
    return history


@settings(max_examples=500, deadline=None)
@given(st.lists(steps(), max_size=14))
def test_no_level_goes_down_at_any_moment_before_somebody_else_agreed(given_steps: list[Any]) -> None:
    history = written(given_steps)
    assert history.state.level == counting_level(history.state.said)


def test_the_histories_meet_lowerings_and_refusals() -> None:
    """A property that only ever saw levels rise would prove nothing."""
    met = {"lowered": 0, "refused": 0}

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(st.lists(steps(), max_size=14))
    def collect(given_steps: list[Any]) -> None:
        history = written(given_steps)
        met["lowered"] += history.lowered
        met["refused"] += history.refused

    collect()
    assert met["lowered"] > 10
    assert met["refused"] > 50


@pytest.mark.parametrize("module", [risk_assessment, risk_approval])
def test_without_the_question_whether_it_lowers_the_property_fails(
    module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "lowers", lambda *_: False)

    @settings(max_examples=1500, deadline=None, database=None, derandomize=True, phases=(Phase.generate,))
    @given(st.lists(steps(), max_size=14))
    def collect(given_steps: list[Any]) -> None:
        written(given_steps)

    with pytest.raises(AssertionError):
        collect()
