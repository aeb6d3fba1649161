"""The register of documents: which version is valid on a day, which came before, what is missing (NJ-011, 13, 14, 20).

The adopted versions of the work plan and of the role-task matrix (NJ-064) are listed beside them, with what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from domain.documents import EXTERNAL, INTERNAL, DocumentRegistered, DocumentVersionIssued, DocumentWithdrawn
from domain.language import Day
from domain.records import Record
from domain.role_tasks import RoleTasksAdopted
from domain.work_plan import WorkPlanAdopted
from projections.bulk import TEXT, add, read, written
from projections.projection import Projection

Row = dict[str, Any]


class Tables(NamedTuple):
    documents: Table
    versions: Table
    ends: Table
    papers: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    def table(name: str, *keys: str) -> list[Any]:
        first = [Column(key, TEXT, primary_key=True) for key in ("body", *keys)]
        return [f"{prefix}{name}", metadata, *first, Column("position", BigInteger, nullable=False)]

    def texts(*names: str) -> list[Column[Any]]:
        return [Column(name, TEXT, nullable=False) for name in names]

    return Tables(
        Table(*table("documents", "document"), *texts("kind", "title", "number")),
        Table(
            *table("versions", "document", "version"),
            *texts("valid_from", "place", "remark", "issued_by"),
            Column("sha256", TEXT),
        ),
        Table(*table("ends", "document"), *texts("until", "reason")),
        Table(*table("papers", "paper", "version"), *texts("since", "adopted_by", "content")),
    )


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Every registration, version, end and adoption is a row that stays."""
    rows: dict[Table, list[Row]] = {table: [] for table in tables}
    for record in records:
        place = {"body": record.scope, "position": record.position}
        code = {"document": record.stream.rsplit("/", 1)[1]}
        match record.event:
            case DocumentRegistered() as event:
                of = {"kind": event.kind, "title": event.title, "number": event.number}
                rows[tables.documents].append({**place, **code, **of})
            case DocumentVersionIssued() as event:
                said = asdict(event)
                said.pop("supersedes")
                rows[tables.versions].append({**place, **code, **said, "issued_by": record.by})
            case DocumentWithdrawn() as event:
                rows[tables.ends].append({**place, **code, "until": event.until, "reason": event.reason})
            case WorkPlanAdopted() | RoleTasksAdopted() as event:
                content = asdict(event)
                version, since = content.pop("version"), content.pop("since")
                paper = "work_plan" if isinstance(event, WorkPlanAdopted) else "role_tasks"
                said = {"paper": paper, "version": version, "since": since, "adopted_by": record.by}
                rows[tables.papers].append({**place, **said, "content": written(content)})
            case _:
                pass
    for table, added in rows.items():
        add(connection, table, added)


def document_list(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    kind: str | None = None,
    known_at: int | None = None,
    superseded: bool = False,
) -> list[Row]:
    """Each document with the version valid on that day (without a day: the latest), as known by that record.

    ``standing``: valid, not_yet (no version is valid so early), withdrawn, or no_version. With ``superseded`` a row for
    every version, valid from a day until the next one is, or until the withdrawal.
    """
    versions: dict[tuple[str, str], list[Row]] = {}
    for one in _known(connection, tables.versions, body, known_at):
        versions.setdefault((one["body"], one["document"]), []).append(one)
    ends = {(one["body"], one["document"]): one for one in _known(connection, tables.ends, body, known_at)}
    rows: list[Row] = []
    for document in _known(connection, tables.documents, body, known_at):
        if kind not in (None, document["kind"]):
            continue
        key = (document["body"], document["document"])
        until = ends[key]["until"] if key in ends else None
        line = _line(versions.get(key, []), until, on)
        shown = line if superseded else _counting(line)
        blank: Row = dict.fromkeys(
            ("version", "valid_from", "until", "sha256", "place", "remark", "issued_by")
        )
        none = {**blank, "standing": "no_version", "position": document["position"]}
        rows += [{**document, **one, "versions": len(line)} for one in shown or [none]]
    return rows


def _counting(line: list[Row]) -> list[Row]:
    """The version that counts: the valid one, else the one that was withdrawn, else the first to come."""
    for standing in ("valid", "withdrawn", "not_yet"):
        found = [one for one in line if one["standing"] == standing]
        if found:
            return found[:1]
    return []


def _line(versions: Sequence[Row], until: Day | None, on: Day | None) -> list[Row]:
    """A document's versions in the order in which they count, each with its end and how it stands on the day."""
    ordered = sorted(versions, key=lambda one: (one["valid_from"], one["position"]))
    line: list[Row] = []
    for at, one in enumerate(ordered):
        end = ordered[at + 1]["valid_from"] if at + 1 < len(ordered) else until
        if on is not None and on < one["valid_from"]:
            standing = "not_yet"
        elif end is not None and (on is None or on >= end):
            standing = "withdrawn" if at + 1 == len(ordered) else "superseded"
        else:
            standing = "valid"
        names = ("version", "valid_from", "sha256", "place", "remark", "issued_by", "position")
        line.append({**{name: one[name] for name in names}, "until": end, "standing": standing})
    return line


def context_check(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    known_at: int | None = None,
) -> list[Row]:
    """Which kinds of external and internal information a body holds on that day, and which are missing."""
    held: dict[str, dict[str, list[str]]] = {}
    for one in document_list(connection, tables, body=body, on=on, known_at=known_at):
        kinds = held.setdefault(one["body"], {})
        if one["standing"] == "valid":
            kinds.setdefault(one["kind"], []).append(one["document"])
    rows = []
    for name in sorted(held.keys() | ({body} if body is not None else set())):
        for clause, groups in (("NJ-013", EXTERNAL), ("NJ-014", INTERNAL)):
            for group in groups:
                found = [code for kind in group for code in held.get(name, {}).get(kind, [])]
                row = {"body": name, "clause": clause, "kinds": list(group)}
                rows.append({**row, "documents": found, "missing": not found})
    return rows


def adopted_papers(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    known_at: int | None = None,
    superseded: bool = False,
) -> list[Row]:
    """The work plan and the role-task matrix in the version that holds on that day (without a day: the latest)."""
    papers: dict[tuple[str, str], list[Row]] = {}
    for one in _known(connection, tables.papers, body, known_at):
        papers.setdefault((one["body"], one["paper"]), []).append(one)
    rows = []
    for line in papers.values():
        line.sort(key=lambda one: (one["since"], one["position"]))
        for at, one in enumerate(line):
            until = line[at + 1]["since"] if at + 1 < len(line) else None
            holds = on is None and until is None
            if on is not None:
                holds = one["since"] <= on and (until is None or on < until)
            if holds or superseded:
                rows.append({**one, "until": until, "content": read(one["content"])})
    return rows


def _known(connection: Connection, table: Table, body: str | None, known_at: int | None) -> list[Row]:
    query = select(table).order_by(*table.primary_key.columns)
    if body is not None:
        query = query.where(table.c.body == body)
    if known_at is not None:
        query = query.where(table.c.position <= known_at)
    return [dict(row) for row in connection.execute(query).mappings()]


DOCUMENTS = Projection(
    name="documents",
    version=1,
    kinds=(
        DocumentRegistered.KIND,
        DocumentVersionIssued.KIND,
        DocumentWithdrawn.KIND,
        WorkPlanAdopted.KIND,
        RoleTasksAdopted.KIND,
    ),
    tables=tables,
    apply=apply,
    questions=(document_list, context_check, adopted_papers),
)
