"""The example mine with its organisation: a company with a workshop, a post, contractors on the roll, a principal."""

from __future__ import annotations

from domain.departments import DEPARTMENT, DepartmentRegistered
from domain.language import Event
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.posts import POST, PostRegistered
from domain.roles import ROLES, RoleGranted
from tests.deciding.given import BODY, PEOPLE, Given, Happened, given

COMPANY = DepartmentRegistered("D-KS", "矿部", "company", None, "2026-01-05")
WORKSHOP = DepartmentRegistered("D-TS", "提升工区", "workshop", "D-KS", "2026-01-05")
HOIST = PostRegistered("GW-TS", "竖井提升机司机", "D-TS", True, True, "2026-01-08")
KINDS = {
    "P-EXPERT": "expert",
    "P-CONTRACTOR": "contractor",
    "P-DRILLER": "contractor",
    "P-INSURER": "insurer",
}


def organised(*events: Event | Happened) -> Given:
    """What had happened in the stream of the command that comes next, in the example mine with its organisation."""
    people = dict.fromkeys(PEOPLE, "staff") | KINDS
    return (
        given(*events)
        .knowing(ROLL, BODY, holds=[PersonRegistered(person, kind) for person, kind in people.items()])
        .knowing(ROLES, BODY, holds=[RoleGranted("P-PRINCIPAL", "principal", "2026-01-05", None)])
        .knowing(DEPARTMENT, BODY, "D-KS", holds=[COMPANY])
        .knowing(DEPARTMENT, BODY, "D-TS", holds=[WORKSHOP])
        .knowing(POST, BODY, "GW-TS", holds=[HOIST])
    )
