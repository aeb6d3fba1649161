"""Which level of a risk counts at a moment: the last assessment of each method, and of several methods the highest.

An assessment counts from the moment it was made, whenever it was entered; of one moment the later record counts. Where
somebody decided which method counts, that one does. What would lower the level waits for another person's approval,
and while it waits the higher level counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from domain.language import LEVELS, Moment, but
from domain.risk_state import Said

FOREVER: Moment = "9999-12-31T23:59:59.999999Z"
RANK: dict[str, int] = {level: len(LEVELS) - at for at, level in enumerate(LEVELS)}
"""A higher level has the greater rank."""


class Counting(NamedTuple):
    """The assessment that counts, the level that it gives, and whether a decision on the method made it count."""

    by: Said
    level: str
    chosen: bool


def counting(said: Sequence[Said], at: Moment, kind: str = "current") -> Counting | None:
    """What counts among the ratings of one kind at a moment, or None; decisions on the method touch current ratings."""
    latest: dict[str, tuple[Said, str]] = {}
    method = ""
    for one in sorted(said, key=_made):
        if one.at > at:
            break
        if one.kind == "choice" and kind == "current":
            method = one.method if one.stands_at(at) else method
        elif one.kind == kind and (level := one.given_at(at)):
            latest[one.method] = (one, level)
    if not latest:
        return None
    chosen = method in latest
    by, level = (
        latest[method] if chosen else max(latest.values(), key=lambda held: (RANK[held[1]], held[0].at))
    )
    return Counting(by, level, chosen)


def counting_level(said: Sequence[Said], at: Moment = FOREVER) -> str:
    """The level that counts at a moment; the inherent one as long as there is no current rating; or empty."""
    found = counting(said, at) or counting(said, at, "inherent")
    return found.level if found else ""


def waiting(said: Sequence[Said], at: Moment = FOREVER) -> list[Said]:
    """What waits for approval at a moment: undecided then, and nothing newer of its kind and method was said."""
    newest: dict[tuple[str, str], Said] = {}
    for one in sorted(said, key=_made):
        if one.at <= at:
            newest[one.kind, "" if one.kind == "choice" else one.method] = one
    return [one for one in newest.values() if one.waits and not (one.verdict and one.decided_at <= at)]


def lowers(said: Sequence[Said], new: Said, level: str) -> bool:
    """Whether ``new``, giving this level at once, would lower what counts at its moment or at any later one."""
    after = (*said, but(new, level=level, waits=False))
    kind = "current" if new.kind == "choice" else new.kind
    later = {one.at for one in said} | {one.decided_at for one in said if one.verdict}
    for at in (new.at, *(one for one in later if one > new.at)):
        before, then = counting(said, at, kind), counting(after, at, kind)
        if before and then and RANK[then.level] < RANK[before.level]:
            return True
    return False


_made = attrgetter("at", "number")
"""The order in which assessments count."""
