"""How the mine of the story enters a control: the minutes of its review, with who answers for it and who checks it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.demo.mine import DEPARTMENT, PEOPLE, SAFETY_HEAD, SAFETY_OFFICER
from adapters.demo.steps import Line, T

_TIER = {
    "principal": "company",
    "safety_officer": "company",
    "expert": "company",
    "workshop_lead": "workshop",
    "team_lead": "team",
    "post_worker": "post",
}
TIER: dict[str, str] = {person: _TIER[role] for person, _, role, _ in PEOPLE if role in _TIER}
"""At which tier each person of the mine answers."""

_USES: dict[str, dict[str, Any]] = {
    "engineering": {"kind": "standard", "reference": "GB 16423-2020"},
    "management": {
        "kind": "procedure",
        "reference": T("岗位安全操作规程", "operating procedure of the post"),
    },
    "protection": {"kind": "existing_measure", "reference": T("矿山应急预案", "the mine's emergency plan")},
}
"""What a control of each layer builds on."""
_KIND: dict[str, tuple[str, str, str, T]] = {
    # layer: aspect, means, how often it is checked, how
    "engineering": (
        "technology",
        "rebuild",
        "shift",
        T("看是否完好，试验一次并记录", "see that it is sound, try it once, write it down"),
    ),
    "management": (
        "management",
        "manage",
        "month",
        T("查记录，现场抽问两人", "read the records and question two people on site"),
    ),
    "protection": (
        "emergency",
        "manage",
        "quarter",
        T("查装备和演练记录", "look at the equipment and the records of drills"),
    ),
}


def entered(
    risk: str,
    control: str,
    at: str,
    text: tuple[str, T, int],
    proposed_by: str,
    responsible: str,
    consulted: Iterable[str],
) -> Line:
    """One control with its layer, measure and place in the order; all who were asked answer for the first one."""
    layer, measure, order = text
    aspect, means, period, how = _KIND[layer]
    asked = list(dict.fromkeys((*consulted, responsible)))
    answering = {TIER[responsible]: responsible}
    if order == 1:
        for person in (proposed_by, *asked):
            answering.setdefault(TIER[person], person)
    data: dict[str, Any] = {
        "risk": risk,
        "control": control,
        "measure": measure,
        "layer": layer,
        "aspect": aspect,
        "means": [means],
        "order": order,
        "uses": [_USES[layer]],
        "checks": [{"tier": TIER[responsible], "period": period, "how": how}],
        "proposed_by": proposed_by,
        "consulted": asked,
        "findings": T("合规、可行、有效，会上一致同意", "lawful, feasible and effective; nobody objected"),
        "assign": [
            {"tier": tier, "person": person, "department": DEPARTMENT[person]}
            for tier, person in answering.items()
        ],
    }
    by = SAFETY_OFFICER if proposed_by == SAFETY_HEAD else SAFETY_HEAD
    return {"command": "AdoptReviewedControl", "by": by, "at": at, "data": data}
