"""One thing's life told sentence by sentence, with both clocks and the law cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from adapters.app import App
from adapters.roles_then import RolesThen
from adapters.tell import citation_of, cited, sentence
from adapters.verbs.cells import actor, known_by
from adapters.verbs.frame import Frame, Noun, local, write_json
from adapters.verbs.needing import need_journal
from domain.labels import ANY_BODY, Lang, Term, shown
from domain.language import stream_name
from domain.records import Record
from domain.refused import AmbiguousCode, UnknownThing
from domain.risk_assessment import Evidence


def history_verb(noun: Noun, kind: str) -> None:
    """Add the verb ``history`` for things of this kind."""

    @noun.verb(
        "history",
        "全过程记录",
        "its whole life, record by record",
        [click.Argument(["code"]), click.Option(["--body"])],
    )
    def history(frame: Frame, code: str, body: str | None) -> None:
        need_journal(frame)
        records = life(frame.app, kind, code, body)
        if frame.json:
            then = RolesThen(frame.app.journal)
            write_json([row(record, frame.lang) | {"roles": then.of(record)} for record in records])
            return
        tell_history(frame, records)


CALLED = {"report": "periodic_report"}
"""Streams whose first part means something else among the labels: a report is also a kind of document."""


def life(app: App, kind: str, code: str, body: str | None) -> list[Record]:
    """The records of one thing and of the duties about it; refuses a code that nobody or several bodies hold."""
    return app.history(streams_of(app, kind, code, body))


def streams_of(app: App, kind: str, code: str, body: str | None) -> list[str]:
    """The stream of one thing, and those of the duties about it."""
    keys = [key for key in app.journal.keyed(kind, code) if body in (None, key.scope)]
    if not keys:
        raise UnknownThing(kind=Term(CALLED.get(kind, kind)), code=code, body=body or ANY_BODY)
    if len(keys) > 1:
        raise AmbiguousCode(code=code, bodies=[key.scope for key in keys])
    streams = [keys[0].stream]
    own = app.journal.stream(keys[0].stream)
    for record in own:
        opening = getattr(record.event, "opening", None)
        if record.kind == "rectification-planned.1":
            streams.append(stream_name("duty", record.scope, f"rectification.{code}.{opening}"))
        if record.kind == "inspection-planned.1":
            streams.append(stream_name("duty", record.scope, f"round.{code}"))
    return list(dict.fromkeys(streams))


def row(record: Record, lang: Lang) -> dict[str, Any]:
    """One record of a history for machines."""
    citation = citation_of(record)
    return {
        "position": record.position,
        "stream": record.stream,
        "version": record.version,
        "kind": record.kind,
        "by": record.by,
        "auth": record.auth,
        "happened_at": record.happened_at,
        "recorded_at": record.recorded_at,
        "sentence": sentence(record, lang),
        "citation": None if citation is None else cited(citation, lang),
        "command_id": record.command_id,
        "caused_by": record.caused_by,
        "evidence": evidence_of(record),
        "days_late": getattr(record.event, "days_late", None),
    }


def evidence_of(record: Record) -> list[str]:
    """What the record rests on: the salted hashes of files, and in words what an assessment names without a file."""
    found: Iterable[object] = getattr(record.event, "evidence", ())
    return [_named(one) if isinstance(one, Evidence) else str(one) for one in found]


def _named(evidence: Evidence) -> str:
    return f"{evidence.what} {evidence.salted_sha256}" if evidence.salted_sha256 else evidence.what


def tell_history(frame: Frame, records: list[Record]) -> None:
    """Print a history for a person: when it was so, when it was recorded, who, what, and under which rule."""
    names, then = frame.app.directory.names(), RolesThen(frame.app.journal)
    frame.banner()
    for record in records:
        who = names.get(record.by) or actor(record.by, frame.lang)
        click.echo(
            frame.say(
                f"{local(record.happened_at)}  {who}：{sentence(record, 'zh')}",
                f"{local(record.happened_at)}  {who}: {sentence(record, 'en')}",
            )
        )
        note = frame.say(
            f"记录 {record.position}，记录于 {local(record.recorded_at)}，身份依据：{known_by(record.auth, 'zh')}",
            f"record {record.position}, recorded {local(record.recorded_at)}, known by: {known_by(record.auth, 'en')}",
        )
        if roles := then.of(record):
            note += frame.say("；当日角色：", "; role that day: ") + shown(roles, frame.lang)
        if evidence := evidence_of(record):
            note += frame.say("；证据：", "; evidence: ") + ", ".join(evidence)
        citation = citation_of(record)
        if citation is not None:
            note += frame.say("；依据：", "; under: ") + cited(citation, frame.lang)
        click.echo(f"    {note}")
