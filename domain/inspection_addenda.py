"""A completed inspection is never edited: what was wrong is said in an addendum, and another person looks again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.checklists import CHECKLIST
from domain.decider import Facts
from domain.independence import need_independent
from domain.inspection_answers import Failure, failure_of
from domain.inspection_state import Answer, Inspection
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Hash, Words
from domain.refused import AlreadySo, UnknownThing


@dataclass(frozen=True)
class AddToInspection(Command):
    """Add a correction or a remark, also to one item; ``should_be`` is the answer that it should have had.

    The first answer stays beside it. A failure that is found this way becomes a hazard as any other.
    """

    body: Code
    inspection: Code
    text: Words
    item: Code | None = None
    should_be: Answer | None = None
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class RecheckInspection(Command):
    """Look again on site at a completed inspection, by somebody who did not make it; without ``items``: at all."""

    body: Code
    inspection: Code
    verdict: Literal["sound", "faulty"]
    findings: Words
    items: tuple[Code, ...] = ()
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class InspectionAddendumAdded(Event):
    KIND = "inspection-addendum-added.1"
    text: str
    item: str | None
    was: str | None
    should_be: str | None
    evidence: tuple[str, ...]
    added_by: tuple[str, ...]
    failure: Failure | None


@dataclass(frozen=True)
class InspectionRechecked(Event):
    KIND = "inspection-rechecked.1"
    verdict: str
    findings: str
    items: tuple[str, ...]
    evidence: tuple[str, ...]
    rechecked_by: tuple[str, ...]


def added(command: AddToInspection, state: Inspection, facts: Facts) -> list[Event]:
    """Refuses an item that is not of the round, and a correction to the answer that it has."""
    failure = None
    was = None
    if command.item is not None:
        _need_items(command.inspection, command.body, (command.item,), state)
        was = state.answers[command.item]
        what = Thing("checklist_item", f"{state.checklist}/{command.item}")
        if command.should_be == was:
            raise AlreadySo(what=what)
        if command.should_be == "fail" and command.item not in state.failed:
            items = facts.of(CHECKLIST, command.body, state.checklist).items(state.version)
            text = next(one.what for one in items if one.item == command.item)
            failure = failure_of(command.inspection, state.items[command.item], text)
    elif command.should_be is not None:
        raise UnknownThing(kind=Term("checklist_item"), code="—", body=command.body)
    return [
        InspectionAddendumAdded(
            command.text,
            command.item,
            was,
            command.should_be,
            tuple(dict.fromkeys(command.evidence)),
            facts.actors,
            failure,
        )
    ]


def rechecked(command: RecheckInspection, state: Inspection, facts: Facts) -> list[Event]:
    """Refuses who made the inspection, and items that are not of the round."""
    what = Thing("inspection", command.inspection)
    need_independent(facts, command, what, inspector=state.inspectors)
    items = tuple(dict.fromkeys(command.items))
    _need_items(command.inspection, command.body, items, state)
    evidence = tuple(dict.fromkeys(command.evidence))
    return [InspectionRechecked(command.verdict, command.findings, items, evidence, facts.actors)]


def _need_items(inspection: str, body: str, items: tuple[str, ...], state: Inspection) -> None:
    for item in items:
        if item not in state.items:
            raise UnknownThing(kind=Term("checklist_item"), code=f"{inspection}/{item}", body=body)
