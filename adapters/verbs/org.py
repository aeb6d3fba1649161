"""Verbs for the organisation: who stands where, who holds what on a day, and the papers that say who does what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from adapters.rule_titles import rule_title
from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question
from adapters.verbs.risks import given
from domain.absences import EndAbsence, RecordAbsence
from domain.appointments import AppointToPost, EndAppointment, HandOverPost
from domain.departments import CloseDepartment, RegisterDepartment, RenameDepartment
from domain.engagements import EndEngagement, EngageParty, EngageStaff, ReleaseStaff
from domain.group_members import JoinGroup, LeaveGroup
from domain.labels import Lang, label
from domain.leading_group import FormLeadingGroup, NameCoordinator
from domain.posts import ClosePost, RegisterPost
from domain.risk_control import AssignRiskControl
from domain.role_tasks import AdoptRoleTasks
from domain.special_groups import DissolveSpecialGroup, FormSpecialGroup
from domain.work_plan import AdoptWorkPlan

DAY = [
    click.Option(["--body"]),
    click.Option(["--on"], metavar="DAY", help="YYYY-MM-DD"),
    click.Option(["--known-at"], metavar="TIME|POSITION", help="as known then"),
]


def org(lang: Lang) -> click.Group:
    noun = Noun("org", lang=lang, help="组织机构" if lang == "zh" else "the organisation")
    _commands(noun)

    @noun.verb("tree", "部门与岗位", "departments and posts, with who answers on a day", DAY)
    def tree(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "org-tree", given(asked))
        if frame.json:
            show_rows(frame, rows, ())
            return
        frame.banner()
        for row in rows:
            click.echo(_line(frame, row))

    @noun.verb(
        "who",
        "某日谁任何职，各项风险、措施、应办事项由谁负责",
        "who held which post, seat or role on a day, and who answered for each risk, control and duty",
        [
            *DAY,
            click.Option(["--post"]),
            click.Option(["--person"]),
            click.Option(["--risk"], help="a risk and its controls"),
            click.Option(["--duty"], help="one duty"),
            click.Option(["--part"]),
            click.Option(["--ever"], is_flag=True, default=None),
        ],
    )
    def who(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "org-who", given(asked))
        names = frame.app.directory.names()
        shown = [{**row, "person_name": _names(names, row)} for row in rows]
        if not frame.json:
            shown = [_told(frame, row) for row in shown]
        columns: tuple[str, ...] = ("body", "part", "of", "name", "kind", "person", "person_name")
        columns = (*columns, "instead_of", "department", "post")
        if not frame.json:  # the table shows what any row says
            columns = tuple(name for name in columns if any(row[name] for row in shown))
        show_rows(frame, shown, (*columns, "since", "until", "answers", "position"))

    @noun.verb(
        "papers",
        "工作方案与职责任务表",
        "the work plan and the role-task matrix in force on a day",
        [*DAY, click.Option(["--superseded"], is_flag=True, default=None)],
    )
    def papers(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "org-papers", given(asked))
        if not frame.json:
            rows = [{**row, "paper": label(str(row["paper"]), frame.lang)} for row in rows]
        show_rows(frame, rows, ("body", "paper", "version", "since", "until", "adopted_by", "position"))

    history_verb(noun, "post")
    return noun


def _told(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    """A row with its part, kind and role by their labels."""
    of = label(row["of"], frame.lang) if row["part"] == "role" else row["of"]
    kind = label(row["kind"], frame.lang) if row["kind"] else None
    name = rule_title(row["name"], frame.lang) if row["part"] == "duty" and row["name"] else row["name"]
    return {**row, "part": label(row["part"], frame.lang), "of": of, "kind": kind, "name": name}


def _names(names: Mapping[str, str], row: Mapping[str, Any]) -> str:
    """The names of the person, or of those who held the post that answered."""
    people = [row["person"]] if row["person"] else row["persons"]
    return ", ".join(names.get(str(one), str(one) if row["person"] is None else "") for one in people)


def _commands(noun: Noun) -> None:
    add_command(
        noun, "department-register", RegisterDepartment, "设立部门、车间或班组", "set up a department or team"
    )
    add_command(noun, "department-rename", RenameDepartment, "部门更名", "rename a department")
    add_command(
        noun, "department-close", CloseDepartment, "撤销部门", "close a department and what is below it"
    )
    add_command(noun, "post-register", RegisterPost, "设立岗位", "set up a post")
    add_command(noun, "post-close", ClosePost, "撤销岗位", "close a post")
    add_command(noun, "appoint", AppointToPost, "任命到岗位", "appoint somebody to a post")
    add_command(noun, "appointment-end", EndAppointment, "终止任职", "end an appointment")
    add_command(noun, "hand-over", HandOverPost, "岗位交接", "hand a post over")
    add_command(noun, "absence", RecordAbsence, "缺岗与代理", "record an absence and its deputy")
    add_command(noun, "absence-end", EndAbsence, "返岗", "end an absence")
    add_command(noun, "group-form", FormLeadingGroup, "成立领导小组", "form the leading group")
    add_command(noun, "group-join", JoinGroup, "加入小组", "join the leading or a special group")
    add_command(noun, "group-leave", LeaveGroup, "退出小组", "leave a group")
    add_command(noun, "special-form", FormSpecialGroup, "成立专业小组", "form a special group")
    add_command(noun, "special-dissolve", DissolveSpecialGroup, "解散专业小组", "dissolve a special group")
    add_command(noun, "coordinator", NameCoordinator, "指定协调部门", "name the coordinating department")
    add_command(
        noun, "risk-control", AssignRiskControl, "指定风险管控负责", "say who answers for risk control"
    )
    add_command(noun, "plan", AdoptWorkPlan, "采用工作方案", "adopt a work plan")
    add_command(noun, "role-tasks", AdoptRoleTasks, "采用职责任务表", "adopt a role-task matrix")
    add_command(
        noun, "engage", EngageParty, "聘用（委托）", "engage an expert, third party, insurer or contractor"
    )
    add_command(noun, "engage-staff", EngageStaff, "增加人员", "more people of an engaged party")
    add_command(noun, "release-staff", ReleaseStaff, "人员退出", "somebody of an engaged party leaves")
    add_command(noun, "engagement-end", EndEngagement, "提前终止", "end an engagement early")


def _line(frame: Frame, row: dict[str, Any]) -> str:
    flags = [
        frame.say(*words)
        for name, words in (
            ("key_post", ("重点岗位", "key post")),
            ("dangerous_place", ("危险场所", "dangerous place")),
        )
        if row[name]
    ]
    if not row["in_place"]:
        flags.append(frame.say("上级已撤销", "closed above"))
    text = f"{'  ' * (int(row['depth']) - 1)}{row['code']}  {row['name']}（{label(str(row['kind']), frame.lang)}）"
    held_by = ", ".join(row["held_by"])
    return "  ".join(part for part in (text, " ".join(flags), held_by) if part)
