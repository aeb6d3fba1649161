"""A change of law is itself a reason to look again (YT Art. 24(1), 42): what came into force or ended for a body.

A turn lies on the day on which the texts themselves change for the body, not where the body adopted something or was
reclassified. Standards' new editions are turns as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.language import Day, day_after, start_of
from domain.obligation_facts import BodyFacts, Cause
from domain.owed import Stretch, bound
from domain.rule_adoption import Adopted
from domain.rulebook import Rulebook

TRIGGER = "law_changed"
SILENT_KINDS = ("pack", "calendar")
"""A pack only names rules, and the calendar turns with every year."""

Change = Literal["came_into_force", "text_ended"]


@dataclass(frozen=True)
class Turn:
    """On that day the wording of a rule changed for the body; ``was``, ``now``: versions, None where none binds."""

    rule: str
    day: Day
    change: Change
    was: str | None
    now: str | None
    was_standing: str
    now_standing: str


def turns(
    facts: BodyFacts, rules: Rulebook, adopted: Adopted, since: Day = "", until: Day = "9999-12-31"
) -> list[Turn]:
    """Every turn in [since, until), by day and rule."""
    found = [
        turn
        for rule, wordings in rules.wordings.items()
        if wordings and wordings[0].kind not in SILENT_KINDS
        for turn in _of_rule(rule, facts, rules, adopted)
        if since <= turn.day < until
    ]
    return sorted(found, key=lambda one: (one.day, one.rule))


def _of_rule(rule: str, facts: BodyFacts, rules: Rulebook, adopted: Adopted) -> list[Turn]:
    began = {one.since for one in rules.wordings[rule]}
    ended = {day_after(one.until) for one in rules.wordings[rule] if one.until is not None}
    stretches = bound(rule, facts, rules, adopted)
    by_day = {one.since: one for one in stretches}
    found = []
    for day in sorted(day for day in began | ended if day > facts.registered):
        now = by_day.get(day)
        was = _on(stretches, day_after(day, -1))
        if _said(was) != _said(now):
            change: Change = "came_into_force" if day in began and now is not None else "text_ended"
            found.append(Turn(rule, day, change, *_versions(was, now), _standing(was), _standing(now)))
    return found


def _on(stretches: list[Stretch], day: Day) -> Stretch | None:
    return next(
        (one for one in stretches if one.since <= day and (one.until is None or day < one.until)), None
    )


def _said(stretch: Stretch | None) -> tuple[str, str] | None:
    return None if stretch is None else (stretch.wording.version, stretch.citation.standing)


def _versions(was: Stretch | None, now: Stretch | None) -> tuple[str | None, str | None]:
    return (None if was is None else was.wording.version), (None if now is None else now.wording.version)


def _standing(stretch: Stretch | None) -> str:
    return "" if stretch is None else stretch.citation.standing


def law_causes(facts: BodyFacts, rules: Rulebook, adopted: Adopted) -> tuple[Cause, ...]:
    """The turns as causes from which a rule may count days: about the rule, at the first moment of the day."""
    return tuple(
        Cause(TRIGGER, turn.change, turn.rule, turn.day, start_of(turn.day))
        for turn in turns(facts, rules, adopted)
    )
