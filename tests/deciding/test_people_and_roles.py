"""People stand on a body's roll by reference, and act in roles that are granted from a day and end on a day."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from domain.bodies import BODY as BODIES
from domain.people import PEOPLE as ROLL
from domain.people import DeclareSamePerson, PersonEntry, PersonRegistered, SamePersonDeclared
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    EndsBeforeItBegins,
    Incomplete,
    NotIndependent,
    UnknownPerson,
    UnknownThing,
)
from domain.roles import ROLES, GrantEntry, RoleGranted
from tests.deciding.given import BODY, example, folded, given, happened

GRANTED = happened("role-granted")


def people(*entries: PersonEntry) -> object:
    return example("RegisterPeople", people=entries)


def grants(*entries: GrantEntry) -> object:
    return example("GrantRoles", grants=entries)


# --- the roll


def test_people_are_put_on_the_roll_in_the_order_given() -> None:
    given().when(people(PersonEntry("P-1"), PersonEntry("P-2", "contractor")), by="P-ADMIN").then(
        PersonRegistered("P-1", "staff"), PersonRegistered("P-2", "contractor")
    )


def test_an_empty_list_of_people_is_refused() -> None:
    given().when(people()).then(Incomplete, what="people", missing=["person"])


def test_a_person_is_on_the_roll_once() -> None:
    given(PersonRegistered("P-1", "staff")).when(people(PersonEntry("P-2"), PersonEntry("P-1"))).then(
        AlreadyRegistered, kind="person", code="P-1", body=BODY
    )


def test_a_person_named_twice_in_one_list_is_refused() -> None:
    given().when(people(PersonEntry("P-1"), PersonEntry("P-1", "expert"))).then(AlreadyRegistered, code="P-1")


@pytest.mark.parametrize("alias", ["p-team", "P-Team", "Ｐ-ＴＥＡＭ", "ｐ-team"])
def test_references_that_look_alike_are_one_person(alias: str) -> None:
    """Otherwise somebody could verify under one reference what they rectified under the other."""
    given(PersonRegistered("P-TEAM", "staff")).when(people(PersonEntry(alias))).then(
        AlreadyRegistered, kind="person", code="P-TEAM"
    )
    given().when(people(PersonEntry("P-TEAM"), PersonEntry(alias))).then(AlreadyRegistered, code="P-TEAM")


def test_two_references_of_one_person_count_as_one_also_through_a_third() -> None:
    known = (*(PersonRegistered(one, "staff") for one in ("P-1", "P-2", "P-3", "P-4")),)
    same = DeclareSamePerson(BODY, "P-1", "P-2", "one identity card")
    first = SamePersonDeclared("P-1", "P-2", "one identity card", "P-ADMIN")
    given(*known).when(same, by="P-ADMIN").then(first)
    given(*known, first).when(replace(same, person="P-2", same_as="P-1"), by="P-ADMIN").then(AlreadySo)
    given(*known).when(replace(same, same_as="P-9"), by="P-ADMIN").then(UnknownPerson, person="P-9")
    roll = folded(ROLL, (*known, first, SamePersonDeclared("P-2", "P-3", "the same face", "P-ADMIN")))
    assert {one: roll.one(one) for one in ("P-1", "P-2", "P-3", "P-4")} == {
        **dict.fromkeys(("P-1", "P-2", "P-3"), "P-3"),
        "P-4": "P-4",
    }


def test_who_rectified_under_one_reference_does_not_accept_under_another() -> None:
    staff = tuple(PersonRegistered(one, "staff") for one in ("P-ADMIN", "P-SAFETY", "P-WORKER", "P-TEAM"))
    history = tuple(
        happened(one) for one in ("hazard-registered", "hazard-evaluated", "rectification-planned")
    )
    done = happened("rectification-completed", rectified_by=("P-WORKER",))
    accept = example("VerifyRectification")
    known = given(*history, done)
    assert known.knowing(ROLL, BODY, holds=staff).when(accept, by="P-SAFETY").refused is None
    declared = (*staff, SamePersonDeclared("P-SAFETY", "P-WORKER", "one identity card", "P-ADMIN"))
    known.knowing(ROLL, BODY, holds=declared).when(accept, by="P-SAFETY").then(
        NotIndependent, person="P-SAFETY", part="rectifier"
    )


def test_the_roll_belongs_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("RegisterPeople")).then(
        UnknownThing, kind="body", code=BODY
    )


def test_an_event_holds_a_reference_and_no_name() -> None:
    assert [field.name for field in fields(PersonRegistered)] == ["person", "kind"]


# --- granting


def test_a_role_is_granted_from_the_day_it_happened_unless_another_is_named() -> None:
    given().when(
        grants(
            GrantEntry("P-SAFETY", "safety_officer"),
            GrantEntry("P-TEAM", "team_lead", "2026-03-01", "2027-03-01"),
        )
    ).then(
        RoleGranted("P-SAFETY", "safety_officer", "2026-02-02", None),
        RoleGranted("P-TEAM", "team_lead", "2026-03-01", "2027-03-01"),
    )


def test_an_empty_list_of_grants_is_refused() -> None:
    given().when(grants()).then(Incomplete, what="roles", missing=["person"])


def test_a_role_goes_to_somebody_on_the_roll() -> None:
    given().when(grants(GrantEntry("P-GHOST", "auditor"))).then(UnknownPerson, body=BODY, person="P-GHOST")


def test_a_role_that_is_held_is_not_granted_again() -> None:
    given(GRANTED).when(grants(GrantEntry("P-SAFETY", "safety_officer"))).then(
        AlreadySo, what="P-SAFETY: safety_officer"
    )


def test_nor_twice_in_one_list() -> None:
    twice = grants(GrantEntry("P-TEAM", "team_lead"), GrantEntry("P-TEAM", "team_lead"))
    given().when(twice).then(AlreadySo, what="P-TEAM: team_lead")


def test_a_role_that_ended_is_granted_anew() -> None:
    given(happened("role-granted", until="2026-02-02")).when(
        grants(GrantEntry("P-SAFETY", "safety_officer"))
    ).then(RoleGranted("P-SAFETY", "safety_officer", "2026-02-02", None))


@pytest.mark.parametrize("until", ["2026-03-01", "2025-03-01"])
def test_a_grant_that_holds_on_no_day_is_refused(until: str) -> None:
    given().when(grants(GrantEntry("P-TEAM", "team_lead", "2026-03-01", until))).then(
        EndsBeforeItBegins, since="2026-03-01", until=until
    )


def test_roles_belong_to_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("GrantRoles")).then(UnknownThing, kind="body")


def test_the_roll_that_counts_is_the_body_s_own() -> None:
    elsewhere = [PersonRegistered("P-ELSEWHERE", "staff")]
    given().knowing(ROLL, "KS-02", holds=elsewhere).when(grants(GrantEntry("P-ELSEWHERE", "auditor"))).then(
        UnknownPerson, person="P-ELSEWHERE"
    )


# --- ending


def test_a_role_ends_on_the_day_it_is_revoked_unless_another_is_named() -> None:
    given(GRANTED).when(
        example("RevokeRole", person="P-SAFETY", role="safety_officer", until=None, reason="")
    ).then(happened("role-revoked", person="P-SAFETY", role="safety_officer", until="2026-02-02", reason=""))
    given(GRANTED).when(
        example("RevokeRole", person="P-SAFETY", role="safety_officer", until="2026-05-01", reason="退休")
    ).then(
        happened("role-revoked", person="P-SAFETY", role="safety_officer", until="2026-05-01", reason="退休")
    )


@pytest.mark.parametrize(
    "command",
    [
        example("RevokeRole", person="P-SAFETY", role="auditor"),
        example("RevokeRole", person="P-TEAM", role="safety_officer"),
    ],
)
def test_a_role_that_is_not_held_is_not_ended(command: object) -> None:
    given(GRANTED).when(command).then(UnknownThing, kind="roles", body=BODY)


@pytest.mark.parametrize("until", ["2026-02-01", "2026-02-02"])
def test_a_role_that_ends_by_then_anyway_is_not_ended_again(until: str) -> None:
    ended = happened("role-granted", until=until)
    given(ended).when(example("RevokeRole", person="P-SAFETY", role="safety_officer", until=None)).then(
        UnknownThing, code="P-SAFETY:safety_officer"
    )


# --- which roles hold on a day


def test_a_grant_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    state = folded(ROLES, [RoleGranted("P-1", "auditor", "2026-02-01", "2026-03-01")])
    held = [day for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01") if state.held("P-1", day)]
    assert held == ["2026-02-01", "2026-02-28"]


def test_a_revoked_grant_held_until_then() -> None:
    state = folded(ROLES, [GRANTED, happened("role-revoked", person="P-SAFETY", role="safety_officer")])
    assert state.held("P-SAFETY", "2026-03-22") == {"safety_officer"}
    assert state.held("P-SAFETY", "2026-03-23") == set()


def test_revoking_one_role_leaves_the_person_s_others_and_other_people() -> None:
    state = folded(
        ROLES,
        [
            GRANTED,
            RoleGranted("P-SAFETY", "auditor", "2026-01-05", None),
            RoleGranted("P-TEAM", "safety_officer", "2026-01-05", None),
            happened("role-revoked", person="P-SAFETY", role="safety_officer"),
        ],
    )
    assert state.held("P-SAFETY", "2026-04-01") == {"auditor"}
    assert state.held("P-TEAM", "2026-04-01") == {"safety_officer"}


def test_revoking_never_prolongs_a_grant() -> None:
    state = folded(
        ROLES,
        [
            RoleGranted("P-1", "auditor", "2026-01-01", "2026-02-01"),
            RoleGranted("P-1", "auditor", "2026-02-10", None),
            happened("role-revoked", person="P-1", role="auditor", until="2026-03-01"),
        ],
    )
    days = ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    assert [bool(state.held("P-1", day)) for day in days] == [True, False, True, False]
