"""Verbs for the controls of risks: proposed, reviewed by somebody else, adopted, assigned tier by tier."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, local, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risk_questions import AS_OF, given
from domain.control_assignment import AssignControl, EndControlAssignment
from domain.control_policy import AdoptColourPolicy
from domain.control_review import AdoptControl, AdoptReviewedControl, ReviewControl
from domain.labels import Lang, label
from domain.risk_controls import ChangeControl, OrderControls, ProposeControl, WithdrawControl


def controls(lang: Lang) -> click.Group:
    noun = Noun("control", lang=lang, help="管控措施" if lang == "zh" else "controls of risks")
    add_command(noun, "propose", ProposeControl, "提出管控措施", "propose a control")
    add_command(
        noun, "review", ReviewControl, "论证合规性、可行性、有效性", "answer the three questions on it"
    )
    add_command(noun, "adopt", AdoptControl, "采取已论证的措施", "put a reviewed control into force")
    add_command(
        noun,
        "enter",
        AdoptReviewedControl,
        "录入已论证的措施",
        "enter what was proposed and reviewed, adopted",
    )
    add_command(noun, "change", ChangeControl, "提出新版本", "propose another version of a control")
    add_command(noun, "order", OrderControls, "排定落实顺序", "say in which order controls are put in place")
    add_command(noun, "withdraw", WithdrawControl, "撤回措施", "withdraw a control")
    add_command(noun, "assign", AssignControl, "按层级落实责任", "say who answers for a control at a tier")
    add_command(noun, "assign-end", EndControlAssignment, "终止责任", "end an assignment")

    add_command(
        noun, "colours-adopt", AdoptColourPolicy, "采用四色差异化管控要求", "adopt what each colour demands"
    )

    @noun.verb(
        "colours",
        "各颜色的管控要求",
        "what each colour demands of the control of a risk",
        [click.Option(["--body"]), *AS_OF],
    )
    def colours(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "colour-policy", given(asked))
        if not frame.json:
            rows = [{**row, **_labelled(row, frame.lang)} for row in rows]
        columns = ("body", "level", "colour", "characteristics", "measures", "tiers", "check", "adopt_by")
        show_rows(frame, rows, (*columns, "since", "position"))

    @noun.verb(
        "list",
        "管控措施及负责人",
        "controls with their versions, steps and who answers for them",
        [
            click.Option(["--body"]),
            click.Option(["--risk"]),
            click.Option(["--withdrawn"], is_flag=True, default=None, help="withdrawn ones too"),
            *AS_OF,
        ],
    )
    def list_controls(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "control-list", given(asked))
        if not frame.json:
            rows = [{**row, "measure": row["measure"] or row["proposed"]} for row in rows]
            rows = [{**row, "layer": row["layer"] or row["proposed_layer"]} for row in rows]
            rows = [{**row, "tier": [one["tier"] for one in row["assignments"]]} for row in rows]
            rows = [{**row, "aspect": label(row["aspect"] or "", frame.lang)} for row in rows]
            rows = [{**row, "step_since": local(row["step_since"])} for row in rows]
        columns = (
            "body",
            "risk",
            "control",
            "order",
            "version",
            "step",
            "measure",
            "layer",
            "aspect",
            "five_kinds",
            "tier",
        )
        show_rows(frame, rows, (*columns, "step_since", "position"))

    return noun


def _labelled(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Period, roles and day as a person reads them."""
    by = [label(role, lang) for role in row["adopt_by"]]
    return {"check": label(row["check"], lang), "adopt_by": by, "since": local(row["since"])[:10]}
