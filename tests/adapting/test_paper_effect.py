"""A month tells what came of the measures: where they were confirmed and not, what failed, who did it, what is open."""

from __future__ import annotations

import pytest

from domain.confirmations import ConfirmPosts, PostEntry
from domain.duties import RaiseDuty
from domain.hazard_finding import RegisterHazard
from domain.hazard_grading import EvaluateHazard
from domain.hazard_plan import PlanRectification
from domain.hazard_verification import CompleteRectification
from domain.language import Day
from domain.monitoring import CloseMonitoring, DeclareMonitoring
from domain.monitoring_limits import DefineParameter
from domain.monitoring_readings import RecordReading
from domain.risk_assessment import AssessRisk
from domain.risk_identity import IdentifyRisk
from domain.rule_adoption import AdoptRulePack
from domain.units import RegisterUnit
from tests.adapting.paper_plant import BODY, CHECKER, PaperPlant
from tests.projecting.plant import ANSWERS, FOUNDER, LEAD, WORKER

WORDS = ("2101", "GB/T 13861-2022", ("高处坠落",), "worn rope", "cage falls", "passengers")


def unloading() -> PaperPlant:
    """A major risk at an activity, where no unit is a post."""
    plant = PaperPlant().settle().on("2024-02-10")
    plant.give(CHECKER, RegisterUnit(BODY, "U-2-1", "装卸作业", "activity", "U-2"))
    plant.give(LEAD, IdentifyRisk(BODY, "R-1", "U-2-1", "坠落", *WORDS))
    plant.give(LEAD, AssessRisk(BODY, "R-1", "lec", {"L": "3", "E": "6", "C": "40"}))
    return plant


def confirm(plant: PaperPlant, day: Day) -> int:
    plant.on(day, 7)
    posts = (PostEntry("U-2-1", WORKER),)
    given = ConfirmPosts(BODY, "BZ-1", day, "早班", plant.head(), "注意站位", posts)
    return plant.give(ANSWERS, given).records[0].position


@pytest.mark.clause("YT-16c", "NJ-047")
def test_an_activity_is_a_place_of_confirmation_with_days_made_and_missed_and_who_did_it() -> None:
    plant = unloading()
    said = [confirm(plant, day) for day in ("2024-03-04", "2024-03-05", "2024-03-20")]
    [risk] = plant.on("2024-04-02").compiled()[0].report.risks
    assert (risk.effect.posts, risk.effect.confirmations.value) == (1, 3)
    assert risk.effect.post_days_without.value == 28
    [did] = risk.done
    assert (did.kind, did.person, did.first, did.last) == (
        "post_confirmation",
        WORKER,
        "2024-03-04",
        "2024-03-20",
    )
    assert did.times.records == tuple(said)


@pytest.mark.clause("YT-16c", "NJ-071")
def test_a_measure_that_a_hazard_names_as_failed_is_counted_in_its_month() -> None:
    plant = unloading()
    plant.control("R-1", "C-1", 1, body=BODY)
    plant.on("2024-03-08")
    plant.give(WORKER, RegisterHazard(BODY, "YH-1", "U-2-1", "护栏松动", "松动", risk="R-1", control="C-1"))
    plant.react()
    [noted] = [one.position for one in plant.records() if one.kind == "control-failed.1"]
    [risk] = plant.on("2024-04-02").compiled()[0].report.risks
    assert (risk.effect.failures.value, risk.effect.failures.records) == (1, (noted,))
    [april] = plant.on("2024-05-02").compiled(period="2024-04")[0].report.risks
    assert april.effect.failures.value == 0


@pytest.mark.clause("NJ-060")
def test_what_is_not_settled_holds_the_monthly_checks_and_says_how_much_else_is_open() -> None:
    plant = unloading().on("2024-03-01")
    tier, rule, last = "team_lead", "measures-check", "2024-03-31"
    check = RaiseDuty(BODY, f"{rule}.{tier}.2024-03", rule, "tier", tier, tier, last, owed_as="role")
    other = RaiseDuty(BODY, "law-review.YT-01.2024-03", "law-review", "body", BODY, CHECKER, "2024-03-20")
    for duty in (check, other):
        plant.give("clock", duty, plant.now, "clock")
    report = plant.on("2024-04-02").compiled()[0].report
    assert [one.code for one in report.open] == ["measures-check.team_lead.2024-03"]
    assert (report.totals.others_open.value, report.totals.others_overdue.value) == (1, 1)
    page = plant.compiled()[0].html["zh"].decode()
    assert "措施逐月检查" in page
    assert "其中逾期：" in page


@pytest.mark.clause("YT-16c")
def test_what_monitoring_said_is_counted_and_only_what_nobody_monitors_is_missing() -> None:
    plant = unloading()
    missing = {one.what for one in plant.on("2024-03-02").compiled()[0].report.missing}
    assert "monitoring_readings" in missing
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.give(CHECKER, DeclareMonitoring(BODY, "R-1", "irreducible", "the ropes cannot be doubled"))
    plant.give(CHECKER, DefineParameter(BODY, "R-1", "T", "tension", "kN", "manual", "80", "100"))
    plant.react()
    read = []
    for day, value in (("2024-03-05", "50"), ("2024-03-06", "90"), ("2024-04-02", "50")):
        given = plant.on(day).give(CHECKER, RecordReading(BODY, "R-1", {"T": value}))
        read.append(given.records[0].position)
    report = plant.on("2024-04-03").compiled()[0].report
    told = report.risks[0].effect
    assert (told.readings.value, told.readings.records) == (2, tuple(read[:2]))
    assert (told.warnings.value, told.warnings.records) == (1, (read[1],))
    assert told.readings_missed.value == len(told.readings_missed.records)
    assert "monitoring_readings" not in {one.what for one in report.missing}


@pytest.mark.clause("YT-16c")
def test_what_was_read_before_monitoring_ended_and_began_anew_is_counted_in_its_month() -> None:
    """The record of the monitoring then says only since when it was declared again."""
    plant = unloading().on("2024-03-02")
    plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
    plant.give(CHECKER, DeclareMonitoring(BODY, "R-1", "irreducible", "the ropes cannot be doubled"))
    plant.give(CHECKER, DefineParameter(BODY, "R-1", "T", "tension", "kN", "manual", "80", "100"))
    given = plant.on("2024-03-05").give(CHECKER, RecordReading(BODY, "R-1", {"T": "90"}))
    closing = CloseMonitoring(BODY, "R-1", CHECKER, "the ropes were changed")
    plant.on("2024-03-20").give("policy", closing, plant.now, "policy")
    plant.on("2024-04-10").give(CHECKER, DeclareMonitoring(BODY, "R-1", "irreducible", "worn again"))
    told = plant.on("2024-05-02").compiled(period="2024-03")[0].report.risks[0].effect
    read = given.records[0].position
    assert (told.readings.records, told.warnings.records) == ((read,), (read,))
    february = plant.compiled(period="2024-02")[0].report
    assert february.risks[0].effect.readings.value is None


def test_a_hazard_that_was_late_names_the_day_on_which_it_was_rectified() -> None:
    plant = unloading()
    plant.on("2024-03-04")
    plant.give(WORKER, RegisterHazard(BODY, "YH-1", "U-2-1", "护栏松动", "松动", risk="R-1"))
    plant.give(CHECKER, EvaluateHazard(BODY, "YH-1", "general", "可继续使用"))
    plant.give(LEAD, PlanRectification(BODY, "YH-1", ANSWERS, "加固", "500", "停用", "2024-03-10"))
    plant.react()
    plant.on("2024-03-14").give(ANSWERS, CompleteRectification(BODY, "YH-1", "已加固"))
    plant.react()
    [late] = [one for one in plant.on("2024-04-02").compiled()[0].report.late if one.kind == "hazard"]
    assert (late.due, late.done, late.days_late, late.days_late_recorded) == (
        "2024-03-10",
        "2024-03-14",
        4,
        4,
    )
