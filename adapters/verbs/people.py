"""Verbs for people and their roles; names go to the directory, records hold references only."""

from __future__ import annotations

import click

from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from domain.labels import Lang
from domain.people import RegisterPeople
from domain.roles import GrantRoles, RevokeRole


def people(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("people", lang=lang, help="人员" if zh else "people, their names and accounts")
    add_command(
        noun, "register", RegisterPeople, "登记人员（只记引用）", "put people on a body's roll, by reference"
    )

    person = click.Argument(["who"], metavar="PERSON")

    @noun.verb(
        "name",
        "写入姓名（不入记录）",
        "write a person's name into the directory",
        [person, click.Argument(["name"])],
    )
    def name_person(frame: Frame, who: str, name: str) -> None:
        frame.app.directory.set_name(who, name)
        _done(frame)

    @noun.verb(
        "account",
        "将操作系统账户归于人员",
        "bind an account of the operating system to a person",
        [click.Argument(["account"]), person],
    )
    def bind_account(frame: Frame, account: str, who: str) -> None:
        frame.app.directory.set_account(account, who)
        _done(frame)

    @noun.verb("forget", "删除姓名与账户", "erase a person's name and accounts", [person])
    def forget(frame: Frame, who: str) -> None:
        frame.app.directory.forget(who)
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
