"""Readings of a monitored risk: what crosses a limit warns, what was done first and who was told is kept."""

from __future__ import annotations

from dataclasses import dataclass

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    Event,
    Hash,
    Number,
    Remark,
    Title,
    Words,
    as_datetime,
    but,
    day_of,
)
from domain.monitoring_state import NORMAL, RANK, Monitoring, Warned, period_span
from domain.refused import BeforePredecessor, Incomplete, UnknownThing
from domain.rulebook import Citation

Terms = tuple[Day, str, Citation | None]


@dataclass(frozen=True)
class RecordReading(Command):
    """What was measured (parameter -> value, in the parameter's unit), or seen and said in words.

    Where a defined parameter is left out, the remark says why.
    """

    body: Code
    risk: Code
    values: dict[Code, Number] | None = None
    remark: Remark = ""


@dataclass(frozen=True)
class RespondToWarning(Command):
    """What was done because of a warning; the first of these is its first response."""

    body: Code
    risk: Code
    response: Words
    warning: int | None = None
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class GiveInformation(Command):
    """Who was told of a warning, or of how the risk stands: an organisation or a role, never a person's name."""

    body: Code
    risk: Code
    to: Title
    means: Title
    what: Words
    warning: int | None = None


@dataclass(frozen=True)
class ReadRow:
    """One value as it was read; ``limit`` is the one that it crossed."""

    parameter: str
    value: str
    unit: str
    standing: str
    limit: str

    def __str__(self) -> str:
        return f"{self.parameter} {self.value} {self.unit} ({self.standing}{' ' if self.limit else ''}{self.limit})"


@dataclass(frozen=True)
class ReadingRecorded(Event):
    """``first`` and ``last`` are the days of the period whose reading this is; None before the first period."""

    KIND = "monitoring-reading-recorded.1"
    number: int
    values: tuple[ReadRow, ...]
    missing: tuple[str, ...]
    remark: str
    read_at: str
    read_by: str
    first: str | None
    last: str | None


@dataclass(frozen=True)
class WarningRaised(Event):
    """A limit was crossed that was not crossed before; somebody responds by the day named."""

    KIND = "monitoring-warning-raised.1"
    warning: int
    reading: int
    standing: str
    crossed: tuple[str, ...]
    raised_at: str
    respond_by: str
    owed_by: str
    citation: Citation | None


@dataclass(frozen=True)
class WarningEnded(Event):
    """All that had crossed a limit is back to normal; a response that is lacking stays lacking."""

    KIND = "monitoring-warning-ended.1"
    warning: int
    reading: int
    responded: bool


@dataclass(frozen=True)
class WarningResponded(Event):
    """``delay_minutes`` counts from when the limit was crossed to when this was done, whenever both were recorded."""

    KIND = "monitoring-warning-responded.1"
    warning: int
    first: bool
    response: str
    responded_by: str
    responded_at: str
    delay_minutes: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class InformationGiven(Event):
    KIND = "monitoring-information-given.1"
    number: int
    warning: int | None
    to: str
    means: str
    what: str
    given_by: str
    given_at: str
    delay_minutes: int | None


ReadingEvent = ReadingRecorded | WarningRaised | WarningEnded | WarningResponded | InformationGiven


def after_reading(state: Monitoring, event: ReadingEvent) -> Monitoring:
    match event:
        case ReadingRecorded():
            latest = state.standings()
            for row in event.values:
                if event.read_at >= latest.get(row.parameter, ("", ""))[0]:
                    latest[row.parameter] = (event.read_at, row.standing)
            told = tuple((parameter, *said) for parameter, said in latest.items())
            read = max(state.read, (event.first or "", event.read_by), key=lambda one: one[0])
            return but(state, readings=event.number, latest=told, read=read)
        case WarningRaised():
            return but(
                state, warnings=(*state.warnings, Warned(event.warning, event.crossed, event.raised_at))
            )
        case WarningEnded():
            return _kept(state.warning(event.warning, ended=True))
        case WarningResponded():
            return _kept(state.warning(event.warning, responded=True))
        case InformationGiven():
            return but(state, informed=event.number)


def _kept(state: Monitoring) -> Monitoring:
    """Warnings that ended and were responded to are only looked up by their number any more: the last ten stay."""
    done = [one.number for one in state.warnings if one.ended and one.responded]
    gone = set(done[:-10])
    return but(state, warnings=tuple(one for one in state.warnings if one.number not in gone))


def decide_reading(
    command: RecordReading | RespondToWarning | GiveInformation, state: Monitoring, facts: Facts, terms: Terms
) -> list[Event]:
    """Refuses an unknown parameter, a reading that says nothing, and a response before its warning."""
    match command:
        case RecordReading():
            return _read(command, state, facts, terms)
        case RespondToWarning():
            warned = _warned(command, state)
            minutes = _minutes(warned, facts)
            first = not warned.responded
            evidence = tuple(dict.fromkeys(command.evidence))
            return [
                WarningResponded(
                    warned.number, first, command.response, facts.by, facts.at, minutes, evidence
                )
            ]
        case GiveInformation():
            about = None if command.warning is None else _warned(command, state)
            delay = None if about is None else _minutes(about, facts)
            said = (command.to, command.means, command.what, facts.by, facts.at, delay)
            return [InformationGiven(state.informed + 1, command.warning, *said)]


def _read(command: RecordReading, state: Monitoring, facts: Facts, terms: Terms) -> list[Event]:
    what = Thing("monitoring", command.risk)
    values = command.values or {}
    limits = {one.parameter: one for one in state.parameters}
    for parameter in values:
        if parameter not in limits:
            raise UnknownThing(kind=Term("monitored_parameter"), code=parameter, body=command.body)
    missing = tuple(sorted(set(limits) - set(values)))
    if not command.remark and (missing or not values):
        named: list[Thing | Term] = [Thing("monitored_parameter", one) for one in missing]
        raise Incomplete(what=what, missing=named or [Term("remark")])
    rows = tuple(
        ReadRow(parameter, value, limits[parameter].unit, *limits[parameter].standing(value))
        for parameter, value in values.items()
    )
    span = period_span(state.since, state.period, day_of(facts.at))
    first, last = span or (None, None)
    number = state.readings + 1
    reading = ReadingRecorded(number, rows, missing, command.remark, facts.at, facts.by, first, last)
    return [reading, *_warnings(reading, state, terms)]


def _warnings(reading: ReadingRecorded, state: Monitoring, terms: Terms) -> list[Event]:
    """A warning for what crosses a limit that it had not crossed; the end of those of which all is normal again."""
    before = state.standings()
    held = {one: said for one, (_, said) in before.items()}
    worse = [row for row in reading.values if RANK[row.standing] > RANK[held.get(row.parameter, NORMAL)]]
    events: list[Event] = []
    after = after_reading(state, reading)
    if worse:
        number = max((one.number for one in state.warnings), default=0) + 1
        standing = max((row.standing for row in worse), key=lambda one: RANK[one])
        crossed = tuple(row.parameter for row in worse)
        raised = WarningRaised(number, reading.number, standing, crossed, reading.read_at, *terms)
        events.append(raised)
        after = after_reading(after, raised)
    now = {one: said for one, (_, said) in after.standings().items()}
    events += [
        WarningEnded(warned.number, reading.number, warned.responded)
        for warned in after.warnings
        if not warned.ended and all(now.get(one, NORMAL) == NORMAL for one in warned.crossed)
    ]
    return events


def _warned(command: RespondToWarning | GiveInformation, state: Monitoring) -> Warned:
    """The warning by its number; without one, the only one that nobody responded to."""
    if command.warning is not None:
        found = next((one for one in state.warnings if one.number == command.warning), None)
        if found is None:
            code = f"{command.risk}/{command.warning}"
            raise UnknownThing(kind=Term("monitoring_warning"), code=code, body=command.body)
        return found
    waiting = [one for one in state.warnings if not one.responded]
    if not waiting:
        raise UnknownThing(kind=Term("monitoring_warning"), code=command.risk, body=command.body)
    if len(waiting) > 1:
        raise Incomplete(what=Thing("monitoring", command.risk), missing=[Term("monitoring_warning")])
    return waiting[0]


def _minutes(warned: Warned, facts: Facts) -> int:
    """Whole minutes from the warning until now; nothing is done about it before."""
    if facts.at < warned.raised_at:
        what = Thing("monitoring_warning", str(warned.number))
        raise BeforePredecessor(what=what, previous=warned.raised_at, at=facts.at)
    return int((as_datetime(facts.at) - as_datetime(warned.raised_at)).total_seconds()) // 60
