"""A parts works whose last major risk is lowered in mid-September: its monthly report ends with that month.

The enterprise stands on the list of 2018; what is told about it is invented. From October the yearly inspection for a
larger risk takes the place of the half-yearly one for a major risk.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from adapters.demo.enterprises import OFFICE
from adapters.demo.steps import Line, T, says

WORKS = "NJ-G64"
line = partial(says, WORKS)
DIRECTOR, SAFETY_OFFICER, LEAD, WORKER = "GS-01", "GS-02", "GS-03", "GS-04"
PEOPLE: tuple[tuple[str, str, T], ...] = (
    (DIRECTOR, "principal", T("许厂", "Xu Chang")),
    (SAFETY_OFFICER, "safety_officer", T("何全", "He Quan")),
    (LEAD, "team_lead", T("吕班", "Lü Ban")),
    (WORKER, "post_worker", T("施工", "Shi Gong")),
)
NAMES: dict[str, T] = {person: name for person, _, name in PEOPLE}
MAJOR = "R-01"
RISKS: tuple[tuple[str, str, T, T, T, str, tuple[str, ...]], ...] = (
    # code, unit, name, cause, consequence, likelihood, accident types
    (
        MAJOR,
        "P-1-1",
        T("铝液遇水爆炸", "molten aluminium meets water and explodes"),
        T("熔炼炉冷却水泄漏，流槽潮湿", "cooling water leaks, the launder is damp"),
        T("爆炸，多人伤亡", "an explosion kills several people"),
        "3",
        ("高温熔融物爆炸",),
    ),
    (
        "R-02",
        "P-1-2",
        T("压铸机夹伤", "the casting machine crushes a hand"),
        T("安全门联锁失效", "the interlock of the gate fails"),
        T("手部夹伤致残", "a hand is crushed"),
        "1",
        ("机械致害",),
    ),
)
MEASURE = T("炉前冷却水泄漏报警并自动切断", "alarm of leaking water at the furnace, cut off by itself")
NOTICE, MONTHLY, QUARTERLY = "risk-list-update-notice", "major-risk-report", "risk-list-report"
PAPERS: tuple[tuple[str, str, str, str], ...] = (
    # kind, period, compiled, approved and handed in an hour later each
    (MONTHLY, "2026-08", "2026-08-28", "09"),
    (NOTICE, "2026-09-15", "2026-09-17", "09"),
    (QUARTERLY, "2026-Q3", "2026-09-28", "09"),
    (MONTHLY, "2026-09", "2026-09-28", "14"),
)


def lines() -> Iterator[Line]:
    """Roll, two units, two risks in July; the rules of Yantian in August; the furnace rebuilt in September."""
    people = [{"person": person, "kind": "staff"} for person, _, _ in PEOPLE]
    yield line("RegisterPeople", OFFICE, "2026-07-06T09:00", people=people)
    grants = [{"person": person, "role": role} for person, role, _ in PEOPLE]
    yield line("GrantRoles", OFFICE, "2026-07-06T09:05", grants=grants)
    yield line("AdoptRulePack", DIRECTOR, "2026-07-06T10:00", pack="house-2026", version="1")
    units: tuple[dict[str, Any], ...] = (
        {"unit": "P-1", "kind": "main", "name": T("熔铸车间", "foundry")},
        {"unit": "P-1-1", "kind": "equipment", "name": T("熔炼炉", "furnace"), "parent": "P-1"},
        {"unit": "P-1-2", "kind": "equipment", "name": T("压铸机", "casting machine"), "parent": "P-1"},
    )
    for minute, unit in enumerate(units):
        yield line("RegisterUnit", SAFETY_OFFICER, f"2026-07-06T11:0{minute}", **unit)
    for number, (risk, at, name, cause, consequence, likelihood, accidents) in enumerate(RISKS):
        yield line(
            "IdentifyRisk",
            SAFETY_OFFICER,
            f"2026-07-07T09:{number}0",
            risk=risk,
            unit=at,
            name=name,
            factor="120202",
            factor_edition="GB/T 13861-2022",
            accident_types=list(accidents),
            cause=cause,
            consequence=consequence,
            impact=T("车间内全部人员", "everybody in the foundry"),
        )
        yield line(
            "AssessRisk",
            SAFETY_OFFICER,
            f"2026-07-07T10:{number}0",
            risk=risk,
            method="lec",
            inputs={"L": likelihood, "E": "6", "C": "40"},
        )
    yield line(
        "AdoptReviewedControl",
        SAFETY_OFFICER,
        "2026-07-08T09:00",
        risk=MAJOR,
        control="C-1",
        measure=MEASURE,
        layer="engineering",
        aspect="technology",
        means=["rebuild"],
        order=1,
        proposed_by=WORKER,
        consulted=[LEAD],
        findings=T("合规、可行、有效", "it is lawful, can be done, and works"),
    )
    yield line("AdoptRulePack", DIRECTOR, "2026-08-03T09:00", pack="yantian-2021", version="1")
    yield line(
        "ReassessRisk",
        SAFETY_OFFICER,
        "2026-09-15T10:00",
        risk=MAJOR,
        method="lec",
        inputs={"L": "1", "E": "6", "C": "40"},
        reason="change",
        basis=T(
            "冷却水改为外置闭环，九月十日验收",
            "cooling water in an outer closed loop, accepted on 10 September",
        ),
        participants=[LEAD, WORKER],
    )
    approved = T("改造验收记录齐全", "the records of the rebuilding are complete")
    yield line(
        "DecideLowering", DIRECTOR, "2026-09-15T16:00", risk=MAJOR, verdict="approved", remark=approved
    )
    for kind, period, day, hour in PAPERS:
        yield from _paper(kind, period, day, int(hour))


def _paper(kind: str, period: str, day: str, hour: int) -> Iterator[Line]:
    report = f"{kind}.{period}"
    yield line("CompileReport", SAFETY_OFFICER, f"{day}T{hour:02}:00", kind=kind, period=period)
    checked = T("数据已核对", "figures checked")
    yield line("ApproveReport", DIRECTOR, f"{day}T{hour + 1:02}:00", report=report, remark=checked)
    handed = T("街道窗口递交", "handed in at the sub-district's counter")
    yield line(
        "SubmitReport",
        SAFETY_OFFICER,
        f"{day}T{hour + 2:02}:00",
        report=report,
        to="sub_district",
        reference=handed,
    )
