"""What an insider with the database in hands changes is named by the verification; an untouched journal holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.faults.command_line import as_lines, examples, hazard_line, run

Tamper = Callable[[sqlite3.Connection], None]


@pytest.fixture
def noted(tmp_path: Path) -> tuple[Path, Path]:
    """A journal of some forty records, and the head that was noted before anybody touched it."""
    file, head = tmp_path / "noted.db", tmp_path / "head.json"
    run(str(file), "do", "--batch", text=examples())
    run(str(file), "do", "--batch", text=as_lines(hazard_line(f"YH-1{number:03}") for number in range(10)))
    head.write_text(run(str(file), "audit", "root", "--json").stdout, "utf-8")
    return file, head


def tampered(file: Path, tamper: Tamper) -> None:
    connection = sqlite3.connect(file)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    tamper(connection)
    connection.commit()
    connection.close()


def verdict(file: Path, head: Path, expect: int) -> dict[str, object]:
    done = run(str(file), "audit", "verify", "--against", str(head), "--json", expect=expect)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_an_untouched_journal_holds_against_the_noted_head(noted: tuple[Path, Path]) -> None:
    assert verdict(*noted, expect=0)["ok"] is True


def test_it_holds_after_honest_growth(noted: tuple[Path, Path]) -> None:
    run(str(noted[0]), "do", "--batch", text=as_lines([hazard_line("YH-2000")]))
    assert verdict(*noted, expect=0)["ok"] is True


def test_the_root_is_exactly_size_and_root(noted: tuple[Path, Path]) -> None:
    told = json.loads(noted[1].read_text("utf-8"))
    assert set(told) == {"size", "root"} and len(bytes.fromhex(told["root"])) == 32


def change_a_byte(connection: sqlite3.Connection) -> None:
    [state] = connection.execute("SELECT state FROM records WHERE rowid=24").fetchone()
    at = state.index("过卷".encode()) if "过卷".encode() in state else state.index(b'"by"')
    connection.execute(
        "UPDATE records SET state=? WHERE rowid=24", (state[:at] + bytes([state[at] ^ 1]) + state[at + 1 :],)
    )


def test_one_changed_byte_is_named(noted: tuple[Path, Path]) -> None:
    tampered(noted[0], change_a_byte)
    found = verdict(*noted, expect=1)
    assert found["first_bad"] == 24 and "24" in str(found["because"])


def test_a_deleted_last_record_is_named(noted: tuple[Path, Path]) -> None:
    size = json.loads(noted[1].read_text("utf-8"))["size"]
    tampered(
        noted[0], lambda connection: connection.execute("DELETE FROM records WHERE rowid=?", (size,)) and None
    )
    assert verdict(*noted, expect=1)["first_bad"] == size


def swap(connection: sqlite3.Connection) -> None:
    for old, new in ((30, -1), (31, 30), (-1, 31)):
        connection.execute("UPDATE records SET rowid=? WHERE rowid=?", (new, old))


def test_two_swapped_records_are_named(noted: tuple[Path, Path]) -> None:
    tampered(noted[0], swap)
    assert verdict(*noted, expect=1)["first_bad"] == 30


def test_a_record_removed_from_the_middle_is_named(noted: tuple[Path, Path]) -> None:
    tampered(noted[0], lambda connection: connection.execute("DELETE FROM records WHERE rowid=20") and None)
    assert verdict(*noted, expect=1)["first_bad"] == 20


def cut_and_reseal(connection: sqlite3.Connection) -> None:
    """An insider cuts the tail and recomputes the head, so that the journal alone looks whole."""
    from adapters.seal.tree import frontier_of, root_of_frontier

    [size] = connection.execute("SELECT max(rowid) FROM records").fetchone()
    connection.execute("DELETE FROM records WHERE rowid>?", (size - 5,))
    leaves = [leaf for (leaf,) in connection.execute("SELECT leaf FROM records ORDER BY rowid")]
    frontier, count = frontier_of(leaves)
    connection.execute(
        "UPDATE head SET size=?, frontier=?, root=?", (count, b"".join(frontier), root_of_frontier(frontier))
    )


def test_a_cut_tail_with_a_recomputed_head_is_found_only_against_the_noted_one(
    noted: tuple[Path, Path],
) -> None:
    size = json.loads(noted[1].read_text("utf-8"))["size"]
    tampered(noted[0], cut_and_reseal)
    run(str(noted[0]), "audit", "verify", expect=0)  # the control: alone it looks whole
    assert verdict(*noted, expect=1)["first_bad"] == size - 4


def rewrite_and_reseal(connection: sqlite3.Connection) -> None:
    """An insider rewrites a body and recomputes every leaf and the head after it."""
    from hashlib import sha256

    import msgspec

    from adapters.journal.codec import StoredMeta
    from adapters.seal.header import header, stream_tag
    from adapters.seal.tree import frontier_of, leaf_hash, root_of_frontier

    [salt] = connection.execute("SELECT salt FROM head").fetchone()
    body = msgspec.defstruct("Body", [("meta", StoredMeta)])
    leaves = []
    [forged] = connection.execute(
        "SELECT min(rowid) FROM records WHERE instr(state, ?) > 0", (b'"by":"P-WORKER"',)
    ).fetchone()
    rows = connection.execute(
        "SELECT rowid, originator_id, originator_version, topic, state, recorded_at FROM records ORDER BY rowid"
    ).fetchall()
    for position, stream, version, kind, state, recorded_at in rows:
        new = state.replace(b'"by":"P-WORKER"', b'"by":"P-SAFETY"') if position == forged else state
        happened_at = msgspec.json.decode(new, type=body).meta.happened_at
        tag = stream_tag(salt, stream)
        leaf = leaf_hash(
            header(position, tag, version, kind, sha256(new).hexdigest(), happened_at, recorded_at)
        )
        connection.execute("UPDATE records SET state=?, leaf=? WHERE rowid=?", (new, leaf, position))
        leaves.append(leaf)
    frontier, _ = frontier_of(leaves)
    connection.execute("UPDATE head SET frontier=?, root=?", (b"".join(frontier), root_of_frontier(frontier)))


def test_a_past_rewritten_as_a_whole_is_found_only_against_the_noted_head(noted: tuple[Path, Path]) -> None:
    tampered(noted[0], rewrite_and_reseal)
    run(str(noted[0]), "audit", "verify", expect=0)  # the control: alone it looks whole
    assert "rewritten" in str(verdict(*noted, expect=1)["because"])


def test_a_file_that_is_no_head_is_refused_by_name(noted: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"size": "many"}', "utf-8")
    done = run(str(noted[0]), "audit", "verify", "--against", str(other), expect=1)
    assert "other.json" in done.stderr


def test_the_triggers_refuse_an_update_and_a_delete(noted: tuple[Path, Path]) -> None:
    connection = sqlite3.connect(noted[0])
    for statement in (
        "UPDATE records SET topic='x'",
        "DELETE FROM records",
        "DELETE FROM commands",
        "DELETE FROM keys",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)


def test_a_changed_byte_in_postgresql_is_named_too(tmp_path: Path) -> None:
    db = postgres.fresh_database("tamper")
    run(db, "do", "--batch", text=examples())
    head = tmp_path / "head.json"
    head.write_text(run(db, "audit", "root", "--json").stdout, "utf-8")
    run(db, "audit", "verify", "--against", str(head))
    with psycopg.connect(postgres.conninfo(db)) as connection:
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("DELETE FROM dualguard.records")
        connection.rollback()
        connection.execute("SET session_replication_role = replica")  # a superuser's way around the triggers
        connection.execute(
            "UPDATE dualguard.records SET state = set_byte(state, 40, get_byte(state, 40) # 1)"
            " WHERE notification_id = 7"
        )
    done = run(db, "audit", "verify", "--against", str(head), "--json", expect=1)
    assert json.loads(done.stdout)["first_bad"] == 7
