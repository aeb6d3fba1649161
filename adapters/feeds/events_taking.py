"""Takes what an equipment system sent into the journal: all of a file or nothing, and each event once for ever.

The file is kept as it came, in the evidence store, and each record names it by its salted hash. A kill on the way
leaves some events recorded; the same file given again adds the rest.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from adapters.app import IDS, App
from adapters.evidence.store import EvidenceStore
from adapters.feeds.events_reading import Encoding, Sheet, read_sheet
from adapters.feeds.events_shape import Arrival, Fault, moment_of
from domain.engine import Order
from domain.equipment_events import FEED_EVENT, Received, ReceiveEquipmentEvent, event_code
from domain.evidence import EVIDENCE, DepositEvidence, Media
from domain.language import Command, Moment, as_datetime, moment, stream_name
from domain.records import Written
from domain.refused import Refused

OLDEST = dt.timedelta(days=366)
"""A time further back than this is taken for a clock that was never set: the event then counts from its arrival."""
FEED, SOURCE = "feed", "equipment"


@dataclass(frozen=True)
class Repeated:
    """An event that came before: ``same`` content, ``different``, or its file is gone and nobody can ``compare``."""

    row: int
    event: str
    source: str
    id: str
    content: str


@dataclass
class Taken:
    """What became of one file."""

    file: str
    form: str
    events: int = 0
    records: list[Written] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()

    def saying(self, content: str) -> int:
        return sum(one.content == content for one in self.repeated)


class Taker:
    """Takes files for one body (``*``: for none) with one evidence store; ``person`` is who gave them, if somebody."""

    def __init__(
        self, app: App, store: EvidenceStore, body: str, person: str | None, encoding: Encoding
    ) -> None:
        self._app = app
        self._store = store
        self.body = body
        self._person = person
        self._encoding: Encoding = encoding
        self._kept = lru_cache(maxsize=8)(self._read_kept)

    def take(self, raw: bytes, name: str) -> Taken:
        """Check the whole file, keep it, and record every event that is new; with a fault nothing is recorded.

        Raises ``FaultError`` where store or journal cannot serve.
        """
        sheet = read_sheet(raw, self._encoding)
        taken = Taken(name, sheet.form, len(sheet.arrivals), faults=sheet.faults)
        if sheet.faults:
            taken.events = 0
            return taken
        standing: dict[str, Arrival | None] = {}
        salted: str | None = None
        for one in sheet.arrivals:
            code = event_code(one.source, one.id)
            if code not in standing:
                if not self._received(code).known:
                    salted = salted or self._keep(raw, name, sheet)
                    answer = self._app.submit(self._order(one, code, salted))
                    if answer.records and not answer.repeated:
                        standing[code] = one
                        taken.records += answer.records
                        continue
                standing[code] = self._recorded(code)
            taken.repeated.append(Repeated(one.row, code, one.source, one.id, _compared(standing[code], one)))
        return taken

    def _order(self, one: Arrival, code: str, salted: str) -> Order:
        occurred = self._occurred(one.time)
        command = ReceiveEquipmentEvent(
            self.body, one.source, one.id, one.type, one.time, one.subject, one.said, (salted,), one.row
        )
        return self._given(command, f"equipment-event {self.body} {code}", occurred)

    def _given(self, command: Command, what: str, at: Moment | None = None) -> Order:
        return Order(
            command=command,
            by=FEED,
            id=str(uuid.uuid5(IDS, what)),
            content=b"",
            at=at,
            on_behalf_of=self._person,
            auth=FEED,
            source=SOURCE,
        )

    def _occurred(self, time: str) -> Moment:
        """When it happened by its own word; now, where it names no time, one to come, or one too long ago."""
        now = self._app.now()
        said = moment_of(time)
        oldest = moment(as_datetime(now) - OLDEST)
        return said if said is not None and oldest <= said <= now else now

    def _received(self, code: str) -> Received:
        stream = stream_name(FEED_EVENT.name, self.body, code)
        state: Received = self._app.engine.memory.folded(FEED_EVENT, stream, fresh=True).state
        return state

    # ------------------------------------------------------------------------------------------- the file

    def _keep(self, raw: bytes, name: str, sheet: Sheet) -> str:
        """The salted hash of the file in the store: of an earlier deposit of this body, or of a new one."""
        for salted in (one.salted for one in self._store.index.equal(sha256(raw).hexdigest())):
            stream = stream_name(EVIDENCE.name, self.body, salted)
            if self._app.engine.memory.folded(EVIDENCE, stream, fresh=True).state.step == "deposited":
                return salted
        media: Media = "csv" if sheet.form == "csv" else "json"
        deposit = self._store.add(io.BytesIO(raw), name, media).deposit
        command = DepositEvidence(self.body, deposit.salted, media, deposit.size)
        self._app.submit(self._given(command, f"equipment-file {self.body} {deposit.salted}"))
        return deposit.salted

    def _recorded(self, code: str) -> Arrival | None:
        """The event as it was recorded, out of the kept file; None where that is gone, or it was entered by hand."""
        state = self._received(code)
        return None if state.raw is None else self._kept(state.raw).get(state.row)

    def _read_kept(self, salted: str) -> dict[int, Arrival]:
        """The events of a kept file by row; none where it was erased."""
        sink = io.BytesIO()
        try:
            self._store.get(salted, sink)
        except Refused:
            return {}
        sheet = read_sheet(sink.getvalue())
        if sheet.faults:
            sheet = read_sheet(sink.getvalue(), "gb18030")
        return {one.row: one for one in sheet.arrivals}


def _compared(recorded: Arrival | None, one: Arrival) -> str:
    if recorded is None:
        return "not_comparable"
    same = json.dumps(recorded.whole, sort_keys=True) == json.dumps(one.whole, sort_keys=True)
    return "same" if same else "different"
