"""``clock simulate``: what will be owed until a day, by whom; and what another wording of a rule would change."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import click

from adapters.coming import OVERLOAD, Row, by_month, coming, crowded, differing
from adapters.problems import problem_of
from adapters.rule_titles import rule_title
from adapters.verbs.duties import own
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from domain.change_touched import RULE as REASSESSMENT
from domain.labels import label
from domain.language import Day, day_of, is_day
from domain.refused import BadField
from domain.rulebook import Rulebook

FILE = click.Path(dir_okay=False, path_type=Path)
OPTIONS = [
    click.Option(["--until"], required=True, metavar="DATE", help="up to this day"),
    click.Option(["--csv"], metavar="FILE", type=FILE, help="write one line for each person and duty"),
    click.Option(["--ics"], metavar="FILE", type=FILE, help="write a calendar (RFC 5545) with alarms"),
    click.Option(["--rules"], metavar="FILE", type=FILE, help="a rule file: which due days it would change"),
    click.Option(["--body"]),
    click.Option(
        ["--kept"],
        is_flag=True,
        help="as if each were done on its last day: what is counted from the last time comes again",
    ),
    click.Option(["--mine"], is_flag=True, help="only what --as owes"),
    click.Option(
        ["--overload"],
        type=click.IntRange(min=1),
        default=OVERLOAD,
        show_default=True,
        help="so many duties of one person in one week are too many",
    ),
]


def add_simulate(noun: Noun) -> None:
    @noun.verb(
        "simulate",
        "推演至某日的应办事项，不写入任何记录",
        "the coming duties until a day, with the same planner; nothing is written",
        OPTIONS,
    )
    def simulate(
        frame: Frame,
        until: str,
        csv: Path | None,
        ics: Path | None,
        rules: Path | None,
        body: str | None,
        kept: bool,
        mine: bool,
        overload: int,
    ) -> None:
        need_journal(frame)
        if rules is not None and (other := [name for name, given in _alone(csv, ics, mine) if given]):
            raise BadField(
                field=other[0],
                problem_zh="不能与 --rules 同用：--rules 只列出变化的期限",
                problem_en="does not go with --rules, which lists only the due days that differ",
            )
        person = own(frame) if mine else None
        today = day_of(frame.app.now())
        if not is_day(until) or until < today:
            raise BadField(
                field="--until",
                problem_zh=f"“{until}”不是今天（{today}）或以后的日期 YYYY-MM-DD",
                problem_en=f"'{until}' is not a day YYYY-MM-DD from today ({today}) on",
            )
        duties = simulated(frame, frame.app.engine.rules, today, until, body, kept)
        if rules is not None:
            changes = differing(duties, simulated(frame, rules_with(frame, rules), today, until, body, kept))
            columns = ("change", "body", "code", "rule", "subject", "owed_by", "was", "due")
            if frame.json:
                write_json(changes)
                return
            if changes:
                show_rows(
                    frame,
                    _told_changes(frame, changes),
                    columns,
                    frame.say("变化的期限", "due days that differ"),
                )
            click.echo(_in_short(frame, rules, changes, len(duties), until))
            return
        known = frozenset(
            (row["body"], row["code"]) for row in answer_question(frame, "duty-list", {"open_only": True})
        )
        grants = answer_question(frame, "role-holders", {"ever": True})
        rows = coming(duties, grants, known, frame.lang)
        if mine:
            rows = [row for row in rows if row["person"] == person]
        rows = crowded(rows, overload)
        written = _write(frame, rows, csv, ics)
        if frame.json:
            write_json(rows)
            return
        _show(frame, rows, until)
        if kept:
            click.echo(_not_kept(frame, duties))
        for path in written:
            click.echo(frame.say(f"已写入 {path}", f"wrote {path}"))


def _not_kept(frame: Frame, duties: list[Row]) -> str:
    """What ``--kept`` leaves as it is, how many there are of each rule, and what nobody can foretell."""
    left = Counter(
        rule_title(str(row["rule"]), frame.lang)
        for row in duties
        if row["follows_record"] and row["step"] == "open" and row["rule"] != REASSESSMENT
    )
    told = "；".join(f"{rule} {count}" for rule, count in sorted(left.items())) if frame.lang == "zh" else ""
    told_en = ", ".join(f"{rule}: {count}" for rule, count in sorted(left.items()))
    return frame.say(
        f"随其他记录办结的 {left.total()} 项（{told or '无'}）只列出期限，不视为办结；推演中"
        "没有人登记隐患、变更或新风险，由此产生的应办事项不在内",
        f"{left.total()} duties that other records answer ({told_en or 'none'}) are listed by their day and not taken"
        " as done; nobody registers hazards, changes or risks meanwhile, and what these would owe is not foretold",
    )


def _told_changes(frame: Frame, changes: list[Row]) -> list[Row]:
    """The changes as people read them: a role by its label."""
    return [{**_said(frame, row), "owed_by": label(str(row["owed_by"]), frame.lang)} for row in changes]


def _said(frame: Frame, row: Row) -> Row:
    """A row as people read it: what is to be done by its name, the tier that is checked by its label."""
    from adapters.verbs.duties import named_rule

    said = {**row, "rule": named_rule(row, frame.lang)}
    if row["subject_kind"] == "tier":
        said["subject"] = label(str(row["subject"]), frame.lang)
    return said


def _in_short(frame: Frame, path: Path, changes: list[Row], duties: int, until: Day) -> str:
    """What the other wording does, in one sentence; nothing of it is recorded."""
    counts = Counter(str(row["change"]) for row in changes)
    moved, added, dropped = (counts[one] for one in ("moved", "added", "dropped"))
    if not changes:
        return frame.say(
            f"按“{path}”推演至 {until}：{duties} 项应办事项的期限都不变（未采用该规则的单位不受影响）；未写入任何记录",
            f"with '{path}', until {until}: none of {duties} due days differs (a body that did not adopt the rule is"
            " not touched); nothing was written",
        )
    return frame.say(
        f"按“{path}”推演至 {until}：现行规则下 {duties} 项中，改期 {moved} 项、取消 {dropped} 项，另新增 {added} 项；"
        "未写入任何记录",
        f"with '{path}', until {until}: of {duties} duties under the present rules {moved} move, {dropped} fall"
        f" away, {added} are added; nothing was written",
    )


def simulated(
    frame: Frame, rules: Rulebook, today: Day, until: Day, body: str | None, kept: bool = False
) -> list[dict[str, Any]]:
    """Every duty owed from today until that day, if nobody did anything, or if each were done on its last day."""
    from adapters.projector.asking import last_moment_of
    from adapters.simulated import Simulation
    from adapters.verbs.clock import ports_of

    calendar = ports_of(frame).calendar()
    wiring = frame.wiring
    simulation = Simulation(
        frame.app, wiring["ports"], wiring["tick"], calendar, rules, last_moment_of(until), kept
    )
    return [
        {**row, "step": "open"} if (row["body"], row["code"]) in simulation.kept else row
        for row in simulation.rows.all(today, until)
        if body in (None, row["body"])
    ]


def leave_coming(frame: Frame, until: Day, folder: Path) -> list[Path]:
    """What will be owed until a day, if nobody did anything, as ``coming.csv`` and ``coming.ics`` in the folder."""
    today = day_of(frame.app.now())
    duties = simulated(frame, frame.app.engine.rules, today, until, None)
    known = frozenset(
        (row["body"], row["code"]) for row in answer_question(frame, "duty-list", {"open_only": True})
    )
    rows = coming(duties, answer_question(frame, "role-holders", {"ever": True}), known, frame.lang)
    return _write(frame, crowded(rows, OVERLOAD), folder / "coming.csv", folder / "coming.ics")


def _alone(csv: Path | None, ics: Path | None, mine: bool) -> list[tuple[str, bool]]:
    return [("--csv", csv is not None), ("--ics", ics is not None), ("--mine", mine)]


def rules_with(frame: Frame, path: Path) -> Rulebook:
    """The rules with one file in another wording; refuses a file that is not one, with every fault."""
    from adapters.rules import rule_files, rulebook_of
    from domain.rule_lint import problems

    try:
        parsed = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        problem = problem_of(error)
        raise BadField(
            field="--rules",
            problem_zh=f"无法读取“{path}”：{problem.zh}",
            problem_en=f"cannot read '{path}': {problem}",
        ) from error
    name = str(parsed.get("id", path.stem))
    files = {**rule_files(), name: parsed}
    if faults := problems(files):
        told = "; ".join(faults)
        raise BadField(
            field="--rules",
            problem_zh=f"“{path}”不是有效的规则：{told}",
            problem_en=f"'{path}' is no rule: {told}",
        )
    return rulebook_of(files)


def _write(frame: Frame, rows: list[Row], csv: Path | None, ics: Path | None) -> list[Path]:
    from adapters.coming_files import as_csv, as_ics
    from adapters.verbs.duties import write_file

    if csv is not None:
        write_file(csv, as_csv(rows), "--csv")
    if ics is not None:
        write_file(ics, as_ics(rows, frame.app.now(), frame.app.practice, frame.lang), "--ics")
    return [path for path in (csv, ics) if path is not None]


def _show(frame: Frame, rows: list[Row], until: Day) -> None:
    title = frame.say(f"至 {until} 的应办事项（推演）", f"duties until {until} (simulated)")
    show_rows(frame, by_month(rows), ("person", "month", "duties", "rules", "collides", "overload"), title)
    columns = ("person", "due", "body", "code", "rule", "subject")
    if colliding := [row for row in rows if row["collides"] > 1]:
        told = [_said(frame, row) for row in colliding]
        show_rows(frame, told, (*columns, "collides"), frame.say("同日多项", "several on one day"))
    weeks = {(row["person"], row["week"]) for row in rows if row["overload"]}
    for person, week in sorted(weeks):
        count = sum((row["person"], row["week"]) == (person, week) for row in rows)
        click.echo(
            frame.say(f"超负荷：{person} {week} 共 {count} 项", f"overload: {person} owes {count} in {week}")
        )
