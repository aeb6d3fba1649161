"""The hazards that were closed: a major one that two persons verified, those that came late, one that came back."""

from __future__ import annotations

from adapters.demo.mine import (
    AIR_LEAD,
    CONTRACTOR,
    DIRECTOR,
    ELECTRO_LEAD,
    EXPERT,
    FITTER,
    INSPECTOR,
    NEW_STOPE_LEAD,
    PUMPMAN,
    SAFETY_HEAD,
    SAFETY_OFFICER,
    STOPE_CREW,
    STOPE_LEAD,
)
from adapters.demo.steps import Line, T

DUCT: tuple[Line, ...] = (
    # Done in time, entered nine days after the last day: the overdue that the clock recorded meanwhile stays.
    {
        "command": "RegisterHazard",
        "by": AIR_LEAD,
        "at": "2026-05-06T15:10+08:00",
        "data": {
            "hazard": "YH-0002",
            "unit": "U-4-2-1",
            "risk": "R-0010",
            "title": T("独头巷道风筒破损", "torn air duct in a blind heading"),
            "description": T("风筒三处破损，工作面风量不足", "three tears, too little air at the face"),
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-05-07T10:00+08:00",
        "data": {
            "hazard": "YH-0002",
            "grade": "general",
            "basis": T("局部通风，停工即可控制", "local ventilation only; stopping work controls it"),
        },
    },
    {
        "command": "PlanRectification",
        "by": AIR_LEAD,
        "at": "2026-05-07T11:00+08:00",
        "data": {
            "hazard": "YH-0002",
            "responsible": CONTRACTOR,
            "measures": T("更换破损风筒 40 m，重新吊挂", "replace 40 m of duct and hang it anew"),
            "funds": T("0.3 万元，承包单位承担", "CNY 3,000, borne by the contractor"),
            "contingency": T("更换前停止该工作面爆破", "no blasting at that face before"),
            "due": "2026-05-20",
        },
    },
    {
        "command": "CompleteRectification",
        "by": CONTRACTOR,
        "at": "2026-05-19T14:00+08:00",
        "entered": "2026-05-29T09:00+08:00",
        "data": {
            "hazard": "YH-0002",
            "done": T("已更换 40 m，工作面风速 0.35 m/s", "40 m replaced, 0.35 m/s at the face"),
        },
    },
    {
        "command": "VerifyRectification",
        "by": SAFETY_OFFICER,
        "at": "2026-05-30T10:00+08:00",
        "data": {
            "hazard": "YH-0002",
            "verdict": "accepted",
            "findings": T(
                "复测风速合格；按期完成，补录晚 9 天",
                "air measured again and enough; done in time, entered late",
            ),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-06-01T08:30+08:00",
        "data": {"hazard": "YH-0002"},
    },
)

PUMP: tuple[Line, ...] = (
    # A major hazard: the adopted house rule wants two persons to verify it.
    {
        "command": "RegisterHazard",
        "by": EXPERT,
        "at": "2026-05-11T11:20+08:00",
        "data": {
            "hazard": "YH-0003",
            "unit": "U-5-1-1",
            "risk": "R-0009",
            "title": T("主排水泵停用，排水能力不足", "a main pump out of service, drainage below the design"),
            "description": T(
                "三台主泵中 2 号泵轴承损坏已停用 9 天，最大涌水时无备用",
                "pump 2 of three has stood for 9 days with a broken bearing; no reserve at the largest inflow",
            ),
            "source": "inspection",
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_HEAD,
        "at": "2026-05-11T16:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "grade": "major",
            "basis": T(
                "对照矿安〔2022〕88号判定标准，地下矿山第 7 项“主要排水系统”",
                "against the criteria of 矿安〔2022〕88号, underground mines, item 7, main drainage system",
            ),
        },
    },
    {
        "command": "JudgeHazard",
        "by": SAFETY_HEAD,
        "at": "2026-05-11T16:10+08:00",
        "data": {
            "hazard": "YH-0003",
            "pack": "major-hazards-mines",
            "item": "M88-UG-07",
            "answers": {"M88-UG-07": "yes"},
            "remark": T("实际排水能力低于设计", "the pumps lift less than the design asks for"),
        },
    },
    {
        "command": "SetInterimMeasure",
        "by": ELECTRO_LEAD,
        "at": "2026-05-11T18:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "measure": T(
                "租用应急泵并接好管路，每小时看水位", "a hired pump is piped in; the level is read hourly"
            ),
            "responsible": PUMPMAN,
        },
    },
    {
        "command": "PlanRectification",
        "by": DIRECTOR,
        "at": "2026-05-12T09:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "responsible": ELECTRO_LEAD,
            "measures": T(
                "更换 2 号泵，三台泵轮换联合试运转", "replace pump 2, then run all three in turn and together"
            ),
            "funds": T("86 万元，安全生产费用", "CNY 860,000 from the safety fund"),
            "contingency": T(
                "橙色以上暴雨预警时 −625 m 中段停产撤人，应急泵就位",
                "clear level -625 m at an orange rainstorm warning or above; an emergency pump stands ready",
            ),
            "due": "2026-06-30",
        },
    },
    {
        "command": "FileMajorHazard",
        "by": SAFETY_HEAD,
        "at": "2026-05-13T10:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "authority": T("区应急管理局", "district emergency management bureau"),
            "content": T(
                "现状原因、危害程度、治理方案；附设备检验报告",
                "state and cause, harm, plan; with the test report",
            ),
        },
    },
    {
        # The authority wants to know what keeps people safe meanwhile; the second filing says so.
        "command": "AnswerFiling",
        "by": INSPECTOR,
        "at": "2026-05-15T15:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "verdict": "returned",
            "remark": T("未写明治理期间的安全措施", "what keeps people safe meanwhile is not said"),
        },
    },
    {
        "command": "FileMajorHazard",
        "by": SAFETY_HEAD,
        "at": "2026-05-16T09:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "authority": T("区应急管理局", "district emergency management bureau"),
            "content": T(
                "补充：应急泵就位，橙色以上暴雨预警停产撤人",
                "added: an emergency pump stands ready; cleared at an orange rainstorm warning",
            ),
        },
    },
    {
        "command": "AnswerFiling",
        "by": INSPECTOR,
        "at": "2026-05-18T11:00+08:00",
        "data": {"hazard": "YH-0003", "verdict": "accepted", "receipt": "ZDYH-2026-031"},
    },
    {
        "command": "AnalyseCause",
        "by": EXPERT,
        "at": "2026-05-20T10:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "cause": T("轴承缺油两个月未被发现", "the bearing ran dry for two months and nobody saw it"),
            "system_gap": T(
                "点检表没有主泵轴承温度", "the checklist has no temperature of the pump's bearings"
            ),
            "corrections": [
                T("点检表增加轴承温度和油位", "bearing temperature and oil level join the checklist"),
                T("停泵超过 24 小时报安全科", "a pump that stands for a day is told to the safety office"),
            ],
        },
    },
    {
        "command": "ReportHazard",
        "by": ELECTRO_LEAD,
        "at": "2026-05-20T16:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "recipient": "workers",
            "content": T(
                "班前会通报现状和撤离条件", "told before each shift: how it stands, and when to leave"
            ),
        },
    },
    {
        "command": "RecordProgress",
        "by": ELECTRO_LEAD,
        "at": "2026-06-10T09:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "progress": T("新泵到货，基础浇筑完成", "the pump is here, its base is cast"),
        },
    },
    {
        "command": "CompleteRectification",
        "by": ELECTRO_LEAD,
        "at": "2026-06-24T17:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "done": T(
                "新泵安装完毕，三泵联合试运转 8 小时正常",
                "the new pump is in; all three ran 8 hours together",
            ),
            "rectified_by": [ELECTRO_LEAD, PUMPMAN, FITTER],
        },
    },
    {
        "command": "VerifyRectification",
        "by": EXPERT,
        "at": "2026-06-26T14:00+08:00",
        "data": {
            "hazard": "YH-0003",
            "verdict": "accepted",
            "findings": T(
                "实测排水能力满足设计最大涌水量", "measured: enough for the largest inflow of the design"
            ),
        },
    },
    {
        "command": "VerifyRectification",
        "by": INSPECTOR,
        "at": "2026-06-29T10:30+08:00",
        "data": {
            "hazard": "YH-0003",
            "verdict": "accepted",
            "findings": T("现场复核一致，同意验收", "checked on the spot, agrees"),
        },
    },
    {
        "command": "CloseHazard",
        "by": DIRECTOR,
        "at": "2026-06-30T08:30+08:00",
        "data": {"hazard": "YH-0003", "remark": T("解除停产撤人限制", "the limits of the plan end")},
    },
)

LIGHTS: tuple[Line, ...] = (
    # Eight days late, and late for ever.
    {
        "command": "RegisterHazard",
        "by": STOPE_CREW,
        "at": "2026-06-15T08:30+08:00",
        "data": {
            "hazard": "YH-0004",
            "unit": "U-2-1-1-1",
            "risk": "R-0006",
            "title": T("撬毛台车照明损坏", "lights of the scaling rig broken"),
            "description": T(
                "两盏顶灯不亮，看不清顶板裂隙", "both roof lights are dark; cracks cannot be seen"
            ),
            "source": "report",
        },
    },
    {
        "command": "EvaluateHazard",
        "by": SAFETY_OFFICER,
        "at": "2026-06-15T11:00+08:00",
        "data": {
            "hazard": "YH-0004",
            "grade": "general",
            "basis": T("可用移动灯具替代，影响一个采场", "portable lamps can stand in; one stope concerned"),
        },
    },
    {
        "command": "PlanRectification",
        "by": STOPE_LEAD,
        "at": "2026-06-16T09:00+08:00",
        "data": {
            "hazard": "YH-0004",
            "responsible": CONTRACTOR,
            "measures": T("更换防震矿用灯和线束", "new shock-proof lamps and harness"),
            "funds": T("0.8 万元，承包单位承担", "CNY 8,000, borne by the contractor"),
            "contingency": T("修复前两人撬毛，移动灯具照明", "until then scale in twos, with portable lamps"),
            "due": "2026-07-05",
        },
    },
    {
        "command": "CompleteRectification",
        "by": CONTRACTOR,
        "at": "2026-07-13T16:00+08:00",
        "data": {
            "hazard": "YH-0004",
            "done": T("灯具到货晚，7 月 13 日装完", "the lamps came late; fitted on 13 July"),
            "rectified_by": [FITTER],
        },
    },
    {
        "command": "VerifyRectification",
        "by": NEW_STOPE_LEAD,
        "at": "2026-07-15T09:00+08:00",
        "data": {
            "hazard": "YH-0004",
            "verdict": "accepted",
            "findings": T("顶板照度合格", "the roof is lit as it must be"),
        },
    },
    {
        "command": "CloseHazard",
        "by": SAFETY_HEAD,
        "at": "2026-07-16T08:30+08:00",
        "data": {
            "hazard": "YH-0004",
            "remark": T("逾期 8 天，已约谈承包单位", "8 days late; the contractor was spoken to"),
        },
    },
)
