"""The addendum to a report as a paper of its own: what was wrong in it, what it should say, and since which record.

The report itself is never edited. An addendum is computed from the records up to its own one, so that it comes out
byte for byte whatever is recorded afterwards; it names the edition that it corrects by the hash of its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.papers.past import Past
from adapters.papers.shapes import Head
from adapters.papers.site import Asked, head_of
from domain.language import day_of
from domain.records import Record
from domain.reports import ReportCompiled, ReportCorrected

TEMPLATE = "report-addendum-1"
PAGE = "report-addendum-1.html"


@dataclass(frozen=True)
class Corrected:
    """One figure by its key: what the report said and what it should say."""

    figure: str
    was: str
    now: str


@dataclass(frozen=True)
class Addendum:
    """``content`` is the hash of the edition that is corrected, ``record`` the one that says so."""

    head: Head
    report: str
    edition: int
    content: str
    addendum: int
    given_on: str
    given_by: str
    reason: str
    corrections: tuple[Corrected, ...]
    record: int


def addendum(past: Past, asked: Asked, compiled: ReportCompiled, record: Record) -> Addendum:
    """Compute the addendum; equal for an equal past."""
    event = record.event
    assert isinstance(event, ReportCorrected)
    return Addendum(
        head_of(past, asked),
        record.stream.rsplit("/", 1)[1],
        event.edition,
        compiled.content,
        event.addendum,
        day_of(record.happened_at),
        record.by,
        event.reason,
        tuple(Corrected(one.figure, one.was, one.now) for one in event.corrections),
        record.position,
    )
