"""The evidence store: files by the hash of their content in a folder, whole or not at all, checked byte by byte.

A file is copied to a place of its own while it is hashed, made durable, and only then given its name; what breaks on
the way (a full disk, a kill) leaves nothing that anybody could take for a file. A copy that a killed process left is
swept by the next deposit.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from adapters.evidence.index import Deposit, Index
from adapters.evidence.kinds import MOST, kind_of
from adapters.problems import problem_of
from domain.refused_evidence import (
    EvidenceDamagedError,
    EvidenceNotHeld,
    EvidenceStoreError,
    FileNotKnown,
    FileTooLarge,
)

CHUNK = 1024 * 1024
SALT = 32


@dataclass(frozen=True)
class Kept:
    """What a deposit made, and the other deposits of the same content."""

    deposit: Deposit
    equal: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a check says of one deposit: ``held``, ``missing`` or ``damaged``."""

    deposit: Deposit
    state: str


class EvidenceStore:
    """One folder: ``files`` by content, ``index`` with the salts, ``incoming`` for copies under way.

    ``most`` bounds the bytes of a file by its kind; ``salt`` makes a new salt for each file.
    """

    def __init__(
        self,
        folder: Path,
        most: dict[str, int] | None = None,
        salt: Callable[[], bytes] = lambda: secrets.token_bytes(SALT),
    ) -> None:
        self.folder = folder
        self._most = MOST if most is None else most
        self._salt = salt
        self.index = Index(folder / "index")

    # ------------------------------------------------------------------------------------------- in

    def add(self, source: BinaryIO, name: str, media: str | None = None) -> Kept:
        """Take a file in; ``name`` only serves to speak of it, ``media`` is what a feed read it as.

        Refuses a kind that does not serve as evidence and one too large; raises ``EvidenceStoreError`` where the disk
        cannot keep it. In none of these cases does anything stay.
        """
        with self._serving():
            self._make()
            self._sweep()
            with self._incoming() as (temporary, file):
                salt = self._salt()
                plain, salted, size = self._copy(source, file, salt, name)
                media = media or kind_of(file)
                if media is None:
                    raise FileNotKnown(name=name, allowed=", ".join(MOST))
                if size > self._most.get(media, size):
                    raise FileTooLarge(name=name, most=self._most[media])
                deposit = Deposit(salted, plain, salt, media, size)
                with self.index.writing() as connection:
                    equal = tuple(one.salted for one in self.index.equal(plain))
                    self._place(temporary, plain)
                    self.index.add(connection, deposit)
                return Kept(deposit, equal)

    def _copy(self, source: BinaryIO, file: BinaryIO, salt: bytes, name: str) -> tuple[str, str, int]:
        plain, salted, size = sha256(), sha256(salt), 0
        most = max(self._most.values())
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise FileTooLarge(name=name, most=most)
            plain.update(chunk)
            salted.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return plain.hexdigest(), salted.hexdigest(), size

    def _place(self, temporary: Path, plain: str) -> None:
        """Give the copy its name; a file of that name that is damaged is replaced by the whole one."""
        target = self._path(plain)
        if not target.parent.exists():
            target.parent.mkdir(mode=0o700)
            _settle(target.parent.parent)
        if not (target.exists() and _hash(target, b"") == plain):
            os.replace(temporary, target)
            _settle(target.parent)

    # ------------------------------------------------------------------------------------------- out

    def get(self, salted: str, sink: BinaryIO) -> Deposit:
        """Copy a file out; raises ``EvidenceDamagedError`` at the end where it no longer has its hash."""
        with self._serving():
            deposit = self.index.one(salted)
            if deposit is None or not self._path(deposit.plain).exists():
                raise EvidenceNotHeld(evidence=salted)
            digest = sha256(deposit.salt)
            with open(self._path(deposit.plain), "rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    sink.write(chunk)
        if digest.hexdigest() != salted:
            raise EvidenceDamagedError(evidence=salted)
        return deposit

    def check(self) -> Iterator[Found]:
        """Read every file and hold it to its salted hash."""
        with self._serving():
            deposits = self.index.every()
        for one in deposits:
            with self._serving():
                path = self._path(one.plain)
                if not path.exists():
                    state = "missing"
                else:
                    state = "held" if _hash(path, one.salt) == one.salted else "damaged"
            yield Found(one, state)

    def strays(self) -> list[str]:
        """Files that no deposit names: what is left where a process died between copying and writing it down."""
        with self._serving():
            known = {one.plain for one in self.index.every()}
            files = self.folder / "files"
            if not files.exists():
                return []
            return sorted(one.name for one in files.glob("*/*") if one.name not in known)

    def equals(self) -> list[tuple[Deposit, ...]]:
        """Deposits of equal content, where there are several of one."""
        with self._serving():
            groups: dict[str, list[Deposit]] = {}
            for one in self.index.every():
                groups.setdefault(one.plain, []).append(one)
        return [tuple(group) for group in groups.values() if len(group) > 1]

    # ------------------------------------------------------------------------------------------- away

    def erase(self, salted: str) -> tuple[bool, tuple[str, ...]]:
        """Erase a file, its salt and its plain hash; whether there was any, and who else deposited the same content.

        What others deposited stays theirs. The file goes first: an erasure that was cut short is finished by repeating.
        """
        with self._serving():
            deposit = self.index.one(salted)
            if deposit is None:
                return False, ()
            with self.index.writing() as connection:
                if self.index.used(connection, deposit.plain) == 1:
                    path = self._path(deposit.plain)
                    path.unlink(missing_ok=True)
                    if path.parent.exists():
                        _settle(path.parent)
                self.index.drop(connection, salted)
            return True, tuple(one.salted for one in self.index.equal(deposit.plain))

    # ------------------------------------------------------------------------------------------- the folder

    def _path(self, plain: str) -> Path:
        return self.folder / "files" / plain[:2] / plain

    def _make(self) -> None:
        for folder in (self.folder, self.folder / "files", self.folder / "incoming"):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                _settle(folder.parent)

    def _sweep(self) -> None:
        """Remove copies whose process is gone: nobody holds their lock."""
        for left in (self.folder / "incoming").iterdir():
            with suppress(FileNotFoundError, BlockingIOError), open(left, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()

    @contextmanager
    def _incoming(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A place for one copy, locked while this process is at it, gone afterwards."""
        while True:
            path = self.folder / "incoming" / secrets.token_hex(16)
            with open(path, "x+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not path.exists():  # somebody swept it between its opening and its locking
                    continue
                try:
                    yield path, file
                finally:
                    path.unlink(missing_ok=True)
                return

    @contextmanager
    def _serving(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise EvidenceStoreError(where=str(self.folder), problem=problem_of(error)) from error


def _hash(path: Path, salt: bytes) -> str:
    digest = sha256(salt)
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
