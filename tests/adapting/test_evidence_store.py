"""The evidence store: by content, salted, found when equal, checked whole, erased for good."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.evidence.checking import AMISS, checked
from adapters.evidence.kinds import MOST, kind_of
from adapters.evidence.place import store_of
from adapters.evidence.store import EvidenceStore
from domain.refused import BadField
from domain.refused_evidence import EvidenceDamagedError, EvidenceNotHeld, FileNotKnown, FileTooLarge

JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 1000
OTHER = b"\xff\xd8\xff\xe0" + b"another one" * 1000
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"x" * 40


def container(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


DOCX = container("[Content_Types].xml", "word/document.xml")
XLSX = container("[Content_Types].xml", "xl/workbook.xml")


def boxed(main: bytes, *compatible: bytes) -> bytes:
    body = main + b"\0\0\0\0" + b"".join(compatible)
    return (len(body) + 8).to_bytes(4, "big") + b"ftyp" + body + b"\0" * 40


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def put(store: EvidenceStore, content: bytes) -> str:
    return store.add(io.BytesIO(content), "p.jpg").deposit.salted


def file_of(store: EvidenceStore, salted: str) -> Path:
    deposit = store.index.one(salted)
    assert deposit is not None
    return store.folder / "files" / deposit.plain[:2] / deposit.plain


def state(store: EvidenceStore) -> dict[str, str]:
    return {found.deposit.salted: found.state for found in store.check()}


# --- kinds


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "jpeg"),
        (PNG, "png"),
        (PDF, "pdf"),
        (DOCX, "docx"),
        (XLSX, "xlsx"),
        (boxed(b"heic", b"mif1"), "heic"),
        (boxed(b"mif1", b"heic"), "heic"),
        (boxed(b"isom", b"iso2", b"avc1"), "mp4"),
        (boxed(b"qt  "), "mp4"),
        (boxed(b"avif", b"miaf"), None),
        (container("a.txt"), None),
        (container("word/document.xml"), None),
        (b"PK\x03\x04 torn", None),
        (b"\x89PNG", None),
        (b"MZ" + b"\0" * 80, None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str | None) -> None:
    assert kind_of(io.BytesIO(content)) == kind


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_its_kind_is_told_or_not(content: bytes) -> None:
    assert kind_of(io.BytesIO(content)) in {*MOST, None}
    assert kind_of(io.BytesIO(b"PK\x03\x04" + content)) in {"docx", "xlsx", None}


def test_a_name_does_not_make_a_kind(store: EvidenceStore) -> None:
    with pytest.raises(FileNotKnown):
        store.add(io.BytesIO(b"not a picture"), "photo.jpg")
    assert [found.deposit for found in store.check()] == []
    assert store.strays() == []


# --- in and out


@pytest.mark.clause("NJ-062")
def test_a_file_is_known_by_the_hash_of_its_salt_and_content(store: EvidenceStore) -> None:
    kept = store.add(io.BytesIO(JPEG), "p.jpg")
    assert kept.deposit.salted == sha256(kept.deposit.salt + JPEG).hexdigest()
    assert (kept.deposit.media, kept.deposit.size, len(kept.deposit.salt)) == ("jpeg", len(JPEG), 32)
    out = io.BytesIO()
    store.get(kept.deposit.salted, out)
    assert out.getvalue() == JPEG


def test_equal_content_is_kept_once_and_found_though_its_salted_hashes_differ(store: EvidenceStore) -> None:
    first, other = put(store, JPEG), put(store, OTHER)
    second = store.add(io.BytesIO(JPEG), "again.jpg")
    assert second.deposit.salted != first
    assert second.equal == (first,)
    [group] = store.equals()
    assert {one.salted for one in group} == {first, second.deposit.salted}
    assert len(list((store.folder / "files").glob("*/*"))) == 2
    assert other not in {one.salted for one in group}


def test_a_file_too_large_for_its_kind_or_for_any_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence", most={**dict.fromkeys(MOST, 20_000), "png": 30})
    with pytest.raises(FileTooLarge, match="larger than 30"):
        store.add(io.BytesIO(PNG), "p.png")
    with pytest.raises(FileTooLarge, match="larger than 20000"):
        store.add(io.BytesIO(b"\xff\xd8\xff" + b"x" * 20_000), "p.jpg")
    assert put(store, JPEG) in state(store)
    assert list((store.folder / "incoming").iterdir()) == []
    assert len(list((store.folder / "files").glob("*/*"))) == 1


def test_a_large_file_is_streamed(store: EvidenceStore) -> None:
    class Endless(io.RawIOBase):
        """Ten megabytes of which nobody holds more than a chunk."""

        left = 10 * 1024 * 1024
        largest = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0, "asked for everything at once"
            self.largest = max(self.largest, size)
            given_ = min(size, self.left)
            first = self.left == 10 * 1024 * 1024
            self.left -= given_
            return (b"\xff\xd8\xff" if first else b"xyz") + b"x" * (given_ - 3) if given_ else b""

    source = Endless()
    store.add(source, "p.jpg")  # type: ignore[arg-type]  # it reads, and that is all that is asked of it
    assert source.left == 0
    assert source.largest <= 1024 * 1024


# --- checking


def test_a_damaged_and_a_missing_file_are_named(store: EvidenceStore) -> None:
    whole, damaged, missing = put(store, JPEG), put(store, OTHER), put(store, PNG)
    content = bytearray(file_of(store, damaged).read_bytes())
    content[500] ^= 1
    file_of(store, damaged).write_bytes(content)
    file_of(store, missing).unlink()
    assert state(store) == {whole: "held", damaged: "damaged", missing: "missing"}
    with pytest.raises(EvidenceDamagedError, match=damaged):
        store.get(damaged, io.BytesIO())
    with pytest.raises(EvidenceNotHeld, match=missing):
        store.get(missing, io.BytesIO())


def test_depositing_the_whole_file_again_heals_a_damaged_one(store: EvidenceStore) -> None:
    first = put(store, JPEG)
    file_of(store, first).write_bytes(b"\xff\xd8\xff torn")
    second = put(store, JPEG)
    assert state(store) == {first: "held", second: "held"}


def test_no_file_that_a_record_names_is_skipped(store: EvidenceStore) -> None:
    held, damaged, gone, erased, kept = (put(store, one) for one in (JPEG, OTHER, PNG, PDF, DOCX))
    file_of(store, damaged).write_bytes(b"\xff\xd8\xff torn")
    file_of(store, gone).unlink()
    store.erase(erased)
    never = "ef" * 32

    def named(salted: str, standing: str, media: str = "jpeg", size: int = len(JPEG)) -> dict[str, object]:
        return {
            "body": "B",
            "evidence": salted,
            "standing": standing,
            "media": media,
            "size": size,
            "uses": [],
        }

    rows = [
        named(held, "deposited"),
        named(damaged, "deposited", size=len(OTHER)),
        named(gone, "deposited", "png", len(PNG)),
        named(erased, "erased", "pdf", len(PDF)),
        named(never, "not_deposited"),
    ]
    found = {row["evidence"]: row["state"] for row in checked(store, rows, whole=True)}
    assert found == {
        held: "held",
        damaged: "damaged",
        gone: "not_there",
        erased: "erased",
        never: "not_deposited",
        kept: "not_recorded",
    }
    [again] = checked(store, [named(held, "erased")], whole=False)
    assert again["state"] == "erased_still_there"
    [otherwise] = checked(store, [named(held, "deposited", "png")], whole=False)
    assert otherwise["state"] == "damaged", "it is not what the record says it is"
    assert {"damaged", "not_there", "not_deposited", "erased_still_there"} == AMISS


# --- erasing


def test_erasing_takes_the_file_its_salt_and_its_plain_hash(store: EvidenceStore) -> None:
    salted, other = put(store, JPEG), put(store, OTHER)
    deposit = store.index.one(salted)
    assert deposit is not None
    assert store.erase(salted) == (True, ())
    assert store.erase(salted) == (False, ())
    assert state(store) == {other: "held"}
    left = b"".join(one.read_bytes() for one in store.folder.rglob("*") if one.is_file())
    assert deposit.plain.encode() not in left
    assert deposit.salt not in left
    assert JPEG not in left


def test_content_that_somebody_else_deposited_too_stays_theirs(store: EvidenceStore) -> None:
    mine, theirs = put(store, JPEG), put(store, JPEG)
    assert store.erase(mine) == (True, (theirs,))
    assert state(store) == {theirs: "held"}
    assert store.erase(theirs) == (True, ())
    assert list((store.folder / "files").glob("*/*")) == []


def test_an_erasure_that_was_cut_short_is_finished_by_repeating_it(store: EvidenceStore) -> None:
    salted = put(store, JPEG)
    file_of(store, salted).unlink()  # as a kill between the file and the index leaves it
    assert store.erase(salted) == (True, ())
    assert state(store) == {}


# --- where it lies


def test_the_store_lies_beside_the_database_or_where_it_is_named(tmp_path: Path) -> None:
    assert store_of("/x/a.db", None, {}).folder == Path("/x/a.db-evidence")
    assert store_of("sqlite:////x/a.db", None, {}).folder == Path("/x/a.db-evidence")
    assert store_of("postgresql://h/d", "/e", {}).folder == Path("/e")
    assert store_of("postgresql://h/d", None, {"DUALGUARD_EVIDENCE": "/v"}).folder == Path("/v")
    for url in ("postgresql://h/d", "sqlite://"):
        with pytest.raises(BadField, match="--store"):
            store_of(url, None, {})


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    assert (list(store.check()), store.strays(), store.equals(), store.erase("ab" * 32)) == (
        [],
        [],
        [],
        (False, ()),
    )
    assert not store.folder.exists()


def test_nobody_else_may_read_it(store: EvidenceStore) -> None:
    put(store, JPEG)
    assert store.folder.stat().st_mode & 0o077 == 0


def test_the_index_holds_no_name_of_a_file(store: EvidenceStore) -> None:
    store.add(io.BytesIO(JPEG), "Zhang San at the shaft.jpg")
    with sqlite3.connect(store.folder / "index") as connection:
        text = "\n".join(connection.iterdump())
    assert "Zhang" not in text
