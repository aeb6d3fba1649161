"""Verbs for changes: reported, looked at before, shown with every risk that they touch, whose it is, and ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import click

from adapters.change_words import cause_words, path_words, thing_words
from adapters.halves import half
from adapters.verbs.cells import ACTORS, actor
from adapters.verbs.change_current import tell_current
from adapters.verbs.change_names import Named, names_of
from adapters.verbs.change_told import endings, idle, measures, pairs_of, tell_reached, terms
from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, local, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.risks import AS_OF, given
from domain.change_kinds import CLAUSES, ChangeKind
from domain.change_scope import ScopeEntry, ScopeKind, scope_of
from domain.change_state import PROPOSED
from domain.change_touched import ExcludeFromChange, TakeIntoChange
from domain.changes import CloseChange, EndChange, ReportChange
from domain.engine import Folded, Order, View
from domain.labels import ANY_BODY, Lang, Term, Thing, label
from domain.language import day_of
from domain.refused import AmbiguousCode, BadField, UnknownThing

SCOPE = click.Option(
    ["--scope"], multiple=True, required=True, metavar="KIND:CODE", help=" ".join(get_args(ScopeKind))
)
LISTED = (
    *("body", "code", "kind", "change_what", "starts", "ends", "change_step", "touched", "to_assess"),
    *("proposals", "brought_by"),
)
TOUCHED = ("risk", "risk_name", "touched_step", "paths", "owed_role", "persons", "due", "by", "ground_given")


def changes(lang: Lang) -> click.Group:
    noun = Noun(
        "change", lang=lang, help="变更与重新评估" if lang == "zh" else "changes and the risks they touch"
    )

    @noun.verb(
        "report",
        "报告变更及其范围",
        "report a change with its scope; its risks are then owed a new assessment",
        [
            click.Option(["--body"], required=True),
            click.Option(["--change"], required=True, metavar="C"),
            click.Option(["--kind"], required=True, type=click.Choice(get_args(ChangeKind))),
            click.Option(["--what"], required=True, metavar="W"),
            SCOPE,
            click.Option(["--starts"], metavar="DAY", help="default today"),
            click.Option(["--ends"], metavar="DAY", help="its last day, where it goes on for a while"),
            click.Option(["--cause"]),
            click.Option(["--remark"]),
        ],
    )
    def report(frame: Frame, scope: tuple[str, ...], **asked: Any) -> None:
        asked["starts"] = asked["starts"] or day_of(frame.app.now())
        give_command(frame, "ReportChange", {**given(asked), "scope": list(_entries(scope))})
        if not frame.json:
            tell_reached(frame, asked["body"], asked["change"])

    @noun.verb(
        "preview",
        "预览：这样的变更会影响哪些风险（不记录）",
        "which risks such a change would touch, and by which paths; records nothing",
        [click.Option(["--body"], required=True), SCOPE, *AS_OF],
    )
    def preview(frame: Frame, scope: tuple[str, ...], **asked: Any) -> None:
        need_journal(frame)
        body, entries = asked["body"], list(_entries(scope))
        if not frame.app.journal.read(f"body/{body}").version:
            raise UnknownThing(kind=Term("body"), code=body, body=body)
        pairs = _registered(frame, body, entries)
        rows = answer_question(frame, "change-preview", {**given(asked), "scope": pairs})
        names = {} if frame.json else names_of(frame, [body])
        show_rows(
            frame, [_spoken(frame, row, names) for row in rows], ("risk", "risk_name", "paths", "position")
        )
        if frame.json:
            return
        for line in idle([(kind, code) for kind, code in pairs], rows, frame.lang, names.get(body)):
            click.echo(line, err=True)

    @noun.verb(
        "list",
        "变更及其待评估风险数",
        "changes, with how many risks each touches and how many wait",
        [click.Option(["--body"]), click.Option(["--open", "open_only"], is_flag=True, default=None)],
    )
    def list_changes(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "change-list", given(asked))
        show_rows(frame, [_with_step(frame, row) for row in rows], LISTED)
        tell_current(frame, asked["body"])

    @noun.verb(
        "show",
        "一项变更：影响的风险、路径、由谁评估",
        "one change: the risks that it touches, by which paths, how far, and whose they are",
        [click.Argument(["code"]), click.Option(["--body"])],
    )
    def show(frame: Frame, code: str, body: str | None) -> None:
        rows = answer_question(frame, "change-list", given({"code": code, "body": body}))
        if not rows:
            raise UnknownThing(kind=Term("change"), code=code, body=body or ANY_BODY)
        if len(rows) > 1:
            raise AmbiguousCode(code=code, bodies=[row["body"] for row in rows])
        [row] = rows
        risks = answer_question(frame, "change-risks", {"body": row["body"], "change": code})
        if frame.json:
            show_rows(frame, [{**row, "risks": risks}], ())
            return
        names = names_of(frame, [row["body"]])
        frame.banner()
        for line in (*_lines(frame, row, names), *endings(frame, row), *measures(frame, row)):
            click.echo(line)
        show_rows(frame, [_touched(frame, one, names) for one in risks], TOUCHED)

    @noun.verb(
        "waiting",
        "尚待重新评估的风险及责任人",
        "the risks still to be assessed anew because of a change, and whose they are",
        [click.Option(["--body"])],
    )
    def waiting(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "change-risks", {**given(asked), "waiting_only": True})
        names = {} if frame.json else names_of(frame, {row["body"] for row in rows})
        show_rows(
            frame, [_touched(frame, one, names) for one in rows], ("body", "change_code", *TOUCHED[:-2])
        )

    add_command(noun, "take", TakeIntoChange, "纳入风险（或采纳建议）", "take proposed risks, or others, in")
    add_command(
        noun, "exclude", ExcludeFromChange, "排除一项风险并说明理由", "leave one risk out, and say why"
    )
    add_command(noun, "end", EndChange, "变更结束", "it is over; what was not assessed is still owed")
    add_command(noun, "close", CloseChange, "关闭变更并说明理由", "close it although something is left")
    history_verb(noun, "change")
    return noun


def _entries(scope: Iterable[str]) -> Iterable[dict[str, str]]:
    """``kind:code`` as the border reads it; refuses an unknown kind."""
    for text in scope:
        kind, colon, code = text.partition(":")
        if kind == "everything" and colon:
            raise BadField(
                field="--scope",
                problem_zh="everything 指全部风险，后面不带编码",
                problem_en="everything means all risks and takes no code",
            )
        if kind not in get_args(ScopeKind) or (not code and kind != "everything"):
            kinds = ", ".join(get_args(ScopeKind))
            raise BadField(
                field="--scope",
                problem_zh=f"“{text}”应写成 类别:编码（类别：{kinds}）",
                problem_en=f"'{text}' should be KIND:CODE (kinds: {kinds})",
            )
        yield {"kind": kind, "code": code} if colon else {"kind": kind}


def _registered(frame: Frame, body: str, entries: list[dict[str, str]]) -> list[list[str]]:
    """The scope as a report would record it, refused as a report would be refused."""
    app = frame.app
    command = ReportChange(body, "preview", "other", "preview", (), day_of(app.now()))
    order = Order(command, app.person(frame.person), "preview", b"")
    view = View(app.engine.memory, order, Folded(None, 0, "", ""), app.now(), fresh=True)
    given_ = tuple(
        ScopeEntry(entry["kind"], entry.get("code"))  # type: ignore[arg-type]  # a kind was checked by name
        for entry in entries
    )
    rows = scope_of(body, Thing("change", "preview"), given_, view, app.engine.rules)
    return [[row.kind, row.code] for row in rows]


def _with_step(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    step = {"change_step": f"change_{row['step']}", "change_what": row["what"]}
    cause = row["cause"] if frame.json else cause_words(row["cause"], frame.lang)
    proposals = row["steps"].get(PROPOSED, 0)
    return {
        **row,
        **step,
        "brought_by": cause,
        "to_assess": row["waiting"] - proposals,
        "proposals": proposals,
    }


def _spoken(frame: Frame, row: dict[str, Any], names: Named) -> dict[str, Any]:
    """The row for a person: its risk with its name, its paths and persons in words; for machines as it is."""
    if frame.json:
        return row
    people, here = frame.app.directory.names(), names.get(row["body"], {})
    said = {key: [_person(one, people) for one in row[key]] for key in ("persons",) if key in row}
    if row.get("by"):
        said["by"] = [_person(row["by"], people)]
    return {
        **row,
        **said,
        "risk_name": here.get(("risk", row["risk"])),
        "paths": [path_words(one, frame.lang, here) for one in row["paths"]],
    }


def _person(reference: str, people: Mapping[str, str]) -> str:
    name = people.get(reference)
    return reference if name is None else f"{name} ({reference})"


def _touched(frame: Frame, row: dict[str, Any], names: Named) -> dict[str, Any]:
    if row["step"] == PROPOSED and not frame.json:
        row = {
            **row,
            "owed_by": None,
            "persons": [],
            "due": None,
        }  # nothing is owed before a person takes it in
    return {
        **_spoken(frame, row, names),
        "change_code": row["change"],
        "touched_step": f"touched_{row['step']}",
        "owed_role": row["owed_by"],
        "ground_given": row["reason"],
    }


def _lines(frame: Frame, row: dict[str, Any], names: Named) -> Iterable[str]:
    kind = label(row["kind"], frame.lang)
    clauses = frame.say("、", ", ").join(CLAUSES[row["kind"]])
    step = label(f"change_{row['step']}", frame.lang)
    yield f"{row['body']} {row['code']}: {kind} ({clauses}), {step}"
    yield half(row["what"], frame.lang)
    here = names.get(row["body"], {})
    scope = frame.say("、", ", ").join(
        thing_words(kind, code, frame.lang, here) for kind, code in pairs_of(row)
    )
    ends = row["ends"] or "—"
    by = row["reported_by"]
    reporter = actor(by, frame.lang) if by in ACTORS else _person(by, frame.app.directory.names())
    at = local(row["reported_at"])
    yield frame.say(
        f"范围：{scope}；自 {row['starts']} 至 {ends}；报告人 {reporter}，{at}",
        f"scope: {scope}; from {row['starts']} until {ends}; reported by {reporter}, {at}",
    )
    if row["cause"]:
        cause = cause_words(row["cause"], frame.lang)
        yield frame.say(f"来源：{cause}", f"cause: {cause}")
    if row["resolved_at"] is not None:
        proposals = row["steps"].get(PROPOSED, 0)
        left = row["waiting"] - proposals
        yield frame.say(
            f"按截至位置 {row['resolved_at']} 的记录查明；触及 {row['touched']} 项，待评估 {left} 项"
            + (f"，建议待确认 {proposals} 项" if proposals else ""),
            f"resolved by the records up to {row['resolved_at']}: risks touched: {row['touched']}, still to be "
            f"assessed: {left}" + (f", proposed: {proposals}" if proposals else ""),
        )
        yield from terms(row, frame.lang)
    else:
        yield frame.say("尚未查明受影响的风险", "not resolved yet")
