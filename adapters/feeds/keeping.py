"""Messages as they came, byte by byte, by their hash: whoever doubts a record reads what it was made from.

They lie in the folder of the evidence, as ``received``. What was fetched once by its address is remembered there too:
messages do not change, so none is asked for twice.
"""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path

from adapters.problems import problem_of
from domain.refused_evidence import EvidenceStoreError

FOLDER = "received"


class Received:
    """One folder of messages by hash; every process may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._waiting: dict[Path, Path] = {}

    def keep(self, raw: bytes) -> str:
        """Write the bytes down and return their hash; they are durable after ``settle``.

        Raises ``EvidenceStoreError`` where the disk cannot keep them.
        """
        digest = sha256(raw).hexdigest()
        path = self.path(digest)
        if path not in self._waiting and not (path.exists() and path.stat().st_size == len(raw)):
            self._waiting[path] = self._write(path, raw)
        return digest

    def settle(self) -> None:
        """Make everything durable that was written down, each under its name: many at once cost little more than one.

        Raises ``EvidenceStoreError``; then none of them is there.
        """
        waiting, self._waiting = self._waiting, {}
        try:
            for incoming in waiting.values():
                _settle(incoming)
            for path, incoming in waiting.items():
                os.replace(incoming, path)
            for folder in {path.parent for path in waiting}:
                _settle(folder)
        except OSError as error:
            for incoming in waiting.values():
                incoming.unlink(missing_ok=True)
            raise EvidenceStoreError(where=str(self.folder), problem=problem_of(error)) from error

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def get(self, digest: str) -> bytes | None:
        """The bytes of that hash; None where they are not held, or are no longer what they were."""
        try:
            raw = self.path(digest).read_bytes()
        except OSError:
            return None
        return raw if sha256(raw).hexdigest() == digest else None

    def fetched(self, source: str, address: str) -> bool:
        """Whether what lies at the address was read before."""
        return self._mark(source, address).exists()

    def mark_fetched(self, source: str, address: str, digest: str) -> None:
        """Remember it; only once what was read there stands in the journal, or it would never be read again."""
        path = self._mark(source, address)
        os.replace(self._write(path, digest.encode()), path)

    def _mark(self, source: str, address: str) -> Path:
        return self.folder / "fetched" / sha256(f"{source}\n{address}".encode()).hexdigest()

    def _write(self, path: Path, raw: bytes) -> Path:
        """A whole file under a name of its own beside the folder of the path, or none."""
        incoming = self.folder / f".{secrets.token_hex(8)}"
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(incoming, "xb") as file:
                file.write(raw)
        except OSError as error:
            incoming.unlink(missing_ok=True)
            raise EvidenceStoreError(where=str(self.folder), problem=problem_of(error)) from error
        return incoming


def _settle(path: Path) -> None:
    """Make a file's bytes, or a folder's names, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
