"""Who may give which command: nobody, unless a role that they hold today says so."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain import access
from domain.bodies import BODY as BODIES
from domain.index import COMMANDS, MACHINE_COMMANDS
from domain.language import SHARED, Event, stream_name
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.refused import NoGrant, NotForPeople, Refused, UnknownPerson, UnknownThing
from domain.roles import ROLES, Role, RoleGranted
from tests.deciding.allowed_changes import ALLOWED_CHANGES
from tests.deciding.allowed_checks import ALLOWED_CHECKS
from tests.deciding.allowed_controls import ALLOWED_CONTROLS
from tests.deciding.allowed_duties import ALLOWED_DUTIES
from tests.deciding.allowed_equipment import ALLOWED_EQUIPMENT
from tests.deciding.allowed_hazards import ALLOWED_HAZARDS
from tests.deciding.allowed_levels import ALLOWED_LEVELS
from tests.deciding.allowed_monitoring import ALLOWED_MONITORING
from tests.deciding.allowed_neighbours import ALLOWED_NEIGHBOURS
from tests.deciding.allowed_notices import ALLOWED_NOTICES
from tests.deciding.allowed_organisation import ALLOWED_ORGANISATION
from tests.deciding.allowed_reports import ALLOWED_REPORTS
from tests.deciding.allowed_weather import ALLOWED_WEATHER
from tests.deciding.given import BODY, DECIDER_OF, Known, at, example, happened, sayable

NOW = at("2026-02-02")

ALLOWED = {
    "administrator": "RegisterBody ReclassifyBody RegisterPeople DeclareSamePerson GrantRoles RevokeRole "
    "AdoptRulePack RegisterUnit SettleYear",
    "principal": (
        "ReclassifyBody RegisterPeople DeclareSamePerson GrantRoles RevokeRole "
        "AdoptRulePack RegisterUnit IdentifyRisk AssessRisk "
        "ReassessRisk RetireRisk RegisterHazard EvaluateHazard PlanRectification AskExtension "
        "DecideExtension CompleteRectification VerifyRectification CloseHazard ReopenHazard"
    ),
    "safety_officer": (
        "RegisterUnit IdentifyRisk AssessRisk ReassessRisk RetireRisk RegisterHazard EvaluateHazard "
        "PlanRectification AskExtension DecideExtension CompleteRectification VerifyRectification CloseHazard "
        "ReopenHazard"
    ),
    "workshop_lead": (
        "IdentifyRisk AssessRisk ReassessRisk RegisterHazard PlanRectification AskExtension "
        "CompleteRectification VerifyRectification"
    ),
    "team_lead": "RegisterHazard AskExtension CompleteRectification",
    "post_worker": "RegisterHazard CompleteRectification",
    "expert": "AssessRisk ReassessRisk RegisterHazard EvaluateHazard VerifyRectification",
    "authority_inspector": "RegisterHazard VerifyRectification ReopenHazard",
    "auditor": "DeclareSamePerson",
}
_PARTS = (
    *(ALLOWED_ORGANISATION, ALLOWED_REPORTS, ALLOWED_DUTIES, ALLOWED_CHECKS, ALLOWED_HAZARDS),
    ALLOWED_CONTROLS,
    ALLOWED_NEIGHBOURS,
    ALLOWED_MONITORING,
    ALLOWED_WEATHER,
    ALLOWED_CHANGES,
    ALLOWED_EQUIPMENT,
    ALLOWED_NOTICES,
)
for _role, _more in [one for part in _PARTS for one in part.items()]:
    ALLOWED[_role] += f" {_more}"
for _role, _more in ALLOWED_LEVELS.items():
    ALLOWED[_role] += f" {_more}"
"""Role -> commands, written out apart from the code: a change of the table is a change here too, on purpose."""

STOPS = "StopUnit RecordEvacuation CloseZone"
"""What anybody with a role may do."""
SITES = {
    "administrator": "RegisterUnits MoveUnit RenameUnit RetireUnit LocateUnit",
    "principal": (
        "RegisterUnits MoveUnit RenameUnit RetireUnit LocateUnit FlagUnit RecordAspectReview ReleaseStop OpenHold "
        "SetCountermeasure ImplementCountermeasure ReleaseHold ConfirmPosts RecheckConfirmation "
        "DefineArea RegroupArea WeighArea UnweighArea DissolveArea"
    ),
    "safety_officer": (
        "RegisterUnits MoveUnit RenameUnit RetireUnit LocateUnit FlagUnit RecordAspectReview ReleaseStop OpenHold "
        "SetCountermeasure ImplementCountermeasure ReleaseHold ConfirmPosts RecheckConfirmation "
        "DefineArea RegroupArea WeighArea UnweighArea DissolveArea"
    ),
    "workshop_lead": (
        "RecordAspectReview OpenHold SetCountermeasure ImplementCountermeasure ReleaseHold ConfirmPosts "
        "RecheckConfirmation"
    ),
    "team_lead": "RecordAspectReview OpenHold SetCountermeasure ImplementCountermeasure ReleaseHold ConfirmPosts",
    "post_worker": "RecordAspectReview OpenHold ImplementCountermeasure ConfirmPosts",
    "expert": "RecordAspectReview OpenHold",
    "authority_inspector": "",
    "auditor": "DeclareSamePerson",
}
"""The same for units, stops, holds, posts and areas."""
IDENTITY = {
    "principal": "CorrectIdentification TagRisk UntagRisk SetFocus EndFocus",
    "safety_officer": "CorrectIdentification TagRisk UntagRisk SetFocus EndFocus",
    "workshop_lead": "CorrectIdentification TagRisk UntagRisk",
}
"""The same for the identity of risks."""
for _role in ("principal", "safety_officer", "authority_inspector"):
    ALLOWED[_role] += " HoldDraw" if _role == "authority_inspector" else " AnnounceDraw HoldDraw"
for _role, _commands in IDENTITY.items():
    ALLOWED[_role] += f" {_commands}"
for _role in ("principal", "safety_officer", "workshop_lead", "expert"):
    ALLOWED[_role] += " TriageProposal LinkProposal"
for _role in get_args(Role):
    ALLOWED[_role] += " ProposeFinding AcknowledgeTriage"
for _role, _commands in SITES.items():
    ALLOWED[_role] += f" {_commands} {STOPS}"


def authorise(
    command: Any,
    by: str,
    *grants: Event,
    shared: tuple[Event, ...] = (),
    founder: str | None = "P-ADMIN",
    known: bool = True,
    on_behalf_of: str | None = None,
) -> bool:
    scope, _ = DECIDER_OF[type(command)].place(command)
    body = SHARED if scope == SHARED else command.body
    here = (BODY, SHARED) if scope == SHARED else (BODY,)
    people = ("P-ADMIN", "P-1", "P-2") if known else ()
    streams = {
        stream_name(BODIES.name, BODY): (happened("body-registered"),),
        **{
            stream_name(ROLL.name, one): tuple(PersonRegistered(each, "staff") for each in people)
            for one in here
        },
        stream_name(ROLES.name, BODY): grants,
        stream_name(ROLES.name, SHARED): (*grants, *shared) if scope == SHARED else shared,
    }
    facts = Known(streams, by, on_behalf_of, NOW, "", "")
    assert scope == body
    return access.authorise(facts, command, scope, NOW, founder)


def refusal(*args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        authorise(*args, **more)
    assert sayable(caught.value)
    return caught.value


def role(name: str, person: str = "P-1", since: str = "2026-01-01", until: str | None = None) -> RoleGranted:
    return RoleGranted(person, name, since, until)


OTHER = role("auditor", "P-2")
"""Somebody else holds a role, so the founder no longer stands alone."""


# --- the table


def test_every_command_that_people_give_is_in_the_table_and_no_other() -> None:
    assert set(access.TABLE) == set(COMMANDS.values())


def test_every_command_may_be_given_by_some_role_and_by_roles_that_there_are() -> None:
    for command, roles in access.TABLE.items():
        assert roles, command
        assert set(roles) <= set(get_args(Role)), command


@pytest.mark.clause("NJ-064")
@pytest.mark.parametrize("name", get_args(Role))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_role_gives_its_commands_and_no_others(name: str, command: str) -> None:
    asked = example(command)
    if command in ALLOWED[name].split():
        assert authorise(asked, "P-1", role(name)) is False
    else:
        refused = refusal(asked, "P-1", role(name))
        assert type(refused) is NoGrant
        assert refused.values == {
            "person": "P-1",
            "scope": DECIDER_OF[type(asked)].place(asked)[0],
            "command": command,
            "roles": list(access.TABLE[COMMANDS[command]]),
        }


@pytest.mark.parametrize("command", MACHINE_COMMANDS)
def test_what_only_the_machine_gives_no_person_gives_not_even_the_founder(command: str) -> None:
    asked = example(command)
    facts = Known({}, "P-ADMIN", None, NOW, "", "")
    for founder in (None, "P-ADMIN", "P-2"):
        with pytest.raises(NotForPeople) as caught:
            access.authorise(facts, asked, BODY, NOW, founder)
        assert caught.value.values == {"command": command}


# --- when a grant counts


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        ("2026-02-02", None, True),
        ("2026-02-03", None, False),
        ("2026-01-01", "2026-02-03", True),
        ("2026-01-01", "2026-02-02", False),
    ],
)
def test_a_grant_counts_from_its_first_day_until_the_day_before_its_end(
    since: str, until: str | None, allowed: bool
) -> None:
    grant = role("principal", since=since, until=until)
    if allowed:
        assert authorise(example("CloseHazard"), "P-1", grant) is False
    else:
        assert type(refusal(example("CloseHazard"), "P-1", grant)) is NoGrant


def test_a_revoked_grant_no_longer_counts() -> None:
    ended = happened("role-revoked", person="P-1", role="principal", until="2026-02-02")
    assert type(refusal(example("CloseHazard"), "P-1", role("principal"), ended)) is NoGrant


def test_a_grant_counts_on_the_day_of_giving_not_on_the_day_it_is_said_to_have_happened() -> None:
    """Nobody acts with a role that has ended by saying that it was so last month."""
    ended = role("principal", until="2026-02-01")
    streams: dict[str, tuple[Event, ...]] = {
        stream_name(BODIES.name, BODY): (happened("body-registered"),),
        stream_name(ROLL.name, BODY): (PersonRegistered("P-1", "staff"),),
        stream_name(ROLES.name, BODY): (ended,),
    }
    facts = Known(streams, "P-1", None, at("2026-01-15"), "", "")
    with pytest.raises(NoGrant):
        access.authorise(facts, example("CloseHazard"), BODY, NOW, "P-ADMIN")


def test_a_role_in_one_body_is_none_in_another() -> None:
    asked = example("CloseHazard", body="KS-02")
    facts = Known({stream_name(ROLES.name, BODY): (role("principal"),)}, "P-1", None, NOW, "", "")
    with pytest.raises(Refused):
        access.authorise(facts, asked, "KS-02", NOW, "P-ADMIN")


def test_a_role_in_what_is_shared_counts_in_every_body() -> None:
    assert authorise(example("CloseHazard"), "P-1", shared=(role("principal"),)) is False


# --- who is known


def test_somebody_on_the_roll_without_a_role_has_no_grant() -> None:
    assert type(refusal(example("CloseHazard"), "P-1", OTHER)) is NoGrant


def test_somebody_the_body_does_not_know_is_an_unknown_person() -> None:
    refused = refusal(example("CloseHazard"), "P-GHOST", OTHER)
    assert type(refused) is UnknownPerson
    assert refused.values == {"body": BODY, "person": "P-GHOST"}


def test_a_body_that_is_not_there_is_named_as_what_is_missing() -> None:
    refused = refusal(example("CloseHazard", body="KS-99"), "P-1", OTHER)
    assert type(refused) is UnknownThing
    assert refused.values == {"kind": "body", "code": "KS-99", "body": "KS-99"}


def test_who_registers_a_body_without_a_grant_is_unknown_there() -> None:
    assert type(refusal(example("RegisterBody", body="KS-99"), "P-1", OTHER)) is UnknownPerson


def test_on_whose_behalf_somebody_acts_is_known_to_the_body() -> None:
    asked = example("CloseHazard")
    assert authorise(asked, "P-1", role("principal"), on_behalf_of="P-2") is False
    refused = refusal(asked, "P-1", role("principal"), on_behalf_of="P-GHOST")
    assert type(refused) is UnknownPerson
    assert refused.values["person"] == "P-GHOST"


def test_acting_on_behalf_of_somebody_in_a_body_that_is_not_there_names_the_body() -> None:
    refused = refusal(example("CloseHazard", body="KS-99"), "P-1", OTHER, on_behalf_of="P-2")
    assert type(refused) is UnknownThing
    assert refused.values == {"kind": "body", "code": "KS-99", "body": "KS-99"}


def test_acting_on_behalf_of_somebody_lends_no_role() -> None:
    assert (
        type(refusal(example("CloseHazard"), "P-1", role("principal", "P-2"), on_behalf_of="P-2")) is NoGrant
    )


# --- the founder


@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_act_of_an_empty_journal_founds_it(command: str) -> None:
    assert authorise(example(command), "P-ANYBODY", founder=None, known=False) is True


@pytest.mark.parametrize("command", COMMANDS)
def test_the_founder_gives_every_command_while_nobody_else_holds_a_role(command: str) -> None:
    assert authorise(example(command), "P-ADMIN") is False
    assert authorise(example(command), "P-ADMIN", role("auditor", "P-ADMIN")) is False


@pytest.mark.parametrize("command", COMMANDS)
def test_from_then_on_the_founder_administers(command: str) -> None:
    for grants, shared in (((OTHER,), ()), ((), (OTHER,))):
        if command in ALLOWED["administrator"].split():
            assert authorise(example(command), "P-ADMIN", *grants, shared=shared) is False
        else:
            assert type(refusal(example(command), "P-ADMIN", *grants, shared=shared)) is NoGrant


def test_the_founder_does_not_regain_everything_by_ending_the_other_s_role() -> None:
    ended = happened("role-revoked", person="P-2", role="auditor", until="2026-01-15")
    assert type(refusal(example("CloseHazard"), "P-ADMIN", OTHER, ended)) is NoGrant


def test_the_founder_may_hold_roles_as_anybody_else() -> None:
    assert authorise(example("CloseHazard"), "P-ADMIN", OTHER, role("principal", "P-ADMIN")) is False


def test_in_another_body_where_nobody_holds_a_role_the_founder_gives_every_command() -> None:
    facts = Known({stream_name(ROLES.name, BODY): (OTHER,)}, "P-ADMIN", None, NOW, "", "")
    assert access.authorise(facts, example("RegisterUnit", body="KS-02"), "KS-02", NOW, "P-ADMIN") is False


def test_who_is_not_the_founder_gives_nothing_where_nobody_holds_a_role() -> None:
    assert type(refusal(example("RegisterUnit"), "P-1")) is NoGrant
