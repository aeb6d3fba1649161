"""Adopting a rule pack: how a method, a house rule, or an expired or foreign text comes to bind one body."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.language import Code, Command, Day, Event, Title, but, day_of
from domain.refused import AlreadySo, NoRuleInForce, UnknownRule
from domain.rulebook import Adoptions, Citation, Rulebook, Wording


@dataclass(frozen=True)
class AdoptRulePack(Command):
    """The body takes a version of a pack as its own from the day it happened."""

    body: Code
    pack: Code
    version: Title


@dataclass(frozen=True)
class RulePackAdopted(Event):
    """Stores what the pack held, so that a replay never asks today's files."""

    KIND = "rule-pack-adopted.1"
    pack: str
    version: str
    title: str
    source: str
    since: str
    until: str | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class Adopted:
    """Every adoption in the order of recording: pack, version, and the day from which it binds."""

    packs: tuple[tuple[str, str, Day], ...] = ()

    def version(self, pack: str) -> str | None:
        """The version of the pack that was adopted last."""
        return next((version for name, version, _ in reversed(self.packs) if name == pack), None)

    def on(self, day: Day) -> Adoptions:
        """What bound on that day: of each pack the version with the latest day not after it, the last recorded."""
        held: dict[str, tuple[str, Day]] = {}
        for pack, version, since in self.packs:
            if since <= day and (pack not in held or since >= held[pack][1]):
                held.pop(pack, None)
                held[pack] = (version, since)
        return Adoptions(held)


def evolve(state: Adopted, event: RulePackAdopted) -> Adopted:
    match event:
        case RulePackAdopted():
            return but(state, packs=(*state.packs, (event.pack, event.version, event.since)))


def decide(command: AdoptRulePack, state: Adopted, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a pack or version that does not exist, and one adopted already."""
    need_body(facts, command.body)
    pack = rules.pack(command.pack, command.version)
    if pack is None:
        raise UnknownRule(rule=f"{command.pack} {command.version}")
    if state.version(command.pack) == command.version:
        raise AlreadySo(what=f"{command.pack} {command.version}")
    members = tuple(f"{one['rule']} {one['version']}" for one in pack.value.get("members", ()))
    return [
        RulePackAdopted(
            command.pack, command.version, pack.title_en, pack.source, day_of(facts.at), pack.until, members
        )
    ]


ADOPTED: Decider[Adopted] = Decider(
    name="rules",
    initial=Adopted(),
    evolve=evolve,
    decide=decide,
    events=(RulePackAdopted,),
    commands=(AdoptRulePack,),
    place=lambda command: (command.body, ""),
)


def need_rule(facts: Facts, rules: Rulebook, rule: str, body: str, day: Day) -> tuple[Wording, Citation]:
    """The wording of a rule that binds the body on that day and its citation, or ``NoRuleInForce``."""
    found = find_rule(facts, rules, rule, body, day)
    if found is None:
        raise NoRuleInForce(rule=rule, body=body, day=day)
    return found


def find_rule(
    facts: Facts, rules: Rulebook, rule: str, body: str, day: Day
) -> tuple[Wording, Citation] | None:
    """The wording of a rule that binds the body on that day and its citation, or None."""
    state = need_body(facts, body)
    adopted = facts.of(ADOPTED, body).on(day)
    return rules.binding(rule, day, state.area, state.who, adopted)
