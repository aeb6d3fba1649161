"""The questions about organisation, trainings and documents; a part of the index of questions.

``on`` is a day; ``known_at`` is the last record that counts: a position, or the moment or day up to which records had
been written.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from adapters.problems import day_field
from adapters.projector.asking import OfBodies, Question, Row, known_at, last_moment_of
from adapters.projector.projector import Projector
from domain.documents import DocumentKind
from domain.language import Day, day_of
from projections.documents import DOCUMENTS, adopted_papers, context_check, document_list
from projections.duty_list import duties_as_of
from projections.duty_owers import owers
from projections.duty_rows import DUTY_ROWS
from projections.organisation import ORGANISATION
from projections.organisation_questions import in_order, org_tree, org_who
from projections.trainings import TRAININGS, training_coverage, training_list

Part = Literal[
    "post",
    "deputy",
    "group",
    "coordinator",
    "risk_control",
    "risk",
    "control",
    "duty",
    "engagement",
    "role",
]


class Known(OfBodies):
    known_at: int | str | None = Field(
        None, description="当时已知：记录位置、时刻或日期 / as known at this position, moment or day"
    )


class OnADay(Known):
    on: str | None = Field(None, description="日期 YYYY-MM-DD；缺省为今天 / day; default today")


class OfHolders(OnADay):
    post: str | None = Field(None, max_length=64, description="岗位 / post")
    person: str | None = Field(None, max_length=64, description="人员 / person")
    risk: str | None = Field(None, max_length=64, description="风险及其管控措施 / a risk and its controls")
    duty: str | None = Field(None, max_length=64, description="应办事项 / a duty")
    part: Part | None = Field(None, description="任职类别 / as what")
    ever: bool = Field(False, description="包括过去和将来的 / past and future ones too")


class OfTree(OnADay):
    closed: bool = Field(False, description="包括已撤销的 / closed ones too")


class OfTrainings(Known):
    since: str | None = Field(None, description="自（日期） / from this day")
    until: str | None = Field(None, description="至（日期，不含） / before this day")
    person: str | None = Field(None, max_length=64, description="参加人员 / who attended")


class OfDocuments(OnADay):
    kind: DocumentKind | None = Field(None, description="类别 / kind")
    superseded: bool = Field(False, description="每个版本一行 / a row for every version")


class OfPapers(OnADay):
    superseded: bool = Field(False, description="每个版本一行 / a row for every version")


def _on(projector: Projector, given: OnADay) -> Day:
    return day_field("on", given.on) or day_of(projector.journal.now())


def _who(projector: Projector, given: OfHolders) -> list[Row]:
    """Duties are read first, so that whoever holds a role that owes one is already in the second view."""
    day, known = _on(projector, given), known_at(projector, given.known_at)
    on = None if given.ever and given.on is None else day
    duties: list[Row] = []
    if given.post is None and given.part in (None, "duty"):
        moment = None if on is None else last_moment_of(on)
        with projector.reader(DUTY_ROWS.name) as (connection, tables):
            duties = duties_as_of(connection, tables, moment, known, given.body, code=given.duty)
    with projector.reader(ORGANISATION.name) as (connection, tables):
        rows: list[Row] = []
        if given.duty is None and given.part != "duty":
            asked = {name: getattr(given, name) for name in ("post", "person", "part", "risk")}
            rows = org_who(connection, tables, given.body, on, known, **asked)
        grants = org_who(connection, tables, given.body, on, known, part="role") if duties and on else []
    rows += [row for row in owers(duties, grants, on) if _asked_for(row, given)]
    return sorted(rows, key=in_order)


def _asked_for(row: Row, given: OfHolders) -> bool:
    of_person = given.person is None or given.person in row["persons"]
    return of_person and given.risk in (None, row["risk"])


def _tree(projector: Projector, given: OfTree) -> list[Row]:
    on, known = _on(projector, given), known_at(projector, given.known_at)
    with projector.reader(ORGANISATION.name) as (connection, tables):
        return org_tree(connection, tables, body=given.body, on=on, known_at=known, closed=given.closed)


def _trainings(projector: Projector, given: OfTrainings) -> list[Row]:
    since, until = day_field("since", given.since), day_field("until", given.until)
    known = known_at(projector, given.known_at)
    with projector.reader(TRAININGS.name) as (connection, tables):
        return training_list(
            connection,
            tables,
            body=given.body,
            since=since,
            until=until,
            person=given.person,
            known_at=known,
        )


def _coverage(projector: Projector, given: Known) -> list[Row]:
    known = known_at(projector, given.known_at)
    with projector.reader(TRAININGS.name) as (connection, tables):
        return training_coverage(connection, tables, body=given.body, known_at=known)


def _documents(projector: Projector, given: OfDocuments) -> list[Row]:
    on, known = _on(projector, given), known_at(projector, given.known_at)
    with projector.reader(DOCUMENTS.name) as (connection, tables):
        return document_list(
            connection,
            tables,
            body=given.body,
            on=on,
            kind=given.kind,
            known_at=known,
            superseded=given.superseded,
        )


def _context(projector: Projector, given: OnADay) -> list[Row]:
    on, known = _on(projector, given), known_at(projector, given.known_at)
    with projector.reader(DOCUMENTS.name) as (connection, tables):
        return context_check(connection, tables, body=given.body, on=on, known_at=known)


def _papers(projector: Projector, given: OfPapers) -> list[Row]:
    on, known = _on(projector, given), known_at(projector, given.known_at)
    with projector.reader(DOCUMENTS.name) as (connection, tables):
        return adopted_papers(
            connection, tables, body=given.body, on=on, known_at=known, superseded=given.superseded
        )


_BODY = {"body": "KS-01"}
ORGANISATION_QUESTIONS: tuple[Question[Any], ...] = (
    Question(
        "org-who",
        OfHolders,
        (ORGANISATION.name, DUTY_ROWS.name),
        _who,
        {**_BODY, "on": "2026-03-28", "post": "GW-TS"},
    ),
    Question("org-tree", OfTree, (ORGANISATION.name,), _tree, {**_BODY, "on": "2026-03-28"}),
    Question("org-papers", OfPapers, (DOCUMENTS.name,), _papers, {**_BODY, "on": "2026-03-28"}),
    Question("training-list", OfTrainings, (TRAININGS.name,), _trainings, {**_BODY, "since": "2026-01-01"}),
    Question("training-coverage", Known, (TRAININGS.name,), _coverage, _BODY),
    Question(
        "document-list",
        OfDocuments,
        (DOCUMENTS.name,),
        _documents,
        {**_BODY, "on": "2026-03-28", "kind": "rule"},
    ),
    Question("context-check", OnADay, (DOCUMENTS.name,), _context, {**_BODY, "on": "2026-03-28"}),
)
