"""The year's monthly checks of the measures by each tier (NJ-060): most in time, two late, one month left undone.

The clock of the story begins in March: the checks of January and February were done in time and entered then.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.mine import DIRECTOR, HOIST_CREW, HOIST_LEAD
from adapters.demo.steps import Line, T

TIERS: tuple[tuple[str, str, int], ...] = (
    # role, who answers for it, minute of the hour at which it is told
    ("principal", DIRECTOR, 10),
    ("workshop_lead", HOIST_LEAD, 20),
    ("team_lead", HOIST_CREW, 30),
)
ENTERED_LATE = {"2026-01": "2026-03-03", "2026-02": "2026-03-03"}
DONE_LATE = {("team_lead", "2026-06"): "2026-07-04", ("principal", "2026-08"): "2026-09-02"}
UNDONE = frozenset({("workshop_lead", "2026-09")})
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))
WHAT = {
    "principal": T("按月检查各级管控措施落实情况", "checked month by month how the measures are carried out"),
    "workshop_lead": T("检查本车间管控措施，逐项签字", "checked the workshop's measures one by one, signed"),
    "team_lead": T("检查本班组岗位措施和防护用品", "checked the team's measures and protective equipment"),
}


def lines() -> Iterator[Line]:
    """Who answers for a tier says that its check of the month was done."""
    for month in MONTHS:
        for role, person, minute in TIERS:
            if (role, month) in UNDONE:
                continue
            day = DONE_LATE.get((role, month), f"{month}-26")
            line: dict[str, object] = {
                "command": "FulfilDuty",
                "by": person,
                "at": f"{day}T16:{minute:02}+08:00",
                "data": {"duty": f"measures-check.{role}.{month}", "done": WHAT[role]},
            }
            if month in ENTERED_LATE:
                line["entered"] = f"{ENTERED_LATE[month]}T09:{minute:02}+08:00"
            yield line
