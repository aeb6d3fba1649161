"""The notice on a year is recorded once for everybody, says which days change, and contradicts itself nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.border import read_command
from adapters.rules import load_rulebook
from domain.bodies import BODY as BODIES
from domain.calendar_notices import CALENDAR, Holiday, Settled, calendar_now, evolve, known_calendar
from domain.language import SHARED
from domain.people import PersonEntry, PersonRegistered
from domain.refused import (
    AlreadySo,
    BadField,
    EndsBeforeItBegins,
    Incomplete,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_shared import NamedTwice, NotShared, OutsideTheYear, WorkedAnyway
from domain.roles import ROLES, GrantEntry, RoleGranted
from tests.deciding.given import BODY, Known, at, example, folded, given, happened

RULES = load_rulebook()
SETTLED = happened("year-settled")
NEW: dict[str, Any] = {
    "year": 2027,
    "title": "2027",
    "number": "n1",
    "rest": (Holiday("元旦", "2027-01-01", "2027-01-03"),),
    "work": (),
}


def settle(**changes: Any) -> Any:
    return example("SettleYear", **{**NEW, **changes})


def test_the_notice_on_a_year_is_recorded_with_the_days_it_changes() -> None:
    given().when(example("SettleYear"), by="P-ADMIN").then(SETTLED)


def test_only_days_that_are_worked_otherwise_than_assumed_are_changed() -> None:
    """1 January 2027 is a Friday, the two days after it are a weekend anyway."""
    event = given().when(settle(work=("2027-01-09",))).only
    assert event.changed == ("2027-01-01", "2027-01-09")


def test_a_year_is_provisional_until_its_notice_is_recorded() -> None:
    before = known_calendar(RULES, Settled())
    after = known_calendar(RULES, folded(CALENDAR, [given().when(settle()).only]))
    assert before.is_provisional("2027-06-01")
    assert not after.is_provisional("2027-06-01")
    assert (before.is_working("2027-01-01"), after.is_working("2027-01-01")) == (True, False)
    assert [after.is_working(day) for day in ("2026-02-14", "2026-02-16")] == [True, False]


def test_a_decision_sees_what_was_recorded() -> None:
    event = given().when(settle()).only
    facts = Known({f"calendar/{SHARED}": (event,)}, "P-1", None, at("2026-12-01"), "", "")
    assert not calendar_now(facts, RULES).is_working("2027-01-01")
    assert facts.looked_at == {"calendar/*"}


def test_a_notice_that_changes_one_known_already_takes_its_place_from_then_on() -> None:
    first = given().when(settle()).only
    again = given(first).when(
        settle(number="n2", rest=(Holiday("元旦", "2027-01-01", "2027-01-01"),), work=("2027-01-02",))
    )
    assert again.only.changed == ("2027-01-02",)
    calendar = known_calendar(RULES, folded(CALENDAR, [first, again.only]))
    assert [calendar.is_working(day) for day in ("2027-01-01", "2027-01-02", "2027-01-03")] == [
        False,
        True,
        False,
    ]


def test_what_ships_with_the_rules_may_be_corrected_too() -> None:
    event = given().when(settle(year=2026, rest=(Holiday("纪念日", "2026-09-03", "2026-09-03"),))).only
    calendar = known_calendar(RULES, evolve(Settled(), event))
    assert not calendar.is_working("2026-09-03")
    assert calendar.is_working("2026-02-16"), "the notice as a whole takes the place of the earlier one"


def test_the_same_notice_twice_is_so_already() -> None:
    first = given().when(settle()).only
    given(first).when(settle()).then(AlreadySo, what="2027")


def test_a_notice_names_days_of_its_year_and_of_the_last_week_before() -> None:
    given().when(settle(rest=(Holiday("元旦", "2026-12-31", "2027-01-03"),))).accepted()
    given().when(settle(rest=(Holiday("元旦", "2026-12-24", "2026-12-24"),))).then(
        OutsideTheYear, day="2026-12-24", year="2027"
    )
    given().when(settle(work=("2028-01-01",))).then(OutsideTheYear, day="2028-01-01")


@pytest.mark.parametrize(
    ("changes", "refusal", "values"),
    [
        ({"rest": ()}, Incomplete, {"missing": ["holidays"]}),
        ({"year": 1900}, Unfit, {"given": "1900"}),
        (
            {"rest": (Holiday("春节", "2027-02-08", "2027-02-05"),)},
            EndsBeforeItBegins,
            {"what": "春节", "until": "2027-02-05"},
        ),
        ({"work": ("2027-01-02",)}, NamedTwice, {"day": "2027-01-02"}),
        ({"work": ("2027-01-09", "2027-01-09")}, NamedTwice, {"day": "2027-01-09"}),
        ({"work": ("2027-01-11",)}, WorkedAnyway, {"day": "2027-01-11"}),
        (
            {"rest": (*NEW["rest"], Holiday("元旦", "2027-01-03", "2027-01-04"))},
            NamedTwice,
            {"day": "2027-01-03"},
        ),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(
    changes: dict[str, Any], refusal: Any, values: dict[str, Any]
) -> None:
    given().when(settle(**changes)).then(refusal, **values)


# --- who may act for what is shared

ADMINISTRATOR = GrantEntry("P-9", "administrator")


def test_what_is_shared_has_a_roll_of_its_own() -> None:
    given().when(
        example("RegisterPeople", body=SHARED, people=(PersonEntry("P-9", "official"),)), by="P-ADMIN"
    ).then(PersonRegistered("P-9", "official"))


def test_an_administrator_may_be_granted_for_everything_shared() -> None:
    known = given().knowing(_roll(), SHARED, holds=[PersonRegistered("P-9", "official")])
    command = example("GrantRoles", body=SHARED, grants=(ADMINISTRATOR,))
    known.when(command, by="P-ADMIN", at="2026-02-02").then(
        RoleGranted("P-9", "administrator", "2026-02-02", None)
    )
    given().when(command, by="P-ADMIN").then(UnknownPerson, person="P-9")


@pytest.mark.parametrize(
    "role", ["principal", "safety_officer", "workshop_lead", "expert", "authority_inspector"]
)
def test_nobody_works_or_decides_in_every_body_at_once(role: Any) -> None:
    known = given().knowing(_roll(), SHARED, holds=[PersonRegistered("P-9", "official")])
    command = example("GrantRoles", body=SHARED, grants=(replace(ADMINISTRATOR, role=role),))
    known.when(command, by="P-ADMIN").then(NotShared, role=role, allowed=["administrator", "auditor"])


def test_the_roll_of_a_body_that_is_not_there_is_still_refused() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("RegisterPeople"), by="P-ADMIN").then(
        UnknownThing, code=BODY
    )


def test_a_star_names_no_body_where_a_body_is_asked_for() -> None:
    data = {"body": SHARED, "pack": "house-2026", "version": "1"}
    with pytest.raises(BadField) as caught:
        read_command("AdoptRulePack", data)
    assert caught.value.values["field"] == "data.body"


def test_a_role_in_what_is_shared_is_ended_like_any_other() -> None:
    granted = RoleGranted("P-9", "administrator", "2026-01-01", None)
    ended = given(granted).when(
        example("RevokeRole", body=SHARED, person="P-9", role="administrator", until="2026-03-01"),
        by="P-ADMIN",
    )
    state = folded(ROLES, [granted, ended.only])
    assert state.held("P-9", "2026-03-01") == frozenset()


def _roll() -> Any:
    from domain.people import PEOPLE

    return PEOPLE
