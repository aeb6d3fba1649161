"""Some controls of the machine works: a policy by colour, a failed review, versions, and a risk out of control."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.plant import DIRECTOR, EXPERT, SAFETY_HEAD, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import found
from adapters.demo.steps import Line, T

STAMPING, ASSEMBLY, UTILITIES = SHOPS[1], SHOPS[4], SHOPS[5]


def lines() -> Iterator[Line]:
    """From March to September."""
    by_place = {(one.place.unit, one.entry["name_zh"]): one.code for one in found()}
    yield line("AdoptRulePack", DIRECTOR, "2026-03-02T09:00", pack="house-control-2026", version="1")
    yield line("AdoptColourPolicy", DIRECTOR, "2026-03-02T09:30")
    yield from _feeder(by_place["W2-PRE3", "冲压时手在模具内"])
    yield from _rope(by_place["W5-CRA1", "钢丝绳断裂"])
    yield from _gas(by_place["W6-GAS1", "液化气站泄漏爆炸"])


def _feeder(risk: str) -> Iterator[Line]:
    """A proposal that fails its review, is changed, reviewed by somebody else, adopted and assigned."""
    control = {"risk": risk, "control": "K4"}
    text = {
        "measure": T("三号冲床加装机械手自动上下料", "a feeding arm on press 3"),
        "layer": "engineering",
        "aspect": "technology",
        "means": ["eliminate", "rebuild"],
        "order": 4,
        "uses": [{"kind": "standard", "reference": "GB 27607-2011"}],
        "assets": [
            {"kind": "interlock", "code": "JXS-03-LS", "renew_by": "2031-06-30"},
            {"kind": "sensor", "code": "JXS-03-GD", "renew_by": "2026-11-13"},
        ],
    }
    asked = [STAMPING.worker, STAMPING.lead]
    yield line("ProposeControl", STAMPING.team, "2026-04-07T10:00", **control, **text)
    yield line(
        "ReviewControl",
        SAFETY_OFFICER,
        "2026-04-09T14:00",
        **control,
        compliance="proven",
        feasibility="not_proven",
        effect="proven",
        consulted=asked,
        findings=T("换模时机械手不能移开", "the arm cannot be moved aside for a die change"),
    )
    yield line(
        "ChangeControl",
        STAMPING.team,
        "2026-05-06T10:00",
        **control,
        **{**text, "measure": T("三号冲床加装可旋开的机械手", "a feeding arm that swings aside on press 3")},
        checks=[
            {"tier": "post", "period": "shift", "how": T("旋开一次，联锁应停机", "swing it: the press stops")}
        ],
        reason=T("改为可旋开，换模不受影响", "it swings aside, so the die can be changed"),
    )
    yield line(
        "ReviewControl",
        EXPERT,
        "2026-05-12T14:00",
        **control,
        compliance="proven",
        feasibility="proven",
        effect="proven",
        consulted=asked,
        findings=T("试装两周，节拍不受影响", "two weeks on trial, the rhythm holds"),
    )
    yield line("AdoptControl", SAFETY_HEAD, "2026-05-15T09:00", **control)
    for minute, (tier, who) in enumerate(
        (
            ("workshop", {"department": f"D-{STAMPING.code}", "person": STAMPING.lead}),
            ("team", {"department": f"D-{STAMPING.code}-1", "person": STAMPING.team}),
            ("post", {"post": f"G-{STAMPING.code}"}),
        )
    ):
        yield line("AssignControl", SAFETY_HEAD, f"2026-05-15T09:{10 + minute}", **control, tier=tier, **who)
    yield line(
        "OrderControls", STAMPING.lead, "2026-05-15T10:00", risk=risk, controls=["K4", "K1", "K2", "K3"]
    )
    done = T("位置传感器送检合格，证书存设备档案", "the position sensor was proved, the certificate is on file")
    yield line("FulfilDuty", STAMPING.lead, "2026-11-12T15:00", duty=f"renew.{risk}.2", done=done)


def _rope(risk: str) -> Iterator[Line]:
    """A control that no longer makes sense is withdrawn, and what it leaves open is a gap."""
    yield line(
        "WithdrawControl",
        ASSEMBLY.lead,
        "2026-06-02T09:00",
        risk=risk,
        control="K3",
        reason=T("吊运区已改为无人区", "nobody may enter the lifting area any more"),
    )


def _gas(risk: str) -> Iterator[Line]:
    """Whoever sees that a risk is out of control says so; the unit stops, and somebody else releases it."""
    yield line(
        "ProposeControl",
        UTILITIES.worker,
        "2026-08-20T10:00",
        risk=risk,
        control="K4",
        measure=T("储罐出口加紧急切断阀", "an emergency valve at the outlet of the tank"),
        layer="engineering",
        aspect="technology",
        means=["isolate"],
        order=4,
    )
    yield line(
        "DeclareUncontrollable",
        UTILITIES.worker,
        "2026-09-15T06:50",
        risk=risk,
        reason=T("储罐法兰泄漏，喷淋压不住", "the flange of the tank leaks, the spray does not hold it"),
        evacuated=T(
            "全站及相邻车间 26 人撤离，逐一点名", "26 people of station and workshop left, each called"
        ),
        zone=T("储罐周围 150 米", "150 metres around the tank"),
    )
    yield line(
        "ReleaseStop",
        SAFETY_HEAD,
        "2026-09-16T15:00",
        unit="W6-GAS1",
        stop=1,
        made_safe=T("更换法兰垫片，气密试验合格", "a new gasket, the pressure test was passed"),
    )
