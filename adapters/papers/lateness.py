"""What was still open at the end of a period, and what was late by either clock, about some risks of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.papers.effect import Effects, is_late
from adapters.papers.past import Past, Row, end_of
from adapters.papers.shapes import Figure
from adapters.papers.site import Asked, count, positions
from domain.language import day_of, days_late, start_of
from domain.report_periods import KINDS

MEASURES_CHECK = "measures-check"
"""The rule that asks every tier to check the measures: all of them, so those of the major risks too (NJ-060)."""


@dataclass(frozen=True)
class Open:
    """Something not settled at the end: a hazard, a duty, a stop or a hold; ``step`` as its list has it."""

    kind: str
    code: str
    about: str
    step: str
    responsible: str | None
    due: str | None
    records: tuple[int, ...]


@dataclass(frozen=True)
class Late:
    """Something that came late: ``days_late`` by when it was done, ``days_late_recorded`` by when that was written.

    ``done`` is the day on which it was done; for a hazard, rectified. Both counts are None where it was overdue and
    never done, as far as known.
    """

    kind: str
    code: str
    about: str
    due: str | None
    done: str | None
    overdue: bool
    days_late: int | None
    days_late_recorded: int | None
    records: tuple[int, ...]


def open_of(past: Past, effects: Effects, risks: Iterable[str], asked: Asked) -> tuple[Open, ...]:
    """The open hazards of these risks, the stops and holds at their units, and the duties about all of these."""
    end, found = end_of(asked.as_of), list[Open]()
    hazards = _hazards(effects, risks)
    for row in hazards:
        if row["step"] != "closed":
            records = positions(*(at for at, _ in past.traced("hazard", row["code"], until=end)))
            told = (str(row["code"]), str(row["title"]), str(row["step"]), row["responsible"], row["due"])
            found.append(Open("hazard", *told, records))
    for kind, rows in (("stop", effects.stops), ("hold", effects.holds)):
        for row in rows:
            if row["released_at"] is None or row["released_at"] > end:
                about = str(row["reason"] if kind == "stop" else row["abnormality"])
                code = f"{row['unit']}.{row[kind]}"
                found.append(
                    Open(kind, code, about, str(row["standing"]), None, None, positions(row["position"]))
                )
    for row in _duties(past, effects, risks, asked):
        if _is_open(row, asked):
            told = (str(row["code"]), str(row["rule"]), "open", row["owed_by"], row["due"])
            found.append(Open("duty", *told, _of_duty(past, row)))
    return tuple(found)


def late_of(
    past: Past, effects: Effects, risks: Sequence[str], rows: Mapping[str, Row], asked: Asked
) -> tuple[Late, ...]:
    """The hazards and duties that were late or overdue by then, and the assessments that were entered late."""
    end, found = end_of(asked.as_of), list[Late]()
    duties = _duties(past, effects, risks, asked)
    rectified = {row["subject"]: row["answered_on"] for row in duties if row["subject_kind"] == "hazard"}
    for row in _hazards(effects, risks):
        if is_late(row):
            records = positions(*(at for at, _ in past.traced("hazard", row["code"], until=end)))
            days = (bool(row["overdue"]), row["days_late"], row["days_late_recorded"])
            done = rectified.get(row["code"])
            told = (
                str(row["code"]),
                str(row["title"]),
                row["due"],
                done if done and done <= asked.as_of else None,
            )
            found.append(Late("hazard", *told, *days, records))
    for row in duties:
        if _was_late(row, asked):
            days = (bool(row["overdue"]), row["days_late"], row["days_late_recorded"])
            told = (str(row["code"]), str(row["rule"]), row["due"], row["answered_on"])
            found.append(Late("duty", *told, *days, _of_duty(past, row)))
    for code, row in ((code, rows[code]) for code in risks if code in rows):
        late = row.get("days_entered_late")
        if late and (row["since"]["level"] or "") >= start_of(asked.first):
            day, records = day_of(row["assessed_at"]), positions(row["positions"]["level"])
            found.append(Late("assessment", code, str(row["method"]), None, day, False, None, late, records))
    return (*found, *_late_confirmations(past, asked))


def _late_confirmations(past: Past, asked: Asked) -> list[Late]:
    """Confirmations that were written down on a later day than they were given."""
    found = []
    for row in past.confirmations(asked.first, asked.as_of):
        days = days_late(day_of(row["confirmed_at"]), day_of(row["recorded_at"]))
        if days and row["confirmed_at"] <= end_of(asked.as_of):
            code = f"{row['team']}.{row['day']}.{row['confirmation']}"
            told = (str(row["shift"]), None, day_of(row["confirmed_at"]), False, None, days)
            found.append(Late("post_confirmation", code, *told, positions(row["position"])))
    return found


def _hazards(effects: Effects, risks: Iterable[str]) -> list[Row]:
    return [row for risk in risks for row in effects.hazards.get(risk, [])]


def others_of(past: Past, effects: Effects, risks: Iterable[str], asked: Asked) -> tuple[Figure, Figure]:
    """How many other duties of the body were open at the end, and how many of these overdue: not this report's."""
    own = {row["code"] for row in _duties(past, effects, risks, asked)}
    rows = [row for row in _raised(past, asked) if row["code"] not in own and _is_open(row, asked)]
    overdue = [row for row in rows if row["due"] < asked.as_of]
    told = [
        count([position for row in some for position in _of_duty(past, row)[:1]]) for some in (rows, overdue)
    ]
    return told[0], told[1]


def _duties(past: Past, effects: Effects, risks: Iterable[str], asked: Asked) -> list[Row]:
    """The duties about these risks, their hazards and the rounds over them, to report, and to check all measures."""
    held = list(risks)
    about = {("risk", code) for code in held} | {("hazard", row["code"]) for row in _hazards(effects, held)}
    about |= {("inspection", code) for code in effects.rounds(held)}
    return [
        row
        for row in _raised(past, asked)
        if (row["subject_kind"], row["subject"]) in about or row["rule"] in (*KINDS, MEASURES_CHECK)
    ]


def _raised(past: Past, asked: Asked) -> list[Row]:
    """The duties of the body; none that was raised only after the period."""
    return [row for row in past.duties() if past.traced("duty", row["code"], until=end_of(asked.as_of))]


def _was_late(row: Row, asked: Asked) -> bool:
    """Whether a duty was late by either clock, and its day, its answer or its being owed still falls in the period."""
    late = row["overdue"] or row["days_late"] or row["days_late_recorded"]
    recent = row["due"] >= asked.first or (row["answered_on"] or "") >= asked.first or _is_open(row, asked)
    return bool(late and recent and row["due"] <= asked.as_of)


def _is_open(row: Row, asked: Asked) -> bool:
    """Whether it was not settled by the end: still open now, or answered only after that day."""
    return bool(row["answered_on"] > asked.as_of if row["answered_on"] else row["step"] == "open")


def _of_duty(past: Past, row: Row) -> tuple[int, ...]:
    return positions(*(at for at, _ in past.traced("duty", str(row["code"]))))
