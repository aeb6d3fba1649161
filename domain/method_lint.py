"""What is wrong with an assessment method: scales without meaning, scores that no level or two levels claim."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Final

from domain.rule_shapes import Spec, Table, misfits, tables

MARKS: Final = ("V2", "V", "P", "G")
LEVELS: Final = ("low", "general", "larger", "major")
DIRECTIONS: Final = ("higher_is_worse", "higher_is_safer")
SCOPES: Final = ("risk_item", "area", "enterprise")
DECIMAL: Final = re.compile(r"\d+(\.\d+)?")

METHOD: Final[Spec] = {"result": str, "direction": str, "scope": str, "inputs": list}
INPUT: Final[Spec] = {"key": str, "zh": str, "en": str, "values": list}
LABELS: Final[Spec] = {"zh": str, "en": str, "verified": str, "note": str}


def product_faults(value: Table) -> Iterator[str]:
    """Faults of a method that multiplies its inputs: every score that can occur has exactly one level."""
    needed: Spec = {**METHOD, "formula": str, "thresholds": list}
    if faults := [*misfits(value, needed, {"levels": str}), *_frame(value)]:
        yield from faults
        return
    inputs = tables(value["inputs"])
    formula = f"{value['result']} = {' * '.join(str(one['key']) for one in inputs)}"
    if value["formula"] != formula:
        yield f"formula {value['formula']!r} is not {formula!r}"
    bands = tables(value["thresholds"])
    needed = {"min": str} if "levels" in value else {"min": str, "level": str}
    may: Spec = {"max": str, "local": str, **LABELS}
    faults = [fault for band in bands for fault in misfits(band, needed, may)]
    bounds = [str(band[key]) for band in bands for key in ("min", "max") if key in band]
    faults += [f"{bound!r} is no decimal" for bound in bounds if decimal(bound) is None]
    faults += [fault for band in bands for fault in _unknown_mark(band)]
    if faults:
        yield from (f"threshold: {fault}" for fault in faults)
        return
    yield from _order(bands, str(value["direction"]))
    for score in sorted({prod(scale, start=Decimal(1)) for scale in product(*map(_scale, inputs))}):
        hits = sum(_holds(band, score) for band in bands)
        if hits != 1:
            yield f"the score {score} falls into {hits} levels, not into one"


def matrix_faults(value: Table) -> Iterator[str]:
    """Faults of a method that looks its inputs up: every cell is there, once."""
    if faults := [*misfits(value, {**METHOD, "cells": list}), *_frame(value)]:
        yield from faults
        return
    inputs, cells = tables(value["inputs"]), tables(value["cells"])
    keys = [str(one["key"]) for one in inputs]
    spec: Spec = {**dict.fromkeys(keys, str), "level": str}
    if faults := [f"cell: {fault}" for cell in cells for fault in misfits(cell, spec)]:
        yield from faults
        return
    yield from _unknown_levels(cells)
    named = [tuple(str(cell[key]) for key in keys) for cell in cells]
    wanted = list(product(*([str(step["value"]) for step in tables(one["values"])] for one in inputs)))
    for cell in wanted:
        if named.count(cell) != 1:
            yield f"cell {' x '.join(cell)} has {named.count(cell)} levels, not one"
    yield from (f"cell {' x '.join(cell)} is outside the scales" for cell in sorted({*named} - {*wanted}))


def decimal(text: object) -> Decimal | None:
    """The exact number a text stands for, or None."""
    return Decimal(text) if isinstance(text, str) and DECIMAL.fullmatch(text) else None


def _frame(value: Table) -> Iterator[str]:
    if value.get("direction") not in DIRECTIONS:
        yield f"direction {value.get('direction')!r} is none of {', '.join(DIRECTIONS)}"
    if value.get("scope") not in SCOPES:
        yield f"scope {value.get('scope')!r} is none of {', '.join(SCOPES)}"
    if value.get("levels", "by_body") != "by_body":
        yield f"levels {value['levels']!r} is not by_body"
    for entry in tables(value.get("inputs")):
        yield from (f"input {entry.get('key', '?')}: {fault}" for fault in _input(entry))


def _input(entry: Table) -> Iterator[str]:
    if faults := list(misfits(entry, INPUT, {"labels": str})):
        yield from faults
        return
    if entry.get("labels", "by_body") != "by_body":
        yield f"labels {entry['labels']!r} is not by_body"
    label: Spec = {} if "labels" in entry else {"zh": str, "en": str}
    steps = tables(entry["values"])
    for step in steps:
        yield from misfits(step, {"value": str, **label}, LABELS)
        yield from _unknown_mark(step)
        if decimal(step.get("value")) is None:
            yield f"{step.get('value')!r} is no decimal"
    numbers = [decimal(step.get("value")) for step in steps]
    yield from (f"{n} occurs twice" for at, n in enumerate(numbers) if n is not None and n in numbers[:at])
    if not steps:
        yield "has no values"


def _order(bands: Sequence[Table], direction: str) -> Iterator[str]:
    """Thresholds run from the highest band down, meet each other, and follow the order of the levels."""
    yield from _unknown_levels([band for band in bands if "level" in band])
    for upper, lower in pairwise(bands):
        if lower.get("max") != upper["min"]:
            yield f"the thresholds do not meet at {lower.get('max')} and {upper['min']}"
    if bands and "max" in bands[0]:
        yield f"the highest threshold ends at {bands[0]['max']}"
    ranks = [LEVELS.index(str(band["level"])) for band in bands if band.get("level") in LEVELS]
    if ranks != sorted(ranks, reverse=direction == "higher_is_worse"):
        yield "the levels do not follow the scores"


def _unknown_levels(entries: Sequence[Table]) -> Iterator[str]:
    for entry in entries:
        if entry["level"] not in LEVELS:
            yield f"level {entry['level']!r} is none of {', '.join(LEVELS)}"


def _unknown_mark(entry: Table) -> Iterator[str]:
    if entry.get("verified", "V") not in MARKS:
        yield f"verified {entry['verified']!r} is none of {', '.join(MARKS)}"


def _scale(entry: Table) -> list[Decimal]:
    return [Decimal(str(step["value"])) for step in tables(entry["values"])]


def _holds(band: Table, score: Decimal) -> bool:
    return Decimal(str(band["min"])) <= score and ("max" not in band or score < Decimal(str(band["max"])))
