"""The example mine has its hoist's brakes serviced: the change, the risk it touches, and how it ends."""

from __future__ import annotations

from domain.change_state import Path, Reached, ScopeRow
from domain.change_touched import ChangedRiskSettled, ExcludedFromChange, RisksTaken
from domain.changes import ChangeClosed, ChangeEnded, ChangeReported, ChangeResolved
from domain.language import Event

__all__ = ["CHANGES", "CHANGE_EVENTS", "CHANGE_MACHINE"]

Entry = tuple[str, str, str, dict[str, object]]

RISK, CHANGE = "R-0001", "BG-2026-01"
THE_CHANGE: dict[str, object] = {"body": "KS-01", "change": CHANGE}
WHAT = "主提升机盘形制动器检修，更换闸瓦并调整闸瓦间隙"
OUT = "检修只涉及制动器备用油路，不改变过卷保护"
OVER = "检修结束，制动力矩试验合格"

CHANGES: tuple[Entry, ...] = (
    (
        "ReportChange",
        "P-WORKSHOP",
        "2026-03-19T16:30",
        {
            **THE_CHANGE,
            "kind": "maintenance",
            "what": WHAT,
            "scope": [{"kind": "equipment", "code": "TS-ZD-01"}],
            "starts": "2026-03-19",
        },
    ),
    ("TakeIntoChange", "P-SAFETY", "2026-03-19T16:40", {**THE_CHANGE, "risks": [RISK]}),
    ("ExcludeFromChange", "P-PRINCIPAL", "2026-03-19T16:50", {**THE_CHANGE, "risk": RISK, "reason": OUT}),
    (
        "CloseChange",
        "P-PRINCIPAL",
        "2026-03-19T17:30",
        {**THE_CHANGE, "reason": "唯一涉及的风险已说明不受影响"},
    ),
    ("EndChange", "P-WORKSHOP", "2026-03-19T17:50", {**THE_CHANGE, "reason": OVER}),
)

_SCOPE = (ScopeRow("equipment", "TS-ZD-01"),)
CHANGE_EVENTS: tuple[Event, ...] = (
    ChangeReported(
        CHANGE, "maintenance", WHAT, _SCOPE, "2026-03-19", None, "", "", "2026-03-19T08:30:00.000000Z"
    ),
    ChangeResolved(
        1,
        "maintenance",
        "",
        180,
        (Reached(RISK, (Path(("equipment:TS-ZD-01",)),)),),
        False,
        "safety_officer",
        "2026-03-19",
        None,
    ),
    RisksTaken("maintenance", "", False, (RISK,), "P-SAFETY", "safety_officer", "2026-03-19", None),
    ExcludedFromChange(RISK, OUT, "P-PRINCIPAL", True),
    ChangedRiskSettled(RISK, "reassessed", 190, "P-EXPERT", "2026-03-20", True),
    ChangeEnded("maintenance", "", OVER, "2026-03-19T09:50:00.000000Z", _SCOPE, (RISK,)),
    ChangeClosed("P-PRINCIPAL", "唯一涉及的风险已说明不受影响", ()),
)

CHANGE_MACHINE: dict[str, dict[str, object]] = {
    "ResolveChange": {
        **THE_CHANGE,
        "at_position": 180,
        "risks": [{"risk": RISK, "paths": [{"steps": ["equipment:TS-ZD-01"]}]}],
    },
    "SettleChangedRisk": {
        **THE_CHANGE,
        "risk": RISK,
        "how": "reassessed",
        "assessment": 190,
        "done_by": "P-EXPERT",
        "recorded_on": "2026-03-20",
    },
}
"""The data of what only the machine gives."""
