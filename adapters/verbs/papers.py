"""Verbs for trainings, and for the register of documents and context."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.documents import IssueDocumentVersion, RegisterDocument, WithdrawDocument
from domain.labels import Lang, label
from domain.trainings import RecordTraining

KNOWN = [
    click.Option(["--body"]),
    click.Option(["--known-at"], metavar="TIME|POSITION", help="as known then"),
]
ON = click.Option(["--on"], metavar="DAY", help="YYYY-MM-DD")


def trainings(lang: Lang) -> click.Group:
    noun = Noun("training", lang=lang, help="教育培训" if lang == "zh" else "trainings")
    add_command(noun, "record", RecordTraining, "登记培训", "record a training that was held")

    @noun.verb(
        "list",
        "培训记录",
        "the trainings that were held",
        [
            *KNOWN,
            click.Option(["--since"], metavar="DAY"),
            click.Option(["--until"], metavar="DAY"),
            click.Option(["--person"]),
        ],
    )
    def list_trainings(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "training-list", given(asked))
        shown = _labelled(frame, rows, "topics", "audience")
        columns = ("body", "training", "title", "day", "hours", "topics", "audience", "count", "trainer")
        show_rows(frame, shown, columns)

    @noun.verb("coverage", "谁受过培训、还缺什么", "who was trained in what, and who was not", KNOWN)
    def coverage(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "training-coverage", given(asked))
        shown = _labelled(frame, rows, "missing")
        show_rows(frame, shown, ("body", "person", "kind", "trainings", "last_day", "missing"))

    return noun


def documents(lang: Lang) -> click.Group:
    noun = Noun("document", lang=lang, help="文件资料" if lang == "zh" else "documents and context")
    add_command(noun, "register", RegisterDocument, "登记文件资料", "put a document on the register")
    add_command(noun, "issue", IssueDocumentVersion, "发布版本", "a version that is valid from a day on")
    add_command(noun, "withdraw", WithdrawDocument, "废止", "withdraw a document")

    @noun.verb(
        "list",
        "文件资料及有效版本",
        "the documents, each with the version valid on a day",
        [*KNOWN, ON, click.Option(["--kind"]), click.Option(["--superseded"], is_flag=True, default=None)],
    )
    def list_documents(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "document-list", given(asked))
        columns = ("body", "document", "kind", "title", "number", "version", "valid_from", "until")
        show_rows(frame, rows, (*columns, "standing", "sha256"))

    @noun.verb(
        "context",
        "内外部信息是否齐全",
        "which external and internal information there is, and what is missing",
        [*KNOWN, ON],
    )
    def context(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "context-check", given(asked))
        show_rows(frame, _labelled(frame, rows, "kinds"), ("body", "clause", "kinds", "documents", "missing"))

    history_verb(noun, "document")
    return noun


def _labelled(frame: Frame, rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Lists of identifiers as a person reads them; machines get the identifiers."""
    if frame.json:
        return rows
    return [
        {**row, **{name: [label(str(one), frame.lang) for one in row[name]] for name in names}}
        for row in rows
    ]
