"""Which risks a change touches, and every path from its scope to each: over tags, the tree of units, accident types.

Pure: scope and rows in, risks with paths out. A risk is touched by any one entry of the scope; two entries, or two
ways from one, are two paths of the same risk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.change_state import Path, Reached, ScopeRow


@dataclass(frozen=True)
class Standing:
    """A risk in use: at which unit, and which accidents it may lead to."""

    risk: str
    unit: str
    accident_types: tuple[str, ...]


@dataclass(frozen=True)
class Tagged:
    """A risk hangs on this thing."""

    risk: str
    kind: str
    code: str


def reach(
    scope: Iterable[ScopeRow],
    risks: Iterable[Standing],
    tags: Iterable[Tagged],
    parents: Mapping[str, str | None],
) -> tuple[Reached, ...]:
    """Every risk in use that the scope touches, once, by code, with its paths in the order of the scope.

    ``parents`` names of every unit the one above it. A unit reaches what is at it or below; equipment also the unit
    that bears its code; an administrative area what lies in it and what hangs on an area around it.
    """
    standing = {one.risk: one for one in risks}
    by_tag: dict[tuple[str, str], list[str]] = {}
    areas: dict[str, list[str]] = {}
    for tag in tags:
        if tag.risk in standing:
            by_tag.setdefault((tag.kind, tag.code), []).append(tag.risk)
            if tag.kind == "area":
                areas.setdefault(tag.code, []).append(tag.risk)
    at_unit: dict[str, list[str]] = {}
    for one in standing.values():
        at_unit.setdefault(one.unit, []).append(one.risk)
    below = _below(parents)
    found: dict[str, list[Path]] = {}
    for entry in scope:
        for risk, steps in _reached(entry, standing, by_tag, areas, at_unit, below):
            path = Path((_step(entry.kind, entry.code), *steps))
            paths = found.setdefault(risk, [])
            if path not in paths:
                paths.append(path)
    return tuple(Reached(risk, tuple(found[risk])) for risk in sorted(found))


def _reached(
    entry: ScopeRow,
    standing: Mapping[str, Standing],
    by_tag: Mapping[tuple[str, str], list[str]],
    areas: Mapping[str, list[str]],
    at_unit: Mapping[str, list[str]],
    below: Mapping[str, list[str]],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(risk, the steps after the entry itself) for each way from one entry to a risk."""
    code = entry.code
    match entry.kind:
        case "everything":
            yield from ((risk, ()) for risk in standing)
        case "risk":
            if code in standing:
                yield code, ()
        case "unit":
            yield from _in_units(code, (), at_unit, below)
        case "accident_type":
            yield from ((one.risk, ()) for one in standing.values() if code in one.accident_types)
        case "area":
            for area, risks in areas.items():
                if area.startswith(code) or code.startswith(area):
                    steps = () if area == code else (_step("area", area),)
                    yield from ((risk, steps) for risk in risks)
        case _:
            yield from ((risk, ()) for risk in by_tag.get((entry.kind, code), ()))
            if entry.kind == "equipment" and (code in at_unit or code in below):
                yield from _in_units(code, (_step("unit", code),), at_unit, below)


def _in_units(
    top: str, before: tuple[str, ...], at_unit: Mapping[str, list[str]], below: Mapping[str, list[str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The risks at a unit and below it, each with the units passed on the way."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(top, before)]
    seen = {top}
    while waiting:
        unit, steps = waiting.pop()
        yield from ((risk, steps) for risk in at_unit.get(unit, ()))
        for part in below.get(unit, ()):
            if part not in seen:
                seen.add(part)
                waiting.append((part, (*steps, _step("unit", part))))


def _below(parents: Mapping[str, str | None]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        if parent is not None:
            below.setdefault(parent, []).append(unit)
    return below


def _step(kind: str, code: str) -> str:
    return f"{kind}:{code}" if code else kind
