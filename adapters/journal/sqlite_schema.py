"""The tables of an SQLite journal and the triggers that keep them append-only."""

from __future__ import annotations

APPLICATION_ID = 0x44474A31
"""``DGJ1`` in the file's header: how we know the file is ours."""
FORMAT = 1
"""The layout below; a file with a higher one was written by a newer version."""


def statements(records: str) -> list[str]:
    """Statements that make whatever is missing."""
    return [
        f"""CREATE TABLE IF NOT EXISTS {records} (
            rowid INTEGER PRIMARY KEY,
            originator_id TEXT NOT NULL,
            originator_version INTEGER NOT NULL,
            topic TEXT NOT NULL,
            state BLOB NOT NULL,
            recorded_at TEXT NOT NULL,
            leaf BLOB NOT NULL,
            UNIQUE (originator_id, originator_version))""",
        """CREATE TABLE IF NOT EXISTS commands (
            id TEXT PRIMARY KEY, content BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
            ) WITHOUT ROWID""",
        """CREATE TABLE IF NOT EXISTS keys (
            kind TEXT NOT NULL, scope TEXT NOT NULL, code TEXT NOT NULL, stream TEXT NOT NULL,
            PRIMARY KEY (kind, scope, code)) WITHOUT ROWID""",
        "CREATE INDEX IF NOT EXISTS keys_by_code ON keys (kind, code)",
        """CREATE TABLE IF NOT EXISTS head (
            one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, frontier BLOB NOT NULL,
            root BLOB NOT NULL, recorded_at TEXT NOT NULL, founder TEXT, salt BLOB NOT NULL)""",
        *(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in (records, "commands", "keys")
            for act in ("update", "delete")
        ),
        """CREATE TRIGGER IF NOT EXISTS head_no_delete BEFORE delete ON head
            BEGIN SELECT RAISE(ABORT, 'head is never deleted'); END""",
    ]
