"""The first line of defence: the risks of the mine, identified, assessed, controlled, and what the year did to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.demo.controls import entered
from adapters.demo.mine import (
    AIR_LEAD,
    CONTRACTOR,
    DIRECTOR,
    ELECTRO_LEAD,
    EXPERT,
    FITTER,
    HOIST_CREW,
    HOIST_LEAD,
    NEW_STOPE_LEAD,
    PUMPMAN,
    SAFETY_HEAD,
    SAFETY_OFFICER,
    SCALER,
    STOPE_CREW,
    STOPE_LEAD,
    UNITS,
)
from adapters.demo.plant_risks import CATEGORY, measured
from adapters.demo.risks_of_hoisting import HOISTING
from adapters.demo.risks_underground import UNDERGROUND
from adapters.demo.steps import Line, T

METHOD = "lec"
_UNITS = {code: name for code, _, name in UNITS}


def features(unit: str) -> dict[str, T]:
    """Where in the mine the risk lies, in a few words."""
    own, above = _UNITS[unit], _UNITS["-".join(unit.split("-")[:2])]
    return {"features": T(f"{above.zh}：{own.zh}", f"{above.en}: {own.en}")}


def lines() -> Iterator[Line]:
    """January's identification and assessment, February's controls, and the year after them."""
    for at, risk in enumerate(sorted((*HOISTING, *UNDERGROUND), key=lambda one: str(one["risk"]))):
        yield from _found(risk, at)
    yield from YEAR


def _found(risk: dict[str, Any], at: int) -> Iterator[Line]:
    code = risk["risk"]
    yield {
        "command": "IdentifyRisk",
        "by": risk["by"],
        "at": f"{risk['day']}T09:{at:02}+08:00",
        "data": {
            "risk": code,
            "unit": risk["unit"],
            "name": risk["name"],
            "factor": risk["factor"],
            "factor_edition": "GB/T 13861-2022",
            "accident_types": [risk["accidents"]],
            "cause": risk["cause"],
            "consequence": risk["consequence"],
            "impact": risk["impact"],
            "category": CATEGORY[risk["factor"][0]],
            **features(risk["unit"]),
            **measured(code),
        },
    }
    yield {
        "command": "AssessRisk",
        "by": SAFETY_HEAD,
        "at": f"{risk['day']}T15:{at:02}+08:00",
        "data": {
            "risk": code,
            "method": METHOD,
            "inputs": risk["inputs"],
            "participants": [risk["by"], *risk["with"]],
        },
    }
    for order, (layer, measure, responsible) in enumerate(risk["controls"], start=1):
        yield entered(
            code,
            f"K{order}",
            f"2026-02-09T{9 + order:02}:{at:02}+08:00",
            (layer, measure, order),
            risk["by"],
            responsible,
            risk["with"],
        )


YEAR: tuple[Line, ...] = (
    {
        # A slip of January is put right: what was entered stays, the assessment that counts is another one.
        "command": "ReassessRisk",
        "by": STOPE_LEAD,
        "at": "2026-02-24T10:00+08:00",
        "data": {
            "risk": "R-0012",
            "method": METHOD,
            "inputs": {"L": "1", "E": "6", "C": "15"},
            "reason": "correction",
            "basis": T(
                "一月误将 L 填为 3；巷道已装人员接近报警",
                "L was entered as 3 by mistake; the alarm was in place already",
            ),
            "participants": [STOPE_CREW, SAFETY_OFFICER],
        },
    },
    {
        # Lower than before: until somebody else agrees, the higher level counts.
        "command": "DecideLowering",
        "by": SAFETY_HEAD,
        "at": "2026-02-25T09:00+08:00",
        "data": {
            "risk": "R-0012",
            "verdict": "approved",
            "remark": T("报警安装记录已核对", "the record of the alarm's installation was checked"),
        },
    },
    entered(
        "R-0001",
        "K4",
        "2026-05-26T16:00+08:00",
        (
            "engineering",
            T(
                "增设独立的电子过卷保护和楔形罐道",
                "a second, electronic overwind protection and wedge guides",
            ),
            4,
        ),
        HOIST_LEAD,
        ELECTRO_LEAD,
        (HOIST_CREW, FITTER),
    ),
    {
        # New protection (NJ 五(二) b): the level goes down.
        "command": "ReassessRisk",
        "by": SAFETY_HEAD,
        "at": "2026-05-28T14:00+08:00",
        "data": {
            "risk": "R-0001",
            "method": METHOD,
            "inputs": {"L": "0.5", "E": "6", "C": "100"},
            "reason": "change",
            "effectiveness": T(
                "两套保护各自独立，试验 40 次全部动作",
                "both protections are independent and acted in 40 of 40 tests",
            ),
            "basis": T("新增电子过卷保护验收报告", "acceptance report of the electronic overwind protection"),
            "participants": [HOIST_LEAD, HOIST_CREW, ELECTRO_LEAD],
        },
    },
    {
        "command": "DecideLowering",
        "by": DIRECTOR,
        "at": "2026-05-29T09:30+08:00",
        "data": {
            "risk": "R-0001",
            "verdict": "approved",
            "remark": T("同意，两套保护须每班试验", "agreed; both protections are tested on every shift"),
        },
    },
    {
        # Geology clearly changed (NJ 五(二) f): the level goes up, on the day it was seen.
        "command": "ReassessRisk",
        "by": SAFETY_HEAD,
        "at": "2026-06-18T16:30+08:00",
        "data": {
            "risk": "R-0009",
            "method": METHOD,
            "inputs": {"L": "1", "E": "6", "C": "100"},
            "reason": "change",
            "basis": T(
                "−625 m 中段 7 号探孔在 42 m 处遇含水断层，涌水 38 m³/h",
                "probe hole 7 on level -625 m met a wet fault at 42 m, 38 m³ an hour",
            ),
            "participants": [EXPERT, AIR_LEAD, PUMPMAN],
        },
    },
    entered(
        "R-0009",
        "K4",
        "2026-06-19T09:00+08:00",
        (
            "engineering",
            T(
                "断层 60 m 内停止掘进，注浆后复探",
                "no drifting within 60 m of the fault until grouted and probed again",
            ),
            4,
        ),
        AIR_LEAD,
        AIR_LEAD,
        (PUMPMAN, EXPERT),
    ),
    {
        # Made in June, entered in July: the sheet lay in the workshop.
        "command": "ReassessRisk",
        "by": HOIST_LEAD,
        "at": "2026-06-12T10:00+08:00",
        "entered": "2026-07-06T08:40+08:00",
        "data": {
            "risk": "R-0011",
            "method": METHOD,
            "inputs": {"L": "0.5", "E": "6", "C": "40"},
            "reason": "periodic",
            "effectiveness": T(
                "湿式制动器换新，满载坡道试验合格",
                "new wet brakes passed the test on the ramp under full load",
            ),
            "basis": T("6 月 12 日坡道制动试验记录", "record of the brake test on the ramp, 12 June"),
            "participants": [FITTER, ELECTRO_LEAD],
        },
    },
    {
        # Signed on the same sheet, entered with it.
        "command": "DecideLowering",
        "by": SAFETY_HEAD,
        "at": "2026-06-12T16:00+08:00",
        "entered": "2026-07-06T08:45+08:00",
        "data": {
            "risk": "R-0011",
            "verdict": "approved",
            "remark": T("坡道试验复核一致", "the test on the ramp was checked again"),
        },
    },
    {
        # Looked at again and found as it was.
        "command": "ReassessRisk",
        "by": SAFETY_HEAD,
        "at": "2026-09-10T15:00+08:00",
        "data": {
            "risk": "R-0006",
            "method": METHOD,
            "inputs": {"L": "3", "E": "6", "C": "40"},
            "reason": "periodic",
            "effectiveness": T(
                "锚网支护按设计；声发射报警 2 次，均撤人",
                "bolts and mesh as designed; the alarm cleared the stope twice",
            ),
            "participants": [NEW_STOPE_LEAD, STOPE_CREW, SCALER, CONTRACTOR],
        },
    },
    {
        "command": "RetireRisk",
        "by": SAFETY_HEAD,
        "at": "2026-09-28T11:00+08:00",
        "data": {
            "risk": "R-0016",
            "reason": T(
                "巷道已用尾砂胶结充填并砌墙封闭",
                "the drift was backfilled with cemented tailings and walled off",
            ),
        },
    },
)
