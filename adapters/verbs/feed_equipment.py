"""Verbs for equipment systems: read what they send, say which unit a code is, settle what goes nowhere by itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.problems import problem_of
from adapters.verbs.commanding import add_command
from adapters.verbs.equipment_questions import add_equipment_questions
from adapters.verbs.equipment_words import form_words
from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.history import history_verb
from adapters.verbs.machine import answer_question, given_in
from adapters.verbs.telling import react
from domain.bodies import BODY
from domain.equipment import MapEquipment, UnmapEquipment
from domain.equipment_events import ReceiveEquipmentEvent, SettleEquipmentEvent
from domain.labels import Term
from domain.language import SHARED, is_code, stream_name
from domain.refused import BadField, UnknownThing

if TYPE_CHECKING:
    from adapters.feeds.events_folder import Folder
    from adapters.feeds.events_taking import Taken, Taker

SHOWN = 100
"""Faults of one file that are printed for a person; machines get all."""
STDIN = "-"


def add_equipment(noun: Noun) -> None:
    """Add the verbs to the noun ``feed``."""
    _reading(noun)
    add_command(
        noun, "map", MapEquipment, "指明设备编码对应的单元", "say which unit a code of another system is"
    )
    add_command(noun, "unmap", UnmapEquipment, "撤销设备编码的对应", "take a mapping back")
    add_command(
        noun, "receive", ReceiveEquipmentEvent, "手工录入一个设备事件", "enter one equipment event by hand"
    )
    add_command(
        noun,
        "settle",
        SettleEquipmentEvent,
        "处理等待的设备事件：报告变化或说明无需处理",
        "say what a waiting event is: a change, or nothing",
    )
    add_equipment_questions(noun)
    history_verb(noun, "feed-event")


def _reading(noun: Noun) -> None:
    zh = noun.lang == "zh"

    @noun.verb(
        "equipment",
        "读取设备系统发来的事件：文件、文件夹或标准输入（-）；CloudEvents 1.0 JSON 或 CSV",
        "read what equipment systems sent from a file, a folder or standard input (-): CloudEvents 1.0 as JSON (one, "
        "an array, lines) or as CSV; exit 1 where a file was refused",
        [
            click.Argument(["path"], metavar="PATH|DIR|-"),
            click.Option(
                ["--body"], help="缺省：唯一的责任单位" if zh else "default: the only responsible body"
            ),
            click.Option(
                ["--encoding"],
                type=click.Choice(["utf-8", "gb18030"]),
                default="utf-8",
                help="文字编码，不作猜测" if zh else "of the text; never guessed",
            ),
            click.Option(["--store"], metavar="FOLDER", help="default: FILE-evidence, or DUALGUARD_EVIDENCE"),
            click.Option(
                ["--watch"],
                is_flag=True,
                help="持续查看文件夹" if zh else "keep looking at the folder until stopped",
            ),
            click.Option(
                ["--every"],
                type=click.FloatRange(0, 86400),
                default=5.0,
                help="两次查看之间的秒数" if zh else "seconds between two rounds",
            ),
            click.Option(
                ["--rounds"], type=click.IntRange(1), help="查看几次后停止" if zh else "stop after so many"
            ),
            click.Option(
                ["--move"],
                is_flag=True,
                help="读完移入 done 或 refused，从不删除"
                if zh
                else "move what was read into done or refused; nothing is deleted",
            ),
        ],
    )
    def equipment(
        frame: Frame,
        path: str,
        body: str | None,
        encoding: str,
        store: str | None,
        watch: bool,
        every: float,
        rounds: int | None,
        move: bool,
    ) -> int:
        place = Path(path)
        if frame.at or frame.command_id:
            raise BadField(
                field="--at" if frame.at else "--command-id",
                problem_zh="不适用于本命令：事件自带时间和编号",
                problem_en="is not for this verb: events carry their own time and id",
            )
        if (watch or move) and (path == STDIN or not place.is_dir()):
            raise BadField(
                field="--watch" if watch else "--move",
                problem_zh=f"只适用于文件夹，“{path}”不是文件夹",
                problem_en=f"is for a folder, and '{path}' is none",
            )
        taker = _taker(frame, body, store, encoding)
        if path != STDIN and place.is_dir():
            return _folder(frame, taker, place, watch, every, rounds, move)
        taken = taker.take(_read(path), "-" if path == STDIN else place.name)
        return _tell(frame, [taken], taker.body)


def _taker(frame: Frame, body: str | None, store: str | None, encoding: str) -> Taker:
    from adapters.evidence.place import store_of
    from adapters.feeds.events_taking import Taker

    app, person = frame.app, frame.person
    if person is not None and not is_code(person):
        raise BadField(field="--as", problem_zh="不是有效编码", problem_en="is not a code")
    kept_in = store_of(app.url, store, os.environ)
    return Taker(app, kept_in, _body(frame, body), person, "gb18030" if encoding == "gb18030" else "utf-8")


def _body(frame: Frame, given_body: str | None) -> str:
    """The named body, which is registered; else the only one; else none, and the events wait for a person."""
    app = frame.app
    if given_body is not None:
        if not is_code(given_body) or not app.journal.read(stream_name(BODY.name, given_body)).version:
            raise UnknownThing(kind=Term("body"), code=given_body[:64], body=given_body[:64])
        return given_body
    if not app.ledger.exists():
        return SHARED
    bodies = answer_question(frame, "body-list", {})
    return str(bodies[0]["body"]) if len(bodies) == 1 else SHARED


def _read(path: str) -> bytes:
    """The bytes of a file or of standard input, one more than is taken at most; refuses what cannot be read."""
    from adapters.feeds.events_reading import MOST_BYTES

    if path == STDIN:
        return given_in().read(MOST_BYTES + 1)
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        from domain.refused_evidence import FileNotThere

        raise FileNotThere(name=path, problem=problem_of(error)) from None


# ------------------------------------------------------------------------------------------------- folders


def _folder(
    frame: Frame, taker: Taker, place: Path, watch: bool, every: float, rounds: int | None, move: bool
) -> int:
    from adapters.feeds.events_folder import Folder

    folder = Folder(place, move)
    if not watch:
        whole = list(_round(taker, folder, settled=False, first=True))
        if not whole:
            _tell_empty(frame, place)
        return _tell(frame, whole, taker.body)
    code, number = 0, 0
    while rounds is None or number < rounds:
        if number:
            time.sleep(every)
        number += 1
        for taken in _round(taker, folder, settled=True, first=number == 1):
            code = max(code, _tell(frame, [taken], taker.body, lines=True))
    return code


def _tell_empty(frame: Frame, place: Path) -> None:
    """Nothing to read is no success to be silent about: another folder may be meant."""
    click.echo(
        frame.say(
            f"“{place}”里没有可读取的文件（.json、.jsonl、.ndjson、.csv；只看该文件夹本身，不看其下级）",
            f"'{place}' holds no file to read (.json, .jsonl, .ndjson, .csv; folders inside it are not looked into)",
        ),
        err=True,
    )


def _round(taker: Taker, folder: Folder, settled: bool, first: bool) -> Iterator[Taken]:
    """Take each file that is ready; one that went away or cannot be opened is told, and stays."""
    from adapters.feeds.events_shape import Fault
    from adapters.feeds.events_taking import Taken

    waiting = list(folder.left()) if first else []
    for file in (*waiting, *folder.ready(settled)):
        try:
            raw = _read(str(file))
        except Exception as problem:  # noqa: BLE001 - one unreadable file must not stop the others
            zh = f"无法打开：{problem}"
            yield Taken(file.name, "", faults=(Fault(0, "file", zh, f"cannot be opened: {problem}"),))
            continue
        taken = taker.take(raw, file.name)
        folder.settle(file, accepted=not taken.faults)
        yield taken


# ------------------------------------------------------------------------------------------------- telling


def _tell(frame: Frame, taken: list[Taken], body: str, lines: bool = False) -> int:
    """What became of each file, then what follows from it; 1 where one was refused.

    As JSON an array, or with ``lines`` one object a line.
    """
    rows = [_row(frame, one) for one in taken]
    if lines:
        for row in rows:
            _line(frame, row)
    else:
        named = rows if frame.json else [_shown(frame, row) for row in rows]
        columns = ("file", "form", "events", "new", "known", "different", "not_comparable", "faults")
        show_rows(frame, named, columns)
    for one in taken:
        _tell_faults(frame, one)
        for again in one.repeated:
            if again.content == "different":
                click.echo(
                    frame.say(
                        f"{one.file} 第 {again.row} 行：来源 {again.source} 的事件 {again.id} 早已记录，"
                        "内容不同，未再记录",
                        f"{one.file} row {again.row}: the event {again.id} of {again.source} was recorded before "
                        "with other content; this one is not recorded",
                    ),
                    err=True,
                )
    sys.stdout.flush()
    if any(one.records for one in taken):
        react(frame)
        _tell_waiting(frame, body)
    return 1 if any(one.faults for one in taken) else 0


def _shown(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "form": form_words(row["form"], frame.lang), "faults": len(row["faults"])}


def _line(frame: Frame, row: dict[str, Any]) -> None:
    """One line for one file of a watched folder."""
    if frame.json:
        write_json(row)
        return
    new, known, other = row["new"], row["known"], row["different"] + row["not_comparable"]
    faults = len(row["faults"])
    click.echo(
        frame.say(
            f"{row['file']}：新记录 {new}，已有 {known}，已有但内容不同或无法比较 {other}，问题 {faults}",
            f"{row['file']}: {new} new, {known} known, {other} known and different or not comparable, {faults} faults",
        )
    )


def _tell_waiting(frame: Frame, body: str) -> None:
    """How much waits for a person, so that nobody has to know the list to find it."""
    if frame.json:
        return
    of = {} if body == SHARED else {"body": body}
    rows = [row for row in answer_question(frame, "equipment-unknown", of) if row["body"] == body]
    count = sum(row["count"] for row in rows)
    if count:
        which = "" if body == SHARED else f" --body {body}"
        click.echo(
            frame.say(
                f"有 {count} 个事件等待人员处理：dualguard feed unknown{which}",
                f"events that wait for a person: {count} (dualguard feed unknown{which})",
            ),
            err=True,
        )


def _tell_faults(frame: Frame, one: Taken) -> None:
    if not one.faults:
        return
    for fault in one.faults[:SHOWN]:
        where = frame.say(f"第 {fault.row} 行，", f"row {fault.row}, ") if fault.row else ""
        click.echo(
            f"{one.file}: {where}{fault.field}: {frame.say(fault.zh, fault.en)}",
            err=True,
        )
    left = len(one.faults) - SHOWN
    if left > 0:
        click.echo(frame.say(f"……另有 {left} 处", f"… and {left} more"), err=True)
    click.echo(
        frame.say(
            f"拒绝：{one.file} 有 {len(one.faults)} 处问题，整个文件未记录；改正后可整个重新读取",
            f"refused: nothing of {one.file} was recorded (faults: {len(one.faults)}); correct it and give the whole "
            "file again",
        ),
        err=True,
    )


def _row(frame: Frame, one: Taken) -> dict[str, Any]:
    return {
        "file": one.file,
        "ok": not one.faults,
        "form": one.form,
        "events": one.events,
        "new": len(one.records),
        "known": one.saying("same"),
        "different": one.saying("different"),
        "not_comparable": one.saying("not_comparable"),
        "records": [
            {"position": each.position, "stream": each.stream, "kind": each.kind} for each in one.records
        ],
        "repeated": [
            {name: getattr(each, name) for name in ("row", "event", "source", "id", "content")}
            for each in one.repeated
            if each.content != "same"
        ],
        "faults": [
            {"row": fault.row, "field": fault.field, "problem": frame.say(fault.zh, fault.en)}
            for fault in one.faults
        ],
    }


# ------------------------------------------------------------------------------------------------- questions
