"""Verbs for assessment units: the tree, its changes, what is known of each unit, and what is still open."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.history import row, tell_history
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.labels import ANY_BODY, Lang, Term, label
from domain.language import stream_name
from domain.records import Record
from domain.refused import AmbiguousCode, UnknownThing
from domain.unit_surveys import FlagUnit, LocateUnit, RecordAspectReview
from domain.units import MoveUnit, RegisterUnit, RegisterUnits, RenameUnit, RetireUnit

UNDER = click.Option(["--under"], metavar="UNIT", help="this unit and what is below it")


def units(lang: Lang) -> click.Group:
    noun = Noun("unit", lang=lang, help="评估单元" if lang == "zh" else "assessment units")
    add_command(noun, "register", RegisterUnit, "登记评估单元", "register a unit under another one")
    add_command(noun, "register-list", RegisterUnits, "登记一批评估单元", "register a list of units")
    add_command(noun, "move", MoveUnit, "移至其他单元之下", "put a unit under another one, or at the top")
    add_command(noun, "rename", RenameUnit, "更名", "give a unit another name")
    add_command(noun, "retire", RetireUnit, "停用", "take a unit out of use")
    add_command(
        noun, "locate", LocateUnit, "标明位置", "say where a unit lies, on a drawing or by coordinates"
    )
    add_command(
        noun, "flag", FlagUnit, "标记重点岗位、危险场所", "flag a unit as key post or dangerous place"
    )
    add_command(
        noun, "review", RecordAspectReview, "记录五个方面之一的查看", "record a look at one of five aspects"
    )

    @noun.verb(
        "tree",
        "评估单元树",
        "the tree of units, now or as of a moment",
        [click.Option(["--body"]), UNDER, click.Option(["--retired"], is_flag=True, default=None), *AS_OF],
    )
    def tree(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "unit-tree", given(asked))
        if frame.json:
            show_rows(frame, rows, ())
            return
        frame.banner()
        for one in rows:
            click.echo(_line(frame, one))
        if not rows:
            click.echo(frame.say("（没有内容）", "(nothing to show)"))

    @noun.verb(
        "gaps",
        "未辨识、未查看的单元",
        "units without a risk or not yet looked at, key posts and dangerous places first",
        [click.Option(["--body"]), UNDER, *AS_OF],
    )
    def gaps(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "unit-gaps", given(asked))
        columns = ("body", "code", "name", "kind", "key_post", "dangerous_place", "risks", "gaps", "missing")
        show_rows(frame, rows, columns)

    @noun.verb(
        "history",
        "全过程记录",
        "its whole life, record by record",
        [click.Argument(["code"]), click.Option(["--body"])],
    )
    def history(frame: Frame, code: str, body: str | None) -> None:
        records = _life(frame, code, body)
        if frame.json:
            write_json([row(record, frame.lang) for record in records])
            return
        tell_history(frame, records)

    return noun


def _line(frame: Frame, one: dict[str, Any]) -> str:
    words = [label(str(one["kind"]), frame.lang)]
    words += [label(flag, frame.lang) for flag in ("key_post", "dangerous_place") if one[flag]]
    if one["standing"] == "retired":
        words.append(label("retired", frame.lang))
    indent = "  " * (int(one["depth"]) - 1)
    return f"{indent}{one['code']}  {one['name']}（{'，'.join(words)}）"


def _life(frame: Frame, code: str, body: str | None) -> list[Record]:
    """The records of one unit; refuses a code that nobody or several bodies hold."""
    asked = {"retired": True} if body is None else {"retired": True, "body": body}
    bodies = [one["body"] for one in answer_question(frame, "unit-tree", asked) if one["code"] == code]
    if not bodies:
        raise UnknownThing(kind=Term("unit"), code=code, body=body or ANY_BODY)
    if len(bodies) > 1:
        raise AmbiguousCode(code=code, bodies=bodies)
    [body] = bodies
    tree = stream_name("units", body)
    own = [stream_name(kind, body, code) for kind in ("survey", "stop", "hold")]
    found = frame.app.history([tree, *own])
    return [one for one in found if one.stream != tree or getattr(one.event, "unit", None) == code]
