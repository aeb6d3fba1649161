"""The channel that is a folder: a file of JSON lines for each recipient, and a calendar of what they owe if asked.

A line is whole and on disk before it counts as delivered; a line torn by a crash is cut off before the next one.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

from adapters.notify.texts import encoded


def append(folder: Path, recipient: str, message: str, content: dict[str, Any]) -> bytes:
    """Add one message to the file, unless it is its last line already; returns the line. Raises ``OSError``."""
    line = encoded({"id": message, **content}) + b"\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{recipient}.jsonl"
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = _whole(file)
        if _last_line(file, end) != line:
            os.ftruncate(file, end)
            _write_all(file, line, end)
            os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _sync_folder(folder)
    return line


def _whole(file: int) -> int:
    """Where the last whole line ends."""
    size = os.fstat(file).st_size
    end = size
    while end > 0:
        start = max(0, end - 65_536)
        found = os.pread(file, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _last_line(file: int, end: int) -> bytes:
    """The last whole line; empty where there is none. Lines are read from behind, for the file may be long."""
    held = b""
    start = end
    while start > 0:
        step = max(0, start - 65_536)
        held = os.pread(file, start - step, step) + held
        found = held[:-1].rfind(b"\n")
        if found >= 0:
            return held[found + 1 :]
        start = step
    return held


def _write_all(file: int, line: bytes, at: int) -> None:
    written = 0
    while written < len(line):
        written += os.pwrite(file, line[written:], at + written)


def write_calendar(folder: Path, recipient: str, content: bytes) -> bool:
    """Put the recipient's calendar in its place whole; whether it differed from the one there. Raises ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{recipient}.ics"
    if path.exists() and path.read_bytes() == content:
        return False
    beside = folder / f".{recipient}.ics.{os.getpid()}"
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(folder)
    return True


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
