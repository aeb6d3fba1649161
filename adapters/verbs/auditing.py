"""Verbs of the auditor that look behind a record: decide it again, and prove that it stands in the tree."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from adapters.problems import problem_of
from adapters.proving import as_json, prove
from adapters.retracing import Retracer, Verdict
from adapters.retracing_fields import values_of
from adapters.rules import load_rulebook, rule_files_in, rulebook_of
from adapters.tell import event_sentence
from adapters.verbs.field_words import field_word, value_word
from adapters.verbs.frame import Frame, Noun, interactive, write_json
from adapters.verbs.history import streams_of
from adapters.verbs.needing import need_journal
from domain.index import DECIDERS
from domain.labels import command_label
from domain.refused import BadField


def add_why(noun: Noun) -> None:
    """Add ``audit why``."""

    @noun.verb(
        "why",
        "用记录之前的历史和当时的规则重新作出决定，看结论是否相同",
        "decide a record again on the history before it, with the rules then in force: is the answer the same?",
        [
            click.Argument(["position"], required=False, type=int),
            click.Option(["--all", "every"], is_flag=True, default=False),
            click.Option(["--rules"], metavar="FOLDER", help="规则文件所在文件夹 / other rule files"),
        ],
    )
    def why(frame: Frame, position: int | None, every: bool, rules: str | None) -> int:
        need_journal(frame)
        if (position is None) == (not every):
            raise BadField(
                field="POSITION",
                problem_zh="请给出一个记录位置，或者用 --all",
                problem_en="name one position, or use --all",
            )
        size = frame.app.ledger.head().size
        if position is not None and not 1 <= position <= size:
            raise BadField(
                field="POSITION",
                problem_zh=f"只有位置 1 至 {size} 的记录",
                problem_en=f"there are records 1 to {size}",
            )
        book = load_rulebook() if rules is None else rulebook_of(_read_rules(rules))
        verdicts = Retracer(DECIDERS, book).walk(frame.app.journal.every(until=size), position)
        if every:
            return _tell_all(frame, verdicts, size)
        [verdict] = list(verdicts)
        return _tell_one(frame, verdict)


def add_prove(noun: Noun) -> None:
    """Add ``audit prove``."""

    @noun.verb(
        "prove",
        "证明一个事项的全部记录都在当前根值之下",
        "prove that all records of one thing stand under the present root",
        [
            click.Argument(["code"]),
            click.Option(["--kind"], default="hazard", show_default=True),
            click.Option(["--body"]),
        ],
    )
    def prove_code(frame: Frame, code: str, kind: str, body: str | None) -> int:
        need_journal(frame)
        head, proofs = prove(frame.app.journal, streams_of(frame.app, kind, code, body))
        told = as_json(head, proofs)
        if frame.json:
            write_json(told)
            return 0 if told["holds"] else 1
        for one in proofs:
            mark = frame.say("成立", "holds") if one.holds else frame.say("不成立", "DOES NOT HOLD")
            click.echo(f"{one.position}  {one.stream} {one.version}  {one.kind}  {mark}")
            click.echo(frame.say("    叶值 ", "    leaf ") + one.leaf)
            for each in one.hashes:
                click.echo(f"    {each}")
        click.echo(
            frame.say(
                f"{len(proofs)} 条记录，日志 {head.size} 条，根值 {told['root']}",
                f"{len(proofs)} records in a journal of {head.size}; root {told['root']}",
            )
        )
        return 0 if told["holds"] else 1


def _read_rules(folder: str) -> Any:
    try:
        found = rule_files_in(Path(folder))
    except (OSError, ValueError) as error:
        raise BadField(
            field="--rules",
            problem_zh=f"无法读取：{problem_of(error).zh}",
            problem_en=f"cannot be read: {error}",
        ) from None
    if not found:
        raise BadField(
            field="--rules",
            problem_zh=f"“{folder}”里没有规则文件",
            problem_en=f"'{folder}' holds no rule files",
        )
    return found


def _row(frame: Frame, verdict: Verdict) -> dict[str, Any]:
    return {
        "position": verdict.records[0].position,
        "records": [one.position for one in verdict.records],
        "kind": verdict.records[0].kind,
        "same": verdict.same,
        "command": None if verdict.command is None else type(verdict.command).__name__,
        "data": None if verdict.command is None else dict(values_of(verdict.command)),
        "was": [event_sentence(one.event, frame.lang) for one in verdict.records],
        "now": [event_sentence(one, frame.lang) for one in verdict.now],
        "refused": None if verdict.refused is None else verdict.refused.because(frame.lang),
    }


def _tell_one(frame: Frame, verdict: Verdict) -> int:
    row = _row(frame, verdict)
    if frame.json:
        write_json(row)
        return 0 if verdict.same else 1
    click.echo(frame.say("记录：", "recorded: ") + frame.say("；", "; ").join(row["was"]))
    if verdict.command is None:
        click.echo(frame.say("没有一条命令符合这条记录", "no command fits what was recorded"))
    else:
        click.echo(frame.say("命令：", "command: ") + command_label(row["command"], frame.lang))
        for name, value in row["data"].items():
            if value not in (None, "", (), {}):
                colon = frame.say("：", ": ")
                click.echo(f"    {field_word(name, frame.lang)}{colon}{value_word(name, value, frame.lang)}")
    if verdict.same:
        click.echo(frame.say("重新决定，结论相同", "decided again: the answer is the same"))
        return 0
    now = frame.say("；", "; ").join(row["now"]) or row["refused"] or "—"
    click.echo(frame.say(f"重新决定，结论不同：{now}", f"decided again, the answer differs: {now}"))
    return 1


def _tell_all(frame: Frame, verdicts: Iterable[Verdict], size: int) -> int:
    """Every command of the journal; names the positions that differ."""
    same = 0
    differing: list[dict[str, Any]] = []
    for verdict in verdicts:
        if verdict.same:
            same += len(verdict.records)
        else:
            differing.append(_row(frame, verdict))
        if interactive():
            click.echo(f"\r{verdict.records[-1].position:,} / {size:,}", nl=False, err=True)
    if interactive():
        click.echo("\r", nl=False, err=True)
    if frame.json:
        write_json({"size": size, "same": same, "differing": differing})
        return 1 if differing else 0
    for row in differing:
        now = frame.say("；", "; ").join(row["now"]) or row["refused"] or "—"
        click.echo(f"{row['position']}  {row['kind']}: {'; '.join(row['was'])} -> {now}")
    click.echo(
        frame.say(
            f"{size} 条记录，{same} 条结论相同，{size - same} 条不同",
            f"{size} records: {same} the same, {size - same} different",
        )
    )
    return 1 if differing else 0
