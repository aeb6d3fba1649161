"""Verbs for rules: what is shipped, where each is written, and how a body adopts a pack."""

from __future__ import annotations

import click

from adapters.rules import load_rulebook, rule_files
from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from domain.labels import Lang
from domain.refused import UnknownRule
from domain.rule_adoption import AdoptRulePack
from domain.rule_lint import problems


def rules(lang: Lang) -> click.Group:
    zh = lang == "zh"
    noun = Noun("rules", lang=lang, help="规则" if zh else "rules and rule packs")
    add_command(noun, "adopt", AdoptRulePack, "采用规则包", "adopt a rule pack")

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
