"""Takes what a feed brought into the journal: each message once, in the order in which they were sent.

A message that is known already adds nothing; what cannot be read is refused with a reason and hides nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.app import IDS, App
from adapters.feeds.cap import Alert
from adapters.feeds.documents import Document, read_document
from adapters.feeds.keeping import Received
from domain.engine import Answer, Order
from domain.language import SHARED, Command, Moment, day_of, stream_name
from domain.refused import Refused
from domain.weather_feeds import FEED, Feed, MarkFeedReturned
from domain.weather_life import life_on
from domain.weather_messages import (
    WEATHER_MESSAGE,
    NoteNoLongerListed,
    ReceiveWarning,
    WarningDiffered,
    message_code,
)

FEED_AUTH = "feed"


@dataclass(frozen=True)
class Taken:
    """What became of one message, or of a document that holds none.

    ``outcome``: received, known, differed (other content under a known identifier), no_longer_listed, refused,
    skipped (a file of another kind in a folder), empty (an index or envelope without alerts).
    """

    document: str
    outcome: str
    identifier: str = ""
    because: Refused | None = None
    position: int | None = None
    command: ReceiveWarning | None = None
    notes: tuple[str, ...] = ()


@dataclass
class Intake:
    """Everything that one call brought, before any of it is recorded."""

    source: str
    found: list[tuple[str, str, Alert]] = field(default_factory=list)
    """(document, hash of its bytes, alert)"""
    said: list[Taken] = field(default_factory=list)
    lists: list[tuple[str, str, Document]] = field(default_factory=list)
    fetched: list[tuple[str, str]] = field(default_factory=list)
    """(address, hash of what lay there)"""
    read: int = 0
    """How many documents could be read."""
    last: str = ""
    """The hash of the last of them."""


class Taking:
    """Reads documents into an intake, and an intake into the journal."""

    def __init__(self, app: App, kept: Received, at: Moment | None = None, person: str | None = None) -> None:
        self._app = app
        self._kept = kept
        self._at = at
        self._person = person
        self._life = life_on(app.engine.rules, day_of(at or app.now()))

    def read(self, intake: Intake, name: str, raw: bytes) -> Document | None:
        """Read one document; what cannot be read is noted in the intake. Its bytes are kept when it could be read."""
        try:
            document = read_document(raw, self._life)
        except Refused as refusal:
            intake.said.append(Taken(name, "refused", because=refusal))
            return None
        digest = intake.last = self._kept.keep(raw)
        intake.read += 1
        intake.found += [(name, digest, alert) for alert in document.alerts]
        intake.said += [Taken(name, "refused", because=one) for one in document.refused]
        if document.listed:
            intake.lists.append((name, digest, document))
        elif not (document.alerts or document.refused or document.links):
            intake.said.append(Taken(name, "empty"))
        return document

    def record(self, intake: Intake) -> list[Taken]:
        """Record what was read, in the order in which it was sent; returns what became of everything.

        What it was read from is durable before; what was fetched is not asked for again afterwards.
        """
        self._kept.settle()
        lists = {name for name, _, _ in intake.lists}
        taken = [
            self._one(intake.source, name, digest, alert, name in lists)
            for name, digest, alert in sorted(intake.found, key=lambda one: (one[2].sent, one[2].identifier))
        ]
        for name, _, document in intake.lists:
            if document.whole:
                taken += self._gone(intake.source, name, {one.identifier for one in document.alerts})
        for address, digest in intake.fetched:
            self._kept.mark_fetched(intake.source, address, digest)
        return [*taken, *intake.said]

    def heard(self, source: str, at: Moment) -> None:
        """The source was read: remember when, and say so where it had been stale."""
        self._app.beats.heard(source, at)
        stream = stream_name(FEED.name, SHARED, source)
        state: Feed = self._app.engine.memory.folded(FEED, stream, fresh=True).state
        if state.stale_since:
            self._give(source, MarkFeedReturned(source), f"feed-returned {source} {state.stale_since}", "")

    # ------------------------------------------------------------------------------------------- inside

    def _one(self, source: str, name: str, digest: str, alert: Alert, listed: bool) -> Taken:
        command = alert.command(source, digest, listed)
        stream = stream_name(WEATHER_MESSAGE.name, SHARED, message_code(source, alert.identifier))
        version = self._app.engine.memory.folded(WEATHER_MESSAGE, stream, fresh=False).version
        try:
            answer = self._give(source, command, f"{stream} {version} {digest} {alert.sent}", name)
        except Refused as refusal:
            return Taken(name, "refused", alert.identifier, refusal)
        if not answer.records or answer.repeated:
            return Taken(name, "known", alert.identifier, command=command, notes=alert.notes)
        [record] = answer.records
        outcome = "differed" if record.kind == WarningDiffered.KIND else "received"
        return Taken(name, outcome, alert.identifier, None, record.position, command, alert.notes)

    def _gone(self, source: str, name: str, listed: set[str]) -> list[Taken]:
        """Every warning of the source's list that no longer stands in it, now that it came whole."""
        from projections.weather_register import WEATHER_REGISTER, listed_now

        projector = self._app.projector
        projector.wait_for(self._app.journal.head().size, [WEATHER_REGISTER.name])
        with projector.reader(WEATHER_REGISTER.name) as (connection, tables):
            before: Sequence[tuple[str, int]] = listed_now(connection, tables, source)
        taken = []
        for identifier, position in before:
            if identifier not in listed:
                what = f"no-longer-listed {source} {identifier} {position}"
                answer = self._give(source, NoteNoLongerListed(source, identifier), what, name)
                where = answer.records[0].position if answer.records else None
                taken.append(Taken(name, "no_longer_listed", identifier, position=where))
        return taken

    def _give(self, source: str, command: Command, what: str, name: str) -> Answer:
        return self._app.engine.submit(
            Order(
                command=command,
                by=source,
                id=str(uuid.uuid5(IDS, what)),
                content=b"",
                at=self._at,
                on_behalf_of=self._person,
                auth=FEED_AUTH,
                source=Path(name).name[:200] or None,
            )
        )


def counted(taken: Iterable[Taken]) -> dict[str, int]:
    """How many messages met which outcome."""
    found: dict[str, Any] = {}
    for one in taken:
        found[one.outcome] = found.get(one.outcome, 0) + 1
    return found
