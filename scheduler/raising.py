"""Which duties begin because a period begins, and which was the last because what it was owed for is over.

Pure but for the ports: of each body that waits, its facts, the rules, the calendar and a day in, commands out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.duties import DUTY
from domain.duty_ending import DropDuty, EndDutyReason, RestoreDuty
from domain.duty_raising import RaiseDuty
from domain.duty_settling import SettleDutyDay
from domain.duty_state import PERSON, ROLE
from domain.engine import Order
from domain.labels import label
from domain.language import Day, Moment, day_after, start_of, stream_name
from domain.obligation_facts import CONDITIONS, BodyFacts, Led
from domain.obligation_periods import Period, period_of, periods
from domain.obligations import Owed, duty_code, owed
from domain.rulebook import Rulebook
from domain.working_days import Calendar
from projections.duty_facts import Owing
from scheduler.planner import CLOCK, clock_id, clock_order
from scheduler.ports import Ports

AHEAD = 40
"""How many days ahead one looks for the next beginning; then it is looked for again."""
BEHIND = 400
"""How many days before the last look a period may have begun that ends only now."""
HEAD = "principal"
"""Who answers for what a rule lays on the body as a whole: its main responsible person (YT Art. 15)."""


@dataclass(frozen=True)
class Begun:
    """One command that raises a duty or says that it was the last, when it became so, and its only id."""

    at: Moment
    command: RaiseDuty | EndDutyReason | SettleDutyDay | DropDuty | RestoreDuty
    id: str

    def order(self) -> Order:
        return clock_order(self.command, self.id, self.at)


@dataclass(frozen=True)
class Look:
    """What begins for one body up to a day, and the day on which to look again."""

    begun: list[Begun]
    again: Day


def look(owing: Owing, rules: Rulebook, calendar: Calendar, since: Day, today: Day) -> Look:
    """What the body owes that began from ``since`` (the last look, or its registration) up to today."""
    ahead = day_after(today, AHEAD)
    far = max(owing.facts.registered, day_after(since, -BEHIND))
    found = owed(owing.facts, rules, owing.adopted, calendar, far, day_after(ahead))
    begun = [_raising(one) for one in found if one.begins <= today and one.duty not in owing.raised]
    begun += [
        _settling(one, owing.provisional[one.duty], today)
        for one in found
        if one.duty in owing.provisional and not one.provisional
    ]
    turns = [one.begins for one in found if one.begins > today]
    for one in found:
        condition = condition_of(one, rules)
        last = last_day(one.period)
        if condition is None or last is None:
            continue
        if last >= today:
            turns.append(day_after(last))
        elif one.duty not in owing.last:
            begun += _ended(one, owing, condition, last)
    begun += _handed_over(owing, rules, found, far, today)
    begun += [
        _owed_again(owing, one, today) for one in found if one.begins <= today and one.duty in owing.dropped
    ]
    begun.sort(key=lambda one: (one.at, one.command.duty))
    return Look(begun, min([*turns, ahead]))


def condition_of(one: Owed, rules: Rulebook) -> str | None:
    """What must hold for the duty to be owed at all; None where it is owed always."""
    wording = rules.version(one.rule, one.citation.version)
    found = None if wording is None else wording.value.get("condition")
    return None if found is None else str(found)


def last_day(period: str) -> Day | None:
    """The last day of a month, quarter, half year or year by its name; None for a period counted from a day."""
    found = period_named(period)
    return None if found is None else found.last


def period_named(name: str) -> Period | None:
    """The month, quarter, half year or year of that name; None for a period counted from a day."""
    found = _PERIOD.fullmatch(name)
    if found is None:
        return None
    year, part, number = found["year"], found["part"] or "", int(found["number"] or 1)
    length, month = {
        "Q": ("P3M", 3 * number - 2),
        "H": ("P6M", 6 * number - 5),
        "": ("P1M", number) if found["number"] else ("P1Y", 1),
    }[part]
    return period_of(f"{year}-{month:02}-01", length)


_PERIOD = re.compile(r"(?P<year>\d{4})(-(?P<part>[QH])?(?P<number>\d{1,2}))?")


def _raising(one: Owed) -> Begun:
    whole = one.owed_by == "body"
    closes = last_day(one.period)
    command = RaiseDuty(
        one.body,
        one.duty,
        one.rule,
        one.subject_kind,
        one.subject,
        HEAD if whole else one.owed_by,
        one.due,
        one.citation,
        owed_as=PERSON if one.subject_kind == "person" else ROLE,
        period=one.period,
        closes=None if closes is None else max(closes, one.due),
        remind=tuple(
            (dt.date.fromisoformat(one.due) - dt.date.fromisoformat(day)).days for day in one.remind
        ),
        provisional=one.provisional,
    )
    stream = stream_name(DUTY.name, one.body, one.duty)
    return Begun(start_of(one.begins), command, clock_id(stream, "raise", one.period))


def _settling(one: Owed, was: Day, today: Day) -> Begun:
    """The day counted again by the notice that came; said once for each provisional day."""
    stream = stream_name(DUTY.name, one.body, one.duty)
    command = SettleDutyDay(one.body, one.duty, was, one.due)
    return Begun(start_of(today), command, clock_id(stream, "settle", was))


def _handed_over(owing: Owing, rules: Rulebook, found: list[Owed], far: Day, today: Day) -> Iterator[Begun]:
    """What a leader or a tier owed for a period and owes no more, because roles were given up or taken over in it.

    It is dropped on the day on which the turn was said. Only for a period for which the rule still asks: another
    wording moves nothing that was raised.
    """
    owed_now = frozenset(one.duty for one in found)
    asked = frozenset((one.rule, one.period) for one in found)
    registered = owing.facts.registered
    for rule, wordings in sorted(rules.wordings.items() if owing.open else ()):
        values = [one.value for one in wordings if one.kind == "period" and "by" in one.value]
        roles = tuple(dict.fromkeys(role for value in values for role in value["by"]))
        persons = sorted({one.person for one in owing.facts.led if one.role in roles})
        for length in sorted({value["period"] for value in values}):
            for period in periods(length, far, day_after(today)):
                if max(period.first, registered) < far or (rule, period.name) not in asked:
                    continue
                for subject in (*roles, *persons):
                    duty = duty_code(rule, subject, period.name)
                    if duty not in owing.open or duty in owed_now:
                        continue
                    turns = turns_of(owing.facts, subject, period, today)
                    if turns:
                        yield _dropping(owing, duty, turns, period, subject in persons)


def turns_of(facts: BodyFacts, subject: str, period: Period, today: Day) -> list[Led]:
    """The grants of that person or role that tell of the period and were known by that day, in order of being told."""
    found = [one for one in facts.led if subject in (one.person, one.role) and one.since <= period.last]
    found = [one for one in found if max(one.until or period.last, one.told) >= period.first]
    return sorted((one for one in found if one.told <= today), key=lambda one: one.told)


def _dropping(owing: Owing, duty: str, turns: list[Led], period: Period, own: bool) -> Begun:
    """``own``: it was one person's, else a tier's."""
    ended = [one for one in turns if own and one.until is not None and one.until <= period.last]
    one = (ended or turns)[-1]
    zh, en = label(one.role, "zh"), label(one.role, "en")
    if ended:
        reason = f"任职（{zh}）于 {one.until} 结束 / the role ({en}) ends on {one.until}"
    elif own:
        reason = f"本期已按层级（{zh}）检查 / checked already for the tier ({en}) in this period"
    else:
        reason = f"本期由任职者（{zh}）各自检查 / each holder of the role ({en}) checks for this period"
    body, number = owing.facts.body, owing.drops.get(duty, 0) + 1
    command = DropDuty(body, duty, CLOCK, reason)
    day = max([period.first, *(one.told for one in turns)])
    return Begun(start_of(day), command, clock_id(stream_name(DUTY.name, body, duty), "drop", str(number)))


def _owed_again(owing: Owing, one: Owed, today: Day) -> Begun:
    """The clock dropped it when a role was given up; inside its period it is owed again, once for each drop."""
    period = period_named(one.period)
    turns = [] if period is None else turns_of(owing.facts, one.subject, period, today)
    day = max([one.begins, *(turn.told for turn in turns)])
    role = turns[-1].role if turns else one.owed_by
    zh, en = label(role, "zh"), label(role, "en")
    if one.subject_kind == "person":
        reason = f"自 {day} 起重新任职（{zh}） / holds the role ({en}) again from {day} on"
    else:
        reason = f"自 {day} 起无人任职（{zh}） / nobody holds the role ({en}) from {day} on"
    stream = stream_name(DUTY.name, one.body, one.duty)
    command = RestoreDuty(one.body, one.duty, day, reason)
    return Begun(start_of(day), command, clock_id(stream, "restore", str(owing.drops.get(one.duty, 1))))


def _ended(one: Owed, owing: Owing, condition: str, last: Day) -> Iterator[Begun]:
    """It was the last one, where the condition no longer held on the day after its period; says since when."""
    after = day_after(last)
    if owing.facts.first_day(condition, after, after) is not None:
        return
    wanted = CONDITIONS[condition]
    ended: Day | None = None
    for turn in owing.facts.highest:
        if turn.since > after:
            break
        if turn.level in wanted:
            ended = None
        elif ended is None:
            ended = turn.since
    if ended is None:
        return
    risks = " ".join(owing.turns.get(ended, ()))
    stream = stream_name(DUTY.name, one.body, one.duty)
    command = EndDutyReason(one.body, one.duty, ended, condition, risks)
    yield Begun(start_of(after), command, clock_id(stream, "reason", ended))


def raise_begun(ports: Ports, today: Day) -> int:
    """Raise every duty that begins by that day and was not raised; returns how many are new.

    Looks only at bodies for which something begins, or of which something was recorded since the last look.
    """
    head = ports.bodies.catch_up()
    raised = 0
    calendar = ports.calendar()
    for owing, since in ports.bodies.waiting(today):
        found = look(owing, ports.rules, calendar, since or owing.facts.registered, today)
        for one in found.begun:
            new = ports.submit(one.order())
            raised += new and isinstance(one.command, RaiseDuty)
        ports.bodies.looked(owing.facts.body, today, found.again)
    ports.bodies.seen(head)
    return raised
