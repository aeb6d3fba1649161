"""What the demo shows of its file: the lists, one history, what is due, the seal, and the commands to look further."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from adapters.audit import Verdict, verify
from adapters.audit_registers import with_registers
from adapters.demo import showing_plant
from adapters.demo.hazards import BRAKE
from adapters.demo.mine import DIRECTOR, MINE
from adapters.digest import subject_text
from adapters.rule_titles import rule_title
from adapters.tell import cited
from adapters.verbs.columns import column
from adapters.verbs.frame import Frame, console_of, local, preferred_language
from adapters.verbs.history import life, tell_history
from adapters.verbs.machine import answer_question
from domain.bodies import BODY
from domain.labels import Lang, label
from domain.language import COLOUR, LEVELS, day_of, days_late, stream_name
from domain.rule_adoption import ADOPTED
from domain.rulebook import Citation

Rows = Sequence[Mapping[str, Any]]

PIPE = 160
"""How many columns wide a pipe gets its tables."""
NARROW = 120
"""Below so many columns a terminal is shown the columns that matter most."""
RISKS_ASIDE = frozenset({"unit", "control_count"})
HAZARDS_ASIDE = frozenset({"unit", "due", "responsible"})


@dataclass(frozen=True)
class Shown:
    """What the questions answer about the file."""

    bodies: Rows
    risks: Rows
    hazards: Rows
    duties: Rows
    plant: Mapping[str, Any]
    areas: Rows
    waiting: Rows
    verdict: Verdict


def look(frame: Frame) -> Shown:
    """Ask what a person would ask."""
    of_mine = {"body": MINE}
    return Shown(
        answer_question(frame, "body-list", {}),
        answer_question(frame, "risk-list", of_mine),
        answer_question(frame, "hazard-ledger", of_mine),
        answer_question(frame, "duty-list", of_mine),
        showing_plant.numbers(frame),
        showing_plant.areas(frame),
        showing_plant.waiting(frame),
        with_registers(verify(frame.app.ledger), frame.app.ledger),
    )


def summary(frame: Frame, shown: Shown, before: int, seconds: float) -> dict[str, Any]:
    """The same in numbers; ``overdue`` counts the duties that are overdue and still not answered."""
    standing = current(shown.risks)
    levels = Counter(str(row["level"]) for row in standing)
    return {
        "practice": frame.app.practice,
        "file": frame.db,
        "records": shown.verdict.size,
        "new_records": shown.verdict.size - before,
        "enterprises": sum(row["kind"] == "enterprise" for row in shown.bodies),
        "risks": len(standing),
        "risks_by_level": {level: levels[level] for level in LEVELS},
        "hazards": len(shown.hazards),
        "hazards_by_step": dict(Counter(str(row["step"]) for row in shown.hazards)),
        "duties": len(shown.duties),
        "overdue": sum(row["step"] == "overdue" for row in owed(frame, shown)),
        "root": shown.verdict.root,
        "verified": shown.verdict.holds,
        "seconds": round(seconds, 2),
        **shown.plant,
    }


def current(risks: Rows) -> Rows:
    """The risks that are not retired, the gravest first."""
    standing = [row for row in risks if row["standing"] != "retired"]
    order = {str(level): at for at, level in enumerate(LEVELS)}
    return sorted(standing, key=lambda row: (order.get(str(row["level"]), len(order)), str(row["code"])))


def owed(frame: Frame, shown: Shown) -> Rows:
    """The duties that are not answered, with step and days as of the file's present day, the earliest first."""
    today = day_of(frame.app.now())
    rows = []
    for row in shown.duties:
        due = str(row["due"])
        if row["step"] != "answered":
            late, left = days_late(due, today), days_late(today, due)
            step = "overdue" if late else "open" if left else "fell_due"
            days = (
                frame.say(f"已过 {late} 天", f"{late} days ago")
                if late
                else frame.say(f"还有 {left} 天", f"in {left} days")
            )
            rows.append({**row, "step": step, "days": days})
    return sorted(rows, key=lambda row: str(row["due"]))


def lateness(frame: Frame, row: Mapping[str, Any]) -> str:
    """Whether a hazard was rectified in time, on both clocks; an overdue that was recorded stays."""
    late, recorded = row["days_late"], row["days_late_recorded"]
    if late is None:
        return frame.say("逾期", "overdue") if row["overdue"] else ""
    if late:
        return frame.say(f"迟 {late} 天", f"{late} days late")
    if recorded:
        return frame.say(f"按期，补录晚 {recorded} 天", f"in time, recorded {recorded} days late")
    return frame.say("按期", "in time")


def bound_by(frame: Frame) -> list[Citation]:
    """What binds the mine at the end of the year, of the packs it adopted."""
    app = frame.app
    folded = app.engine.memory.folded
    body = folded(BODY, stream_name(BODY.name, MINE), fresh=True).state
    day = day_of(app.now())
    adopted = folded(ADOPTED, stream_name(ADOPTED.name, MINE), fresh=True).state.on(day)
    rules = app.engine.rules
    found = []
    for pack, (version, _) in adopted.packs.items():
        held = rules.pack(pack, version)
        for member in held.value["members"] if held else ():
            binding = rules.binding(member["rule"], day, body.area, body.who, adopted)
            found += [binding[1]] if binding else []
    return found


# ------------------------------------------------------------------------------------------------- showing


def show(frame: Frame, shown: Shown, told: Lang, before: int, seconds: float) -> None:
    """Everything for a person: colours on a terminal, plain text in a pipe."""
    say, names = frame.say, frame.app.directory.names()
    size, mine = shown.verdict.size, next(row for row in shown.bodies if row["body"] == MINE)
    click.echo(say("【演练文件，非真实记录】", "[practice file: nothing here is real]"))
    listed = [row for row in shown.bodies if row["kind"] == "enterprise"]
    sectors = Counter(str(row["sector"]) for row in listed)
    click.echo(
        say(
            f"{frame.db}：{size} 条记录（新增 {size - before}），用时 {seconds:.1f} 秒；"
            f"演练时间 {local(frame.app.now())}",
            f"{frame.db}: {size} records ({size - before} new) in {seconds:.1f} s; "
            f"it is {local(frame.app.now())} there",
        )
    )
    click.echo(
        say(
            f"南京市 2018 年试点企业 {len(listed)} 家：非煤矿山 {sectors['non_coal_mine']}，"
            f"危化品 {sectors['hazardous_chemicals']}，冶金等工贸 {sectors['industry_and_trade']}",
            f"{len(listed)} enterprises of Nanjing's pilot of 2018: {sectors['non_coal_mine']} mines, "
            f"{sectors['hazardous_chemicals']} chemicals, {sectors['industry_and_trade']} industry and trade",
        )
    )
    if told != frame.lang:
        click.echo(
            say("文件的内容以英文写成，不会改变", "What was entered in this file is Chinese, and stays so")
        )
    heading(say(f"规则：{mine['name']} 采用的规则包", f"Rules: what binds {MINE} {mine['name']}, as adopted"))
    for citation in bound_by(frame):
        click.echo(f"  {cited(citation, frame.lang)}")
    heading(say("第一道防线：当前安全风险清单", "The first line of defence: the current risk list"))
    table(
        frame,
        current(shown.risks),
        ("code", "name", "unit", "level", "score", "control_count", "assessed_at"),
        RISKS_ASIDE,
    )
    heading(say("一家机械厂的全部单元", "A machine works, place by place"))
    click.echo(f"  {showing_plant.sentence(frame, shown.plant)}")
    table(frame, shown.areas, ("code", "name", "level"))
    click.echo(f"  {showing_plant.still_waiting(frame, shown.waiting)}")
    table(frame, shown.waiting, ("change_code", "risk", "risk_name", "persons", "due"))
    heading(say("第二道防线：事故隐患台账", "The second line of defence: the hazard ledger"))
    ledger = [
        {
            **row,
            "responsible": names.get(str(row["responsible"]), row["responsible"]),
            "lateness": lateness(frame, row),
        }
        for row in shown.hazards
    ]
    table(
        frame,
        ledger,
        ("code", "title", "unit", "grade", "step", "due", "responsible", "lateness"),
        HAZARDS_ASIDE,
    )
    heading(say(f"一条隐患的全过程：{BRAKE}", f"One hazard's whole history: {BRAKE}"))
    tell_history(frame, life(frame.app, "hazard", BRAKE, MINE))
    heading(say("下一步应办", "What is due next"))
    titles = {row["code"]: row["title"] for row in shown.hazards}
    owes = [
        {
            **row,
            "owed_by": names.get(str(row["owed_by"]), label(str(row["owed_by"]), frame.lang)),
            "title": titles.get(row["subject"], rule_title(str(row["rule"]), frame.lang)),
            "subject": subject_text(row, frame.lang),
        }
        for row in owed(frame, shown)
    ]
    table(frame, owes, ("subject", "title", "owed_by", "due", "step", "days"))
    heading(say("封印", "The seal"))
    click.echo(f"  {shown.verdict.sentence(frame.lang)}")
    heading(say("接下来看什么", "Where to look next"))
    for command, why in next_commands(frame):
        click.echo(f"  {command}  # {why}")


def next_commands(frame: Frame) -> list[tuple[str, str]]:
    """Real commands on this very file, each with what it shows."""
    on = f"--db {shlex.quote(str(frame.db))}"
    if preferred_language([], os.environ) != frame.lang:
        on += f" --lang {frame.lang}"
    say = frame.say
    return [
        (
            f"dualguard hazard history YH-0003 {on}",
            say("重大隐患，两人验收", "a major hazard, accepted by two persons"),
        ),
        (f"dualguard hazard history YH-0002 {on}", say("按期完成，补录迟到", "done in time, entered late")),
        (
            f"dualguard risk list --body {MINE} --as-of 2026-06-20 --known-at 2026-06-20 {on}",
            say(
                "6 月 20 日当天所知的清单：R-0011 还是较大",
                "as known on 20 June, when R-0011 was still larger",
            ),
        ),
        (
            f"dualguard risk history R-0009 {on}",
            say("地质变化后升为重大", "raised to major after the geology changed"),
        ),
        (
            f"dualguard unit tree --body {MINE} {on}",
            say("评估单元（表 A）", "the assessment units, after Table A"),
        ),
        *showing_plant.next_commands(frame, on),
        (
            f"dualguard duty list --mine --as {DIRECTOR} --open-only {on}",
            say("主要负责人的应办事项", "what the head of the mine owes"),
        ),
        (
            f"dualguard clock simulate --until 2028-05-31 --body {MINE} {on}",
            say("推演今后十八个月", "the next eighteen months, simulated"),
        ),
        (f"dualguard audit verify {on}", say("重算全部封印", "recompute the whole seal")),
    ]


def heading(text: str) -> None:
    """One line over a part, in bold on a terminal."""
    click.echo()
    click.secho(text, bold=True)


_HEADINGS = {"lateness": ("是否按期", "in time?"), "days": ("天数", "when")}
_LABELLED = frozenset({"grade", "step"})
_FLOWING = frozenset({"name", "title", "lateness"})
"""Columns that may take more than one line; the others stand whole."""
_STYLE = {"red": "bold red", "orange": "dark_orange", "yellow": "yellow", "blue": "blue"}
_GRAVE = frozenset({"overdue", "major"})


def table(frame: Frame, rows: Rows, names: Sequence[str], aside: frozenset[str] = frozenset()) -> None:
    """Rows under the named columns; a narrow terminal goes without those ``aside``."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = console_of(None if sys.stdout.isatty() else PIPE)
    kept = [name for name in names if console.width >= NARROW or name not in aside]
    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in kept:
        zh, en = _HEADINGS.get(name, (column(name, "zh"), column(name, "en")))
        made.add_column(frame.say(zh, en), overflow="fold", no_wrap=name not in _FLOWING)
    for row in rows:
        made.add_row(*(Text(*cell(frame, name, row.get(name))) for name in kept))
    console.print(made)


def cell(frame: Frame, name: str, value: Any) -> tuple[str, str]:
    """A value as a person reads it, and its style on a terminal."""
    if value is None:
        return "", ""
    text = str(value)
    if name == "level":
        colour = COLOUR[text]
        return f"{label(text, frame.lang)} · {label(colour, frame.lang)}", _STYLE[colour]
    if name in _LABELLED:
        return label(text, frame.lang), "bold red" if text in _GRAVE else ""
    return local(text)[:10] if name.endswith("_at") else text, ""
