"""The works' own checks: a list made from the controls of a press, and the month's round of each tier.

In October the press's light curtain fails the team's round and in November again: hazards that name the control. The
first is closed with a picture older than its finding, which is planted; the second is still open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.demo.plant import DIRECTOR, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import found
from adapters.demo.steps import Line, T

LIST, UNIT = "JC-CY3", "W2-PRE3"
STAMPING = SHOPS[1]
MONTHLY = "M1"
OLD_PHOTO = "7e21b9d04c5f8a36e1d2c3b4a5968778695a4b3c2d1e0f9e8d7c6b5a49382716"
TIERS: tuple[tuple[str, str], ...] = (
    ("company", DIRECTOR),
    ("workshop", STAMPING.lead),
    ("team", STAMPING.team),
)
DAYS: dict[str, tuple[str, str, str]] = {
    # month -> the day on which the head, the workshop and the team made their round
    "09": ("2026-09-29", "2026-09-25", "2026-09-18"),
    "10": ("2026-10-29", "2026-10-26", "2026-10-16"),
}
NOVEMBER = "2026-11-17"
"""The team's; head and workshop have until the end of the month."""
TITLE = T("冲床安全月检清单", "monthly checklist of press safety")


def code_of(tier: str, person: str, month: str) -> str:
    """The code of a round, as it follows from its assignment."""
    return f"{LIST}.{tier}.P1M.{person}.2026-{month}-01"


def hazard_of(month: str) -> str:
    """The code of the hazard that the team's round of that month found."""
    return f"YH.{code_of('team', STAMPING.team, month)}.{MONTHLY}"


ON_PAPER = (hazard_of("10"),)
"""Closed with a picture that was taken before the hazard was found."""


def lines() -> Iterator[Line]:
    """From the end of August to November."""
    risks = _risks()
    item = {
        "item": MONTHLY,
        "what": T("光电保护与双手启动有效", "light curtain and two-hand start work"),
        "how": T("遮挡光幕三次，滑块均应停止", "break the curtain three times: the slide stops each time"),
        "tiers": [tier for tier, _ in TIERS],
        "period": "P1M",
        "risk": risks[0],
        "control": "K1",
    }
    yield line(
        "DrawUpChecklist",
        SAFETY_OFFICER,
        "2026-08-31T10:00",
        checklist=LIST,
        title=TITLE,
        unit=UNIT,
        items=[item],
        risks=risks,
    )
    for minute, (tier, person) in enumerate(TIERS):
        yield line(
            "AssignRounds",
            SAFETY_OFFICER,
            f"2026-08-31T10:{30 + minute}",
            checklist=LIST,
            tier=tier,
            period="P1M",
            person=person,
            since="2026-09-01",
        )
    for month, days in DAYS.items():
        for (tier, person), day in zip(TIERS, days, strict=True):
            yield _round(tier, person, month, day, fails=(month, tier) == ("10", "team"))
    yield from _closed_with_an_old_picture(hazard_of("10"))
    yield _round("team", STAMPING.team, "11", NOVEMBER, fails=True)


def _risks() -> list[str]:
    return [one.code for one in found() if one.place.unit == UNIT]


def _round(tier: str, person: str, month: str, day: str, fails: bool) -> Line:
    done = {"answer": "pass", "done_at": f"{day}T14:20:00+08:00"}
    from_controls = [f"{risk}.K2.workshop.P1M" for risk in _risks()] if tier == "workshop" else []
    answers: list[dict[str, Any]] = [{"item": one, **done} for one in (MONTHLY, *from_controls)]
    if fails:
        answers[0] |= {
            "answer": "fail",
            "remark": T("三次遮挡中一次滑块未停", "the slide did not stop once in three tries"),
            "lacking": T("相机送修", "the camera is being repaired"),
        }
    return line(
        "RecordRound",
        person,
        f"{day}T15:00",
        inspection=code_of(tier, person, month),
        started_at=f"{day}T14:00:00+08:00",
        answers=answers,
        statement=T("以上为本人现场所见", "this is what I saw on site"),
        methods=["sampling", "on_site_examination"],
        aspects=["measure_implementation", "risk_awareness"],
    )


def _closed_with_an_old_picture(hazard: str) -> Iterator[Line]:
    yield line(
        "EvaluateHazard",
        SAFETY_OFFICER,
        "2026-10-16T16:00",
        hazard=hazard,
        grade="general",
        basis=T("单台冲床，已停用", "one press, out of use"),
    )
    yield line(
        "PlanRectification",
        STAMPING.lead,
        "2026-10-16T17:00",
        hazard=hazard,
        responsible=STAMPING.lead,
        due="2026-10-30",
        measures=T("更换光幕发射器", "replace the sender of the curtain"),
        funds=T("0.6 万元，维修费用", "CNY 6,000 from maintenance"),
        contingency=T("修复前断电挂牌", "power off and tagged until then"),
    )
    yield line(
        "DepositEvidence",
        STAMPING.worker,
        "2026-10-22T15:50",
        evidence=OLD_PHOTO,
        media="jpeg",
        size=248_113,
        taken_at="2026-06-03T09:12:00+08:00",
        remark=T("光幕", "the curtain"),
    )
    yield line(
        "CompleteRectification",
        STAMPING.worker,
        "2026-10-22T16:00",
        hazard=hazard,
        done=T("已更换并试停十次", "replaced; ten stops tried"),
        evidence=[OLD_PHOTO],
    )
    yield line(
        "VerifyRectification",
        SAFETY_OFFICER,
        "2026-10-23T10:00",
        hazard=hazard,
        verdict="accepted",
        findings=T("按照片验收", "accepted by the picture"),
    )
    yield line("CloseHazard", SAFETY_OFFICER, "2026-10-23T16:00", hazard=hazard)
