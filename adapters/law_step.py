"""Reports a text that comes into force or ends as a change to the bodies whose risks rest on it (YT-24(1)).

Such a step needs the views, so it is no policy; like one it runs by the clock's tick and after what was recorded. It
looks at all bodies on the days on which some wording begins or has ended and when other rules were installed, and at
one body when it adopted a pack, or when it recorded of a day before a turn that a risk rested on something; on every
other call it asks for two numbers and what of that is new.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from adapters.change_reach import VIEWS, reached
from adapters.policies import submit_noting
from adapters.positions import STRIDE
from adapters.projector.questions import answer
from domain.change_scope import ScopeEntry
from domain.change_state import ScopeRow
from domain.change_touched import RULE
from domain.changes import CHANGE
from domain.engine import Order
from domain.language import Day, day_of, start_of, stream_name
from domain.law_changes import turns
from domain.law_reports import TurnedText, change_of, fingerprint, rests_on, turned_texts, turning_days
from domain.policies import NAMESPACE
from domain.records import Record
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_tags import RiskTagged
from domain.rule_adoption import ADOPTED, RulePackAdopted
from domain.rulebook import Rulebook
from projections.documents import DOCUMENTS
from projections.duty_facts import DUTY_FACTS, owing
from projections.risk_list import RISK_LIST, risk_list

if TYPE_CHECKING:
    from adapters.app import App

NAME = "law-changes"
"""Under which it is kept how far this step has come; with the rules' fingerprint, until which day it looked."""
KINDS = (RulePackAdopted.KIND, RiskTagged.KIND, RiskAssessed.KIND, RiskReassessed.KIND)
"""What can bring past turns to a body: the rules on changes bind, perhaps from an earlier day on, or a risk rested on
the text without our knowing."""


def follow_law(app: App) -> int:
    """Report the turns up to today that reach a risk and were not reported; returns how many changes are new.

    Raises ``FaultError`` where journal or views cannot serve; what was reported stays, the rest comes the next time.
    """
    today = day_of(app.now())
    rules, head, since = app.engine.rules, app.journal.head().size, app.positions.of(NAME)
    known = f"{NAME}-{fingerprint(rules)}"
    looked, number = app.positions.of(known), dt.date.fromisoformat(today).toordinal()
    turned = looked < number and (
        not looked
        or any(dt.date.fromordinal(looked).isoformat() < day <= today for day in turning_days(rules))
    )
    again = _again(app.journal.every(since, KINDS, until=head), rules, today) if since < head else None
    new = 0
    if turned:
        new = _of_bodies(app, [row["body"] for row in answer(app.projector, "body-list", {})], today, head)
    elif again:
        new = _of_bodies(app, sorted(again), today, head)
    if turned or again is not None or head - since > STRIDE:
        app.positions.advance(NAME, head)
    if looked < number:
        app.positions.advance_to_day(known, today)
    return new


def _again(news: Iterable[Record], rules: Rulebook, today: Day) -> set[str] | None:
    """The bodies that adopted a pack, or recorded later than on its day what happened before a text turned.

    None where there is no news at all.
    """
    last = max((day for day in turning_days(rules) if day <= today), default="")
    found: set[str] | None = None
    for one in news:
        found = set() if found is None else found
        happened = day_of(one.happened_at)
        if isinstance(one.event, RulePackAdopted) or (
            happened < day_of(one.recorded_at) and happened <= last
        ):
            found.add(one.scope)
    return found


def _of_bodies(app: App, bodies: Iterable[str], today: Day, head: int) -> int:
    """Those alone that adopted a pack with the rule on reassessments after a change."""
    chosen = [body for body in bodies if _adopted(app, body)]
    if not chosen:
        return 0
    app.projector.wait_for(head, (DUTY_FACTS.name, DOCUMENTS.name, *VIEWS))
    return sum(_of_body(app, body, today) for body in chosen)


def _adopted(app: App, body: str) -> bool:
    held = [app.engine.rules.pack(pack, version) for pack, version, _ in _folded(app, ADOPTED, body).packs]
    return any(
        member["rule"] == RULE for one in held if one is not None for member in one.value.get("members", ())
    )


def _of_body(app: App, body: str, today: Day) -> int:
    """Only turns after its registration, on days on which the rule on reassessments bound it."""
    rules = app.engine.rules
    with app.projector.reader(DUTY_FACTS.name) as (connection, tables):
        [found] = owing(connection, tables, [body])
    facts, adopted = found.facts, _folded(app, ADOPTED, body)
    binding = [
        turn
        for turn in turns(facts, rules, adopted)
        if turn.day <= today
        and rules.binding(RULE, turn.day, facts.area, facts.who(turn.day), adopted.on(turn.day)) is not None
    ]
    texts = turned_texts(binding, rules)
    return sum(_report(app, body, one) for one in texts)


def _report(app: App, body: str, text: TurnedText) -> bool:
    """Where a risk in use rested on the text when it turned; an assessment made since that day answers the change.

    What was reported already is not reported again; what came to be known later has a change of its own, unless one
    that is still open takes it in.
    """
    then = start_of(text.day)
    documents = answer(app.projector, "document-list", {"body": body})
    with app.projector.reader(RISK_LIST.name) as (connection, tables):
        risks = risk_list(connection, tables, body=body, true_at=then)
    scope = rests_on(text, documents, risks)
    rows = [ScopeRow(one.kind, one.code or "") for one in scope]
    missing = {one.risk for one in reached(app.projector, body, rows, true_at=then)}
    missing &= {one.risk for one in reached(app.projector, body, rows)}
    change, number = text.change, 1
    while missing and (state := _folded(app, CHANGE, body, change)).step != "unknown":
        taken = reached(app.projector, body, state.scope) if state.step == "open" else ()
        missing -= {one.risk for one in taken} | {risk for risk in missing if state.of(risk) is not None}
        number += 1
        change = text.late_change(number)
    if not missing:
        return False
    if number > 1:
        scope = tuple(ScopeEntry("risk", risk) for risk in sorted(missing))
    order = Order(
        command=change_of(body, text, change, scope, app.engine.rules),
        by="clock",
        id=str(uuid.uuid5(NAMESPACE, f"{NAME}\n{stream_name(CHANGE.name, body, change)}")),
        content=b"",
        auth="clock",
        source=NAME,
    )
    return submit_noting(app, order)


def _folded(app: App, decider: Any, scope: str, code: str = "") -> Any:
    stream = stream_name(decider.name, scope, code)
    return app.engine.memory.folded(decider, stream, fresh=True).state
