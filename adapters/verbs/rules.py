"""Verbs for rules: what is shipped, where each is written, and how a body adopts a pack."""

from __future__ import annotations

from typing import Any

import click

from adapters.method_files import read_method_file
from adapters.rules import load_rulebook, rule_files
from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from domain.labels import Lang
from domain.own_methods import AdoptMethod, AdoptOwnMethod
from domain.refused import UnknownRule
from domain.rule_adoption import AdoptRulePack
from domain.rule_lint import problems


def rules(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("rules", lang=lang, help="规则" if zh else "rules and rule packs")
    add_command(noun, "adopt", AdoptRulePack, "采用规则包", "adopt a rule pack")

    add_command(
        noun, "adopt-method", AdoptMethod, "采用评价方法的某一版本", "take exactly one version of a method"
    )

    @noun.verb(
        "adopt-own-method",
        "采用自定的评价方法（规则文件格式的 TOML）",
        "take a method of the body's own making, from a TOML file of the form of a rule file",
        [click.Option(["--body"], required=True), click.Option(["--file"], required=True, metavar="TOML")],
    )
    def adopt_own(frame: Frame, body: str, file: str) -> None:
        give_command(frame, AdoptOwnMethod.__name__, {"body": body, **read_method_file(file)})

    @noun.verb(
        "methods",
        "责任单位采用的评价方法",
        "which methods a body adopted, in which version, from which day",
        [
            click.Option(["--body"]),
            click.Option(["--method"]),
            click.Option(["--on"], metavar="DAY"),
            click.Option(["--ever"], is_flag=True, default=None, help="those of the past too"),
        ],
    )
    def methods(frame: Frame, **asked: Any) -> None:
        given = {key: value for key, value in asked.items() if value is not None}
        rows = answer_question(frame, "method-list", given)
        show_rows(
            frame, rows, ("body", "method", "version", "title", "kind", "since", "until", "own", "pack")
        )

    @noun.verb("list", "全部规则及版本", "every rule and its versions")
    def list_rules(frame: Frame) -> None:
        rows = [
            {
                "rule": one.rule,
                "version": one.version,
                "kind": one.kind,
                "title": one.title_zh if frame.lang == "zh" else one.title_en,
                "source": one.source,
                "since": one.since,
                "until": one.until,
                "where": list(one.where),
                "who": list(one.who),
                "verified": one.verified,
                "checked": one.checked,
                "cited": " ".join(one.cited.get(part, "") for part in ("title", "number", "article")).strip(),
            }
            for wordings in load_rulebook().wordings.values()
            for one in wordings
        ]
        show_rows(frame, rows, ("rule", "version", "title", "source", "since", "until", "verified", "cited"))

    @noun.verb("show", "一条规则的全部内容", "one rule in full", [click.Argument(["rule"])])
    def show_rule(frame: Frame, rule: str) -> None:
        found = rule_files().get(rule)
        if found is None:
            raise UnknownRule(rule=rule)
        write_json(found)

    @noun.verb("check", "检查全部规则文件", "check every rule file")
    def check_rules(frame: Frame) -> int:
        found = problems(rule_files())
        if frame.json:
            write_json(found)
        else:
            for one in found:
                click.echo(one)
            click.echo(
                frame.say(
                    f"{len(rule_files())} 个文件，{len(found)} 个问题",
                    f"{len(rule_files())} files, {len(found)} problems",
                )
            )
        return 1 if found else 0

    return noun
