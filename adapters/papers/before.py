"""What the report of the month before ended with, and what became known since of the time before this month.

A month begins where the month before ended; but the report of that month may have spoken of an earlier day than its
last one, and things are entered late. So the state that it told is asked again, on the day and at the record that it
pinned, and each difference to the state at the start of this month is told: nothing falls between two reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.papers.changes import Change, changes_of
from adapters.papers.past import Past, Row, end_before, end_of
from adapters.papers.shapes import Figure
from adapters.papers.site import Asked, positions
from domain.language import Day, day_after
from domain.report_periods import report_code
from domain.reports import ReportCompiled, ReportSubmitted


@dataclass(frozen=True)
class Before:
    """The report before, with the edition that was handed in last (else compiled last), and what it could not say.

    ``entered_since`` are records of risks, written after that report, of things that happened before this month.
    """

    report: str
    edition: int
    as_of: str
    position: int
    entered_since: Figure
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Told:
    """The report before, as its record pinned it."""

    code: str
    event: ReportCompiled
    covers_from: Day

    def told(self, past: Past, asked: Asked, now: Mapping[str, Row], major: set[str]) -> Before:
        """What differs between the end of that report and the start of this month, of risks major in either."""
        day, known = self.event.as_of, self.event.position
        then = by_code(past.risks(end_of(day), known_at=known))
        codes = sorted(major | {code for code, row in then.items() if row["level"] == "major"})
        last = day_after(asked.first, -1)
        held = (past.answering(day, known), past.answering(last))
        changes = changes_of(past, (day, last), then, now, codes, again=True, held=held)
        late = past.entered("risk", known, end_before(asked.first))
        since = Figure(len(late), positions(*late))
        return Before(self.code, self.event.edition, day, known, since, changes)


def before_of(past: Past, asked: Asked) -> Told | None:
    """The report of the month before, as far as it was recorded by then."""
    last = day_after(asked.first, -1)
    code = report_code(asked.kind, last[:7])
    compiled: ReportCompiled | None = None
    found: ReportCompiled | None = None
    submitted = False
    for event in past.reported(code):
        match event:
            case ReportCompiled():
                compiled = event
                found = found if submitted else event
            case ReportSubmitted():
                found, submitted = compiled, True
            case _:
                pass
    return None if found is None else Told(code, found, min(asked.first, day_after(found.as_of)))


def by_code(rows: Sequence[Row]) -> dict[str, Row]:
    return {str(row["code"]): row for row in rows}
