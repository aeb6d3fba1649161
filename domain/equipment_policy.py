"""What follows from an event of an equipment system: it reaches its equipment, a change or its end, or a hazard."""

from __future__ import annotations

from typing import cast

from domain.change_kinds import ChangeKind
from domain.change_scope import ScopeEntry, ScopeKind
from domain.change_state import ScopeRow
from domain.changes import EndChange, ReportChange
from domain.equipment import DropWaiting, EventPlaced, PassToEquipment, change_code, key_of
from domain.equipment_events import (
    EquipmentEventReceived,
    EquipmentEventSettled,
    reason_of,
    scope_said,
)
from domain.equipment_types import Said, told
from domain.hazards import RegisterHazard
from domain.language import Command, Moment, day_of
from domain.records import Record

Asked = list[tuple[str, Command]]
KINDS = (EquipmentEventReceived.KIND, EquipmentEventSettled.KIND, EventPlaced.KIND)
TITLE = 200
"""Characters of a hazard's title."""


def equipment_event(record: Record) -> Asked:
    """One command for each thing that follows; their codes come from the event's own."""
    body, event = record.scope, record.event
    match event:
        case EquipmentEventReceived(why="", said=Said() as said) if said.equipment:
            passed = PassToEquipment(body, said.equipment, event.event, event.type, said, event.occurred)
            return [(key_of(said.equipment), passed)]
        case EquipmentEventReceived(why="", said=Said() as said):
            what = told(event.type, said)
            return [
                _report(body, event.event, event.reports, what, _entries(event.scope), event.occurred, said)
            ]
        case EquipmentEventSettled():
            return _settled(body, record.stream.rsplit("/", 1)[1], event)
        case EventPlaced():
            return _placed(body, event)
        case _:
            return []


def _settled(body: str, code: str, event: EquipmentEventSettled) -> Asked:
    asked: Asked = []
    if event.equipment:
        asked.append((key_of(event.equipment), DropWaiting(body, event.equipment, code)))
    if event.verdict == "change" and event.kind is not None:
        scope = _entries(event.scope)
        asked.append(_report(body, code, event.kind, reason_of(event), scope, event.occurred, None))
    return asked


def _placed(body: str, event: EventPlaced) -> Asked:
    asked: Asked = []
    if event.ends:
        asked.append((event.ends, EndChange(body, event.ends, event.what)))
    if event.reports:
        own = (ScopeEntry("unit", event.unit), *_tag(event.tag))
        scope = tuple(dict.fromkeys((*own, *scope_said(event.said))))
        asked.append(_report(body, event.event, event.reports, event.what, scope, event.occurred, event.said))
    if event.hazard:
        about = f"{event.what} ({event.equipment}, {event.said.severity or '—'})"
        hazard = RegisterHazard(body, event.hazard, event.unit, event.what[:TITLE], about, "notice")
        asked.append((event.hazard, hazard))
    return asked


def _tag(tag: str | None) -> tuple[ScopeEntry, ...]:
    return () if tag is None else (ScopeEntry("equipment", tag),)


def _report(
    body: str,
    event: str,
    kind: str,
    what: str,
    scope: tuple[ScopeEntry, ...],
    occurred: Moment,
    said: Said | None,
) -> tuple[str, Command]:
    starts = (said and said.starts) or day_of(occurred)
    ends = said.ends if said else None
    change = change_code(event)
    report = ReportChange(body, change, cast("ChangeKind", kind), what, scope, starts, ends, f"feed:{event}")
    return change, report


def _entries(rows: tuple[ScopeRow, ...]) -> tuple[ScopeEntry, ...]:
    return tuple(ScopeEntry(cast("ScopeKind", one.kind), one.code or None) for one in rows)
