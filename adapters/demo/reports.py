"""The mine's reports in autumn: three months of major risks and one quarter, compiled by one, approved by another.

No rule in force asks the mine for them, and they say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.app import App
from adapters.border import read_order
from adapters.demo.mine import DIRECTOR, MINE, SAFETY_OFFICER
from adapters.demo.steps import SOURCE
from domain.labels import Lang
from domain.language import Moment, as_datetime, moment, parse_moment, stream_name
from domain.reports import ReportCompiled, ReportCorrected

if TYPE_CHECKING:
    from adapters.papers.compiling import Paper

MONTHLY, QUARTERLY = "major-risk-report", "risk-list-report"


@dataclass(frozen=True)
class Reporting:
    """One report: when it was compiled; approved an hour later, and handed in another hour later."""

    at: Moment
    kind: str
    period: str

    @property
    def code(self) -> str:
        return f"{self.kind}.{self.period}"


REPORTS: tuple[Reporting, ...] = (
    Reporting(parse_moment("2026-09-03T09:00+08:00"), MONTHLY, "2026-08"),
    Reporting(parse_moment("2026-10-09T09:00+08:00"), MONTHLY, "2026-09"),
    Reporting(parse_moment("2026-10-10T09:00+08:00"), QUARTERLY, "2026-Q3"),
    Reporting(parse_moment("2026-11-04T09:00+08:00"), MONTHLY, "2026-10"),
)


def give_report(app: App, one: Reporting, reached: Moment) -> None:
    """Compile, approve and hand in one report; what a run before this one did is not done again."""
    from adapters.papers.compiling import compile_paper

    journal = app.journal
    held = journal.stream(stream_name("report", MINE, one.code))
    if not any(isinstance(record.event, ReportCompiled) for record in held):
        asked = (MINE, one.kind, one.period, journal.head().size, one.at)
        _, fields = compile_paper(journal, app.engine.rules, *asked)
        _give(app, "CompileReport", one, one.at, SAFETY_OFFICER, fields, reached)
    named = {"body": MINE, "report": one.code}
    _give(app, "ApproveReport", one, _later(one.at, 1), DIRECTOR, named, reached)
    handed = {**named, "to": "sub_district", "reference": f"window, {one.period}"}
    _give(app, "SubmitReport", one, _later(one.at, 2), SAFETY_OFFICER, handed, reached)


def _give(
    app: App, command: str, one: Reporting, at: Moment, by: str, data: dict[str, Any], reached: Moment
) -> None:
    app.set_now(max(at, reached))
    line = {"command": command, "by": by, "at": at, "data": data, "source": SOURCE}
    app.submit(read_order({**line, "id": f"demo {command} {one.code}"}, by, "os-local", need_id=True))


def _later(at: Moment, hours: int) -> Moment:
    return moment(as_datetime(at).replace(hour=as_datetime(at).hour + hours))


def leave_papers(app: App, folder: Path) -> list[Path]:
    """Write every report of the file into a folder, as JSON and as a page in both languages; returns the files."""
    from adapters.papers.compiling import addendum_papers, render_again

    folder.mkdir(parents=True, exist_ok=True)
    langs: tuple[Lang, ...] = ("zh", "en")
    found: list[Path] = []
    papers: list[tuple[str, Paper]] = []
    for record in app.journal.every(kinds=(ReportCompiled.KIND, ReportCorrected.KIND)):
        name = f"{record.scope}.{record.stream.rsplit('/', 1)[1]}"
        if isinstance(record.event, ReportCompiled):
            papers.append((name, render_again(app.journal, record.scope, record.event)))
        elif isinstance(record.event, ReportCorrected):
            for one, paper in addendum_papers(app.journal, app.journal.stream(record.stream)):
                if one.position == record.position:
                    papers.append((f"{name}.addendum-{record.event.addendum}", paper))
    for name, paper in papers:
        for end, text in (("json", paper.content), *((f"{lang}.html", paper.html[lang]) for lang in langs)):
            path = folder / f"{name}.{end}"
            path.write_bytes(text)
            found.append(path)
    return found
