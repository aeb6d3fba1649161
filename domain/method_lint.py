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
DIRECT: Final[Spec] = {"scope": str, "conditions": list}
CONDITION: Final[Spec] = {"id": str, "zh": str, "en": str, "level": str}
INPUT: Final[Spec] = {"key": str, "zh": str, "en": str, "values": list}
LABELS: Final[Spec] = {"zh": str, "en": str, "verified": str, "note": str}


class Fault(str):
    """A fault as an English sentence that knows its Chinese one: for tables that an enterprise makes itself."""

    zh: str

    def __new__(cls, en: str, zh: str) -> "Fault":
        made = super().__new__(cls, en)
        made.zh = zh
        return made


def in_chinese(fault: str) -> str:
    """The Chinese sentence of a fault, where it has one."""
    return fault.zh if isinstance(fault, Fault) else fault


def _within(en: str, zh: str, fault: str) -> Fault:
    return Fault(f"{en}: {fault}", f"{zh}：{in_chinese(fault)}")


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
    faults += [_no_decimal(bound) for bound in bounds if decimal(bound) is None]
    faults += [fault for band in bands for fault in _unknown_mark(band)]
    if faults:
        yield from (_within("threshold", "分级界限", fault) for fault in faults)
        return
    yield from _order(bands, str(value["direction"]))
    for score in sorted({prod(scale, start=Decimal(1)) for scale in product(*map(_scale, inputs))}):
        hits = sum(_holds(band, score) for band in bands)
        if hits != 1:
            yield Fault(
                f"the score {score} falls into {hits} levels, not into one",
                f"得分 {score} 落入 {hits} 个等级，应恰好一个",
            )


def matrix_faults(value: Table) -> Iterator[str]:
    """Faults of a method that looks its inputs up: every cell is there, once."""
    if faults := [*misfits(value, {**METHOD, "cells": list}), *_frame(value)]:
        yield from faults
        return
    inputs, cells = tables(value["inputs"]), tables(value["cells"])
    keys = [str(one["key"]) for one in inputs]
    spec: Spec = {**dict.fromkeys(keys, str), "level": str}
    if faults := [_within("cell", "单元格", fault) for cell in cells for fault in misfits(cell, spec)]:
        yield from faults
        return
    unknown = list(_unknown_levels(cells))
    yield from unknown
    named = [tuple(str(cell[key]) for key in keys) for cell in cells]
    wanted = list(product(*([str(step["value"]) for step in tables(one["values"])] for one in inputs)))
    for cell in wanted:
        if named.count(cell) != 1:
            yield Fault(
                f"cell {' x '.join(cell)} has {named.count(cell)} levels, not one",
                f"单元格 {' × '.join(cell)} 有 {named.count(cell)} 个等级，应恰好一个",
            )
    for cell in sorted({*named} - {*wanted}):
        yield Fault(
            f"cell {' x '.join(cell)} is outside the scales", f"单元格 {' × '.join(cell)} 不在取值范围内"
        )
    if not unknown and {*named} == {*wanted} and len(named) == len(wanted):
        yield from _falling(dict(zip(named, [str(cell["level"]) for cell in cells], strict=True)), value)


def direct_faults(value: Table) -> Iterator[str]:
    """Faults of a method whose conditions determine the level directly: each named once, with a known level."""
    if faults := list(misfits(value, DIRECT)):
        yield from faults
        return
    if value["scope"] not in SCOPES:
        yield f"scope {value['scope']!r} is none of {', '.join(SCOPES)}"
    rows = tables(value["conditions"])
    if faults := [
        _within("condition", "判定条件", fault) for row in rows for fault in misfits(row, CONDITION)
    ]:
        yield from faults
        return
    yield from _unknown_levels(rows)
    named = [str(row["id"]) for row in rows]
    for at, one in enumerate(named):
        if one in named[:at]:
            yield Fault(f"the condition {one} occurs twice", f"判定条件 {one} 重复")
    if not rows:
        yield "has no conditions"


def _falling(levels: dict[tuple[str, ...], str], value: Table) -> Iterator[str]:
    """Where a worse value of one input, all others alike, gives a lower level."""
    worse = 1 if value["direction"] == "higher_is_worse" else -1
    scales = [sorted(_scale(one)) for one in tables(value["inputs"])]
    exact = {tuple(Decimal(part) for part in cell): level for cell, level in levels.items()}
    for cell, level in exact.items():
        for at, scale in enumerate(scales):
            next_at = scale.index(cell[at]) + worse
            if not 0 <= next_at < len(scale):
                continue
            other = (*cell[:at], scale[next_at], *cell[at + 1 :])
            if LEVELS.index(exact[other]) < LEVELS.index(level):
                here, there = (" x ".join(map(str, one)) for one in (cell, other))
                yield Fault(
                    f"the level falls from {level} at {here} to {exact[other]} at the worse {there}",
                    f"由 {here} 到更差的 {there}，等级反而由 {level} 降为 {exact[other]}",
                )


def _no_decimal(text: object) -> Fault:
    return Fault(f"{text!r} is no decimal", f"{text!r} 不是非负十进制数")


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
        key = entry.get("key", "?")
        yield from (_within(f"input {key}", f"输入 {key}", fault) for fault in _input(entry))


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
            yield _no_decimal(step.get("value"))
    numbers = [decimal(step.get("value")) for step in steps]
    for at, n in enumerate(numbers):
        if n is not None and n in numbers[:at]:
            yield Fault(f"{n} occurs twice", f"取值 {n} 重复")
    if not steps:
        yield Fault("has no values", "没有取值")


def _order(bands: Sequence[Table], direction: str) -> Iterator[str]:
    """Thresholds run from the highest band down, meet each other, and follow the order of the levels."""
    yield from _unknown_levels([band for band in bands if "level" in band])
    for upper, lower in pairwise(bands):
        if lower.get("max") != upper["min"]:
            yield Fault(
                f"the thresholds do not meet at {lower.get('max')} and {upper['min']}",
                f"分级界限在 {lower.get('max')} 与 {upper['min']} 处不衔接",
            )
    if bands and "max" in bands[0]:
        yield Fault(
            f"the highest threshold ends at {bands[0]['max']}",
            f"最高一级以 {bands[0]['max']} 为上限，不应有上限",
        )
    ranks = [LEVELS.index(str(band["level"])) for band in bands if band.get("level") in LEVELS]
    if ranks != sorted(ranks, reverse=direction == "higher_is_worse"):
        yield Fault("the levels do not follow the scores", "等级没有随得分递增")


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
