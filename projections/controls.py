"""The controls of risks as they stood at any moment, and which risks were out of control: on both clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, MetaData, RowMapping, Table

from domain.control_kinds import control_kinds
from domain.control_policy import ColourPolicyAdopted
from domain.control_review import ControlAdopted, ControlReviewed
from domain.language import COLOUR, LEVELS, Moment, start_of
from domain.out_of_control import RiskControlRegained, RiskDeclaredUncontrollable
from domain.records import Record
from domain.risk_controls import ControlChanged, ControlProposed, ControlsOrdered, ControlWithdrawn
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, read, written
from projections.projection import Projection

Row = dict[str, Any]
_LISTS = ("means", "uses", "assets", "checks", "skipped")
_TERMS = ("risk", "control", "measure", "layer", "aspect", *_LISTS, "adopted_by")


_DEMAND = ("tiers", "check", "adopt_by", "characteristics", "measures", "citation")


class Tables(NamedTuple):
    """``controls`` lists them, with four facets: the terms in force, the place in the order, the step, the proposal.

    ``declared`` lists the risks that were ever declared uncontrollable; ``out`` says since when and until when.
    ``colours`` lists the levels for which a body has a policy; ``demand`` says what it demands from which day on.
    """

    controls: Table
    terms: Table
    place: Table
    step: Table
    proposal: Table
    declared: Table
    out: Table
    colours: Table
    demand: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def facet(name: str, texts: Sequence[str], *more: Column[Any]) -> Table:
        columns = [Column(one, TEXT) for one in texts]
        return bitemporal.facet_table(metadata, f"{prefix}{name}", [*columns, *more])

    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}controls"),
        facet("terms", _TERMS, Column("version", Integer)),
        facet("place", (), Column("place", Integer)),
        facet("step", ("step", "step_by", "step_reason")),
        facet("proposal", ("proposed", "proposed_layer", "proposed_by"), Column("proposed_version", Integer)),
        bitemporal.entity_table(metadata, f"{prefix}declared"),
        facet("out", ("out_reason", "declared_by"), Column("declaration", Integer)),
        bitemporal.entity_table(metadata, f"{prefix}colours"),
        facet("demand", _DEMAND),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says something about some facets of one control (or of several places) from its moment on."""
    entries: dict[Table, list[Entry]] = {table: [] for table in tables}

    def say(table: Table, record: Record, code: str, values: Mapping[str, object]) -> None:
        one = Entry(record.position, record.scope, code, record.happened_at, values)
        entries[table].append(one)

    for record in records:
        risk = record.stream.rsplit("/", 1)[1]
        match record.event:
            case ControlProposed() | ControlChanged() as event:
                code = f"{risk}/{event.control}"
                by = written(event.proposed_by)
                proposed = {"proposed": event.measure, "proposed_layer": event.layer, "proposed_by": by}
                say(tables.proposal, record, code, {**proposed, "proposed_version": event.version})
                why = event.reason if isinstance(event, ControlChanged) else None
                say(tables.step, record, code, _step("proposed", record, why))
            case ControlReviewed() as event:
                step = "reviewed" if event.passed else "review_failed"
                say(tables.step, record, f"{risk}/{event.control}", _step(step, record, event.findings))
            case ControlAdopted() as event:
                code = f"{risk}/{event.control}"
                terms: Row = {name: written(getattr(event, name)) for name in _LISTS}
                terms |= {"measure": event.measure, "layer": event.layer, "aspect": event.aspect}
                terms |= {"risk": risk, "control": event.control, "version": event.version}
                say(tables.terms, record, code, {**terms, "adopted_by": record.by})
                say(tables.place, record, code, {"place": event.order})
                say(tables.step, record, code, _step("adopted", record, event.remark))
            case ControlsOrdered() as event:
                for place, control in enumerate(event.controls, start=1):
                    say(tables.place, record, f"{risk}/{control}", {"place": place})
            case ControlWithdrawn() as event:
                say(tables.step, record, f"{risk}/{event.control}", _step("withdrawn", record, event.reason))
            case RiskDeclaredUncontrollable() as event:
                told = {"out_reason": event.reason, "declared_by": written(event.declared_by)}
                say(tables.out, record, risk, {**told, "declaration": event.declaration})
            case RiskControlRegained():
                say(tables.out, record, risk, {"out_reason": None, "declared_by": None, "declaration": None})
            case ColourPolicyAdopted() as event:
                for demand in event.demands:
                    told = {name: getattr(demand, name) for name in ("check", "characteristics", "measures")}
                    lists = {name: written(getattr(demand, name)) for name in ("tiers", "adopt_by")}
                    values = {**told, **lists, "citation": event.citation and written(event.citation)}
                    since = start_of(event.since)
                    entries[tables.demand].append(
                        Entry(record.position, record.scope, demand.level, since, values)
                    )
            case _:
                pass
    facets = (tables.terms, tables.place, tables.step, tables.proposal)
    bitemporal.apply_facets(connection, tables.controls, [(one, entries[one]) for one in facets])
    bitemporal.apply(connection, tables.out, tables.declared, entries[tables.out])
    bitemporal.apply(connection, tables.demand, tables.colours, entries[tables.demand])


def _step(step: str, record: Record, reason: str | None) -> Row:
    return {"step": step, "step_by": record.by, "step_reason": reason or None}


def control_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    risk: str | None = None,
    withdrawn: bool = False,
) -> list[Row]:
    """The controls by body, risk and place in the order, as true at a moment and known by a position.

    ``version`` and the terms are those in force, None before the first adoption; ``proposed`` is what waits for
    review or adoption. Withdrawn ones are left out unless asked for.
    """
    found = bitemporal.as_of_joined(
        connection,
        tables.controls,
        (tables.terms, tables.place, tables.step, tables.proposal),
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    rows = [_row(one) for one in found if one["step"] is not None]
    kept = [row for row in rows if risk in (None, row["risk"]) and (withdrawn or row["step"] != "withdrawn")]
    return sorted(kept, key=lambda row: (row["body"], row["risk"], row["order"] or 10**9, row["control"]))


def _row(found: RowMapping) -> Row:
    risk, control = found["code"].split("/", 1)
    waits = found["step"] in ("proposed", "reviewed", "review_failed")
    told = ("version", "measure", "layer", "aspect", "adopted_by")
    proposal = ("proposed_version", "proposed", "proposed_layer")
    return {
        "body": found["scope"],
        "risk": risk,
        "control": control,
        "step": found["step"],
        "step_by": found["step_by"],
        "step_reason": found["step_reason"],
        "step_since": found["step_true_from"],
        **{name: found[name] for name in told},
        "order": found["place"],
        **{name: read(found[name], []) for name in _LISTS},
        "five_kinds": control_kinds(found["layer"], found["aspect"], read(found["means"], [])),
        **{name: found[name] if waits else None for name in proposal},
        "proposed_by": read(found["proposed_by"], []) if waits else [],
        "positions": {"terms": found["risk_position"], "step": found["step_position"]},
        "position": found["risk_position"] or found["step_position"],
    }


def out_of_control(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """The risks that were out of control at that moment, since when and why, by body and code."""
    found = bitemporal.as_of(
        connection,
        tables.out,
        tables.declared,
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    return [
        {
            "body": one["scope"],
            "risk": one["code"],
            "since": one["true_from"],
            "reason": one["out_reason"],
            "declared_by": read(one["declared_by"], []),
            "declaration": one["declaration"],
            "position": one["position"],
        }
        for one in found
        if one["declaration"] is not None
    ]


def colour_policy(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """What each colour demands at that moment, by body, the gravest level first."""
    found = bitemporal.as_of(
        connection,
        tables.demand,
        tables.colours,
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    rows = [
        {
            "body": one["scope"],
            "level": one["code"],
            "colour": COLOUR[one["code"]],
            **{name: read(one[name], []) for name in ("tiers", "adopt_by")},
            **{name: one[name] for name in ("check", "characteristics", "measures")},
            "citation": read(one["citation"]),
            "since": one["true_from"],
            "position": one["position"],
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: (row["body"], list(LEVELS).index(row["level"])))


CONTROLS = Projection(
    name="controls",
    version=2,
    kinds=(
        ControlProposed.KIND,
        ControlChanged.KIND,
        ControlReviewed.KIND,
        ControlAdopted.KIND,
        ControlsOrdered.KIND,
        ControlWithdrawn.KIND,
        RiskDeclaredUncontrollable.KIND,
        RiskControlRegained.KIND,
        ColourPolicyAdopted.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(control_list, out_of_control, colour_policy),
)
