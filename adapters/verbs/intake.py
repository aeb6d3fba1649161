"""Verbs for intake: anybody says what they saw, somebody competent says what it is, and the proposer is told."""

from __future__ import annotations

from typing import Any

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risk_questions import given
from domain.intake import AcknowledgeTriage, LinkProposal, ProposeFinding, TriageProposal
from domain.labels import Lang, label


def intake(lang: Lang) -> click.Group:
    noun = Noun("intake", lang=lang, help="线索受理" if lang == "zh" else "what anybody saw, and what it is")
    add_command(
        noun, "propose", ProposeFinding, "提出线索（无需角色）", "say what you saw; no role is needed"
    )
    add_command(
        noun, "triage", TriageProposal, "甄别：风险、隐患或不予受理", "risk, hazard, or not accepted, and why"
    )
    add_command(
        noun, "link", LinkProposal, "关联已登记的风险或隐患", "say as what an accepted one was registered"
    )
    add_command(noun, "acknowledge", AcknowledgeTriage, "提出人确认已获告知", "the proposer has been told")

    @noun.verb(
        "list",
        "线索及处理结果",
        "the proposals and what became of each",
        [
            click.Option(["--body"]),
            click.Option(["--proposer"], metavar="PERSON", help="only those of this person"),
            click.Option(["--verdict"], help="risk, hazard or not_accepted"),
            click.Option(["--open", "open_only"], is_flag=True, default=None, help="only those that wait"),
            click.Option(["--untold"], is_flag=True, default=None, help="whose proposer was not told yet"),
            click.Option(["--known-at"], metavar="TIME|POSITION", help="as known then"),
        ],
    )
    def list_proposals(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "intake-list", given(asked))
        if not frame.json:
            named = ("suggested", "verdict", "ground", "step")
            rows = [{**row, **{one: label(row[one] or "", frame.lang) for one in named}} for row in rows]
        columns = (
            "body",
            "code",
            "title",
            "unit",
            "proposer",
            "proposed_at",
            "suggested",
            "verdict",
            "ground",
        )
        show_rows(frame, rows, (*columns, "breached", "reason", "registered", "step", "told"))

    history_verb(noun, "proposal")
    return noun
