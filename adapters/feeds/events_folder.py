"""A folder in which an equipment system leaves files: each finished file once, and none is ever deleted.

A file counts as finished when it looks the same at two rounds. Who wants them moved gets them moved: into ``working``
while they are read, then into ``done`` or ``refused``. What a killed run left in ``working`` is taken up first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

NAMES = (".json", ".jsonl", ".ndjson", ".csv")
"""Endings of files that are looked at; what is still being written often has another."""
WORKING, DONE, REFUSED = "working", "done", "refused"
Look = tuple[int, int, int]


def files_of(folder: Path) -> list[Path]:
    """The files to be taken, by name: regular ones of a known ending; no hidden ones, no links, no sub-folders."""
    found = (
        one
        for one in folder.iterdir()
        if one.suffix.lower() in NAMES and not one.name.startswith(".") and not one.is_symlink()
    )
    return sorted(one for one in found if one.is_file())


class Folder:
    """One folder under watch; ``moving`` files them away."""

    def __init__(self, path: Path, moving: bool) -> None:
        self.path = path
        self.moving = moving
        self._looked: dict[Path, Look] = {}
        self._taken: dict[Path, Look] = {}

    def left(self) -> Iterator[Path]:
        """What a run that was cut short had begun."""
        working = self.path / WORKING
        if self.moving and working.is_dir():
            yield from files_of(working)

    def ready(self, settled: bool) -> Iterator[Path]:
        """The files that were not taken yet; with ``settled`` only those that look as they did at the last round."""
        before, self._looked = self._looked, {}
        for file in files_of(self.path):
            try:
                look = _look(file)
            except FileNotFoundError:
                continue
            self._looked[file] = look
            if self._taken.get(file) == look or (settled and before.get(file) != look):
                continue
            self._taken[file] = look
            claimed = self._claimed(file)
            if claimed is not None:
                yield claimed

    def _claimed(self, file: Path) -> Path | None:
        """The file itself, or where it was moved to be read; None where somebody else was first."""
        if not self.moving:
            return file
        try:
            return _move(file, self.path / WORKING)
        except FileNotFoundError:
            return None

    def settle(self, file: Path, accepted: bool) -> Path:
        """File it away by what became of it."""
        return _move(file, self.path / (DONE if accepted else REFUSED)) if self.moving else file


def _look(file: Path) -> Look:
    said = file.stat()
    return said.st_ino, said.st_size, said.st_mtime_ns


def _move(file: Path, folder: Path) -> Path:
    """Give a file a name of its own in the folder; a name that is taken there gets a number, and stays what it is."""
    folder.mkdir(exist_ok=True)
    number = 1
    while True:
        target = folder / (file.name if number == 1 else f"{file.stem}.{number}{file.suffix}")
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            number += 1
            continue
        try:
            os.replace(file, target)  # takes the place of the empty file that was just made to hold the name
        except OSError:
            target.unlink()
            raise
        return target
