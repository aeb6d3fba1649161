"""What the demo shows of the machine works: its risks by level, its areas, and the commands to look further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.demo.plant import PLANT
from adapters.verbs.frame import Frame
from adapters.verbs.machine import answer_question
from domain.labels import label
from domain.language import LEVELS

Rows = Sequence[Mapping[str, Any]]


def numbers(frame: Frame) -> dict[str, Any]:
    """How many risks the works holds, by level, and how many of them wait for somebody to approve a lower one."""
    rows = answer_question(frame, "risk-list", {"body": PLANT})
    levels = Counter(str(row["level"]) for row in rows)
    return {
        "plant_risks": len(rows),
        "plant_risks_by_level": {level: levels[level] for level in LEVELS},
        "plant_controls": sum(int(row["control_count"]) for row in rows),
    }


def areas(frame: Frame) -> Rows:
    """The areas of the works with their levels, the gravest first."""
    rows = answer_question(frame, "area-list", {"body": PLANT})
    order = {str(level): at for at, level in enumerate(LEVELS)}
    return sorted(rows, key=lambda row: (order.get(str(row["level"]), len(order)), str(row["code"])))


def waiting(frame: Frame) -> Rows:
    """The risks of the works that a change touched and nobody assessed since, with who owes it today, all by name."""
    names = frame.app.directory.names()
    rows = answer_question(frame, "change-risks", {"body": PLANT, "waiting_only": True})
    kinds = {one["code"]: one["kind"] for one in answer_question(frame, "change-list", {"body": PLANT})}
    risks = {one["code"]: one["name"] for one in answer_question(frame, "risk-list", {"body": PLANT})}
    return [
        {
            **row,
            "change_code": f"{label(kinds[row['change']], frame.lang)} {row['change']}",
            "risk_name": risks[row["risk"]],
            "persons": ", ".join(names.get(one, one) for one in row["persons"]),
        }
        for row in rows
    ]


def still_waiting(frame: Frame, rows: Rows) -> str:
    """How many there are, as a line."""
    if not rows:
        return frame.say("变更涉及的风险均已重新评估", "every risk that a change touched was assessed again")
    return frame.say(
        f"变更后尚待重新评估的风险 {len(rows)} 项，风险清单因此不是最新",
        f"{len(rows)} risks still to be assessed again after a change, so the risk list is not current",
    )


def sentence(frame: Frame, told: Mapping[str, Any]) -> str:
    """The numbers as one line."""
    by_level = told["plant_risks_by_level"]
    each = "，".join if frame.lang == "zh" else ", ".join
    levels = each(f"{label(level, frame.lang)} {count}" for level, count in by_level.items())
    return frame.say(
        f"{told['plant_risks']} 项安全风险（{levels}），{told['plant_controls']} 项管控措施",
        f"{told['plant_risks']} risks ({levels}) with {told['plant_controls']} controls",
    )


def next_commands(frame: Frame, on: str) -> list[tuple[str, str]]:
    """Real commands about the works."""
    say = frame.say
    of = f"--body {PLANT} {on}"
    return [
        (
            f"dualguard risk list {of} --level major",
            say(
                "机械厂的重大风险；一项降级待批，仍按高级计",
                "its major risks; one waits to be lowered and still counts",
            ),
        ),
        (
            f"dualguard risk diff {of} --from 2026-06-01 --to 2026-08-01",
            say("两个时点之间逐项变化", "what changed between two moments, field by field"),
        ),
        (
            f"dualguard risk what-if {of} --method lec --version classic-5level",
            say("换一种分级看同样的输入，不记录", "the same inputs under other bounds; nothing is recorded"),
        ),
        (f"dualguard rules methods {of} --ever", say("采用过哪些评价方法", "which methods it adopted")),
        (
            f"dualguard change list {of}",
            say("变更、触及的风险与待评估数", "changes, the risks each touched, and how many wait"),
        ),
        (
            f"dualguard risk uplifts --ever {of}",
            say("暴雨预警期间临时上调的风险", "what a rainstorm lifted while its warning was in force"),
        ),
        (f"dualguard area list {of}", say("区域等级与颜色", "areas with level and colour")),
        (f"dualguard org who {of} --on 2026-06-01", say("那天谁负责", "who answered on that day")),
    ]
