"""Post confirmations: before work begins, each worker confirms the risks and every measure of the post.

The team predicts the day's risks and checks its equipment (NJ-047); somebody who did not confirm re-checks it on site
(NJ-048). A team's day is one stream and one shift's confirmations one record, so that every shift of a plant with
5,000 posts stays affordable (docs/decisions). Who is named without an exception found the risks as they are listed,
every measure in place and the equipment sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.holds import need_work_allowed
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    DayOf,
    Event,
    Moment,
    PersonRef,
    Title,
    Words,
    but,
    day_after,
    day_of,
)
from domain.people import need_person
from domain.refused import AlreadyRegistered, BeforePredecessor, Incomplete, OutOfTurn, Unfit, UnknownThing
from domain.rulebook import Rulebook
from domain.unit_state import LEAVES
from domain.units import need_unit_in_use

Aspect = Literal["risk_status", "measure", "equipment_check"]
"""What a worker finds otherwise than it should be."""


@dataclass(frozen=True)
class PostEntry:
    """One person at one post (or equipment, or activity)."""

    unit: Code
    person: PersonRef


@dataclass(frozen=True)
class ExceptionEntry:
    """What was not as it should be at a post; ``control`` names the measure, where it is one."""

    unit: Code
    person: PersonRef
    aspect: Aspect
    found: Words
    control: Code | None = None


@dataclass(frozen=True)
class ConfirmPosts(Command):
    """Confirm the posts of a team before its work begins: one person's, or all at once; also again at a later entry.

    ``day`` is the day on which the shift began; ``shown`` is the record up to which the risks and measures that they
    confirmed had been read, so that what they saw can be shown again, to the word, years later.
    """

    body: Code
    team: Code
    day: DayOf
    shift: Title
    shown: int
    prediction: Words
    posts: tuple[PostEntry, ...]
    exceptions: tuple[ExceptionEntry, ...] = ()


@dataclass(frozen=True)
class RecheckConfirmation(Command):
    """Look at a confirmation on site, by somebody who took no part in it; without ``units``: all of its posts."""

    body: Code
    team: Code
    day: DayOf
    verdict: Literal["sound", "faulty"]
    findings: Words
    confirmation: int | None = None
    units: tuple[Code, ...] = ()


@dataclass(frozen=True)
class ConfirmedException:
    unit: str
    person: str
    aspect: str
    found: str
    control: str | None


@dataclass(frozen=True)
class PostsConfirmed(Event):
    """``posts`` are pairs of unit and person; ``confirmed_by`` is who gave it, and on whose behalf."""

    KIND = "posts-confirmed.1"
    confirmation: int
    shift: str
    shown: int
    prediction: str
    posts: tuple[tuple[str, str], ...]
    exceptions: tuple[ConfirmedException, ...]
    confirmed_at: str
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True)
class ConfirmationRechecked(Event):
    KIND = "confirmation-rechecked.1"
    confirmation: int
    verdict: str
    findings: str
    units: tuple[str, ...]


ConfirmationCommand = ConfirmPosts | RecheckConfirmation
ConfirmationEvent = PostsConfirmed | ConfirmationRechecked


@dataclass(frozen=True)
class Confirmation:
    at: Moment
    people: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True)
class TeamDay:
    """The confirmations of one team on one day, in the order in which they were recorded, numbered from 1."""

    confirmations: tuple[Confirmation, ...] = ()


def evolve(state: TeamDay, event: ConfirmationEvent) -> TeamDay:
    match event:
        case PostsConfirmed():
            people = frozenset((*event.confirmed_by, *(person for _, person in event.posts)))
            units = frozenset(unit for unit, _ in event.posts)
            one = Confirmation(event.confirmed_at, people, units)
            return but(state, confirmations=(*state.confirmations, one))
        case ConfirmationRechecked():
            return state


def decide(command: ConfirmationCommand, state: TeamDay, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses posts stopped, held, retired or no leaf, people not on the roll, and a re-check by who confirmed."""
    need_body(facts, command.body)
    match command:
        case ConfirmPosts():
            _check_day(command, facts)
            _check_posts(command, facts)
            return [_confirmed(command, state, facts)]
        case RecheckConfirmation():
            return _recheck(command, state, facts)


def _check_day(command: ConfirmPosts, facts: Facts) -> None:
    """A shift begins on the day of its confirmation, or (over midnight) on the day before."""
    today = day_of(facts.at)
    allowed = [day_after(today, -1), today]
    if command.day not in allowed:
        raise Unfit(given=command.day, what=Term("shift_day"), allowed=allowed)
    if command.shown < 1:
        raise Unfit(given=command.shown, what=Term("shown"), allowed=["1, 2, 3, …"])


def _check_posts(command: ConfirmPosts, facts: Facts) -> None:
    what = Thing("team", command.team)
    if not command.posts:
        raise Incomplete(what=what, missing=[Term("post")])
    need_person(facts, command.body, *(one.person for one in command.posts))
    pairs: set[tuple[str, str]] = set()
    for one in command.posts:
        if (one.unit, one.person) in pairs:
            code = f"{one.unit} {one.person}"
            raise AlreadyRegistered(kind=Term("post_confirmation"), code=code, body=command.body)
        pairs.add((one.unit, one.person))
    for unit in dict.fromkeys(one.unit for one in command.posts):
        held = need_unit_in_use(facts, command.body, unit, command)
        if held.kind not in LEAVES:
            raise OutOfTurn(
                what=Thing("unit", unit),
                step=Term(held.kind),
                command="ConfirmPosts",
                needs=[Term(kind) for kind in sorted(LEAVES)],
            )
        need_work_allowed(facts, command.body, unit)
    for found in command.exceptions:
        if (found.unit, found.person) not in pairs:
            missing = [f"{found.unit} {found.person}"]
            raise Incomplete(what=what, missing=missing)


def _confirmed(command: ConfirmPosts, state: TeamDay, facts: Facts) -> PostsConfirmed:
    return PostsConfirmed(
        len(state.confirmations) + 1,
        command.shift,
        command.shown,
        command.prediction,
        tuple((one.unit, one.person) for one in command.posts),
        tuple(
            ConfirmedException(one.unit, one.person, one.aspect, one.found, one.control)
            for one in command.exceptions
        ),
        facts.at,
        facts.actors,
    )


def _recheck(command: RecheckConfirmation, state: TeamDay, facts: Facts) -> list[Event]:
    number = len(state.confirmations) if command.confirmation is None else command.confirmation
    code = f"{command.team}.{command.day}/{number}"
    if not 1 <= number <= len(state.confirmations):
        raise UnknownThing(kind=Term("post_confirmation"), code=code, body=command.body)
    confirmation = state.confirmations[number - 1]
    what = Thing("post_confirmation", code)
    if facts.at < confirmation.at:
        raise BeforePredecessor(what=what, previous=confirmation.at, at=facts.at)
    need_independent(facts, command, what, confirmer=tuple(sorted(confirmation.people)))
    units = tuple(dict.fromkeys(command.units)) or tuple(sorted(confirmation.units))
    for unit in units:
        if unit not in confirmation.units:
            raise Unfit(given=unit, what=what, allowed=sorted(confirmation.units))
    return [ConfirmationRechecked(number, command.verdict, command.findings, units)]


CONFIRMATION: Decider[TeamDay] = Decider(
    name="confirmation",
    initial=TeamDay(),
    evolve=evolve,
    decide=decide,
    events=(PostsConfirmed, ConfirmationRechecked),
    commands=(ConfirmPosts, RecheckConfirmation),
    place=lambda command: (command.body, f"{command.team}.{command.day}"),
)
