"""Verbs for hazards: the second line of defence."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.hazard_questions import add_questions
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.replaying import replay_verb
from adapters.verbs.risks import AS_OF, given
from domain.hazards import HAZARD
from domain.index import COMMANDS
from domain.labels import Lang

COMMAND_VERBS = (
    ("find", "FindHazard", "上报发现的隐患（无需角色）", "say that something is wrong (no role needed)"),
    ("register", "RegisterHazard", "登记隐患", "register a hazard"),
    ("evaluate", "EvaluateHazard", "评估隐患", "grade a hazard"),
    ("regrade", "RegradeHazard", "调整隐患等级", "grade a hazard anew, with the reason"),
    ("judge", "JudgeHazard", "按判定标准判定", "judge it under the criteria of major hazards"),
    ("file", "FileMajorHazard", "重大事故隐患报备", "file a major hazard with the authority"),
    ("answer-filing", "AnswerFiling", "备案受理或退回", "the authority accepted or returned the filing"),
    ("interim", "SetInterimMeasure", "整改前的临时措施", "set an interim measure"),
    ("plan", "PlanRectification", "制定治理方案", "plan the rectification"),
    ("ask-extension", "AskExtension", "申请延期", "ask for a later deadline"),
    ("decide-extension", "DecideExtension", "批准或不批准延期", "approve or refuse an extension"),
    ("progress", "RecordProgress", "治理进展", "say how far the rectification has come"),
    ("report", "ReportHazard", "报告治理情况", "report how it is handled"),
    ("cause", "AnalyseCause", "原因分析与体系缺陷", "why it came about, and the gap in the system"),
    ("complete", "CompleteRectification", "治理完成", "report the rectification as done"),
    ("verify", "VerifyRectification", "验收", "accept or reject what was rectified"),
    ("close", "CloseHazard", "销号", "close a verified hazard"),
    ("reopen", "ReopenHazard", "重新打开", "open a closed or dismissed hazard again"),
    ("fix", "FixOnSpot", "即查即改", "fix it on the spot"),
    ("confirm-fix", "ConfirmFix", "确认即查即改", "confirm or reject what was fixed on the spot"),
    ("propose-dismissal", "ProposeNotHazard", "提出不属于隐患", "propose that it is no hazard"),
    ("decide-dismissal", "DecideNotHazard", "确认是否属于隐患", "confirm or refuse that proposal"),
    ("link", "LinkDuplicate", "关联为重复项", "link it as a duplicate of another"),
    ("unlink", "UnlinkDuplicate", "解除重复关联", "undo such a link"),
)
"""Verb, command, and what it does in Chinese and in English."""


def hazards(lang: Lang) -> click.Group:
    noun = Noun("hazard", lang=lang, help="事故隐患" if lang == "zh" else "hazards")
    for name, command, zh, en in COMMAND_VERBS:
        add_command(noun, name, COMMANDS[command], zh, en)

    @noun.verb(
        "list",
        "隐患台账",
        "the hazard ledger, now or as of a moment",
        [click.Option(["--body"]), click.Option(["--open-only"], is_flag=True, default=None), *AS_OF],
    )
    def list_hazards(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "hazard-ledger", given(asked))
        columns = ("body", "code", "title", "unit", "grade", "step", "path", "due", "responsible")
        show_rows(frame, rows, (*columns, "overdue", "days_late", "days_late_recorded"))

    history_verb(noun, "hazard")
    replay_verb(noun, HAZARD)
    add_questions(noun)
    return noun
