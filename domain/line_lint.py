"""What may be wrong in a line up which an overdue duty goes: a role that nobody holds, a rung out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from domain.roles import Role
from domain.rule_shapes import Table, misfits, tables


def line_faults(value: Table) -> Iterator[str]:
    """The faults of one line: each rung names a role once, later than the rung below it."""
    if faults := list(misfits(value, {"line": list})):
        yield from faults
        return
    rungs = tables(value["line"])
    if not rungs:
        yield "the line has no rung"
    below, named = 0, set()
    for number, rung in enumerate(rungs, start=1):
        if faults := list(misfits(rung, {"role": str, "after": int})):
            yield from (f"rung {number}: {fault}" for fault in faults)
            return
        role, after = str(rung["role"]), int(str(rung["after"]))
        if role not in get_args(Role):
            yield f"rung {number}: {role!r} is no role"
        if role in named:
            yield f"rung {number}: {role} stands there already"
        if after <= below:
            yield f"rung {number}: after {after} is not later than the rung below ({below})"
        named.add(role)
        below = after
