"""Which past verdicts would be another under the rules that bind today: they stay, and a person looks at them.

Pure: records in their order, rules and a day in. What can be computed from the record itself is computed; of the rest
the sweep only says that another wording binds now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from domain.duty_raising import DutyRaised
from domain.hazard_plan import RectificationPlanned
from domain.hazard_verdicts import HazardJudged, asked, find_item, matches
from domain.language import Day, Moment
from domain.methods import rate
from domain.obligation_facts import BodyFacts
from domain.owed import Owed
from domain.records import Record
from domain.refused import Refused
from domain.risk_assessment import Assessed
from domain.rule_adoption import Adopted
from domain.rulebook import Citation, Rulebook, Wording

Outcome = Literal["differs", "same", "look", "no_rule"]
"""Another answer, the same answer, a person has to look, or no wording binds any more."""


@dataclass(frozen=True)
class Swept:
    """A recorded verdict under a wording that is no longer the one that binds, and what the present one would say."""

    position: int
    stream: str
    kind: str
    happened_at: Moment
    rule: str
    version: str
    standing: str
    verdict: str | None
    now_version: str | None
    now_standing: str
    would_be: str | None
    outcome: Outcome


def sweep(
    records: Iterable[Record], facts: BodyFacts, before: Rulebook, rules: Rulebook, adopted: Adopted, day: Day
) -> Iterator[Swept]:
    """Every cited verdict of the body whose wording on that day is another than the one it was given under.

    ``before`` are the rules under which it was recorded, ``rules`` those to ask now. Duties are left to a comparison
    of what is owed.
    """
    held = adopted.on(day)
    for record in records:
        citation = getattr(record.event, "citation", None)
        if not isinstance(citation, Citation) or isinstance(record.event, DutyRaised):
            continue
        found = rules.binding(citation.rule, day, facts.area, facts.who(day), held)
        now = None if found is None else found[0]
        was = before.version(citation.rule, citation.version)
        if now is not None and now.version == citation.version and (was is None or was.value == now.value):
            continue
        verdict, would = answers(record, now)
        yield Swept(
            record.position,
            record.stream,
            record.kind,
            record.happened_at,
            citation.rule,
            citation.version,
            citation.standing,
            verdict,
            None if now is None else now.version,
            "" if found is None else found[1].standing,
            would,
            _outcome(now, verdict, would),
        )


def _outcome(now: Wording | None, verdict: str | None, would: str | None) -> Outcome:
    if now is None:
        return "no_rule"
    if verdict is None or would is None:
        return "look"
    return "same" if verdict == would else "differs"


def answers(record: Record, wording: Wording | None) -> tuple[str | None, str | None]:
    """What was answered, and what the wording would answer to the same inputs; None where that is not computed."""
    match record.event:
        case Assessed() as event:
            return event.computed, None if wording is None else _level(wording, event)
        case HazardJudged() as event:
            return event.verdict, None if wording is None else _verdict(wording, event)
        case RectificationPlanned() as event:
            return event.due, None
        case _:
            return None, None


def _level(wording: Wording, event: Assessed) -> str | None:
    try:
        return rate(wording, event.inputs).level
    except Refused:
        return None  # the new wording asks for other inputs


def _verdict(wording: Wording, event: HazardJudged) -> str | None:
    item = find_item(wording, event.item)
    if item is None or any(one not in event.answers for one in asked(item)):
        return None
    return "major" if matches(item, event.answers) else "not_major"


@dataclass(frozen=True)
class Difference:
    """A duty that other rules would move, give to another, add or drop; None where there is none."""

    duty: str
    rule: str
    subject: str
    period: str
    was_due: Day | None
    now_due: Day | None
    was_by: str | None
    now_by: str | None


def differences(before: Iterable[Owed], after: Iterable[Owed]) -> list[Difference]:
    """What is owed otherwise, by day and duty."""
    was, now = {one.duty: one for one in before}, {one.duty: one for one in after}
    found = []
    for duty in was.keys() | now.keys():
        old, new = was.get(duty), now.get(duty)
        one = old or new
        if one is None or (old and new and (old.due, old.owed_by) == (new.due, new.owed_by)):
            continue
        found.append(
            Difference(
                duty,
                one.rule,
                one.subject,
                one.period,
                None if old is None else old.due,
                None if new is None else new.due,
                None if old is None else old.owed_by,
                None if new is None else new.owed_by,
            )
        )
    return sorted(found, key=lambda one: (one.was_due or one.now_due or "", one.duty))
