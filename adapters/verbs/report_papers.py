"""What the verbs of reports show of a paper: rendered again, its figures, and the records behind each."""

from __future__ import annotations

from typing import Any

import click
from msgspec import convert

from adapters.tell import cited, sentence
from adapters.verbs.columns import column
from adapters.verbs.frame import Frame, local
from adapters.verbs.history import life
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from domain.labels import Lang, Term, Thing, label
from domain.records import Record
from domain.refused import UnknownThing
from domain.refused_reports import PaperDiffersError, UnknownEdition, UnknownFigure
from domain.reports import ReportCompiled
from domain.rulebook import Citation

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


def addendum_of(frame: Frame, code: str, body: str | None, number: int) -> Any:
    """An addendum as a paper, rendered from its record; refuses one that there is not."""
    from adapters.papers.compiling import addendum_papers

    need_journal(frame)
    records = life(frame.app, "report", code, body)
    for record, paper in addendum_papers(frame.app.journal, records):
        if record.event.addendum == number:  # type: ignore[attr-defined]  # corrections only
            return paper
    raise UnknownThing(kind=Term("addendum"), code=str(number), body=records[0].scope)


def rendered(
    frame: Frame, code: str, body: str | None, edition: int | None, form: str, addendum: int | None = None
) -> bytes:
    """The bytes of a paper, or of an addendum to it, in the reader's language where it is HTML."""
    if addendum is not None:
        paper = addendum_of(frame, code, body, addendum)
    else:
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


_NAMED = frozenset({"kind", "step", "submitted_to"})
_OF_REPORTS: dict[str, tuple[str, str]] = {"reference": ("报送文号", "number of the submission")}
"""Headings that mean something else on other screens."""


def told_edition(frame: Frame, row: Row) -> list[str]:
    """What an edition pinned and how far it came, a line for each thing that is known."""
    lines = []
    for name, value in row.items():
        if value in (None, "", [], {}):
            continue
        heading = frame.say(*_OF_REPORTS[name]) if name in _OF_REPORTS else column(name, frame.lang)
        lines.append(f"{heading}: {_said(frame, name, value)}")
    return lines


def _said(frame: Frame, name: str, value: Any) -> str:
    if name == "citation":
        return cited(convert(value, type=Citation), frame.lang)
    if name == "figures":
        return frame.say("；", "; ").join(f"{meaning(key, frame.lang)} {one}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name.endswith("_at") and isinstance(value, str):
        return local(value)
    return label(str(value), frame.lang) if name in _NAMED else str(value)


def told_figures(frame: Frame, figures: list[Row]) -> list[Row]:
    """Each figure with what it means and the stretches of its records, as the paper prints them."""
    from adapters.papers.printing import ranges

    return [
        {
            "meaning": meaning(one["figure"], frame.lang),
            "value": _value(frame, one["value"]),
            "records": ranges(one["records"]),
            "figure": one["figure"],
        }
        for one in figures
    ]


def _value(frame: Frame, value: Any) -> Any:
    from adapters.papers.words_1 import WORDS

    pair = WORDS.get(value) if isinstance(value, str) else None
    return value if pair is None else pair[0 if frame.lang == "zh" else 1]


def meaning(key: str, lang: Lang) -> str:
    """A figure's key in the words of the paper; codes of things stay."""
    from adapters.papers.printing import KEYS, UNSAID
    from adapters.papers.words_1 import WORDS

    parts = []
    steps = key.split("/")
    for part, below in zip(steps, [*steps[1:], ""], strict=True):
        if part in UNSAID:
            continue
        if part == "risks" and below:  # one risk, not their number
            parts.append(label("risk", lang))
            continue
        named = WORDS.get(KEYS.get(part, part))
        parts.append(part if named is None else named[0 if lang == "zh" else 1])
    return " / ".join(parts)


def schema_of(kind: str) -> Row:
    """The JSON Schema of the template with which this kind of report is compiled today."""
    import msgspec

    from adapters.papers.compiling import CURRENT, TEMPLATES

    schema: Row = msgspec.json.schema(TEMPLATES[CURRENT[kind]].shape)
    return {"$id": CURRENT[kind], **schema}
