"""Which roles somebody held when a record was made: on the day it happened, by what was granted before it."""

from __future__ import annotations

from adapters.journal.journal import EventJournal
from domain.labels import Term
from domain.language import SHARED, day_of, stream_name
from domain.records import Record
from domain.roles import ROLES, Grants


class RolesThen:
    """Reads the grants of each scope once."""

    def __init__(self, journal: EventJournal) -> None:
        self._journal = journal
        self._grants: dict[str, list[Record]] = {}

    def of(self, record: Record) -> list[Term]:
        """The roles of who acted, by name; none for the machine and for somebody without a role."""
        day = day_of(record.happened_at)
        held: set[str] = set()
        for scope in {record.scope, SHARED}:
            state: Grants = ROLES.initial
            for granted in self._records(scope):
                if granted.position < record.position:
                    state = ROLES.evolve(state, granted.event)
            held |= state.held(record.by, day)
        return [Term(role) for role in sorted(held)]

    def _records(self, scope: str) -> list[Record]:
        if scope not in self._grants:
            self._grants[scope] = self._journal.stream(stream_name(ROLES.name, scope))
        return self._grants[scope]
