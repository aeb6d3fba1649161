"""What is wrong with a list of codes: entries without a name, named twice, or off the standard's own scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.method_lint import MARKS
from domain.rule_shapes import Spec, Table, items, misfits, tables

ITEM: Final[Spec] = {"zh": str}
ITEM_MAY: Final[Spec] = {"code": str, "en": str, "verified": str, "note": str, "was": list}
RANGE: Final = re.compile(r"(\d+)-(\d+)")


def code_list_faults(value: Table) -> Iterator[str]:
    """Faults of a list: with ``widths`` every entry has a code of such a length below one that is listed."""
    if faults := list(misfits(value, {"items": list}, {"widths": list, "unlisted": list})):
        yield from faults
        return
    entries = tables(value["items"])
    if not entries:
        yield "has no items"
    for one in entries:
        named = one.get("code", one.get("zh", "?"))
        yield from (f"item {named}: {fault}" for fault in misfits(one, ITEM, ITEM_MAY))
        if not all(isinstance(name, str) and name for name in items(one.get("was"))):
            yield f"item {named}: was names no names"
        if one.get("verified", "G") not in MARKS:
            yield f"item {named}: verified {one['verified']!r} is none of {', '.join(MARKS)}"
    for key in ("code", "zh") if "widths" not in value else ("code",):
        held = [str(one[key]) for one in entries if key in one]
        yield from (f"{key} {one} occurs twice" for one in sorted(set(held)) if held.count(one) > 1)
    yield from _scheme(value, [str(one.get("code", "")) for one in entries])


def _scheme(value: Table, codes: list[str]) -> Iterator[str]:
    widths = [one for one in items(value.get("widths")) if isinstance(one, int)]
    if "widths" in value and widths != sorted(set(widths)):
        yield f"widths {widths} do not rise"
    for code in codes if widths else ():
        if not code.isdecimal() or len(code) not in widths:
            yield f"code {code!r} has none of the widths {', '.join(map(str, widths))}"
            continue
        parent = code[: max((one for one in widths if one < len(code)), default=0)]
        if parent and parent not in codes:
            yield f"code {code} stands below {parent}, which is not listed"
    for one in items(value.get("unlisted")):
        found = RANGE.fullmatch(str(one))
        if found is None or len(found[1]) != len(found[2]) or found[1] > found[2]:
            yield f"unlisted holds {one!r}, not a range such as 3202-3217"
