"""What a body owes: the quarterly list and the monthly report, from the first day to the last, once per period."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rules import load_rulebook, rule_files, rulebook_of
from domain.language import day_after, is_code
from domain.obligation_facts import BodyFacts, Done, Highest, Led, Reclassified
from domain.obligations import Owed, duty_code, owed
from domain.rule_adoption import Adopted
from domain.rule_calendar import shipped_calendar
from domain.rulebook import Rulebook

RULES = load_rulebook()
CALENDAR = shipped_calendar(RULES)
NOTHING = Adopted()
YANTIAN = Adopted((("yantian-2021", "1", "2026-01-01"),))


def body(**changes: Any) -> BodyFacts:
    plain: dict[str, Any] = {
        "body": "YT-E01",
        "kind": "enterprise",
        "area": "440308",
        "sector": "warehouse",
        "classes": (),
        "registered": "2022-01-01",
    }
    return BodyFacts(**{**plain, **changes})


def asked(
    facts: BodyFacts, rule: str, since: str, until: str, adopted: Adopted = NOTHING, rules: Rulebook = RULES
) -> list[Owed]:
    return [one for one in owed(facts, rules, adopted, CALENDAR, since, until) if one.rule == rule]


def spans(found: list[Owed]) -> list[tuple[str, str, str]]:
    return [(one.period, one.begins, one.due) for one in found]


# --- the quarterly list


@pytest.mark.rule("risk-list-report")
@pytest.mark.clause("YT-16a")
def test_the_risk_list_is_owed_once_in_every_quarter() -> None:
    assert spans(asked(body(), "risk-list-report", "2022-01-01", "2023-01-01")) == [
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022-Q2", "2022-04-01", "2022-06-30"),
        ("2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
    ]


def test_a_body_registered_within_a_quarter_owes_its_list_from_that_day() -> None:
    found = asked(body(registered="2022-02-15"), "risk-list-report", "2022-01-01", "2022-04-01")
    assert spans(found) == [("2022-Q1", "2022-02-15", "2022-03-31")]


@pytest.mark.clause("YT-45")
def test_the_law_asks_for_nothing_that_would_fall_due_after_its_last_day() -> None:
    found = asked(body(), "risk-list-report", "2024-01-01", "2026-01-01")
    assert [one.period for one in found] == ["2024-Q1", "2024-Q2", "2024-Q3"]
    assert {one.citation.standing for one in found} == {"in force"}


@pytest.mark.clause("YT-45")
def test_an_expired_text_asks_again_where_it_was_adopted_and_says_so() -> None:
    found = asked(body(), "risk-list-report", "2025-01-01", "2026-07-01", YANTIAN)
    assert spans(found) == [("2026-Q1", "2026-01-01", "2026-03-31"), ("2026-Q2", "2026-04-01", "2026-06-30")]
    assert {one.citation.standing for one in found} == {"adopted; expired 2024-10-31"}


def test_adopted_within_a_quarter_the_list_is_owed_from_that_day() -> None:
    adopted = Adopted((("yantian-2021", "1", "2026-05-20"),))
    found = asked(body(), "risk-list-report", "2026-01-01", "2026-07-01", adopted)
    assert spans(found) == [("2026-Q2", "2026-05-20", "2026-06-30")]


def test_a_body_elsewhere_owes_nothing_by_the_text_of_another_place() -> None:
    assert owed(body(area="110101"), RULES, NOTHING, CALENDAR, "2022-01-01", "2026-01-01") == []


@pytest.mark.clause("YT-43")
def test_a_public_place_owes_the_same_reports_as_an_enterprise() -> None:
    place = body(kind="public_place", highest=(Highest("2022-01-01", "major"),))
    assert asked(place, "risk-list-report", "2022-01-01", "2022-04-01")
    assert asked(place, "major-risk-report", "2022-01-01", "2022-02-01")


# --- the monthly report on major risks


@pytest.mark.rule("major-risk-report")
@pytest.mark.clause("YT-16c")
def test_the_report_is_owed_for_every_month_with_a_major_risk_and_for_no_other() -> None:
    facts = body(highest=(Highest("2022-02-10", "major"), Highest("2022-04-15", "larger")))
    assert spans(asked(facts, "major-risk-report", "2022-01-01", "2023-01-01")) == [
        ("2022-02", "2022-02-10", "2022-02-28"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2022-04", "2022-04-01", "2022-04-30"),
    ]


@pytest.mark.clause("YT-16c")
def test_lowered_on_the_first_day_of_a_month_the_report_ends_with_the_month_before() -> None:
    facts = body(highest=(Highest("2022-02-10", "major"), Highest("2022-04-01", "larger")))
    found = asked(facts, "major-risk-report", "2022-01-01", "2023-01-01")
    assert [one.period for one in found] == ["2022-02", "2022-03"]


def test_a_body_without_any_risk_owes_no_report_on_major_risks() -> None:
    assert asked(body(), "major-risk-report", "2022-01-01", "2023-01-01") == []


# --- the monthly check and the assessments


@pytest.mark.rule("measures-check")
@pytest.mark.clause("NJ-060")
def test_every_tier_owes_its_own_monthly_check() -> None:
    pilot = body(area="320113", registered="2018-04-01")
    found = asked(pilot, "measures-check", "2018-04-01", "2018-05-01")
    assert [(one.subject_kind, one.subject, one.owed_by) for one in found] == [
        ("tier", "principal", "principal"),
        ("tier", "team_lead", "team_lead"),
        ("tier", "workshop_lead", "workshop_lead"),
    ]
    assert len({one.duty for one in found}) == 3


@pytest.mark.clause("NJ-060")
def test_where_the_leaders_are_known_each_of_them_checks_by_themselves() -> None:
    led = (Led("team_lead", "p-a", "2018-04-01"), Led("team_lead", "p-b", "2018-04-01"))
    pilot = body(area="320113", registered="2018-04-01", led=led)
    found = asked(pilot, "measures-check", "2018-04-01", "2018-05-01")
    assert [(one.subject_kind, one.subject, one.owed_by) for one in found] == [
        ("person", "p-a", "p-a"),
        ("person", "p-b", "p-b"),
        ("tier", "principal", "principal"),
        ("tier", "workshop_lead", "workshop_lead"),
    ]


def checks(*led: Led) -> list[tuple[str, str, str]]:
    """Subject, period and first day of what the team leaders owe from April to June."""
    pilot = body(area="320113", registered="2018-04-01", led=led)
    found = asked(pilot, "measures-check", "2018-04-01", "2018-07-01")
    return [(one.subject, one.period, one.begins) for one in found if one.subject not in OTHER_TIERS]


OTHER_TIERS = ("principal", "workshop_lead")


@pytest.mark.clause("NJ-060")
def test_who_takes_a_team_over_in_mid_month_owes_the_rest_of_it_and_who_gave_it_up_owes_it_no_more() -> None:
    found = checks(Led("team_lead", "p-a", "2018-04-01", "2018-05-10"), Led("team_lead", "p-b", "2018-05-10"))
    assert found == [
        ("p-a", "2018-04", "2018-04-01"),
        ("p-b", "2018-05", "2018-05-10"),
        ("p-b", "2018-06", "2018-06-01"),
    ]


@pytest.mark.clause("NJ-060")
def test_a_month_on_whose_first_day_no_team_had_a_leader_is_the_tiers() -> None:
    assert checks(Led("team_lead", "p-a", "2018-05-10")) == [
        ("team_lead", "2018-04", "2018-04-01"),
        ("team_lead", "2018-05", "2018-05-01"),
        ("p-a", "2018-06", "2018-06-01"),
    ]


def test_who_leads_a_workshop_and_a_team_checks_once_a_month() -> None:
    both = (Led("team_lead", "p-a", "2018-04-01"), Led("workshop_lead", "p-a", "2018-04-01"))
    pilot = body(area="320113", registered="2018-04-01", led=both)
    found = asked(pilot, "measures-check", "2018-04-01", "2018-05-01")
    assert [one.subject for one in found] == ["p-a", "principal"]


@pytest.mark.rule("assessment-period")
@pytest.mark.clause("YT-17a", "YT-17b")
@pytest.mark.parametrize(("classes", "due"), [(("metal_smelting",), "2024-01-01"), ((), "2025-01-01")])
def test_the_class_decides_after_how_many_years_risks_are_assessed_anew(
    classes: tuple[str, ...], due: str
) -> None:
    adopted = Adopted((("yantian-2021", "1", "2022-01-01"),))
    found = asked(body(classes=classes), "assessment-period", "2022-01-01", "2022-02-01", adopted)
    assert spans(found) == [("2022-01-01", "2022-01-01", due)]


@pytest.mark.clause("YT-17a")
def test_the_next_assessment_is_counted_from_the_last_one() -> None:
    facts = body(
        classes=("metal_smelting",),
        done=(Done("assessment-period", "YT-E01", "2023-05-31T18:00:00.000000Z"),),  # 1 June in China
    )
    adopted = Adopted((("yantian-2021", "1", "2022-01-01"),))
    assert spans(asked(facts, "assessment-period", "2022-01-01", "2026-01-01", adopted)) == [
        ("2022-01-01", "2022-01-01", "2024-01-01"),
        ("2023-06-01", "2023-06-01", "2025-06-01"),
    ]


def test_a_body_that_becomes_high_risk_is_assessed_after_two_years_instead_of_three() -> None:
    facts = body(reclassified=(Reclassified("2023-07-01", "warehouse", ("metal_smelting",)),))
    adopted = Adopted((("yantian-2021", "1", "2022-01-01"),))
    found = asked(facts, "assessment-period", "2022-01-01", "2026-01-01", adopted)
    assert spans(found) == [("2022-01-01", "2022-01-01", "2024-01-01")]


def test_a_body_that_becomes_high_risk_too_late_is_due_on_that_day() -> None:
    facts = body(reclassified=(Reclassified("2024-06-01", "warehouse", ("metal_smelting",)),))
    adopted = Adopted((("yantian-2021", "1", "2022-01-01"),))
    found = asked(facts, "assessment-period", "2022-01-01", "2026-01-01", adopted)
    assert spans(found) == [("2022-01-01", "2022-01-01", "2024-06-01")]


@pytest.mark.clause("YT-17c")
def test_the_period_of_a_sectors_standard_takes_the_place_of_the_general_one() -> None:
    parsed = {**rule_files()}
    general = parsed["assessment-period"]
    own = {
        **general["version"][0],
        "version": "sector-1",
        "source": "sector",
        "who": ["sector_warehouse"],
        "value": {"period": "P1Y", "counted": "rolling", "rest_day": "keep"},
    }
    parsed["assessment-period"] = {**general, "version": [*general["version"], own]}
    found = asked(body(), "assessment-period", "2022-01-01", "2022-02-01", rules=rulebook_of(parsed))
    assert spans(found) == [("2022-01-01", "2022-01-01", "2023-01-01")]
    assert found[0].citation.source == "sector"


# --- rest days, reminders, identity


def with_value(rule: str, **changes: Any) -> Rulebook:
    """The shipped rules with another value in every version of one rule."""
    parsed = {**rule_files()}
    versions = [{**one, "value": {**one["value"], **changes}} for one in parsed[rule]["version"]]
    parsed[rule] = {**parsed[rule], "version": versions}
    return rulebook_of(parsed)


@pytest.mark.parametrize(
    ("rest_day", "due"),
    [("keep", "2026-05-31"), ("next_working", "2026-06-01"), ("previous_working", "2026-05-29")],
)
def test_what_becomes_of_a_last_day_that_is_a_rest_day_is_part_of_the_rule(rest_day: str, due: str) -> None:
    facts = body(highest=(Highest("2022-01-01", "major"),))
    rules = with_value("major-risk-report", rest_day=rest_day)
    found = asked(facts, "major-risk-report", "2026-05-01", "2026-06-01", YANTIAN, rules)
    assert [(one.due, one.provisional) for one in found] == [(due, False)]


@pytest.mark.rule("duty-reminders")
def test_a_due_day_is_provisional_only_where_it_depends_on_a_year_not_published() -> None:
    kept = asked(body(), "risk-list-report", "2027-01-01", "2027-04-01", YANTIAN)
    moved = asked(
        body(),
        "risk-list-report",
        "2027-01-01",
        "2027-04-01",
        YANTIAN,
        with_value("risk-list-report", rest_day="next_working"),
    )
    assert [(one.due, one.provisional) for one in (*kept, *moved)] == [
        ("2027-03-31", False),
        ("2027-03-31", True),
    ]


def test_reminders_lie_before_the_last_day_where_the_body_adopted_the_rule_on_them() -> None:
    both = Adopted((*YANTIAN.packs, ("house-duties-2026", "1", "2026-01-01")))
    found = asked(body(), "risk-list-report", "2026-01-01", "2026-04-01", both)
    assert [one.remind for one in found] == [("2026-03-24", "2026-03-30")]
    assert [one.remind for one in asked(body(), "risk-list-report", "2026-01-01", "2026-04-01", YANTIAN)] == [
        ()
    ]


def test_no_reminder_lies_before_the_duty_itself() -> None:
    both = Adopted((("yantian-2021", "1", "2026-03-28"), ("house-duties-2026", "1", "2026-01-01")))
    found = asked(body(), "risk-list-report", "2026-01-01", "2026-04-01", both)
    assert [(one.begins, one.remind) for one in found] == [("2026-03-28", ("2026-03-30",))]


CODES = st.text("abcXYZ019-_.双控", min_size=1, max_size=64).filter(is_code)


@given(CODES, CODES)
def test_a_duty_has_one_code_that_is_a_code(subject: str, other: str) -> None:
    rule = "risk-list-update-notice"
    mine, theirs = duty_code(rule, subject, "2026-Q1"), duty_code(rule, other, "2026-Q1")
    assert is_code(mine)
    assert (mine == theirs) == (subject == other)
    assert duty_code(rule, subject, "2026-Q1") == mine


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.sampled_from([NOTHING, YANTIAN]))
def test_asked_in_pieces_each_duty_is_named_once_and_none_is_lost(steps: list[int], adopted: Adopted) -> None:
    facts = body(
        highest=(Highest("2022-03-05", "major"), Highest("2024-02-29", ""), Highest("2026-06-30", "major")),
        done=(Done("assessment-period", "YT-E01", "2023-06-01T00:00:00.000000Z"),),
    )
    day, pieces = "2022-01-01", []
    for step in steps:
        pieces += owed(facts, RULES, adopted, CALENDAR, day, day_after(day, step))
        day = day_after(day, step)
    assert pieces == owed(facts, RULES, adopted, CALENDAR, "2022-01-01", day)
    assert len({one.duty for one in pieces}) == len(pieces)


# --- authorities and sub-districts


def charge(code: str, *levels: Highest, registered: str = "2022-01-01") -> BodyFacts:
    return body(body=code, highest=levels, registered=registered)


def office(kind: str = "sub_district", area: str = "440308001", **changes: Any) -> BodyFacts:
    return body(body="YT-S01", kind=kind, area=area, **changes)


IN_CHARGE = (
    charge("YT-E01", Highest("2022-02-01", "major"), Highest("2022-09-01", "larger")),
    charge("YT-E02", Highest("2022-02-01", "larger")),
    charge("YT-E03", Highest("2022-02-01", "general")),
)


@pytest.mark.rule("inspection-of-major-risk")
@pytest.mark.clause("YT-35a", "YT-36")
@pytest.mark.parametrize("kind", ["authority", "district_bureau", "sub_district"])
def test_a_unit_with_a_major_risk_is_inspected_in_every_half_year_by_each_authority(kind: str) -> None:
    found = asked(office(kind, charges=IN_CHARGE), "inspection-of-major-risk", "2022-01-01", "2023-01-01")
    assert [(one.subject, *period) for one, period in zip(found, spans(found), strict=True)] == [
        ("YT-E01", "2022-H1", "2022-02-01", "2022-06-30"),
        ("YT-E01", "2022-H2", "2022-07-01", "2022-12-31"),
    ]
    assert {(one.body, one.subject_kind) for one in found} == {("YT-S01", "body")}


@pytest.mark.rule("inspection-of-larger-risk")
@pytest.mark.clause("YT-35b", "YT-36")
def test_a_unit_whose_highest_risk_is_larger_is_inspected_in_every_year() -> None:
    found = asked(office(charges=IN_CHARGE), "inspection-of-larger-risk", "2022-01-01", "2023-01-01")
    assert [(one.subject, one.begins, one.due) for one in found] == [
        ("YT-E02", "2022-02-01", "2022-12-31"),
        ("YT-E01", "2022-09-01", "2022-12-31"),
    ]


def test_a_unit_in_charge_is_inspected_no_earlier_than_it_was_registered() -> None:
    late = charge("YT-E09", Highest("2022-02-01", "major"), registered="2022-05-05")
    found = asked(office(charges=(late,)), "inspection-of-major-risk", "2022-01-01", "2022-07-01")
    assert [one.begins for one in found] == ["2022-05-05"]


def test_an_enterprise_inspects_nobody_though_others_stand_under_it() -> None:
    assert asked(body(charges=IN_CHARGE), "inspection-of-major-risk", "2022-01-01", "2023-01-01") == []


THREE_YEARS = Adopted((("yantian-2021", "1", "2024-11-01"),))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        pytest.param(
            "district_bureau",
            "regional-assessment",
            marks=(pytest.mark.rule("regional-assessment"), pytest.mark.clause("YT-09a")),
        ),
        pytest.param(
            "authority",
            "sector-assessment",
            marks=(pytest.mark.rule("sector-assessment"), pytest.mark.clause("YT-10b")),
        ),
        pytest.param(
            "sub_district",
            "sub-district-assessment",
            marks=(pytest.mark.rule("sub-district-assessment"), pytest.mark.clause("YT-13")),
        ),
    ],
)
def test_each_authority_assesses_its_own_field_every_three_years(kind: str, rule: str) -> None:
    facts = office(kind, done=(Done(rule, "YT-S01", "2023-04-01T00:00:00.000000Z"),))
    found = owed(facts, RULES, THREE_YEARS, CALENDAR, "2022-01-01", "2027-01-01")
    assert [(one.period, one.due) for one in found if one.rule == rule] == [
        ("2022-01-01", "2025-01-01"),
        ("2023-04-01", "2026-04-01"),
    ]
    fields = {"regional-assessment", "sector-assessment", "sub-district-assessment"}
    assert {one.rule for one in found} & fields == {rule}


@pytest.mark.rule("risk-point-update")
@pytest.mark.clause("YT-14c")
def test_a_sub_district_updates_its_risk_points_in_every_quarter() -> None:
    found = asked(office(), "risk-point-update", "2022-01-01", "2022-07-01")
    assert spans(found) == [("2022-Q1", "2022-01-01", "2022-03-31"), ("2022-Q2", "2022-04-01", "2022-06-30")]
    assert asked(body(), "risk-point-update", "2022-01-01", "2022-07-01") == []


@pytest.mark.rule("authority-appraisal")
@pytest.mark.clause("YT-34")
def test_the_bureau_appraises_the_authorities_once_a_year() -> None:
    found = asked(office("district_bureau"), "authority-appraisal", "2022-01-01", "2024-01-01")
    assert [one.due for one in found] == ["2022-12-31", "2023-12-31"]


# --- what the enterprise adopted for itself

HOUSE = Adopted((("house-duties-2026", "1", "2026-01-15"),))


@pytest.mark.parametrize(
    ("rule", "owner", "expected"),
    [
        pytest.param(
            "safety-training",
            "safety_officer",
            [("2026-01-10", "2026-01-15", "2027-01-10")],
            marks=(pytest.mark.rule("safety-training"), pytest.mark.clause("YT-15c")),
        ),
        pytest.param(
            "emergency-drill",
            "safety_officer",
            [("2026-01-10", "2026-01-15", "2026-07-10")],
            marks=pytest.mark.rule("emergency-drill"),
        ),
        pytest.param(
            "data-review",
            "safety_officer",
            [("2026-01-10", "2026-01-15", "2026-04-10")],
            marks=(pytest.mark.rule("data-review"), pytest.mark.clause("NJ-038")),
        ),
        pytest.param(
            "standards-review",
            "safety_officer",
            [("2026-01-10", "2026-01-15", "2027-01-10")],
            marks=(pytest.mark.rule("standards-review"), pytest.mark.clause("YT-42")),
        ),
        pytest.param(
            "performance-appraisal",
            "principal",
            [("2026", "2026-01-15", "2026-12-31")],
            marks=(pytest.mark.rule("performance-appraisal"), pytest.mark.clause("NJ-069")),
        ),
    ],
)
def test_what_no_text_numbers_is_owed_where_the_body_adopted_a_number(
    rule: str, owner: str, expected: list[tuple[str, str, str]]
) -> None:
    here = body(area="110101", registered="2026-01-10")
    found = asked(here, rule, "2026-01-01", "2027-01-01", HOUSE)
    assert spans(found) == expected
    assert {(one.owed_by, one.citation.standing) for one in found} == {(owner, "adopted; house rule")}
    assert asked(here, rule, "2026-01-01", "2027-01-01") == []
