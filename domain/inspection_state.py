"""What the next decision on an inspection needs to know; nothing that is only told to readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.checklist_items import ChecklistItem
from domain.language import Day, Moment
from domain.rulebook import Citation

Answer = Literal["pass", "fail", "not_applicable", "not_looked_at"]


@dataclass(frozen=True)
class RoundPlan:
    """The round that was owed; ``series`` rounds are followed by that of the next period."""

    checklist: str
    tier: str
    period: str
    owed_by: str
    opens: str
    due: str
    series: bool
    citation: Citation | None


@dataclass(frozen=True)
class RoundItem:
    """What the round looks at: an item of the checklist with the place, risk and control it had in that version."""

    item: str
    unit: str
    risk: str | None
    control: str | None

    def __str__(self) -> str:
        return self.item


@dataclass(frozen=True)
class Inspection:
    """``items`` are those of the round, ``answers`` what was found at each so far; ``last_at`` is the latest act."""

    step: str = "unknown"
    plan: RoundPlan | None = None
    missed: Day = ""
    checklist: str = ""
    version: int = 0
    tier: str = ""
    items: Mapping[str, RoundItem] = field(default_factory=dict)
    inspectors: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    started_at: Moment = ""
    last_at: Moment = ""


def round_items(items: tuple[ChecklistItem, ...], tier: str, period: str | None) -> tuple[RoundItem, ...]:
    """The items that a round of this tier and period looks at, in the checklist's order."""
    return tuple(
        RoundItem(one.item, one.unit, one.risk, one.control) for one in items if one.due_for(tier, period)
    )
