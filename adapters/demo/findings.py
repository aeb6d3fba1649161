"""What people saw and said: proposals that became risks, a hazard, or nothing, and an identification put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.demo.mine import AIR_LEAD, CONTRACTOR, MINE, SAFETY_OFFICER
from adapters.demo.plant import SAFETY_HEAD, SHOPS, line
from adapters.demo.plant import SAFETY_OFFICER as PLANT_OFFICER
from adapters.demo.plant_risks import found, identification
from adapters.demo.steps import Line, T

STAMPING, PAINTING, STORES = SHOPS[1], SHOPS[3], SHOPS[4]


def lines() -> Iterator[Line]:
    """From March to November."""
    press = next(one for one in found() if one.place.unit == "W2-PRE3")
    yield from _a_risk(press.code, press.place.unit)
    yield from _a_hazard()
    yield from _not_accepted()
    yield from _waiting()
    # The handbook of February names the factor more closely than January's walk did.
    yield line(
        "CorrectIdentification",
        STAMPING.lead,
        "2026-03-05T14:00",
        **{
            **identification(press),
            "factor": "210203",
            "features": T("手工上下料，每班两人轮换", "loaded by hand, two people taking turns on a shift"),
            "parameters": T("公称力 1600 kN，行程每分钟 40 次", "1600 kN, 40 strokes a minute"),
            "provenance": "handbook",
            "document": "WJ-01",
            "reference": T("冲压设备，第 3 项", "presses, item 3"),
            "reason": T("对照手册，因素应为防护不当", "by the handbook the factor is unfit protection"),
        },
    )


def _a_risk(risk: str, unit: str) -> Iterator[Line]:
    yield _proposed(
        "XS-001",
        STAMPING.worker,
        "2026-03-04T16:20",
        T("换模时脚踏开关被误踩", "the pedal is trodden on while the die is changed"),
        T(
            "换模人员站位紧靠脚踏开关，被碰到过一次",
            "whoever changes the die stands beside it; it was hit once",
        ),
        unit=unit,
    )
    yield _triaged(
        "XS-001",
        "2026-03-05T09:00",
        "risk",
        T(
            "换模站位是工艺所需，未违反规程，属客观风险",
            "the place follows from the process and breaches nothing",
        ),
        ground="process_itself",
    )
    yield line("LinkProposal", PLANT_OFFICER, "2026-03-05T15:00", proposal="XS-001", registered=risk)
    yield line("AcknowledgeTriage", STAMPING.worker, "2026-03-06T07:50", proposal="XS-001")


def _a_hazard() -> Iterator[Line]:
    """The contractor's man sees the broken air door first."""
    of = {"body": MINE, "proposal": "XS-001"}
    yield {
        "command": "ProposeFinding",
        "by": CONTRACTOR,
        "at": "2026-10-09T08:10+08:00",
        "data": {
            **of,
            "unit": "U-4-1-2",
            "title": T("风门关不上", "the air door does not close"),
            "description": T("常闭风门被撞歪，留有一人宽的缝", "it was hit and stands open by a man's width"),
            "suggested": "unsure",
        },
    }
    yield {
        "command": "TriageProposal",
        "by": SAFETY_OFFICER,
        "at": "2026-10-09T09:00+08:00",
        "data": {
            **of,
            "verdict": "hazard",
            "ground": "dangerous_state",
            "breached": T(
                "本矿通风管理规定：风门应能自动关闭并闭锁", "the mine's own rule: doors close and lock"
            ),
            "reason": T("设施损坏，违反规定，属事故隐患", "it is broken and breaches a rule: a hazard"),
        },
    }
    yield {
        "command": "LinkProposal",
        "by": AIR_LEAD,
        "at": "2026-10-09T10:00+08:00",
        "data": {**of, "registered": "YH-0007"},
    }


def _not_accepted() -> Iterator[Line]:
    yield _proposed(
        "XS-002",
        STORES.worker,
        "2026-07-21T11:00",
        T("装配车间下午太热", "the shop is too hot in the afternoon"),
        T("西侧窗户没有遮阳", "the windows to the west have no blinds"),
        place=T("装配车间西侧", "west side of the shop"),
    )
    yield _triaged(
        "XS-002",
        "2026-07-22T09:30",
        "not_accepted",
        T(
            "实测 31 ℃，已列入防暑降温计划，转后勤加装遮阳",
            "31 °C measured; blinds are ordered, no risk of its own",
        ),
    )
    yield line("AcknowledgeTriage", STORES.worker, "2026-07-22T16:00", proposal="XS-002")


def _waiting() -> Iterator[Line]:
    """One was triaged and its proposer not told yet; one nobody looked at yet."""
    yield _proposed(
        "XS-003",
        PAINTING.worker,
        "2026-11-16T10:30",
        T("喷房外地面结露打滑", "dew makes the floor slippery outside the booth"),
        T("早班开门后十分钟内地面湿滑", "for ten minutes after the doors open"),
        place=T("喷房东门外", "outside the east door"),
    )
    yield _triaged(
        "XS-003",
        "2026-11-17T09:00",
        "risk",
        T("温差结露，属环境因素", "dew from the difference in temperature: the environment"),
        ground="environment",
    )
    yield _proposed(
        "XS-004",
        STAMPING.team,
        "2026-11-18T15:40",
        T("三号压机有异响", "press 3 makes a new noise"),
        T("滑块回程时有金属敲击声", "metal knocks when the slide goes up"),
        unit="W2-PRE3",
    )


def _proposed(proposal: str, by: str, at: str, title: T, description: T, **where: object) -> Line:
    said: dict[str, Any] = {"proposal": proposal, "title": title, "description": description, **where}
    return line("ProposeFinding", by, at, **said)


def _triaged(proposal: str, at: str, verdict: str, reason: T, **more: object) -> Line:
    said: dict[str, Any] = {"proposal": proposal, "verdict": verdict, "reason": reason, **more}
    return line("TriageProposal", SAFETY_HEAD, at, **said)
