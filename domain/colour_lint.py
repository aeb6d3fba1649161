"""What may be wrong in a policy by colour: no demand for a level, a gap below its tiers, no such role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from domain.control_state import PERIODS, TIERS
from domain.language import LEVELS
from domain.roles import Role
from domain.rule_shapes import Spec, Table, items, misfits, table

DEMAND: Final[Spec] = {
    "tiers": list,
    "check": str,
    "adopt_by": list,
    "characteristics": dict,
    "measures": dict,
}
TEXT: Final[Spec] = {"zh": str, "en": str}
JOINT: Final = ("major", "larger")
JOINT_TIERS: Final = 2


def colour_faults(value: Table) -> Iterator[str]:
    """The faults of one policy: all four levels, each with tiers closed downwards, a period, roles and two texts."""
    if faults := list(misfits(value, dict.fromkeys(LEVELS, dict))):
        yield from faults
        return
    for level in LEVELS:
        demand = table(value[level])
        if faults := list(misfits(demand, DEMAND)):
            yield from (f"{level}: {fault}" for fault in faults)
            continue
        for name in ("characteristics", "measures"):
            yield from (f"{level}: {name} {fault}" for fault in misfits(table(demand[name]), TEXT))
        yield from (
            f"{level}: {fault}" for fault in tier_faults(level, [str(one) for one in items(demand["tiers"])])
        )
        if demand["check"] not in PERIODS:
            yield f"{level}: check {demand['check']!r} is none of {', '.join(PERIODS)}"
        roles = items(demand["adopt_by"])
        if not roles:
            yield f"{level}: nobody may adopt"
        yield from (f"{level}: {role!r} is no role" for role in roles if role not in get_args(Role))


def tier_faults(level: str, tiers: list[str]) -> Iterator[str]:
    """What speaks against the tiers that a level is to have (YT Art. 23, NJ-046)."""
    unknown = [one for one in tiers if one not in TIERS]
    if unknown:
        yield f"tiers holds {', '.join(unknown)}"
        return
    if level in JOINT and len(set(tiers)) < JOINT_TIERS:
        yield "needs at least two tiers"
    top = min((TIERS.index(one) for one in tiers), default=len(TIERS))
    missing = [one for one in TIERS[top:] if one not in tiers]
    if missing:
        yield f"tiers leaves out {', '.join(missing)} below {TIERS[top]}"
