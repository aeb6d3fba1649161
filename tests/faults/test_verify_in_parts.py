"""A long journal verified by several processes gets the verdict that one process would give, whole or tampered with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from adapters import audit, audit_parts
from adapters.audit import EarlierHead, Verdict, verify
from adapters.journal.opening import open_ledger
from tests.faults.command_line import as_lines, examples, hazard_line, run
from tests.faults.test_tamper import Tamper, tampered

PART = 20


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("parts") / "whole.db"
    run(str(file), "do", "--batch", text=examples())
    run(str(file), "do", "--batch", text=as_lines(hazard_line(f"YH-3{number:03}") for number in range(20)))
    return file


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "copy.db"
    source, target = sqlite3.connect(whole), sqlite3.connect(copied)
    source.backup(target)
    source.close()
    target.close()
    return copied


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every journal is long enough now; the list says how each judgement in parts ended."""
    ended: list[bool] = []
    own = audit_parts.leaves_in_parts

    def watched(url: str, head: audit.Head, many: int, take: object) -> bool:
        ended.append(own(url, head, 2, take, PART))  # type: ignore[arg-type]  # handed on as it came
        return ended[-1]

    monkeypatch.setattr(audit_parts, "WORTH", 1)
    monkeypatch.setattr(audit_parts, "processes", lambda: 2)
    monkeypatch.setattr(audit_parts, "leaves_in_parts", watched)
    return ended


def judged(file: Path, against: EarlierHead | None = None) -> tuple[Verdict, Verdict]:
    """The verdicts of one process and of several."""
    url = f"sqlite:///{file}"
    ledger = open_ledger(url, lambda: "")
    try:
        return verify(ledger, against), verify(ledger, against, url=url)
    finally:
        ledger.close()


def test_an_untouched_journal_holds_in_parts_too(whole: Path, in_parts: list[bool]) -> None:
    alone, together = judged(whole)
    assert alone == together
    assert together.holds and together.checked > 4 * PART
    assert in_parts == [True]


def test_an_earlier_head_is_held_against_the_parts(whole: Path, in_parts: list[bool]) -> None:
    ledger = open_ledger(f"sqlite:///{whole}", lambda: "")
    rows = ledger.read_log(0, PART + 3)
    ledger.close()
    tree = audit.Growing()
    tree.extend([row.leaf for row in rows])
    alone, together = judged(whole, EarlierHead(PART + 3, tree.root().hex()))
    assert alone == together
    assert together.holds
    alone, together = judged(whole, EarlierHead(PART + 3, "00" * 32))
    assert alone == together
    assert not together.holds
    assert in_parts == [True, False]


def _change(position: int) -> Tamper:
    def change(connection: sqlite3.Connection) -> None:
        [state] = connection.execute("SELECT state FROM records WHERE rowid=?", (position,)).fetchone()
        other = state.replace(b'"by":"P-', b'"by":"Q-')
        assert other != state
        connection.execute("UPDATE records SET state=? WHERE rowid=?", (other, position))

    return change


def _remove(position: int) -> Tamper:
    return lambda connection: connection.execute("DELETE FROM records WHERE rowid=?", (position,)) and None


def _swap(first: int, second: int) -> Tamper:
    def swap(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE records SET rowid=-1 WHERE rowid=?", (first,))
        connection.execute("UPDATE records SET rowid=? WHERE rowid=?", (first, second))
        connection.execute("UPDATE records SET rowid=? WHERE rowid=-1", (second,))

    return swap


def _recorded_earlier(position: int) -> Tamper:
    return lambda connection: (
        connection.execute(
            "UPDATE records SET recorded_at='2000-01-01T00:00:00.000000Z' WHERE rowid=?", (position,)
        )
        and None
    )


@pytest.mark.parametrize(
    "tamper",
    [
        _change(3),
        _change(PART + 5),
        _remove(PART),
        _remove(2 * PART + 1),
        _swap(PART, PART + 1),
        _swap(5, 3 * PART),
        _recorded_earlier(PART + 1),
    ],
    ids=[
        "first part",
        "second part",
        "edge",
        "after an edge",
        "over an edge",
        "far apart",
        "time at an edge",
    ],
)
def test_what_was_tampered_with_is_named_as_by_one_process(
    copy: Path, in_parts: list[bool], tamper: Tamper
) -> None:
    tampered(copy, tamper)
    alone, together = judged(copy)
    assert not alone.holds
    assert alone == together
    assert in_parts == [False]
