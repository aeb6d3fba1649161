"""A risk is identified: where it is, by which factor, what may happen, why, how far it reaches, and who found it first.

The outputs of NJ-023 and what the risk list needs (YT-25a). What turns out wrong is corrected by an event that says
why; nothing is overwritten, and the list of any past day knows both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Literal

from domain.code_lists import need_accident_types, need_factor
from domain.decider import Facts
from domain.documents import DOCUMENT
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Limit, Remark, Title, Words, day_of
from domain.refused import Incomplete, NotInPlace, UnknownThing
from domain.rulebook import Rulebook
from domain.units import need_unit_in_use

Short = Annotated[str, Limit(200, least=0)]
Provenance = Literal["own", "standardisation", "safety_evaluation", "special_study", "handbook"]
"""Where the identification comes from; all but our own work names its source (NJ-020, NJ-025)."""


@dataclass(frozen=True)
class IdentifyRisk(Command):
    """Record a risk with its factor (GB/T 13861) and accident types (GB 6441, by default the edition in force).

    ``features`` and ``parameters`` with ``impact`` are the characteristics of YT-25a; ``document`` is a handbook or
    report on the register, ``reference`` the place in it.
    """

    body: Code
    risk: Code
    unit: Code
    name: Title
    factor: Code
    factor_edition: Title
    accident_types: tuple[Title, ...]
    cause: Words
    consequence: Words
    impact: Words
    accident_edition: Title | None = None
    category: Short = ""
    features: Remark = ""
    parameters: Remark = ""
    provenance: Provenance = "own"
    reference: Remark = ""
    document: Code | None = None


@dataclass(frozen=True)
class CorrectIdentification(IdentifyRisk):
    """Say the whole identification anew, and why; it counts from the moment given, also a past one."""

    reason: Words = field(kw_only=True)


@dataclass(frozen=True)
class Identity:
    """What an identification says; the names of codes are those of the edition, empty where none was found."""

    unit: str
    name: str
    factor: str
    factor_edition: str
    factor_name: str
    factor_verified: str
    accident_types: tuple[str, ...]
    accident_edition: str
    cause: str
    consequence: str
    impact: str
    category: str
    features: str
    parameters: str
    provenance: str
    reference: str
    document: str | None
    document_version: str | None


@dataclass(frozen=True)
class RiskIdentified(Identity, Event):
    """``document_version`` is the one that was valid on the day."""

    KIND = "risk-identified.1"


@dataclass(frozen=True)
class IdentificationCorrected(Identity, Event):
    """The identification as it is from then on, in full."""

    KIND = "identification-corrected.1"
    reason: str
    corrected_at: str


def identified(command: IdentifyRisk, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a unit not in use, factors and accident types off their lists, and a borrowed finding without source."""
    return [_identity(command, facts, rules, RiskIdentified)]


def corrected(command: CorrectIdentification, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses as an identification is refused."""
    return [
        _identity(
            command,
            facts,
            rules,
            partial(IdentificationCorrected, reason=command.reason, corrected_at=facts.at),
        )
    ]


def _identity(command: IdentifyRisk, facts: Facts, rules: Rulebook, made: Callable[..., Event]) -> Event:
    what = Thing("risk", command.risk)
    need_unit_in_use(facts, command.body, command.unit, command)
    if not command.accident_types:
        raise Incomplete(what=what, missing=[Term("accident_types")])
    factor = need_factor(facts, rules, command.body, command.factor, command.factor_edition)
    types, edition = need_accident_types(
        facts, rules, command.body, command.accident_types, command.accident_edition
    )
    if command.provenance != "own" and not (command.reference or command.document):
        raise Incomplete(what=what, missing=[Term("reference")])
    return made(
        command.unit,
        command.name,
        factor.code,
        factor.edition,
        factor.name,
        factor.verified,
        types,
        edition,
        command.cause,
        command.consequence,
        command.impact,
        command.category,
        command.features,
        command.parameters,
        command.provenance,
        command.reference,
        command.document,
        _version(command, facts),
    )


def _version(command: IdentifyRisk, facts: Facts) -> str | None:
    """The version of the cited document that was valid on the day; it must be on the register and valid."""
    if command.document is None:
        return None
    found = facts.of(DOCUMENT, command.body, command.document)
    if not found.registered:
        raise UnknownThing(kind=Term("document"), code=command.document, body=command.body)
    day = day_of(facts.at)
    version = found.version_on(day)
    if version is None:
        raise NotInPlace(what=Thing("document", command.document), day=day)
    return version
