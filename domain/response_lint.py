"""What may be wrong in a response: what a change that lasts does to the risks it touches, item by item.

Each item is marked as a house rule, or names the article that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from domain.change_scope import ScopeKind
from domain.risk_tags import WEATHER
from domain.roles import Role
from domain.rule_shapes import Spec, Table, items, misfits, table, tables
from domain.weather_words import RANKS

PARTS: Final = ("uplift", "measures", "reports", "criteria")
WHEN: Final[Spec] = {"weather": list, "from": str}
MARKED: Final[Spec] = {"source": str}
MEASURE: Final[Spec] = {
    **MARKED,
    "code": str,
    "zh": str,
    "en": str,
    "owner": str,
    "days": int,
    "duty": bool,
    "lasts": bool,
}
SHAPES: Final[dict[str, tuple[Spec, Spec]]] = {
    "uplift": ({**MARKED, "steps": int}, {**WHEN, "article": str}),
    "measures": (MEASURE, {**WHEN, "article": str, "tags": list, "accident_types": list}),
    "reports": ({"from": str}, {"weather": list}),
    "criteria": ({**MARKED, "items": list}, {**WHEN, "article": str}),
}
MOST_STEPS: Final = 3


def response_faults(value: Table) -> Iterator[str]:
    """Every fault of one response."""
    if faults := list(
        misfits(value, {"uplift": list, "measures": list}, {"reports": list, "criteria": list})
    ):
        yield from faults
        return
    for part in PARTS:
        for number, item in enumerate(tables(value.get(part, [])), start=1):
            yield from (f"{part} {number}: {fault}" for fault in _item(part, item))
    codes = [str(one.get("code")) for one in tables(value["measures"])]
    yield from (f"measure {one} occurs twice" for one in sorted(set(codes)) if codes.count(one) > 1)


def linked_faults(value: Table, linked: frozenset[str]) -> Iterator[str]:
    """An item of the criteria that is asked again is one that the criteria link to the weather."""
    for part in tables(value.get("criteria", [])):
        for item in items(part.get("items")):
            if str(item) not in linked:
                yield f"criteria: {item} is no item that is linked to the weather"


def weather_linked(rules: Mapping[str, Table]) -> frozenset[str]:
    """The codes of all items of the criteria of major hazards that are linked to the weather."""
    return frozenset(
        str(item["code"])
        for rule in rules.values()
        if rule.get("kind") == "criteria"
        for version in tables(rule["version"])
        for section in tables(table(version["value"])["sections"])
        for item in tables(section["items"])
        if item.get("weather_linked")
    )


def _item(part: str, item: Table) -> Iterator[str]:
    if faults := list(misfits(item, *SHAPES[part])):
        yield from faults
        return
    yield from (f"weather {one!r} is none" for one in items(item.get("weather")) if one not in WEATHER)
    if item.get("from", "red") not in RANKS or item.get("from") == "unknown":
        yield f"from {item['from']!r} is no colour"
    if "source" in item and (item["source"] == "house") == ("article" in item):
        yield "is either a house rule or names its article"
    if part == "uplift" and not 1 <= int(str(item["steps"])) <= MOST_STEPS:
        yield f"steps is {item['steps']}, not 1 to {MOST_STEPS}"
    if part == "measures":
        if item["owner"] not in get_args(Role):
            yield f"owner {item['owner']!r} is no role"
        if int(str(item["days"])) < 0:
            yield f"days is {item['days']}, less than none"
        for tag in items(item.get("tags")):
            if str(tag).partition(":")[0] not in get_args(ScopeKind) or not str(tag).partition(":")[2]:
                yield f"tag {tag!r} is not written kind:code"
