"""What an insider with the database in hands changes is named by the verification; an untouched journal holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from adapters.audit import verify
from adapters.audit_registers import with_registers
from adapters.journal.sqlite import open_sqlite
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


def verdict(file: Path, head: Path | None, expect: int) -> dict[str, object]:
    against = () if head is None else ("--against", str(head))
    done = run(str(file), "audit", "verify", *against, "--json", expect=expect)
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


def forget_what_was_cut(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM commands WHERE last > (SELECT size FROM head)")
    connection.execute("DELETE FROM keys WHERE stream NOT IN (SELECT originator_id FROM records)")


def test_a_cut_tail_is_found_by_the_commands_that_are_left(noted: tuple[Path, Path]) -> None:
    tampered(noted[0], cut_and_reseal)
    found = verdict(noted[0], None, expect=1)
    assert "which no record bears" in str(found["because"])


def test_a_cut_tail_with_a_recomputed_head_is_found_only_against_the_noted_one(
    noted: tuple[Path, Path],
) -> None:
    size = json.loads(noted[1].read_text("utf-8"))["size"]
    tampered(noted[0], cut_and_reseal)
    tampered(noted[0], forget_what_was_cut)
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


A_COMMAND = "(SELECT id FROM commands WHERE first=24)"
REGISTERS: dict[str, tuple[str, int | None, str]] = {
    "a command is forgotten": (f"DELETE FROM commands WHERE id={A_COMMAND}", 24, "missing from the register"),
    "a command stands elsewhere": (
        f"UPDATE commands SET first=23 WHERE id={A_COMMAND}",
        24,
        "its records are at",
    ),
    "a command is made up": ("INSERT INTO commands VALUES ('made-up', x'00', 24, 24)", None, "made-up"),
    "a command is made up at the end": (
        "INSERT INTO commands VALUES ('made-up', x'00', 9000, 9000)",
        None,
        "made-up",
    ),
    "a command is made up before the beginning": (
        "INSERT INTO commands VALUES ('made-up', x'00', 0, 0)",
        None,
        "made-up",
    ),
    "a code is forgotten": ("DELETE FROM keys WHERE kind='hazard' AND code='YH-1003'", -7, "YH-1003"),
    "a code is made up": (
        "INSERT INTO keys VALUES ('hazard','KS-01','YH-9','hazard/KS-01/YH-9')",
        None,
        "hazard YH-9 (KS-01)",
    ),
    "a code leads elsewhere": (
        "UPDATE keys SET stream='hazard/KS-01/YH-1004' WHERE kind='hazard' AND code='YH-1003'",
        None,
        "hazard YH-1003 (KS-01)",
    ),
    "another is called the founder": ("UPDATE head SET founder='SOMEBODY'", None, "'SOMEBODY' as founder"),
}
"""What is done beside the records -> the position named (negative: from the end), and words of the sentence."""


@pytest.mark.parametrize("name", REGISTERS)
def test_what_is_altered_beside_the_records_is_told(noted: tuple[Path, Path], name: str) -> None:
    statement, position, words = REGISTERS[name]
    size = json.loads(noted[1].read_text("utf-8"))["size"]
    tampered(noted[0], lambda connection: _alter(connection, statement))
    found = verdict(*noted, expect=1)
    assert found["ok"] is False and words in str(found["because"])
    assert found["first_bad"] == (size + 1 + position if position is not None and position < 0 else position)


def _alter(connection: sqlite3.Connection, statement: str) -> None:
    assert connection.execute(statement).rowcount == 1


def test_what_comes_while_it_is_compared_is_no_difference(noted: tuple[Path, Path]) -> None:
    ledger = open_sqlite(str(noted[0]))
    before = verify(ledger)
    run(str(noted[0]), "do", "--batch", text=as_lines(hazard_line(f"YH-30{at:02}") for at in range(3)))
    found = with_registers(before, ledger)
    assert found.holds and found.size == before.size < ledger.head().size
    tampered(noted[0], lambda connection: _alter(connection, REGISTERS["a command is made up at the end"][0]))
    assert not with_registers(before, ledger).holds
    ledger.close()


def test_what_is_altered_beside_the_records_in_postgresql_is_told() -> None:
    db = postgres.fresh_database("beside")
    run(db, "do", "--batch", text=examples())
    assert json.loads(run(db, "audit", "verify", "--json").stdout)["ok"] is True
    for statement, undo, words in (
        (
            "INSERT INTO dualguard.commands VALUES ('made-up', '', 7, 7)",
            "DELETE FROM dualguard.commands WHERE id = 'made-up'",
            "made-up",
        ),
        (
            "INSERT INTO dualguard.keys VALUES ('hazard', 'KS-01', 'YH-9', 'hazard/KS-01/YH-9')",
            "DELETE FROM dualguard.keys WHERE code = 'YH-9'",
            "hazard YH-9 (KS-01)",
        ),
        ("DELETE FROM dualguard.commands WHERE first <= 7 AND last >= 7", "", "missing from the register"),
    ):
        for one, expect in ((statement, 1), (undo, 0)):
            if one:
                with psycopg.connect(postgres.conninfo(db)) as connection:
                    connection.execute("SET session_replication_role = replica")
                    assert connection.execute(one).rowcount == 1
                found = json.loads(run(db, "audit", "verify", "--json", expect=expect).stdout)
                assert found["ok"] is (expect == 0) and (expect == 0 or words in found["because"])


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
