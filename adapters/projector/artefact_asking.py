"""The questions what a body must keep and what is missing of it; the rules say which artefacts, and how they bind."""

from __future__ import annotations

from typing import Any

from adapters.projector.asking import OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from adapters.projector.risk_asking import whole_list
from adapters.rules import load_rulebook
from domain.bodies import Body
from domain.language import Day, Moment, day_after, day_of
from domain.rulebook import Adoptions, Wording
from projections.areas import AREAS, area_list
from projections.artefacts import CHECKED_WITHIN, Kept, artefact_rows
from projections.body_register import BODY_REGISTER, body_list
from projections.confirmations import CONFIRMATIONS, confirmation_list
from projections.documents import DOCUMENTS, document_list
from projections.hazard_ledger import HAZARD_LEDGER, hazard_ledger
from projections.inspections import INSPECTIONS, inspection_list
from projections.organisation import ORGANISATION
from projections.risk_levels import RiskLevel
from projections.risk_list import RISK_LIST
from projections.risk_marks import RISK_MARKS
from projections.unit_gaps import unit_gaps
from projections.unit_tree import UNIT_TREE, unit_tree

NOT_BINDING = "not binding"
"""Told where the text binds the body neither as law nor by adoption: the artefacts are then shown for comparison."""


def _artefacts(projector: Projector, given: OnClocks) -> list[Row]:
    """By the classification of the body: six for high-risk units, three for the others (YT-22)."""
    return _rows(projector, given, "artefacts", ("yantian-2021-high-risk", "yantian-2021-other"))


def _outcomes(projector: Projector, given: OnClocks) -> list[Row]:
    return _rows(projector, given, "pilot-outcomes", ("nanjing-pilot-2018",))


def _rows(projector: Projector, given: OnClocks, rule: str, versions: tuple[str, ...]) -> list[Row]:
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    day = day_of(true or projector.journal.now())
    with projector.reader(BODY_REGISTER.name) as (connection, tables):
        bodies = body_list(connection, tables, body=given.body)
    held = _held(projector, given.body, true, known, day)
    rows: list[Row] = []
    for one in bodies:
        wording, binding = _wording(one, rule, versions, day, known)
        if wording is None:
            continue
        clause = {"artefacts": "YT-22", "pilot-outcomes": "NJ-001"}[rule]
        names = wording.value["artefacts"]
        if rule == "artefacts":
            clause += "a" if len(names) > 3 else "b"
        rows += artefact_rows(one["body"], clause, binding, names, _of(held, one["body"], day))
    return rows


def _wording(
    body: Row, rule: str, versions: tuple[str, ...], day: Day, known: int | None
) -> tuple[Wording | None, str]:
    """The wording for this body and how it binds: in force, adopted, or not at all (then the first one that fits)."""
    rules = load_rulebook()
    who = Body(body["kind"], body["area"], body["sector"], tuple(body["classes"])).who
    packs: dict[str, tuple[str, Day]] = {}
    for one in sorted(body["adoptions"], key=lambda one: (one["since"], one["position"])):
        if one["since"] <= day and (known is None or one["position"] <= known):
            packs[one["pack"]] = (one["version"], one["since"])
    found = rules.binding(rule, day, body["area"], who, Adoptions(packs))
    if found is not None:
        return found[0], found[1].standing
    for version in versions:
        wording = rules.version(rule, version)
        if wording is not None and (not wording.who or any(one in wording.who for one in who)):
            return wording, NOT_BINDING
    return None, NOT_BINDING


def _held(projector: Projector, body: str | None, true: Moment | None, known: int | None, day: Day) -> Kept:
    """What all the bodies hold, each question asked once."""
    risks = whole_list(projector, body, true, known)
    levels = [RiskLevel(row["body"], row["code"], row["unit"], row["level"]) for row in risks if row["unit"]]
    month = day_after(day, -CHECKED_WITHIN)
    with projector.reader(DOCUMENTS.name) as (connection, tables):
        documents = document_list(connection, tables, body=body, on=day, known_at=known)
    with projector.reader(HAZARD_LEDGER.name) as (connection, tables):
        hazards = hazard_ledger(connection, tables, body=body, true_at=true, known_at=known)
    with projector.reader(CONFIRMATIONS.name) as (connection, tables):
        looked_at = confirmation_list(connection, tables, body, month, day)
    with projector.reader(INSPECTIONS.name) as (connection, tables):
        made = inspection_list(connection, tables, body, month, day)
    looked_at += [one for one in made if one["step"] == "completed"]
    with projector.reader(UNIT_TREE.name) as (connection, tables):
        tree = unit_tree(connection, tables, body, None, true, known, True)
    with projector.reader(AREAS.name) as (connection, tables):
        areas = area_list(connection, tables, tree, levels, body, true, known)
    valid = [one for one in documents if one["standing"] == "valid"]
    known_by_then = [one for one in looked_at if known is None or one["position"] <= known]
    return Kept(risks, unit_gaps(tree, levels), areas, valid, hazards, known_by_then, day)


def _of(held: Kept, body: str, day: Day) -> Kept:
    def own(rows: Any) -> list[Row]:
        return [row for row in rows if row["body"] == body]

    first = (own(held.risks), own(held.unit_gaps), own(held.areas), own(held.documents))
    return Kept(*first, own(held.hazards), own(held.looked_at), day)


_NEEDS = (
    *(
        BODY_REGISTER.name,
        RISK_LIST.name,
        RISK_MARKS.name,
        UNIT_TREE.name,
        DOCUMENTS.name,
        HAZARD_LEDGER.name,
    ),
    *(CONFIRMATIONS.name, INSPECTIONS.name, AREAS.name, ORGANISATION.name),
)

ARTEFACTS: tuple[Question[Any], ...] = (
    Question("artefact-check", OnClocks, _NEEDS, _artefacts, {"body": "KS-01"}),
    Question("outcome-check", OnClocks, _NEEDS, _outcomes, {"body": "KS-01"}),
)
