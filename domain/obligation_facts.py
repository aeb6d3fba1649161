"""What has to be known of a responsible body to say what it owes: what it is, how its risks stood, what it did when.

These facts are read from the record by whoever asks; nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.bodies import Body
from domain.language import Code, Day, Moment

CONDITIONS: Final[Mapping[str, frozenset[str]]] = {
    "major_risk_exists": frozenset({"major"}),
    "larger_risk_is_highest": frozenset({"larger"}),
    "only_lower_risks": frozenset({"general", "low"}),
}
"""What a rule may ask of a body's risks: the highest level among them is one of these."""

TRIGGERS: Final[Mapping[str, tuple[str, ...]]] = {
    "risk_list_updated": (
        "risk_added",
        "risk_removed",
        "description_changed",
        "level_changed",
        "measures_changed",
        "responsible_changed",
        "reassessed_after_change",
        "reassessed",
    ),
    "sector_assessment_finished": ("report_finished",),
    "inspection_drawn": ("drawn",),
    "hazard_evaluated": ("evaluated",),
    "law_changed": ("came_into_force", "text_ended"),
}
"""What starts a clock, and what can have happened in particular; a rule may count only some of it."""


@dataclass(frozen=True)
class Reclassified:
    """From that day on the body is of this sector and of these high-risk classes."""

    since: Day
    sector: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Highest:
    """From that day on this is the highest level among the body's risks; empty when it has none."""

    since: Day
    level: str


@dataclass(frozen=True)
class Done:
    """What a rule asks for was done about the subject; ``by`` did it then, whenever it was recorded.

    ``duty`` is what it answered. Where a paper did, ``covers`` is the last day of which it tells, ``known`` the last
    record that it knows: what lies beyond either is still to be told.
    """

    rule: str
    subject: str
    at: Moment
    by: str = ""
    duty: str = ""
    covers: Day = ""
    known: int = 0


@dataclass(frozen=True)
class Led:
    """A person held a role from a day on; ``until`` is the first day on which it no longer held, ``told`` when it was
    said that it ends.
    """

    role: str
    person: str
    since: Day
    until: Day | None = None
    told: Day = ""

    def holds_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Cause:
    """Something that starts a clock: ``trigger`` as rules name it, ``what`` happened in particular, and about whom.

    ``reference`` names it for ever, such as its day; ``known`` is the record that tells of it, 0 where none does.
    """

    trigger: str
    what: str
    subject: str
    reference: str
    at: Moment
    known: int = 0


@dataclass(frozen=True)
class BodyFacts:
    """One responsible body; ``sector`` and ``classes`` as registered, later changes in the order of their days.

    ``led`` is who held which role when; ``charges`` are the bodies that an authority answers for.
    """

    body: Code
    kind: str
    area: str
    sector: str
    classes: tuple[str, ...]
    registered: Day
    reclassified: tuple[Reclassified, ...] = ()
    highest: tuple[Highest, ...] = ()
    done: tuple[Done, ...] = ()
    causes: tuple[Cause, ...] = ()
    led: tuple[Led, ...] = ()
    charges: tuple[BodyFacts, ...] = ()

    def who(self, day: Day) -> tuple[str, ...]:
        """The classes for which rules are written, as they were on that day."""
        sector, classes = self.sector, self.classes
        for change in self.reclassified:
            if change.since <= day:
                sector, classes = change.sector, change.classes
        return Body(self.kind, self.area, sector, classes).who

    def leaders(self, role: str, begins: Day, last: Day) -> list[Led]:
        """Who owes what a rule lays on each holder of a role, for a period from ``begins`` to ``last``.

        Whoever held it on its first day, and whoever took it over in it; not whose grant ends inside it. Where nobody
        held it on the first day nobody owes it alone: the tier does, and whoever comes to hold the role answers for it.
        """
        own = [one for one in self.led if one.role == role]
        if not any(one.holds_on(begins) for one in own):
            return []
        return [one for one in own if one.since <= last and (one.until is None or one.until > last)]

    def held(self, person: str, role: str, day: Day) -> bool:
        """Whether the person held the role on that day."""
        return any((one.person, one.role) == (person, role) and one.holds_on(day) for one in self.led)

    @property
    def last_sector(self) -> str:
        """The sector as of the last change known."""
        return self.reclassified[-1].sector if self.reclassified else self.sector

    def first_day(self, condition: str, since: Day, until: Day) -> Day | None:
        """The first day from ``since`` to ``until`` (both included) on which the condition held; KeyError: unknown."""
        wanted = CONDITIONS[condition]
        for number, one in enumerate(self.highest):
            end = self.highest[number + 1].since if number + 1 < len(self.highest) else None
            begins = max(one.since, since)
            if one.level in wanted and begins <= until and (end is None or begins < end):
                return begins
        return None
