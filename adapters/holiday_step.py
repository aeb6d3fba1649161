"""Reports important holidays as changes, so many days before, to every body that adopted a rule on it.

Such a step needs the views, so it is no policy; like one it runs by the clock's tick and after what was recorded, and
its commands' ids follow from what they say. It looks at the bodies once a day, and when a notice or a rule came.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adapters.policies import submit_noting
from adapters.projector.questions import answer
from domain.bodies import BODY, BodyRegistered
from domain.calendar_notices import CALENDAR, YearSettled, known_calendar
from domain.changes import CHANGE
from domain.decider import Decider
from domain.engine import Order
from domain.holidays import (
    RULE,
    ComingHoliday,
    Noticed,
    UnknownHoliday,
    change_of,
    holidays,
    to_report,
    touched,
    unknown_holidays,
)
from domain.language import SHARED, Day, day_after, day_of, start_of, stream_name
from domain.policies import NAMESPACE
from domain.rule_adoption import ADOPTED, RulePackAdopted
from projections.duty_facts import DUTY_FACTS, adopters

if TYPE_CHECKING:
    from adapters.app import App

NAME, LOOKED = "holidays", "holidays-day"
"""Under which it is kept how far this step has come, and on which day (as a number) it looked at every body."""
KINDS = (BodyRegistered.KIND, RulePackAdopted.KIND, YearSettled.KIND)
"""What can bring a holiday to a body beside the passing of days."""


def follow_holidays(app: App) -> int:
    """Report what is to be reported today; returns how many changes are new.

    A holiday that passed while the clock was away is not reported any more. Raises ``FaultError`` where journal or
    views cannot serve.
    """
    today = day_of(app.now())
    head, number = app.journal.head().size, dt.date.fromisoformat(today).toordinal()
    since = app.positions.of(NAME)
    if app.positions.of(LOOKED) >= number and not app.journal.records(since, 1, KINDS, until=head):
        return 0
    new = sum(_of_body(app, body, today) for body in _bodies(app, head))
    app.positions.advance(NAME, head)
    app.positions.advance_to_day(LOOKED, today)
    return new


def _bodies(app: App, head: int) -> list[str]:
    """Those that the rule may bind: all where some text says so, else those that adopted a pack."""
    if app.engine.rules.binds_by_itself(RULE):
        return [row["body"] for row in answer(app.projector, "body-list", {})]
    app.projector.wait_for(head, (DUTY_FACTS.name,))
    with app.projector.reader(DUTY_FACTS.name) as (connection, tables):
        return adopters(connection, tables)


def coming_holidays(app: App, body: str, today: Day, until: Day) -> list[ComingHoliday]:
    """The important holidays of a body by the rule that binds it today; none where none does."""
    value = _value(app, body, today)
    if value is None:
        return []
    settled = _folded(app, CALENDAR, SHARED)
    return holidays(value, _notices(app), known_calendar(app.engine.rules, settled), today, until)


def unreported_holidays(app: App, body: str, today: Day, until: Day) -> list[UnknownHoliday]:
    """The important holidays of a body of which no day is known, so that none of them becomes a change."""
    value = _value(app, body, today)
    return [] if value is None else unknown_holidays(value, _notices(app), today, until)


def unreported_everywhere(app: App, today: Day, until: Day) -> list[tuple[UnknownHoliday, list[str]]]:
    """Each of them with the bodies that will not be told of it, in the order of their years.

    Where every wording of the rule knows all days, no body is looked at.
    """
    notices, found = _notices(app), dict[UnknownHoliday, list[str]]()
    wordings = app.engine.rules.wordings.get(RULE, ())
    if not any(unknown_holidays(one.value, notices, today, until) for one in wordings):
        return []
    for body in _bodies(app, app.journal.head().size):
        for one in unreported_holidays(app, body, today, until):
            found.setdefault(one, []).append(body)
    return sorted(found.items(), key=lambda held: held[0].code)


def reported_holidays(app: App, body: str, coming: list[ComingHoliday]) -> dict[str, tuple[Day, Day | None]]:
    """Those of their changes that exist, with first and last day."""
    codes = [code for one in coming for code in (one.change, one.settled_change)]
    states = {code: _folded(app, CHANGE, body, code) for code in codes}
    return {code: (state.starts, state.ends) for code, state in states.items() if state.step != "unknown"}


def _of_body(app: App, body: str, today: Day) -> int:
    coming = coming_holidays(app, body, today, today)
    due = list(to_report(coming, today, reported_holidays(app, body, coming)))
    if not due:
        return 0
    value = _value(app, body, today)
    assert value is not None  # without a rule nothing is coming
    risks = touched(value, answer(app.projector, "risk-list", {"body": body}))
    if not risks:
        return 0
    return sum(_report(app, body, change, holiday, risks, today) for change, holiday in due)


def _report(
    app: App, body: str, change: str, holiday: ComingHoliday, risks: tuple[str, ...], today: Day
) -> bool:
    """It is reported as of the first moment of its day on which the rule bound the body."""
    day = holiday.report_on
    while day < today and _value(app, body, day) is None:
        day = day_after(day)
    order = Order(
        command=change_of(body, change, holiday, risks),
        by="clock",
        id=str(uuid.uuid5(NAMESPACE, f"{NAME}\n{stream_name(CHANGE.name, body, change)}")),
        content=b"",
        at=start_of(day),
        auth="clock",
        source=NAME,
    )
    return submit_noting(app, order)


def _value(app: App, body: str, day: Day) -> Mapping[str, Any] | None:
    state = _folded(app, BODY, body)
    adopted = _folded(app, ADOPTED, body).on(day)
    found = app.engine.rules.binding(RULE, day, state.area, state.who, adopted)
    return None if found is None else found[0].value


def _notices(app: App) -> list[Noticed]:
    """What the notices in use say of each year."""
    rows = answer(app.projector, "calendar-years", {})
    return [Noticed(row["year"], tuple(tuple(one) for one in row["rest"])) for row in rows if row["counts"]]


def _folded(app: App, decider: Decider[Any], scope: str, code: str = "") -> Any:
    stream = stream_name(decider.name, scope, code)
    return app.engine.memory.folded(decider, stream, fresh=True).state
