"""The example mine's units on the ground: whole examples of commands about units, stops, holds, posts and areas.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); ``domain/examples.py``
makes them whole lines of a batch, before the example risk is retired.
"""

from __future__ import annotations

__all__ = ["SITES"]

BODY, SHAFT, ROOM, DESK, BRAKES, OLD_ROOM = "KS-01", "U-TS", "U-TS-1", "U-TS-1-1", "U-TS-9-1", "U-TS-9"
AREA, TEAM = "A-TS", "BZ-TS-1"

Entry = tuple[str, str, str, dict[str, object]]

_UNITS: tuple[Entry, ...] = (
    (
        "RegisterUnits",
        "P-SAFETY",
        "2026-03-16T09:00",
        {
            "body": BODY,
            "units": [
                {"unit": ROOM, "name": "机房", "kind": "sub", "parent": SHAFT},
                {"unit": DESK, "name": "操作台", "kind": "post", "parent": ROOM},
                {"unit": OLD_ROOM, "name": "旧机房", "kind": "sub", "parent": SHAFT},
                {"unit": BRAKES, "name": "工作制动", "kind": "equipment", "parent": OLD_ROOM},
            ],
        },
    ),
    (
        "MoveUnit",
        "P-SAFETY",
        "2026-03-16T09:10",
        {"body": BODY, "unit": BRAKES, "parent": ROOM, "reason": "制动装置随提升机迁入新机房"},
    ),
    ("RenameUnit", "P-SAFETY", "2026-03-16T09:20", {"body": BODY, "unit": ROOM, "name": "提升机房"}),
    (
        "RetireUnit",
        "P-SAFETY",
        "2026-03-16T09:30",
        {"body": BODY, "unit": OLD_ROOM, "reason": "旧机房停用，设备已全部迁出"},
    ),
    (
        "LocateUnit",
        "P-SAFETY",
        "2026-03-16T09:40",
        {
            "body": BODY,
            "unit": DESK,
            "drawing": "TZ-TS-01",
            "outline": [
                {"x": "12.5", "y": "8"},
                {"x": "16.5", "y": "8"},
                {"x": "16.5", "y": "11.25"},
                {"x": "12.5", "y": "11.25"},
            ],
            "system": "CGCS2000",
            "longitude": "118.8012",
            "latitude": "31.9921",
        },
    ),
    (
        "FlagUnit",
        "P-SAFETY",
        "2026-03-16T09:50",
        {
            "body": BODY,
            "unit": DESK,
            "flags": ["key_post", "dangerous_place"],
            "reason": "一人操作，直接关系罐笼乘员安全",
        },
    ),
    (
        "RecordAspectReview",
        "P-TEAM",
        "2026-03-16T14:00",
        {
            "body": BODY,
            "unit": DESK,
            "aspect": "work_activity",
            "reviewed_by": ["P-WORKER", "P-TEAM"],
            "findings": "开车、减速、停车三个环节逐一查看，新增误操作风险一项待辨识",
        },
    ),
)

_STOP: dict[str, object] = {"body": BODY, "unit": SHAFT}
_HOLD: dict[str, object] = {"body": BODY, "unit": DESK}

_GATES: tuple[Entry, ...] = (
    (
        "StopUnit",
        "P-WORKER",
        "2026-03-17T06:40",
        {**_STOP, "reason": "主、后备过卷保护试验均不动作，罐笼运行失去保护", "risk": "R-0001"},
    ),
    (
        "RecordEvacuation",
        "P-TEAM",
        "2026-03-17T06:55",
        {**_STOP, "evacuated": "井口等候的14人撤至候罐室外，罐内无人，逐一点名"},
    ),
    (
        "CloseZone",
        "P-TEAM",
        "2026-03-17T07:05",
        {**_STOP, "zone": "井口房及井架四周20米拉警戒带，安全门上锁，专人看守", "stop": 1},
    ),
    (
        "ReleaseStop",
        "P-SAFETY",
        "2026-03-17T16:00",
        {**_STOP, "made_safe": "更换两套过卷开关及公共电源，分别试验十次均动作", "stop": 1},
    ),
    (
        "OpenHold",
        "P-TEAM",
        "2026-03-18T08:10",
        {
            **_HOLD,
            "kind": "abnormal_condition",
            "abnormality": "操作台深度指示与井口标尺相差0.6米",
            "analysis": "指示器齿轮打滑，减速点可能漂移；其他信号正常",
        },
    ),
    (
        "SetCountermeasure",
        "P-WORKSHOP",
        "2026-03-18T08:30",
        {**_HOLD, "measure": "更换指示器齿轮并重新标定，标定后空罐往返五次", "standing": "decided"},
    ),
    (
        "ImplementCountermeasure",
        "P-TEAM",
        "2026-03-18T11:20",
        {**_HOLD, "hold": 1, "countermeasure": 1},
    ),
    (
        "ReleaseHold",
        "P-WORKSHOP",
        "2026-03-18T11:40",
        {**_HOLD, "hold": 1, "remark": "空罐五次误差均小于0.05米"},
    ),
)

_TEAM_DAY: dict[str, object] = {"body": BODY, "team": TEAM, "day": "2026-03-19"}

_POSTS: tuple[Entry, ...] = (
    (
        "ConfirmPosts",
        "P-TEAM",
        "2026-03-19T07:50",
        {
            **_TEAM_DAY,
            "shift": "早班",
            "shown": 40,
            "prediction": "今日井口结冰，注意罐笼踏板打滑；乘罐人数不得超过14人",
            "posts": [{"unit": DESK, "person": "P-WORKER"}, {"unit": BRAKES, "person": "P-TEAM"}],
            "exceptions": [
                {
                    "unit": BRAKES,
                    "person": "P-TEAM",
                    "aspect": "equipment_check",
                    "found": "制动闸盘有少量油迹，已擦净，运行一小时后复查",
                }
            ],
        },
    ),
    (
        "RecheckConfirmation",
        "P-WORKSHOP",
        "2026-03-19T09:05",
        {
            **_TEAM_DAY,
            "verdict": "sound",
            "findings": "现场抽查过卷试验记录和闸盘，油迹未再出现",
            "confirmation": 1,
            "units": [BRAKES],
        },
    ),
)

_AREA: dict[str, object] = {"body": BODY, "area": AREA}

_AREAS: tuple[Entry, ...] = (
    ("DefineArea", "P-SAFETY", "2026-03-19T14:00", {**_AREA, "name": "竖井提升区", "units": [ROOM]}),
    (
        "RegroupArea",
        "P-SAFETY",
        "2026-03-19T14:10",
        {**_AREA, "units": [DESK, BRAKES], "reason": "按岗位单元划分更细"},
    ),
    (
        "WeighArea",
        "P-SAFETY",
        "2026-03-19T14:20",
        {
            **_AREA,
            "weights": {DESK: "0.6", BRAKES: "0.4"},
            "points": {"major": "4", "larger": "3", "general": "2", "low": "1"},
            "reason": "领导小组会议纪要2026年第3号",
        },
    ),
    (
        "UnweighArea",
        "P-SAFETY",
        "2026-03-19T15:00",
        {**_AREA, "reason": "权重尚未经专家论证，先按短板原理定级"},
    ),
    ("DissolveArea", "P-SAFETY", "2026-03-19T15:10", {**_AREA, "reason": "并入提升运输区"}),
)

SITES: tuple[Entry, ...] = (*_UNITS, *_GATES, *_POSTS, *_AREAS)
"""In an order in which all are accepted."""
