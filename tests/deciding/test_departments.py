"""Departments, workshops and teams stand under one another from the company down, from a day until a day."""

from __future__ import annotations

import pytest

from domain.bodies import BODY as BODIES
from domain.departments import DEPARTMENT, DepartmentClosed, DepartmentRegistered, DepartmentRenamed
from domain.labels import Thing
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    EndsBeforeItBegins,
    Incomplete,
    NotInPlace,
    Retired,
    Unfit,
    UnknownThing,
)
from tests.deciding.given import BODY, example, folded
from tests.deciding.organised import COMPANY, WORKSHOP, organised


def new(kind: str = "team", parent: str | None = "D-TS", since: str | None = None) -> object:
    return example(
        "RegisterDepartment", department="D-NEW", name="提升班", kind=kind, parent=parent, since=since
    )


# --- setting up


def test_a_team_stands_under_a_workshop_from_the_day_it_happened_unless_another_is_named() -> None:
    organised().when(new()).then(DepartmentRegistered("D-NEW", "提升班", "team", "D-TS", "2026-02-02"))
    organised().when(new(since="2026-01-10")).then(
        DepartmentRegistered("D-NEW", "提升班", "team", "D-TS", "2026-01-10")
    )


def test_only_a_company_stands_at_the_top() -> None:
    organised().when(new("company", None)).accepted()
    for kind in ("department", "workshop", "team"):
        organised().when(new(kind, None)).then(
            Incomplete, what=Thing("department", "D-NEW"), missing=["parent"]
        )


@pytest.mark.parametrize(
    ("parent", "fitting"),
    [
        ("company", "company department workshop team"),
        ("department", "department workshop team"),
        ("workshop", "workshop team"),
        ("team", "team"),
    ],
)
@pytest.mark.parametrize("kind", ["company", "department", "workshop", "team"])
def test_what_stands_below_is_never_a_higher_tier(parent: str, fitting: str, kind: str) -> None:
    above = DepartmentRegistered("D-UP", "上级", parent, None, "2026-01-05")
    decided = organised().knowing(DEPARTMENT, BODY, "D-UP", holds=[above]).when(new(kind, "D-UP"))
    if kind in fitting.split():
        decided.accepted()
    else:
        decided.then(Unfit, given=parent, what="parent")


def test_a_parent_is_registered() -> None:
    organised().when(new(parent="D-NONE")).then(UnknownThing, kind="department", code="D-NONE")


def test_nothing_is_set_up_under_what_was_not_there_yet() -> None:
    organised().when(new(since="2026-01-04")).then(
        NotInPlace, what=Thing("department", "D-TS"), day="2026-01-04"
    )


def test_nothing_is_set_up_below_what_is_closed_however_far_above() -> None:
    closed = [COMPANY, DepartmentClosed("2026-02-01", "撤销")]
    organised().knowing(DEPARTMENT, BODY, "D-KS", holds=closed).when(new()).then(
        NotInPlace, what=Thing("department", "D-KS"), day="2026-02-02"
    )


def test_before_the_day_of_closing_it_still_takes_what_is_set_up_below() -> None:
    closed = [COMPANY, DepartmentClosed("2026-02-03", "撤销")]
    organised().knowing(DEPARTMENT, BODY, "D-KS", holds=closed).when(new()).accepted()


def test_a_code_is_taken_once() -> None:
    organised(WORKSHOP).when(example("RegisterDepartment", department="D-TS")).then(
        AlreadyRegistered, kind="department", code="D-TS"
    )


def test_a_department_belongs_to_a_body_that_is_registered() -> None:
    organised().knowing(BODIES, BODY, holds=[]).when(new()).then(UnknownThing, kind="body")


# --- another name


def rename(name: str = "竖井工区", since: str | None = None) -> object:
    return example("RenameDepartment", department="D-TS", name=name, since=since)


def test_another_name_counts_from_a_day_and_says_which_one_it_replaces() -> None:
    organised(WORKSHOP).when(rename()).then(DepartmentRenamed("提升工区", "竖井工区", "2026-02-02"))


def test_a_name_entered_late_finds_its_place_among_the_others() -> None:
    later = DepartmentRenamed("提升工区", "竖井工区", "2026-01-20")
    organised(WORKSHOP, later).when(rename("提升车间", "2026-01-10")).then(
        DepartmentRenamed("提升工区", "提升车间", "2026-01-10")
    )
    state = folded(DEPARTMENT, [WORKSHOP, later, DepartmentRenamed("提升工区", "提升车间", "2026-01-10")])
    assert [state.name_on(day) for day in ("2026-01-04", "2026-01-09", "2026-01-10", "2026-01-20")] == [
        "",
        "提升工区",
        "提升车间",
        "竖井工区",
    ]


def test_the_name_that_it_has_then_is_no_other_name() -> None:
    organised(WORKSHOP).when(rename("提升工区")).then(AlreadySo)


def test_no_name_counts_before_the_department_was_there() -> None:
    organised(WORKSHOP).when(rename(since="2026-01-04")).then(NotInPlace, day="2026-01-04")


def test_what_was_never_set_up_has_no_name_to_change() -> None:
    organised().when(rename()).then(UnknownThing, kind="department", code="D-TS")


# --- closing


def close(until: str | None = None) -> object:
    return example("CloseDepartment", department="D-TS", until=until, reason="合并")


def test_it_closes_on_the_day_it_happened_unless_another_is_named() -> None:
    organised(WORKSHOP).when(close()).then(DepartmentClosed("2026-02-02", "合并"))
    organised(WORKSHOP).when(close("2026-06-30")).then(DepartmentClosed("2026-06-30", "合并"))


def test_it_does_not_close_before_it_was_there() -> None:
    organised(WORKSHOP).when(close("2026-01-04")).then(
        EndsBeforeItBegins, since="2026-01-05", until="2026-01-04"
    )


def test_what_is_closed_is_neither_closed_again_nor_renamed() -> None:
    closed = organised(WORKSHOP, DepartmentClosed("2026-06-30", "合并"))
    closed.when(close()).then(Retired, kind="department", code="D-TS", command="CloseDepartment")
    closed.when(rename()).then(Retired, kind="department", code="D-TS", command="RenameDepartment")
