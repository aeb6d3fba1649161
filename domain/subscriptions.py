"""Who is told of what by which channel: a person, or whoever holds a role on the day, listens to topics of one body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import SHARED, Code, Command, Event, PersonRef, Remark, Scope, but
from domain.notices import Topic
from domain.people import need_person
from domain.refused import AlreadyRegistered, AlreadySo, UnknownThing
from domain.refused_notices import NotAChannel, OneListener
from domain.refused_shared import NotShared
from domain.roles import SHARED_ROLES, Role
from domain.rulebook import Rulebook

Reach = Literal["mine", "everything"]
"""What falls to the listener, or everything of the topics in the body."""
Pace = Literal["at_once", "hourly", "daily"]
"""At most one message in that time; what came meanwhile stands together in the next one."""
CHANNEL_MOST = 20
_CHANNEL = re.compile(rf"[a-z][a-z0-9]{{0,{CHANNEL_MOST - 1}}}")


@dataclass(frozen=True)
class Subscribe(Command):
    """A person, or whoever holds a role, hears of these topics (none named: of all) through a channel, from now on.

    The channel is a name; where it leads, and its secrets, stand in the settings of the machine that delivers.
    """

    body: Scope
    subscription: Code
    channel: Code
    person: PersonRef | None = None
    role: Role | None = None
    topics: tuple[Topic, ...] = ()
    reach: Reach = "mine"
    pace: Pace = "at_once"


@dataclass(frozen=True)
class EndSubscription(Command):
    """Nothing that is recorded from now on goes this way; what waits already is still delivered."""

    body: Scope
    subscription: Code
    reason: Remark = ""


@dataclass(frozen=True)
class SubscriptionMade(Event):
    KIND = "subscription-made.1"
    channel: str
    person: str | None
    role: str | None
    topics: tuple[str, ...]
    reach: str
    pace: str


@dataclass(frozen=True)
class SubscriptionEnded(Event):
    KIND = "subscription-ended.1"
    reason: str


@dataclass(frozen=True)
class Subscription:
    made: bool = False
    ended: bool = False


def evolve(state: Subscription, event: SubscriptionMade | SubscriptionEnded) -> Subscription:
    match event:
        case SubscriptionMade():
            return but(state, made=True)
        case SubscriptionEnded():
            return but(state, ended=True)


def decide(
    command: Subscribe | EndSubscription, state: Subscription, facts: Facts, rules: Rulebook
) -> list[Event]:
    """Refuses an unknown body or person, two listeners or none, and what is no name of a channel."""
    match command:
        case Subscribe():
            if state.made:
                raise AlreadyRegistered(
                    kind=Term("subscription"), code=command.subscription, body=command.body
                )
            return [_made(command, facts)]
        case EndSubscription():
            if not state.made:
                raise UnknownThing(kind=Term("subscription"), code=command.subscription, body=command.body)
            if state.ended:
                raise AlreadySo(what=command.subscription)
            return [SubscriptionEnded(command.reason)]


def _made(command: Subscribe, facts: Facts) -> SubscriptionMade:
    if command.body != SHARED:
        need_body(facts, command.body)
    listeners = [one for one in (command.person, command.role) if one is not None]
    if len(listeners) != 1:
        raise OneListener(subscription=command.subscription, given=listeners)
    if command.person is not None:
        need_person(facts, command.body, command.person)
    elif command.body == SHARED and command.role not in SHARED_ROLES:
        raise NotShared(role=Term(listeners[0]), allowed=[Term(one) for one in SHARED_ROLES])
    need_channel(command.channel)
    return SubscriptionMade(
        command.channel,
        command.person,
        command.role,
        tuple(dict.fromkeys(command.topics)),
        command.reach,
        command.pace,
    )


def need_channel(channel: str) -> None:
    """The name is one that a channel may have, or ``NotAChannel``."""
    if not _CHANNEL.fullmatch(channel):
        raise NotAChannel(channel=channel, most=CHANNEL_MOST)


SUBSCRIPTION: Decider[Subscription] = Decider(
    name="subscription",
    initial=Subscription(),
    evolve=evolve,
    decide=decide,
    events=(SubscriptionMade, SubscriptionEnded),
    commands=(Subscribe, EndSubscription),
    place=lambda command: (command.body, command.subscription),
    keyed=True,
)
