"""What is wrong with a pack of criteria for major hazards: every fault as a sentence.

An item has a code of its own, titles in both languages and a mark that says how well its text is known; conditions and
exceptions likewise. The format is described in ``docs/reference/rule-format.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from domain.method_lint import MARKS
from domain.rule_shapes import Spec, Table, items, misfits, table, tables

SECTION: Final[Spec] = {"id": str, "zh": str, "en": str, "items": list}
ITEM: Final[Spec] = {"code": str, "zh": str, "en": str, "verified": str}
ITEM_MAY: Final[Spec] = {
    "weather_linked": bool,
    "was": list,
    "needs": str,
    "conditions": list,
    "exceptions": list,
}
PART: Final[Spec] = {"id": str, "zh": str, "en": str, "verified": str}


def criteria_faults(value: Table) -> Iterator[str]:
    """Every fault within one edition."""
    if faults := list(misfits(value, {"sections": list})):
        yield from faults
        return
    sections = tables(value["sections"])
    if not sections:
        yield "has no sections"
    codes: list[str] = []
    for section in sections:
        name = f"section {section.get('id', '?')}"
        if faults := list(misfits(section, SECTION)):
            yield from (f"{name}: {fault}" for fault in faults)
            continue
        held = tables(section["items"])
        if not held:
            yield f"{name}: has no items"
        yield from (fault for item in held for fault in _item(item))
        codes += [str(item.get("code")) for item in held]
        yield from (f"{name}: {fault}" for fault in _order([str(item.get("code")) for item in held]))
    yield from (f"item {one} occurs twice" for one in sorted(set(codes)) if codes.count(one) > 1)


def edition_faults(rule: Table) -> Iterator[str]:
    """What holds between the editions of one pack: each stands after the one before, and takes up what was there."""
    if rule["kind"] != "criteria":
        return
    before: set[str] = set()
    last: object = None
    for version in tables(rule["version"]):
        name, since = version["version"], version.get("from")
        if last is not None and since is not None and str(since) <= str(last):
            yield f"version {name} begins on {since}, not after {last}: editions stand in the order of their days"
        last = since
        found = [
            item
            for section in tables(table(version["value"])["sections"])
            for item in tables(section["items"])
        ]
        for item in found:
            for was in items(item.get("was")):
                if str(was) not in before:
                    yield f"version {name}: item {item['code']} takes up {was}, which no earlier edition has"
        before |= {str(item["code"]) for item in found}


def _item(item: Table) -> Iterator[str]:
    name = f"item {item.get('code', '?')}"
    if faults := list(misfits(item, ITEM, ITEM_MAY)):
        yield from (f"{name}: {fault}" for fault in faults)
        return
    if item["verified"] not in MARKS:
        yield f"{name}: verified {item['verified']!r} is none of {', '.join(MARKS)}"
    conditions, exceptions = tables(item.get("conditions")), tables(item.get("exceptions"))
    if "conditions" in item and not conditions:
        yield f"{name}: conditions is empty"
    if len(conditions) > 1 and item.get("needs") not in ("any", "all"):
        yield f"{name}: says not whether any or all of its conditions are needed"
    seen: list[str] = []
    for part in (*conditions, *exceptions):
        if faults := list(misfits(part, PART)):
            yield from (f"{name}: {part.get('id', '?')}: {fault}" for fault in faults)
            continue
        if part["verified"] not in MARKS:
            yield f"{name}: {part['id']}: verified {part['verified']!r} is none of {', '.join(MARKS)}"
        seen.append(str(part["id"]))
    yield from (f"{name}: {one} occurs twice" for one in sorted(set(seen)) if seen.count(one) > 1)


def _order(codes: list[str]) -> Iterator[str]:
    """Items stand in the order of the numbers in which their codes end."""
    numbers = [(int(tail), code) for code in codes if (tail := code.rpartition("-")[2]).isdigit()]
    for (one, first), (other, second) in pairwise(numbers):
        if other <= one:
            yield f"item {second} stands after {first}"
