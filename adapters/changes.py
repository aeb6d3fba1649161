"""Follows the open changes: which risks each touches, which of them were assessed, and which change is over.

Such a step needs the views, so it is no policy; like one it runs by the clock's tick and after each command line call
that recorded something, and gives commands whose ids follow from what they say: running it twice, or after a crash in
its middle, adds nothing.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from adapters.change_reach import VIEWS, reached
from adapters.policies import submit_noting
from adapters.positions import STRIDE
from domain.change_state import ScopeRow
from domain.change_touched import SettleChangedRisk
from domain.changes import (
    CHANGE,
    EndChange,
    ResolveChange,
)
from domain.engine import Order
from domain.language import Command, Event, Moment, day_after, day_of, start_of, stream_name
from domain.policies import NAMESPACE
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_identity import IdentificationCorrected, RiskIdentified
from domain.risk_tags import RiskTagged, RiskUntagged
from domain.risks import RiskRetired
from domain.units import UnitMoved, UnitRegistered
from projections.changes import CHANGES, any_open, to_look_at, to_settle

if TYPE_CHECKING:
    from adapters.app import App

NAME = "changes"
"""Under which it is kept how far this step has come, and how its records name their source."""
COUNTING: tuple[type[Event], ...] = (
    *CHANGE.events,
    *(RiskTagged, RiskUntagged, RiskIdentified, IdentificationCorrected, UnitRegistered, UnitMoved),
    *(RiskAssessed, RiskReassessed, RiskRetired),
)
"""What can bring a risk to a change, or settle one."""
KINDS = tuple(one.KIND for one in COUNTING)
OF_CHANGES = tuple(one.KIND for one in CHANGE.events)
OVER = "所定最后一日已过 / its stated last day has passed"


def follow_changes(app: App) -> int:
    """Do what follows for the open changes from what was recorded since; returns how many orders recorded something.

    Raises ``FaultError`` where journal or views cannot serve; what was done stays, the rest is done the next time.
    """
    head = app.journal.head().size
    today = day_of(app.now())
    since = app.positions.of(NAME)
    if since and not app.journal.records(since, 1, OF_CHANGES, until=head):
        with app.projector.reader(CHANGES.name) as (connection, tables):
            none = not any_open(connection, tables)
        if none:  # as of the last look, and no change was recorded since
            if head - since > STRIDE:
                app.positions.advance(NAME, head)
            return 0
    news = since < head and bool(app.journal.records(since, 1, KINDS, until=head))
    app.projector.wait_for(head, (CHANGES.name,))
    with app.projector.reader(CHANGES.name) as (connection, tables):
        changes = to_look_at(connection, tables, today)
    new = 0
    if news:
        if changes:
            app.projector.wait_for(head, VIEWS)
        new = sum(_resolve(app, row, head) for row in changes)
        app.projector.wait_for(app.journal.head().size, (CHANGES.name,))
        with app.projector.reader(CHANGES.name) as (connection, tables):
            waiting = to_settle(connection, tables)
        new += sum(_settle(app, row) for row in waiting)
    new += sum(_end(app, row) for row in changes if row["over"])
    if news or head - since > STRIDE:
        app.positions.advance(NAME, head)
    return new


def _resolve(app: App, row: dict[str, Any], head: int) -> bool:
    """The first time every risk that it touches, later those that came to it."""
    body, change = row["body"], row["code"]
    scope = [ScopeRow(*one) for one in row["scope"]]
    state = app.engine.memory.folded(CHANGE, stream_name(CHANGE.name, body, change), fresh=True).state
    found = reached(app.projector, body, scope, known_at=head)
    new = tuple(one for one in found if state.of(one.risk) is None)
    if state.resolved and not new:
        return False
    named = hashlib.sha256("\n".join(one.risk for one in new).encode()).hexdigest()
    what = f"added\n{named}" if state.resolved else "first"
    at = None if state.resolved else row["reported_at"]
    return _give(app, ResolveChange(body, change, head, new), what, at, row["reported"])


def _settle(app: App, row: dict[str, Any]) -> bool:
    """By its assessment after the change began; where there is none, by its retirement."""
    part = "assessed" if row["answered"] else "retired"
    position = int(row[f"{part}_position"])
    command = SettleChangedRisk(
        row["body"],
        row["change"],
        row["risk"],
        "reassessed" if row["answered"] else "retired",
        position,
        row[f"{part}_by"],
        day_of(row[f"{part}_recorded"]),
    )
    return _give(app, command, f"settled\n{row['risk']}\n{position}", row[f"{part}_at"], position)


def _end(app: App, row: dict[str, Any]) -> bool:
    at = max(start_of(day_after(row["ends"])), row["reported_at"])
    return _give(app, EndChange(row["body"], row["code"], OVER), f"over\n{row['ends']}", at, row["reported"])


def _give(
    app: App,
    command: ResolveChange | SettleChangedRisk | EndChange,
    what: str,
    at: Moment | None,
    caused_by: int,
) -> bool:
    stream = stream_name(CHANGE.name, command.body, command.change)
    given: Command = command
    order = Order(
        command=given,
        by="policy",
        id=str(uuid.uuid5(NAMESPACE, f"{NAME}\n{stream}\n{what}")),
        content=b"",
        at=at,
        auth="policy",
        caused_by=caused_by,
        source=NAME,
    )
    return submit_noting(app, order)
