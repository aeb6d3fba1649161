"""What a file is, told from its content and never from its name; and how large a file of that kind may be."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

MEGABYTE = 1024 * 1024
MOST: dict[str, int] = {
    "jpeg": 50 * MEGABYTE,
    "png": 50 * MEGABYTE,
    "heic": 50 * MEGABYTE,
    "pdf": 200 * MEGABYTE,
    "docx": 200 * MEGABYTE,
    "xlsx": 200 * MEGABYTE,
    "mp4": 2048 * MEGABYTE,
}
"""Bytes at most, by kind: house limits of ours."""
HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
MP4 = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5"}
) | {b"qt  "}
"""Main brands of the ISO base media format (ISO/IEC 14496-12; HEIF: ISO/IEC 23008-12)."""
HEAD = 64


def kind_of(file: BinaryIO) -> str | None:
    """The kind of a file from its content, or None where it is none that serves as evidence; reads from the start."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[4:8] == b"ftyp":
        brands = _brands(head)
        if brands[:1] and brands[0] in MP4:
            return "mp4"
        return "heic" if HEIC.intersection(brands) else None
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    return None


def _brands(head: bytes) -> list[bytes]:
    """The main brand and those it is compatible with, as far as the head shows them."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _office(file: BinaryIO) -> str | None:
    """A ZIP container is a document or a workbook by its parts; only its directory is read, nothing is unpacked."""
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None
