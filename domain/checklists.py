"""Checklists: one list for risk control and hazard search, in versions, and who makes which rounds of it (NJ-063).

An item says what is checked, how, by which tiers and how often, and knows the control that it checks. Amending makes
the next version; what was checked under an earlier one stays checked under that one.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.check_periods import ROLES_OF, Period, Tier
from domain.checklist_items import ChecklistItem, ItemEntry, generated, items_of
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Moment,
    PersonRef,
    Remark,
    Title,
    Words,
    but,
    day_of,
)
from domain.people import need_person
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    Retired,
    UnknownThing,
)
from domain.refused_checks import NothingToCheck, NotOfTier
from domain.risks import RISK
from domain.roles import ROLES
from domain.rulebook import Rulebook
from domain.units import need_unit_in_use


@dataclass(frozen=True)
class DrawUpChecklist(Command):
    """Draw up a checklist for a unit: risk-control checks and hazard search in one list.

    From ``risks`` come the checks of their controls in force; ``items`` are added to them, or stand in their place
    where they have the same code.
    """

    body: Code
    checklist: Code
    title: Title
    unit: Code
    items: tuple[ItemEntry, ...] = ()
    risks: tuple[Code, ...] = ()


@dataclass(frozen=True)
class AmendChecklist(Command):
    """Make the next version: ``put`` adds items or replaces those of the same code, ``drop`` takes some out."""

    body: Code
    checklist: Code
    reason: Words
    put: tuple[ItemEntry, ...] = ()
    drop: tuple[Code, ...] = ()


@dataclass(frozen=True)
class RenewChecklist(Command):
    """Make the version that follows the controls now in force: of the risks on the list, and of ``risks``.

    What came from controls is brought up to date; what people wrote stays as they wrote it.
    """

    body: Code
    checklist: Code
    reason: Words
    risks: tuple[Code, ...] = ()


@dataclass(frozen=True)
class AssignRounds(Command):
    """Somebody owes a round of this tier in every calendar period, from the period of a day on."""

    body: Code
    checklist: Code
    tier: Tier
    period: Period
    person: PersonRef
    since: DayOf | None = None


@dataclass(frozen=True)
class EndRounds(Command):
    """No further round is owed from a day on; what is owed already stays owed."""

    body: Code
    checklist: Code
    tier: Tier
    period: Period
    person: PersonRef
    until: DayOf | None = None
    reason: Remark = ""


@dataclass(frozen=True)
class WithdrawChecklist(Command):
    """The list is no longer used, and no further round of it is owed; its history stays."""

    body: Code
    checklist: Code
    reason: Words


@dataclass(frozen=True)
class ChecklistDrawnUp(Event):
    KIND = "checklist-drawn-up.1"
    title: str
    unit: str
    items: tuple[ChecklistItem, ...]
    drawn_at: str


@dataclass(frozen=True)
class ChecklistAmended(Event):
    """``put`` are the items as they now stand, ``added`` those of them that are new."""

    KIND = "checklist-amended.1"
    version: int
    put: tuple[ChecklistItem, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reason: str
    amended_at: str


@dataclass(frozen=True)
class RoundsAssigned(Event):
    KIND = "rounds-assigned.1"
    tier: str
    period: str
    person: str
    since: str


@dataclass(frozen=True)
class RoundsEnded(Event):
    KIND = "rounds-ended.1"
    tier: str
    period: str
    person: str
    since: str
    until: str
    reason: str


@dataclass(frozen=True)
class ChecklistWithdrawn(Event):
    KIND = "checklist-withdrawn.1"
    reason: str
    withdrawn_on: str


ChecklistCommand = (
    DrawUpChecklist | AmendChecklist | RenewChecklist | AssignRounds | EndRounds | WithdrawChecklist
)
ChecklistEvent = ChecklistDrawnUp | ChecklistAmended | RoundsAssigned | RoundsEnded | ChecklistWithdrawn


@dataclass(frozen=True)
class Version:
    """The items from a moment on."""

    at: Moment
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True)
class Assigned:
    """Whose rounds they are; ``until`` is the first day on which none is owed any more."""

    tier: str
    period: str
    person: str
    since: Day
    until: Day | None = None

    def owes_on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Checklist:
    """``versions`` in their order, the first one is version 1; ``withdrawn`` is the day of withdrawal."""

    unit: str = ""
    versions: tuple[Version, ...] = ()
    rounds: tuple[Assigned, ...] = ()
    withdrawn: Day = ""

    def version_at(self, at: Moment) -> int:
        """The number of the version in use at that moment; 0 before the first."""
        return sum(version.at <= at for version in self.versions)

    def items(self, version: int) -> tuple[ChecklistItem, ...]:
        return self.versions[version - 1].items

    def owed(self, tier: str, period: str, person: str, day: Day) -> bool:
        """Whether the person owes a round for a period that begins on that day."""
        if self.withdrawn and self.withdrawn <= day:
            return False
        mine = (one for one in self.rounds if (one.tier, one.period, one.person) == (tier, period, person))
        return any(one.owes_on(day) for one in mine)


def evolve(state: Checklist, event: ChecklistEvent) -> Checklist:
    match event:
        case ChecklistDrawnUp():
            return but(state, unit=event.unit, versions=(Version(event.drawn_at, event.items),))
        case ChecklistAmended():
            held = {one.item: one for one in (state.versions[-1].items if state.versions else ())}
            held.update((one.item, one) for one in event.put)
            items = tuple(one for code, one in held.items() if code not in event.dropped)
            return but(state, versions=(*state.versions, Version(event.amended_at, items)))
        case RoundsAssigned():
            one = Assigned(event.tier, event.period, event.person, event.since)
            return but(state, rounds=(*state.rounds, one))
        case RoundsEnded():
            ended = (event.tier, event.period, event.person, event.since)
            rounds = tuple(
                but(one, until=event.until) if (one.tier, one.period, one.person, one.since) == ended else one
                for one in state.rounds
            )
            return but(state, rounds=rounds)
        case ChecklistWithdrawn():
            return but(state, withdrawn=event.withdrawn_on)


def decide(command: ChecklistCommand, state: Checklist, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, items that do not fit, an empty list, rounds owed twice and by who is not of the tier."""
    need_body(facts, command.body)
    what = Thing("checklist", command.checklist)
    if isinstance(command, DrawUpChecklist):
        if state.versions:
            raise AlreadyRegistered(kind=Term("checklist"), code=command.checklist, body=command.body)
        need_unit_in_use(facts, command.body, command.unit, command)
        first = generated(command.risks, command.body, command.unit, command, facts)
        written = items_of(command.items, command.body, command.checklist, command.unit, facts)
        items = tuple({one.item: one for one in (*first, *written)}.values())
        if not items:
            raise Incomplete(what=what, missing=[Term("checklist_item")])
        return [ChecklistDrawnUp(command.title, command.unit, items, facts.at)]
    if not state.versions:
        raise UnknownThing(kind=Term("checklist"), code=command.checklist, body=command.body)
    if state.withdrawn:
        raise Retired(kind=Term("checklist"), code=command.checklist, command=type(command).__name__)
    if facts.at < state.versions[-1].at:
        raise BeforePredecessor(what=what, previous=state.versions[-1].at, at=facts.at)
    match command:
        case AmendChecklist():
            return [_amended(command, state, facts)]
        case RenewChecklist():
            return [_renewed(command, state, facts)]
        case AssignRounds():
            return [_assigned(command, state, facts)]
        case EndRounds():
            return [_ended(command, state, facts)]
        case WithdrawChecklist():
            return [ChecklistWithdrawn(command.reason, day_of(facts.at))]


def _amended(command: AmendChecklist, state: Checklist, facts: Facts) -> ChecklistAmended:
    what = Thing("checklist", command.checklist)
    if not command.put and not command.drop:
        raise Incomplete(what=what, missing=[Term("checklist_item")])
    held = [one.item for one in state.versions[-1].items]
    for item in command.drop:
        if item not in held:
            raise UnknownThing(
                kind=Term("checklist_item"), code=f"{command.checklist}/{item}", body=command.body
            )
    put = items_of(command.put, command.body, command.checklist, state.unit, facts)
    event = ChecklistAmended(
        len(state.versions) + 1,
        put,
        tuple(one.item for one in put if one.item not in held),
        tuple(dict.fromkeys(command.drop)),
        command.reason,
        facts.at,
    )
    if not evolve(state, event).versions[-1].items:
        raise Incomplete(what=what, missing=[Term("checklist_item")])
    return event


def _renewed(command: RenewChecklist, state: Checklist, facts: Facts) -> ChecklistAmended:
    """Refuses where the list already says what the controls say."""
    held = {one.item: one for one in state.versions[-1].items}
    listed = dict.fromkeys(one.risk for one in held.values() if one.risk is not None)
    standing = (one for one in listed if facts.of(RISK, command.body, one).step != "retired")
    risks = tuple(dict.fromkeys((*standing, *command.risks)))
    new = {one.item: one for one in generated(risks, command.body, state.unit, command, facts)}
    written = {item for item, one in held.items() if one.source == "person"}
    put = tuple(one for item, one in new.items() if item not in written and held.get(item) != one)
    dropped = tuple(item for item in held if item not in written and item not in new)
    if not put and not dropped:
        raise AlreadySo(what=Thing("checklist", command.checklist))
    if not written and not new:
        raise Incomplete(what=Thing("checklist", command.checklist), missing=[Term("checklist_item")])
    added = tuple(one.item for one in put if one.item not in held)
    return ChecklistAmended(len(state.versions) + 1, put, added, dropped, command.reason, facts.at)


def _assigned(command: AssignRounds, state: Checklist, facts: Facts) -> RoundsAssigned:
    need_person(facts, command.body, command.person)
    since = command.since or day_of(facts.at)
    need_tier(facts, command.body, command.tier, command.person, since)
    if not any(one.due_for(command.tier, command.period) for one in state.versions[-1].items):
        what = Thing("checklist", command.checklist)
        raise NothingToCheck(what=what, tier=Term(command.tier), period=Term(command.period))
    for one in state.rounds:
        same = (one.tier, one.period, one.person) == (command.tier, command.period, command.person)
        if same and (one.until is None or since < one.until):
            raise AlreadyHeld(what=Thing("checklist", command.checklist), person=one.person, since=one.since)
    return RoundsAssigned(command.tier, command.period, command.person, since)


def _ended(command: EndRounds, state: Checklist, facts: Facts) -> RoundsEnded:
    until = command.until or day_of(facts.at)
    for one in state.rounds:
        same = (one.tier, one.period, one.person) == (command.tier, command.period, command.person)
        if same and one.until is None:
            if until < one.since:
                raise EndsBeforeItBegins(
                    what=Thing("checklist", command.checklist), since=one.since, until=until
                )
            return RoundsEnded(one.tier, one.period, one.person, one.since, until, command.reason)
    code = f"{command.checklist}/{command.tier}/{command.period}/{command.person}"
    raise UnknownThing(kind=Term("rounds"), code=code, body=command.body)


def need_tier(facts: Facts, body: str, tier: str, person: str, day: Day) -> None:
    """The person holds a role of the tier on that day, or ``NotOfTier``."""
    roles = ROLES_OF[tier]
    if not facts.of(ROLES, body).held(person, day).intersection(roles):
        raise NotOfTier(person=person, tier=Term(tier), day=day, roles=[Term(one) for one in roles])


CHECKLIST: Decider[Checklist] = Decider(
    name="checklist",
    initial=Checklist(),
    evolve=evolve,
    decide=decide,
    events=(ChecklistDrawnUp, ChecklistAmended, RoundsAssigned, RoundsEnded, ChecklistWithdrawn),
    commands=(DrawUpChecklist, AmendChecklist, RenewChecklist, AssignRounds, EndRounds, WithdrawChecklist),
    place=lambda command: (command.body, command.checklist),
    keyed=True,
)
