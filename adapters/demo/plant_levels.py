"""How the machine works grades: several methods, a matrix of its own, inherent ratings, factors and overrides."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.plant import DIRECTOR, EXPERT, SAFETY_HEAD, SAFETY_OFFICER, line
from adapters.demo.plant_risks import Found, found
from adapters.demo.steps import Line, T

OWN = "hot-work-matrix"
_LIKELIHOOD = (
    ("1", T("措施齐全且有人监护", "every measure in place, somebody watches")),
    ("2", T("措施齐全", "every measure in place")),
    ("3", T("措施有缺项", "a measure is missing")),
)
_SEVERITY = (
    ("1", T("轻伤", "slight injury")),
    ("2", T("重伤", "severe injury")),
    ("3", T("死亡或火灾蔓延", "death, or the fire spreads")),
)
_LEVELS = ("low", "low", "general", "low", "general", "larger", "general", "larger", "major")


def lines() -> Iterator[Line]:
    """From March to September, by what it shows."""
    by_place = {(one.place.unit, one.entry["name_zh"]): one for one in found()}
    gas = by_place["W6-GAS1", "液化气站泄漏爆炸"]
    boiler = by_place["W6-BOI1", "锅炉缺水爆炸"]
    furnace = by_place["W5-FUR1", "可控气氛炉一氧化碳泄漏"]
    oven = by_place["W4-OVE1", "烘干炉燃气泄漏爆炸"]
    paint = by_place["W4-PAI1", "喷漆室溶剂蒸气爆炸"]
    yield from _methods()
    for minute, one in enumerate((gas, boiler, furnace, oven, paint)):
        yield line(
            "AssessRisk",
            SAFETY_OFFICER,
            f"2026-03-04T09:{minute:02}",
            risk=one.code,
            method="lec",
            rating="inherent",
            inputs={"L": "6", "E": one.entry["E"], "C": one.entry["C"]},
            basis=T("假定现有措施全部失效", "as if every control failed"),
        )
    yield from _compared(furnace, by_place["W6-GAS1", "卸车软管脱落"])
    yield from _raised(boiler, oven)
    yield from _own_matrix(paint)


def _again(one: Found, by: str, at: str, **data: object) -> Line:
    inputs = {key: one.entry[key] for key in ("L", "E", "C")}
    return line("ReassessRisk", by, at, risk=one.code, **{"method": "lec", "inputs": inputs, **data})


def _methods() -> Iterator[Line]:
    """Exactly one variant of the 5x5 matrix, and direct determination."""
    yield line("AdoptMethod", DIRECTOR, "2026-03-02T09:00", method="ls", version="5x5-shandong-type")
    yield line("AdoptMethod", DIRECTOR, "2026-03-02T09:05", method="direct", version="1")


def _compared(furnace: Found, hose: Found) -> Iterator[Line]:
    """Important places are assessed by a second method (NJ 二(二)); somebody decides which one counts."""
    yield _again(
        furnace,
        EXPERT,
        "2026-03-05T10:00",
        method="ls",
        inputs={"L": "3", "S": "5"},
        reason="cross_check",
        basis=T("两种方法互证", "two methods checked against each other"),
    )
    yield line(
        "ChooseMethod",
        SAFETY_HEAD,
        "2026-03-06T09:00",
        risk=furnace.code,
        method="ls",
        reason=T("炉区人员少而后果重，以矩阵法为准", "few people, grave consequence: the matrix counts"),
    )
    yield _again(
        hose,
        EXPERT,
        "2026-03-05T10:30",
        method="direct",
        inputs=None,
        condition="major_hazard_installation",
        reason="cross_check",
        basis=T("储量辨识记录", "the record of the quantity stored"),
    )


def _raised(boiler: Found, oven: Found) -> Iterator[Line]:
    """What must be weighed most raises the level; and a person gives a higher one, with the reason."""
    yield _again(
        boiler,
        SAFETY_OFFICER,
        "2026-03-09T14:00",
        reason="correction",
        escalations=[
            {
                "factor": "exposed_people",
                "reason": T("锅炉房与食堂相邻，午间八十人", "beside the canteen, eighty people at noon"),
            }
        ],
        basis=T("补记暴露人员", "the exposed people were added"),
    )
    yield _again(
        oven,
        SAFETY_OFFICER,
        "2026-03-09T15:00",
        reason="correction",
        level="larger",
        override=T("同型号烘干炉去年在外地爆燃", "an oven of this type flashed over elsewhere last year"),
        standards_met=True,
        evidence=[
            {"kind": "accident", "what": T("同类企业事故通报", "notice of an accident at a similar works")}
        ],
        analysis={
            "initiating_object": T("燃气阀组", "the gas valves"),
            "inducing_cause": T("吹扫时间不足", "purged too briefly"),
            "harming_object": T("爆燃气体和炉门", "burning gas and the door"),
            "injury_manner": T("灼烫、打击", "burnt, struck"),
        },
    )


def _own_matrix(paint: Found) -> Iterator[Line]:
    """In September the works adopts a matrix of its own; what was graded before keeps the names of its methods."""
    cells = [(one, two) for one, _ in _LIKELIHOOD for two, _ in _SEVERITY]
    yield line(
        "AdoptOwnMethod",
        DIRECTOR,
        "2026-09-01T09:00",
        method=OWN,
        version="2026-1",
        title=T("动火作业风险矩阵", "matrix for hot work"),
        scales=[
            {"key": key, "zh": zh, "en": en, "values": [{"value": value, "zh": of} for value, of in steps]}
            for key, zh, en, steps in (
                ("L", "可能性", "likelihood", _LIKELIHOOD),
                ("S", "严重性", "severity", _SEVERITY),
            )
        ],
        cells=[
            {"inputs": {"L": one, "S": two}, "level": level}
            for (one, two), level in zip(cells, _LEVELS, strict=True)
        ],
        basis=T("安委会八月会议", "the safety committee, in August"),
    )
    yield _again(
        paint,
        SAFETY_OFFICER,
        "2026-09-03T10:00",
        method=OWN,
        inputs={"L": "2", "S": "3"},
        reason="cross_check",
        basis=T("检修动火前评估", "before hot work during repair"),
    )
