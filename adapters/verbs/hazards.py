"""Verbs for hazards: the second line of defence."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.hazard_extension import AskExtension, DecideExtension
from domain.index import COMMANDS
from domain.labels import Lang


def hazards(lang: Lang) -> click.Group:
    noun = Noun("hazard", lang=lang, help="事故隐患" if lang == "zh" else "hazards")
    add_command(noun, "register", COMMANDS["RegisterHazard"], "登记隐患", "register a hazard")
    add_command(noun, "evaluate", COMMANDS["EvaluateHazard"], "评估隐患", "grade a hazard")
    add_command(noun, "plan", COMMANDS["PlanRectification"], "制定治理方案", "plan the rectification")
    add_command(noun, "ask-extension", AskExtension, "申请延期", "ask for a later deadline")
    add_command(
        noun, "decide-extension", DecideExtension, "批准或不批准延期", "approve or refuse an extension"
    )
    add_command(
        noun, "complete", COMMANDS["CompleteRectification"], "治理完成", "report the rectification as done"
    )
    add_command(
        noun, "verify", COMMANDS["VerifyRectification"], "验收", "accept or reject what was rectified"
    )
    add_command(noun, "close", COMMANDS["CloseHazard"], "销号", "close a verified hazard")
    add_command(noun, "reopen", COMMANDS["ReopenHazard"], "重新打开", "open a closed hazard again")

    @noun.verb(
        "list",
        "隐患台账",
        "the hazard ledger, now or as of a moment",
        [click.Option(["--body"]), click.Option(["--open-only"], is_flag=True, default=None), *AS_OF],
    )
    def list_hazards(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "hazard-ledger", given(asked))
        columns = ("body", "code", "title", "unit", "grade", "step", "due", "responsible")
        show_rows(frame, rows, (*columns, "overdue", "days_late", "days_late_recorded"))

    history_verb(noun, "hazard")
    return noun
