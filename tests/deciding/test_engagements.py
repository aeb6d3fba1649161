"""Experts, third parties, insurers and contractors help for a bounded time and task, with people on the roll."""

from __future__ import annotations

from typing import Any

import pytest

from domain.bodies import BODY as BODIES
from domain.engagements import EngagementEnded, PartyEngaged, StaffEngaged, StaffReleased
from domain.labels import Thing
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    EndsBeforeItBegins,
    Incomplete,
    NotInPlace,
    Retired,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from tests.deciding.given import BODY, Given, example
from tests.deciding.organised import organised

WHAT = Thing("engagement", "WB-2026-01")
PARTY = PartyEngaged(
    "contractor", "北山井巷工程有限公司（示例）", "二中段斜坡道掘进", "2026-01-15", "2026-12-31"
)
FIRST = StaffEngaged(1, "P-CONTRACTOR", "contractor", "2026-01-15", "2026-12-31")


def engaged(*events: Any) -> Given:
    return organised(PARTY, FIRST, *events)


def engage(**more: Any) -> Any:
    return example("EngageParty", **{"since": "2026-01-15", **more})


@pytest.mark.clause("NJ-010", "YT-08")
@pytest.mark.parametrize(
    ("kind", "person"), [("expert", "P-EXPERT"), ("contractor", "P-CONTRACTOR"), ("insurer", "P-INSURER")]
)
def test_somebody_is_engaged_for_a_task_from_a_day_until_a_day(kind: str, person: str) -> None:
    organised().when(engage(kind=kind, staff=(person,))).then(
        PartyEngaged(kind, PARTY.name, PARTY.task, "2026-01-15", "2026-12-31"),
        StaffEngaged(1, person, kind, "2026-01-15", "2026-12-31"),
    )


@pytest.mark.clause("NJ-010", "YT-08")
def test_a_third_party_is_engaged_before_its_people_are_known() -> None:
    organised().when(engage(kind="third_party", staff=())).then(
        PartyEngaged("third_party", PARTY.name, PARTY.task, "2026-01-15", "2026-12-31")
    )


def test_a_single_expert_is_a_reference_and_has_no_name_here() -> None:
    organised().when(engage(kind="expert", name=None, staff=("P-EXPERT",))).accepted()
    organised().when(engage(kind="expert", name=None, staff=())).then(
        Incomplete, what=WHAT, missing=["person"]
    )


def test_an_organisation_has_a_name() -> None:
    organised().when(engage(name=None)).then(Incomplete, what=WHAT, missing=["party_name"])


def test_an_engagement_that_lasts_no_day_is_refused() -> None:
    organised().when(engage(until="2026-01-15")).then(EndsBeforeItBegins, since="2026-01-15")


def test_its_people_stand_on_the_roll_as_what_they_are() -> None:
    organised().when(engage(staff=("P-GHOST",))).then(UnknownPerson, person="P-GHOST")
    organised().when(engage(staff=("P-WORKER",))).then(Unfit, given="P-WORKER: staff", allowed=["contractor"])


def test_a_code_is_taken_once_in_a_body_that_is_registered() -> None:
    engaged().when(engage()).then(AlreadyRegistered, kind="engagement", code="WB-2026-01")
    organised().knowing(BODIES, BODY, holds=[]).when(engage()).then(UnknownThing, kind="body")


def test_more_people_join_while_it_lasts() -> None:
    engaged().when(example("EngageStaff", since=None)).then(
        StaffEngaged(2, "P-DRILLER", "contractor", "2026-02-02", "2026-12-31")
    )
    for day in ("2026-01-14", "2026-12-31"):
        engaged().when(example("EngageStaff", since=day)).then(NotInPlace, what=WHAT, day=day)


def test_nobody_joins_twice_and_a_list_names_somebody() -> None:
    engaged().when(example("EngageStaff", staff=("P-CONTRACTOR",), since=None)).then(
        AlreadyHeld, person="P-CONTRACTOR"
    )
    engaged().when(example("EngageStaff", staff=(), since=None)).then(Incomplete, missing=["person"])


def test_somebody_leaves_and_may_come_back() -> None:
    gone = StaffReleased(1, "P-CONTRACTOR", "2026-01-15", "2026-02-02", "2026-12-31", "轮换")
    engaged().when(example("ReleaseStaff", person="P-CONTRACTOR", until=None, reason="轮换")).then(gone)
    engaged(gone).when(example("EngageStaff", staff=("P-CONTRACTOR",), since="2026-03-01")).accepted()
    engaged().when(example("ReleaseStaff", person="P-DRILLER")).then(UnknownThing, code="P-DRILLER")


def test_it_ends_earlier_for_everybody() -> None:
    engaged().when(example("EndEngagement", until=None, reason="完工")).then(
        StaffReleased(1, "P-CONTRACTOR", "2026-01-15", "2026-02-02", "2026-12-31", "完工"),
        EngagementEnded("2026-02-02", "2026-12-31", "完工"),
    )


def test_it_ends_neither_before_it_began_nor_later_than_agreed() -> None:
    engaged().when(example("EndEngagement", until="2026-01-14")).then(EndsBeforeItBegins)
    engaged().when(example("EndEngagement", until="2026-12-31")).then(NotInPlace, what=WHAT)


def test_what_was_ended_early_takes_nobody() -> None:
    ended = EngagementEnded("2026-02-02", "2026-12-31", "")
    engaged(ended).when(example("EngageStaff")).then(Retired, kind="engagement", code="WB-2026-01")


def test_nothing_is_done_under_an_engagement_that_never_was() -> None:
    organised().when(example("EngageStaff")).then(UnknownThing, kind="engagement", code="WB-2026-01")
