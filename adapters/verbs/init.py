"""``dualguard init``: make a database, a practice file, or PostgreSQL's schema and role."""

from __future__ import annotations

import click

from adapters.journal.opening import is_postgres
from adapters.verbs.frame import Verb, frame_of, write_json
from domain.labels import Lang
from domain.refused import BadField


def init(lang: Lang) -> click.Command:
    zh = lang == "zh"

    def call(practice: bool, admin_db: str | None, role: str, password_env: str | None) -> None:
        frame = frame_of(click.get_current_context())
        if admin_db is not None:
            import os

            from adapters.journal.postgres_admin import prepare_database

            if not is_postgres(admin_db):
                raise BadField(
                    field="--admin-db",
                    problem_zh="必须是 postgresql:// 地址",
                    problem_en="must be a postgresql:// URL",
                )
            if practice:
                raise click.UsageError(
                    "先 --admin-db，再 --practice --db"
                    if zh
                    else "first --admin-db, then --practice with --db"
                )
            password = os.environ.get(password_env) if password_env else None
            if password_env and not password:
                raise BadField(
                    field="--password-env",
                    problem_zh=f"环境变量 {password_env} 没有设置",
                    problem_en=f"environment variable {password_env} is not set",
                )
            prepare_database(admin_db, role, password)
            frame.db = frame.db or admin_db
            text = frame.say(f"已建立架构和角色 {role}", f"schema and role {role} are ready")
        else:
            app = frame.app
            app.unnamed = False  # asked for
            app.ledger.create_table()  # type: ignore[attr-defined]  # every recorder of the library has it
            if practice:
                app.open_practice(
                    frame.say(
                        "演练：时间为模拟时间，内容不是真实记录",
                        "practice: time is simulated, nothing here is real",
                    )
                )
            text = frame.say(f"数据库就绪：{app.ledger.name}", f"ready: {app.ledger.name}")
        if frame.json:
            write_json({"ok": True, "practice": practice})
        else:
            click.echo(text)

    return Verb(
        "init",
        callback=call,
        help="建立数据库；--practice 为演练文件"
        if zh
        else "make a database; with --practice a practice file",
        params=[
            click.Option(
                ["--practice"], is_flag=True, help="演练文件" if zh else "a practice file: simulated time"
            ),
            click.Option(
                ["--admin-db"],
                metavar="URL",
                help="PostgreSQL 管理员地址：建立架构和角色"
                if zh
                else "PostgreSQL as admin: make schema and role",
            ),
            click.Option(
                ["--role"], default="dualguard_app", show_default=True, help="应用角色" if zh else "its role"
            ),
            click.Option(
                ["--password-env"],
                metavar="NAME",
                help="存放角色口令的环境变量"
                if zh
                else "environment variable that holds the role's password",
            ),
        ],
        lang=lang,
    )
