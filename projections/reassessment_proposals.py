"""Risks whose controls failed so often that a reassessment is proposed, until somebody does it: on both clocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, MetaData, Table

from domain.control_failures import ReassessmentProposed
from domain.language import Moment
from domain.records import Record
from domain.risk_assessment import RiskAssessed, RiskReassessed
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, read, written
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    """``controls`` lists (risk/control) with the last ``proposal``; ``risks`` with the last ``assessment``."""

    controls: Table
    proposal: Table
    risks: Table
    assessment: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    proposal = [Column(name, TEXT) for name in ("risk", "control", "hazards", "citation")]
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}controls"),
        bitemporal.facet_table(metadata, f"{prefix}proposal", proposal),
        bitemporal.entity_table(metadata, f"{prefix}risks"),
        bitemporal.facet_table(metadata, f"{prefix}assessment", [Column("assessed_at", TEXT)]),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """A proposal stands from its moment on; an assessment from its own."""
    proposals: list[Entry] = []
    assessments: list[Entry] = []
    for record in records:
        risk = record.stream.rsplit("/", 1)[1]
        match record.event:
            case ReassessmentProposed() as event:
                told = {"risk": risk, "control": event.control, "hazards": written(event.hazards)}
                told["citation"] = written(event.citation)
                code = f"{risk}/{event.control}"
                proposals.append(Entry(record.position, record.scope, code, record.happened_at, told))
            case RiskAssessed() | RiskReassessed():
                at = record.happened_at
                assessments.append(Entry(record.position, record.scope, risk, at, {"assessed_at": at}))
            case _:
                pass
    bitemporal.apply(connection, tables.proposal, tables.controls, proposals)
    bitemporal.apply(connection, tables.assessment, tables.risks, assessments)


def reassessment_proposals(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """Proposals that no assessment of the risk followed, by body, risk and control; ``hazards`` are the failures."""
    true = TRUE_FOREVER if true_at is None else true_at
    known = KNOWN_FOREVER if known_at is None else known_at
    proposed = bitemporal.as_of(
        connection, tables.proposal, tables.controls, scope=body, true_at=true, known_at=known
    )
    if not proposed:
        return []
    assessed = bitemporal.as_of(
        connection, tables.assessment, tables.risks, scope=body, true_at=true, known_at=known
    )
    last = {(one["scope"], one["code"]): (one["true_from"], one["position"]) for one in assessed}
    return [
        {
            "body": one["scope"],
            "risk": one["risk"],
            "control": one["control"],
            "hazards": read(one["hazards"]),
            "since": one["true_from"],
            "citation": read(one["citation"]),
            "position": one["position"],
        }
        for one in proposed
        if (one["true_from"], one["position"]) > last.get((one["scope"], one["risk"]), ("", 0))
    ]


REASSESSMENT_PROPOSALS = Projection(
    name="reassess_asked",
    version=1,
    kinds=(ReassessmentProposed.KIND, RiskAssessed.KIND, RiskReassessed.KIND),
    tables=tables,
    apply=apply,
    questions=(reassessment_proposals,),
)
