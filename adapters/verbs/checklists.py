"""Verbs for checklists: one list for risk control and hazard search, its versions, and whose rounds they are."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.checklists import (
    AmendChecklist,
    AssignRounds,
    DrawUpChecklist,
    EndRounds,
    RenewChecklist,
    WithdrawChecklist,
)
from domain.labels import Lang, label

WITHDRAWN = click.Option(["--withdrawn"], is_flag=True, default=None, help="withdrawn ones too")


def checklists(lang: Lang) -> click.Group:
    noun = Noun("checklist", lang=lang, help="检查清单" if lang == "zh" else "checklists")
    add_command(noun, "draw-up", DrawUpChecklist, "编制清单", "draw up a checklist for a unit")
    add_command(noun, "amend", AmendChecklist, "修订为下一版", "make the next version")
    add_command(
        noun, "renew", RenewChecklist, "按现行管控措施更新", "bring it up to date with the controls in force"
    )
    add_command(noun, "assign", AssignRounds, "安排周期检查", "somebody owes a round in every period")
    add_command(noun, "end-rounds", EndRounds, "终止周期检查", "no further round is owed")
    add_command(noun, "withdraw", WithdrawChecklist, "停用清单", "the list is no longer used")

    @noun.verb(
        "list", "检查清单", "the checklists and whose rounds they are", [click.Option(["--body"]), WITHDRAWN]
    )
    def list_checklists(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "checklist-list", given(asked))
        told = rows if frame.json else [{**row, "owed_by": _owed(row, frame.lang)} for row in rows]
        show_rows(
            frame, told, ("body", "code", "title", "unit", "version", "item_count", "owed_by", "drawn_at")
        )

    @noun.verb(
        "items",
        "清单的检查项",
        "the items of a checklist, now or in a version",
        [
            click.Option(["--body"]),
            click.Option(["--checklist"]),
            click.Option(["--version"], type=int),
            WITHDRAWN,
        ],
    )
    def items(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "checklist-items", given(asked))
        columns = ("checklist", "item", "what", "how", "tiers", "period", "unit", "risk", "control")
        show_rows(frame, rows, ("body", *columns, "version"))

    @noun.verb(
        "generate",
        "由单元及其下级的现行管控措施编制清单",
        "draw up a checklist from the controls in force at a unit and below it",
        [
            click.Option(["--body"], required=True),
            click.Option(["--checklist"], required=True),
            click.Option(["--title"], required=True),
            click.Option(["--unit"], required=True),
        ],
    )
    def generate(frame: Frame, body: str, checklist: str, title: str, unit: str) -> None:
        below = {row["code"] for row in answer_question(frame, "unit-tree", {"body": body, "under": unit})}
        listed = answer_question(frame, "risk-list", {"body": body})
        risks = [row["code"] for row in listed if row["unit"] in below]
        data = {"body": body, "checklist": checklist, "title": title, "unit": unit, "risks": risks}
        give_command(frame, "DrawUpChecklist", data)

    @noun.verb(
        "gaps",
        "清单与现行管控措施不一致之处",
        "where the checklists and the controls in force part from each other",
        [click.Option(["--body"]), *AS_OF],
    )
    def gaps(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "checklist-gaps", given(asked))
        show_rows(
            frame, rows, ("body", "gap", "unit", "risk", "level", "control", "measure", "checklist", "item")
        )

    history_verb(noun, "checklist")
    return noun


def _owed(row: dict[str, Any], lang: Lang) -> list[str]:
    """Who owes a round, of which tier and how often, in the reader's language."""
    return [
        f"{one['person']} ({label(one['tier'], lang)}, {label(one['period'], lang)})"
        if lang == "en"
        else f"{one['person']}（{label(one['tier'], lang)}，{label(one['period'], lang)}）"
        for one in row["rounds"]
        if one["until"] is None
    ]
