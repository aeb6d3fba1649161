"""Lists of codes that standards fix: hazardous factors (GB/T 13861) and accident types (GB 6441), each by edition.

Whoever cites a standard means the edition in force on that day (YT Art. 42). The edition is stored with every code: a
later edition changes nothing that was recorded, for the same code may mean something else in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.decider import Facts
from domain.language import day_of
from domain.refused import AlreadySo, Incomplete, Unfit
from domain.refused_identity import EditionNotInForce
from domain.rule_adoption import need_rule
from domain.rulebook import Rulebook, Wording

KIND = "code-list"
FACTORS = "hazardous-factors"
ACCIDENTS = "accident-types"


@dataclass(frozen=True)
class Factor:
    """A hazardous factor as a record keeps it; without name and mark where only its existence is known."""

    code: str
    edition: str
    name: str
    verified: str


def need_list(
    facts: Facts, rules: Rulebook, rule: str, body: str, edition: str | None
) -> tuple[Wording, str]:
    """The list of the edition in force on the day it happened, and that edition's number.

    Refuses another edition than that one (``EditionNotInForce``), and a day on which none is (``NoRuleInForce``).
    """
    day = day_of(facts.at)
    wording, citation = need_rule(facts, rules, rule, body, day)
    if edition is not None and edition != citation.number:
        raise EditionNotInForce(given=edition, day=day, edition=citation.number)
    return wording, citation.number


def need_factor(facts: Facts, rules: Rulebook, body: str, code: str, edition: str | None) -> Factor:
    """The factor of that code, or ``Unfit`` with what the list holds nearest to it.

    Where our list stops above the standard's last level, or says that names were not found, a code of the right form
    is taken, without a name.
    """
    wording, number = need_list(facts, rules, FACTORS, body, edition)
    items: dict[str, Any] = {str(one["code"]): one for one in wording.value["items"]}
    found = items.get(code)
    if found is not None:
        return Factor(code, number, str(found["zh"]), str(found.get("verified", wording.verified)))
    widths = [int(one) for one in wording.value["widths"]]
    parent = code[: max((one for one in widths if one < len(code)), default=0)]
    below = [one for one in items if one.startswith(parent) and len(one) > len(parent)]
    unlisted = code.isdecimal() and code.isascii() and len(code) in widths and parent in items and not below
    if unlisted or _exists(code, wording.value.get("unlisted", ())):
        return Factor(code, number, "", "")
    near: list[str] = []
    while not near:
        near = [one for one in items if one.startswith(parent) and one != parent]
        parent = parent[:-1]
    shortest = min(map(len, near))
    raise Unfit(given=code, what=number, allowed=[one for one in near if len(one) == shortest])


def _exists(code: str, ranges: tuple[str, ...] | list[str]) -> bool:
    """Whether the code stands in a range whose names were not found, such as ``3202-3217``."""
    for one in ranges:
        first, _, last = one.partition("-")
        if len(code) == len(first) and code.isdecimal() and first <= code <= last:
            return True
    return False


def accident_names(facts: Facts, rules: Rulebook, body: str, given: str) -> tuple[str, ...]:
    """An accident type by its own name, then the other names under which other editions record such accidents.

    It may be named as any edition names it; what none does is refused as ``need_accident_types`` does.
    """
    held = [one for wording in rules.wordings.get(ACCIDENTS, ()) for one in wording.value["items"]]
    try:
        [name], _ = need_accident_types(facts, rules, body, (given,), None)
    except Unfit:
        former = [str(one["zh"]) for one in held if given in (one["zh"], one.get("en"))]
        if not former:
            raise
        name = former[0]
    before = [str(was) for one in held if one["zh"] == name for was in one.get("was", ())]
    since = [str(one["zh"]) for one in held if name in one.get("was", ())]
    return tuple(dict.fromkeys((name, *before, *since)))


def need_accident_types(
    facts: Facts, rules: Rulebook, body: str, given: tuple[str, ...], edition: str | None
) -> tuple[tuple[str, ...], str]:
    """The types by the list's own names, given by name in either language or by number, and the edition.

    Refuses none at all (``Incomplete``), a type that the list does not hold (``Unfit``), and one named twice.
    """
    wording, number = need_list(facts, rules, ACCIDENTS, body, edition)
    if not given:
        raise Incomplete(what=number, missing=["accident_types"])
    items = wording.value["items"]
    names = {str(one[key]): str(one["zh"]) for one in items for key in ("zh", "en", "code") if key in one}
    found: list[str] = []
    for one in given:
        name = names.get(one)
        if name is None:
            raise Unfit(given=one, what=number, allowed=[str(item["zh"]) for item in items])
        if name in found:
            raise AlreadySo(what=name)
        found.append(name)
    return tuple(found), number
