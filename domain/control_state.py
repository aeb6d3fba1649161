"""What is known of the controls of one risk when the next decision about them is made, and what a checklist needs.

A control is proposed, reviewed by somebody else, adopted, changed in versions and withdrawn; while a new version waits,
the adopted one stays in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Literal

from domain.language import Day, Event, Moment, but
from domain.tenures import Tenure

Layer = Literal["engineering", "management", "protection"]
LAYERS: tuple[Layer, ...] = ("engineering", "management", "protection")
"""Layers of control in their order of preference (YT Art. 23)."""
ControlAspect = Literal["management", "regulation", "technology", "emergency"]
ASPECTS: tuple[ControlAspect, ...] = ("management", "regulation", "technology", "emergency")
"""From which sides every risk gets controls (NJ 三: 管理、制度、技术、应急)."""
Means = Literal[
    "eliminate",
    "terminate",
    "substitute",
    "isolate",
    "rebuild",
    "repair",
    "personal_protection",
    "manage",
    "monitor",
    "educate",
]
"""By what a control reduces the risk: those of NJ-042, and education and training (YT Art. 21)."""
Tier = Literal["company", "workshop", "team", "post"]
TIERS: tuple[Tier, ...] = ("company", "workshop", "team", "post")
"""Who controls, from the top down; what one tier controls, every tier below it controls too (YT Art. 23)."""
CheckPeriod = Literal["shift", "day", "week", "month", "quarter", "year"]
PERIODS: tuple[CheckPeriod, ...] = ("shift", "day", "week", "month", "quarter", "year")
"""How often an adopted control is looked at, the most often first."""


@dataclass(frozen=True)
class Use:
    """What the control builds on: a procedure, standard or existing measure; ``document`` where it is registered."""

    kind: str
    reference: str
    document: str | None


@dataclass(frozen=True)
class Asset:
    """The equipment, sensor or interlock that carries the control; ``renew_by`` is the day by which it is renewed."""

    kind: str
    code: str
    renew_by: str | None


@dataclass(frozen=True)
class Check:
    """How an adopted control is checked, how often and by which tier."""

    tier: str
    period: str
    how: str


@dataclass(frozen=True)
class ControlTerms(Event):
    """What a control is in one version; every record that proposes or adopts one says all of it."""

    measure: str
    layer: str
    aspect: str
    means: tuple[str, ...]
    order: int
    uses: tuple[Use, ...]
    assets: tuple[Asset, ...]
    checks: tuple[Check, ...]


TERMS: tuple[str, ...] = tuple(field.name for field in fields(ControlTerms))


def told(terms: object) -> dict[str, Any]:
    """The terms by their names, for a record that says them."""
    return {name: getattr(terms, name) for name in TERMS}


def terms_of(said: object) -> ControlTerms:
    """The terms alone, from an event that says them among other things."""
    return ControlTerms(**told(said))


@dataclass(frozen=True)
class Assignment:
    """Who answers for a control at one tier: department, post, person; ``tenure.holder`` is the control's code."""

    tenure: Tenure
    tier: str
    department: str | None
    post: str | None
    person: str | None

    @property
    def control(self) -> str:
        return self.tenure.holder


@dataclass(frozen=True)
class Control:
    """One control: the version that waits, if any, and the one in force, if any.

    ``passed`` is what the review of the waiting version said; None while nobody reviewed it.
    """

    code: str
    last_at: Moment
    version: int
    waiting: ControlTerms | None
    proposed_by: tuple[str, ...]
    passed: bool | None = None
    adopted: ControlTerms | None = None
    adopted_version: int = 0
    withdrawn: bool = False

    @property
    def step(self) -> str:
        """Where it stands: a waiting version comes first."""
        if self.withdrawn:
            return "withdrawn"
        if self.waiting is None:
            return "adopted"
        if self.passed is None:
            return "proposed"
        return "reviewed" if self.passed else "review_failed"

    @property
    def order(self) -> int:
        """Its place in the order of priority; the waiting version's where there is no other."""
        terms = self.adopted or self.waiting
        return 0 if terms is None else terms.order


@dataclass(frozen=True)
class Uncontrollable:
    """The declaration in force: its number and when it was made."""

    number: int
    declared_at: Moment


@dataclass(frozen=True)
class InForce:
    """An adopted control as a checklist needs it: ``tiers`` are those to which it is assigned on the day asked for."""

    code: str
    version: int
    measure: str
    layer: str
    tiers: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Controls:
    """The controls of one risk and who answers for each; ``declared`` counts the declarations ever made."""

    held: tuple[Control, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    declared: int = 0
    uncontrollable: Uncontrollable | None = None

    def of(self, code: str) -> Control | None:
        return next((one for one in self.held if one.code == code), None)

    def __contains__(self, code: object) -> bool:
        """Whether a control of that code is in force."""
        return any(one.code == code and one.adopted is not None for one in self.live())

    def live(self) -> tuple[Control, ...]:
        """Those that are not withdrawn."""
        return tuple(one for one in self.held if not one.withdrawn)

    def layers(self) -> frozenset[str]:
        """The layers in which a control is in force."""
        return frozenset(one.adopted.layer for one in self.live() if one.adopted is not None)

    def in_force(self, day: Day) -> tuple[InForce, ...]:
        """The adopted controls in their order of priority, with the tiers to which each is assigned on that day."""
        found = sorted(
            (one for one in self.live() if one.adopted is not None), key=lambda one: (one.order, one.code)
        )
        return tuple(
            InForce(
                one.code,
                one.adopted_version,
                one.adopted.measure,
                one.adopted.layer,
                tuple(tier for tier in TIERS if tier in self.tiers(one.code, day)),
                one.adopted.checks,
            )
            for one in found
            if one.adopted is not None
        )

    def tiers(self, code: str, day: Day) -> frozenset[str]:
        """The tiers to which a control is assigned on that day."""
        return frozenset(
            one.tier for one in self.assignments if one.control == code and one.tenure.holds_on(day)
        )

    def having(self, control: Control) -> Controls:
        """The same with one more control."""
        return but(self, held=(*self.held, control))

    def changing(self, code: str, **changes: object) -> Controls:
        """The same after a step of one control; unchanged where there is no such control."""
        return but(self, held=tuple(but(one, **changes) if one.code == code else one for one in self.held))

    def ending(self, numbers: Iterable[int], until: Day) -> Controls:
        """The same where the numbered assignments end on that day."""
        ended = frozenset(numbers)
        return but(
            self,
            assignments=tuple(
                but(one, tenure=but(one.tenure, until=max(until, one.tenure.since)))
                if one.tenure.number in ended
                else one
                for one in self.assignments
            ),
        )
