"""What the year did to the machine works: a level that waits for approval, a late entry, a stop, a hold."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from adapters.demo import plant_controls
from adapters.demo.plant import DIRECTOR, EXPERT, SAFETY_HEAD, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import Found, found
from adapters.demo.steps import Line, T

STAMPING, WELDING, PAINTING, UTILITIES = SHOPS[1], SHOPS[2], SHOPS[3], SHOPS[5]


def lines() -> Iterator[Line]:
    """From March to November, by risk and place."""
    by_place = {(one.place.unit, one.entry["name_zh"]): one for one in found()}
    gas = by_place["W6-GAS1", "液化气站泄漏爆炸"]
    dust = by_place["W4-DUS1", "铝粉尘爆炸"]
    press = by_place["W2-PRE3", "冲压时手在模具内"]
    tank = by_place["W6-TAN1", "污水池硫化氢中毒"]
    crane = by_place["W5-CRA1", "钢丝绳断裂"]
    yield from _levels(gas, dust, press)
    yield from _gates(press, tank)
    yield from _links(gas, dust, press, crane)
    yield from plant_controls.lines()


def _levels(gas: Found, dust: Found, press: Found) -> Iterator[Line]:
    yield line(
        "ReassessRisk",
        SAFETY_OFFICER,
        "2026-06-16T10:00",
        risk=dust.code,
        method="lec",
        inputs={"L": "0.5", "E": "6", "C": "100"},
        reason="change",
        basis=T(
            "湿式除尘六月投用，火花探测联动试验三次",
            "wet collector in use since June, spark detection tried three times",
        ),
        participants=[PAINTING.lead, PAINTING.worker],
    )
    yield line(
        "DecideLowering",
        SAFETY_HEAD,
        "2026-06-18T09:00",
        risk=dust.code,
        verdict="approved",
        remark=T("投用记录和试验报告齐全", "records of use and trial are complete"),
    )
    # Lower, and still waiting for somebody else: the higher level counts until then.
    yield line(
        "ReassessRisk",
        SAFETY_OFFICER,
        "2026-11-10T10:00",
        risk=gas.code,
        method="lec",
        inputs={"L": "0.2", "E": "6", "C": "100"},
        reason="change",
        basis=T("双路报警十月改造完成", "the second alarm line was finished in October"),
        participants=[UTILITIES.lead, UTILITIES.worker],
    )
    # Entered late: it happened in June and came into the file in July.
    yield {
        **line(
            "ReassessRisk",
            EXPERT,
            "2026-06-28T15:00",
            risk=press.code,
            method="lec",
            inputs={"L": "3", "E": "6", "C": "15"},
            reason="change",
            basis=T("光电保护两次误动作后被短接", "the light curtain was bridged after two false stops"),
            participants=[STAMPING.lead, STAMPING.team],
        ),
        "entered": "2026-07-10T09:00+08:00",
    }


def _gates(press: Found, tank: Found) -> Iterator[Line]:
    stop = {"unit": press.place.unit}
    yield line(
        "StopUnit",
        STAMPING.worker,
        "2026-07-10T09:30",
        **stop,
        risk=press.code,
        reason=T("光电保护被短接，手仍须入模", "light curtain bridged while hands go into the die"),
        evacuated=T("四人撤离，逐一点名", "four people left, each called by name"),
        zone=T("机台四周五米", "five metres around the machine"),
    )
    yield line(
        "ReleaseStop",
        SAFETY_HEAD,
        "2026-07-13T16:00",
        **stop,
        stop=1,
        made_safe=T("更换光幕并试停二十次", "new light curtain, stopped on trial twenty times"),
    )
    yield line(
        "OpenHold",
        UTILITIES.team,
        "2026-09-02T08:20",
        unit=tank.place.unit,
        kind="temporary_activity",
        abnormality=T("池壁渗漏，需人员入池修补", "the wall leaks, somebody must go in to mend it"),
        analysis=T("硫化氢可能积聚", "hydrogen sulphide may gather"),
    )
    yield line(
        "SetCountermeasure",
        UTILITIES.lead,
        "2026-09-02T08:40",
        unit=tank.place.unit,
        measure=T(
            "通风两小时，连续检测，双人监护", "two hours of air, measured all the time, two people watching"
        ),
        standing="decided",
    )
    yield line(
        "ConfirmPosts",
        WELDING.team,
        "2026-11-19T07:50",
        team=f"D-{WELDING.code}-1",
        day="2026-11-19",
        shift=T("早班", "early shift"),
        shown=9,
        prediction=T("今日雨，注意电缆受潮", "rain today: keep the cables dry"),
        posts=[{"unit": "W3-WEL1", "person": WELDING.worker}, {"unit": "W3-WEL2", "person": WELDING.team}],
    )
    yield line(
        "RecordAspectReview",
        STAMPING.team,
        "2026-03-20T14:00",
        unit=press.place.unit,
        aspect="work_activity",
        reviewed_by=[STAMPING.worker, STAMPING.team],
        findings=T("取件、换模两环节逐一查看", "picking up and changing the die were looked at one by one"),
    )
    yield line(
        "AdoptWorkPlan",
        DIRECTOR,
        "2026-01-13T15:00",
        version="2026",
        objectives=T("六月底前全员辨识完成", "everybody has taken part by the end of June"),
        content=T(
            "单元划分、辨识、评估、管控、公告、四色图",
            "units, identification, assessment, control, boards, four-colour map",
        ),
        responsible=[{"department": "D-AQ", "task": T("组织与督办", "organise and follow up")}],
        safeguards=T("每月例会，纳入考核", "a meeting each month, part of appraisal"),
        schedule=T("一季度辨识，二季度管控，下半年运行", "identify, control, then run"),
        requirements=T("一线员工为主", "mostly people of the floor"),
        coordination=T("安全环保部每周汇总", "summed up weekly by the safety department"),
        budget=T("安全生产费用 30 万元", "CNY 300,000 of the safety fund"),
    )


def _links(gas: Found, dust: Found, press: Found, crane: Found) -> Iterator[Line]:
    """What the risks hang on, which are under focus control, what was read; a crane stands still to this day."""
    for minute, (risk, kind, code) in enumerate(
        (
            (press, "equipment", "CY-03"),
            (press, "standard", "GB27607"),
            (gas, "equipment", "LPG-01"),
            (gas, "weather", "lightning"),
            (gas, "weather", "heat"),
            (dust, "equipment", "CC-01"),
            (dust, "material", "ALU-DUST"),
            (crane, "equipment", "QD-05"),
            (crane, "weather", "gale"),
        )
    ):
        yield line(
            "TagRisk",
            SAFETY_OFFICER,
            f"2026-03-03T10:{minute:02}",
            risk=risk.code,
            tags=[{"kind": kind, "code": code}],
        )
    for minute, (risk, reasons) in enumerate(
        ((gas, ["grave_consequence"]), (dust, ["grave_consequence", "technical_content"]))
    ):
        yield line(
            "SetFocus",
            SAFETY_HEAD,
            f"2026-03-03T11:{minute:02}",
            risk=risk.code,
            reasons=reasons,
            remark=T("列入公司重点管控", "under focus control of the company"),
        )
    yield line(
        "RegisterDocument",
        SAFETY_OFFICER,
        "2026-02-26T09:00",
        document="WJ-01",
        kind="handbook",
        title=T("机械行业危险因素辨识手册", "handbook of hazardous factors in machine building"),
        number="JX-AQ-01",
    )
    yield line(
        "IssueDocumentVersion",
        SAFETY_OFFICER,
        "2026-02-26T09:05",
        document="WJ-01",
        version="2026-1",
        valid_from="2026-03-01",
        sha256=sha256(b"the handbook of the practice file; there is no such book").hexdigest(),
        place=T("安全环保部档案柜", "cabinet of the safety department"),
    )
    yield line(
        "RegisterDocument",
        SAFETY_OFFICER,
        "2026-02-26T09:10",
        document="GB27607",
        kind="standard",
        title=T("机械压力机安全技术要求", "mechanical presses: safety requirements"),
        number="GB 27607",
    )
    yield line(
        "DeclareUncontrollable",
        SHOPS[4].worker,
        "2026-11-18T14:20",
        risk=crane.code,
        reason=T("断丝超过报废标准，备绳未到", "more broken wires than allowed, and no rope in store"),
        evacuated=T("吊运区无人", "nobody is in the lifting area"),
        zone=T("行车跨全跨封闭", "the whole bay is closed"),
    )
