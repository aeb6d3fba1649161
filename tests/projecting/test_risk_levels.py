"""Which level counts on any day, as known at any record: late entries, approvals, several methods, both ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, create_engine

from domain.language import LEVELS, Event
from domain.records import Record
from domain.risk_approval import (
    ChooseMethod,
    DecideLowering,
    LoweringApproved,
    LoweringRejected,
    MethodChosen,
)
from domain.risk_assessment import AssessRisk, ReassessRisk, RiskAssessed, RiskReassessed
from projections import risk_list as list_of_risks
from projections.risk_list import risk_list
from tests.deciding.given import happened
from tests.projecting.plant import BODY, CHECKER, LEAD, at
from tests.projecting.test_risk_list import Asked, asked

__all__ = ["asked"]

DAYS = [at(f"2026-06-{day:02}") for day in range(1, 8)]
RISK = "R-0001"


def lower(plant: Any, likelihood: str = "0.5", happened_at: str | None = None, **more: Any) -> None:
    inputs = {"L": likelihood, "E": "6", "C": "40"}
    plant.give(LEAD, ReassessRisk(BODY, RISK, "lec", inputs, "change", **more), happened_at)


# --- what a row shows


def test_while_a_lower_level_waits_the_row_shows_the_higher_one_and_what_waits(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk(RISK)
    plant.now = at("2026-06-10")
    lower(plant)
    [row] = asked.rows()
    assert (row["level"], row["colour"], row["pending_level"]) == ("larger", "orange", "general")
    [pending] = row["pending"]
    assert (pending["number"], pending["level"], pending["by"]) == (2, "general", [LEAD])
    assert pending["since"] == at("2026-06-10")
    assert asked.levels(level="larger") == {RISK: "larger"}
    assert asked.levels(level="general") == {}


def test_an_approval_counts_from_its_own_moment_and_the_row_says_by_whom(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk(RISK)
    plant.now = at("2026-06-10")
    lower(plant)
    plant.now = at("2026-06-15")
    before = plant.head()
    plant.give(CHECKER, DecideLowering(BODY, RISK, "approved"), at("2026-06-12"))
    told = [asked.levels(true_at=at(day))[RISK] for day in ("2026-06-09", "2026-06-11", "2026-06-13")]
    assert told == ["larger", "larger", "general"]
    assert asked.levels(true_at=at("2026-06-13"), known_at=before) == {RISK: "larger"}
    [row] = asked.rows()
    assert (row["level"], row["pending_level"], row["pending"]) == ("general", None, [])
    assert (row["approved_at"], row["approved_by"]) == (at("2026-06-12"), [CHECKER])
    assert row["approval_recorded_at"] == at("2026-06-15")
    [then] = asked.rows(true_at=at("2026-06-11"))
    assert (then["approved_at"], then["pending_level"]) == (None, "general")


def test_a_rejected_lower_level_leaves_no_trace_in_the_level_and_nothing_waiting(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk(RISK)
    lower(plant)
    plant.give(CHECKER, DecideLowering(BODY, RISK, "rejected"))
    [row] = asked.rows()
    assert (row["level"], row["pending_level"], row["pending"], row["number"]) == ("larger", None, [], 1)


def test_inherent_and_current_ratings_stand_in_one_row(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.identify(RISK)
    inputs = {"L": "3", "E": "6", "C": "40"}
    plant.give(LEAD, AssessRisk(BODY, RISK, "lec", inputs, rating="inherent"))
    [row] = asked.rows()
    assert (row["level"], row["rating"], row["inherent_level"]) == ("major", "inherent", "major")
    plant.now = at("2026-06-02")
    plant.give(LEAD, AssessRisk(BODY, RISK, "lec", {**inputs, "L": "0.5"}))
    [row] = asked.rows()
    assert (row["level"], row["rating"], row["inherent_level"]) == ("general", "current", "major")
    assert (row["inherent_score"], row["inherent_method"], row["score"]) == ("720", "lec", "120")


def test_an_override_shows_the_computed_level_and_the_reason_beside_the_given_one(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.identify(RISK)
    inputs = {"L": "1", "E": "6", "C": "40"}
    plant.give(LEAD, AssessRisk(BODY, RISK, "lec", inputs, level="major", override="rope rusts faster"))
    [row] = asked.rows()
    assert (row["computed"], row["level"], row["override"]) == ("larger", "major", "rope rusts faster")


def test_a_row_carries_the_position_of_its_record_beside_the_positions_of_its_parts(asked: Asked) -> None:
    plant = asked.plant
    plant.risk(RISK)
    [row] = asked.rows()
    assert row["position"] == row["positions"]["identity"]
    assert row["positions"]["level"] == plant.head() > row["position"]


def test_a_decision_on_the_method_shows_in_the_row(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk(RISK)
    assert asked.rows()[0]["chosen_method"] is None
    plant.now = at("2026-06-02")
    plant.give(CHECKER, ChooseMethod(BODY, RISK, "one method for all hoists", "lec"))
    [row] = asked.rows()
    assert (row["chosen_method"], row["chosen"], row["level"]) == ("lec", True, "larger")
    assert [one["method"] for one in row["methods"]] == ["lec"]


# --- against a replay


@dataclass
class Story:
    """Records about the levels of two risks, entered in any order."""

    records: list[Record] = field(default_factory=list)

    def tell(self, risk: str, event: Event, when: str) -> None:
        position = len(self.records) + 1
        what = (position, f"risk/{BODY}/{risk}", 1, event.KIND, BODY, "P", "os-local", when, DAYS[-1], "c")
        self.records.append(Record(*what, event))


@st.composite
def stories(draw: Any) -> Story:
    story = Story()
    numbers: dict[str, int] = {}
    for _ in range(draw(st.integers(0, 14))):
        risk, when = draw(st.sampled_from(("R-1", "R-2"))), draw(st.sampled_from(DAYS))
        level = draw(st.sampled_from(LEVELS))
        match draw(st.sampled_from(("assess", "assess", "assess", "choose", "approve", "approve", "reject"))):
            case "assess":
                numbers[risk] = numbers.get(risk, 0) + 1
                waits = draw(st.booleans())
                event: Event = happened(
                    draw(st.sampled_from(("risk-assessed", "risk-reassessed"))),
                    number=numbers[risk],
                    assessed_at=when,
                    rating=draw(st.sampled_from(("current", "current", "inherent"))),
                    method=draw(st.sampled_from(("lec", "ls"))),
                    level=level,
                    waits=waits,
                    interim=draw(st.none() | st.sampled_from(LEVELS)) if waits else None,
                )
            case "choose":
                numbers[risk] = numbers.get(risk, 0) + 1
                method, waits = draw(st.sampled_from(("lec", "ls", None))), draw(st.booleans())
                event = MethodChosen(numbers[risk], method, "why", level, level, waits, None, when, ("P",))
            case "approve":
                event = LoweringApproved(draw(st.integers(1, 6)), level, level, when, ("P",), "")
            case _:
                event = LoweringRejected(draw(st.integers(1, 6)), level, when, ("P",), "")
        if isinstance(event, LoweringApproved | LoweringRejected) and _settled(story, risk, event.number):
            continue  # nothing is decided twice, nor before it was said
        story.tell(risk, event, when)
    return story


def _settled(story: Story, risk: str, number: int) -> bool:
    told = [one.event for one in story.records if one.stream.endswith(risk)]
    verdicts = (LoweringApproved, LoweringRejected)
    said = any(getattr(one, "number", 0) == number for one in told if not isinstance(one, verdicts))
    return not said or any(isinstance(one, verdicts) and one.number == number for one in told)


def replayed(records: Sequence[Record], true_at: str, known_at: int) -> dict[str, str | None]:
    """The oracle: what was known by then and so by then, one record after the other, as if nothing else existed."""
    levels: dict[str, str | None] = {}
    for risk in ("R-1", "R-2"):
        told = [one for one in records if one.stream.endswith(risk)]
        told = [one for one in told if one.position <= known_at and one.happened_at <= true_at]
        told.sort(key=lambda one: (one.happened_at, one.position))
        approved = {one.event.number for one in told if isinstance(one.event, LoweringApproved)}
        held: dict[tuple[str, str], tuple[str, str]] = {}
        method = None
        for record in told:
            match record.event:
                case RiskAssessed() | RiskReassessed() as event:
                    fine = not event.waits or event.number in approved
                    gives = event.level if fine else event.interim
                    if gives:
                        held[event.rating, event.method] = (gives, record.happened_at)
                case MethodChosen() as event:
                    if not event.waits or event.number in approved:
                        method = event.method
                case _:
                    pass
        for rating in ("current", "inherent"):
            found = {name: level for (kind, name), (level, _) in held.items() if kind == rating}
            if not found:
                continue
            if rating == "current" and method in found:
                levels[risk] = found[method]
            else:
                levels[risk] = min(found.values(), key=[*LEVELS].index)
            break
    return levels


@settings(max_examples=150, deadline=None)
@given(
    stories(), st.integers(1, 3), st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 14)), min_size=3)
)
def test_the_level_of_any_moment_as_known_at_any_record_is_what_a_replay_says(
    story: Story, batch: int, moments: list[tuple[str, int]]
) -> None:
    metadata = MetaData()
    tables = list_of_risks.tables(metadata, "x_")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for first in range(0, len(story.records), batch):
            list_of_risks.apply(story.records[first : first + batch], connection, tables)
        for true_at, known_at in [*moments, (DAYS[-1], len(story.records))]:
            rows = risk_list(connection, tables, true_at=true_at, known_at=known_at)
            found = {row["code"]: row["level"] for row in rows if row["level"] is not None}
            assert found == replayed(story.records, true_at, known_at)
    engine.dispose()
