"""A full disk, a kill in the middle of a copy, a damaged file: nothing half stays, and what is amiss is named.

Each fault is tried on a careless store too, which copies straight to the final name: there it does harm.
"""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from adapters.evidence.index import Deposit
from adapters.evidence.store import EvidenceStore, Kept
from domain.refused_evidence import EvidenceStoreError
from tests.adapting.test_evidence_store import JPEG, OTHER, file_of, put, state
from tests.faults.command_line import ROOT, run


class FullDisk(io.BytesIO):
    """A source whose second chunk finds no room."""

    chunks = 0

    def read(self, size: int | None = -1) -> bytes:
        self.chunks += 1
        if self.chunks > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(4096)


class Careless(EvidenceStore):
    """The control: no copy of its own, no order of steps."""

    def add(self, source: BinaryIO, name: str) -> Kept:
        self._make()
        deposit = Deposit("ab" * 32, "cd" * 32, b"salt", "jpeg", 1)
        with self.index.writing() as connection:
            self.index.add(connection, deposit)
        target = self._path(deposit.plain)
        target.parent.mkdir()
        with open(target, "wb") as file:
            while chunk := source.read(4096):
                file.write(chunk)
                file.flush()
        return Kept(deposit, ())


def files(store: EvidenceStore) -> list[Path]:
    return [one for one in store.folder.rglob("*") if one.is_file() and not one.name.startswith("index")]


def test_a_disk_that_is_full_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    with pytest.raises(EvidenceStoreError, match="No space left"):
        store.add(FullDisk(JPEG), "p.jpg")
    assert files(store) == []
    assert state(store) == {}
    kept = put(store, JPEG)
    assert state(store) == {kept: "held"}


def test_the_control_leaves_half_a_file_and_calls_it_a_deposit(tmp_path: Path) -> None:
    store = Careless(tmp_path / "evidence")
    with pytest.raises(OSError, match="No space left"):
        store.add(FullDisk(JPEG), "p.jpg")
    assert len(files(store)) == 1
    assert list(state(store).values()) == ["damaged"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_nothing(tmp_path: Path, step: str, monkeypatch: Any) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    before = put(store, OTHER)
    real = getattr(os, step)

    def fails(*given: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, step, fails)
    with pytest.raises(EvidenceStoreError, match="Input/output error"):
        store.add(io.BytesIO(JPEG), "p.jpg")
    monkeypatch.setattr(os, step, real)
    assert state(store) == {before: "held"}
    assert store.strays() == []
    assert list((store.folder / "incoming").iterdir()) == []


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from {module} import {store} as Store

class Killed:
    chunks = 0
    def read(self, size=-1):
        self.chunks += 1
        if self.chunks > 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"\\xff\\xd8\\xff" + b"x" * 4093

Store(Path({folder!r})).add(Killed(), "p.jpg")
"""


def kill_while_copying(folder: Path, module: str, store: str) -> None:
    text = KILLED.format(root=str(ROOT), module=module, store=store, folder=str(folder))
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr.decode()


def test_a_kill_in_the_middle_of_a_copy_leaves_no_file_and_the_next_deposit_sweeps_up(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    kill_while_copying(folder, "adapters.evidence.store", "EvidenceStore")
    store = EvidenceStore(folder)
    assert (state(store), store.strays()) == ({}, [])
    assert len(list((folder / "incoming").iterdir())) == 1
    kept = put(store, JPEG)
    assert state(store) == {kept: "held"}
    assert list((folder / "incoming").iterdir()) == []


def test_the_control_that_is_killed_leaves_a_torn_file_under_its_final_name(tmp_path: Path) -> None:
    kill_while_copying(tmp_path / "evidence", "tests.faults.test_evidence", "Careless")
    assert list(state(EvidenceStore(tmp_path / "evidence")).values()) == ["damaged"]


def test_a_copy_that_another_process_is_at_is_not_swept(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")

    class Meanwhile(io.BytesIO):
        """While this is copied, another deposit is made."""

        def read(self, size: int | None = -1) -> bytes:
            if self.tell() == 0:
                put(store, OTHER)
            return super().read(size)

    kept = store.add(Meanwhile(JPEG), "p.jpg").deposit.salted
    assert state(store)[kept] == "held"


# --- through the command line


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A file with a body, its people and their roles."""
    from domain.examples import COMMAND_EXAMPLES

    db = str(tmp_path / "mine.db")
    lines = [json.dumps(line) for line in COMMAND_EXAMPLES[:6]]
    run(db, "do", "--batch", text="\n".join(lines))
    return db


def asked(db: str, *arguments: str, expect: int = 0) -> Any:
    return json.loads(run(db, "--json", *arguments, expect=expect).stdout)


def photo(tmp_path: Path, content: bytes = JPEG, name: str = "photo.txt") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


@pytest.mark.clause("NJ-062")
def test_a_check_names_what_is_damaged_and_ends_with_one(mine: str, tmp_path: Path) -> None:
    added = asked(mine, "evidence", "add", photo(tmp_path), "--body", "KS-01", "--as", "P-TEAM")
    assert (added["media"], added["size"], added["equal"]) == ("jpeg", len(JPEG), [])
    [row] = asked(mine, "evidence", "check")
    assert (row["evidence"], row["state"]) == (added["evidence"], "held")
    store = EvidenceStore(Path(f"{mine}-evidence"))
    file_of(store, added["evidence"]).write_bytes(b"\xff\xd8\xff torn")
    [row] = asked(mine, "evidence", "check", expect=1)
    assert (row["evidence"], row["state"]) == (added["evidence"], "damaged")
    out = tmp_path / "out.jpg"
    run(mine, "evidence", "get", added["evidence"], "--out", str(out), expect=3)
    assert not out.exists()
    file_of(store, added["evidence"]).unlink()
    [row] = asked(mine, "evidence", "check", expect=1)
    assert row["state"] == "not_there"


def test_the_same_command_id_gets_the_same_file_back(mine: str, tmp_path: Path) -> None:
    add = ("evidence", "add", photo(tmp_path), "--body", "KS-01", "--as", "P-TEAM")
    first = asked(mine, *add, "--command-id", "e-1")
    assert asked(mine, *add, "--command-id", "e-1") == first
    other = photo(tmp_path, OTHER, "other.jpg")
    run(mine, "evidence", "add", other, "--body", "KS-01", "--as", "P-TEAM", "--command-id", "e-1", expect=1)
    second = asked(mine, *add)
    assert second["equal"] == [first["evidence"]]
    [group] = asked(mine, "evidence", "equal")
    assert sorted(group["evidence"]) == sorted([first["evidence"], second["evidence"]])


def test_a_refused_deposit_leaves_no_file(mine: str, tmp_path: Path) -> None:
    run(mine, "evidence", "add", photo(tmp_path), "--body", "KS-09", "--as", "P-TEAM", expect=1)
    run(mine, "evidence", "add", photo(tmp_path), "--body", "KS-01", "--as", "P-NOBODY", expect=1)
    run(mine, "evidence", "add", str(tmp_path / "none.jpg"), "--body", "KS-01", "--as", "P-TEAM", expect=1)
    run(
        mine,
        "evidence",
        "add",
        photo(tmp_path, b"MZ", "a.jpg"),
        "--body",
        "KS-01",
        "--as",
        "P-TEAM",
        expect=1,
    )
    assert asked(mine, "evidence", "check") == []


def test_an_erased_file_leaves_its_salted_hash_and_who_erased_it(mine: str, tmp_path: Path) -> None:
    salted = asked(mine, "evidence", "add", photo(tmp_path), "--body", "KS-01", "--as", "P-TEAM")["evidence"]
    erase = ("evidence", "erase", salted, "--body", "KS-01", "--reason", "a face")
    run(mine, *erase, "--as", "P-TEAM", expect=1)
    assert asked(mine, *erase, "--as", "P-SAFETY")["erased"] is True
    again = asked(mine, *erase, "--as", "P-SAFETY")
    assert (again["erased"], again["records"]) == (False, [])
    [row] = asked(mine, "evidence", "list")
    assert (row["standing"], row["erased_by"], row["reason"]) == ("erased", "P-SAFETY", "a face")
    [row] = asked(mine, "evidence", "check")
    assert row["state"] == "erased"
    run(mine, "evidence", "get", salted, "--out", str(tmp_path / "o.jpg"), expect=1)
