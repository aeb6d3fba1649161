"""What the works watches and whom it tells: the LPG station under monitoring, its neighbours, a campaign.

A value crosses its limit once and is answered within minutes; one week nobody reads. The neighbours are told of a
dangerous work and heard before it begins; of the next one they are not told yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from adapters.demo.plant import DIRECTOR, SAFETY_HEAD, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import found, reassessed
from adapters.demo.steps import Line, T

PACK = "house-watch-2026"
"""Adopted after the National Day, so that the next holiday which it looks ahead to is New Year."""
UTILITIES = SHOPS[5]
STATION, ROOF = "W6-GAS1", "W6-HEI1"
RISK, GAS = "J-134", "LEL"
VILLAGE, STORE = "ZB-01", "ZB-02"
DONE, AHEAD = "ZY-01", "ZY-02"
CAMPAIGN = "ZX-2026-04"
PLAN = sha256(b"the emergency plan of the practice file; there is no such paper").hexdigest()
READ = (
    ("2026-10-14T09:00", "5"),
    ("2026-10-21T09:00", "8"),
    ("2026-11-11T09:00", "7"),
    ("2026-11-18T09:00", "6"),
)
"""The quiet readings; the week from 2 November has none."""


def lines() -> Iterator[Line]:
    yield line("AdoptRulePack", DIRECTOR, "2026-10-12T09:00", pack=PACK, version="1")
    yield from _monitoring()
    yield from _neighbours()
    yield from _campaign()


def _monitoring() -> Iterator[Line]:
    yield line(
        "DeclareMonitoring",
        SAFETY_HEAD,
        "2026-10-12T10:00",
        risk=RISK,
        ground="irreducible",
        reason=T(
            "生产须用液化气，管道燃气未通到厂区", "production needs LPG, and no gas main reaches the works"
        ),
        period="P7D",
    )
    yield line(
        "FileEmergencyPlan",
        SAFETY_OFFICER,
        "2026-10-13T09:00",
        risk=RISK,
        title=T("液化气站泄漏现场处置方案", "leak at the LPG station: what to do on the spot"),
        version="2026-1",
        valid_from="2026-10-13",
        sha256=PLAN,
        place=T("站房、门卫室", "station and gate house"),
    )
    yield line(
        "DefineParameter",
        SAFETY_OFFICER,
        "2026-10-13T09:30",
        risk=RISK,
        parameter=GAS,
        name=T("可燃气体浓度", "combustible gas"),
        unit="%LEL",
        basis=T(
            "站房固定式报警器，按采用的规则", "fixed detector of the station, by the rule that was adopted"
        ),
        threshold="combustible-gas",
    )
    for at, value in READ:
        yield _reading(at, value)
    yield _reading("2026-10-27T10:00", "28")
    yield line(
        "RespondToWarning",
        UTILITIES.team,
        "2026-10-27T10:04",
        risk=RISK,
        warning=1,
        response=T(
            "关闭卸车阀，停止换瓶，人员退到上风向", "unloading valve shut, no bottle changed, people upwind"
        ),
    )
    yield line(
        "GiveInformation",
        UTILITIES.team,
        "2026-10-27T10:10",
        risk=RISK,
        warning=1,
        to=T("公司值班室、动力车间", "duty room, utilities shop"),
        means=T("电话", "telephone"),
        what=T("浓度 28%LEL，法兰渗漏，已关阀", "28 %LEL, a flange leaks, valve shut"),
    )
    yield _reading("2026-10-27T14:00", "4")


def _reading(at: str, value: str) -> Line:
    return line("RecordReading", UTILITIES.team, at, risk=RISK, values={GAS: value})


def _neighbours() -> Iterator[Line]:
    for minute, (code, kind, name, place) in enumerate(
        (
            (
                VILLAGE,
                "residents",
                T("东侧居民组（示例）", "houses to the east (made up)"),
                T("站区东侧 120 米", "120 m east of the station"),
            ),
            (
                STORE,
                "enterprise",
                T("某物流仓库（示例）", "a warehouse (made up)"),
                T("北侧围墙外 60 米", "60 m north, beyond the wall"),
            ),
        )
    ):
        yield line(
            "RegisterNeighbour",
            SAFETY_OFFICER,
            f"2026-10-15T09:0{minute}",
            neighbour=code,
            kind=kind,
            name=name,
            place=place,
            reached_by=T("泄漏气体、爆燃", "escaping gas, fire"),
        )
    yield line(
        "DeclareWork",
        UTILITIES.lead,
        "2026-10-19T09:00",
        work=DONE,
        kind="dangerous_work",
        unit=STATION,
        title=T("液化气储罐开罐检验", "the LPG tank opened for inspection"),
        what=T(
            "倒空、置换后开罐，残气放散约两小时", "emptied and purged, the rest vented for about two hours"
        ),
        starts="2026-10-28",
        ends="2026-10-28",
        affects=[VILLAGE, STORE],
    )
    for minute, (code, means) in enumerate(((VILLAGE, "meeting"), (STORE, "letter"))):
        yield line(
            "TellNeighbour",
            UTILITIES.lead,
            f"2026-10-20T15:0{minute}",
            work=DONE,
            neighbour=code,
            means=means,
            told=T(
                "日期、时段、气味、禁火范围、联系电话",
                "day, hours, smell, where no fire may be, whom to call",
            ),
            answer_by="2026-10-25",
        )
    yield line(
        "RecordNeighbourAnswer",
        UTILITIES.lead,
        "2026-10-22T10:00",
        work=DONE,
        neighbour=STORE,
        answer="consent",
    )
    yield line(
        "RecordNeighbourAnswer",
        UTILITIES.lead,
        "2026-10-23T10:00",
        work=DONE,
        neighbour=VILLAGE,
        answer="objection",
        words=T("下午两点小学放学，请避开", "school is out at two in the afternoon: please not then"),
    )
    yield line(
        "WeighObjection",
        SAFETY_OFFICER,
        "2026-10-24T09:00",
        work=DONE,
        neighbour=VILLAGE,
        outcome=T(
            "放散改在上午九点至十一点，已当面答复",
            "vented from nine to eleven in the morning; told in person",
        ),
    )
    yield line("StartWork", UTILITIES.lead, "2026-10-28T09:00", work=DONE)
    yield line(
        "EndWork",
        UTILITIES.lead,
        "2026-10-28T16:00",
        work=DONE,
        how="finished",
        what=T("十点四十放散结束，检验合格", "vented by 10:40, the tank passed"),
    )
    yield line(
        "RecordWatch",
        SAFETY_OFFICER,
        "2026-10-30T10:00",
        neighbour=VILLAGE,
        kind="consultation",
        what=T("回访开罐检验的影响", "asked afterwards how the work was felt"),
        outcome=T("无异味投诉，约定每半年见面一次", "no complaint of smell; to meet every half year"),
    )
    yield line(
        "DeclareWork",
        UTILITIES.lead,
        "2026-11-17T09:00",
        work=AHEAD,
        kind="reconstruction",
        unit=STATION,
        title=T("气化间改造吊装", "lifting for the rebuilt vaporiser room"),
        what=T("汽车吊进场，占用东侧便道一天", "a mobile crane blocks the lane to the east for a day"),
        starts="2026-11-26",
        affects=[VILLAGE],
    )


def _campaign() -> Iterator[Line]:
    yield line(
        "AnnounceCampaign",
        SAFETY_OFFICER,
        "2026-10-14T09:00",
        campaign=CAMPAIGN,
        title=T("高处作业专项整治", "campaign on work at height"),
        authority=T("区应急管理局（示例）", "district bureau (made up)"),
        number=T("示例 4 号", "example no. 4"),
        what=T("屋面作业、外包交叉作业", "work on roofs, contractors side by side"),
        scope=[{"kind": "unit", "code": ROOF}],
        starts="2026-10-15",
        ends="2026-12-31",
    )
    again = T(
        "按通知逐条自查，防坠器全部在检", "every point of the notice checked, all fall arresters in date"
    )
    yield from reassessed((one for one in found() if one.place.unit == ROOF), "2026-10-16T09", again)
