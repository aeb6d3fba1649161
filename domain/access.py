"""Who may give which command: grants are events, the table is here, and what is not granted is denied.

The first person who acts in an empty journal is its administrator. In a scope where no other person holds a role yet,
that person may give every command, so that a body can be set up; from then on an administrator only administers.
"""

from __future__ import annotations

from domain import bodies, calendar_notices, own_methods, people, roles, rule_adoption, units
from domain.access_campaigns import CAMPAIGNS
from domain.access_changes import CHANGES
from domain.access_checks import CHECKS
from domain.access_draws import DRAWS
from domain.access_duties import DUTIES
from domain.access_equipment import EQUIPMENT
from domain.access_hazards import HAZARDS, WITHOUT_ROLE
from domain.access_intake import FOR_ALL, INTAKE
from domain.access_monitoring import MONITORING
from domain.access_neighbours import NEIGHBOURS
from domain.access_notices import NOTICES
from domain.access_organisation import ADMINISTRATOR, ORGANISATION
from domain.access_reports import REPORTS
from domain.access_risks import RISKS
from domain.access_sites import SITES
from domain.access_weather import WEATHER
from domain.decider import Facts
from domain.labels import Term
from domain.language import SHARED, Command, Moment, day_of
from domain.refused import NoGrant, NotForPeople, UnknownPerson

_LEADS = ("principal", "safety_officer")

TABLE: dict[type[Command], tuple[str, ...]] = {
    bodies.RegisterBody: (ADMINISTRATOR,),
    bodies.ReclassifyBody: (ADMINISTRATOR, "principal"),
    people.RegisterPeople: (ADMINISTRATOR, "principal"),
    people.DeclareSamePerson: (ADMINISTRATOR, "principal", "auditor"),
    roles.GrantRoles: (ADMINISTRATOR, "principal"),
    roles.RevokeRole: (ADMINISTRATOR, "principal"),
    rule_adoption.AdoptRulePack: (ADMINISTRATOR, "principal"),
    calendar_notices.SettleYear: (ADMINISTRATOR,),
    own_methods.AdoptMethod: (ADMINISTRATOR, "principal"),
    own_methods.AdoptOwnMethod: (ADMINISTRATOR, "principal"),
    units.RegisterUnit: (ADMINISTRATOR, *_LEADS),
    **RISKS,
    **INTAKE,
    **NEIGHBOURS,
    **MONITORING,
    **CAMPAIGNS,
    **HAZARDS,
    **DRAWS,
    **DUTIES,
    **ORGANISATION,
    **SITES,
    **REPORTS,
    **CHECKS,
    **WEATHER,
    **CHANGES,
    **EQUIPMENT,
    **NOTICES,
}
"""Command -> roles that may give it."""
ROLL: frozenset[type[Command]] = WITHOUT_ROLE | FOR_ALL
"""What whoever is on the body's roll may give, with a role or without."""


def authorise(facts: Facts, command: Command, scope: str, now: Moment, founder: str | None) -> bool:
    """Refuse a person who may not give this command in this scope; return whether this act founds the journal.

    Raises ``NotForPeople`` for a command that is not in the table, ``UnknownThing`` for a body that is not registered,
    ``UnknownPerson`` for somebody the scope does not know, ``NoGrant`` for somebody without a fitting role.
    Grants count on the day the command is given, not on the day it is said to have happened.
    """
    wanted = TABLE.get(type(command))
    if wanted is None:
        raise NotForPeople(command=type(command).__name__)
    by = facts.by
    if founder is None:
        return True
    for other in facts.actors[1:]:
        if not knows(facts, scope, other):
            _need_scope(facts, command, scope)
            raise UnknownPerson(body=scope, person=other)
    today = day_of(now)
    here: roles.Grants = facts.of(roles.ROLES, scope)
    shared: roles.Grants = facts.of(roles.ROLES, SHARED) if scope != SHARED else here
    held = here.held(by, today) | shared.held(by, today)
    if by == founder:
        if not (here.others_than(founder) or shared.others_than(founder)):
            return False
        held = held | {ADMINISTRATOR}
    if held.intersection(wanted) or (type(command) in ROLL and knows(facts, scope, by)):
        return False
    if not held and not knows(facts, scope, by):
        _need_scope(facts, command, scope)
        raise UnknownPerson(body=scope, person=by)
    raise NoGrant(person=by, scope=scope, command=type(command).__name__, roles=[Term(one) for one in wanted])


def _need_scope(facts: Facts, command: Command, scope: str) -> None:
    """Refuse a body that is not registered, before a person is said to be missing from its roll."""
    if scope != SHARED and not isinstance(command, bodies.RegisterBody):
        bodies.need_body(facts, scope)


def knows(facts: Facts, scope: str, person: str) -> bool:
    """Whether the body's roll holds the person."""
    return person in facts.of(people.PEOPLE, scope).persons
