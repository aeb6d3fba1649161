"""Verbs that ask about hazards: what is open, what repeats, who was in time, what looks like paper, what may start."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from adapters.evidence.place import store_of
from adapters.projector.hazard_asking import OfSigns, signs
from adapters.rule_titles import item_mark, rule_title
from adapters.rules import load_rulebook
from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import AS_OF, given
from domain.hazard_verdicts import items_of
from domain.labels import Lang, label
from domain.paper_signals import DismissSignal
from domain.refused import BadField, FaultError
from projections.verdict_sweep import unmapped_items

_BODY = click.Option(["--body"])
_ON = click.Option(["--on"], metavar="DAY")


def add_questions(noun: Noun) -> None:
    """Add the questions to ``hazard``."""
    _listed(
        noun,
        ("open", "hazard-open", "未销号隐患：环节、责任人、逾期", "open ones by step, person and lateness"),
        [_BODY, _ON, click.Option(["--step"]), click.Option(["--person"]), _flag("--late")],
        ("body", "code", "title", "grade", "step", "waits_for", "person", "due", "days_over", "days_at_step"),
    )
    _listed(
        noun,
        (
            "links",
            "hazard-links",
            "风险、措施、检查、原因的关联",
            "the risk, control, round and cause behind them",
        ),
        [_BODY, click.Option(["--code"]), *AS_OF],
        ("body", "code", "title", "risk", "control", "inspection", "item", "step", "duplicates"),
    )
    _listed(
        noun,
        ("by-risk", "risk-hazards", "每项风险及措施的隐患", "the hazards of each risk and control"),
        [_BODY, click.Option(["--risk"]), *AS_OF],
        ("body", "risk", "control", "count", "open", "open_major", "hazards"),
    )
    per = click.Option(["--per"], type=click.Choice(["person", "unit", "month", "body"]), default="person")
    _listed(
        noun,
        ("rates", "rectification-rates", "按期整改率", "in time and late, per person, unit or month"),
        [_BODY, per, *AS_OF],
        (
            *("body", "person", "unit", "month", "in_time", "late", "overdue", "not_due", "rate"),
            *("recorded_late", "rate_recorded", "most_days_late", "fixed_on_spot"),
        ),
    )
    _listed(
        noun,
        ("repeats", "hazard-repeats", "反复发生的隐患", "what fails again and again"),
        [_BODY, click.Option(["--least"], type=int), *AS_OF],
        ("body", "same", "what", "unit", "times", "open", "hazards", "first_at", "last_at"),
    )
    _listed(
        noun,
        (
            "sweep",
            "verdict-sweep",
            "判定标准变更后须重新判定的隐患",
            "open verdicts that a change of law touches",
        ),
        [_BODY, _ON],
        ("body", "code", "edition", "item", "verdict", "edition_now", "item_now", "proposal", "asks"),
        _swept,
    )
    add_command(noun, "dismiss-signal", DismissSignal, "排除纸面闭环迹象", "dismiss a sign, with the reason")
    _add_signals(noun)
    _add_permit(noun)
    _add_unmapped(noun)


def _flag(name: str) -> click.Option:
    return click.Option([name], is_flag=True, default=None)


def _listed(
    noun: Noun,
    about: tuple[str, str, str, str],
    params: list[click.Parameter],
    columns: tuple[str, ...],
    told: Callable[[dict[str, Any], Lang], dict[str, Any]] = lambda row, lang: row,
) -> None:
    """Add a question whose rows people read as ``told`` words them."""
    name, question, zh, en = about

    @noun.verb(name, zh, en, params)
    def ask(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, question, given(asked))
        held = [one for one in columns if not rows or any(one in row for row in rows)]
        show_rows(frame, rows if frame.json else [told(row, frame.lang) for row in rows], held)


def _swept(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """A proposal in words: what would have to be answered, each condition by its code and its text."""
    editions = load_rulebook().wordings.get(row["pack"], ())
    items = [item for one in editions if one.version == row["edition_now"] for item in items_of(one)]
    found = next((item for item in items if item["code"] == row["item_now"]), {})
    parts = (*found.get("conditions", ()), *found.get("exceptions", ()))
    texts = {str(one["id"]): str(one[lang]) for one in parts}
    opened, shut = ("（", "）") if lang == "zh" else (" (", ")")
    asks = [f"{one}{opened}{texts[one]}{shut}" if one in texts else one for one in row["asks"]]
    return {**row, "asks": asks}


def _add_signals(noun: Noun) -> None:
    @noun.verb(
        "signals",
        "纸面闭环迹象：照片、时间、集中",
        "signs of closure on paper only: the photo, the minutes, the burst",
        [
            _BODY,
            click.Option(["--minutes"], type=int),
            click.Option(["--burst"], type=int),
            click.Option(["--window"], type=int),
            _flag("--dismissed"),
            click.Option(["--store"], metavar="FOLDER", help="证据库 / evidence store"),
            *AS_OF,
        ],
    )
    def signals(frame: Frame, store: str | None, **asked: Any) -> None:
        told = given(asked)
        rows = answer_question(frame, "paper-signals", told)
        groups = _equal(frame, store)
        if groups:
            rows = signs(frame.app.projector, OfSigns.model_validate(told), groups)
        show_rows(
            frame, rows, ("body", "signal", "sign", "hazards", "persons", "positions", "dismissed", "why")
        )


def _equal(frame: Frame, folder: str | None) -> list[list[str]]:
    """Salted hashes of one and the same file, where an evidence store can be reached."""
    try:
        groups = store_of(frame.app.url, folder, os.environ).equals()
    except (BadField, FaultError, OSError):
        if folder is not None:
            raise
        return []
    return [[one.salted for one in group] for group in groups]


def _add_permit(noun: Noun) -> None:
    @noun.verb(
        "permit",
        "该单元可否开始危险作业",
        "may this unit start risky work: no open major hazard, no stop, no hold",
        [click.Argument(["unit"], required=False), _BODY],
    )
    def may(frame: Frame, unit: str | None, body: str | None) -> int:
        rows = answer_question(frame, "permit", given({"unit": unit, "body": body}))
        if not frame.json:
            rows = [{**row, "because": [_reason(one, frame.lang) for one in row["because"]]} for row in rows]
        show_rows(frame, rows, ("body", "unit", "may", "because"))
        return 0 if all(row["may"] for row in rows) else 1


def _reason(one: Mapping[str, Any], lang: Lang) -> str:
    at = "记录" if lang == "zh" else "record"
    return f"{label(str(one['kind']), lang)} {one['what']} ({one['unit']}; {at} {one['position']})"


def _unmapped(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """A row in words: the criteria by their title, which of the two editions has the item, how far it was checked."""
    which, mark = label(f"criteria_{row['which']}", lang), item_mark(row["verified"], lang)
    return {**row, "which": which, "pack": rule_title(row["pack"], lang), "verified": mark}


def _add_unmapped(noun: Noun) -> None:
    @noun.verb(
        "unmapped",
        "判定标准两版之间没有对应的条目",
        "items of the criteria that no item of the next edition takes up, and new ones that take up none",
    )
    def unmapped(frame: Frame) -> None:
        name = "zh" if frame.lang == "zh" else "en"
        rows = [{**row, "title": row[name]} for row in unmapped_items(load_rulebook())]
        if not frame.json:
            rows = [_unmapped(row, frame.lang) for row in rows]
        show_rows(frame, rows, ("pack", "edition", "item", "which", "title", "verified"))
