"""Opens the journal that a database URL names: an SQLite file, PostgreSQL, or memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.journal.packed import Ledger
from domain.language import Moment
from domain.refused import BadField

DEFAULT_FILE = "dualguard.db"


def sqlite_path(url: str) -> str | None:
    """The file of an SQLite URL (or of a plain path), "" for memory, None for another database."""
    if "://" not in url:
        return url
    scheme, rest = url.split("://", 1)
    if scheme.split("+")[0] != "sqlite":
        return None
    path = rest.removeprefix("/").split("?", 1)[0]
    return "" if path in ("", ":memory:") else path


def is_postgres(url: str) -> bool:
    return url.split("://", 1)[0].split("+")[0] in ("postgresql", "postgres")


def open_ledger(url: str, clock: Callable[[], Moment] | None) -> Ledger:
    """The ledger behind a URL; nothing is made or connected before it is needed.

    ``clock`` None means the real one (PostgreSQL: the server's). Refuses a URL of another kind.
    """
    path = sqlite_path(url)
    if path == "":
        from adapters.journal.memory import MemoryLedger

        return MemoryLedger(clock) if clock else MemoryLedger()
    if path is not None:
        from adapters.journal.sqlite import open_sqlite

        file = str(Path(path).expanduser())
        return open_sqlite(file, clock) if clock else open_sqlite(file)
    if is_postgres(url):
        from adapters.journal.postgres import open_postgres

        return open_postgres(url, clock)
    raise BadField(
        field="--db",
        problem_zh="只支持 sqlite:///文件 和 postgresql://… ",
        problem_en="only sqlite:///FILE and postgresql://… are known",
    )
