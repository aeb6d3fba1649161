"""The notice that the risk list was updated (YT-16b): each entry that changed in those days, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.papers.changes import Change, changes_of
from adapters.papers.past import Past, end_before, end_of
from adapters.papers.shapes import Figure, Head, Missing
from adapters.papers.site import Asked, head_of, positions
from domain.language import day_after, day_of, start_of

TEMPLATE = "risk-list-update-notice-1"


@dataclass(frozen=True)
class Update:
    """What changed of one risk, and the days on which its entry was updated."""

    code: str
    name: str
    updated_on: tuple[str, ...]
    changes: Figure
    fields: tuple[Change, ...]


@dataclass(frozen=True)
class UpdateNotice:
    """``unchanged`` are risks about which something was recorded in those days that left the list as it was."""

    head: Head
    entries: Figure
    added: Figure
    removed: Figure
    unchanged: Figure
    updates: tuple[Update, ...]
    missing: tuple[Missing, ...]


def update_notice(past: Past, asked: Asked) -> UpdateNotice:
    """Compute the notice; equal for an equal past."""
    begin, end = start_of(asked.first), end_of(asked.as_of)
    before = {str(row["code"]): row for row in past.risks(end_before(asked.first))}
    after = {str(row["code"]): row for row in past.risks(end)}
    touched = past.touched("risk", begin, end)
    days = (day_after(asked.first, -1), asked.as_of)
    by_risk: dict[str, list[Change]] = {}
    for change in changes_of(past, days, before, after, touched):
        by_risk.setdefault(change.risk, []).append(change)
    updates, same = [], []
    for code in touched:
        changes = tuple(by_risk.get(code, ()))
        traced = past.traced("risk", code, begin, end)
        if not changes:
            same += [position for position, _ in traced]
            continue
        updated = tuple(sorted({day_of(at) for _, at in traced}))
        said = positions(*(record for one in changes for record in one.records))
        updates.append(Update(code, changes[0].name, updated, Figure(len(changes), said), changes))
    listed = [(one, change) for one in updates for change in one.fields if change.field == "listed"]
    new = [change for _, change in listed if change.now is not None]
    gone = [change for _, change in listed if change.now is None]
    return UpdateNotice(
        head_of(past, asked),
        Figure(len(updates), positions(*(record for one in updates for record in one.changes.records))),
        Figure(len(new), positions(*(record for one in new for record in one.records))),
        Figure(len(gone), positions(*(record for one in gone for record in one.records))),
        Figure(len(touched) - len(updates), positions(*same)),
        tuple(updates),
        (),
    )
