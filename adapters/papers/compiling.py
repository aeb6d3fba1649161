"""A report is computed, rendered and hashed here; rendered again from what its record pinned, it has the same bytes.

Nothing but the pinned record, day, template and citation goes in: not the live views, not today's rules, not the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from adapters.canonical import encode
from adapters.journal.journal import EventJournal
from adapters.papers import addendum, listing, major, notice
from adapters.papers.past import Past, past_of
from adapters.papers.shapes import Figure, figures_of
from adapters.papers.site import Asked
from domain.bodies import BODY
from domain.labels import Lang, Term
from domain.language import Day, Moment, day_of, stream_name
from domain.logbook import PracticeOpened
from domain.records import Record
from domain.refused import BadField, UnknownThing
from domain.report_periods import span
from domain.reports import ReportCompiled, ReportCorrected
from domain.rule_adoption import ADOPTED
from domain.rulebook import Citation, Rulebook, Wording


@dataclass(frozen=True)
class Template:
    """One version of one kind of report; a version that was used is never changed again.

    ``headline`` names the figures that the record of the compilation keeps.
    """

    kind: str
    compute: Callable[[Past, Asked], Any]
    shape: type
    page: str
    headline: Mapping[str, str]


TEMPLATES: dict[str, Template] = {
    major.TEMPLATE: Template(
        "major-risk-report",
        major.major_risk_report,
        major.MajorRiskReport,
        "major-risk-report-1.html",
        {
            "major_risks": "totals/major_at_end",
            "hazards_open": "totals/effect/hazards_open",
            "late": "totals/late",
        },
    ),
    listing.TEMPLATE: Template(
        "risk-list-report",
        listing.risk_list_report,
        listing.RiskListReport,
        "risk-list-report-1.html",
        {"risks": "risks_total"},
    ),
    notice.TEMPLATE: Template(
        "risk-list-update-notice",
        notice.update_notice,
        notice.UpdateNotice,
        "risk-list-update-notice-1.html",
        {"entries": "entries", "added": "added", "removed": "removed"},
    ),
}
CURRENT: dict[str, str] = {template.kind: name for name, template in TEMPLATES.items()}
"""Which version a report is compiled with today: the last one of its kind."""


@dataclass(frozen=True)
class Paper:
    """A report as computed, and as its bytes: canonical JSON, and HTML in both languages."""

    report: Any
    content: bytes
    html: Mapping[Lang, bytes]

    def hashes(self) -> dict[str, str]:
        """What the record of the compilation keeps."""
        texts = {"content": self.content, **{f"html_{lang}": page for lang, page in self.html.items()}}
        return {name: sha256(text).hexdigest() for name, text in texts.items()}

    def figures(self) -> dict[str, Figure]:
        """Every figure by its key."""
        return dict(figures_of(self.report))


def compile_paper(
    journal: EventJournal, rules: Rulebook, body: str, kind: str, period: str, position: int, at: Moment
) -> tuple[Paper, dict[str, Any]]:
    """Compile a report as known at a position; returns it with the fields, as in JSON, of the command that records it.

    Refuses a period that does not fit, and a body that is not registered.
    """
    first, last = span(kind, period)
    if day_of(at) < first:
        raise BadField(
            field="data.period",
            problem_zh=f"{period} 尚未开始（自 {first} 起）",
            problem_en=f"{period} has not begun (it begins on {first})",
        )
    as_of = min(last, day_of(at))
    found = binding(journal, rules, kind, body, last)
    citation = None if found is None else found[1]
    name = CURRENT[kind]
    recipients = () if found is None else tuple(str(one) for one in found[0].value.get("to", ()))
    asked = Asked(name, kind, period, first, last, as_of, citation, recipients, _practice(journal))
    paper = _paper(journal, body, position, asked)
    figures = paper.figures()
    headline = {key: str(figures[path].value) for key, path in TEMPLATES[name].headline.items()}
    return paper, {
        "body": body,
        "kind": kind,
        "period": period,
        "position": position,
        "as_of": as_of,
        "template": name,
        **paper.hashes(),
        "figures": headline,
        "citation": None if citation is None else asdict(citation),
        "recipients": list(recipients),
    }


def render_again(journal: EventJournal, body: str, event: ReportCompiled) -> Paper:
    """The report of a record of a compilation, from what that record pinned."""
    return _paper(journal, body, event.position, _asked(journal, event))


def addendum_papers(journal: EventJournal, records: Sequence[Record]) -> Iterator[tuple[Record, Paper]]:
    """Each addendum among the records of a report, in order, as a paper; computed from what was known at its record."""
    editions = {one.event.edition: one.event for one in records if isinstance(one.event, ReportCompiled)}
    for record in records:
        if isinstance(record.event, ReportCorrected):
            event = editions[record.event.edition]
            asked = replace(_asked(journal, event), template=addendum.TEMPLATE)
            with past_of(journal, record.scope, record.position) as past:
                yield record, _printed(addendum.PAGE, addendum.addendum(past, asked, event, record))


def _asked(journal: EventJournal, event: ReportCompiled) -> Asked:
    return Asked(
        event.template,
        event.kind,
        event.period,
        event.first,
        event.last,
        event.as_of,
        event.citation,
        event.recipients,
        _practice(journal),
    )


def binding(
    journal: EventJournal, rules: Rulebook, rule: str, body: str, day: Day
) -> tuple[Wording, Citation] | None:
    """The wording of a rule that binds the body on a day, as the decision will find it."""
    registered = BODY.initial
    for record in journal.stream(stream_name(BODY.name, body)):
        registered = BODY.evolve(registered, record.event)
    if not registered.registered:
        raise UnknownThing(kind=Term("body"), code=body, body=body)
    adopted = ADOPTED.initial
    for record in journal.stream(stream_name(ADOPTED.name, body)):
        adopted = ADOPTED.evolve(adopted, record.event)
    return rules.binding(rule, day, registered.area, registered.who, adopted.on(day))


def _paper(journal: EventJournal, body: str, position: int, asked: Asked) -> Paper:
    template = TEMPLATES[asked.template]
    with past_of(journal, body, position) as past:
        return _printed(template.page, template.compute(past, asked))


def _printed(template: str, report: Any) -> Paper:
    from adapters.papers.printing import page  # the template library is loaded for papers only

    content = encode(report)
    fingerprint = sha256(content).hexdigest()
    langs: tuple[Lang, ...] = ("zh", "en")
    return Paper(report, content, {lang: page(template, report, fingerprint, lang) for lang in langs})


def _practice(journal: EventJournal) -> str | None:
    first = journal.records(0, 1)
    return first[0].event.note if first and isinstance(first[0].event, PracticeOpened) else None
