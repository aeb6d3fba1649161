"""A file of an equipment system, read whole: CloudEvents as one JSON object, an array, JSON lines, or CSV.

What it is follows from its content, never from its name. Text is UTF-8 with or without a mark at its beginning. GB18030
is read only where a person says so: a guess could put wrong characters into records that are kept for ever.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from adapters.canonical import BadJsonError, read_json
from adapters.feeds.events_shape import Arrival, Fault, read_event

Encoding = Literal["utf-8", "gb18030"]
MOST_BYTES = 16 * 1024 * 1024
"""Bytes of one file, and of what comes on standard input: a limit of ours."""
MOST_EVENTS = 10_000
"""Events of one file: a limit of ours."""

ATTRIBUTES = ("specversion", "id", "source", "type", "time", "subject")
DATA = ("equipment", "unit", "material", "post", "order", "alarm", "severity", "what", "starts", "ends")
COLUMNS: Mapping[str, str] = {
    **{name: name for name in (*ATTRIBUTES, *DATA)},
    "版本": "specversion",
    "编号": "id",
    "来源": "source",
    "类型": "type",
    "时间": "time",
    "主题": "subject",
    "设备": "equipment",
    "单元": "unit",
    "物料": "material",
    "岗位": "post",
    "工单": "order",
    "报警": "alarm",
    "级别": "severity",
    "内容": "what",
    "开始": "starts",
    "结束": "ends",
}
"""Heading of a column, in English or Chinese, -> the attribute of the event or the field of its data."""
NEEDED = ("id", "source", "type")


@dataclass(frozen=True)
class Sheet:
    """A file as it was read: its form, its events, and everything that is wrong with it; with a fault, none counts."""

    form: str
    arrivals: tuple[Arrival, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


class _UnreadableError(Exception):
    def __init__(self, zh: str, en: str, row: int = 0, field: str = "file") -> None:
        super().__init__(en)
        self.fault = Fault(row, field, zh, en)


def read_sheet(raw: bytes, encoding: Encoding = "utf-8") -> Sheet:
    """Read and check a whole file; every fault is listed with its row and field. Raises nothing."""
    form = "json"
    try:
        text = _text(raw, encoding)
        form, rows = _rows(text)
    except _UnreadableError as unreadable:
        return Sheet(form, (), (unreadable.fault,))
    arrivals: list[Arrival] = []
    faults: list[Fault] = []
    for row, given in rows:
        read = given if isinstance(given, Fault) else read_event(given, row)
        if isinstance(read, Arrival):
            arrivals.append(read)
        else:
            faults += [read] if isinstance(read, Fault) else read
    return Sheet(form, tuple(arrivals), tuple(faults))


def _text(raw: bytes, encoding: Encoding) -> str:
    if len(raw) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise _UnreadableError(f"超过 {most} MB", f"is larger than {most} MB")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        zh = "是 UTF-16 文字；请另存为 UTF-8"
        raise _UnreadableError(zh, "is UTF-16 text; save it as UTF-8")
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        if encoding == "utf-8" and _is_gb18030(raw):
            zh = "不是 UTF-8，可能是 GB18030（GBK）；请另存为 UTF-8，或确认后加 --encoding gb18030"
            en = "is not UTF-8 but may be GB18030 (GBK); save it as UTF-8, or if you know it is, add --encoding gb18030"
            raise _UnreadableError(zh, en, row) from None
        name = encoding.upper()
        raise _UnreadableError(f"不是 {name} 文字", f"is not {name} text", row) from None


def _is_gb18030(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: str) -> tuple[str, list[tuple[int, Any]]]:
    """The form of the text, and each event in it with its row, not yet checked."""
    start = text.lstrip(" \t\r\n")[:1]
    if not start:
        raise _UnreadableError("是空的", "is empty")
    if start == "[":
        batch = _json(text, 0)
        form, rows = "batch", [(at, one) for at, one in enumerate(batch, 1)]
    elif start == "{":
        lines = [(at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) > 1 and _whole(lines[0][1]):
            form, rows = "lines", [(at, _json_or_fault(line, at)) for at, line in lines]
        else:
            form, rows = "event", [(1, _json(text, 1))]
    else:
        form, rows = "csv", _csv(text)
    if len(rows) > MOST_EVENTS:
        zh, en = f"超过 {MOST_EVENTS} 个事件", f"holds more than {MOST_EVENTS} events"
        raise _UnreadableError(zh, en)
    return form, rows


def _whole(line: str) -> bool:
    """Whether the first line is a JSON text by itself, so that each line is one."""
    try:
        read_json(line.encode(), max_bytes=MOST_BYTES)
    except BadJsonError:
        return False
    return True


def _json(text: str, row: int) -> Any:
    try:
        return read_json(text.encode(), max_bytes=MOST_BYTES)
    except BadJsonError as error:
        line = text.count("\n", 0, error.position) + 1
        zh = f"第 {line} 行起不是有效的 JSON"
        raise _UnreadableError(zh, f"line {line}: {error}", row, "json") from None


def _json_or_fault(line: str, row: int) -> Any:
    try:
        return read_json(line.encode(), max_bytes=MOST_BYTES)
    except BadJsonError as error:
        return Fault(row, "json", "不是有效的 JSON", str(error))


# ------------------------------------------------------------------------------------------------ CSV


def _csv(text: str) -> list[tuple[int, Any]]:
    """Each row as the event it means; row 1 holds the headings, as in a spreadsheet. Blank rows are left out."""
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _UnreadableError(f"不是有效的 CSV：{error}", f"is not CSV: {error}") from None
    head = [cell.strip() for cell in table[0]]
    names = _headings(head)
    rows: list[tuple[int, Any]] = []
    for row, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            zh = f"有 {len(cells)} 格，标题行有 {len(names)} 格"
            en = f"has {len(cells)} cells, and the headings are {len(names)}"
            rows.append((row, Fault(row, "row", zh, en)))
        else:
            rows.append((row, _event(dict(zip(names, cells, strict=True)))))
    return rows


def _headings(head: Sequence[str]) -> list[str]:
    names: list[str] = []
    for at, heading in enumerate(head, 1):
        name = COLUMNS.get(heading)
        if name is None:
            known = ", ".join((*ATTRIBUTES, *DATA))
            zh = f"第 {at} 列的标题“{heading[:40]}”不认识（可用：{known}）；若这不是 CSV，请检查文件格式"
            en = f"the heading '{heading[:40]}' of column {at} is unknown (known: {known}); or this is no CSV"
            raise _UnreadableError(zh, en, 1, "heading")
        if name in names:
            zh, en = f"标题“{heading}”出现两次", f"the heading '{heading}' stands there twice"
            raise _UnreadableError(zh, en, 1, "heading")
        names.append(name)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        listed = ", ".join(missing)
        raise _UnreadableError(f"缺少列：{listed}", f"lacks the columns: {listed}", 1, "heading")
    return names


def _event(cells: Mapping[str, str]) -> dict[str, Any]:
    """The same event as JSON would say it: an empty cell says nothing."""
    said = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    event: dict[str, Any] = {"specversion": "1.0"}
    event |= {name: said[name] for name in ATTRIBUTES if name in said}
    data = {name: said[name] for name in DATA if name in said}
    return event | ({"data": data} if data else {})
