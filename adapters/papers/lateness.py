"""What was still open at the end of a period, and what was late by either clock, about some risks of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.papers.effect import Effects, is_late
from adapters.papers.past import Past, Row, end_of
from adapters.papers.site import Asked, positions
from domain.language import day_of, days_late, start_of
from domain.report_periods import KINDS


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

    Both are None where it was overdue and never done, as far as known.
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
    for row in _duties(past, hazards, risks, asked):
        if row["answered_on"] is None or row["answered_on"] > asked.as_of:
            told = (str(row["code"]), str(row["rule"]), "open", row["owed_by"], row["due"])
            found.append(Open("duty", *told, _of_duty(past, row)))
    return tuple(found)


def late_of(
    past: Past, effects: Effects, risks: Sequence[str], rows: Mapping[str, Row], asked: Asked
) -> tuple[Late, ...]:
    """The hazards and duties that were late or overdue by then, and the assessments that were entered late."""
    end, found = end_of(asked.as_of), list[Late]()
    hazards = _hazards(effects, risks)
    for row in hazards:
        if is_late(row):
            records = positions(*(at for at, _ in past.traced("hazard", row["code"], until=end)))
            days = (bool(row["overdue"]), row["days_late"], row["days_late_recorded"])
            found.append(
                Late("hazard", str(row["code"]), str(row["title"]), row["due"], None, *days, records)
            )
    for row in _duties(past, hazards, risks, asked):
        if row["due"] <= asked.as_of and (row["overdue"] or row["days_late"] or row["days_late_recorded"]):
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


def _duties(past: Past, hazards: list[Row], risks: Iterable[str], asked: Asked) -> list[Row]:
    """The duties about these risks and hazards, and those to report; none that was raised only after the period."""
    about = {("risk", code) for code in risks} | {("hazard", row["code"]) for row in hazards}
    rows = [
        row for row in past.duties() if (row["subject_kind"], row["subject"]) in about or row["rule"] in KINDS
    ]
    return [row for row in rows if past.traced("duty", row["code"], until=end_of(asked.as_of))]


def _of_duty(past: Past, row: Row) -> tuple[int, ...]:
    return positions(*(at for at, _ in past.traced("duty", str(row["code"]))))
