"""What is said of a risk's level, kept so that the level that counts is right at every moment on both clocks.

Every assessment, decision and approval of a risk stays as it was recorded. Each new one says anew what counts from its
moment on: a late one may change what was so at later moments too, and each moment that it changes gets its own entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table

from domain.language import Moment, but, day_of, days_late
from domain.records import Record
from domain.risk_approval import LoweringApproved, LoweringRejected, MethodChosen, chosen, decided
from domain.risk_assessment import Assessed, RiskAssessed, RiskReassessed, said
from domain.risk_level import Counting, counting, counting_level, waiting
from domain.risk_state import Said
from projections.bitemporal import Entry
from projections.bulk import TEXT, add, rows_by, written

LevelEvent = RiskAssessed | RiskReassessed | LoweringApproved | LoweringRejected | MethodChosen
LEVEL_KINDS: dict[str, type[Any]] = {
    one.KIND: one for one in (RiskAssessed, RiskReassessed, LoweringApproved, LoweringRejected, MethodChosen)
}
_READ = {kind: msgspec.json.Decoder(one).decode for kind, one in LEVEL_KINDS.items()}
_TEXTS = (
    *("level", "score", "method", "version", "citation", "reason", "was"),
    *("rating", "inputs", "computed", "escalated", "escalations", "override"),
    *("assessed_at", "assessed_by", "assessors", "recorded_at"),
    *("approved_at", "approved_by", "approval_recorded_at"),
    *("pending_level", "pending", "chosen_method", "methods"),
    *("inherent_level", "inherent_score", "inherent_method", "inherent_version", "inherent_assessed_at"),
    *("effectiveness", "grounds"),
)
_NONE: dict[str, Any] = dict.fromkeys((*_TEXTS, "number", "days_entered_late", "chosen"))
JSON_COLUMNS: dict[str, Any] = {
    "citation": None,
    "grounds": None,
    "inputs": {},
    "escalations": [],
    "assessors": [],
    "approved_by": [],
    "pending": [],
    "methods": [],
}
"""Columns that hold JSON text, with what an empty one is read as."""


def level_columns() -> list[Column[Any]]:
    """The columns of the facet that says which level counts, and why."""
    texts = [Column(name, TEXT) for name in _TEXTS]
    return [
        *texts,
        Column("number", Integer),
        Column("days_entered_late", Integer),
        Column("chosen", Boolean),
    ]


def said_table(metadata: MetaData, prefix: str) -> Table:
    """Every record about the level of a risk, whole."""
    return Table(
        f"{prefix}said",
        metadata,
        Column("scope", TEXT, primary_key=True),
        Column("code", TEXT, primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("happened_at", TEXT, nullable=False),
        Column("recorded_at", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("event", TEXT, nullable=False),
    )


class Told(NamedTuple):
    """One record about the level of a risk."""

    position: int
    happened_at: Moment
    recorded_at: Moment
    by: str
    event: LevelEvent


@dataclass
class History:
    """All that was said of one risk's level, in the order of recording."""

    said: tuple[Said, ...] = ()
    moments: set[Moment] = field(default_factory=set)
    assessments: dict[int, Told] = field(default_factory=dict)
    verdicts: dict[int, Told] = field(default_factory=dict)

    def tell(self, told: Told) -> None:
        self.moments.add(told.happened_at)
        match told.event:
            case RiskAssessed() | RiskReassessed():
                self.said = (*self.said, said(told.event))
                self.assessments[told.event.number] = told
            case MethodChosen():
                self.said = (*self.said, chosen(told.event))
            case LoweringApproved() | LoweringRejected():
                self.said = decided(self.said, told.event)
                self.verdicts[told.event.number] = told

    def values(self, at: Moment) -> dict[str, Any]:
        """What the facet says of a moment, by all that was told."""
        inherent = counting(self.said, at, "inherent")
        found = counting(self.said, at) or inherent
        if found is None:
            return dict(_NONE)
        choices = [one for one in self.said if one.kind == "choice" and one.at <= at and one.stands_at(at)]
        choice = max(choices, key=lambda one: (one.at, one.number), default=None)
        return {
            **_NONE,
            **self._counting(found, at),
            **self._pending(found, at),
            **self._inherent(inherent),
            "chosen": found.chosen,
            "chosen_method": (choice.method or None) if choice else None,
            "methods": written(self._methods(at)),
        }

    def _counting(self, found: Counting, at: Moment) -> dict[str, Any]:
        told = self.assessments[found.by.number]
        event = cast(Assessed, told.event)
        values: dict[str, Any] = {
            "number": event.number,
            "level": found.level,
            "score": event.score,
            "method": event.method,
            "version": event.version,
            "citation": written(event.citation),
            "reason": event.why,
            "was": event.was,
            "rating": event.rating,
            "inputs": written(event.inputs),
            "computed": event.computed,
            "escalated": event.escalated,
            "escalations": written(event.escalations),
            "override": event.override or None,
            "effectiveness": event.effectiveness or None,
            "grounds": _grounds(event),
            "assessed_at": event.assessed_at,
            "assessed_by": told.by,
            "assessors": written(event.assessors),
            "recorded_at": told.recorded_at,
            "days_entered_late": days_late(day_of(event.assessed_at), day_of(told.recorded_at)),
        }
        verdict = self.verdicts.get(event.number)
        if verdict is not None and isinstance(verdict.event, LoweringApproved) and verdict.happened_at <= at:
            values["approved_at"] = verdict.event.approved_at
            values["approved_by"] = written(verdict.event.approved_by)
            values["approval_recorded_at"] = verdict.recorded_at
        return values

    def _pending(self, found: Counting, at: Moment) -> dict[str, Any]:
        held = waiting(self.said, at)
        if not held:
            return {"pending": "[]", "pending_level": None}
        numbers = {one.number for one in held}
        approved = [but(one, waits=False) if one.number in numbers else one for one in self.said]
        then = counting_level(approved, at)
        rows = [
            {
                "number": one.number,
                "kind": one.kind,
                "method": one.method or None,
                "level": one.level or None,
                "since": one.at,
                "by": list(one.people),
            }
            for one in sorted(held, key=lambda one: one.number)
        ]
        return {"pending": written(rows), "pending_level": then if then != found.level else None}

    def _inherent(self, found: Counting | None) -> dict[str, Any]:
        if found is None:
            return {}
        event = cast(Assessed, self.assessments[found.by.number].event)
        return {
            "inherent_level": found.level,
            "inherent_score": event.score,
            "inherent_method": event.method,
            "inherent_version": event.version,
            "inherent_assessed_at": event.assessed_at,
        }

    def _methods(self, at: Moment) -> list[dict[str, Any]]:
        """What each method says of the current rating at the moment, where several do."""
        held = {}
        for one in sorted(self.said, key=lambda one: (one.at, one.number)):
            if one.kind == "current" and one.at <= at and (level := one.given_at(at)):
                event = cast(Assessed, self.assessments[one.number].event)
                about = {"method": one.method, "version": event.version, "score": event.score, "level": level}
                rule = event.escalation_rule
                held[one.method] = {
                    **about,
                    "number": one.number,
                    "assessed_at": one.at,
                    "inputs": event.inputs,
                    "escalations": event.escalations,
                    "escalation_version": rule and rule.version,
                }
        return [held[method] for method in sorted(held)]


def level_entries(connection: Connection, table: Table, records: Sequence[Record]) -> list[Entry]:
    """What a batch of records (others are passed over) says of the level, moment by moment; keeps them for the next."""
    told = [(record, _place(record)) for record in records if record.kind in LEVEL_KINDS]
    histories = _histories(connection, table, {place for _, place in told})
    found: list[Entry] = []
    rows: list[dict[str, Any]] = []
    for record, place in told:
        event = cast(LevelEvent, record.event)
        one = Told(record.position, record.happened_at, record.recorded_at, record.by, event)
        history = histories.setdefault(place, History())
        later = sorted(moment for moment in history.moments if moment > record.happened_at)
        before = {moment: history.values(moment) for moment in later}
        history.tell(one)
        found.append(Entry(record.position, *place, record.happened_at, history.values(record.happened_at)))
        after = {moment: history.values(moment) for moment in later}
        changed = [moment for moment in later if after[moment] != before[moment]]
        found += [Entry(record.position, *place, moment, after[moment]) for moment in changed]
        row = {"scope": place[0], "code": place[1], **one._asdict(), "kind": record.kind}
        rows.append({**row, "event": written(event)})
    add(connection, table, rows)
    return found


def _grounds(event: Assessed) -> str | None:
    """What the judgement rests on (NJ-028, YT Art. 19) as JSON; None where nothing was said of it."""
    said = {"basis": event.basis or None, "standards_met": event.standards_met, "analysis": event.analysis}
    held: dict[str, object] = {name: one for name, one in said.items() if one is not None}
    if event.evidence:
        held["evidence"] = [
            {"kind": one.kind, "what": one.what, "salted_sha256": one.salted_sha256} for one in event.evidence
        ]
    return written(held) if held else None


def told_of(row: Mapping[str, Any]) -> Told:
    """A kept record again."""
    event = _READ[row["kind"]](row["event"])
    return Told(row["position"], row["happened_at"], row["recorded_at"], row["by"], event)


def read_level(row: dict[str, Any]) -> None:
    """Read the JSON columns of a row in place."""
    decode = msgspec.json.decode
    for name, empty in JSON_COLUMNS.items():
        text = row[name]
        row[name] = empty if text is None else decode(text)


def _histories(
    connection: Connection, table: Table, places: set[tuple[str, str]]
) -> dict[tuple[str, str], History]:
    found: dict[tuple[str, str], History] = {}
    for row in _by_position(rows_by(connection, table, ("scope", "code"), sorted(places))):
        found.setdefault((row["scope"], row["code"]), History()).tell(told_of(row))
    return found


def _by_position(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from sorted(rows, key=lambda one: one["position"])


def _place(record: Record) -> tuple[str, str]:
    return record.scope, record.stream.rsplit("/", 1)[1]
