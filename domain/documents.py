"""The register of documents and context: what law binds us, what lies around us, what we know of ourselves.

External information (NJ-013): laws and standards, nature, neighbours, typical accidents of others. Internal
(NJ-014): management, knowledge, workforce, process, reports, own accidents. Handbooks of larger hazardous factors
(NJ-020) and our own rules (NJ-011) stand here too. The file lies elsewhere; its SHA-256 says which one was meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, Hash, Remark, Title, Words, but, day_of
from domain.refused import (
    AlreadyRegistered,
    EndsBeforeItBegins,
    NotInPlace,
    Retired,
    UnknownThing,
)
from domain.rulebook import Rulebook

DocumentKind = Literal[
    "law",
    "standard",
    "nature",
    "neighbours",
    "accident_case",
    "management_status",
    "knowledge",
    "workforce",
    "process",
    "report",
    "accident_history",
    "handbook",
    "rule",
    "risk_card",
    "notice_board",
    "colour_map",
    "comparison_chart",
]
EXTERNAL: tuple[tuple[str, ...], ...] = (
    ("law", "standard"),
    ("nature",),
    ("neighbours",),
    ("accident_case",),
)
"""The four kinds of external information (NJ-013): of each group at least one document is wanted."""
INTERNAL: tuple[tuple[str, ...], ...] = (
    ("management_status",),
    ("knowledge",),
    ("workforce",),
    ("process",),
    ("report",),
    ("accident_history",),
)
"""The kinds of internal information (NJ-014)."""


@dataclass(frozen=True)
class RegisterDocument(Command):
    """Put a document on the register; ``number`` is its official number, such as ``GB 6441-2025``."""

    body: Code
    document: Code
    kind: DocumentKind
    title: Title
    number: Remark = ""


@dataclass(frozen=True)
class IssueDocumentVersion(Command):
    """A version that is valid from a day on; the one before stays, superseded. Without a file: no ``sha256``."""

    body: Code
    document: Code
    version: Title
    valid_from: DayOf
    sha256: Hash | None = None
    place: Remark = ""
    remark: Remark = ""


@dataclass(frozen=True)
class WithdrawDocument(Command):
    """No version is valid any more from a day on."""

    body: Code
    document: Code
    reason: Words
    until: DayOf | None = None


@dataclass(frozen=True)
class DocumentRegistered(Event):
    KIND = "document-registered.1"
    document: str
    kind: str
    title: str
    number: str


@dataclass(frozen=True)
class DocumentVersionIssued(Event):
    """``supersedes`` is the version that was valid on the day before, if any; ``place`` says where the file lies."""

    KIND = "document-version-issued.1"
    version: str
    valid_from: str
    supersedes: str | None
    sha256: str | None
    place: str
    remark: str


@dataclass(frozen=True)
class DocumentWithdrawn(Event):
    KIND = "document-withdrawn.1"
    until: str
    reason: str


@dataclass(frozen=True)
class Document:
    """Its kind, its versions with the day from which each is valid, and the day on which the last one ended."""

    kind: str = ""
    versions: tuple[tuple[str, Day], ...] = ()
    until: Day | None = None

    @property
    def registered(self) -> bool:
        return self.kind != ""

    def version_on(self, day: Day) -> str | None:
        """The version valid on that day: the latest, and of two from one day the last recorded."""
        if self.until is not None and day >= self.until:
            return None
        fitting = [(since, at) for at, (_, since) in enumerate(self.versions) if since <= day]
        return self.versions[max(fitting)[1]][0] if fitting else None


DocumentCommand = RegisterDocument | IssueDocumentVersion | WithdrawDocument
DocumentEvent = DocumentRegistered | DocumentVersionIssued | DocumentWithdrawn


def evolve(state: Document, event: DocumentEvent) -> Document:
    match event:
        case DocumentRegistered():
            return but(state, kind=event.kind)
        case DocumentVersionIssued():
            return but(state, versions=(*state.versions, (event.version, event.valid_from)))
        case DocumentWithdrawn():
            return but(state, until=event.until)


def decide(command: DocumentCommand, state: Document, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a second registration, a version twice, and anything after the withdrawal."""
    need_body(facts, command.body)
    if isinstance(command, RegisterDocument):
        if state.registered:
            raise AlreadyRegistered(kind=Term("document"), code=command.document, body=command.body)
        return [DocumentRegistered(command.document, command.kind, command.title, command.number)]
    if not state.registered:
        raise UnknownThing(kind=Term("document"), code=command.document, body=command.body)
    if state.until is not None:
        raise Retired(kind=Term("document"), code=command.document, command=type(command).__name__)
    match command:
        case IssueDocumentVersion():
            return _issue(command, state)
        case WithdrawDocument():
            until = command.until or day_of(facts.at)
            since = max((day for _, day in state.versions), default="")
            if until <= since:
                raise EndsBeforeItBegins(what=Thing("document", command.document), since=since, until=until)
            return [DocumentWithdrawn(until, command.reason)]


def _issue(command: IssueDocumentVersion, state: Document) -> list[Event]:
    if any(version == command.version for version, _ in state.versions):
        raise AlreadyRegistered(
            kind=Term("document_version"), code=f"{command.document} {command.version}", body=command.body
        )
    return [
        DocumentVersionIssued(
            command.version,
            command.valid_from,
            state.version_on(command.valid_from),
            command.sha256,
            command.place,
            command.remark,
        )
    ]


DOCUMENT: Decider[Document] = Decider(
    name="document",
    initial=Document(),
    evolve=evolve,
    decide=decide,
    events=(DocumentRegistered, DocumentVersionIssued, DocumentWithdrawn),
    commands=(RegisterDocument, IssueDocumentVersion, WithdrawDocument),
    place=lambda command: (command.body, command.document),
    keyed=True,
)


def need_version(facts: Facts, body: str, document: str, version: str, day: Day) -> None:
    """The document has that version, valid from that day or earlier; or ``UnknownThing``, ``NotInPlace``."""
    found: Document = facts.of(DOCUMENT, body, document)
    if not found.registered:
        raise UnknownThing(kind=Term("document"), code=document, body=body)
    since = dict(found.versions).get(version)
    if since is None:
        raise UnknownThing(kind=Term("document_version"), code=f"{document} {version}", body=body)
    if since > day:
        raise NotInPlace(what=Thing("document", f"{document} {version}"), day=day)
