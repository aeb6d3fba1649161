"""The role-task matrix fixes range and tasks of the main responsible person, deputies, departments and posts."""

from __future__ import annotations

import pytest

from domain.refused import AlreadyRegistered, Incomplete, Unfit, UnknownThing
from domain.role_tasks import ROLES_OF_MATRIX, TaskEntry
from tests.deciding.given import example, happened
from tests.deciding.organised import organised


def tasks(*more: TaskEntry, without: str = "") -> tuple[TaskEntry, ...]:
    roles = [role for role in ROLES_OF_MATRIX if role != without]
    return (*(TaskEntry(role, "本级", "排查隐患") for role in roles), *more)


@pytest.mark.clause("NJ-064")
def test_range_and_tasks_of_each_role_are_fixed() -> None:
    organised().when(example("AdoptRoleTasks", since="2026-03-25"), by="P-PRINCIPAL").then(
        happened("role-tasks-adopted")
    )
    assert {one.role for one in happened("role-tasks-adopted").tasks} == set(ROLES_OF_MATRIX)


@pytest.mark.clause("NJ-064")
@pytest.mark.parametrize("role", ROLES_OF_MATRIX)
def test_a_matrix_that_leaves_out_a_role_is_refused(role: str) -> None:
    organised().when(example("AdoptRoleTasks", tasks=tasks(without=role))).then(
        Incomplete, what="role_tasks", missing=[role]
    )


def test_a_version_is_adopted_once_and_stays_when_the_next_one_comes() -> None:
    first = happened("role-tasks-adopted")
    organised(first).when(example("AdoptRoleTasks")).then(AlreadyRegistered, kind="role_tasks", code="2026-1")
    organised(first).when(example("AdoptRoleTasks", version="2026-2")).accepted()


def test_a_task_is_for_a_department_or_post_that_is_there() -> None:
    for role, kind in (("department", "department"), ("post", "post")):
        unknown = TaskEntry(role, "本级", "排查", "X-NONE")  # type: ignore[arg-type]  # one of the roles
        organised().when(example("AdoptRoleTasks", tasks=tasks(unknown))).then(
            UnknownThing, kind=kind, code="X-NONE"
        )


def test_the_main_responsible_person_and_deputies_are_one_for_the_body() -> None:
    odd = TaskEntry("deputy_in_charge", "本级", "排查", "D-KS")
    organised().when(example("AdoptRoleTasks", tasks=tasks(odd))).then(Unfit, given="D-KS")
