"""Adopting a rule pack: how a method, a house rule, or an expired or foreign text comes to bind one body."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.language import Code, Command, Day, Event, Title, but, day_of
from domain.own_methods import (
    AdoptMethod,
    AdoptOwnMethod,
    MethodAdopted,
    OwnMethodAdopted,
    adopt_method,
    adopt_own_method,
    taken,
)
from domain.refused import AlreadySo, NoRuleInForce, UnknownRule
from domain.rulebook import Adoptions, Citation, Rulebook, TakenMethod, Wording


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
    """Every adoption in the order of recording: packs, and methods by their name, each with the day it binds from."""

    packs: tuple[tuple[str, str, Day], ...] = ()
    methods: tuple[tuple[str, TakenMethod], ...] = ()

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
        methods: dict[str, TakenMethod] = {}
        for method, one in self.methods:
            if one.since <= day and (method not in methods or one.since >= methods[method].since):
                methods[method] = one
        return Adoptions(held, methods)

    @property
    def own(self) -> dict[tuple[str, str], Wording]:
        """Every table of the body's own making, by method and version."""
        return {(method, one.version): one.own for method, one in self.methods if one.own is not None}


AdoptionCommand = AdoptRulePack | AdoptMethod | AdoptOwnMethod
AdoptionEvent = RulePackAdopted | MethodAdopted | OwnMethodAdopted


def evolve(state: Adopted, event: AdoptionEvent) -> Adopted:
    match event:
        case MethodAdopted() | OwnMethodAdopted():
            return but(state, methods=(*state.methods, (event.method, taken(event, state.own))))
        case RulePackAdopted():
            return but(state, packs=(*state.packs, (event.pack, event.version, event.since)))


def decide(command: AdoptionCommand, state: Adopted, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a pack, method or version that does not exist, one adopted already, and an own table with faults."""
    need_body(facts, command.body)
    match command:
        case AdoptMethod():
            return adopt_method(command, state.on(day_of(facts.at)).methods, state.own, facts, rules)
        case AdoptOwnMethod():
            return adopt_own_method(command, state.own, facts, rules)
        case AdoptRulePack():
            return _adopt_pack(command, state, facts, rules)


def _adopt_pack(command: AdoptRulePack, state: Adopted, facts: Facts, rules: Rulebook) -> list[Event]:
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
    events=(RulePackAdopted, MethodAdopted, OwnMethodAdopted),
    commands=(AdoptRulePack, AdoptMethod, AdoptOwnMethod),
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
