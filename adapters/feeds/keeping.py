"""Messages as they came, byte by byte, by their hash: whoever doubts a record reads what it was made from.

They lie in the folder of the evidence, as ``received``. What was fetched once by its address is remembered there too:
messages do not change, so none is asked for twice.
"""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path

from domain.refused_evidence import EvidenceStoreError

FOLDER = "received"


class Received:
    """One folder of messages by hash; every process may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def keep(self, raw: bytes) -> str:
        """Make the bytes durable and return their hash; raises ``EvidenceStoreError`` where the disk cannot."""
        digest = sha256(raw).hexdigest()
        path = self.path(digest)
        if path.exists() and path.stat().st_size == len(raw):
            return digest
        self._write(path, raw)
        return digest

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
        self._write(self._mark(source, address), digest.encode())

    def _mark(self, source: str, address: str) -> Path:
        return self.folder / "fetched" / sha256(f"{source}\n{address}".encode()).hexdigest()

    def _write(self, path: Path, raw: bytes) -> None:
        """A whole file under its name, or none."""
        incoming = self.folder / f".{secrets.token_hex(8)}"
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(incoming, "xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.replace(incoming, path)
        except OSError as error:
            incoming.unlink(missing_ok=True)
            raise EvidenceStoreError(where=str(self.folder), problem=str(error)) from error
