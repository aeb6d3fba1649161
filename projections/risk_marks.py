"""What risks hang on and which are under focus control, now or as true and known at any moment; whom a tag reaches.

A tag is a thing of its own on both clocks: it holds from a moment until another, and either may be entered late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Index, MetaData, RowMapping, Table

from domain.language import Moment
from domain.records import Record
from domain.risk_focus import FocusEnded, FocusSet
from domain.risk_tags import RiskTagged, RiskUntagged
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, Entry
from projections.bulk import TEXT, read, rows_by, written
from projections.projection import Projection

Row = dict[str, Any]
SEPARATOR = "/"
"""Between the parts of a tag's code; codes hold no slash."""


class Tables(NamedTuple):
    """``things`` lists every (risk, kind, code) ever tagged and ``tag`` when it held; the same for focus control."""

    things: Table
    tag: Table
    risks: Table
    focus: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    tag = bitemporal.facet_table(
        metadata,
        f"{prefix}tag",
        [*(Column(name, TEXT) for name in ("risk", "kind", "tag")), Column("held", Boolean)],
    )
    Index(f"ix_{prefix}tag_of", tag.c.scope, tag.c.kind, tag.c.tag)
    Index(f"ix_{prefix}tag_at", tag.c.scope, tag.c.risk)
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}things"),
        tag,
        bitemporal.entity_table(metadata, f"{prefix}risks"),
        bitemporal.facet_table(metadata, f"{prefix}focus", [Column("reasons", TEXT)]),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record says of its tags, or of focus control, what holds from its ``happened_at`` on."""
    tags: list[Entry] = []
    focus: list[Entry] = []
    for record in records:
        risk = record.stream.rsplit("/", 1)[1]
        match record.event:
            case RiskTagged() | RiskUntagged() as event:
                for one in event.tags:
                    code = SEPARATOR.join((risk, one.kind, one.code))
                    said = {"risk": risk, "kind": one.kind, "tag": one.code}
                    held = {**said, "held": isinstance(event, RiskTagged)}
                    tags.append(Entry(record.position, record.scope, code, record.happened_at, held))
            case FocusSet() | FocusEnded() as event:
                reasons = event.reasons if isinstance(event, FocusSet) else ()
                place = (record.position, record.scope, risk, record.happened_at)
                focus.append(Entry(*place, {"reasons": written(reasons)}))
            case _:
                pass
    bitemporal.apply(connection, tables.tag, tables.things, tags)
    bitemporal.apply(connection, tables.focus, tables.risks, focus)


def risk_tags(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
    risk: str | None = None,
    kind: str | None = None,
    tag: str | None = None,
) -> list[Row]:
    """The tags that held, by body, risk, kind and code, each with the moment since when and the record that says so."""
    found = bitemporal.as_of(
        connection,
        tables.tag,
        tables.things,
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    wanted = {"risk": risk, "kind": kind, "tag": tag}
    return [
        _tag(one)
        for one in found
        if one["held"] and all(one[name] == value for name, value in wanted.items() if value is not None)
    ]


def tagged_risks(
    connection: Connection,
    tables: Tables,
    body: str,
    tags: Collection[tuple[str, str]],
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """The risks of a body that any of the (kind, code) tags reached then, with the tag that did: what a change asks."""
    of = [(body, kind, code) for kind, code in tags]
    rows = rows_by(connection, tables.tag, ("scope", "kind", "tag"), of)
    return [_tag(one) for one in _last(rows, true_at, known_at) if one["held"]]


def tagged_since(
    connection: Connection, tables: Tables, bodies: Collection[str], kind: str, code: str
) -> dict[str, Moment]:
    """Of these bodies those of which a risk has the tag now, with the moment since when the first one has it."""
    rows = rows_by(connection, tables.tag, ("scope", "kind", "tag"), [(body, kind, code) for body in bodies])
    found: dict[str, Moment] = {}
    for one in _last(rows, None, None):
        if one["held"]:
            found[one["scope"]] = min(one["true_from"], found.get(one["scope"], one["true_from"]))
    return found


def marks_of(
    connection: Connection,
    tables: Tables,
    risks: Collection[tuple[str, str]],
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> dict[tuple[str, str], Row]:
    """Of these (body, risk) those with tags or under focus control: ``tags`` by kind and code, and ``focus``."""
    found: dict[tuple[str, str], Row] = {}
    for one in _last(rows_by(connection, tables.tag, ("scope", "risk"), risks), true_at, known_at):
        if one["held"]:
            tag = _tag(one)
            of = found.setdefault((tag.pop("body"), tag.pop("risk")), {"tags": [], "focus": None})
            of["tags"].append(tag)
    for one in _last(rows_by(connection, tables.focus, ("scope", "code"), risks), true_at, known_at):
        if reasons := read(one["reasons"]):
            of = found.setdefault((one["scope"], one["code"]), {"tags": [], "focus": None})
            of["focus"] = {"reasons": reasons, "since": one["true_from"], "position": one["position"]}
    return found


def _last(rows: Iterable[Row], true_at: Moment | None, known_at: int | None) -> list[Row]:
    """Of each thing the row that counts: the greatest (moment, position) of those begun and known; in order of code."""
    held: dict[tuple[str, str], Row] = {}
    for one in sorted(rows, key=lambda one: (one["true_from"], one["position"])):
        begun = true_at is None or one["true_from"] <= true_at
        if begun and (known_at is None or one["position"] <= known_at):
            held[one["scope"], one["code"]] = one
    return [held[key] for key in sorted(held)]


def _tag(one: Row | RowMapping) -> Row:
    place = {"body": one["scope"], "risk": one["risk"], "kind": one["kind"], "code": one["tag"]}
    return {**place, "since": one["true_from"], "position": one["position"]}


def focus_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    true_at: Moment | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """The risks under focus control, by body and code, with its reasons."""
    found = bitemporal.as_of(
        connection,
        tables.focus,
        tables.risks,
        scope=body,
        true_at=TRUE_FOREVER if true_at is None else true_at,
        known_at=KNOWN_FOREVER if known_at is None else known_at,
    )
    return [
        {
            "body": one["scope"],
            "risk": one["code"],
            "reasons": read(one["reasons"], []),
            "since": one["true_from"],
            "position": one["position"],
        }
        for one in found
        if read(one["reasons"])
    ]


RISK_MARKS = Projection(
    name="risk_marks",
    version=1,
    kinds=(RiskTagged.KIND, RiskUntagged.KIND, FocusSet.KIND, FocusEnded.KIND),
    tables=tables,
    apply=apply,
    questions=(risk_tags, tagged_risks, focus_list),
)
