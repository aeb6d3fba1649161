"""Verbs for rules: what is shipped, what each says and where it is written, what binds a body, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from adapters.method_files import read_method_file
from adapters.problems import day_field
from adapters.rule_titles import cited_title
from adapters.rules import load_rulebook, read_rule_file, rule_files
from adapters.tell import bound
from adapters.verbs.commanding import add_command, give_command
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.machine import answer_question
from adapters.verbs.rule_words import effect_told, word
from adapters.verbs.rule_words import lines as value_lines
from domain.bodies import BODY, Body
from domain.labels import Lang, Term
from domain.language import day_after, day_of, stream_name
from domain.own_methods import AdoptMethod, AdoptOwnMethod
from domain.refused import BadField, NoSuchRule, UnknownThing
from domain.rule_adoption import ADOPTED, Adopted, AdoptRulePack
from domain.rule_lint import problems
from domain.rulebook import Wording

FILES = click.Argument(["files"], nargs=-1, type=click.Path(path_type=Path))


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
        [
            click.Option(["--body"], required=True),
            click.Option(
                ["--file"], required=True, metavar="TOML", help="a table in the form of a rule file"
            ),
        ],
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

    @noun.verb(
        "list",
        "全部规则及版本；--body 只列某日对该单位有效的",
        "every rule and its versions; with --body those that bind it on a day",
        [
            click.Option(["--kind"], metavar="KIND"),
            click.Option(["--body"], metavar="BODY"),
            click.Option(["--on"], metavar="DAY", help="default today"),
        ],
    )
    def list_rules(frame: Frame, kind: str | None, body: str | None, on: str | None) -> None:
        if body is None:
            if on is not None:
                raise _bad("on", "只能与 --body 一起使用", "goes with --body")
            rows = [_row(frame, one) for held in load_rulebook().wordings.values() for one in held]
        else:
            rows = binding_rows(frame, body, on)
        rows = [row for row in rows if kind in (None, row["kind"])]
        if not frame.json:
            marks = ("source", "verified")
            told = [{mark: word(row[mark], frame.lang) for mark in marks} for row in rows]
            rows = [{**row, "code": row["rule"], **marked} for row, marked in zip(rows, told, strict=True)]
            if body is not None:
                rows = [{**row, "standing": bound(row["standing"], frame.lang)} for row in rows]
        columns = ("code", "version", "title", "source", "since", "until")
        show_rows(frame, rows, (*columns, *(("verified",) if body is None else ("standing",)), "cited"))

    @noun.verb("show", "一条规则的全部内容", "one rule in full", [click.Argument(["rule"])])
    def show_rule(frame: Frame, rule: str) -> None:
        found = rule_files().get(rule)
        if found is None:
            raise NoSuchRule(rule=rule)
        if frame.json:
            write_json(found)
            return
        title, kind = found["title"][frame.lang], found["kind"]
        what = word(kind, frame.lang)
        click.echo(frame.say(f"{title}（{what}，编号 {rule}）", f"{rule} ({what}): {title}"))
        for one in found["version"]:
            click.echo()
            for line in _told(frame, rule, one):
                click.echo(line)

    @noun.verb(
        "check",
        "检查规则文件；可加上自己的文件一并检查",
        "check every rule file, with files of one's own among them",
        [FILES],
    )
    def check_rules(frame: Frame, files: tuple[Path, ...]) -> int:
        held = {**rule_files(), **dict(read_rule_file(file) for file in files)}
        found = problems(held)
        if frame.json:
            split = (one.partition(": ") for one in found)
            write_json([{"rule": rule, "fault": fault} for rule, _, fault in split])
        else:
            for one in found:
                click.echo(one)
            versions = sum(len(one.get("version", ())) for one in held.values())
            click.echo(
                frame.say(
                    f"{len(held)} 个文件，{versions} 个版本，{len(found)} 个问题",
                    f"{len(held)} files, {versions} versions, {len(found)} problems",
                )
            )
        return 1 if found else 0

    @noun.verb(
        "effect",
        "规则变化的影响：变动的条文、结论不同的判定、不同的应办事项",
        "what a change of rules touches: texts that turn, past verdicts and coming duties that would be others",
        [
            click.Option(["--body"], metavar="BODY", required=True),
            click.Option(["--on"], metavar="DAY", help="under the rules of that day; default today"),
            click.Option(["--until"], metavar="DAY", help="duties that begin before; default a year later"),
            FILES,
        ],
    )
    def effect_of_rules(
        frame: Frame, body: str, on: str | None, until: str | None, files: tuple[Path, ...]
    ) -> None:
        from adapters.rule_effect import changed_rules, effect
        from adapters.verbs.audit import need_journal

        after = changed_rules(files)
        need_journal(frame)
        since = day_field("on", on) or day_of(frame.app.now())
        end = day_field("until", until) or day_after(since, 365)
        rows = list(effect(frame.app, body, after, since, end))
        if not frame.json:
            rows = [effect_told(row, frame.lang) for row in rows]
        show_rows(frame, rows, ("what", "day", "rule", "subject", "was", "would_be", "outcome", "position"))

    return noun


def binding_rows(frame: Frame, body: str, on: str | None) -> list[dict[str, Any]]:
    """The wording of every rule that binds the body on a day, and how it binds."""
    from adapters.verbs.audit import need_journal

    need_journal(frame)
    day = day_field("on", on) or day_of(frame.app.now())
    memory, rulebook = frame.app.engine.memory, frame.app.engine.rules
    state: Body = memory.folded(BODY, stream_name(BODY.name, body), fresh=True).state
    if not state.registered:
        raise UnknownThing(kind=Term("body"), code=body, body=body)
    adopted: Adopted = memory.folded(ADOPTED, stream_name(ADOPTED.name, body), fresh=True).state
    held, rows = adopted.on(day), []
    for rule in sorted({*rulebook.wordings, *held.methods}):
        found = rulebook.binding(rule, day, state.area, state.who, held)
        if found is not None:
            rows.append({**_row(frame, found[0]), "body": body, "on": day, "standing": found[1].standing})
    return rows


def _row(frame: Frame, one: Wording) -> dict[str, Any]:
    return {
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
        "cited": _cited(one.cited, "" if frame.json else one.rule, frame.lang),
    }


def _told(frame: Frame, rule: str, one: Mapping[str, Any]) -> list[str]:
    """One version as a person reads it: what it says, which of it is our reading, where it stands, how far checked."""
    say = frame.say
    days = f"{one.get('from', '—')} – {one.get('until', '')}".rstrip()
    lines = [
        say(
            f"版本 {one['version']}（{word(one['source'], 'zh')}，{days}）",
            f"version {one['version']} ({word(one['source'], 'en')}, {days})",
        ),
        say("  地域：", "  where: ") + (", ".join(one["where"]) or say("不限", "everywhere")),
        say("  对象：", "  who: ")
        + (", ".join(word(who, frame.lang) for who in one["who"]) or say("不限", "everybody")),
    ]
    silent = one.get("silent", ())
    for key, value in one["value"].items():
        ours = (
            say("  【原文未定，为本产品理解】", "  [the text is silent: our reading]")
            if key in silent
            else ""
        )
        lines += value_lines(str(key), value, 1, frame.lang, ours)
    lines.append(say("  依据：", "  cited: ") + _cited(one["citation"], rule, frame.lang))
    lines.append(
        say(
            f"  核实：{word(one['verified'], 'zh')}，{one['checked']}；来源（英文）：{one['citation']['source']}",
            f"  verified: {word(one['verified'], 'en')}, {one['checked']}; {one['citation']['source']}",
        )
    )
    note = say("  说明（英文）：", "  ")
    return [*lines, *([f"{note}{one['note']}"] if "note" in one else [])]


def _cited(cited: Mapping[str, Any], rule: str, lang: Lang) -> str:
    """A citation; with ``rule``, a house rule by its own name."""
    title = str(cited.get("title", ""))
    title = cited_title(title, rule, lang) if rule else title
    return " ".join((title, *(str(cited.get(part, "")) for part in ("number", "article")))).strip()


def _bad(field: str, zh: str, en: str) -> BadField:
    return BadField(field=field, problem_zh=zh, problem_en=en)
