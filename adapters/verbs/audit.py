"""Verbs of the auditor: recompute the seal, note a root, hold the journal to one that was noted before."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from adapters.audit import EarlierHead, verify
from adapters.canonical import BadJsonError, read_json
from adapters.problems import problem_of
from adapters.verbs.auditing import add_prove, add_why
from adapters.verbs.frame import Frame, Noun, interactive, write_json
from adapters.verbs.needing import need_journal
from domain.labels import Lang
from domain.refused import BadField

__all__ = ["audit", "need_journal", "read_head"]


def audit(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("audit", lang=lang, help="核对封印与决定" if zh else "verify the seal and the decisions")

    @noun.verb("root", "当前条数与根值", "size and root of the journal, to be noted elsewhere")
    def root(frame: Frame) -> None:
        need_journal(frame)
        head = frame.app.ledger.head()
        if frame.json:
            write_json({"size": head.size, "root": head.root.hex()})
        else:
            click.echo(
                frame.say(
                    f"{head.size} 条记录，根值 {head.root.hex()}",
                    f"{head.size} records, root {head.root.hex()}",
                )
            )

    @noun.verb(
        "verify",
        "重算全部封印，核对命令和编码的登记",
        "recompute every leaf and the root, and compare the registers of commands and codes with the records; "
        "--against also holds it to an earlier head",
        [click.Option(["--against"], metavar="FILE", help="audit root --json > FILE")],
    )
    def verify_journal(frame: Frame, against: str | None) -> int:
        need_journal(frame)
        earlier = read_head(against) if against else None
        progress = None
        if interactive():

            def progress(done: int, of: int) -> None:
                click.echo(f"\r{done:,} / {of:,}", nl=False, err=True)

        from adapters.audit_registers import with_registers

        verdict = verify(frame.app.ledger, earlier, progress, url=frame.app.url)
        verdict = with_registers(verdict, frame.app.ledger, progress)
        if progress is not None:
            click.echo("\r", nl=False, err=True)
        if frame.json:
            write_json(
                {
                    "ok": verdict.holds,
                    "size": verdict.size,
                    "root": verdict.root,
                    "checked": verdict.checked,
                    "first_bad": verdict.position or None,
                    "because": verdict.sentence(frame.lang),
                }
            )
        else:
            click.echo(verdict.sentence(frame.lang))
        return 0 if verdict.holds else 1

    add_why(noun)
    add_prove(noun)
    return noun


def read_head(path: str) -> EarlierHead:
    """A head noted by ``audit root --json``; refuses a file that is none, naming it."""
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        noted = read_json(raw)
        head = EarlierHead(noted["size"], noted["root"].lower())
        if not (type(head.size) is int and head.size >= 0 and len(bytes.fromhex(head.root)) == 32):
            raise ValueError("size or root has not the right form")
    except OSError as error:
        raise BadField(
            field=path,
            problem_zh=f"无法读取：{problem_of(error).zh}",
            problem_en=f"cannot be read: {error.strerror}",
        ) from None
    except (BadJsonError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadField(
            field=path,
            problem_zh=f"不是 audit root --json 的输出（{problem_of(error).zh}）",
            problem_en=f"is not what audit root --json writes ({error})",
        ) from None
    return head
