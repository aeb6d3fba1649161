"""Whole examples about neighbours and declared works: the mine blasts near a village."""

from __future__ import annotations

from domain.language import Event
from domain.neighbours import NeighbourEnded, NeighbourRegistered, WatchRecorded
from domain.work_telling import NeighbourAffected, NeighbourAnswered, NeighbourTold, ObjectionWeighed
from domain.works import WorkDeclared, WorkEnded, WorkMoved, WorkStarted

__all__ = ["NEIGHBOURS", "NEIGHBOUR_EVENTS"]

Entry = tuple[str, str, str, dict[str, object]]

_BODY = "KS-01"
_VILLAGE = "ZB-CUN"
_NEIGHBOUR: dict[str, object] = {"body": _BODY, "neighbour": _VILLAGE}
_WORK: dict[str, object] = {"body": _BODY, "work": "ZY-2026-01"}
_PAPER = "0c6ad70beb3a7e76c3fc7adab7c46acc6e7a1f2a4a6f3b1d0d1b0b5e6e1f9a53"
_WHAT = "井口平台拆除爆破，警戒半径200米，爆破时中断乡道通行十分钟"

NEIGHBOURS: tuple[Entry, ...] = (
    (
        "RegisterNeighbour",
        "P-SAFETY",
        "2026-02-27T09:00",
        {
            **_NEIGHBOUR,
            "kind": "residents",
            "name": "青石岭村石板沟组（示例）",
            "place": "井口东侧180米，21户",
            "reached_by": "爆破振动、飞石、乡道中断",
        },
    ),
    (
        "DeclareWork",
        "P-WORKSHOP",
        "2026-02-27T10:00",
        {
            **_WORK,
            "kind": "dangerous_work",
            "unit": "U-TS",
            "title": "旧井架拆除爆破",
            "what": _WHAT,
            "starts": "2026-03-03",
            "ends": "2026-03-03",
            "nobody_because": "初查200米内无住户；待测量复核",
        },
    ),
    (
        "AffectNeighbour",
        "P-SAFETY",
        "2026-02-27T15:00",
        {**_WORK, "neighbour": _VILLAGE, "reason": "测量复核：最近住户距井口180米，在警戒半径内"},
    ),
    (
        "TellNeighbour",
        "P-WORKSHOP",
        "2026-02-28T09:00",
        {
            **_WORK,
            "neighbour": _VILLAGE,
            "means": "meeting",
            "told": "爆破日期、警戒范围和信号，疏散路线，道路中断时间",
            "answer_by": "2026-03-01",
            "evidence": [_PAPER],
        },
    ),
    (
        "RecordNeighbourAnswer",
        "P-WORKSHOP",
        "2026-02-28T16:00",
        {**_WORK, "neighbour": _VILLAGE, "answer": "objection", "words": "3日村内办丧事，车辆多，请改期"},
    ),
    (
        "MoveWork",
        "P-WORKSHOP",
        "2026-02-28T17:00",
        {**_WORK, "starts": "2026-03-05", "ends": "2026-03-05", "reason": "村民请求避开3日"},
    ),
    (
        "WeighObjection",
        "P-SAFETY",
        "2026-02-28T17:30",
        {**_WORK, "neighbour": _VILLAGE, "outcome": "改在5日14时爆破，已电话答复村民小组"},
    ),
    (
        "RecordWatch",
        "P-SAFETY",
        "2026-03-02T10:00",
        {
            **_NEIGHBOUR,
            "kind": "third_party_inspection",
            "what": "村民小组请第三方复核爆破振动计算和警戒范围",
            "outcome": "振动低于允许值；警戒点增设一处",
            "inspected_by": "江苏某爆破安全评估有限公司（示例）",
            "evidence": [_PAPER],
        },
    ),
    ("StartWork", "P-WORKSHOP", "2026-03-05T14:00", {**_WORK}),
    (
        "EndWork",
        "P-WORKSHOP",
        "2026-03-05T15:00",
        {**_WORK, "how": "finished", "what": "无飞石越界，道路14时25分恢复"},
    ),
    (
        "EndNeighbour",
        "P-SAFETY",
        "2026-03-05T16:00",
        {**_NEIGHBOUR, "reason": "该组整体搬迁完毕，住房已拆除"},
    ),
)
"""In an order in which all are accepted after the units."""

NEIGHBOUR_EVENTS: tuple[Event, ...] = (
    NeighbourRegistered(
        _VILLAGE,
        "residents",
        "青石岭村石板沟组（示例）",
        "井口东侧180米，21户",
        "爆破振动、飞石、乡道中断",
        None,
    ),
    WatchRecorded(
        1,
        "third_party_inspection",
        "村民小组请第三方复核爆破振动计算和警戒范围",
        "振动低于允许值；警戒点增设一处",
        "江苏某爆破安全评估有限公司（示例）",
        (_PAPER,),
    ),
    NeighbourEnded("该组整体搬迁完毕，住房已拆除"),
    WorkDeclared(
        "ZY-2026-01",
        "dangerous_work",
        "U-TS",
        "旧井架拆除爆破",
        _WHAT,
        "2026-03-03",
        "2026-03-03",
        (),
        "初查200米内无住户；待测量复核",
        "2026-03-02",
        "safety_officer",
        None,
    ),
    NeighbourAffected(
        _VILLAGE, "测量复核：最近住户距井口180米，在警戒半径内", "2026-03-02", "safety_officer", None
    ),
    NeighbourTold(
        _VILLAGE,
        1,
        "meeting",
        "爆破日期、警戒范围和信号，疏散路线，道路中断时间",
        "2026-03-03",
        "2026-03-01",
        (_PAPER,),
        "P-WORKSHOP",
        "2026-03-02",
        0,
        False,
        False,
    ),
    NeighbourAnswered(_VILLAGE, "objection", "3日村内办丧事，车辆多，请改期", ()),
    ObjectionWeighed(_VILLAGE, "改在5日14时爆破，已电话答复村民小组", "P-SAFETY"),
    WorkMoved(
        "2026-03-03",
        "2026-03-05",
        "2026-03-05",
        "村民请求避开3日",
        "2026-03-04",
        "safety_officer",
        None,
        (),
        "2026-02-28T09:00:00.000000Z",
    ),
    WorkStarted("dangerous_work", "U-TS", "", (), (), (), "P-WORKSHOP", "2026-03-05T06:00:00.000000Z"),
    WorkEnded("finished", "无飞石越界，道路14时25分恢复", "P-WORKSHOP", ()),
)
