"""What a change of rules touches for one body: texts that turn, verdicts and duties that would be others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from adapters.app import App
from adapters.rules import read_rule_file, rule_files, rulebook_of
from domain.calendar_notices import CALENDAR, known_calendar
from domain.labels import Term
from domain.language import SHARED, Day, day_of, stream_name
from domain.law_changes import turns
from domain.obligations import owed
from domain.refused import BadField, UnknownThing
from domain.rule_lint import problems
from domain.rule_sweep import differences, sweep
from domain.rulebook import Rulebook
from projections.duty_facts import DUTY_FACTS, Owing, owing

Row = dict[str, Any]


def changed_rules(files: Iterable[Path]) -> Rulebook:
    """The shipped rules with the given files in the place of theirs; refuses files with faults."""
    held = {**rule_files(), **dict(read_rule_file(file) for file in files)}
    found = problems(held)
    if found:
        raise BadField(field=found[0].partition(":")[0], problem_zh=found[0], problem_en=found[0])
    return rulebook_of(held)


def effect(app: App, body: str, after: Rulebook, on: Day, until: Day) -> Iterator[Row]:
    """Turns in [on, until), cited verdicts of the past under the rules of ``on``, duties that begin in [on, until)."""
    found = facts_of(app, body)
    facts, adopted, before = found.facts, found.adopted, app.engine.rules
    for turn in turns(facts, after, adopted, on, until):
        was = " ".join(filter(None, (turn.was, turn.was_standing)))
        now = " ".join(filter(None, (turn.now, turn.now_standing)))
        yield _row("turn", turn.day, turn.rule, turn.rule, was, now, turn.change)
    own = (record for record in app.journal.every() if record.scope == body)
    for one in sweep(own, facts, before, after, adopted, on):
        told = _row(
            "verdict", day_of(one.happened_at), one.rule, one.stream, one.verdict, one.would_be, one.outcome
        )
        yield {**told, "position": one.position, "version": one.version, "now_version": one.now_version}
    settled = app.engine.memory.folded(CALENDAR, stream_name(CALENDAR.name, SHARED), fresh=True).state
    calendars = [known_calendar(rules, settled) for rules in (before, after)]
    asked = [
        owed(facts, rules, adopted, calendar, on, until)
        for rules, calendar in zip((before, after), calendars, strict=True)
    ]
    for duty in differences(*asked):
        outcome = "new" if duty.was_due is None else "dropped" if duty.now_due is None else "differs"
        due, again = _owed(duty.was_due, duty.was_by), _owed(duty.now_due, duty.now_by)
        yield _row("duty", duty.was_due or duty.now_due, duty.rule, duty.duty, due, again, outcome)


def _owed(due: Day | None, by: str | None) -> str | None:
    return None if due is None else f"{due} {by}"


def facts_of(app: App, body: str) -> Owing:
    """All that decides what the body owes; refuses an unknown body."""
    app.projector.wait_for(app.journal.head().size, (DUTY_FACTS.name,))
    with app.projector.reader(DUTY_FACTS.name) as (connection, tables):
        found = next(owing(connection, tables, [body]), None)
    if found is None:
        raise UnknownThing(kind=Term("body"), code=body, body=body)
    return found


def _row(
    what: str, day: Day | None, rule: str, subject: str, was: str | None, now: str | None, outcome: str
) -> Row:
    return {
        "what": what,
        "day": day,
        "rule": rule,
        "subject": subject,
        "was": was or None,
        "would_be": now or None,
        "outcome": outcome,
        "position": None,
        "version": None,
        "now_version": None,
    }
