"""The scope of a change: units, equipment, materials, posts, areas, sectors, standards, accident types, single risks.

What we register must be there, so that a misspelt code is refused and not taken for a change that touches nothing.
Codes of equipment and material are the body's own; whether any risk hangs on one is asked with ``change preview``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.change_state import ScopeRow
from domain.code_lists import accident_names
from domain.decider import Facts
from domain.documents import DOCUMENT
from domain.labels import Term, Thing
from domain.language import Code, day_of
from domain.posts import POST, need_post
from domain.refused import AlreadySo, Incomplete, Unfit, UnknownThing
from domain.risk_tags import WEATHER
from domain.risks import RISK
from domain.rulebook import Rulebook
from domain.units import need_unit

ScopeKind = Literal[
    "unit",
    "equipment",
    "material",
    "post",
    "measure",
    "weather",
    "area",
    "standard",
    "sector",
    "accident_type",
    "risk",
    "everything",
]
"""The kinds of tags, and what reaches risks without a tag; ``measure`` is a control's code."""


@dataclass(frozen=True)
class ScopeEntry:
    """One thing that changed; ``everything`` takes no code, all others need one."""

    kind: ScopeKind
    code: Code | None = None


def scope_of(
    body: str,
    what: Thing,
    scope: tuple[ScopeEntry, ...],
    facts: Facts,
    rules: Rulebook,
    resumed: bool = False,
) -> tuple[ScopeRow, ...]:
    """The scope as it is recorded, accident types by the names that the editions of the list have for them.

    Refuses an empty one, an entry named twice, and things that are not registered; a post that was closed too, but
    where what stood still is ``resumed``: it was there when that began, and what hangs on it still does.
    """
    if not scope:
        raise Incomplete(what=what, missing=[Term("scope")])
    named: list[ScopeRow] = []
    rows: dict[ScopeRow, None] = {}
    for entry in scope:
        row = _row(body, what, entry, facts, rules, resumed)
        if row in named:
            raise AlreadySo(what=Thing(f"scope_{row.kind}", row.code))
        named.append(row)
        rows[row] = None
        if row.kind == "accident_type":  # risks keep the names of the edition by which they were identified
            rows |= dict.fromkeys(
                ScopeRow(row.kind, one) for one in accident_names(facts, rules, body, row.code)
            )
    return tuple(rows)


def _row(body: str, what: Thing, entry: ScopeEntry, facts: Facts, rules: Rulebook, resumed: bool) -> ScopeRow:
    if entry.kind == "everything":
        if entry.code is not None:
            raise Unfit(given=entry.code, what=Term("scope_everything"), allowed=["—"])
        return ScopeRow("everything", "")
    if entry.code is None:
        raise Incomplete(what=what, missing=[Term(f"scope_{entry.kind}")])
    code = entry.code
    match entry.kind:
        case "unit":
            need_unit(facts, body, code)
        case "risk":
            if facts.of(RISK, body, code).step == "unknown":
                raise UnknownThing(kind=Term("risk"), code=code, body=body)
        case "post":
            if not (resumed and facts.of(POST, body, code).registered):
                need_post(facts, body, code, day_of(facts.at))
        case "standard":
            if not facts.of(DOCUMENT, body, code).registered:
                raise UnknownThing(kind=Term("standard"), code=code, body=body)
        case "weather":
            if code not in WEATHER:
                raise Unfit(given=code, what=Term("tag_weather"), allowed=list(WEATHER))  # as they are given
        case "area":
            if not (code.isascii() and code.isdecimal() and len(code) in (2, 4, 6, 9, 12)):
                raise Unfit(given=code, what=Term("tag_area"), allowed=["320113"])
        case "accident_type":
            code = accident_names(facts, rules, body, code)[0]
        case "equipment" | "material" | "measure" | "sector":
            pass
    return ScopeRow(entry.kind, code)
