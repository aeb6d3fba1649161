"""Compares what stands beside the records with them: the commands given, the codes taken, and who founded the journal.

All of it repeats what records say, so no seal covers it; yet it decides what is recorded next. A command whose id
stands there without its records would be answered and never recorded; one that is missing could be recorded twice; a
code that nobody registered would be refused. Not compared is the fingerprint of a command's content: no record holds
it, and one that was changed makes a repetition be refused, loudly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import msgspec

from adapters.audit import PAGE, Verdict
from adapters.journal.packed import Ledger, StoredRow
from domain.index import DECIDERS
from domain.language import SHARED, stream_name
from domain.records import MACHINE_AUTHS

_KEYED = frozenset(decider.name for decider in DECIDERS if decider.keyed)


class _About(msgspec.Struct, gc=False):
    command_id: str
    by: str
    auth: str


class _Body(msgspec.Struct, gc=False):
    meta: _About


_decode: Callable[[bytes], _Body] = msgspec.json.Decoder(_Body).decode


@dataclass(frozen=True)
class Given:
    """One command as the records tell it: its id and the positions of its first and last record."""

    id: str
    first: int
    last: int


class _Differs(Exception):
    """Where a register differs: the position of a record, or 0 where no record is concerned."""

    def __init__(self, position: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.position, self.zh, self.en = position, zh, en


def with_registers(
    verdict: Verdict, ledger: Ledger, progress: Callable[[int, int], None] | None = None
) -> Verdict:
    """The verdict on a journal whose seal holds, or the first place at which a register differs from the records."""
    if not verdict.holds:
        return verdict
    try:
        _compare(ledger, verdict.size, progress)
    except _Differs as found:
        return replace(verdict, holds=False, position=found.position, zh=found.zh, en=found.en)
    return replace(
        verdict,
        zh=f"{verdict.zh}；命令和编码的登记与之一致",
        en=f"{verdict.en}; the registers of commands and codes agree with them",
    )


def _compare(ledger: Ledger, size: int, progress: Callable[[int, int], None] | None) -> None:
    walk = _Walk(ledger)
    after = 0
    while after < size and (page := ledger.read_log(after, PAGE, until=size)):
        walk.take(page)
        after = page[-1].position
        if progress is not None:
            progress(after, size)
    walk.close()
    _check_founder(ledger, walk.founder)
    _check_no_more_commands(ledger, size, walk.commands)
    _check_keys(ledger, walk.keyed)


class _Walk:
    """Goes through the records and looks up each command; notes who founded and which streams were registered."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.commands = 0
        self.founder: str | None = None
        self.keyed: dict[str, int] = {}
        """Stream whose code is registered -> position of its first record."""
        self._open: Given | None = None

    def take(self, page: list[StoredRow]) -> None:
        given: list[Given] = []
        for row in page:
            about = _decode(row.state).meta
            if self.founder is None and about.auth not in MACHINE_AUTHS:
                self.founder = about.by
            if row.version == 1 and row.stream.partition("/")[0] in _KEYED:
                self.keyed[row.stream] = row.position
            if self._open is not None and self._open.id == about.command_id:
                self._open = replace(self._open, last=row.position)
                continue
            if self._open is not None:
                given.append(self._open)
            self._open = Given(about.command_id, row.position, row.position)
        self._look_up(given)

    def close(self) -> None:
        if self._open is not None:
            self._look_up([self._open])

    def _look_up(self, given: list[Given]) -> None:
        held = self.ledger.positions_of([one.id for one in given])
        for one in given:
            found = held.get(one.id)
            if found is None:
                raise _Differs(
                    one.first,
                    f"位置 {one.first} 的记录所属命令“{one.id}”不在命令登记表中，可能被重复记录",
                    f"the command '{one.id}' of the record at position {one.first} is missing from the register of "
                    "commands and could be recorded again",
                )
            if found != (one.first, one.last):
                raise _Differs(
                    one.first,
                    f"命令登记表称命令“{one.id}”的记录在 {found[0]} 至 {found[1]}，实为 {one.first} 至 {one.last}",
                    f"the register of commands has '{one.id}' at {found[0]} to {found[1]}, its records are at "
                    f"{one.first} to {one.last}",
                )
        self.commands += len(given)


def _check_founder(ledger: Ledger, founder: str | None) -> None:
    held = ledger.head().founder
    if founder is not None and held != founder:
        raise _Differs(
            0,
            f"日志头称创建人为“{held}”，首条由人员作出的记录出自“{founder}”",
            f"the head names '{held}' as founder, the first record that a person made is by '{founder}'",
        )


def _check_no_more_commands(ledger: Ledger, size: int, commands: int) -> None:
    """Every command of the records was found; more than those must belong to records that came meanwhile."""
    older = 0
    for one in _commands(ledger):
        if one.last <= size:
            older += 1
        elif not _stands(ledger, one):
            raise _unborne(one)
    if older != commands:
        raise next(_unborne(one) for one in _commands(ledger) if not _stands(ledger, one))


def _commands(ledger: Ledger) -> Iterator[Given]:
    after = ""
    while page := ledger.commands_after(after, PAGE):
        yield from (Given(*row) for row in page)
        after = page[-1][0]


def _stands(ledger: Ledger, one: Given) -> bool:
    rows = ledger.read_log(one.first - 1, 1, until=one.first) if one.first > 0 else []
    return bool(rows) and _decode(rows[0].state).meta.command_id == one.id


def _unborne(one: Given) -> _Differs:
    return _Differs(
        0,
        f"命令登记表中的“{one.id}”（位置 {one.first} 至 {one.last}）没有相应记录：以此编号提交的命令将不会被记录",
        f"the register of commands holds '{one.id}' (at {one.first} to {one.last}), which no record bears: a command "
        "given under that id would not be recorded",
    )


def _check_keys(ledger: Ledger, keyed: dict[str, int]) -> None:
    missing = dict(keyed)
    after = ("", "", "")
    while page := ledger.keys_after(after, PAGE):
        for key in page:
            named = stream_name(key.kind, key.scope or SHARED, key.code)
            if key.stream == named and missing.pop(named, None) is not None:
                continue
            if key.stream != named or not ledger.read_stream(named, 0):
                raise _Differs(
                    0,
                    f"编码登记表中的 {key.kind} {key.code}（{key.scope or SHARED}）没有相应记录：该编码将无法登记",
                    f"the register of codes holds {key.kind} {key.code} ({key.scope or SHARED}), which no record "
                    "registered: that code could not be given",
                )
        last = page[-1]
        after = (last.kind, last.scope, last.code)
    if missing:
        stream, position = min(missing.items(), key=lambda one: one[1])
        raise _Differs(
            position,
            f"位置 {position} 登记的编码不在编码登记表中（{stream}），可能被重复登记",
            f"the code registered at position {position} is missing from the register of codes ({stream}) and could "
            "be given again",
        )
