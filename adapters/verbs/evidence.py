"""Verbs for evidence: put a file into the store, find equal ones, check them all, copy one out, erase one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from adapters.app import answer_line
from adapters.border import own_id, read_order
from adapters.evidence.checking import AMISS, checked
from adapters.evidence.place import store_of
from adapters.evidence.store import EvidenceStore
from adapters.problems import problem_of
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from adapters.verbs.telling import react
from domain.engine import Answer
from domain.labels import Lang, label
from domain.refused import Refused
from domain.refused_evidence import EvidenceDamagedError, FileNotThere

STORE = click.Option(["--store"], metavar="FOLDER", help="default: FILE-evidence, or DUALGUARD_EVIDENCE")
BODY = click.Option(["--body"], required=True)
WHICH = click.Argument(["evidence"], metavar="HASH")


def evidence(lang: Lang) -> click.Group:
    noun = Noun("evidence", lang=lang, help="证据文件" if lang == "zh" else "files that prove records")
    _in_and_out(noun)
    _questions(noun)
    history_verb(noun, "evidence")
    return noun


def _in_and_out(noun: Noun) -> None:
    @noun.verb(
        "add",
        "存入文件，得到加盐散列值",
        "put a file into the store; prints the salted hash that records name",
        [
            click.Argument(["file"]),
            BODY,
            click.Option(["--taken-at"], metavar="TIME"),
            click.Option(["--remark"]),
            STORE,
        ],
    )
    def add(
        frame: Frame, file: str, body: str, taken_at: str | None, remark: str | None, store: str | None
    ) -> None:
        kept_in = _store(frame, store)
        try:
            with open(file, "rb") as source:
                kept = kept_in.add(source, Path(file).name)
        except (OSError, ValueError) as error:
            raise FileNotThere(name=file, problem=problem_of(error)) from None
        first = _first(frame, kept_in, kept.deposit.plain)
        if first is not None:
            kept_in.erase(kept.deposit.salted)
            told, (salted, answer) = tuple(one for one in kept.equal if one != first[0]), first
        else:
            salted, told = kept.deposit.salted, kept.equal
            data: dict[str, Any] = {"media": kept.deposit.media, "size": kept.deposit.size}
            data |= {"taken_at": taken_at} if taken_at else {}
            data |= {"remark": remark} if remark else {}
            try:
                answer = _give(frame, "DepositEvidence", {"body": body, "evidence": salted, **data})
            except Refused:
                kept_in.erase(salted)
                raise
        if frame.json:
            about = {"evidence": salted, "media": kept.deposit.media, "size": kept.deposit.size}
            write_json({**answer_line(answer), **about, "equal": list(told)})
        else:
            click.echo(salted)
            if told:
                zh, en = "相同内容已存入过：", "the same content was deposited before: "
                click.echo(frame.say(zh, en) + ", ".join(told), err=True)
        react(frame)

    @noun.verb(
        "erase",
        "删除文件，保留加盐散列值",
        "erase a file; its salted hash and the reason stay",
        [WHICH, BODY, click.Option(["--reason"], required=True), STORE],
    )
    def erase(frame: Frame, evidence: str, body: str, reason: str, store: str | None) -> None:
        kept_in = _store(frame, store)
        answer = _give(frame, "EraseEvidence", {"body": body, "evidence": evidence, "reason": reason})
        erased, equal = kept_in.erase(evidence)
        if frame.json:
            write_json({**answer_line(answer), "erased": erased, "equal": list(equal)})
        else:
            zh = "文件已删除" if erased else "证据库中已没有该文件"
            en = "the file is erased" if erased else "the store held no such file any more"
            click.echo(frame.say(zh, en))
            if equal:
                zh, en = "相同内容仍以其他编号存有：", "the same content is still held as: "
                click.echo(frame.say(zh, en) + ", ".join(equal), err=True)
        react(frame)

    @noun.verb(
        "get",
        "取出文件并核对",
        "copy a file out and hold it to its hash",
        [WHICH, click.Option(["--out"], metavar="FILE", required=True), STORE],
    )
    def get(frame: Frame, evidence: str, out: str, store: str | None) -> None:
        kept_in = _store(frame, store)
        try:
            with open(out, "xb") as sink:
                deposit = kept_in.get(evidence, sink)
        except EvidenceDamagedError:
            Path(out).unlink(missing_ok=True)
            raise
        except OSError as error:
            raise FileNotThere(name=out, problem=problem_of(error)) from None
        except Refused:
            Path(out).unlink(missing_ok=True)
            raise
        if frame.json:
            write_json({"evidence": evidence, "media": deposit.media, "size": deposit.size, "file": out})
        else:
            click.echo(f"{out} ({deposit.media}, {deposit.size})")


def _questions(noun: Noun) -> None:
    @noun.verb(
        "list",
        "证据文件及其出处",
        "files and the records that name them",
        [click.Option(["--body"]), click.Option(["--evidence"], metavar="HASH")],
    )
    def list_evidence(frame: Frame, **asked: Any) -> None:
        rows = [_counted(row) for row in answer_question(frame, "evidence-list", given(asked))]
        columns = (
            "body",
            "evidence",
            "media",
            "size",
            "taken_at",
            "deposited_at",
            "deposited_by",
            "standing",
        )
        show_rows(frame, rows, (*columns, "use_count", "erased_at", "reason"))

    @noun.verb(
        "check",
        "逐一核对：完好、损坏、缺失、从未存入",
        "hold every named file to the store; exit 1 where one is damaged or missing",
        [click.Option(["--body"]), STORE],
    )
    def check(frame: Frame, body: str | None, store: str | None) -> int:
        kept_in = _store(frame, store)
        named = answer_question(frame, "evidence-list", {} if body is None else {"body": body})
        rows = checked(kept_in, named, whole=body is None)
        told = [_counted(row) for row in rows]
        if not frame.json:
            told = [{**row, "state": label(row["state"], frame.lang)} for row in told]
        show_rows(frame, told, ("body", "evidence", "media", "size", "state", "use_count"))
        return 1 if any(row["state"] in AMISS for row in rows) else 0

    @noun.verb("equal", "内容相同的文件", "files that were deposited more than once", [STORE])
    def equal(frame: Frame, store: str | None) -> None:
        kept_in = _store(frame, store)
        named = {row["evidence"]: row for row in answer_question(frame, "evidence-list", {})}
        rows = []
        for group in kept_in.equals():
            uses = [use for one in group for use in named.get(one.salted, {}).get("uses", [])]
            about = {
                "media": group[0].media,
                "size": group[0].size,
                "evidence": [one.salted for one in group],
            }
            rows.append({**about, "uses": uses, "streams": sorted({use["stream"] for use in uses})})
        if not frame.json:
            rows = [{**row, "streams": _things(row["streams"], frame.lang)} for row in rows]
        show_rows(frame, rows, ("media", "size", "evidence", "streams"))


def _things(streams: Any, lang: Lang) -> list[str]:
    return [_thing(one, lang) for one in streams]


def _thing(stream: str, lang: Lang) -> str:
    """What a stream is about: its kind by name, the code, and whose it is."""
    kind, body, code = (*stream.split("/", 2), "", "")[:3]
    return f"{label(kind, lang)} {code}（{body}）" if lang == "zh" else f"{label(kind, lang)} {code} ({body})"


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "use_count": len(row["uses"])}


def _store(frame: Frame, folder: str | None) -> EvidenceStore:
    return store_of(frame.app.url, folder, os.environ)


def _give(frame: Frame, name: str, data: dict[str, Any]) -> Answer:
    line: dict[str, Any] = {"command": name, "data": data}
    if frame.command_id:
        line["id"] = frame.command_id
    app = frame.app
    return app.submit(read_order(line, app.person(frame.person), "os-local", need_id=False, at=frame.at))


def _first(frame: Frame, store: EvidenceStore, plain: str) -> tuple[str, Answer] | None:
    """The first answer to this command id, where it deposited the same content: a repeated call gets it back."""
    if frame.command_id is None:
        return None
    answered = frame.app.journal.answered(own_id(frame.command_id))
    if answered is None or not answered.records[0].stream.startswith("evidence/"):
        return None
    salted = answered.records[0].stream.rsplit("/", 1)[1]
    deposit = store.index.one(salted)
    if deposit is None or deposit.plain != plain:
        return None
    return salted, Answer(answered.records, repeated=True)
