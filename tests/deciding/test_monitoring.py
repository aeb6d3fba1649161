"""A risk that cannot be removed gets a plan, is read in every period, and what crosses a limit is responded to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.duties import AnswerDuty, RaiseDuty
from domain.duty_ending import DropDuty
from domain.language import but, day_after
from domain.monitoring import CloseMonitoring, OweReading
from domain.monitoring_state import Limits, period_span, reading_duty, risk_of
from domain.policies import POLICIES
from domain.records import Record
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NoRuleInForce,
    NotIndependent,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.refused_monitoring import NotHighEnough
from domain.risks import RISK
from domain.rule_adoption import ADOPTED
from tests.deciding.given import BODY, Given, at, example, given, happened, on

RISK_CODE = "R-0001"
DECLARED = happened("monitoring-declared", since="2026-02-02", ground="irreducible", plan_by="2026-02-09")
LIMIT = happened("monitoring-parameter-defined")
PACK = happened("rule-pack-adopted", pack="house-watch-2026", version="1", since="2026-01-06")
DAY = "2026-02-02"


def assessed(level: str, *own: Any) -> Given:
    """The mine whose risk was assessed at a level on 20 January."""
    told = happened("risk-assessed", level=level, assessed_at=at("2026-01-20"))
    return given(*own).knowing(RISK, BODY, RISK_CODE, holds=[happened("risk-identified"), told])


def watched(*more: Any) -> Given:
    return assessed("major", on("2026-02-02", DECLARED), *(on("2026-02-02", one) for one in more))


def reading(value: str, number: int = 1, when: str = "2026-02-02T09:00+08:00", **more: Any) -> Any:
    standing, limit = Limits("T-ZHA", "", "", "80", "100").standing(value)
    example_ = happened("monitoring-reading-recorded")
    row = type(example_.values[0])("T-ZHA", value, "°C", standing, limit)
    told = {"number": number, "values": (row,), "read_at": at(when), "first": DAY, "last": DAY}
    return happened("monitoring-reading-recorded", **{**told, **more})


def read(value: str | None, remark: str = "") -> Any:
    return example("RecordReading", values=None if value is None else {"T-ZHA": value}, remark=remark)


def reacted(name: str, event: Any, stream: str = f"monitoring/{BODY}/{RISK_CODE}") -> list[tuple[str, Any]]:
    [policy] = [one for one in POLICIES if one.name == name]
    moment = at("2026-02-02")
    record = Record(
        position=7,
        stream=stream,
        version=1,
        kind=event.KIND,
        scope=BODY,
        by="P-SAFETY",
        auth="os-local",
        happened_at=moment,
        recorded_at=moment,
        command_id="x",
        event=event,
    )
    return policy.react(record)


# --- declaring


@pytest.mark.clause("YT-14a", "YT-14b")
@pytest.mark.rule("risk-monitoring")
def test_a_major_risk_is_declared_irreducible_and_owes_a_plan_and_a_reading_a_day() -> None:
    known = assessed("major").knowing(ADOPTED, BODY, holds=[PACK])
    event = known.when(example("DeclareMonitoring", ground="irreducible", period=None), at=DAY).only
    assert (event.level, event.period, event.since, event.owed_by) == ("major", "P1D", DAY, "team_lead")
    assert (event.plan_by, event.plan_owed_by) == ("2026-02-09", "safety_officer")
    assert event.citation.standing == "adopted; house rule"
    assert event.declared_by == ("P-SAFETY",)


@pytest.mark.clause("YT-33")
def test_a_point_of_larger_risk_is_monitored_too_and_needs_no_plan() -> None:
    declare = example("DeclareMonitoring", ground="larger_or_above")
    event = assessed("larger").when(declare, at=DAY).only
    assert (event.ground, event.plan_by, event.citation) == ("larger_or_above", None, None)
    assessed("general").when(declare, at=DAY).then(NotHighEnough, level="general")


@pytest.mark.clause("YT-14a")
def test_only_a_major_risk_is_declared_irreducible() -> None:
    declare = example("DeclareMonitoring", ground="irreducible")
    assessed("larger").when(declare, at=DAY).then(NotHighEnough, level="larger")
    given().when(declare, at=DAY).then(NotHighEnough, level="not_assessed")


def test_without_a_house_rule_the_body_says_the_period_itself() -> None:
    assessed("major").when(example("DeclareMonitoring", period=None), at=DAY).then(NoRuleInForce)
    assert assessed("major").when(example("DeclareMonitoring", period="P7D"), at=DAY).only.period == "P7D"


def test_what_cannot_be_monitored_is_refused() -> None:
    declare = example("DeclareMonitoring")
    watched().when(declare, at=DAY).then(AlreadyRegistered)
    given().when(example("DeclareMonitoring", risk="R-9"), at=DAY).then(UnknownThing, code="R-9")
    gone = [happened("risk-identified"), happened("risk-retired")]
    given().knowing(RISK, BODY, RISK_CODE, holds=gone).when(declare, at=DAY).then(Retired)
    long = "R-" + "9" * 40
    told = [
        happened("risk-identified"),
        happened("risk-assessed", level="major", assessed_at=at("2026-01-20")),
    ]
    given().knowing(RISK, BODY, long, holds=told).when(example("DeclareMonitoring", risk=long), at=DAY).then(
        Unfit
    )
    given().when(read("1"), at=DAY).then(UnknownThing)


# --- the plan


@pytest.mark.clause("YT-14a")
def test_a_plan_is_a_paper_by_its_hash_and_a_later_version_replaces_it() -> None:
    plan = example("FileEmergencyPlan")
    first = watched().when(plan, at=DAY).only
    assert (first.supersedes, first.answers, len(first.sha256)) == (None, "2026-02-02", 64)
    filed = happened("emergency-plan-filed")
    watched(filed).when(plan, at=DAY).then(AlreadyRegistered)
    second = watched(filed).when(example("FileEmergencyPlan", version="2026-2"), at=DAY).only
    assert (second.supersedes, second.answers) == ("2026-1", None)
    watched().when(example("FileEmergencyPlan", document="WJ-0"), at=DAY).then(UnknownThing, code="WJ-0")


# --- limits


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"warn_above": None, "alarm_above": None}, Incomplete),
        ({"alarm_above": "80"}, Unfit),
        ({"alarm_above": "79.9"}, Unfit),
        ({"warn_below": "80"}, Unfit),
        ({"warn_below": "10", "alarm_below": "10.0"}, Unfit),
    ],
)
def test_limits_that_contradict_each_other_are_refused(changes: dict[str, Any], refusal: Any) -> None:
    watched().when(example("DefineParameter", **changes), at=DAY).then(refusal)


def test_a_parameter_is_defined_anew_but_not_the_same_again_and_dropped_once() -> None:
    watched(LIMIT).when(example("DefineParameter"), at=DAY).then(AlreadySo)
    watched(LIMIT).when(example("DefineParameter", warn_above="75"), at=DAY).accepted()
    [anew] = watched(LIMIT).when(example("DefineParameter", basis="GB 16423-2020"), at=DAY).events
    assert (anew.basis, anew.warn_above) == ("GB 16423-2020", LIMIT.warn_above)
    watched(LIMIT, anew).when(example("DefineParameter", basis="GB 16423-2020"), at=DAY).then(AlreadySo)
    watched().when(example("DropParameter"), at=DAY).then(UnknownThing)
    watched(LIMIT).when(example("DropParameter"), at=DAY).accepted()


# ------------------------------------------------------------------------------------------------- limits by rule

GAS = {"parameter": "LEL", "name": "可燃气体", "unit": "%LEL", "threshold": "combustible-gas"}
NONE = {"warn_above": None, "alarm_above": None}


def ruled(*more: Any) -> Given:
    return watched(*more).knowing(ADOPTED, BODY, holds=[PACK])


@pytest.mark.rule("monitoring-limits")
@pytest.mark.clause("YT-14b", "YT-33")
def test_limits_come_from_the_rule_that_binds_the_body_and_are_kept_with_its_citation() -> None:
    defined = ruled().when(example("DefineParameter", **GAS, **NONE), at=DAY).only
    assert (defined.warn_above, defined.alarm_above, defined.threshold) == ("25", "50", "combustible-gas")
    assert (defined.citation.rule, defined.citation.version) == ("monitoring-limits", "house-watch-2026")
    decided = ruled(defined).when(example("RecordReading", values={"LEL": "26"}), at=DAY)
    [raised] = [one for one in decided.events if one.KIND == "monitoring-warning-raised.1"]
    assert (raised.standing, raised.crossed) == ("warning", ("LEL",))


def test_limits_of_the_body_that_equal_the_rules_may_still_become_the_rules() -> None:
    """They then stand with the rule's citation, and without it again; said twice either is so already."""
    equal = {**GAS, "threshold": None, "warn_above": "25", "alarm_above": "50"}
    own = ruled().when(example("DefineParameter", **equal), at=DAY).only
    taken = ruled(own).when(example("DefineParameter", **GAS, **NONE), at=DAY).only
    assert (own.citation, taken.citation.rule) == (None, "monitoring-limits")
    ruled(own, taken).when(example("DefineParameter", **GAS, **NONE), at=DAY).then(AlreadySo)
    former = but(taken, citation=but(taken.citation, version="house-watch-2025"))
    assert ruled(own, former).when(example("DefineParameter", **GAS, **NONE), at=DAY).only == taken
    assert ruled(taken).when(example("DefineParameter", **equal), at=DAY).only == own


def test_oxygen_warns_on_both_sides() -> None:
    given_ = {"parameter": "O2", "unit": "%VOL", "threshold": "oxygen", **NONE}
    one = ruled().when(example("DefineParameter", **given_), at=DAY).only
    assert (one.alarm_below, one.warn_below, one.warn_above, one.alarm_above) == ("18", "19.5", "23", "23.5")


@pytest.mark.parametrize(
    "changes",
    [
        {**GAS, **NONE, "threshold": "phlogiston"},
        {**GAS, **NONE, "unit": "ppm"},
        {**GAS, "warn_above": "10", "alarm_above": None},
        {**GAS, **NONE, "warn_below": "1"},
    ],
)
def test_a_threshold_that_is_none_another_unit_and_limits_besides_it_are_refused(changes: Any) -> None:
    ruled().when(example("DefineParameter", **changes), at=DAY).then(Unfit)


def test_without_a_rule_that_binds_the_body_a_threshold_is_nothing() -> None:
    watched().when(example("DefineParameter", **GAS, **NONE), at=DAY).then(NoRuleInForce)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("80", "normal"),
        ("80.0000000000000000000001", "warning"),
        ("100", "warning"),
        ("100.1", "alarm"),
        ("5", "normal"),
        ("4.99", "warning"),
        ("-1", "alarm"),
    ],
)
def test_a_limit_is_crossed_exactly_and_not_reached(value: str, standing: str) -> None:
    assert Limits("T", "", "°C", "80", "100", "5", "0").standing(value)[0] == standing


# --- readings


@pytest.mark.clause("YT-14b")
def test_a_reading_belongs_to_its_period_and_a_value_in_limits_warns_of_nothing() -> None:
    event = watched(LIMIT).when(read("79"), at="2026-02-05").only
    assert (event.first, event.last, event.values[0].standing) == ("2026-02-05", "2026-02-05", "normal")


def test_what_is_not_defined_is_not_read_and_what_is_left_out_needs_a_word() -> None:
    watched().when(read("79"), at=DAY).then(UnknownThing, code="T-ZHA")
    watched(LIMIT).when(read(None), at=DAY).then(Incomplete)
    watched().when(read(None), at=DAY).then(Incomplete)
    event = watched(LIMIT).when(read(None, "传感器检修，目视无异常"), at=DAY).only
    assert (event.values, event.missing) == ((), ("T-ZHA",))


@pytest.mark.clause("YT-14b")
def test_crossing_a_limit_warns_once_and_again_only_when_it_gets_worse() -> None:
    first = watched(LIMIT).when(read("86.5"), at=DAY).events
    assert [type(one).__name__ for one in first] == ["ReadingRecorded", "WarningRaised"]
    assert (first[1].standing, first[1].crossed, first[1].respond_by) == ("warning", ("T-ZHA",), DAY)
    warned = happened("monitoring-warning-raised")
    held = watched(LIMIT, reading("86.5"), warned)
    assert len(held.when(read("90"), at="2026-02-03").events) == 1
    worse = held.when(read("101"), at="2026-02-03").events
    assert (worse[1].warning, worse[1].standing) == (2, "alarm")


def test_a_warning_ends_when_all_is_normal_again_and_then_the_next_crossing_warns_anew() -> None:
    warned = happened("monitoring-warning-raised")
    held = watched(LIMIT, reading("86.5"), warned)
    events = held.when(read("70"), at="2026-02-03").events
    assert [type(one).__name__ for one in events] == ["ReadingRecorded", "WarningEnded"]
    assert (events[1].warning, events[1].responded) == (1, False)
    normal = reading("70", 2, "2026-02-02T10:00+08:00")
    over_ = watched(
        LIMIT, reading("86.5"), warned, normal, happened("monitoring-warning-ended", responded=False)
    )
    assert over_.when(read("81"), at="2026-02-03").events[1].warning == 2


def test_a_crossing_recorded_late_warns_although_all_is_normal_by_now() -> None:
    normal = reading("70", 1, "2026-02-02T10:00+08:00")
    events = watched(LIMIT, normal).when(read("90"), at="2026-02-02T09:00+08:00").events
    assert [type(one).__name__ for one in events] == ["ReadingRecorded", "WarningRaised", "WarningEnded"]


# --- what was done


@pytest.mark.clause("YT-14b")
def test_the_first_response_keeps_its_delay_and_the_next_one_is_not_the_first() -> None:
    warned = happened("monitoring-warning-raised", raised_at=at("2026-02-02T09:00+08:00"))
    respond = example("RespondToWarning", warning=None)
    held = watched(LIMIT, reading("86.5"), warned)
    event = held.when(respond, at="2026-02-02T09:07+08:00").only
    assert (event.first, event.delay_minutes, event.warning) == (True, 7, 1)
    answered = happened("monitoring-warning-responded")
    again = watched(LIMIT, reading("86.5"), warned, answered)
    again.when(respond, at="2026-02-02T09:30+08:00").then(UnknownThing)
    assert not again.when(example("RespondToWarning"), at="2026-02-02T09:30+08:00").only.first


def test_nobody_responds_before_the_warning_or_to_one_that_nobody_raised() -> None:
    warned = happened("monitoring-warning-raised", raised_at=at("2026-02-02T09:00+08:00"))
    held = watched(LIMIT, reading("86.5"), warned)
    held.when(example("RespondToWarning"), at="2026-02-02T08:30+08:00").then(BeforePredecessor)
    held.when(example("RespondToWarning", warning=9), at=DAY).then(UnknownThing)
    two = happened("monitoring-warning-raised", warning=2)
    watched(LIMIT, warned, two).when(example("RespondToWarning", warning=None), at="2026-02-03").then(
        Incomplete
    )


@pytest.mark.clause("YT-14b")
def test_who_was_told_of_a_warning_and_how_soon_is_kept() -> None:
    warned = happened("monitoring-warning-raised", raised_at=at("2026-02-02T09:00+08:00"))
    event = watched(warned).when(example("GiveInformation"), at="2026-02-02T09:12+08:00").only
    assert (event.number, event.warning, event.delay_minutes) == (1, 1, 12)
    plain = watched().when(example("GiveInformation", warning=None), at=DAY).only
    assert (plain.warning, plain.delay_minutes) == (None, None)


# --- the end


def test_another_person_than_who_declared_it_ends_the_monitoring() -> None:
    watched().when(example("EndMonitoring"), by="P-SAFETY", at=DAY).then(NotIndependent)
    watched().when(example("EndMonitoring"), by="P-PRINCIPAL", at=DAY).accepted()
    ended = watched(happened("monitoring-ended"))
    ended.when(read("1"), at=DAY).then(OutOfTurn)
    ended.when(example("DeclareMonitoring"), at=DAY).accepted()


# --- periods and duties


@pytest.mark.parametrize(
    ("period", "day", "span"),
    [
        ("P1D", "2026-03-01", ("2026-03-01", "2026-03-01")),
        ("P7D", "2026-02-08", ("2026-02-02", "2026-02-08")),
        ("P7D", "2026-02-09", ("2026-02-09", "2026-02-15")),
        ("P1M", "2026-03-01", ("2026-02-02", "2026-03-01")),
        ("P1M", "2026-03-02", ("2026-03-02", "2026-04-01")),
        ("P1M", "2026-02-01", None),
    ],
)
def test_periods_follow_each_other_from_the_first_day(
    period: str, day: str, span: tuple[str, str] | None
) -> None:
    assert period_span("2026-02-02", period, day) == span


@over(
    st.sampled_from(["P1D", "P7D", "P1M"]),
    st.dates().filter(lambda one: 1900 < one.year < 2200),
    st.integers(0, 900),
)
def test_every_day_lies_in_one_period_and_the_next_one_begins_after_it(
    period: str, first: Any, days: int
) -> None:
    since = first.isoformat()
    day = day_after(since, days)
    span = period_span(since, period, day)
    assert span is not None and span[0] <= day <= span[1]
    following = period_span(since, period, day_after(span[1]))
    assert following is not None and following[0] == day_after(span[1])


def test_the_next_period_is_owed_once_and_only_while_it_is_monitored() -> None:
    owe = OweReading(BODY, RISK_CODE, DAY)
    owed = happened("monitoring-reading-owed", first=DAY, last=DAY)
    assert watched().when(owe, at=DAY).only.last == DAY
    assert watched(owed).when(owe, at=DAY).events == []
    assert watched(owed).when(OweReading(BODY, RISK_CODE, "2026-02-03"), at=DAY).only.first == "2026-02-03"
    assert watched(owed).when(OweReading(BODY, RISK_CODE, "2026-02-04"), at=DAY).events == []
    assert watched(happened("monitoring-ended")).when(owe, at=DAY).events == []
    assert given().when(CloseMonitoring(BODY, RISK_CODE, "P-SAFETY", "x"), at=DAY).events == []


def test_a_reading_made_before_its_period_was_recorded_as_owed_answers_it() -> None:
    event = watched(LIMIT, reading("70")).when(OweReading(BODY, RISK_CODE, DAY), at=DAY).only
    assert event.read_by == "P-TEAM"
    [(duty, raised), (_, answered)] = reacted("monitoring-duty", event)
    assert (duty, type(raised), type(answered)) == ("monitor.R-0001.20260202", RaiseDuty, AnswerDuty)


@pytest.mark.clause("YT-14b")
def test_plan_reading_and_response_are_duties_that_their_records_answer() -> None:
    [(plan, raised)] = reacted("monitoring-duty", DECLARED)
    assert (plan, raised.due, raised.rule) == ("plan.R-0001.20260202", "2026-02-09", "emergency-plan")
    filed = happened("emergency-plan-filed", answers="2026-02-02")
    assert reacted("monitoring-duty", filed)[0][0] == plan
    [(duty, raised)] = reacted("monitoring-duty", happened("monitoring-reading-owed"))
    assert (raised.due, raised.closes, raised.rule) == ("2026-01-12", "2026-01-12", "risk-monitoring")
    assert reacted("monitoring-duty", happened("monitoring-reading-recorded"))[0][0] == duty
    [(response, raised)] = reacted("monitoring-duty", happened("monitoring-warning-raised"))
    assert (response, raised.due) == ("respond.R-0001.1", "2026-01-12")
    assert isinstance(reacted("monitoring-duty", happened("monitoring-warning-responded"))[0][1], AnswerDuty)
    ended = happened("monitoring-ended", owed_first="2026-02-02", plan_owed="2026-02-02")
    assert [type(one) for _, one in reacted("monitoring-duty", ended)] == [DropDuty, DropDuty]


def test_a_period_that_passed_or_was_read_is_followed_by_the_next_one() -> None:
    duty = reading_duty(RISK_CODE, "2026-02-02")
    assert risk_of(duty) == RISK_CODE
    overdue = reacted("next-reading", happened("duty-overdue", due="2026-02-02"), f"duty/{BODY}/{duty}")
    assert overdue == [(RISK_CODE, OweReading(BODY, RISK_CODE, "2026-02-03"))]
    assert reacted("next-reading", happened("duty-overdue"), f"duty/{BODY}/round.x") == []
    assert reacted("next-reading", DECLARED)[0][1].first == "2026-02-02"
    retired = reacted("monitoring-retired", happened("risk-retired"), f"risk/{BODY}/{RISK_CODE}")
    assert isinstance(retired[0][1], CloseMonitoring)
