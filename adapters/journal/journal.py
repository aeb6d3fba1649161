"""The journal as the engine knows it: drafts in, durable records out, over any of the recorders.

A reply lost at commit is settled here: the same draft is appended once more, which its id makes safe. Looking the id
up would not do: a lost append may still be on its way, and what can be read may not be durable yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from adapters.journal.codec import Codec
from adapters.journal.group import GroupCommit
from adapters.journal.packed import Head, Ledger, Lost, Outcome, PackedDraft, Stored, Taken
from adapters.seal.header import stream_tag
from domain.language import Moment
from domain.records import MACHINE_AUTHS, Answered, Appended, Conflict, Draft, Key, Record, Slice, Written
from domain.refused import BrokenRecordError, FaultError, InDoubtError

SETTLE_SECONDS = 10.0
"""How long a lost reply is pursued before the caller is told that it is in doubt."""
TAGS_KEPT = 50_000


class EventJournal:
    """Implements ``domain.records.Journal`` over a ledger; every thread may use it."""

    def __init__(self, ledger: Ledger, clock: Callable[[], Moment], codec: Codec | None = None) -> None:
        self.ledger = ledger
        self._codec = codec
        self._clock = clock
        self._group = GroupCommit(ledger.commit)
        self._tags: dict[str, str] = {}
        self._founder: str | None = None

    @property
    def codec(self) -> Codec:
        """Made when the first record is read or written, because it needs every kind of the domain."""
        if self._codec is None:
            from domain.index import EVENTS

            self._codec = Codec(EVENTS)
        return self._codec

    # ------------------------------------------------------------------------------------------- the engine's port

    def now(self) -> Moment:
        return self._clock()

    def read(self, stream: str, after: int = 0) -> Slice:
        rows = self.ledger.read_stream(stream, after)
        if not rows:
            return Slice(version=after)
        try:
            events, moments = self.codec.dated(rows)
        except BrokenRecordError as error:
            place = f"{stream}, {rows[0][0]}…"
            raise BrokenRecordError(position=place, problem=error.values["problem"]) from error
        return Slice(events, rows[-1][0], moments[0], max(moments))

    def append(self, draft: Draft) -> Appended | Conflict | Answered:
        packed = self._pack(draft)
        try:
            outcome = self._group.submit(packed)
        except InDoubtError:
            outcome = self._settle(packed)
        match outcome:
            case Stored():
                version = draft.after
                written = tuple(
                    Written(outcome.first + at, draft.stream, version + 1 + at, event.KIND)
                    for at, event in enumerate(draft.events)
                )
                return Appended(written, outcome.recorded_at, outcome.clock_read)
            case Taken():
                return self._answered(outcome)
            case Lost():
                return Conflict(outcome.stream, outcome.key)

    def answered(self, command_id: str) -> Answered | None:
        taken = self.ledger.command(command_id)
        return None if taken is None else self._answered(taken)

    def founder(self) -> str | None:
        if self._founder is None:
            self._founder = self.ledger.head().founder
        return self._founder

    # ------------------------------------------------------------------------------------------- for other readers

    def head(self) -> Head:
        return self.ledger.head()

    def records(
        self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = (), until: int | None = None
    ) -> list[Record]:
        """The next records after a position, in order, at most ``limit``."""
        record = self.codec.record
        return [record(row) for row in self.ledger.read_log(after, limit, kinds, until)]

    def every(self, after: int = 0, kinds: Sequence[str] = (), until: int | None = None) -> Iterator[Record]:
        """All records after a position, in order, read in pages."""
        while page := self.records(after, 1000, kinds, until):
            yield from page
            after = page[-1].position

    def stream(self, stream: str) -> list[Record]:
        """All records of one stream in order, with their positions."""
        return [self.codec.record(row) for row in self.ledger.read_stream_rows(stream)]

    def keyed(self, kind: str, code: str) -> list[Key]:
        """Where a code is registered: one key per scope that holds it."""
        return self.ledger.keyed(kind, code)

    def close(self) -> None:
        self.ledger.close()

    # ------------------------------------------------------------------------------------------- inside

    def _tag(self, stream: str) -> str:
        tag = self._tags.get(stream)
        if tag is None:
            if len(self._tags) > TAGS_KEPT:
                self._tags.clear()
            tag = self._tags[stream] = stream_tag(self.ledger.salt(), stream)
        return tag

    def _pack(self, draft: Draft) -> PackedDraft:
        meta, stream = draft.meta, draft.stream
        tag = self._tag(stream)
        rows = [
            self.codec.row(tag, stream, draft.after + 1 + at, meta, event)
            for at, event in enumerate(draft.events)
        ]
        return PackedDraft(
            meta.command_id,
            draft.content,
            rows,
            ((stream, draft.after), *draft.guards),
            draft.keys,
            None if meta.auth in MACHINE_AUTHS else meta.by,
            draft.founding,
        )

    def _answered(self, taken: Taken) -> Answered:
        rows = self.ledger.read_log(taken.first - 1, taken.last - taken.first + 1, until=taken.last)
        return Answered(
            taken.content, tuple(Written(row.position, row.stream, row.version, row.kind) for row in rows)
        )

    def _settle(self, packed: PackedDraft) -> Outcome:
        """See a draft through whose reply was lost."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                outcome = self._group.submit(packed)
                if isinstance(outcome, Taken) and outcome.content == packed.content:
                    [row] = self.ledger.read_log(outcome.last - 1, 1, until=outcome.last)
                    return Stored(outcome.first, outcome.last, row.recorded_at)
                return outcome
            except FaultError as fault:
                if time.monotonic() > deadline:
                    raise InDoubtError(where=self.ledger.name, id=packed.command_id) from fault
                time.sleep(0.2)
