"""Verbs for checklists: one list for risk control and hazard search, its versions, and whose rounds they are."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.checklists import AmendChecklist, AssignRounds, DrawUpChecklist, EndRounds, WithdrawChecklist
from domain.labels import Lang

WITHDRAWN = click.Option(["--withdrawn"], is_flag=True, default=None, help="withdrawn ones too")


def checklists(lang: Lang) -> click.Group:
    noun = Noun("checklist", lang=lang, help="检查清单" if lang == "zh" else "checklists")
    add_command(noun, "draw-up", DrawUpChecklist, "编制清单", "draw up a checklist for a unit")
    add_command(noun, "amend", AmendChecklist, "修订为下一版", "make the next version")
    add_command(noun, "assign", AssignRounds, "安排周期检查", "somebody owes a round in every period")
    add_command(noun, "end-rounds", EndRounds, "终止周期检查", "no further round is owed")
    add_command(noun, "withdraw", WithdrawChecklist, "停用清单", "the list is no longer used")

    @noun.verb(
        "list", "检查清单", "the checklists and whose rounds they are", [click.Option(["--body"]), WITHDRAWN]
    )
    def list_checklists(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "checklist-list", given(asked))
        told = [{**row, "owed_by": _owed(row)} for row in rows]
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
        "gaps",
        "没有检查项的管控措施",
        "adopted controls that no checklist checks",
        [click.Option(["--body"]), *AS_OF],
    )
    def gaps(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "unlisted-controls", given(asked))
        show_rows(frame, rows, ("body", "unit", "risk", "level", "control", "measure"))

    history_verb(noun, "checklist")
    return noun


def _owed(row: dict[str, Any]) -> list[str]:
    return [f"{one['person']} {one['tier']} {one['period']}" for one in row["rounds"] if one["until"] is None]
