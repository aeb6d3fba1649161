"""A change lists the risks that it touches, each is owed a new assessment, and it closes itself when all is done."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain.change_kinds import CLAUSES, LASTING, ChangeKind
from domain.change_measures import measures_code
from domain.change_policy import reassessment_duty, restart
from domain.change_scope import ScopeEntry
from domain.change_state import Path, Reached, ScopeRow, reassessment_code, restart_code
from domain.change_touched import ExcludedFromChange, RisksTaken
from domain.changes import CHANGE, ChangeClosed, ChangeEnded, ReportChange
from domain.documents import DOCUMENT
from domain.duties import AnswerDuty, RaiseDuty
from domain.duty_ending import DropDuty, DutyWaived
from domain.labels import LABELS, Term
from domain.records import Record
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    EndsBeforeItBegins,
    Incomplete,
    NothingToDecide,
    NotIndependent,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.risks import RISK
from domain.rule_adoption import ADOPTED, RulePackAdopted
from tests.deciding.given import BODY, Given, example, folded, given, happened

CHANGE_CODE = "BG-2026-01"
DAY = "2026-03-20"
PACK = RulePackAdopted("house-changes-2026", "1", "x", "house", "2026-01-06", None, ())


def reached(*risks: str) -> tuple[Reached, ...]:
    return tuple(Reached(risk, (Path((f"risk:{risk}",)),)) for risk in risks)


REPORTED = happened("change-reported", kind="key_equipment")
SERVICE = happened("change-reported", kind="maintenance")
ELSEWHERE = happened("change-reported", kind="sector_accident")


def resolved(*risks: str, **changes: Any) -> Any:
    return happened("change-resolved", kind="key_equipment", risks=reached(*risks), **changes)


def settled(risk: str, **changes: Any) -> Any:
    return happened("change-risk-settled", risk=risk, **changes)


def with_rule(base: Given) -> Given:
    return base.knowing(ADOPTED, BODY, holds=[PACK])


# --- reporting


@pytest.mark.clause("YT-24", "NJ-072")
def test_every_one_of_the_nine_and_of_the_seven_is_a_kind_of_its_own_with_its_clause() -> None:
    assert set(CLAUSES) == set(get_args(ChangeKind))
    named = {clause for clauses in CLAUSES.values() for clause in clauses}
    assert named == {f"YT-24({n})" for n in range(1, 10)} | {f"NJ-072({n})" for n in range(1, 8)}
    assert set(CLAUSES) <= set(LABELS)
    assert set(LASTING) <= set(CLAUSES)


def test_a_change_is_reported_with_its_scope_and_counts_from_that_moment() -> None:
    command = example("ReportChange")
    event = given().when(command, at="2026-03-19T16:30+08:00").only
    assert event == happened("change-reported")


def test_what_began_earlier_is_answered_by_any_assessment_since_that_day() -> None:
    event = given().when(example("ReportChange", starts="2026-03-10"), at=DAY).only
    assert event.since == "2026-03-09T16:00:00.000000Z"


def test_what_begins_later_is_answered_by_assessments_since_the_report() -> None:
    event = given().when(example("ReportChange", starts="2026-04-10"), at="2026-03-20T08:00+08:00").only
    assert event.since == "2026-03-20T00:00:00.000000Z"


def test_a_code_is_taken_once() -> None:
    given(REPORTED).when(example("ReportChange"), at=DAY).then(AlreadyRegistered, code=CHANGE_CODE)


def test_a_change_does_not_end_before_it_begins() -> None:
    given().when(example("ReportChange", ends="2026-03-18"), at=DAY).then(EndsBeforeItBegins)


@pytest.mark.parametrize(
    ("scope", "refused", "values"),
    [
        ((), Incomplete, {}),
        ((ScopeEntry("unit", "U-NONE"),), UnknownThing, {"code": "U-NONE"}),
        ((ScopeEntry("risk", "R-NONE"),), UnknownThing, {"code": "R-NONE"}),
        ((ScopeEntry("post", "G-NONE"),), UnknownThing, {"code": "G-NONE"}),
        ((ScopeEntry("standard", "B-NONE"),), UnknownThing, {"code": "B-NONE"}),
        ((ScopeEntry("weather", "rain"),), Unfit, {"given": "rain"}),
        ((ScopeEntry("area", "3201x"),), Unfit, {"given": "3201x"}),
        ((ScopeEntry("accident_type", "bad-luck"),), Unfit, {"given": "bad-luck"}),
        ((ScopeEntry("equipment"),), Incomplete, {}),
        ((ScopeEntry("everything", "all"),), Unfit, {"given": "all"}),
        ((ScopeEntry("unit", "U-TS"), ScopeEntry("unit", "U-TS")), AlreadySo, {}),
    ],
)
def test_a_scope_of_what_is_not_there_is_refused(
    scope: tuple[ScopeEntry, ...], refused: Any, values: dict[str, object]
) -> None:
    given().when(example("ReportChange", scope=scope), at=DAY).then(refused, **values)


def test_a_scope_names_units_risks_standards_weather_areas_accident_types_or_everything() -> None:
    scope = tuple(
        ScopeEntry(*one)
        for one in (
            ("unit", "U-TS"),
            ("risk", "R-0001"),
            ("standard", "GB-1"),
            ("weather", "rainstorm"),
            ("area", "3201"),
            ("accident_type", "机械伤害"),
            ("material", "ZY-1"),
            ("everything",),
        )
    )
    document = happened("document-registered", document="GB-1", kind="standard")
    base = given().knowing(DOCUMENT, BODY, "GB-1", holds=[document])
    event = base.when(example("ReportChange", scope=scope), at=DAY).only
    assert event.scope[-1] == ScopeRow("everything", "")
    assert list(dict.fromkeys(one.kind for one in event.scope)) == [one.kind for one in scope]


@pytest.mark.clause("YT-24", "NJ-072")
@pytest.mark.parametrize(
    ("day", "named", "recorded"),
    [
        ("2026-03-20", "机械伤害", ["机械伤害", "机械致害"]),
        ("2026-11-20", "machinery", ["机械致害", "机械伤害"]),
        ("2026-11-20", "机械伤害", ["机械伤害", "机械致害"]),
        ("2026-11-20", "中毒", ["中毒", "中毒和窒息"]),
        ("2026-11-20", "火灾", ["火灾"]),
    ],
)
def test_an_accident_type_reaches_the_risks_of_every_edition_of_the_list(
    day: str, named: str, recorded: list[str]
) -> None:
    """Since 2026-07-01 the list has other names; risks keep those under which they were identified."""
    command = example("ReportChange", scope=(ScopeEntry("accident_type", named),), starts=day)
    event = given().when(command, at=day).only
    assert [one.code for one in event.scope] == recorded
    again = tuple(ScopeEntry("accident_type", one.code) for one in event.scope)  # as a restart reports it
    later = given().when(example("ReportChange", scope=again, starts=day), at="2026-11-20").only
    assert set(event.scope) <= set(later.scope)


# --- resolving


def test_the_first_resolution_holds_every_risk_with_its_paths_and_says_who_owes_it_at_once() -> None:
    command = example("ResolveChange")
    event = given(SERVICE).when(command, by="clock", at="2026-03-19").only
    assert event == happened("change-resolved")


@pytest.mark.rule("change-reassessment", "house-changes-2026")
def test_the_adopted_rule_says_how_many_days_and_who_owes_it() -> None:
    def due(kind: str, starts: str = "2026-03-19") -> tuple[str, str]:
        report = happened("change-reported", kind=kind, starts=starts)
        event = with_rule(given(report)).when(example("ResolveChange"), by="clock", at="2026-03-20").only
        assert event.citation.version == "house-changes-2026"
        return event.owed_by, event.due

    assert due("key_equipment") == ("safety_officer", "2026-03-30")
    assert due("own_accident") == ("safety_officer", "2026-03-23")
    assert due("extreme_weather") == ("safety_officer", "2026-03-21")
    assert due("restart", "2026-04-01") == ("safety_officer", "2026-04-02")
    assert due("holiday", "2026-04-01") == ("safety_officer", "2026-04-01"), "before it begins"
    assert due("holiday") == ("safety_officer", "2026-03-30"), "begun already"


def test_a_later_resolution_adds_only_what_is_new() -> None:
    command = example("ResolveChange", risks=reached("R-1", "R-2"))
    event = given(REPORTED, resolved("R-1")).when(command, by="clock", at=DAY).only
    assert (event.number, event.risks) == (2, reached("R-2"))
    again = example("ResolveChange", risks=reached("R-1"))
    given(REPORTED, resolved("R-1")).when(again, by="clock", at=DAY).then()


def test_nothing_is_added_to_what_is_over_or_closed() -> None:
    command = example("ResolveChange", risks=reached("R-2"))
    over = (SERVICE, resolved("R-1"), happened("change-ended"))
    given(*over).when(command, by="clock", at=DAY).then()
    given(REPORTED, happened("change-closed")).when(command, by="clock", at=DAY).then()


def test_what_was_over_before_anybody_looked_is_resolved_all_the_same() -> None:
    event = given(SERVICE, happened("change-ended")).when(
        example("ResolveChange", risks=reached("R-2")), by="clock", at=DAY
    )
    assert event.only.risks == reached("R-2")


def test_a_change_that_reached_nothing_waits_for_a_person() -> None:
    events = given(REPORTED).when(example("ResolveChange", risks=()), by="clock", at=DAY).events
    assert [event.KIND for event in events] == ["change-resolved.1"]


# --- settling and closing


def test_it_closes_itself_when_the_last_risk_is_settled() -> None:
    one = given(REPORTED, resolved("R-1", "R-2"))
    command = example("SettleChangedRisk", risk="R-1")
    one.when(command, by="clock", at=DAY).then(settled("R-1"))
    two = given(REPORTED, resolved("R-1", "R-2"), settled("R-1"))
    two.when(example("SettleChangedRisk", risk="R-2"), by="clock", at=DAY).then(
        settled("R-2"), ChangeClosed("", "", ())
    )
    two.when(command, by="clock", at=DAY).then()


def test_what_goes_on_stays_open_until_it_is_over() -> None:
    before = (SERVICE, resolved("R-1"), settled("R-1"))
    assert folded(CHANGE, before).step == "open"
    events = given(*before).when(example("EndChange"), at=DAY).events
    assert [type(one) for one in events] == [ChangeEnded, ChangeClosed]
    assert events[0].risks == ("R-1",)


def test_its_end_leaves_open_what_was_not_assessed() -> None:
    event = given(SERVICE, resolved("R-1")).when(example("EndChange"), at=DAY).only
    assert event.risks == ("R-1",)
    after = given(SERVICE, resolved("R-1"), event)
    after.when(example("EndChange"), at=DAY).then(OutOfTurn, step=Term("change_over"))
    given(SERVICE, happened("change-closed"), event).when(example("EndChange"), at=DAY).then(OutOfTurn)
    after.when(example("SettleChangedRisk", risk="R-1"), by="clock", at=DAY).then(
        settled("R-1"), ChangeClosed("", "", ())
    )


def test_what_somebody_closed_early_still_ends_so_that_what_hangs_on_it_ends_too() -> None:
    event = given(SERVICE, resolved("R-1"), happened("change-closed")).when(example("EndChange"), at=DAY).only
    assert event.risks == ("R-1",)
    assert folded(CHANGE, (SERVICE, happened("change-closed"), event)).step == "closed"


def test_one_with_a_stated_last_day_goes_on_until_its_end() -> None:
    stated = happened("change-reported", kind="project", ends="2026-06-30")
    assert folded(CHANGE, (stated, resolved("R-1"), settled("R-1"))).lasts


@pytest.mark.clause("YT-24")
def test_a_person_leaves_a_risk_out_with_a_reason_but_not_who_owes_its_assessment() -> None:
    before = given(REPORTED, resolved("R-1", "R-2"))
    command = example("ExcludeFromChange", risk="R-1")
    before.when(command, by="P-SAFETY", at=DAY).then(NotIndependent, person="P-SAFETY")
    before.when(command, by="P-PRINCIPAL", at=DAY).then(
        ExcludedFromChange("R-1", command.reason, "P-PRINCIPAL", True)
    )
    last = given(REPORTED, resolved("R-1"))
    last.when(command, by="P-PRINCIPAL", at=DAY).then(
        ExcludedFromChange("R-1", command.reason, "P-PRINCIPAL", True), ChangeClosed("", "", ())
    )


def test_what_is_left_out_is_not_left_out_twice_nor_what_is_unknown() -> None:
    out = ExcludedFromChange("R-1", "x", "P-PRINCIPAL", True)
    before = given(REPORTED, resolved("R-1", "R-2"), out)
    before.when(example("ExcludeFromChange", risk="R-1"), by="P-PRINCIPAL", at=DAY).then(
        OutOfTurn, step=Term("touched_excluded")
    )
    before.when(example("ExcludeFromChange", risk="R-9"), by="P-PRINCIPAL", at=DAY).then(
        UnknownThing, code="R-9"
    )
    given().when(example("ExcludeFromChange"), by="P-PRINCIPAL", at=DAY).then(UnknownThing, code=CHANGE_CODE)


def test_a_risk_may_be_left_out_before_the_paths_are_traced_and_stays_out() -> None:
    event = given(REPORTED).when(example("ExcludeFromChange"), by="P-SAFETY", at=DAY).only
    assert event.owed is False
    command = example("ResolveChange")
    added = given(REPORTED, event).when(command, by="clock", at=DAY).events
    assert added[0].risks == ()
    assert type(added[1]) is ChangeClosed


def test_a_person_closes_with_a_reason_what_is_left_but_not_who_owes_it() -> None:
    before = given(REPORTED, resolved("R-1"))
    before.when(example("CloseChange"), by="P-SAFETY", at=DAY).then(NotIndependent)
    event = before.when(example("CloseChange"), by="P-PRINCIPAL", at=DAY).only
    assert (event.closed_by, event.left) == ("P-PRINCIPAL", ("R-1",))
    given(REPORTED, event).when(example("CloseChange"), by="P-PRINCIPAL", at=DAY).then(OutOfTurn)


# --- measures by the result


@pytest.mark.clause("NJ-072")
@pytest.mark.rule("change-measures", "house-changes-2026")
def test_when_all_is_assessed_again_new_measures_are_owed_once_for_the_change() -> None:
    before = with_rule(given(REPORTED, resolved("R-1", "R-2"), settled("R-1")))
    command = example("SettleChangedRisk", risk="R-2", recorded_on="2026-03-25")
    *_, closed = before.when(command, by="clock", at=DAY).events
    assert (closed.measures_by, closed.measures_due) == ("safety_officer", "2026-04-04"), (
        "ten days from the day on which it was known, not from one that was said later to have been"
    )
    assert closed.citation.rule == "change-measures"
    [(duty, raised)] = reassessment_duty(recorded(closed))
    assert isinstance(raised, RaiseDuty)
    assert (duty, raised.subject_kind, raised.subject) == (measures_code(CHANGE_CODE), "change", CHANGE_CODE)
    assert (raised.rule, raised.due, raised.citation) == ("change-measures", "2026-04-04", closed.citation)


@pytest.mark.clause("NJ-072")
@pytest.mark.rule("change-measures", "house-changes-2026")
def test_just_the_kinds_of_the_nanjing_text_ask_for_new_measures() -> None:
    def asks(kind: str) -> bool:
        reported = happened("change-reported", kind=kind)
        before = with_rule(given(reported, resolved("R-1"), settled("R-1")))
        command = example("EndChange") if kind in LASTING else example("CloseChange")
        closed = before.when(command, by="P-PRINCIPAL", at=DAY).events[-1]
        return isinstance(closed, ChangeClosed) and closed.measures_due is not None

    named = {kind for kind, clauses in CLAUSES.items() if any(one.startswith("NJ-072") for one in clauses)}
    assert {kind for kind in CLAUSES if asks(kind)} == named


def test_nothing_is_owed_where_nothing_was_assessed_again_or_no_rule_is_adopted() -> None:
    command = example("ExcludeFromChange", risk="R-1")
    before = given(REPORTED, resolved("R-1"))
    *_, closed = with_rule(before).when(command, by="P-PRINCIPAL", at=DAY).events
    assert closed == ChangeClosed("", "", ())
    [closed] = with_rule(before).when(example("CloseChange"), by="P-PRINCIPAL", at=DAY).events
    assert closed.left == ("R-1",) and closed.measures_due is None
    *_, closed = before.when(example("SettleChangedRisk", risk="R-1"), by="clock", at=DAY).events
    assert closed == ChangeClosed("", "", ())
    assert reassessment_duty(recorded(closed)) == []


# --- an accident elsewhere


@pytest.mark.clause("YT-24")
def test_an_accident_elsewhere_only_proposes_and_a_person_takes_some_or_all() -> None:
    event = (
        given(ELSEWHERE).when(example("ResolveChange", risks=reached("R-1", "R-2")), by="clock", at=DAY).only
    )
    assert event.proposed
    assert reassessment_duty(recorded(event)) == []
    before = given(ELSEWHERE, event)
    one = before.when(example("TakeIntoChange", risks=("R-1",)), at=DAY).only
    assert one.risks == ("R-1",)
    [(duty, raised)] = reassessment_duty(recorded(one))
    assert isinstance(raised, RaiseDuty)
    assert (duty, raised.subject) == (reassessment_code(CHANGE_CODE, "R-1"), "R-1")
    rest = given(ELSEWHERE, event, one).when(example("TakeIntoChange", risks=()), at=DAY).only
    assert rest.risks == ("R-2",)
    given(ELSEWHERE, event, one, rest).when(example("TakeIntoChange", risks=()), at=DAY).then(NothingToDecide)


def test_a_proposal_is_turned_down_without_any_duty() -> None:
    event = happened("change-resolved", kind="sector_accident", proposed=True, risks=reached("R-1"))
    events = given(ELSEWHERE, event).when(example("ExcludeFromChange", risk="R-1"), at=DAY).events
    assert events == [
        ExcludedFromChange("R-1", events[0].reason, "P-SAFETY", False),
        ChangeClosed("", "", ()),
    ]
    assert reassessment_duty(recorded(events[0])) == []


def test_what_no_path_reached_is_taken_by_hand_if_it_is_in_use() -> None:
    before = given(REPORTED, resolved("R-1"))
    event = before.when(example("TakeIntoChange"), at=DAY).only
    assert event.risks == ("R-0001",)
    before.when(example("TakeIntoChange", risks=("R-NONE",)), at=DAY).then(UnknownThing, code="R-NONE")
    gone = before.knowing(RISK, BODY, "R-0001", holds=[happened("risk-identified"), happened("risk-retired")])
    gone.when(example("TakeIntoChange"), at=DAY).then(Retired, code="R-0001")
    before.when(example("TakeIntoChange", risks=("R-1",)), at=DAY).then(OutOfTurn, step=Term("touched_open"))


# --- what follows


def recorded(event: Any, stream: str = f"change/{BODY}/{CHANGE_CODE}") -> Record:
    return Record(
        200,
        stream,
        2,
        event.KIND,
        BODY,
        "clock",
        "clock",
        "2026-03-20T00:00:00.000000Z",
        "2026-03-20T00:00:01.000000Z",
        "an-id",
        event,
    )


@pytest.mark.clause("YT-24", "NJ-072")
def test_every_risk_reached_is_owed_a_new_assessment_once() -> None:
    event = happened("change-resolved", risks=reached("R-1", "R-2"))
    asked = reassessment_duty(recorded(event))
    assert [target for target, _ in asked] == [
        reassessment_code(CHANGE_CODE, "R-1"),
        reassessment_code(CHANGE_CODE, "R-2"),
    ]
    for _, one in asked:
        assert isinstance(one, RaiseDuty)
        assert (one.owed_as, one.owed_by, one.due) == ("role", "safety_officer", event.due)
        assert one.follows_record, "nobody answers it by a word"


def test_the_assessment_answers_the_duty_and_a_reason_drops_it() -> None:
    duty = reassessment_code(CHANGE_CODE, "R-0001")
    assert reassessment_duty(recorded(happened("change-risk-settled"))) == [
        (duty, AnswerDuty(BODY, duty, "P-EXPERT", "2026-03-20"))
    ]
    out = happened("change-risk-excluded")
    assert reassessment_duty(recorded(out)) == [(duty, DropDuty(BODY, duty, "P-PRINCIPAL", out.reason))]
    [(_, retired)] = reassessment_duty(recorded(happened("change-risk-settled", how="retired")))
    assert isinstance(retired, DropDuty)
    left = happened("change-closed", left=("R-0001",))
    assert reassessment_duty(recorded(left)) == [(duty, DropDuty(BODY, duty, "P-PRINCIPAL", left.reason))]


def test_a_dropped_duty_says_who_dropped_it_and_why_and_is_dropped_once() -> None:
    command = example("DropDuty")
    raised = happened("duty-raised", follows_record=True)
    event = given(raised).when(command, by="policy", at="2026-02-10").only
    assert isinstance(event, DutyWaived)
    assert (event.waived_by, event.reason) == ("P-PRINCIPAL", command.reason)
    given(raised, event).when(command, by="policy", at="2026-02-11").then()
    given().when(command, by="policy", at="2026-02-11").then(UnknownThing)


@pytest.mark.clause("NJ-072")
def test_the_end_of_an_overhaul_is_a_restart_with_the_same_scope() -> None:
    event = happened("change-ended", kind="overhaul")
    [(target, command)] = restart(recorded(event))
    assert isinstance(command, ReportChange)
    assert (target, command.kind, command.starts) == (restart_code(CHANGE_CODE), "restart", "2026-03-19")
    assert command.scope == (ScopeEntry("equipment", "TS-ZD-01"),)
    assert restart(recorded(happened("change-ended"))) == [], "a service without a stop is none"


@pytest.mark.clause("NJ-072")
def test_the_release_of_a_stop_is_a_restart_of_its_unit() -> None:
    event = happened("stop-released")
    [(_, command)] = restart(recorded(event, f"stop/{BODY}/U-TS"))
    assert isinstance(command, ReportChange)
    assert (command.kind, command.scope) == ("restart", (ScopeEntry("unit", "U-TS"),))
    assert command.cause == f"stop:U-TS.{event.stop}"
    given().when(command, by="policy", at="2026-03-21").accepted()


def test_codes_stay_codes_however_long_their_parts() -> None:
    for code in (reassessment_code("B" * 64, "R" * 64), restart_code("B" * 64, 12)):
        assert len(code) <= 64
    assert reassessment_code("B" * 64, "R" * 63) != reassessment_code("B" * 64, "R" * 64)


def test_the_taken_are_listed_once_even_if_named_twice() -> None:
    event = (
        given(REPORTED, resolved("R-1"))
        .when(example("TakeIntoChange", risks=("R-0001", "R-0001")), at=DAY)
        .only
    )
    assert isinstance(event, RisksTaken)
    assert event.risks == ("R-0001",)
