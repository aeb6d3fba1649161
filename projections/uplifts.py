"""Temporary uplifts of risks: which were in force at any moment, as known by any record, and to which level.

An uplift is one risk lifted by one change. It begins once and ends once; in between, what it lifts to may turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, or_, select

from domain.language import Moment
from domain.records import Record
from domain.risk_level import RANK
from domain.risk_uplift import RiskUplifted, UpliftEnded
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, read, rows_by, upsert, written
from projections.projection import Projection

Row = dict[str, Any]
SEPARATOR = " "
"""Stands between change and risk in the code of an uplift; no code holds one."""
VALUES = ("lifted_to", "base", "weather", "signal", "measures", "citation")


class Tables(NamedTuple):
    """``spans`` lists each uplift with beginning and end; ``lifted`` is the facet of what it lifts to.

    Of a span only its end is ever set, once.
    """

    spans: Table
    lifted: Table
    listed: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    spans = Table(
        f"{prefix}spans",
        metadata,
        Column("scope", TEXT, primary_key=True),
        Column("code", TEXT, primary_key=True),
        *(Column(name, TEXT, nullable=False) for name in ("risk", "change", "kind", "cause", "first_true")),
        Column("first_position", BigInteger, nullable=False),
        *(Column(name, TEXT) for name in ("ended_true", "outcome", "assessed", "reason")),
        Column("ended_position", BigInteger),
    )
    Index(f"ix_{prefix}spans_ended", spans.c.scope, spans.c.ended_true)
    Index(f"ix_{prefix}spans_known", spans.c.scope, spans.c.ended_position)
    Index(f"ix_{prefix}spans_risk", spans.c.scope, spans.c.risk)
    return Tables(
        spans,
        bitemporal.facet_table(metadata, f"{prefix}lifted", [Column(name, TEXT) for name in VALUES]),
        bitemporal.entity_table(metadata, f"{prefix}listed"),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """The first word of an uplift makes its span, each word says what it lifts to, its end closes the span."""
    keys = {_key(record) for record in records}
    spans = {
        (row["scope"], row["code"]): row
        for row in rows_by(connection, tables.spans, ("scope", "code"), sorted(keys))
    }
    entries: list[Entry] = []
    for record in records:
        key = _key(record)
        match record.event:
            case RiskUplifted() as event:
                if key not in spans:
                    spans[key] = _span(record, key, event)
                entries.append(Entry(record.position, *key, event.since, _values(event)))
            case UpliftEnded() as event:
                ended = {"ended_true": event.until, "ended_position": record.position}
                told = {"outcome": event.outcome, "assessed": event.assessed, "reason": event.reason}
                spans[key] |= ended | told
            case _:
                pass
    upsert(connection, tables.spans, spans.values())
    bitemporal.apply(connection, tables.lifted, tables.listed, entries)


def _key(record: Record) -> tuple[str, str]:
    change = record.event.change  # type: ignore[attr-defined]  # both kinds name their change
    return record.scope, f"{change}{SEPARATOR}{record.stream.rsplit('/', 1)[1]}"


def _span(record: Record, key: tuple[str, str], event: RiskUplifted) -> Row:
    return {
        "scope": key[0],
        "code": key[1],
        "risk": record.stream.rsplit("/", 1)[1],
        "change": event.change,
        "kind": event.kind,
        "cause": event.cause,
        "first_true": event.since,
        "first_position": record.position,
        **dict.fromkeys(("ended_true", "outcome", "assessed", "reason", "ended_position")),
    }


def _values(event: RiskUplifted) -> Row:
    return {
        "lifted_to": event.level or None,
        "base": event.base or None,
        "weather": event.weather or None,
        "signal": event.signal or None,
        "measures": written(event.measures),
        "citation": written(event.citation),
    }


def uplift_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    risk: str | None = None,
    ever: bool = False,
) -> list[Row]:
    """The uplifts in force at a moment as known by a position, by body, risk and change; ``ever``: ended ones too."""
    true, known = true_at or TRUE_FOREVER, KNOWN_FOREVER if known_at is None else known_at
    spans = tables.spans.c
    query = select(tables.spans).where(spans.first_true <= true, spans.first_position <= known)
    for column, wanted in ((spans.scope, body), (spans.risk, risk)):
        if wanted is not None:
            query = query.where(column == wanted)
    if true_at is None and known_at is None and not ever:
        query = query.where(spans.ended_true.is_(None))
    elif not ever:
        query = query.where(
            or_(spans.ended_true.is_(None), spans.ended_true > true, spans.ended_position > known)
        )
    found = {(row["scope"], row["code"]): dict(row) for row in connection.execute(query).mappings()}
    if not found:
        return []
    said = _said(connection, tables, found, true, known)
    rows = [_row(row, said[key], true, known) for key, row in found.items() if key in said]
    asked = _asked(connection, tables, rows, true, known)
    for row in rows:
        row["measures"] = asked[_cause_of(row)]
    return sorted(rows, key=lambda one: (one["body"], one["risk"], one["since"], one["change"]))


def _said(
    connection: Connection, tables: Tables, keys: Iterable[tuple[str, str]], true: Moment, known: int
) -> dict[tuple[str, str], Row]:
    """What each uplift lifted to at the moment, as known by the position."""
    latest: dict[tuple[str, str], Row] = {}
    for row in rows_by(connection, tables.lifted, ("scope", "code"), sorted(keys)):
        if row["true_from"] > true or row["position"] > known:
            continue
        key = (row["scope"], row["code"])
        place = (row["true_from"], row["position"])
        if key not in latest or place > (latest[key]["true_from"], latest[key]["position"]):
            latest[key] = row
    return latest


def _cause_of(row: Row) -> tuple[str, str, str]:
    return row["body"], row["risk"], row["cause"]


def _asked(
    connection: Connection, tables: Tables, rows: Iterable[Row], true: Moment, known: int
) -> dict[tuple[str, str, str], list[Row]]:
    """The measures that each cause has asked of each risk, oldest first.

    A record names only those that its cause had not asked for before, and a warning that is raised is a new change.
    """
    causes = {_cause_of(row) for row in rows}
    spans = {
        (row["scope"], row["code"]): (row["scope"], row["risk"], row["cause"])
        for row in rows_by(connection, tables.spans, ("scope", "risk", "cause"), sorted(causes))
    }
    found: dict[tuple[str, str, str], dict[str, Row]] = {cause: {} for cause in causes}
    told = rows_by(connection, tables.lifted, ("scope", "code"), sorted(spans))
    for row in sorted(told, key=lambda one: (one["true_from"], one["position"])):
        if row["true_from"] <= true and row["position"] <= known:
            measures = found[spans[row["scope"], row["code"]]]
            for one in read(row["measures"], []):
                measures.setdefault(one["code"], one)
    return {cause: list(measures.values()) for cause, measures in found.items()}


def _row(span: Row, said: Row, true: Moment, known: int) -> Row:
    ended = (
        span["ended_position"] is not None and span["ended_true"] <= true and span["ended_position"] <= known
    )
    return {
        "body": span["scope"],
        **{name: span[name] for name in ("risk", "change", "kind", "cause")},
        **{name: said[name] for name in ("weather", "signal", "base")},
        "level": said["lifted_to"],
        "measures": read(said["measures"], []),
        "citation": read(said["citation"]),
        "since": span["first_true"],
        "until": span["ended_true"] if ended else None,
        **{name: span[name] if ended else None for name in ("outcome", "assessed", "reason")},
        "position": said["position"],
        "ended_position": span["ended_position"] if ended else None,
    }


def highest_by_risk(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """To which level each risk is lifted by the uplifts given: the highest of all."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["body"], row["risk"])
        if row["level"] and RANK[row["level"]] > RANK.get(found.get(key, ""), 0):
            found[key] = row["level"]
    return found


def shown_level(assessed: str | None, lifted: str | None) -> str | None:
    """The level shown: the higher of the one assessed and the one lifted to."""
    if not assessed or not lifted:
        return assessed
    return max(assessed, lifted, key=RANK.__getitem__)


UPLIFTS = Projection(
    name="uplifts",
    version=1,
    kinds=(RiskUplifted.KIND, UpliftEnded.KIND),
    tables=tables,
    apply=apply,
    questions=(uplift_list,),
)
