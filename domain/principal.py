"""The main responsible person (主要负责人) of a body: who holds the role of principal on a day."""

from __future__ import annotations

from domain.decider import Facts
from domain.labels import Term
from domain.language import Day
from domain.refused import NotPrincipal
from domain.roles import ROLES


def need_principal(facts: Facts, body: str, person: str, day: Day, as_what: str) -> None:
    """The person holds the role of principal in the body on that day, or ``NotPrincipal``."""
    if "principal" not in facts.of(ROLES, body).held(person, day):
        raise NotPrincipal(person=person, day=day, what=Term(as_what))
