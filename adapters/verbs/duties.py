"""Verbs for duties: what is owed, by whom, by when; assigned, moved, done, sent back, waived; a digest as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from adapters.problems import problem_of
from adapters.rule_titles import rule_title
from adapters.verbs.audit import need_journal
from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.history import life, tell_history
from adapters.verbs.history import row as history_row
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.duty_answer import DutyAnswered, DutyResumed
from domain.duty_ending import (
    DutyAnswerRejected,
    DutyFulfilled,
    DutyRestored,
    DutySuperseded,
    DutyWaived,
    FulfilDuty,
    RejectDutyAnswer,
    WaiveDuty,
)
from domain.duty_extension import AskDutyExtension, DecideDutyExtension
from domain.duty_raising import AssignDuty
from domain.duty_state import ROLE
from domain.labels import Lang, label
from domain.language import day_of
from domain.records import Record
from domain.refused import BadField

COLUMNS = ("when", "age", "due", "body", "code", "rule", "subject", "owed_by", "step", "overdue", "missed")
RANK = {"overdue": 0, "due_today": 1, "coming": 2}
"""In which order a list of duties stands, each part by its days; what is settled comes last."""
LATE = ("days_late", "days_late_recorded", "citation")

LIST = [
    click.Option(["--body"]),
    click.Option(["--mine"], is_flag=True, help="owed by --as, or by a role of theirs"),
    click.Option(["--open-only"], is_flag=True, default=None),
    click.Option(["--as-of"], metavar="TIME", help="true at this moment or day"),
    click.Option(["--known-at"], metavar="POSITION|TIME", help="as known at this record, moment or day"),
]


def duties(lang: Lang) -> click.Group:
    noun = Noun("duty", lang=lang, help="应办事项" if lang == "zh" else "what is owed, by whom, by when")
    add_command(noun, "raise", AssignDuty, "交办事项", "assign a duty to a person or a role")
    add_command(noun, "extend", AskDutyExtension, "申请延期", "ask for a later day, with a reason")
    add_command(
        noun, "approve", DecideDutyExtension, "审批延期", "approve or refuse the later day; by another"
    )
    add_command(noun, "answer", FulfilDuty, "报告办结", "say what was done; by whoever owes it")
    add_command(noun, "reject", RejectDutyAnswer, "退回办结报告", "send an answer back; by another person")
    add_command(noun, "waive", WaiveDuty, "免除，须说明原因", "drop a duty, with a reason; by another person")

    @noun.verb("list", "应办事项（--mine 只看自己的）", "all duties; with --mine one's own", LIST)
    def list_duties(frame: Frame, mine: bool, **asked: Any) -> None:
        rows = answer_question(frame, "duty-list", _given(frame, mine, asked))
        rows = sorted(rows, key=lambda row: RANK.get(row["when"], len(RANK)))
        show_rows(frame, _told(frame, rows), (*COLUMNS, *LATE))

    @noun.verb(
        "show",
        "一项应办事项及其全部记录",
        "one duty and all its records",
        [click.Argument(["code"]), click.Option(["--body"])],
    )
    def show_duty(frame: Frame, code: str, body: str | None) -> None:
        need_journal(frame)
        records = life(frame.app, "duty", code, body)
        if frame.json:
            write_json([history_row(record, frame.lang) for record in records])
            return
        rows = answer_question(frame, "duty-list", {"code": code, "body": records[0].scope})
        show_rows(frame, _told(frame, rows), (*COLUMNS, *LATE))
        tell_history(frame, records)
        if (said := by_word(records)) is not None:
            by, name = said.fulfilled_by, rule_title(str(rows[0]["rule"]), frame.lang)
            click.echo(
                frame.say(
                    f"本项（{name}）凭 {by} 的报告办结：没有检查、评估等记录可据以核对，看了哪些单元只见于其文字",
                    f"this duty ({name}) is answered by the word of {by}: no inspection, assessment or other record"
                    " stands behind it, and which units were looked at is told only in those words",
                )
            )

    @noun.verb(
        "digest",
        "每日摘要（文件）",
        "what is overdue, due and coming, for each person, as a file",
        [
            click.Option(
                ["--out"], required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)
            ),
            click.Option(["--body"]),
            click.Option(["--mine"], is_flag=True, help="only what --as owes"),
            click.Option(
                ["--days"], type=click.IntRange(min=0), default=7, show_default=True, help="how far ahead"
            ),
        ],
    )
    def digest(frame: Frame, out: Path, body: str | None, mine: bool, days: int) -> None:
        from adapters.digest import digest_of, holders_of

        today = day_of(frame.app.now())
        rows = answer_question(frame, "duty-list", _given(frame, mine, {"body": body, "open_only": True}))
        holders = holders_of(answer_question(frame, "role-holders", {"on": today}))
        told = digest_of(rows, holders, today, days, frame.lang)
        write_file(out, told.text.encode(), "--out")
        if frame.json:
            write_json(told.rows)
            return
        click.echo(frame.say(f"已写入 {out}：{len(told.rows)} 项", f"wrote {out}: {len(told.rows)} duties"))

    return noun


def by_word(records: Sequence[Record]) -> DutyFulfilled | None:
    """The word by which it stands answered; None where it is not answered, or a record of the act answered it."""
    kept = (
        DutyAnswered,
        DutyFulfilled,
        DutyAnswerRejected,
        DutyResumed,
        DutyWaived,
        DutyRestored,
        DutySuperseded,
    )
    last = next((one.event for one in reversed(records) if isinstance(one.event, kept)), None)
    return last if isinstance(last, DutyFulfilled) else None


def _given(frame: Frame, mine: bool, asked: dict[str, Any]) -> dict[str, Any]:
    person = own(frame) if mine else None
    return given(asked | {"person": person})


def own(frame: Frame) -> str:
    """Whose duties ``--mine`` means; refuses where nobody is named."""
    if not frame.person:
        raise BadField(
            field="--as",
            problem_zh="--mine 须以 --as 指明是谁的（人员代号）",
            problem_en="--mine needs --as: whose duties, by the person's reference",
        )
    return frame.app.person(frame.person)


def _told(frame: Frame, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as they are shown: machines read the citation's fields, people its sentence."""
    if frame.json:
        return rows
    from adapters.digest import citation_text, subject_text

    return [
        row
        | {
            "citation": citation_text(row, frame.lang),
            "owed_by": label(row["owed_by"], frame.lang) if row["owed_as"] == ROLE else row["owed_by"],
            "subject": subject_text(row, frame.lang),
            "rule": named_rule(row, frame.lang),
        }
        for row in rows
    ]


def named_rule(row: Mapping[str, Any], lang: Lang) -> str:
    """What is to be done: the rule's name, or what a person asked for in their own words."""
    name = rule_title(str(row["rule"]), lang)
    return f"{name}{'：' if lang == 'zh' else ': '}{row['title']}" if row.get("title") else name


def write_file(path: Path, content: bytes, field: str) -> None:
    """Write a file whole, or refuse by the option that named it."""
    try:
        path.write_bytes(content)
    except OSError as error:
        problem = problem_of(error)
        raise BadField(
            field=field,
            problem_zh=f"无法写入“{path}”：{problem.zh}",
            problem_en=f"cannot write '{path}': {problem}",
        ) from error
