"""Methods a body takes as its own: a shipped variant by its name, or a whole table of the enterprise's own making.

"LS" without a variant says nothing: the shipped ones put up to 14 of 25 cells into different levels. So a body adopts
exactly one version of a method at a time, and a later adoption takes its place from its day on. An own table is kept
whole in the event, versioned by the body, and checked before: complete, monotone, known levels (NJ-029).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, Event, Level, Number, Remark, Title, day_of
from domain.method_lint import direct_faults, in_chinese, matrix_faults, product_faults
from domain.refused import AlreadyRegistered, AlreadySo, Incomplete, Unfit, UnknownThing
from domain.refused_risks import NotAMethod
from domain.risk_level import RANK
from domain.rulebook import Rulebook, TakenMethod, Wording

KINDS = ("method-product", "method-matrix", "method-direct")
MOST_CELLS = 10_000
"""How many combinations of values an own table may have."""


@dataclass(frozen=True)
class Step:
    """One value of a scale and what it means."""

    value: Number
    zh: Title
    en: Title = ""


@dataclass(frozen=True)
class Scale:
    """One input of a method."""

    key: Code
    zh: Title
    values: tuple[Step, ...]
    en: Title = ""


@dataclass(frozen=True)
class Band:
    """Scores from ``min`` to below ``max`` are of this level; the highest band has no ``max``."""

    level: Level
    min: Number
    max: Number | None = None


@dataclass(frozen=True)
class Cell:
    """One cell of a matrix: a value of every scale, and the level."""

    inputs: Mapping[Code, Number]
    level: Level


@dataclass(frozen=True)
class DirectCondition:
    """A condition that by itself determines the level."""

    condition: Code
    zh: Title
    level: Level
    en: Title = ""


@dataclass(frozen=True)
class AdoptMethod(Command):
    """Take exactly this version of a shipped method; ``levels`` where the method leaves the four levels to the body."""

    body: Code
    method: Code
    version: Title
    levels: dict[Code, Level] | None = None


@dataclass(frozen=True)
class AdoptOwnMethod(Command):
    """Take an own table as a whole: ``bands`` over a product, ``cells`` of a matrix, or direct ``conditions``."""

    body: Code
    method: Code
    version: Title
    title: Title
    scales: tuple[Scale, ...] = ()
    bands: tuple[Band, ...] = ()
    cells: tuple[Cell, ...] = ()
    conditions: tuple[DirectCondition, ...] = ()
    basis: Remark = ""


@dataclass(frozen=True)
class MethodAdopted(Event):
    """Binds from ``since``; the table is the one of that version, shipped or the body's own, which is never edited."""

    KIND = "method-adopted.1"
    method: str
    version: str
    title: str
    since: str
    levels: Mapping[str, str]


@dataclass(frozen=True)
class OwnMethodAdopted(Event):
    """Binds from ``since``; holds the whole table, so that what it rated can be computed again for ever."""

    KIND = "own-method-adopted.1"
    method: str
    version: str
    title: str
    since: str
    kind: str
    scales: tuple[Scale, ...]
    bands: tuple[Band, ...]
    cells: tuple[Cell, ...]
    conditions: tuple[DirectCondition, ...]
    basis: str


def taken(event: MethodAdopted | OwnMethodAdopted, own: Mapping[tuple[str, str], Wording]) -> TakenMethod:
    """The adoption as the rulebook reads it; ``own`` are the tables that the body adopted before."""
    if isinstance(event, OwnMethodAdopted):
        return TakenMethod(event.version, event.since, {}, own_wording(event))
    return TakenMethod(event.version, event.since, dict(event.levels), own.get((event.method, event.version)))


def adopt_method(
    command: AdoptMethod,
    held: Mapping[str, TakenMethod],
    own: Mapping[tuple[str, str], Wording],
    facts: Facts,
    rules: Rulebook,
) -> list[Event]:
    """Refuses what is neither shipped nor an own table of before, levels that do not fit, and what binds already."""
    wording = own.get((command.method, command.version)) or rules.version(command.method, command.version)
    if wording is None:
        code = f"{command.method} {command.version}"
        raise UnknownThing(kind=Term("method"), code=code, body=command.body)
    if wording.kind not in KINDS:
        raise Unfit(given=command.method, what=Term("method"), allowed=[Term(one) for one in KINDS])
    levels = dict(command.levels or {})
    need_levels(wording, levels)
    now = held.get(command.method)
    if now is not None and (now.version, dict(now.levels)) == (command.version, levels):
        raise AlreadySo(what=Thing("method", f"{command.method} {command.version}"))
    return [MethodAdopted(command.method, command.version, wording.title_zh, day_of(facts.at), levels)]


def need_levels(wording: Wording, levels: Mapping[str, str]) -> None:
    """Where the method leaves its levels to the body, one of the four for each, never lower for a worse one."""
    bands = wording.value.get("thresholds", ()) if wording.value.get("levels") == "by_body" else ()
    locals_ = [str(band["local"]) for band in bands]
    for one in levels:
        if one not in locals_:
            raise Unfit(given=one, what=Thing("method", wording.rule), allowed=locals_ or [Term("nothing")])
    missing = [one for one in locals_ if one not in levels]
    if missing:
        raise Incomplete(what=Thing("method", wording.rule), missing=[Term("levels"), *missing])
    ranks = [RANK[levels[one]] for one in locals_]
    for at, one in enumerate(locals_[1:], start=1):
        if ranks[at] > ranks[at - 1]:
            allowed = [Term(level) for level, rank in RANK.items() if rank <= ranks[at - 1]]
            raise Unfit(given=levels[one], what=f"{wording.rule} {one}", allowed=allowed)


def adopt_own_method(
    command: AdoptOwnMethod, own: Mapping[tuple[str, str], Wording], facts: Facts, rules: Rulebook
) -> list[Event]:
    """Refuses a version used before, the name of a rule that is no method, and a table with faults."""
    shipped = rules.wordings.get(command.method, ())
    if any(one.kind not in KINDS for one in shipped):
        raise Unfit(given=command.method, what=Term("method"), allowed=[Term(one) for one in KINDS])
    taken_before = (command.method, command.version) in own
    if taken_before or any(one.version == command.version for one in shipped):
        code = f"{command.method} {command.version}"
        raise AlreadyRegistered(kind=Term("method"), code=code, body=command.body)
    check_table(command)
    return [
        OwnMethodAdopted(
            command.method,
            command.version,
            command.title,
            day_of(facts.at),
            kind_of(command),
            command.scales,
            command.bands,
            command.cells,
            command.conditions,
            command.basis,
        )
    ]


def check_table(table: AdoptOwnMethod) -> None:
    """Refuses a table of no kind or of two, one too large to check, and every fault the linter of methods knows."""
    what = Thing("method", f"{table.method} {table.version}")
    parts = {"bands": table.bands, "cells": table.cells, "conditions": table.conditions}
    given = [name for name, rows in parts.items() if rows]
    if not given:
        raise Incomplete(what=what, missing=[Term("table")])
    if len(given) > 1:
        raise Unfit(given=given[1], what=what, allowed=[given[0]])
    if not table.conditions and not table.scales:
        raise Incomplete(what=what, missing=["scales"])
    keys = [scale.key for scale in table.scales]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            raise AlreadySo(what=key)
        if key in ("level", "condition"):
            raise Unfit(given=key, what=what, allowed=["L", "S", "…"])
    cells = prod(len(scale.values) for scale in table.scales)
    if cells > MOST_CELLS:
        raise Unfit(given=str(cells), what=what, allowed=[f"<= {MOST_CELLS}"])
    lint = {"method-product": product_faults, "method-matrix": matrix_faults, "method-direct": direct_faults}
    kind = kind_of(table)
    faults = list(lint[kind](_value(kind, table)))
    if faults:
        raise NotAMethod(
            what=what,
            faults_zh="；".join(in_chinese(one) for one in faults[:5]),
            faults_en="; ".join(faults[:5]),
        )


def kind_of(table: AdoptOwnMethod) -> str:
    """Which kind of method the table is."""
    return "method-product" if table.bands else "method-matrix" if table.cells else "method-direct"


def own_wording(event: OwnMethodAdopted) -> Wording:
    """The body's own table as a wording, rated like a shipped one."""
    value = _value(event.kind, event)
    return wording_of(event.method, event.version, event.kind, value, event.title, event.since)


def table_wording(table: AdoptOwnMethod) -> Wording:
    """A table that nobody adopted yet as a wording: to see what it would say."""
    kind = kind_of(table)
    return wording_of(table.method, table.version, kind, _value(kind, table), table.title)


def wording_of(
    method: str, version: str, kind: str, value: Mapping[str, Any], title: str = "", since: Day = ""
) -> Wording:
    """An own table in the form of a rule file as a wording: no text stands behind it but the body's own decision."""
    return Wording(
        rule=method,
        kind=kind,
        version=version,
        since=since,
        until=None,
        where=(),
        who=(),
        source="method",
        verified="G",
        checked=since,
        title_zh=title,
        title_en=title,
        cited={"title": title},
        value=value,
    )


def _value(kind: str, table: AdoptOwnMethod | OwnMethodAdopted) -> dict[str, Any]:
    """The table in the form of a rule file."""
    value: dict[str, Any] = {"scope": "risk_item"}
    if kind == "method-direct":
        rows = [
            {"id": one.condition, "zh": one.zh, "en": one.en or one.zh, "level": one.level}
            for one in table.conditions
        ]
        return {**value, "conditions": rows}
    scales = [
        {
            "key": scale.key,
            "zh": scale.zh,
            "en": scale.en or scale.zh,
            "values": [
                {"value": step.value, "zh": step.zh, "en": step.en or step.zh} for step in scale.values
            ],
        }
        for scale in table.scales
    ]
    value |= {"result": "R", "direction": "higher_is_worse", "inputs": scales}
    if kind == "method-matrix":
        return {**value, "cells": [{**cell.inputs, "level": cell.level} for cell in table.cells]}
    bands = sorted(table.bands, key=lambda one: Decimal(one.min), reverse=True)
    thresholds = [
        {"level": one.level, "min": one.min, **({} if one.max is None else {"max": one.max})} for one in bands
    ]
    formula = f"R = {' * '.join(scale.key for scale in table.scales)}"
    return {**value, "formula": formula, "thresholds": thresholds}
