"""Verbs for people and their roles; names go to the directory, records hold references only."""

from __future__ import annotations

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from domain.labels import Lang
from domain.language import is_code
from domain.people import DeclareSamePerson, RegisterPeople
from domain.refused import BadField
from domain.roles import GrantRoles, RevokeRole

MOST = 200
"""How long a name or an account may be, in characters."""


def person_field(given: str) -> str:
    """A person's reference as given on the command line; refuses what is none."""
    if not is_code(given):
        raise BadField(
            field="person", problem_zh="不是有效编码", problem_en="is not a person's reference (a code)"
        )
    return given


def name_field(given: str, field: str = "name") -> str:
    """A name or an account for the directory; refuses an empty or overlong one and one with unprintable characters."""
    if not given.strip() or len(given) > MOST or not given.isprintable():
        raise BadField(
            field=field,
            problem_zh=f"须为 1 至 {MOST} 个可见字符",
            problem_en=f"must be 1 to {MOST} printable characters",
        )
    return given


def people(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("people", lang=lang, help="人员" if zh else "people, their names and accounts")
    add_command(
        noun, "register", RegisterPeople, "登记人员（只记引用）", "put people on a body's roll, by reference"
    )
    add_command(
        noun,
        "same",
        DeclareSamePerson,
        "认定两个编号为同一人",
        "say that two references mean one person, who then is independent of neither",
    )

    person = click.Argument(["who"], metavar="PERSON")

    @noun.verb(
        "name",
        "写入姓名（不入记录）",
        "write a person's name into the directory",
        [person, click.Argument(["name"])],
    )
    def name_person(frame: Frame, who: str, name: str) -> None:
        need_journal(frame)
        frame.app.directory.set_name(person_field(who), name_field(name))
        _done(frame)

    @noun.verb(
        "account",
        "将操作系统账户归于人员",
        "bind an account of the operating system to a person",
        [click.Argument(["account"]), person],
    )
    def bind_account(frame: Frame, account: str, who: str) -> None:
        need_journal(frame)
        frame.app.directory.set_account(name_field(account, "account"), person_field(who))
        _done(frame)

    @noun.verb("forget", "删除姓名与账户", "erase a person's name and accounts", [person])
    def forget(frame: Frame, who: str) -> None:
        need_journal(frame)
        frame.app.directory.forget(person_field(who))
        _done(frame)

    return noun


def roles(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("role", lang=lang, help="角色授权" if zh else "roles and grants")
    add_command(noun, "grant", GrantRoles, "授予角色", "grant roles")
    add_command(noun, "revoke", RevokeRole, "撤销角色", "end a role")

    @noun.verb(
        "list",
        "某日谁持有什么角色",
        "who holds which role on a day",
        [click.Option(["--body"]), click.Option(["--on"], metavar="DAY")],
    )
    def list_roles(frame: Frame, body: str | None, on: str | None) -> None:
        asked = {key: value for key, value in (("body", body), ("on", on)) if value}
        rows = answer_question(frame, "role-holders", asked)
        names = frame.app.directory.names()
        shown = [{**row, "name": names.get(str(row["person"]), "")} for row in rows]
        show_rows(frame, shown, ("body", "person", "name", "role", "since", "until"))

    return noun


def _done(frame: Frame) -> None:
    if frame.json:
        write_json({"ok": True})
    else:
        click.echo(frame.say("已写入名录", "the directory is changed"))
