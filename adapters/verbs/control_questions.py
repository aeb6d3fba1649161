"""Verbs that ask about controls: the responsibility matrix, its gaps in sentences, and the three tables of Annex 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risk_questions import AS_OF, given
from domain.control_state import TIERS
from domain.labels import Lang, Term, Thing, label, shown
from projections.control_gaps import gaps_by_risk

GAPS: dict[str, tuple[str, str]] = {
    "out_of_control": ("{risk}已宣布无法管控：{found}", "{risk} was declared uncontrollable: {found}"),
    "no_control": ("{risk}没有任何管控措施", "{risk} has no control at all"),
    "only_lower_layers": (
        "{risk}只采取了较低层次的措施（{found}），更优先的层次没有措施：{missing}（第二十三条）",
        "{risk} is controlled in lower layers only ({found}); nothing in: {missing} (YT Art. 23)",
    ),
    "control_aspects_missing": (
        "{risk}的措施未覆盖：{missing}（已有：{found}）",
        "the controls of {risk} do not cover: {missing} (there are: {found})",
    ),
    "one_tier": (
        "{risk}等级为“{level}”，应由两级以上联合管控，现有：{found}",
        "{risk} is {level} and needs at least two tiers together; there are: {found}",
    ),
    "lower_tiers_missing": (
        "{risk}由“{found}”负责，其下各级必须同时负责，尚缺：{missing}（第二十三条）",
        (
            "{risk} is controlled by {found}; every tier below must control it too, and these do not: {missing} "
            "(YT Art. 23)"
        ),
    ),
    "colour_tiers": (
        "{risk}（{level}）按本单位四色要求还应由 {missing} 负责，现有：{found}",
        "the body's policy for {level} wants {missing} to control {risk} too; there are: {found}",
    ),
    "colour_check": (
        "{risk}（{level}）按本单位四色要求应{missing}检查，现有：{found}",
        "the body's policy for {level} wants {risk} checked {missing}; it is checked: {found}",
    ),
    "not_assigned": ("{control}没有任何人负责", "nobody answers for {control}"),
    "no_department": ("{control}没有责任部门", "no department answers for {control}"),
    "no_person": ("{control}没有责任人", "no person answers for {control}"),
    "post_vacant": (
        "{control}由岗位 {found} 负责，该岗位当日无人",
        "{control} is answered for by the post {found}, held by nobody",
    ),
    "department_closed": (
        "{control}的责任部门 {found} 已撤销",
        "the department {found} that answers for {control} no longer stands",
    ),
    "not_checked": ("{control}没有规定如何检查", "nothing says how {control} is checked"),
    "builds_on_nothing": (
        "{control}没有写明依据的规程、标准或现有措施",
        "{control} names no procedure, standard or existing measure that it builds on",
    ),
    "waits_for_review": ("{control}尚待论证或采取：{found}", "{control} still waits: {found}"),
}
"""What each gap says, in Chinese and in English."""
_TERMS = frozenset(
    {
        *("only_lower_layers", "control_aspects_missing", "one_tier", "lower_tiers_missing"),
        *("colour_tiers", "colour_check", "waits_for_review"),
    }
)


def gap_sentence(row: Mapping[str, Any], lang: Lang) -> str:
    """One gap as a sentence."""
    named = row["gap"] in _TERMS
    none = "无" if lang == "zh" else "none"

    def told(values: Sequence[object]) -> str:
        return shown([Term(str(one)) if named else one for one in values], lang) if values else none

    control = Thing("control", f"{row['risk']} {row['control']}")
    return GAPS[row["gap"]][0 if lang == "zh" else 1].format(
        risk=shown(Thing("risk", str(row["risk"])), lang),
        control=shown(control, lang),
        level=shown(Term(str(row["level"])), lang),
        found=told(row["found"]),
        missing=told(row["missing"]),
    )


def add_control_questions(noun: Noun) -> None:
    """Add the verbs to the noun ``risk``."""
    which = [click.Option(["--body"]), click.Option(["--risk"]), *AS_OF]

    @noun.verb("matrix", "管控责任矩阵", "who answers for each control at which tier", which)
    def matrix(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "risk-matrix", given(asked))
        if not frame.json:
            rows = [{**row, **{tier: _who(frame, row[tier]) for tier in TIERS}} for row in rows]
        columns = ("body", "risk", "name", "level", "control", "measure", "layer", *TIERS, "gaps")
        show_rows(frame, rows, columns)

    @noun.verb(
        "gaps",
        "管控责任与措施的缺口，最重的在前",
        "what is missing in controls and responsibility, the gravest first: by risk; --all: each gap",
        [*which, click.Option(["--all", "each"], is_flag=True, help="each gap in a sentence")],
    )
    def gaps(frame: Frame, each: bool, **asked: Any) -> None:
        rows = answer_question(frame, "risk-gaps", given(asked))
        rows = [{**row, "sentence": gap_sentence(row, frame.lang)} for row in rows]
        if frame.json or each or asked["risk"]:
            show_rows(frame, rows, ("body", "risk", "level", "control", "sentence", "position"))
            return
        told = [_grouped(frame, one) for one in gaps_by_risk(rows)]
        show_rows(frame, told, ("body", "risk", "name", "level", "count", "gaps", "gravest"))
        click.echo(_sum(frame, rows, len(told)))

    @noun.verb(
        "table",
        "南京表A、表B、表C",
        "Table A (units), B (assessment) or C (graded control) of the Nanjing plan",
        [click.Argument(["table"], type=click.Choice(["a", "b", "c"])), click.Option(["--body"]), *AS_OF],
    )
    def table(frame: Frame, table: str, **asked: Any) -> None:
        rows = answer_question(frame, f"table-{table}", given(asked))
        if not frame.json and table != "a":
            rows = [{**row, "risk_level": label(row["risk_level"] or "", frame.lang)} for row in rows]
        if not frame.json and table == "c":
            names = frame.app.directory.names()
            rows = [{**row, "responsible_person": _named(names, row["responsible_person"])} for row in rows]
        show_rows(frame, rows, COLUMNS[table])


def _grouped(frame: Frame, one: Mapping[str, Any]) -> dict[str, Any]:
    """The gaps of one risk: kinds with their numbers, and the gravest one in full."""
    kinds = [
        label(kind, frame.lang) + (f" ×{number}" if number > 1 else "")
        for kind, number in one["gaps"].items()
    ]
    return {**one, "gaps": kinds, "gravest": one["first"]["sentence"]}


def _sum(frame: Frame, rows: Sequence[Mapping[str, Any]], risks: int) -> str:
    number: dict[str, int] = {}
    for row in rows:
        number[row["gap"]] = number.get(row["gap"], 0) + 1
    kinds = frame.say("；", "; ").join(f"{label(kind, frame.lang)} {found}" for kind, found in number.items())
    return frame.say(
        f"{risks} 项风险共 {len(rows)} 处缺口（{kinds}）。逐条列出：--all",
        f"{len(rows)} gaps at {risks} risks ({kinds}). Each one: --all",
    )


COLUMNS: dict[str, tuple[str, ...]] = {
    "a": ("seq", "main_unit", "sub_unit", "child_unit", "leaf_unit", "kind"),
    "b": (
        *("seq", "leaf_unit", "hazardous_factor", "accident_type", "cause", "consequence", "impact_range"),
        *("likelihood", "severity", "existing_measure_effectiveness", "risk_level"),
    ),
    "c": (
        *("seq", "leaf_unit", "hazardous_factor", "risk_level", "control_measures", "responsible_department"),
        *("responsible_person", "tier"),
    ),
}
"""The printed columns of each table, in their order; Table C has no tier column, though its text asks for tiers."""


def _who(frame: Frame, held: Sequence[Mapping[str, Any]]) -> str:
    """Who answers at one tier: department, post and persons by name."""
    names = frame.app.directory.names()
    told = []
    for one in held:
        parts = [one["department"], one["post"], _named(names, one["persons"])]
        told.append(" ".join(str(part) for part in parts if part))
    return "; ".join(told)


def _named(names: Mapping[str, str], persons: Sequence[str]) -> str:
    return ", ".join(f"{one} {names[one]}" if names.get(one) else one for one in persons)
