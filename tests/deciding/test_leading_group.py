"""The leading group is headed by the main responsible person; its plan has six parts, coordination and money."""

from __future__ import annotations

from typing import Any

import pytest

from domain.bodies import BODY as BODIES
from domain.group_members import MemberEntry, MemberJoined, MemberLeft
from domain.labels import Thing
from domain.leading_group import GROUP, CoordinatorNamed, LeadingGroupFormed
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    NoHead,
    NotInPlace,
    NotPrincipal,
    Retired,
    UnknownPerson,
    UnknownThing,
)
from domain.risk_control import RiskControlAssigned
from domain.roles import ROLES, RoleGranted
from domain.special_groups import SpecialGroupDissolved, SpecialGroupFormed
from domain.work_plan import PlanResponsibility, WorkPlanAdopted
from tests.deciding.given import BODY, Given, example, folded, happened
from tests.deciding.organised import organised

LEADING = Thing("leading_group", BODY)
HEAD = MemberJoined(1, "P-PRINCIPAL", "head", "2026-01-08")
SAFETY = MemberJoined(2, "P-SAFETY", "safety_manager", "2026-01-08")
TECHNICAL = MemberJoined(3, "P-WORKSHOP", "technical", "2026-01-08")
EXPERT = MemberJoined(4, "P-EXPERT", "expert", "2026-01-08")
FORMED = (
    LeadingGroupFormed("P-PRINCIPAL", "2026-01-08"),
    CoordinatorNamed(1, "D-KS", None, "2026-01-08", None),
    HEAD,
    SAFETY,
    TECHNICAL,
    EXPERT,
)


def formed(*events: Any) -> Given:
    return organised(*FORMED, *events)


def members(**changes: str | None) -> tuple[MemberEntry, ...]:
    people = {
        "head": "P-PRINCIPAL",
        "safety_manager": "P-SAFETY",
        "technical": "P-WORKSHOP",
        "expert": "P-EXPERT",
    }
    chosen = {**people, **changes}
    return tuple(MemberEntry(person, kind) for kind, person in chosen.items() if person)  # type: ignore[arg-type]  # by name


# --- forming it


@pytest.mark.clause("NJ-002", "NJ-010")
def test_it_is_formed_of_head_safety_managers_technical_staff_and_experts_with_a_coordinating_department() -> (
    None
):
    organised().when(example("FormLeadingGroup"), by="P-PRINCIPAL").then(*FORMED)


@pytest.mark.clause("NJ-010")
@pytest.mark.parametrize("kind", ["head", "safety_manager", "technical", "expert"])
def test_it_is_not_formed_without_one_of_these_kinds(kind: str) -> None:
    organised().when(example("FormLeadingGroup", members=members(**{kind: None}))).then(
        Incomplete, what=LEADING, missing=[kind]
    )


@pytest.mark.clause("NJ-002")
def test_its_head_is_the_main_responsible_person() -> None:
    organised().when(example("FormLeadingGroup", members=members(head="P-DEPUTY"))).then(
        NotPrincipal, person="P-DEPUTY", day="2026-01-08", what="head"
    )
    no_longer = [RoleGranted("P-PRINCIPAL", "principal", "2025-01-01", "2026-01-08")]
    organised().knowing(ROLES, BODY, holds=no_longer).when(example("FormLeadingGroup")).then(NotPrincipal)


@pytest.mark.clause("NJ-002")
def test_it_has_one_head() -> None:
    two = (*members(), MemberEntry("P-DEPUTY", "head"))
    organised().when(example("FormLeadingGroup", members=two)).then(
        AlreadyHeld, what="head", person="P-PRINCIPAL"
    )


def test_everybody_is_a_member_once_and_on_the_roll() -> None:
    twice = (*members(), MemberEntry("P-SAFETY", "technical"))
    organised().when(example("FormLeadingGroup", members=twice)).then(
        AlreadyHeld, what="safety_manager", person="P-SAFETY"
    )
    organised().when(example("FormLeadingGroup", members=members(expert="P-GHOST"))).then(
        UnknownPerson, person="P-GHOST"
    )


@pytest.mark.clause("NJ-002")
def test_the_coordinating_department_is_there() -> None:
    organised().when(example("FormLeadingGroup", coordinator="D-NONE")).then(UnknownThing, kind="department")


def test_it_is_formed_once_in_a_body_that_is_registered() -> None:
    formed().when(example("FormLeadingGroup")).then(AlreadyRegistered, kind="leading_group")
    organised().knowing(BODIES, BODY, holds=[]).when(example("FormLeadingGroup")).then(
        UnknownThing, kind="body"
    )


def test_nobody_joins_or_leaves_a_group_that_was_never_formed() -> None:
    organised().when(example("JoinGroup")).then(UnknownThing, kind="leading_group", code=BODY)
    organised().when(example("LeaveGroup", group="G-X")).then(UnknownThing, kind="group", code="G-X")
    organised().when(example("NameCoordinator")).then(UnknownThing, kind="leading_group")


# --- joining and leaving


def test_a_member_joins_from_a_day() -> None:
    formed().when(example("JoinGroup", since=None)).then(
        MemberJoined(5, "P-DEPUTY", "technical", "2026-02-02")
    )


def test_a_member_does_not_join_again_nor_before_the_group_was_there() -> None:
    formed().when(example("JoinGroup", person="P-SAFETY", kind="member")).then(
        AlreadyHeld, what="safety_manager", person="P-SAFETY"
    )
    formed().when(example("JoinGroup", since="2026-01-07")).then(NotInPlace, what=LEADING, day="2026-01-07")


@pytest.mark.clause("NJ-010")
def test_a_member_who_leaves_leaves_word_of_what_the_group_then_lacks() -> None:
    formed().when(example("LeaveGroup", person="P-EXPERT", until=None, reason="聘期届满")).then(
        MemberLeft(4, "P-EXPERT", "expert", "2026-01-08", "2026-02-02", ("expert",), "聘期届满")
    )
    other = MemberJoined(5, "P-DEPUTY", "technical", "2026-01-20")
    formed(other).when(example("LeaveGroup", person="P-WORKSHOP", until=None, reason="")).then(
        MemberLeft(3, "P-WORKSHOP", "technical", "2026-01-08", "2026-02-02", (), "")
    )


def test_who_is_no_member_does_not_leave() -> None:
    formed().when(example("LeaveGroup", person="P-WORKER")).then(UnknownThing, kind="member", code="P-WORKER")


@pytest.mark.clause("NJ-002")
def test_the_head_leaves_only_by_being_succeeded() -> None:
    formed().when(example("LeaveGroup", person="P-PRINCIPAL")).then(
        NoHead, what=LEADING, person="P-PRINCIPAL"
    )


@pytest.mark.clause("NJ-002")
def test_a_new_head_takes_over_on_the_day_so_that_there_is_exactly_one_on_every_day() -> None:
    change = [
        RoleGranted("P-PRINCIPAL", "principal", "2026-01-05", "2026-02-02"),
        RoleGranted("P-DEPUTY", "principal", "2026-02-02", None),
    ]
    succeeded = (
        MemberLeft(1, "P-PRINCIPAL", "head", "2026-01-08", "2026-02-02", (), ""),
        MemberJoined(5, "P-DEPUTY", "head", "2026-02-02"),
    )
    formed().knowing(ROLES, BODY, holds=change).when(
        example("JoinGroup", person="P-DEPUTY", kind="head", since="2026-02-02")
    ).then(*succeeded)
    heads = [one for one in folded(GROUP, [*FORMED, *succeeded]).members if one.part == "head"]
    for day in ("2026-01-08", "2026-02-01", "2026-02-02", "2026-02-03"):
        assert len([one for one in heads if one.holds_on(day)]) == 1, day


def test_a_head_does_not_take_over_before_the_present_one_began_nor_without_being_principal() -> None:
    both = [RoleGranted(person, "principal", "2026-01-01", None) for person in ("P-PRINCIPAL", "P-DEPUTY")]
    later = (
        MemberLeft(1, "P-PRINCIPAL", "head", "2026-01-08", "2026-01-20", (), ""),
        MemberJoined(5, "P-TEAM", "head", "2026-01-20"),
    )
    formed(*later).knowing(ROLES, BODY, holds=both).when(
        example("JoinGroup", person="P-DEPUTY", kind="head", since="2026-01-10")
    ).then(BeforePredecessor, previous="2026-01-20", at="2026-01-10")
    formed().when(example("JoinGroup", person="P-DEPUTY", kind="head")).then(NotPrincipal, person="P-DEPUTY")


# --- who coordinates, who answers for risk control


@pytest.mark.clause("NJ-002")
def test_another_department_coordinates_from_a_day_on() -> None:
    formed().when(example("NameCoordinator", department="D-TS", person=None, since=None)).then(
        CoordinatorNamed(2, "D-TS", None, "2026-02-02", 1)
    )


def test_a_coordinator_is_another_one_is_there_and_comes_later() -> None:
    formed().when(example("NameCoordinator", person=None)).then(AlreadySo)
    formed().when(example("NameCoordinator", department="D-NONE")).then(UnknownThing, kind="department")
    formed().when(example("NameCoordinator", person="P-GHOST")).then(UnknownPerson, person="P-GHOST")
    formed().when(example("NameCoordinator", department="D-TS", since="2026-01-06")).then(BeforePredecessor)


@pytest.mark.clause("YT-15a")
def test_a_department_a_person_or_both_answer_for_risk_control() -> None:
    organised().when(example("AssignRiskControl", person=None)).then(
        RiskControlAssigned(1, "D-KS", None, "2026-01-08", None)
    )
    first = RiskControlAssigned(1, "D-KS", None, "2026-01-08", None)
    organised(first).when(example("AssignRiskControl", department=None, since=None)).then(
        RiskControlAssigned(2, None, "P-SAFETY", "2026-02-02", 1)
    )


def test_risk_control_is_never_assigned_to_nobody() -> None:
    organised().when(example("AssignRiskControl", department=None, person=None)).then(
        Incomplete, what="risk_control", missing=["department", "person"]
    )


def test_risk_control_goes_to_somebody_else_who_is_there_later() -> None:
    first = RiskControlAssigned(1, "D-KS", "P-SAFETY", "2026-01-08", None)
    organised(first).when(example("AssignRiskControl")).then(AlreadySo)
    organised(first).when(example("AssignRiskControl", department="D-NONE")).then(UnknownThing)
    organised(first).when(example("AssignRiskControl", person="P-GHOST")).then(UnknownPerson)
    organised(first).when(example("AssignRiskControl", person="P-TEAM", since="2026-01-06")).then(
        BeforePredecessor
    )


# --- special groups


SPECIAL = (
    SpecialGroupFormed("提升运输专业组", "by_process", "竖井提升", "P-WORKSHOP", "2026-01-10"),
    MemberJoined(1, "P-WORKSHOP", "head", "2026-01-10"),
    MemberJoined(2, "P-TEAM", "technical", "2026-01-10"),
)


@pytest.mark.clause("NJ-010")
@pytest.mark.parametrize("basis", ["by_process", "by_area"])
def test_a_special_group_is_formed_by_process_or_by_area_with_a_head_of_its_own(basis: str) -> None:
    organised().when(example("FormSpecialGroup", kind=basis, since="2026-01-10")).then(
        SpecialGroupFormed("提升运输专业组", basis, "竖井提升", "P-WORKSHOP", "2026-01-10"), *SPECIAL[1:]
    )


def test_a_special_group_has_a_head_and_is_formed_once() -> None:
    alone = (MemberEntry("P-TEAM", "technical"),)
    organised().when(example("FormSpecialGroup", members=alone)).then(Incomplete, missing=["head"])
    organised(*SPECIAL).when(example("FormSpecialGroup")).then(AlreadyRegistered, kind="group", code="ZYZ-TS")


def test_who_leaves_a_special_group_leaves_it_without_a_word_about_kinds() -> None:
    organised(*SPECIAL).when(
        example("LeaveGroup", group="ZYZ-TS", person="P-TEAM", until=None, reason="")
    ).then(MemberLeft(2, "P-TEAM", "technical", "2026-01-10", "2026-02-02", (), ""))


def test_a_special_group_is_dissolved_with_its_members() -> None:
    organised(*SPECIAL).when(example("DissolveSpecialGroup", until=None, reason="完成")).then(
        MemberLeft(1, "P-WORKSHOP", "head", "2026-01-10", "2026-02-02", (), "完成"),
        MemberLeft(2, "P-TEAM", "technical", "2026-01-10", "2026-02-02", (), "完成"),
        SpecialGroupDissolved("2026-02-02", "完成"),
    )


def test_a_special_group_is_not_dissolved_before_it_was_there_and_takes_nobody_afterwards() -> None:
    organised(*SPECIAL).when(example("DissolveSpecialGroup", until="2026-01-09")).then(EndsBeforeItBegins)
    gone = SpecialGroupDissolved("2026-02-01", "")
    organised(*SPECIAL, gone).when(example("JoinGroup", group="ZYZ-TS")).then(
        Retired, kind="group", code="ZYZ-TS"
    )


# --- the work plan


def with_group(*events: Any) -> Given:
    return organised(*events).knowing(GROUP, BODY, holds=FORMED)


@pytest.mark.clause("NJ-002", "NJ-011")
def test_the_work_plan_has_six_parts_a_coordination_mechanism_and_funds() -> None:
    with_group().when(example("AdoptWorkPlan", since="2026-03-25")).then(happened("work-plan-adopted"))
    said = happened("work-plan-adopted")
    for part in ("objectives", "content", "responsible", "safeguards", "schedule", "requirements"):
        assert getattr(said, part)
    assert said.coordination
    assert said.budget


@pytest.mark.clause("NJ-002", "NJ-011")
@pytest.mark.parametrize(
    "part", ["objectives", "content", "safeguards", "schedule", "requirements", "coordination", "budget"]
)
def test_a_plan_without_one_of_its_parts_is_refused(part: str) -> None:
    with_group().when(example("AdoptWorkPlan", **{part: " "})).then(
        Incomplete, what="work_plan", missing=[part]
    )


@pytest.mark.clause("NJ-011")
def test_a_plan_names_departments_that_are_there() -> None:
    with_group().when(example("AdoptWorkPlan", responsible=())).then(
        Incomplete, missing=["responsible_departments"]
    )
    with_group().when(example("AdoptWorkPlan", responsible=(PlanResponsibility("D-NONE", "督办"),))).then(
        UnknownThing, kind="department", code="D-NONE"
    )


@pytest.mark.clause("NJ-011")
def test_another_version_is_adopted_and_the_first_one_stays() -> None:
    first: WorkPlanAdopted = happened("work-plan-adopted")
    with_group(first).when(example("AdoptWorkPlan")).then(AlreadyRegistered, kind="work_plan", code="2026-1")
    with_group(first).when(example("AdoptWorkPlan", version="2026-2")).accepted()


def test_there_is_no_plan_before_there_is_a_leading_group() -> None:
    organised().when(example("AdoptWorkPlan")).then(UnknownThing, kind="leading_group")
    with_group().when(example("AdoptWorkPlan", since="2026-01-07")).then(NotInPlace, what=LEADING)
