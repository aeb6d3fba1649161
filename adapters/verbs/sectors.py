"""The sectors that rules are written for: named in the help, and to whoever gives another word.

A sector is free text, because the registers of authorities name many; but a rule for one sector binds only those who
are registered under its very word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from adapters.rules import load_rulebook
from adapters.verbs.commanding import give_command
from adapters.verbs.frame import Frame
from adapters.verbs.rule_words import word
from domain.bodies import AUTHORITIES
from domain.labels import Lang

PREFIX = "sector_"


def known_sectors() -> list[str]:
    """Every sector that a rule names among those whom it binds."""
    told = {one for held in load_rulebook().wordings.values() for wording in held for one in wording.who}
    return sorted(one.removeprefix(PREFIX) for one in told if one.startswith(PREFIX))


def listed(lang: Lang) -> str:
    """The sectors with their words, each word once."""
    by_word = {word(PREFIX + one, lang): one for one in reversed(known_sectors())}
    both = [f"{one} {word(one, lang)}" if lang == "zh" else one for one in sorted(by_word.values())]
    return ("、" if lang == "zh" else ", ").join(both)


def help_of_sector(lang: Lang) -> str:
    if lang == "zh":
        return f"行业代号，可自定；有行业规则的：{listed(lang)}；监管部门与其监管的单位写同一代号"
    return f"a sector's word; rules name {listed(lang)}; an authority and those it supervises share one word"


def give(frame: Frame, name: str, data: Mapping[str, Any]) -> None:
    """Give the command; then say so where no rule names an enterprise's sector: it may be a slip."""
    give_command(frame, name, data)
    sector = str(data["sector"])
    if sector in known_sectors() or data.get("kind") in AUTHORITIES:
        return
    click.echo(
        frame.say(
            f"提示：没有规则提到行业“{sector}”，只按不分行业的规则执行；有行业规则的：{listed('zh')}"
            "（写错的用 body reclassify 更正）",
            f"note: no rule names the sector '{sector}'; only rules for all sectors bind; rules name {listed('en')}"
            " (a slip is mended with body reclassify)",
        ),
        err=True,
    )
