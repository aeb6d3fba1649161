"""What the verbs of reports show of a paper: rendered again, its figures, and the records behind each."""

from __future__ import annotations

from typing import Any

import click

from adapters.tell import sentence
from adapters.verbs.frame import Frame
from adapters.verbs.history import life
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from domain.labels import Thing
from domain.records import Record
from domain.refused_reports import PaperDiffersError, UnknownEdition, UnknownFigure
from domain.reports import ReportCompiled

Row = dict[str, Any]

PAPER = [
    click.Argument(["code"], metavar="REPORT"),
    click.Option(["--body"]),
    click.Option(["--edition"], type=int, metavar="NUMBER", help="default: the last one"),
]


def edition_of(frame: Frame, code: str, body: str | None, edition: int | None) -> Record:
    """The record of an edition of a report, the last one where none is named."""
    need_journal(frame)
    records = life(frame.app, "report", code, body)
    compiled = [one for one in records if isinstance(one.event, ReportCompiled)]
    for record in reversed(compiled):
        if edition in (None, record.event.edition):  # type: ignore[attr-defined]  # compiled ones only
            return record
    raise UnknownEdition(report=Thing("periodic_report", code), edition=edition)


def paper_of(frame: Frame, record: Record) -> Any:
    """The paper of an edition, rendered again; ``PaperDiffersError`` where it is not what was hashed."""
    from adapters.papers.compiling import render_again

    event = record.event
    assert isinstance(event, ReportCompiled)
    paper = render_again(frame.app.journal, record.scope, event)
    for name, found in paper.hashes().items():
        if found != getattr(event, name):
            report = Thing("periodic_report", record.stream.rsplit("/", 1)[1])
            wanted = getattr(event, name)
            raise PaperDiffersError(report=report, position=record.position, wanted=wanted, found=found)
    return paper


def rendered(frame: Frame, code: str, body: str | None, edition: int | None, form: str) -> bytes:
    """The bytes of a paper, in the reader's language where it is HTML."""
    paper = paper_of(frame, edition_of(frame, code, body, edition))
    text: bytes = paper.content if form == "json" else paper.html[frame.lang]
    return text


def explained(
    frame: Frame, code: str, body: str | None, edition: int | None, figure: str | None
) -> list[Row]:
    """All figures with their records' positions; or the records behind one, each as a sentence."""
    record = edition_of(frame, code, body, edition)
    figures = paper_of(frame, record).figures()
    if figure is None:
        return [
            {"figure": key, "value": one.value, "records": list(one.records)} for key, one in figures.items()
        ]
    if figure not in figures:
        raise UnknownFigure(report=Thing("periodic_report", code), figure=figure)
    return [_row(frame, position) for position in figures[figure].records]


def _row(frame: Frame, position: int) -> Row:
    [record] = frame.app.journal.records(position - 1, 1, until=position)
    told = {name: getattr(record, name) for name in ("position", "kind", "by", "happened_at", "recorded_at")}
    return {**told, "stream": record.stream, "sentence": sentence(record, frame.lang)}


def shown(frame: Frame, code: str, body: str | None, edition: int | None) -> Row:
    """One edition's row, its figures, and the addenda of the report."""
    record = edition_of(frame, code, body, edition)
    number = record.event.edition  # type: ignore[attr-defined]  # compiled ones only
    asked = {"body": record.scope, "report": code, "editions": True}
    [row] = [one for one in answer_question(frame, "report-list", asked) if one["edition"] == number]
    addenda = row.pop("addenda")
    return {"report": row, "figures": explained(frame, code, body, edition, None), "addenda": addenda}


def schema_of(kind: str) -> Row:
    """The JSON Schema of the template with which this kind of report is compiled today."""
    import msgspec

    from adapters.papers.compiling import CURRENT, TEMPLATES

    schema: Row = msgspec.json.schema(TEMPLATES[CURRENT[kind]].shape)
    return {"$id": CURRENT[kind], **schema}
