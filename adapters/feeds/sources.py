"""Where warnings come from: a file, a folder with all its folders, standard input, or an address that is polled.

Links in an index on disk lead to files beside it and nowhere else; the network is asked only for what was polled.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from adapters.feeds.documents import Document, is_document
from adapters.feeds.fetching import Fetching
from adapters.feeds.keeping import Received
from adapters.feeds.safe_xml import MOST_BYTES
from adapters.feeds.taking import Intake, Taken, Taking
from adapters.problems import problem_of
from domain.refused import Refused
from domain.refused_evidence import FileNotThere
from domain.refused_feeds import NoWarning

MOST_FILES = 50_000
MOST_LINKS = 600
"""A public index names the newest five hundred."""
PAUSE = 0.05
"""Seconds between two documents of one host."""
STDIN = "-"


def is_address(given: str) -> bool:
    """Whether it is meant as an address and not as a file, whatever its scheme."""
    return "://" in given


def read_path(taking: Taking, intake: Intake, path: Path) -> None:
    """Read a file, or every file of a folder; what in a folder is no document of warnings is skipped, and said so."""
    if path.is_dir():
        for file in _files(path):
            _read_in_folder(taking, intake, path, file)
        return
    raw = _bytes(path)
    _links_on_disk(taking, intake, path, taking.read(intake, str(path), raw))


def read_stdin(taking: Taking, intake: Intake) -> None:
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    document = taking.read(intake, STDIN, raw)
    if document is not None and document.links:
        intake.said.append(_left(STDIN, len(document.links)))


def poll(
    taking: Taking,
    intake: Intake,
    kept: Received,
    fetching: Fetching,
    address: str,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Read what lies at an address and, where it is an index, the alerts behind its links that were not read before.

    Whether the feed was heard: the document was read, and not all of its links failed.
    """
    document = _fetched(taking, intake, fetching, address)
    if document is None:
        return False
    waiting = [
        one for link in document.links if not kept.fetched(intake.source, one := urljoin(address, link))
    ]
    read = 0
    for link in waiting[:MOST_LINKS]:
        pause(PAUSE)
        document = _fetched(taking, intake, fetching, link)
        if document is not None:
            intake.fetched.append((link, intake.last))
            read += 1
    if len(waiting) > MOST_LINKS:
        intake.said.append(_left(address, len(waiting) - MOST_LINKS))
    return not waiting or read > 0


def _fetched(taking: Taking, intake: Intake, fetching: Fetching, address: str) -> Document | None:
    try:
        raw = fetching.get(address)
    except Refused as refusal:
        intake.said.append(Taken(_shown(address), "refused", because=refusal))
        return None
    return taking.read(intake, _shown(address), raw)


def _shown(address: str) -> str:
    """The address without what it asks for: keys have no place in a record."""
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path}"


# ------------------------------------------------------------------------------------------------- on disk


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below the folder in the order of their names; hidden ones and links out of the folder apart."""
    home = folder.resolve()
    for count, file in enumerate(sorted(folder.rglob("*"))):
        if count > MOST_FILES:
            raise NoWarning(found=f"> {MOST_FILES}")
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not hidden and file.is_file() and file.resolve().is_relative_to(home):
            yield file


def _read_in_folder(taking: Taking, intake: Intake, folder: Path, file: Path) -> None:
    name = str(file.relative_to(folder))
    try:
        raw = _bytes(file)
    except Refused as refusal:
        intake.said.append(Taken(name, "refused", because=refusal))
        return
    if not is_document(raw):
        intake.said.append(Taken(name, "skipped"))
        return
    document = taking.read(intake, name, raw)
    if document is None and isinstance(intake.said[-1].because, NoWarning):
        intake.said[-1] = Taken(name, "skipped")
    if document is not None and document.links:
        intake.said.append(_left(name, len(document.links)))


def _links_on_disk(taking: Taking, intake: Intake, index: Path, document: Document | None) -> None:
    """Read the files beside an index that it names; every other link is left alone, and counted."""
    left = 0
    for link in document.links if document else ():
        file = _beside(index, link)
        if file is None:
            left += 1
        else:
            taking.read(intake, str(file), _bytes(file))
    if left:
        intake.said.append(_left(str(index), left))


def _beside(index: Path, link: str) -> Path | None:
    """The file in the same folder that the link names; None for one elsewhere, on a network, or not there."""
    try:
        parts = urlsplit(link)
        name = unquote(parts.path).removeprefix("./")
    except ValueError:
        return None
    if (
        parts.scheme
        or parts.netloc
        or not name
        or "/" in name
        or "\\" in name
        or "\x00" in name
        or name in (".", "..")
    ):
        return None
    file = index.parent / name
    same_folder = file.resolve().parent == index.parent.resolve()
    return file if same_folder and file.is_file() and file.resolve() != index.resolve() else None


def _left(name: str, count: int) -> Taken:
    return Taken(name, "links_left", notes=(str(count),))


def _bytes(path: Path) -> bytes:
    """The file's bytes, one more than may be read at most, so that what is too large shows."""
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileNotThere(name=str(path), problem=problem_of(error)) from None
