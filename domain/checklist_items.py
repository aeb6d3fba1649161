"""An item of a checklist: what is checked, how, by which tiers, how often, and which control it checks."""

from __future__ import annotations

from dataclasses import dataclass

from domain.check_periods import PERIOD_OF_CHECK, Period, Tier, code_from
from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Words, day_of
from domain.refused import AlreadySo, Incomplete, Retired, UnknownThing
from domain.risks import RISK
from domain.units import need_unit


@dataclass(frozen=True)
class ItemEntry:
    """One item as a person gives it; without ``unit`` it lies at the unit of its checklist."""

    item: Code
    what: Words
    how: Words
    tiers: tuple[Tier, ...]
    period: Period
    unit: Code | None = None
    risk: Code | None = None
    control: Code | None = None


@dataclass(frozen=True)
class ChecklistItem:
    """One item as it stands in a version; ``risk`` and ``control`` name the measure that it checks, where it is one.

    ``source`` is ``control`` while it says what the control says, ``person`` once somebody wrote it.
    """

    item: str
    what: str
    how: str
    tiers: tuple[str, ...]
    period: str
    unit: str
    risk: str | None
    control: str | None
    source: str = "person"

    def __str__(self) -> str:
        return f"{self.item} {self.what}"

    def due_for(self, tier: str, period: str | None) -> bool:
        """Whether a round of this tier and period (any period: None) looks at it."""
        return tier in self.tiers and (period is None or period == self.period)


def items_of(
    entries: tuple[ItemEntry, ...], body: str, checklist: str, unit: str, facts: Facts
) -> tuple[ChecklistItem, ...]:
    """The entries as items; refuses one twice, without tiers, at an unknown unit, or for a control nobody adopted."""
    seen: set[str] = set()
    found: list[ChecklistItem] = []
    for entry in entries:
        what = Thing("checklist_item", f"{checklist}/{entry.item}")
        if entry.item in seen:
            raise AlreadySo(what=what)
        seen.add(entry.item)
        if not entry.tiers:
            raise Incomplete(what=what, missing=[Term("tier")])
        if entry.control is not None and entry.risk is None:
            raise Incomplete(what=what, missing=[Term("risk")])
        need_unit(facts, body, entry.unit or unit)
        if entry.risk is not None:
            _need_control(facts, body, entry.risk, entry.control)
        tiers = tuple(dict.fromkeys(entry.tiers))
        found.append(
            ChecklistItem(
                entry.item,
                entry.what,
                entry.how,
                tiers,
                entry.period,
                entry.unit or unit,
                entry.risk,
                entry.control,
            )
        )
    return tuple(found)


def generated(
    risks: tuple[str, ...], body: str, unit: str, command: Command, facts: Facts
) -> tuple[ChecklistItem, ...]:
    """An item for every check of every control in force of these risks, in their order (NJ-063).

    A control without a check makes no item: it is shown as a gap, not filled in. Refuses unknown and retired risks.
    """
    found: list[ChecklistItem] = []
    for code in dict.fromkeys(risks):
        risk = facts.of(RISK, body, code)
        if risk.step == "unknown":
            raise UnknownThing(kind=Term("risk"), code=code, body=body)
        if risk.step == "retired":
            raise Retired(kind=Term("risk"), code=code, command=type(command).__name__)
        for control in risk.controls.in_force(day_of(facts.at)):
            for check in control.checks:
                period = PERIOD_OF_CHECK[check.period]
                item = code_from(code, control.code, check.tier, period)
                at, tiers = risk.unit or unit, (check.tier,)
                found.append(
                    ChecklistItem(
                        item, control.measure, check.how, tiers, period, at, code, control.code, "control"
                    )
                )
    return tuple(found)


def _need_control(facts: Facts, body: str, risk: str, control: str | None) -> None:
    held = facts.of(RISK, body, risk)
    if held.step == "unknown":
        raise UnknownThing(kind=Term("risk"), code=risk, body=body)
    if control is not None and control not in held.controls:
        raise UnknownThing(kind=Term("control"), code=f"{risk}/{control}", body=body)
