"""Recomputes the seal of a live journal, record by record, and names the first position that does not hold.

Checked are: positions and stream versions without a gap; that each body says of itself what its columns say; the hash
of the stored bytes; the header; the leaf; recording times that never go backwards; and the root. An earlier head
(size and root noted elsewhere) is checked on the way: it also finds a log that was rewritten as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec

from adapters.journal.packed import Head, Ledger, StoredRow
from adapters.seal.header import stream_tag
from adapters.seal.tree import EMPTY_ROOT, Growing
from adapters.uncollected import uncollected
from domain.labels import Lang

PAGE = 4096


class _About(msgspec.Struct):
    stream: str
    version: int
    kind: str
    happened_at: str


class _Body(msgspec.Struct):
    meta: _About


@dataclass(frozen=True)
class EarlierHead:
    """A head that was noted before: how many records there were, and the root over them as hexadecimal text."""

    size: int
    root: str


@dataclass(frozen=True)
class Verdict:
    """What verification found: ``position`` is the first bad one (0 when the journal holds)."""

    holds: bool
    size: int
    root: str
    checked: int
    position: int
    zh: str
    en: str

    def sentence(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Unsound(Exception):
    """The first position that does not hold, and why."""

    def __init__(self, position: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.position, self.zh, self.en = position, zh, en


@dataclass
class Walk:
    """Where the recomputation stands; with ``begun`` it began in the middle, and notes each stream's first version."""

    head: Head
    against: EarlierHead | None
    size: int = 0
    recorded_at: str = ""
    tree: Growing = field(default_factory=Growing)
    known: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Stream -> its tag and the version reached."""
    begun: dict[str, int] | None = None


def verify(
    ledger: Ledger,
    against: EarlierHead | None = None,
    progress: Callable[[int, int], None] | None = None,
    url: str | None = None,
) -> Verdict:
    """Recompute every leaf and the root; see the module. Faults of the database itself are raised as such.

    With the ``url`` under which other processes reach the same database, a long journal is checked by several.
    """
    head = ledger.head()
    if url is not None and (verdict := _in_parts(ledger, head, against, progress, url)) is not None:
        return verdict
    walk = Walk(head, against)
    try:
        while page := ledger.read_log(walk.size, PAGE, until=head.size):
            with uncollected():
                _grow(walk, check_page(walk, page), page[0].position - 1)
            if progress is not None:
                progress(walk.size, head.size)
        _check_end(walk, ledger)
    except Unsound as bad:
        return Verdict(False, head.size, head.root.hex(), walk.size, bad.position, bad.zh, bad.en)
    return _holds(walk)


def _in_parts(
    ledger: Ledger,
    head: Head,
    against: EarlierHead | None,
    progress: Callable[[int, int], None] | None,
    url: str,
) -> Verdict | None:
    """The verdict on a long journal that holds; None for a short one, and where anything does not hold."""
    from adapters import audit_parts

    many = audit_parts.processes()
    if head.size < audit_parts.WORTH or many < 2:
        return None
    walk = Walk(head, against)

    def take(part: audit_parts.Part) -> bool:
        try:
            _grow(walk, part.leaves, part.after)
        except Unsound:
            return False
        walk.size, walk.recorded_at = part.until, part.recorded[1]
        if progress is not None:
            progress(walk.size, head.size)
        return True

    if not audit_parts.leaves_in_parts(url, head, many, take):
        return None
    try:
        _check_end(walk, ledger)
    except Unsound:
        return None
    return _holds(walk)


def _holds(walk: Walk) -> Verdict:
    root = walk.tree.root().hex()
    zh, en = f"{walk.size} 条记录全部核对无误，根值 {root}", f"all {walk.size} records hold; root {root}"
    if walk.against is not None:
        zh += f"；与先前记下的前 {walk.against.size} 条一致"
        en += f"; the first {walk.against.size} are those noted before"
    return Verdict(True, walk.size, root, walk.size, 0, zh, en)


_decode: Callable[[bytes], Any] = msgspec.json.Decoder(_Body).decode


def check_page(walk: Walk, page: Sequence[StoredRow]) -> list[bytes]:
    """Check the next records, all but the tree; returns their leaves, or raises ``Unsound`` at the first bad one."""
    known, salt, begun = walk.known, walk.head.salt, walk.begun
    size, last = walk.size, walk.recorded_at
    leaves: list[bytes] = []
    for position, stream, version, kind, state, recorded_at, leaf in page:
        if position != size + 1:
            walk.size = size
            raise Unsound(
                size + 1, f"位置 {size + 1} 的记录缺失", f"the record at position {size + 1} is missing"
            )
        held = known.get(stream)
        if held is None:
            before = 0
            if begun is not None:
                begun[stream], before = version, version - 1
            tag = stream_tag(salt, stream)
        else:
            tag, before = held
        if version != before + 1:
            raise _bad(position, "流内版本不连续", "its version does not follow in its stream")
        known[stream] = (tag, version)
        try:
            about = _decode(state).meta
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise _bad(position, "内容无法读取", f"its body cannot be read ({error})") from None
        if about.stream != stream or about.version != version or about.kind != kind:
            raise _bad(position, "内容与存放位置不符", "its body names another stream, version or kind")
        if recorded_at < last:
            raise _bad(position, "记录时间倒退", "its recording time lies before its predecessor's")
        last = recorded_at
        header = (
            f"\x00dg1\n{position}\n{tag}\n{version}\n{kind}\n{sha256(state).hexdigest()}\n"
            f"{about.happened_at}\n{recorded_at}\n"
        )
        if sha256(header.encode()).digest() != leaf:
            raise _bad(position, "内容与封印不符", "its content does not agree with its seal")
        leaves.append(leaf)
        size = position
    walk.size, walk.recorded_at = size, last
    return leaves


def _grow(walk: Walk, leaves: list[bytes], after: int) -> None:
    """Add the leaves behind a position to the tree, stopping on the way where an earlier head was noted."""
    ahead = walk.against.size - after if walk.against is not None else 0
    if 0 < ahead <= len(leaves):
        walk.tree.extend(leaves[:ahead])
        _check_noted(walk, walk.tree.root())
        leaves = leaves[ahead:]
    walk.tree.extend(leaves)


def _bad(position: int, zh: str, en: str) -> Unsound:
    return Unsound(
        position, f"位置 {position} 的记录有误：{zh}", f"the record at position {position} is bad: {en}"
    )


def _check_noted(walk: Walk, root: bytes) -> None:
    assert walk.against is not None
    if root.hex() != walk.against.root:
        size = walk.against.size
        raise Unsound(
            size,
            f"前 {size} 条记录与先前记下的不同：历史被改写过（位置 {size} 或更早）",
            f"the first {size} records are not those noted before: the past was rewritten at {size} or earlier",
        )


def _check_end(walk: Walk, ledger: Ledger) -> None:
    head, size = walk.head, walk.size
    if size != head.size:
        raise Unsound(
            size + 1,
            f"日志应有 {head.size} 条记录，位置 {size + 1} 起缺失",
            f"the journal should hold {head.size} records; from position {size + 1} on they are missing",
        )
    if walk.tree.root() != head.root:
        raise Unsound(size, f"根值与 {size} 条记录不符", f"the root does not agree with the {size} records")
    extra = ledger.read_log(head.size, 1, until=head.size + 1)
    if extra and ledger.head().size == head.size:
        raise Unsound(
            head.size + 1,
            f"位置 {head.size + 1} 有未封印的记录",
            f"there is a record at position {head.size + 1} that was never sealed",
        )
    if walk.against is None:
        return
    if walk.against.size > size:
        noted = walk.against.size
        raise Unsound(
            size + 1,
            f"先前记下 {noted} 条记录，现只有 {size} 条：位置 {size + 1} 起被截去",
            f"{noted} records were noted before and {size} are left: the tail from position {size + 1} on was cut off",
        )
    if walk.against.size == 0:
        _check_noted(walk, EMPTY_ROOT)
