"""The body's policy by colour: what each level demands of its control, strengthened from larger on (NJ-035).

For each colour its characteristics, the targeted measures, the tiers that answer, how often it is checked at least,
and who may adopt a control. It is taken from a rule that the body adopted, or said by the body itself; either way the
record keeps every demand, so that no later rule changes what was demanded on a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.bodies import need_body
from domain.control_state import TIERS, CheckPeriod, Tier
from domain.decider import Decider, Facts
from domain.labels import Term
from domain.language import LEVELS, Code, Command, Day, DayOf, Event, Level, Words, but, day_of
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, NoGrant
from domain.roles import ROLES, Role
from domain.rule_adoption import need_rule
from domain.rulebook import Citation, Rulebook

RULE = "colour-policy"
JOINT_TIERS = 2
JOINT = ("major", "larger")


@dataclass(frozen=True)
class ColourEntry:
    """What one level (and so its colour) demands; ``check`` is how often one of its controls is checked at least."""

    level: Level
    tiers: tuple[Tier, ...]
    check: CheckPeriod
    adopt_by: tuple[Role, ...]
    characteristics: Words
    measures: Words


@dataclass(frozen=True)
class AdoptColourPolicy(Command):
    """Take the adopted rule's demands for the four colours as the body's own, or say its own in ``demands``."""

    body: Code
    demands: tuple[ColourEntry, ...] = ()
    since: DayOf | None = None


@dataclass(frozen=True)
class ColourDemand:
    level: str
    tiers: tuple[str, ...]
    check: str
    adopt_by: tuple[str, ...]
    characteristics: str
    measures: str


@dataclass(frozen=True)
class ColourPolicyAdopted(Event):
    """``citation`` is the rule from which the demands were taken; None where the body said its own."""

    KIND = "colour-policy-adopted.1"
    since: str
    demands: tuple[ColourDemand, ...]
    citation: Citation | None


@dataclass(frozen=True)
class ColourPolicy:
    """Every policy by the day from which it counts, in the order of recording."""

    adopted: tuple[tuple[Day, tuple[ColourDemand, ...]], ...] = ()

    def on(self, day: Day) -> tuple[ColourDemand, ...]:
        """The demands that count on a day: of the latest day not after it, the last recorded; none before any."""
        fitting = [one for one in enumerate(self.adopted) if one[1][0] <= day]
        return max(fitting, key=lambda one: (one[1][0], one[0]))[1][1] if fitting else ()


def evolve(state: ColourPolicy, event: ColourPolicyAdopted) -> ColourPolicy:
    match event:
        case ColourPolicyAdopted():
            return but(state, adopted=(*state.adopted, (event.since, event.demands)))


def decide(command: AdoptColourPolicy, state: ColourPolicy, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a policy that leaves out a level, or tiers below others (YT-23b), or two tiers where they are due."""
    need_body(facts, command.body)
    since = command.since or day_of(facts.at)
    last = max((day for day, _ in state.adopted), default="")
    if since < last:
        raise BeforePredecessor(what=Term("colour_policy"), previous=last, at=since)
    citation = None
    if command.demands:
        demands = _said(command)
    else:
        wording, citation = need_rule(facts, rules, RULE, command.body, since)
        demands = tuple(_demand(level, wording.value[level]) for level in LEVELS)
    if state.on(since) == demands:
        raise AlreadySo(what=Term("colour_policy"))
    return [ColourPolicyAdopted(since, demands, citation)]


def _said(command: AdoptColourPolicy) -> tuple[ColourDemand, ...]:
    by_level: dict[str, ColourDemand] = {}
    for one in command.demands:
        if one.level in by_level:
            raise AlreadySo(what=Term(one.level))
        if not one.adopt_by:
            raise Incomplete(what=Term(one.level), missing=[Term("role")])
        top = min((TIERS.index(tier) for tier in one.tiers), default=len(TIERS) - 1)
        if one.level in JOINT:
            top = min(top, len(TIERS) - JOINT_TIERS)
        missing = [Term(tier) for tier in TIERS[top:] if tier not in one.tiers]
        if missing:
            raise Incomplete(what=Term(one.level), missing=missing)
        tiers = tuple(tier for tier in TIERS if tier in one.tiers)
        texts = (one.characteristics, one.measures)
        by_level[one.level] = ColourDemand(one.level, tiers, one.check, tuple(one.adopt_by), *texts)
    absent = [Term(level) for level in LEVELS if level not in by_level]
    if absent:
        raise Incomplete(what=Term("colour_policy"), missing=absent)
    return tuple(by_level[level] for level in LEVELS)


def _demand(level: str, value: Mapping[str, Any]) -> ColourDemand:
    """A demand of the rule; its texts are kept in Chinese, the language of the law that they serve."""
    texts = (value["characteristics"]["zh"], value["measures"]["zh"])
    return ColourDemand(level, tuple(value["tiers"]), value["check"], tuple(value["adopt_by"]), *texts)


COLOUR_POLICY: Decider[ColourPolicy] = Decider(
    name="colour_policy",
    initial=ColourPolicy(),
    evolve=evolve,
    decide=decide,
    events=(ColourPolicyAdopted,),
    commands=(AdoptColourPolicy,),
    place=lambda command: (command.body, ""),
)


def need_approver(facts: Facts, body: str, level: str, command: Command) -> tuple[str, ...]:
    """The roles of which the policy demands one for this level, and of which somebody behind the command holds one.

    None where the body has no policy or the risk no level; ``NoGrant`` where nobody holds one.
    """
    day = day_of(facts.at)
    policy: ColourPolicy = facts.of(COLOUR_POLICY, body)
    wanted = next((one.adopt_by for one in policy.on(day) if one.level == level), ())
    if not wanted:
        return ()
    held = facts.of(ROLES, body)
    if not any(held.held(person, day).intersection(wanted) for person in facts.actors):
        roles = [Term(one) for one in wanted]
        raise NoGrant(person=facts.by, scope=body, command=type(command).__name__, roles=roles)
    return wanted
