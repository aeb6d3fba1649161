"""Anybody proposes; somebody competent says risk or hazard and why; nothing is confused and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from domain import access
from domain.bodies import BODY as BODIES
from domain.hazards import HAZARD
from domain.intake import GROUNDS
from domain.labels import LABELS, Thing
from domain.language import stream_name
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NoGrant,
    NothingToDecide,
    OutOfTurn,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_identity import BreachIsAHazard, NotTheProposer
from domain.roles import ROLES, RoleGranted
from tests.deciding.given import BODY, Known, at, example, given, happened, on

XS = Thing("intake_proposal", "XS-0001")
PROPOSED = (on("2026-01-20", happened("finding-proposed")),)
ACCEPTED = (*PROPOSED, on("2026-01-21", happened("proposal-triaged")))
HAZARDOUS = (*PROPOSED, on("2026-01-21", happened("proposal-triaged", verdict="hazard", ground="unsafe_act")))
REJECTED = (*PROPOSED, on("2026-01-21", happened("proposal-triaged", verdict="not_accepted", ground=None)))
LINKED = (*ACCEPTED, on("2026-01-22", happened("proposal-linked")))


def triage(verdict: Any, ground: Any = None, breached: str = "") -> Any:
    return example("TriageProposal", verdict=verdict, ground=ground, breached=breached)


# --- proposing


@pytest.mark.clause("NJ-024", "YT-18")
def test_anybody_on_the_roll_proposes_without_any_role() -> None:
    given().when(example("ProposeFinding"), by="P-DRILLER").then(happened("finding-proposed"))
    streams = {
        stream_name(BODIES.name, BODY): (happened("body-registered"),),
        stream_name(ROLL.name, BODY): (PersonRegistered("P-1", "contractor"),),
        stream_name(ROLES.name, BODY): (RoleGranted("P-2", "auditor", "2026-01-01", None),),
    }
    now = at("2026-02-02")

    def allowed(command: str, by: str) -> bool:
        return access.authorise(Known(streams, by, None, now, "", ""), example(command), BODY, now, "P-ADMIN")

    assert allowed("ProposeFinding", "P-1") is False, "it founds nothing and is not refused"
    assert allowed("AcknowledgeTriage", "P-1") is False
    with pytest.raises(NoGrant):
        allowed("TriageProposal", "P-1")
    with pytest.raises(UnknownPerson):
        allowed("ProposeFinding", "P-GHOST")


def test_what_somebody_else_enters_is_proposed_by_whom_it_is_entered_for() -> None:
    event = given().when(example("ProposeFinding"), by="P-TEAM", on_behalf_of="P-WORKER").only
    assert event.proposer == "P-WORKER"


def test_a_proposal_says_where() -> None:
    given().when(example("ProposeFinding", unit=None, place="")).then(
        Incomplete, what=XS, missing=["unit", "place"]
    )
    given().when(example("ProposeFinding", unit=None)).accepted()
    given().when(example("ProposeFinding", unit="U-9")).then(UnknownThing, kind="unit")
    given(*PROPOSED).when(example("ProposeFinding")).then(AlreadyRegistered, kind="intake_proposal")


# --- risk or hazard


@pytest.mark.clause("YT-03")
def test_the_intake_says_which_one_it_is_and_why() -> None:
    given(*PROPOSED).when(example("TriageProposal")).then(happened("proposal-triaged"))
    for verdict in ("risk", "hazard"):
        given(*PROPOSED).when(triage(verdict, breached="GB 1")).then(Incomplete, missing=["ground"])


@pytest.mark.clause("YT-03")
@pytest.mark.parametrize("ground", GROUNDS["risk"])
def test_what_is_objective_is_a_risk_and_no_hazard(ground: Any) -> None:
    assert given(*PROPOSED).when(triage("risk", ground)).only.ground == ground
    given(*PROPOSED).when(triage("hazard", ground, "GB 1")).then(Unfit, given=ground, what="hazard")
    assert ground in LABELS


@pytest.mark.clause("YT-03")
@pytest.mark.parametrize("ground", GROUNDS["hazard"])
def test_defects_acts_and_states_that_breach_a_standard_are_hazards_and_no_risk(ground: Any) -> None:
    given(*PROPOSED).when(triage("hazard", ground)).then(Incomplete, missing=["breached"])
    assert given(*PROPOSED).when(triage("hazard", ground, "GB 1")).only.breached == "GB 1"
    given(*PROPOSED).when(triage("risk", ground)).then(Unfit, given=ground, what="risk")
    assert ground in LABELS


@pytest.mark.clause("YT-03")
def test_what_breaches_a_standard_is_never_accepted_as_a_risk() -> None:
    given(*PROPOSED).when(triage("risk", "environment", "GB 1")).then(
        BreachIsAHazard, what=XS, breached="GB 1"
    )


def test_a_proposal_that_is_not_accepted_keeps_its_reason() -> None:
    event = given(*PROPOSED).when(triage("not_accepted")).only
    assert (event.verdict, event.reason) == ("not_accepted", example("TriageProposal").reason)
    given(*PROPOSED).when(triage("not_accepted", "environment")).then(Unfit, what="not_accepted")


def test_a_verdict_may_be_replaced_until_the_proposal_is_linked() -> None:
    given(*ACCEPTED).when(example("TriageProposal")).then(AlreadySo)
    assert given(*ACCEPTED).when(triage("hazard", "unsafe_act", "GB 1")).only.was == "risk"
    given(*LINKED).when(triage("hazard", "unsafe_act", "GB 1")).then(OutOfTurn, step="linked")
    given().when(example("TriageProposal")).then(UnknownThing, kind="intake_proposal")
    given(*PROPOSED).when(example("TriageProposal"), at="2026-01-19").then(BeforePredecessor)


# --- what it led to


@pytest.mark.clause("NJ-024", "YT-03")
def test_an_accepted_proposal_leads_to_the_registered_risk_or_hazard() -> None:
    given(*ACCEPTED).when(example("LinkProposal")).then(happened("proposal-linked"))
    given(*ACCEPTED).when(example("LinkProposal", registered="R-9")).then(
        UnknownThing, kind="risk", code="R-9"
    )
    link = example("LinkProposal", registered="YH-0001")
    given(*HAZARDOUS).when(link).then(UnknownThing, kind="hazard", code="YH-0001")
    there = given(*HAZARDOUS).knowing(HAZARD, BODY, "YH-0001", holds=[happened("hazard-registered")])
    there.when(link).then(happened("proposal-linked", kind="hazard", registered="YH-0001"))
    given(*HAZARDOUS).when(example("LinkProposal")).then(UnknownThing, kind="hazard", code="R-0001")


def test_only_what_was_accepted_is_linked_and_once() -> None:
    given(*PROPOSED).when(example("LinkProposal")).then(OutOfTurn, step="proposed")
    given(*REJECTED).when(example("LinkProposal")).then(OutOfTurn, step="not_accepted")
    given(*LINKED).when(example("LinkProposal")).then(AlreadySo)


# --- the proposer is told


@pytest.mark.clause("YT-04")
def test_the_proposer_and_nobody_else_says_that_they_were_told() -> None:
    told = example("AcknowledgeTriage")
    given(*PROPOSED).when(told, by="P-DRILLER").then(NothingToDecide, part="intake_verdict")
    given(*ACCEPTED).when(told, by="P-SAFETY").then(NotTheProposer, proposer="P-DRILLER")
    given(*ACCEPTED).when(told, by="P-DRILLER").then(happened("triage-acknowledged"))
    given(*ACCEPTED).when(told, by="P-TEAM", on_behalf_of="P-DRILLER").accepted()
    heard = (*ACCEPTED, on("2026-01-23", happened("triage-acknowledged")))
    given(*heard).when(told, by="P-DRILLER").then(AlreadySo)
    anew = (*heard, on("2026-01-24", happened("proposal-triaged", verdict="not_accepted", was="risk")))
    given(*anew).when(told, by="P-DRILLER").then(happened("triage-acknowledged", verdict="not_accepted"))
