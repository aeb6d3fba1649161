"""What a person is told of a change beside its table: how many risks, by when, under which rule, and what is idle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from adapters.change_words import Names, thing_words
from adapters.tell import cited
from adapters.verbs.frame import Frame, local
from adapters.verbs.machine import answer_question
from domain.change_measures import measures_code
from domain.change_state import OPEN, PROPOSED
from domain.labels import Lang, label
from domain.refused import FaultError
from domain.rulebook import Citation

PACK = "house-changes-2026"
"""The pack that gives days for the assessment of what a change touches."""
Pairs = Iterable[tuple[str, str]]


def tell_reached(frame: Frame, body: str, change: str) -> None:
    """What the report of a change brought; one that touches no risk stays open until somebody does something about it.

    The report stands already: where the views cannot answer now, that has been said and is no failure of the report.
    """
    try:
        [row] = answer_question(frame, "change-list", {"body": body, "code": change})
        risks = answer_question(frame, "change-risks", {"body": body, "change": change})
    except FaultError:
        return
    if row["resolved_at"] is None:
        return
    without = idle(pairs_of(row), risks, frame.lang) if risks else ()
    for line in (_counted(row, frame.lang), *terms(row, frame.lang), *without):
        click.echo(line, err=True)


def _counted(row: Mapping[str, Any], lang: Lang) -> str:
    show = f"change show {row['code']}"
    if not row["touched"]:
        return (
            "没有风险与其相连：请登记或关联风险，或说明理由后关闭该变更"
            if lang == "zh"
            else "no risk in use hangs on it: register or tag what does, or close the change with a reason"
        )
    proposed = row["steps"].get(PROPOSED, 0)
    if proposed:
        return (
            f"建议重新评估 {proposed} 项风险，由人员纳入（change take）或排除（change exclude）后才有期限（{show}）"
            if lang == "zh"
            else f"risks proposed: {proposed}; nothing is owed until a person takes them in (change take) or leaves "
            f"them out (change exclude); {show}"
        )
    return (
        f"触及 {row['touched']} 项风险，待评估 {row['waiting']} 项（{show}）"
        if lang == "zh"
        else f"risks touched: {row['touched']}, still to be assessed: {row['waiting']} ({show})"
    )


def terms(row: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """By when what was asked for last is owed, and under which rule; says so where the body adopted none."""
    if not row["steps"].get(OPEN):
        return
    zh, due = lang == "zh", row["due"]
    if row["citation"] is None:
        yield (
            f"期限 {due}：本单位没有采用规定天数的规则，按“及时”读作即时（可采用规则包 {PACK}）"
            if zh
            else f"due {due}: the body adopted no rule that gives days, so 'in time' is read as at once (the pack "
            f"{PACK} gives days)"
        )
        return
    under = cited(Citation(**row["citation"]), lang)
    yield f"期限 {due}，依据：{under}" if zh else f"due {due}, under {under}"


def endings(frame: Frame, row: Mapping[str, Any]) -> Iterator[str]:
    """When it was over and when it was closed, by whom and why; one that closed itself names nobody."""
    if row["ended_at"] is not None:
        at, why = local(row["ended_at"]), row["end_reason"]
        yield frame.say(f"结束于 {at}：{why}", f"over since {at}: {why}")
    if row["closed_at"] is None:
        return
    at, by, why = local(row["closed_at"]), row["closed_by"], row["close_reason"]
    if by:
        name = frame.app.directory.names().get(by)
        by = by if name is None else f"{name} ({by})"
        yield frame.say(f"{by} 于 {at} 关闭：{why}", f"closed by {by}, {at}: {why}")
    else:
        yield frame.say(f"已无待办，于 {at} 自行关闭", f"closed itself, {at}: nothing of it was left to do")


def measures(frame: Frame, row: Mapping[str, Any]) -> Iterator[str]:
    """Whose the new measures are that its close asked for, by when, and whether somebody answered."""
    if row["closed_at"] is None:
        return
    asked = {"body": row["body"], "code": measures_code(row["code"])}
    for duty in answer_question(frame, "duty-list", asked):
        who, step = label(duty["owed_by"], frame.lang), label(duty["step"], frame.lang)
        yield frame.say(
            f"新的管控措施：{who}，期限 {duty['due']}，{step}（duty show {duty['code']}）",
            f"new measures: {who}, due {duty['due']}, {step} (duty show {duty['code']})",
        )


def pairs_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, code) of each part of a change's scope, as the list of changes has it."""
    parts = [str(one).partition(": ") for one in row["scope"]]
    return [(kind, code) for kind, _, code in parts]


def idle(
    pairs: Pairs, risks: Iterable[Mapping[str, Any]], lang: Lang, names: Names | None = None
) -> Iterator[str]:
    """The parts of a scope on which no risk hangs, each in a sentence.

    Accident types stand under the names of several editions: where one of them is reached, none is told.
    """
    begun = {path.split(" > ")[0] for one in risks for path in one["paths"]}
    kinds = {one.partition(":")[0] for one in begun}
    for kind, code in pairs:
        if kind == "accident_type" and kind in kinds:
            continue
        if (f"{kind}:{code}" if code else kind) not in begun:
            said = thing_words(kind, code, lang, names)
            yield f"没有风险与 {said} 相连" if lang == "zh" else f"no risk in use hangs on {said}"
