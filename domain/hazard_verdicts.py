"""Whether a hazard is a major one is judged under the criteria in force on the day, item by item (NJ-068, YT Art. 42).

The criteria are data: a pack is one sector's standard in its editions, each with its days; an item has conditions and
exceptions, which the verdict answers one by one. A verdict is never rewritten when the law changes: a new one is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from domain.decider import Facts
from domain.hazard_grading import regraded
from domain.hazard_state import Hazard, Matched
from domain.labels import Thing
from domain.language import Code, Command, Event, Remark, day_of
from domain.refused import Incomplete, Unfit
from domain.refused_hazards import NoSuchItem
from domain.rule_adoption import need_rule
from domain.rulebook import Citation, Rulebook, Wording

KIND = "criteria"
Answer = Literal["yes", "no"]


@dataclass(frozen=True)
class JudgeHazard(Command):
    """Judge a hazard under one item of a pack of criteria; ``answers`` says yes or no to each condition and exception.

    An item without conditions of its own is answered under its own code.
    """

    body: Code
    hazard: Code
    pack: Code
    item: Code
    answers: dict[Code, Answer]
    remark: Remark = ""


@dataclass(frozen=True)
class HazardJudged(Event):
    """What was judged, under which edition, with which answers; ``verified`` says how well the item's text is known."""

    KIND = "hazard-judged.1"
    pack: str
    edition: str
    item: str
    title: str
    verified: str
    answers: Mapping[str, str]
    verdict: str
    judged_by: str
    remark: str
    citation: Citation


def judge(command: JudgeHazard, state: Hazard, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a pack not in force that day, an unknown item, and answers that are missing or asked by nobody.

    A verdict that calls an evaluated general hazard major raises its grade with it.
    """
    pack, citation = need_rule(facts, rules, command.pack, command.body, day_of(facts.at))
    if pack.kind != KIND:
        raise Unfit(given=command.pack, what="pack", allowed=packs(rules))
    item = find_item(pack, command.item)
    if item is None:
        raise NoSuchItem(pack=command.pack, edition=pack.version, item=command.item)
    wanted = asked(item)
    missing = [one for one in wanted if one not in command.answers]
    if missing:
        raise Incomplete(what=Thing("hazard", command.hazard), missing=missing)
    for one in command.answers:
        if one not in wanted:
            raise Unfit(given=one, what=command.item, allowed=wanted)
    verdict = "major" if matches(item, command.answers) else "not_major"
    judged = HazardJudged(
        command.pack,
        pack.version,
        command.item,
        str(item["zh"]),
        str(item["verified"]),
        dict(command.answers),
        verdict,
        facts.by,
        command.remark,
        citation,
    )
    if verdict == "major" and state.grade == "general":
        return [judged, regraded(state, "major", f"{pack.version} {command.item}", facts)]
    return [judged]


def matched_after(matched: tuple[Matched, ...], event: HazardJudged) -> tuple[Matched, ...]:
    """The items that call it major after this verdict; one under a newer edition takes the older edition's place."""
    kept = tuple(
        one for one in matched if one[0] != event.pack or (one[1] == event.edition and one[2] != event.item)
    )
    return (*kept, (event.pack, event.edition, event.item)) if event.verdict == "major" else kept


# ------------------------------------------------------------------------------------------------- the criteria


def packs(rules: Rulebook) -> list[str]:
    """The names of all packs of criteria."""
    return [name for name, held in rules.wordings.items() if held and held[0].kind == KIND]


def items_of(pack: Wording) -> list[Mapping[str, Any]]:
    """Every item of one edition, in order."""
    return [item for section in pack.value["sections"] for item in section["items"]]


def find_item(pack: Wording, code: str) -> Mapping[str, Any] | None:
    """The item with that code, or None."""
    return next((item for item in items_of(pack) if item["code"] == code), None)


def asked(item: Mapping[str, Any]) -> list[str]:
    """What a verdict under this item answers: its conditions (itself, where it has none), then its exceptions."""
    conditions = [str(one["id"]) for one in item.get("conditions", ())] or [str(item["code"])]
    return conditions + [str(one["id"]) for one in item.get("exceptions", ())]


def matches(item: Mapping[str, Any], answers: Mapping[str, str]) -> bool:
    """Whether these answers make it major: any condition (or all, where the item says so) and no exception."""
    conditions = [str(one["id"]) for one in item.get("conditions", ())] or [str(item["code"])]
    held = [answers[one] == "yes" for one in conditions]
    excepted = any(answers[str(one["id"])] == "yes" for one in item.get("exceptions", ()))
    return (all(held) if item.get("needs") == "all" else any(held)) and not excepted
