"""Important holidays are reported so many days before, by the notice or provisionally; campaigns are changes too."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.rules import load_rulebook
from domain.campaigns import change_code
from domain.changes import EndChange, ReportChange
from domain.holidays import RULE, Noticed, change_of, holidays, to_report, touched, unknown_holidays
from domain.policies import POLICIES
from domain.records import Record
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    OutOfTurn,
    UnknownThing,
)
from domain.rule_calendar import shipped_calendar
from domain.working_days import Calendar
from tests.deciding.given import BODY, at, example, given, happened, on

RULES = load_rulebook()
VALUE: Any = RULES.wordings[RULE][0].value
SPRING = Noticed(2027, (("元旦", "2027-01-01", "2027-01-03"), ("春节", "2027-02-04", "2027-02-11")))
JOINED = Noticed(2027, (("国庆节、中秋节", "2027-09-30", "2027-10-07"),))
RISKS = [
    {"code": "R-1", "standing": "assessed", "level": "major", "focus": None},
    {"code": "R-2", "standing": "assessed", "level": "low", "focus": ["high_level"]},
    {"code": "R-3", "standing": "assessed", "level": "general", "focus": None},
    {"code": "R-4", "standing": "retired", "level": "major", "focus": None},
    {"code": "R-5", "standing": "assessed", "level": "larger", "focus": None},
]


def coming(since: str, until: str, *notices: Noticed) -> dict[str, tuple[str, str, str, bool]]:
    found = holidays(VALUE, notices, shipped_calendar(RULES), since, until)
    return {one.code: (one.first, one.last, one.report_on, one.provisional) for one in found}


# --- which days


@pytest.mark.rule("holiday-trigger")
@pytest.mark.clause("YT-24")
def test_the_days_off_of_the_notice_count_and_the_change_comes_seven_days_before() -> None:
    found = coming("2027-01-20", "2027-02-28", SPRING)
    assert found == {"2027-spring-festival": ("2027-02-04", "2027-02-11", "2027-01-28", False)}


@pytest.mark.clause("YT-24")
def test_without_a_notice_the_days_fixed_by_law_are_provisional() -> None:
    found = coming("2027-01-20", "2027-10-31")
    assert found == {
        "2027-spring-festival": ("2027-02-05", "2027-02-08", "2027-01-29", True),
        "2027-labour-day": ("2027-05-01", "2027-05-02", "2027-04-24", True),
        "2027-national-day": ("2027-10-01", "2027-10-03", "2027-09-24", True),
    }


def test_a_holiday_that_the_notice_joins_to_another_is_found_and_one_that_it_leaves_out_is_not() -> None:
    assert set(coming("2027-01-10", "2027-12-01", JOINED)) == {"2027-national-day"}
    assert coming("2027-09-01", "2027-09-30", JOINED)["2027-national-day"][:2] == ("2027-09-30", "2027-10-07")


def test_a_lunar_holiday_that_nobody_listed_is_not_guessed() -> None:
    assert "2031-spring-festival" not in coming("2031-01-01", "2031-03-31")
    assert "2031-new-year" in coming("2030-12-20", "2031-01-01")


def unknown(since: str, until: str, *notices: Noticed) -> list[tuple[str, bool, int | None]]:
    return [(one.code, one.noticed, one.listed) for one in unknown_holidays(VALUE, notices, since, until)]


@pytest.mark.clause("YT-24")
def test_a_holiday_of_which_no_day_is_known_is_named_and_why() -> None:
    assert unknown("2027-01-01", "2027-12-24", SPRING) == [
        ("2027-labour-day", True, None),
        ("2027-national-day", True, None),
    ]
    assert unknown("2028-01-01", "2030-12-24") == []
    assert unknown("2030-01-01", "2030-12-25") == [("2031-spring-festival", False, 2030)]
    assert [one[0] for one in unknown("2031-06-01", "2033-01-01")] == [
        f"{year}-spring-festival" for year in (2031, 2032, 2033)
    ]


def test_new_years_day_is_reported_in_the_year_before() -> None:
    assert coming("2026-12-20", "2026-12-31")["2027-new-year"][2] == "2026-12-25"


def test_every_expected_festival_is_four_days_of_its_year_in_order() -> None:
    [entry] = [one for one in VALUE["holidays"] if one["code"] == "spring-festival"]
    for first, last in entry["expected"]:
        assert first[:8] == last[:8] and int(last[8:]) - int(first[8:]) == 3
        assert "01-21" <= first[5:] <= "02-19", "the eve of a festival between 22 January and 20 February"


# --- what is touched, and when


def test_the_rule_names_risks_under_focus_control_and_of_the_two_highest_levels() -> None:
    assert touched(VALUE, RISKS) == ("R-1", "R-2", "R-5")
    assert touched({**VALUE, "scope": ["major"]}, RISKS) == ("R-1",)


def test_a_holiday_is_reported_from_its_day_on_until_it_is_over_and_once() -> None:
    found = holidays(VALUE, [SPRING], Calendar(), "2027-01-20", "2027-02-28")
    due = {
        day: [code for code, _ in to_report(found, day, {})]
        for day in ("2027-01-27", "2027-01-28", "2027-02-11", "2027-02-12")
    }
    change = "holiday-2027-spring-festival"
    assert due == {"2027-01-27": [], "2027-01-28": [change], "2027-02-11": [change], "2027-02-12": []}
    assert list(to_report(found, "2027-02-01", {change: ("2027-02-04", "2027-02-11")})) == []


def test_a_notice_that_changes_reported_days_is_reported_once_more() -> None:
    [one] = holidays(VALUE, [SPRING], Calendar(), "2027-02-01", "2027-02-03")
    before = {one.change: ("2027-02-05", "2027-02-08")}
    assert [code for code, _ in to_report([one], "2027-02-01", before)] == [one.settled_change]
    told = {**before, one.settled_change: ("2027-02-04", "2027-02-11")}
    assert list(to_report([one], "2027-02-01", told)) == []


def test_the_change_says_its_days_its_cause_and_that_they_are_provisional() -> None:
    [one] = holidays(VALUE, [], Calendar(), "2027-01-29", "2027-01-30")
    change = change_of(BODY, one.change, one, ("R-1",))
    assert (change.kind, change.starts, change.ends) == ("holiday", "2027-02-05", "2027-02-08")
    assert (change.cause, [entry.code for entry in change.scope]) == ("holiday:2027-spring-festival", ["R-1"])
    assert "provisional" in change.remark
    [known] = holidays(VALUE, [SPRING], Calendar(), "2027-01-29", "2027-01-30")
    assert change_of(BODY, known.change, known, ("R-1",)).remark == ""


# --- campaigns

ANNOUNCED = happened("campaign-announced")


@pytest.mark.clause("YT-24")
def test_a_campaign_is_announced_with_its_notice_and_its_scope() -> None:
    event = given().when(example("AnnounceCampaign"), at="2026-01-12").only
    assert (event.authority, event.number, event.starts, event.ends) == (
        ANNOUNCED.authority,
        ANNOUNCED.number,
        "2026-01-13",
        "2026-03-31",
    )


@pytest.mark.parametrize(
    ("changes", "refusal"), [({"scope": ()}, Incomplete), ({"ends": "2026-01-12"}, EndsBeforeItBegins)]
)
def test_a_campaign_that_cannot_be_is_refused(changes: dict[str, Any], refusal: Any) -> None:
    given().when(example("AnnounceCampaign", **changes), at="2026-01-12").then(refusal)


def test_a_campaign_is_announced_once_and_ended_while_it_goes_on() -> None:
    end = example("EndCampaign")
    given(ANNOUNCED).when(example("AnnounceCampaign")).then(AlreadyRegistered)
    given().when(end).then(UnknownThing)
    given(ANNOUNCED).when(end, at="2026-03-31").accepted()
    given(ANNOUNCED).when(end, at="2026-04-01").then(OutOfTurn)
    given(ANNOUNCED, happened("campaign-ended")).when(end).then(OutOfTurn)
    given(on("2026-01-20", ANNOUNCED)).when(end, at="2026-01-19").then(BeforePredecessor)


@pytest.mark.clause("YT-24")
def test_a_campaign_is_a_change_of_its_scope_and_ends_as_one() -> None:
    [policy] = [one for one in POLICIES if one.name == "campaign-change"]

    def reacted(event: Any) -> list[tuple[str, Any]]:
        moment = at("2026-01-12")
        stream = f"campaign/{BODY}/ZX-2026-01"
        return policy.react(
            Record(7, stream, 1, event.KIND, BODY, "P-SAFETY", "os-local", moment, moment, "x", event)
        )

    [(code, report)] = reacted(ANNOUNCED)
    assert (code, type(report), report.kind, report.cause) == (
        change_code("ZX-2026-01"),
        ReportChange,
        "campaign",
        "campaign:ZX-2026-01",
    )
    assert [(one.kind, one.code) for one in report.scope] == [("sector", "hoisting-campaign")]
    [(_, end)] = reacted(happened("campaign-ended"))
    assert isinstance(end, EndChange) and end.change == code
