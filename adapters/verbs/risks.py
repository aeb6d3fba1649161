"""Verbs for risks: the first line of defence."""

from __future__ import annotations

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.control_questions import add_control_questions
from adapters.verbs.frame import Noun
from adapters.verbs.history import history_verb
from adapters.verbs.risk_questions import AS_OF, add_questions, given
from adapters.verbs.what_if import add_what_if
from domain.labels import Lang
from domain.out_of_control import DeclareUncontrollable
from domain.risk_approval import ChooseMethod, DecideLowering
from domain.risk_assessment import AssessRisk, ReassessRisk
from domain.risk_focus import EndFocus, SetFocus
from domain.risk_identity import CorrectIdentification, IdentifyRisk
from domain.risk_tags import TagRisk, UntagRisk
from domain.risks import RetireRisk

__all__ = ["AS_OF", "given", "risks"]


def risks(lang: Lang) -> click.Group:
    noun = Noun("risk", lang=lang, help="安全风险" if lang == "zh" else "risks")
    add_command(noun, "identify", IdentifyRisk, "辨识风险", "record an identified risk")
    add_command(noun, "assess", AssessRisk, "首次评估", "assess a risk for the first time")
    add_command(noun, "reassess", ReassessRisk, "重新评估", "assess a risk again")
    add_command(
        noun, "decide-lowering", DecideLowering, "批准或驳回等级下调", "approve or reject a lower level"
    )
    add_command(
        noun, "choose-method", ChooseMethod, "选定以哪种方法为准", "decide which method counts for a risk"
    )
    add_command(noun, "correct", CorrectIdentification, "更正辨识", "correct the identification of a risk")
    add_command(noun, "tag", TagRisk, "关联设备、天气等", "say what a risk hangs on: equipment, weather, …")
    add_command(noun, "untag", UntagRisk, "取消关联", "say what a risk no longer hangs on")
    add_command(noun, "focus", SetFocus, "列入重点管控", "put a risk under focus control")
    add_command(noun, "unfocus", EndFocus, "解除重点管控", "end focus control")
    add_command(
        noun,
        "uncontrollable",
        DeclareUncontrollable,
        "风险无法管控，立即停产撤人",
        "a risk cannot be controlled: its unit stops at once",
    )
    add_command(noun, "retire", RetireRisk, "停用风险", "retire a risk")

    add_questions(noun)
    add_control_questions(noun)
    add_what_if(noun)
    history_verb(noun, "risk")
    return noun
