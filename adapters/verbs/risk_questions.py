"""Verbs that ask about risks: the list, one risk in full, what changed between two moments, and how they are spread."""

from __future__ import annotations

from typing import Any

import click

from adapters.tell import bound
from adapters.verbs.change_current import tell_current
from adapters.verbs.columns import column
from adapters.verbs.frame import Frame, Noun, local, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risk_in_full import risk_lines, warning_sentence
from adapters.verbs.weather_questions import add_uplifts
from domain.labels import ANY_BODY, Term, label
from domain.refused import AmbiguousCode, BadField, UnknownThing

AS_OF = [
    click.Option(["--as-of"], metavar="TIME", help="true at this moment or day"),
    click.Option(["--known-at"], metavar="TIME|POSITION", help="as known then"),
]


def given(asked: dict[str, Any]) -> dict[str, Any]:
    """The parameters that were really given; a position is a number."""
    found = {key: value for key, value in asked.items() if value is not None}
    for key in ("known_at", "from_known_at", "to_known_at"):
        known = found.get(key)
        if isinstance(known, str) and known.isdigit():
            found[key] = int(known)
    return found


def add_questions(noun: Noun) -> None:
    """Add the verbs to the noun ``risk``."""

    @noun.verb(
        "list",
        "当前（或某时）风险清单",
        "the risk list, now or as of a moment",
        [click.Option(["--body"]), click.Option(["--level"]), *AS_OF],
    )
    def list_risks(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-list", given(asked))
        columns = (
            "body",
            "code",
            "name",
            "category",
            "unit",
            "level",
            "colour",
            "uplifted_to",
            "pending_level",
            "inherent_level",
            "score",
            "method",
            "version",
        )
        show_rows(frame, rows, (*columns, "standing", "control_count", "responsible_persons", "assessed_at"))
        if asked["as_of"] is None and asked["known_at"] is None:
            tell_current(frame, asked["body"])

    @noun.verb(
        "show",
        "一项风险的全部内容",
        "one risk in full, now or as of a moment",
        [click.Argument(["code"]), click.Option(["--body"]), *AS_OF],
    )
    def show(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-list", {**given(asked), "retired": True})
        if not rows:
            raise UnknownThing(kind=Term("risk"), code=asked["code"], body=asked["body"] or ANY_BODY)
        if len(rows) > 1:
            raise AmbiguousCode(code=asked["code"], bodies=[row["body"] for row in rows])
        [row] = rows
        of = {name: asked[name] for name in ("as_of", "known_at")}
        asked_of = given({**of, "body": row["body"], "risk": row["code"]})
        row["warnings"] = answer_question(frame, "risk-warnings", asked_of)
        if frame.json:
            show_rows(frame, rows, ())
            return
        frame.banner()
        for line in risk_lines(frame, row):
            click.echo(line)

    add_uplifts(noun)

    @noun.verb(
        "warnings",
        "失控、停产、暂停作业及反复失效的风险",
        "risks out of control, stopped, on hold, or whose controls failed repeatedly",
        [click.Option(["--body"]), click.Option(["--risk"]), *AS_OF],
    )
    def warned(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-warnings", given(asked))
        if not frame.json:
            names = frame.app.directory.names()
            told = [warning_sentence(row, frame.lang, names) for row in rows]
            rows = [
                {**row, "sentence": one, "since": local(row["since"])}
                for row, one in zip(rows, told, strict=True)
            ]
        show_rows(frame, rows, ("body", "risk", "name", "level", "warning", "sentence", "since", "position"))

    @noun.verb(
        "diff",
        "两个时刻之间的变化",
        "what changed between two moments, field by field, on either clock",
        [
            click.Option(["--from", "from_as_of"], metavar="TIME", help="before: true at this moment or day"),
            click.Option(["--to", "to_as_of"], metavar="TIME", help="after: true then; default now"),
            click.Option(
                ["--from-known", "from_known_at"], metavar="TIME|POSITION", help="before: as known then"
            ),
            click.Option(["--to-known", "to_known_at"], metavar="TIME|POSITION", help="after: as known then"),
            click.Option(["--body"]),
            click.Option(["--code"], help="one risk only"),
        ],
    )
    def diff(frame: Frame, **asked: Any) -> None:
        if asked["from_as_of"] is None and asked["from_known_at"] is None:
            raise BadField(
                field="--from",
                problem_zh="须给出 --from 或 --from-known",
                problem_en="is required, or else --from-known",
            )
        rows = answer_question(frame, "risk-diff", given(asked))
        if not frame.json:
            rows = [_changed(frame, row) for row in rows]
        show_rows(
            frame, rows, ("body", "code", "name", "change", "field", "before", "after", "since", "position")
        )

    @noun.verb(
        "distribution",
        "风险分布：按等级、方法、类别等",
        "how many risks of which level, by method, category, factor, accident type, unit and focus control",
        [click.Option(["--body"]), *AS_OF],
    )
    def spread(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-distribution", given(asked))
        if not frame.json:
            rows = [{**row, "value": label(row["value"], frame.lang)} for row in rows]
            rows = [{**row, "dimension": column(row["dimension"], frame.lang)} for row in rows]
            rows = [{**row, "unassessed": row["not_assessed"]} for row in rows]
        columns = ("body", "dimension", "value", "risks", "major", "larger", "general", "low", "unassessed")
        show_rows(frame, rows, columns)

    @noun.verb(
        "tags",
        "风险关联的设备、物料、天气等",
        "what risks hang on, now or as of a moment",
        [
            click.Option(["--body"]),
            click.Option(["--risk"]),
            click.Option(["--kind"]),
            click.Option(["--tag"], help="code of the tag"),
            *AS_OF,
        ],
    )
    def tags(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-tags", given(asked))
        if not frame.json:
            named = [
                {**row, "code": label(row["code"], frame.lang)} for row in rows if row["kind"] == "weather"
            ]
            rows = [row for row in rows if row["kind"] != "weather"] + named
            rows = [{**row, "since": local(row["since"])} for row in rows]
        show_rows(frame, rows, ("body", "risk", "kind", "code", "since", "position"))

    @noun.verb(
        "artefacts",
        "应当具备的资料（第二十二条）及缺项",
        "what the body must keep (YT-22: six or three, by its class), and what is missing",
        [click.Option(["--body"]), *AS_OF],
    )
    def artefacts(frame: Frame, **asked: Any) -> None:
        _show_kept(frame, answer_question(frame, "artefact-check", given(asked)))

    @noun.verb(
        "outcomes",
        "试点六项成果及缺项",
        "the six outcomes of the pilot (NJ-001), and what is missing",
        [click.Option(["--body"]), *AS_OF],
    )
    def outcomes(frame: Frame, **asked: Any) -> None:
        _show_kept(frame, answer_question(frame, "outcome-check", given(asked)))


def _show_kept(frame: Frame, rows: list[dict[str, Any]]) -> None:
    """Artefacts with what is missing by number, or by code where there are few."""
    if not frame.json:
        rows = [
            {
                **row,
                "artefact": label(row["artefact"], frame.lang),
                "kept": label(row["kept"], frame.lang),
                "missing": [_lack(frame, one) for one in row["missing"]],
                "evidence": len(row["evidence"]),
                "binding": bound(row["binding"], frame.lang),
            }
            for row in rows
        ]
    show_rows(frame, rows, ("body", "clause", "artefact", "kept", "missing", "evidence", "binding"))


def _lack(frame: Frame, one: dict[str, Any]) -> str:
    codes = [label(code, frame.lang) for code in one["codes"]]
    told = ", ".join(codes) if len(codes) <= 5 else f"{', '.join(codes[:5])}, … ({len(codes)})"
    return label(one["what"], frame.lang) + (f": {told}" if codes else "")


def _changed(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    """A change with its names in the reader's language, times to the minute, and parts as text."""
    first, _, rest = row["field"].partition(".")
    moment = first.endswith("_at")
    shown = {
        side: local(row[side]) if moment and row[side] else _text(frame, row[side])
        for side in ("before", "after")
    }
    since = local(row["since"]) if row["since"] else None
    field = " ".join(one for one in (column(first, frame.lang), rest) if one)
    return {**row, **shown, "since": since, "field": field, "change": label(row["change"], frame.lang)}


def _text(frame: Frame, value: Any) -> str:
    if value is None or value is True:
        return "" if value is None else frame.say("有", "there")
    if isinstance(value, dict):
        return "; ".join(
            f"{column(key, frame.lang)} {_text(frame, one)}" for key, one in value.items() if one
        )
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(frame, one) for one in value)
    return label(str(value), frame.lang)
