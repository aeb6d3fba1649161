"""The two authorities of the story, a sub-district and a department, and what the rules of Yantian make them owe.

Both are invented; they took the expired rules as their own. They inspect, draw, assess the sector and circulate the
result; one half-year's inspection comes late, one drawn enterprise is still waited for.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.enterprises import OFFICE
from adapters.demo.parts_works import WORKS
from adapters.demo.plant import PLANT
from adapters.demo.steps import Line, T, says

STREET, DEPARTMENT = "GC-JD", "GC-GX"
AREA = "320118"
STREET_HEAD, STREET_SAFETY, STREET_INSPECTOR = "JD-01", "JD-02", "JD-03"
DEPARTMENT_HEAD, DEPARTMENT_INSPECTOR = "GX-01", "GX-02"
BODIES: tuple[tuple[str, str, T], ...] = (
    (STREET, "sub_district", T("高淳区某街道办事处（虚构）", "a sub-district office in Gaochun (invented)")),
    (DEPARTMENT, "authority", T("高淳区某行业主管部门（虚构）", "a sector department in Gaochun (invented)")),
)
PEOPLE: tuple[tuple[str, str, str, T], ...] = (
    (STREET, STREET_HEAD, "principal", T("沈街", "Shen Jie")),
    (STREET, STREET_SAFETY, "safety_officer", T("韩道", "Han Dao")),
    (STREET, STREET_INSPECTOR, "authority_inspector", T("杨查", "Yang Cha")),
    (DEPARTMENT, DEPARTMENT_HEAD, "principal", T("朱部", "Zhu Bu")),
    (DEPARTMENT, DEPARTMENT_INSPECTOR, "safety_officer", T("秦门", "Qin Men")),
)
NAMES: dict[str, T] = {person: name for _, person, _, name in PEOPLE}
DRAW = "CC-2026-1"
POOL = ("NJ-G62", "NJ-G63", "NJ-G65", "NJ-G67", "NJ-G68")
DRAWN = "NJ-G63"
"""One of the two that list and figure draw."""
INSPECTED = T("现场检查并出具检查记录", "inspected on site, with a record")
POINTS = T("风险点数据已核对并报区局", "risk points checked and reported to the district bureau")
DONE: tuple[tuple[str, str, str, T], ...] = (
    # body, the duty's code without what the draw decides, when it was done, what was done
    (STREET, f"inspection-of-major-risk.{PLANT}.2026-H1", "2026-05-19", INSPECTED),
    (STREET, f"inspection-of-major-risk.{PLANT}.2026-H2", "2026-09-16", INSPECTED),
    (STREET, f"inspection-of-major-risk.{WORKS}.2026-H2", "2026-09-02", INSPECTED),
    (STREET, f"drawn-inspection.{DRAWN}.{DRAW}", "2026-09-09", INSPECTED),
    (STREET, "risk-point-update.GC-JD.2026-Q1", "2026-03-30", POINTS),
    (STREET, "risk-point-update.GC-JD.2026-Q2", "2026-06-29", POINTS),
    (STREET, "risk-point-update.GC-JD.2026-Q3", "2026-10-12", POINTS),
    (DEPARTMENT, f"inspection-of-major-risk.{PLANT}.2026-H1", "2026-07-08", INSPECTED),
    (DEPARTMENT, f"inspection-of-major-risk.{WORKS}.2026-H2", "2026-10-20", INSPECTED),
)
"""The sub-district's third update and the department's first inspection come late."""

REVIEWED = T("数据已核对", "the data were gone through")
OWN: tuple[tuple[str, str, T], ...] = (
    ("data-review.GC-JD.2026-03-02", "2026-05-28", REVIEWED),
    ("data-review.GC-JD.2026-05-28", "2026-08-25", REVIEWED),
    (
        "law-review.accident-types.2026-07-01",
        "2026-07-28",
        T("新旧事故类型已对照", "old and new accident types compared"),
    ),
    ("emergency-drill.GC-JD.2026-03-02", "2026-08-28", T("街道演练完成", "the sub-district held its drill")),
)


def lines() -> Iterator[Line]:
    """From registration in March to the last inspection."""
    for minute, (body, kind, name) in enumerate(BODIES):
        yield says(
            body,
            "RegisterBody",
            OFFICE,
            f"2026-03-02T14:{minute:02}",
            name=name,
            kind=kind,
            area=AREA,
            sector="industry_and_trade",
        )
        own = [(person, role) for of, person, role, _ in PEOPLE if of == body]
        people = [{"person": person, "kind": "official"} for person, _ in own]
        yield says(body, "RegisterPeople", OFFICE, f"2026-03-02T14:1{minute}", people=people)
        grants = [{"person": person, "role": role} for person, role in own]
        yield says(body, "GrantRoles", OFFICE, f"2026-03-02T14:2{minute}", grants=grants)
        head = own[0][0]
        yield says(body, "AdoptRulePack", head, f"2026-03-02T15:0{minute}", pack="yantian-2021", version="1")
    yield says(
        STREET, "AdoptRulePack", STREET_HEAD, "2026-03-02T15:10", pack="house-duties-2026", version="1"
    )
    for duty, day, done in OWN:
        yield says(STREET, "FulfilDuty", STREET_SAFETY, f"{day}T11:10", duty=duty, done=done)
    for body, duty, day, done in DONE:
        head = STREET_HEAD if body == STREET else DEPARTMENT_HEAD
        yield says(body, "FulfilDuty", head, f"{day}T16:40", duty=duty, done=done)
    yield from _sector()
    yield from _draw()


def _sector() -> Iterator[Line]:
    """The department assesses its sector and circulates the result within a month."""
    report = T("行业领域风险评估报告完成", "the assessment of the sector is finished")
    told = T("已向区安委办和各街道通报", "circulated to the district's committee and the sub-districts")
    owed = f"sector-assessment.{DEPARTMENT}.2026-03-02"
    circulated = f"assessment-circulation.{DEPARTMENT}.2026-05-20"
    yield says(DEPARTMENT, "FulfilDuty", DEPARTMENT_HEAD, "2026-05-20T15:00", duty=owed, done=report)
    yield says(DEPARTMENT, "FulfilDuty", DEPARTMENT_HEAD, "2026-06-17T10:00", duty=circulated, done=told)


def _draw() -> Iterator[Line]:
    """A double random draw in August: list first, then the figure that is published the day after."""
    yield says(
        STREET,
        "AnnounceDraw",
        STREET_SAFETY,
        "2026-08-04T09:00",
        draw=DRAW,
        of="body",
        population=list(POOL),
        count=2,
        inspectors=[STREET_SAFETY, STREET_INSPECTOR],
        each=1,
        seed_from=T(
            "2026年8月5日公布的开奖号码（演练）", "lottery figure published on 5 August 2026 (practice)"
        ),
        seed_day="2026-08-05",
    )
    yield says(STREET, "HoldDraw", STREET_SAFETY, "2026-08-05T21:30", draw=DRAW, seed="03 11 17 22 26 31 08")
