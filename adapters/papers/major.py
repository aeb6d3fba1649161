"""The monthly report on major risks (YT-16c): each with its measures and what came of them in that month.

A risk belongs in the report when it was major at any moment of the month, so that one that was lowered in its middle is
told with the day on which it ceased to be. Its effect is told in what was recorded: confirmations of the posts at its
unit, hazards of the risk, stops and holds, what was late by either clock. What weather or a holiday lifted for a
while, also a risk that no assessment calls major, stands in a part of its own. What Dualguard does not hold is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.papers.before import Before, before_of, by_code
from adapters.papers.changes import Change, changes_of
from adapters.papers.effect import Did, Effect, Effects
from adapters.papers.lateness import Late, Open, late_of, open_of, others_of
from adapters.papers.lifted import Lifted, lifted_in
from adapters.papers.past import Past, Row, end_before, end_of
from adapters.papers.shapes import Control, Figure, Head, Missing, RiskName
from adapters.papers.site import Asked, answering_in, controls_of, count, head_of, named, positions, site_of
from domain.language import LEVELS, Moment, day_after, day_of, start_of

TEMPLATE = "major-risk-report-1"
ROLES = ("principal", "safety_officer")
"""Whose holders are told for the whole body."""
PARTS = ("post", "deputy", "risk_control")
"""What people hold that says who answered for something."""
NOT_HELD = (Missing("NJ-047", "shift_plan"),)
"""What an account of effect would need and the records do not hold yet."""


@dataclass(frozen=True)
class Standing:
    """What a record said of the level on a day, and the level that counted then; None where there was none.

    ``what`` is ``at_start``, ``first``, ``raised``, ``lowered``, ``reassessed`` (the same level again), ``lower_waits``
    (assessed lower, and nobody approved it yet), ``not_lowered``, ``retired``, or ``recorded`` for anything else.
    """

    what: str
    since: str
    level: Figure
    score: str | None
    method: str | None
    version: str | None
    rule: str | None


@dataclass(frozen=True)
class Answering:
    """Who answered as what, from which day to which (``until`` is the first day on which it no longer held)."""

    part: str
    of: str | None
    person: str
    since: str
    until: str | None
    records: tuple[int, ...]


@dataclass(frozen=True)
class MajorRisk:
    """``levels`` begins with the level that the report before ended with, else that at the start of the month.

    It holds every record about the level after that until the end, also one that left the level as it was.
    ``waiting`` is a lower level that somebody assessed and nobody approved yet: the higher one counts meanwhile.
    """

    code: str
    risk: RiskName
    level_at_start: Figure
    level_at_end: Figure
    waiting: Figure
    levels: tuple[Standing, ...]
    controls: tuple[Control, ...]
    effect: Effect
    done: tuple[Did, ...]


@dataclass(frozen=True)
class Totals:
    """``effect`` is that of all the report's risks together: what several of them share counts once.

    ``others_open`` are duties of the body that were not settled and are not this report's, ``others_overdue`` those of
    them whose day had passed: told as a number, so that nobody takes the list for the whole.
    """

    major_at_start: Figure
    major_at_end: Figure
    became_major: Figure
    ceased_to_be: Figure
    controls: Figure
    effect: Effect
    open: Figure
    late: Figure
    others_open: Figure
    others_overdue: Figure


@dataclass(frozen=True)
class MajorRiskReport:
    """``ended`` is set where no major risk was left at the end: the day on which the last one ceased to be one.

    ``before`` is the report of the month before, None where none was known.
    """

    head: Head
    before: Before | None
    totals: Totals
    ended: Figure
    risks: tuple[MajorRisk, ...]
    answering: tuple[Answering, ...]
    open: tuple[Open, ...]
    late: tuple[Late, ...]
    changes: tuple[Change, ...]
    lifted: tuple[Lifted, ...]
    missing: tuple[Missing, ...]


def major_risk_report(past: Past, asked: Asked) -> MajorRiskReport:
    """Compute the report; equal for an equal past."""
    end = end_of(asked.as_of)
    told = before_of(past, asked)
    since = told.covers_from if told else asked.first
    first = by_code(past.risks(end_before(since)))
    before = by_code(past.risks(end_before(asked.first)))
    after = by_code(past.risks(end))
    major_before = {code for code, row in before.items() if row["level"] == "major"}
    major_after = {code for code, row in after.items() if row["level"] == "major"}
    begin = start_of(since)
    histories = {code: _levels(past, code, begin, end, first) for code in past.touched("risk", begin, end)}
    meanwhile = {
        code for code, levels in histories.items() if any(one.level.value == "major" for one in levels)
    }
    codes = sorted(major_before | major_after | meanwhile)
    site = site_of(past.units(end))
    effects = Effects(past, site, asked.first, asked.as_of)
    answering = answering_in(past, asked.first, asked.as_of)
    risks = []
    for code in codes:
        row = after.get(code) or before.get(code) or _last_known(past, histories[code], code)
        levels = histories.get(code) or _levels(past, code, begin, end, first)
        risks.append(
            MajorRisk(
                code,
                named(row, site),
                _level(before.get(code)),
                levels[-1].level,
                _waiting(after.get(code)),
                tuple(levels),
                controls_of(row, answering),
                effects.of(code, str(row["unit"])),
                effects.did(code, str(row["unit"])),
            )
        )
    open_now, late = open_of(past, effects, codes, asked), late_of(past, effects, codes, after, asked)
    others = others_of(past, effects, codes, asked)
    totals = _totals(risks, effects, major_before, major_after, open_now, late, others)
    return MajorRiskReport(
        head_of(past, asked),
        None if told is None else told.told(past, asked, before, major_before),
        totals,
        _ended(risks, major_after),
        tuple(risks),
        _answering(past, asked),
        open_now,
        late,
        changes_of(past, (day_after(asked.first, -1), asked.as_of), before, after, codes, again=True),
        lifted_in(past, start_of(asked.first), end, {**before, **after}),
        (*NOT_HELD, *_fields_missing(risks)),
    )


def _levels(past: Past, code: str, begin: Moment, end: Moment, before: Mapping[str, Row]) -> list[Standing]:
    """The level at the beginning, as ``before`` has it, and every record about it until the end, as known then."""
    was = before.get(code)
    found = [_standing(past, code, end_before(day_of(begin)), was, "at_start")]
    for at in sorted({at for _, at in past.traced("risk", code, begin, end)}):
        rows = past.risks(at, code=code)
        row = rows[0] if rows else None
        if (what := _what(was, row)) is not None:
            found.append(_standing(past, code, at, row, what))
        was = row
    return found


def _what(was: Row | None, row: Row | None) -> str | None:
    """What a moment did to the level; None where nothing was said of it."""
    old, new = None if was is None else was["level"], None if row is None else row["level"]
    if was is None or row is None or old is None or new is None:
        return None if old == new else "retired" if new is None else "first"
    if old != new:
        return "raised" if LEVELS.index(new) < LEVELS.index(old) else "lowered"
    if was["positions"]["level"] == row["positions"]["level"]:
        return None
    if was["number"] != row["number"]:
        return "reassessed"
    if was["pending_level"] != row["pending_level"]:
        return "lower_waits" if row["pending_level"] else "not_lowered"
    return "recorded"


def _level(row: Row | None) -> Figure:
    """The level that counts and the record that said it last."""
    if row is None or row["level"] is None:
        return Figure(None, ())
    return Figure(str(row["level"]), positions(row["positions"]["level"]))


def _standing(past: Past, code: str, at: Moment, row: Row | None, what: str) -> Standing:
    if row is None or row["level"] is None:
        said = [position for position, when in past.traced("risk", code, until=at) if when == at]
        return Standing(what, day_of(at), Figure(None, positions(*said)), None, None, None, None)
    citation = row["citation"] or {}
    rule = " ".join(str(citation[name]) for name in ("title", "number", "article") if citation.get(name))
    said_by = (row.get("score"), row.get("method"), row.get("version"))
    return Standing(what, day_of(row["since"]["level"] or at), _level(row), *said_by, rule or None)


def _last_known(past: Past, levels: Sequence[Standing], code: str) -> Row:
    """A risk that became major and was retired inside the month, as it was while it was major."""
    for _, at in reversed(past.traced("risk", code)):
        rows = past.risks(at, code=code)
        if rows and rows[0]["level"] == "major":
            return rows[0]
    raise LookupError(f"risk {code} was never major: {levels}")


def _waiting(row: Row | None) -> Figure:
    level = None if row is None else row.get("pending_level")
    if row is None or level is None:
        return Figure(None, ())
    return Figure(str(level), positions(row["positions"]["level"]))


def _ended(risks: Sequence[MajorRisk], major_after: set[str]) -> Figure:
    """The day on which the last major risk ceased to be one, where none is left."""
    if major_after or not risks:
        return Figure(None, ())
    last = max(risks, key=lambda one: (one.levels[-1].since, one.code)).levels[-1]
    return Figure(last.since, last.level.records)


def _answering(past: Past, asked: Asked) -> tuple[Answering, ...]:
    """Who held the leading roles and posts, and who answered for risk control, on any day of the period."""
    found = [
        Answering(row["role"], None, row["person"], row["since"], row["until"], positions(row["position"]))
        for row in past.holders()
        if row["role"] in ROLES
    ]
    found += [
        Answering(
            row["part"], row["of"], row["person"], row["since"], row["until"], positions(row["position"])
        )
        for row in past.appointments()
        if row["person"] is not None and row["part"] in PARTS
    ]
    held = [
        one for one in found if one.since <= asked.as_of and (one.until is None or one.until > asked.first)
    ]
    return tuple(sorted(held, key=lambda one: (one.part, one.of or "", one.since, one.person)))


def _fields_missing(risks: Sequence[MajorRisk]) -> list[Missing]:
    """The fields of YT Art. 25 and 16 that some risk of the report does not have, and the monitoring of Art. 33."""
    fields = ("category", "features", "parameters", "impact")
    found = [name for name in fields if any(getattr(one.risk, name) is None for one in risks)]
    if any(not control.responsible for one in risks for control in one.controls):
        found.append("responsible_person")
    if any(not one.controls for one in risks):
        found.append("control_measures")
    if any(not one.effect.posts for one in risks):
        found.append("posts_at_unit")
    missing = [Missing("YT-25a" if name in fields else "YT-16c", name) for name in found]
    if any(one.effect.readings.value is None for one in risks):
        missing.append(Missing("YT-33", "monitoring_readings"))
    return missing


def _totals(
    risks: Sequence[MajorRisk],
    effects: Effects,
    before: set[str],
    after: set[str],
    open_now: Sequence[Open],
    late: Sequence[Late],
    others: tuple[Figure, Figure],
) -> Totals:
    def levels(codes: set[str], at_end: bool) -> Figure:
        held = [(one.level_at_end if at_end else one.level_at_start) for one in risks if one.code in codes]
        return Figure(len(codes), positions(*(record for one in held for record in one.records)))

    return Totals(
        major_at_start=levels(before, at_end=False),
        major_at_end=levels(after, at_end=True),
        became_major=levels({one.code for one in risks} - before, at_end=True),
        ceased_to_be=levels({one.code for one in risks} - after, at_end=True),
        controls=count([record for one in risks for control in one.controls for record in control.records]),
        effect=effects.total((one.code, one.risk.unit) for one in risks),
        open=Figure(len(open_now), positions(*(record for one in open_now for record in one.records))),
        late=Figure(len(late), positions(*(record for one in late for record in one.records))),
        others_open=others[0],
        others_overdue=others[1],
    )
