"""Adopting a rule pack: how a method, a house rule, or an expired or foreign text comes to bind one body."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Both, Term
from domain.language import Code, Command, Day, Event, Title, but, day_of
from domain.methods import KINDS
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
from domain.refused_risks import NoSuchMethod
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
        raise UnknownRule(rule=f"{command.pack} {command.version}", packs=rules.packs_with())
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
        raise unbound(rules, rule, body, day)
    return found


def unbound(rules: Rulebook, rule: str, body: str, day: Day) -> NoRuleInForce:
    """That no wording binds the body, and how one may come to bind it: by which packs, or as a method by its name."""
    packs = rules.packs_with(rule)
    by_name = any(one.kind in KINDS for one in rules.wordings.get(rule, ()))
    zh = [f"采用含该规则的规则包（{'、'.join(packs)}）"] if packs else []
    en = [f"adopt a rule pack that holds it ({', '.join(packs)})"] if packs else []
    if by_name:
        zh.append("按名称采用该方法（rules adopt-method）")
        en.append("take the method by its name (rules adopt-method)")
    ways = Both(
        " or ".join(en) or "no rule pack holds it", f"可{'，或'.join(zh)}" if zh else "没有规则包含有该规则"
    )
    return NoRuleInForce(rule=rule, body=body, day=day, ways=ways)


def need_method(facts: Facts, rules: Rulebook, method: str, body: str, day: Day) -> None:
    """Refuses a method that neither ships nor was adopted, and names those that there are (``NoSuchMethod``)."""
    state = facts.of(ADOPTED, body)
    held = adopted_methods(state.on(day), rules, day)
    if method in rules.wordings or method in held:
        return
    raise NoSuchMethod(given=method, body=body, adopted=held or [Term("none")], shipped=rules.of_kinds(KINDS))


def adopted_methods(adopted: Adoptions, rules: Rulebook, day: Day) -> list[str]:
    """The methods that a body took by their names or with a pack, by name."""
    by_pack = [
        str(member["rule"])
        for pack, (version, since) in adopted.packs.items()
        if since <= day and (held := rules.pack(pack, version)) is not None
        for member in held.value.get("members", ())
    ]
    named = [name for name, taken in adopted.methods.items() if taken.since <= day]
    return sorted({*named, *(one for one in by_pack if one in rules.of_kinds(KINDS))})


def find_rule(
    facts: Facts, rules: Rulebook, rule: str, body: str, day: Day
) -> tuple[Wording, Citation] | None:
    """The wording of a rule that binds the body on that day and its citation, or None."""
    state = need_body(facts, body)
    adopted = facts.of(ADOPTED, body).on(day)
    return rules.binding(rule, day, state.area, state.who, adopted)
