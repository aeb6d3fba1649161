"""What anybody proposed and what became of it: open, accepted as a risk or as a hazard, or not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.intake import FindingProposed, ProposalLinked, ProposalTriaged, TriageAcknowledged
from domain.records import Record
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

Row = dict[str, Any]
_KINDS = (FindingProposed, ProposalTriaged, ProposalLinked, TriageAcknowledged)


class Tables(NamedTuple):
    """What each record says of a proposal; nothing is changed, so that it is known as at any record."""

    said: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    return Tables(
        Table(
            f"{prefix}said",
            metadata,
            Column("body", TEXT, primary_key=True),
            Column("code", TEXT, primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("kind", TEXT, nullable=False),
            Column("happened_at", TEXT, nullable=False),
            Column("recorded_at", TEXT, nullable=False),
            Column("event", TEXT, nullable=False),
        )
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    rows = [
        {
            "body": record.scope,
            "code": record.stream.rsplit("/", 1)[1],
            "position": record.position,
            "kind": record.kind,
            "happened_at": record.happened_at,
            "recorded_at": record.recorded_at,
            "event": written(record.event),
        }
        for record in records
        if isinstance(record.event, _KINDS)
    ]
    add(connection, tables.said, rows)


def intake_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    proposer: str | None = None,
    verdict: str | None = None,
    open_only: bool = False,
    untold: bool = False,
    known_at: int | None = None,
) -> list[Row]:
    """The proposals by body and code, as known at a record.

    ``open_only`` keeps those that wait for somebody: for a verdict, or for the registration of what was accepted.
    ``untold`` keeps those of which the proposer has yet to be told the last verdict.
    """
    query = select(tables.said).order_by(*tables.said.primary_key.columns)
    if body is not None:
        query = query.where(tables.said.c.body == body)
    if known_at is not None:
        query = query.where(tables.said.c.position <= known_at)
    found: dict[tuple[str, str], Row] = {}
    for one in connection.execute(query).mappings():
        _fold(found, dict(one))
    return [
        row
        for row in found.values()
        if (proposer is None or row["proposer"] == proposer)
        and (verdict is None or row["verdict"] == verdict)
        and (not open_only or row["step"] in ("proposed", "triaged"))
        and (not untold or (row["verdict"] is not None and not row["told"]))
    ]


def _fold(found: dict[tuple[str, str], Row], one: Row) -> None:
    key, said = (one["body"], one["code"]), read(one["event"])
    match one["kind"]:
        case FindingProposed.KIND:
            found[key] = {
                "body": one["body"],
                "code": one["code"],
                **said,
                "step": "proposed",
                **dict.fromkeys(("verdict", "ground", "breached", "reason", "triaged_by", "triaged_at")),
                "earlier_verdicts": [],
                "registered_kind": None,
                "registered": None,
                "told": False,
                "proposed_at": one["happened_at"],
                "positions": {"proposed": one["position"], "triaged": None, "linked": None, "told": None},
                "position": one["position"],
            }
        case ProposalTriaged.KIND:
            row = found[key]
            if said["was"] is not None:
                row["earlier_verdicts"].append({"verdict": row["verdict"], "reason": row["reason"]})
            row |= {name: said[name] for name in ("verdict", "ground", "breached", "reason", "triaged_by")}
            step = "not_accepted" if said["verdict"] == "not_accepted" else "triaged"
            row |= {"triaged_at": one["happened_at"], "step": step, "told": False}
            row["positions"] |= {"triaged": one["position"], "told": None}
        case ProposalLinked.KIND:
            row = found[key]
            row |= {"registered_kind": said["kind"], "registered": said["registered"], "step": "linked"}
            row["positions"]["linked"] = one["position"]
        case TriageAcknowledged.KIND:
            found[key]["told"] = True
            found[key]["positions"]["told"] = one["position"]
        case _:
            pass


INTAKE = Projection(
    name="intake",
    version=1,
    kinds=tuple(one.KIND for one in _KINDS),
    tables=tables,
    apply=apply,
    questions=(intake_list,),
)
