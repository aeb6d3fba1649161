"""Verbs about levels: ``risk what-if``, other thresholds or methods over the stored inputs; and what is still open."""

from __future__ import annotations

from typing import Any

import click

from adapters.method_files import read_method_file
from adapters.verbs.commanding import pairs
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.risk_questions import AS_OF, given

COLUMNS = (
    *("code", "name", "level_now", "score_now", "method_now", "version_now"),
    *("level_then", "score_then", "method", "version", "change", "lacking"),
)


def add_what_if(noun: Noun) -> None:
    """Add the verbs to the noun ``risk``."""

    @noun.verb(
        "assessment-gaps",
        "未评估、待批准、按旧版本评估、依据不足的风险",
        "risks not assessed, waiting for approval, rated by an older version, or resting on too little",
        [click.Option(["--body"]), *AS_OF],
    )
    def ask_gaps(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "assessment-gaps", given(asked))
        show_rows(
            frame,
            rows,
            ("body", "code", "name", "gaps", "level", "pending_level", "method", "version", "bound_version"),
        )

    @noun.verb(
        "what-if",
        "以另一方法或分级界限推演现有风险的等级（不记录）",
        "what another method or other thresholds would say of the risks there are; nothing is recorded",
        [
            click.Option(["--body"]),
            click.Option(
                ["--method"],
                help="评价方法，如 lec、ls / its code, such as lec or ls; rules methods lists them",
            ),
            click.Option(["--version"], help="default: the one adopted now"),
            click.Option(["--levels"], multiple=True, metavar="KEY=VALUE", help="the method's own levels"),
            click.Option(["--table"], metavar="TOML", help="a table in the form of a rule file"),
            click.Option(["--changed"], is_flag=True, default=None, help="only where the level changes"),
            click.Option(["--lines"], is_flag=True, help="lines for `do --batch` that would make it so"),
            *AS_OF,
        ],
    )
    def ask_what_if(
        frame: Frame, table: str | None, levels: tuple[str, ...], lines: bool, **asked: Any
    ) -> None:
        parameters = given(asked)
        if table is not None:
            parameters["table"] = read_method_file(table, "table", parameters.pop("version", None))
        if levels:
            parameters["levels"] = pairs("levels", levels)
        rows = answer_question(frame, "risk-what-if", parameters)
        if not lines:
            show_rows(frame, rows, COLUMNS)
            return
        told: dict[str, Any] = {line["id"]: line for row in rows for line in row["adopt"]}
        for line in told.values():
            write_json(line)
