"""The rows of the outbox that a batch of records touches: read once, changed in their order, written once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from domain.language import Day
from domain.notices import owed_thing
from domain.records import Record
from projections.bulk import read, rows_by, upsert
from projections.outbox_tables import LANE, Row, Tables, lane_key, lane_of, new_lane


class Listeners:
    """What decides in one body who is told: loaded once for a batch, changed by its records, written once.

    What was found for a day is kept until something changes: a batch asks the same again for each of its records.
    """

    def __init__(self, subscriptions: list[Row], grants: list[Row], absences: list[Row]) -> None:
        self.subscriptions = {row["code"]: row for row in subscriptions}
        self.grants = {(row["role"], row["person"], row["position"]): row for row in grants}
        self.absences = {(row["stream"], row["number"]): row for row in absences}
        self._day: Day | None = None
        self._holders: dict[str, list[str]] = {}
        self._roles: dict[str, set[str]] = {}
        self._deputies: dict[str, list[str]] = {}
        self._own: dict[str, list[Row]] = {}
        self._by_role: dict[str, list[Row]] = {}
        self._watchers: dict[str, set[str]] = {}

    def change(self, table: str, key: Any, row: Row) -> None:
        """Put a row in its place; what was found before is found anew."""
        getattr(self, table)[key] = row
        self._day = None

    def on(self, day: Day) -> None:
        """Look from a day on which something was recorded."""
        if day == self._day:
            return
        self._day = day
        found: dict[str, set[str]] = {}
        self._roles = {}
        for one in self.grants.values():
            if _holds(one, day):
                found.setdefault(one["role"], set()).add(one["person"])
                self._roles.setdefault(one["person"], set()).add(one["role"])
        self._holders = {role: sorted(persons) for role, persons in found.items()}
        absent: dict[str, set[str]] = {}
        for one in self.absences.values():
            if _holds(one, day):
                absent.setdefault(one["person"], set()).add(one["deputy"])
        self._deputies = {person: sorted(deputies) for person, deputies in absent.items()}
        self._own, self._by_role, self._watchers = {}, {}, {}
        for one in self.subscriptions.values():
            if one["ended_at"] is None:
                listeners, by = (self._own, "person") if one["person"] else (self._by_role, "role")
                listeners.setdefault(one[by], []).append(one | {"topics": read(one["topics"])})

    def holders(self, role: str) -> list[str]:
        return self._holders.get(role, [])

    def deputies(self, person: str) -> list[str]:
        """Who stands in for an absent person in any post."""
        return self._deputies.get(person, [])

    def listening(self, person: str, topic: str) -> Iterable[Row]:
        """The subscriptions through which this person hears of the topic."""
        for one in self._own.get(person, []):
            if not one["topics"] or topic in one["topics"]:
                yield one
        for role in sorted(self._roles.get(person, ())):
            for one in self._by_role.get(role, []):
                if not one["topics"] or topic in one["topics"]:
                    yield one

    def watchers(self, topic: str) -> set[str]:
        """Everybody who hears of more of the topic than what falls to them."""
        known = self._watchers.get(topic)
        if known is None:
            known = self._watchers[topic] = set()
            for one in (*self._own.values(), *self._by_role.values()):
                for by in one:
                    if by["reach"] == "everything" and (not by["topics"] or topic in by["topics"]):
                        known |= {by["person"]} if by["person"] else set(self.holders(by["role"]))
        return known


def _holds(row: Row, day: Day) -> bool:
    return bool(row["since"] <= day and (row["until"] is None or day < row["until"]))


class Batch:
    """The rows that a batch of records touches: read once, changed in order, written once."""

    def __init__(self, records: Sequence[Record], connection: Connection, tables: Tables) -> None:
        self._connection, self._tables = connection, tables
        bodies = [(one,) for one in sorted({record.scope for record in records})]
        held: dict[str, tuple[list[Row], list[Row], list[Row]]] = {body: ([], [], []) for (body,) in bodies}
        for at, table in enumerate((tables.subscriptions, tables.grants, tables.absences)):
            for row in rows_by(connection, table, ("body",), bodies):
                held[row["body"]][at].append(row)
        self.bodies = {body: Listeners(*rows) for body, rows in held.items()}
        codes = sorted(
            {(one.scope, one.stream.split("/", 2)[2]) for one in records if one.kind.startswith("duty-")}
        )
        self.duties = {
            (row["body"], row["code"]): row
            for row in rows_by(connection, tables.duties, ("body", "code"), codes)
        }
        lanes = sorted({lane for one in records if (lane := lane_of(one)) is not None})
        self.lanes = {lane_key(row): row for row in rows_by(connection, tables.lanes, LANE, lanes)}
        numbers = set()
        for one in records:
            lane, event = lane_of(one), one.event
            if lane is not None:
                numbers.add((*lane, getattr(event, "number")))  # noqa: B009 - every event of a delivery has one
        self.messages = {
            (*lane_key(row), row["number"]): row
            for row in rows_by(connection, tables.messages, (*LANE, "number"), sorted(numbers))
        }
        self.titles = self._titles(records)
        self.items: dict[tuple[Any, ...], Row] = {}
        self.unheard: dict[tuple[str, str, str], Row] = {}
        self.changed: dict[str, set[Any]] = {name: set() for name in ("subscriptions", "grants", "absences")}
        self.new_duties: set[tuple[str, str]] = set()
        self.new_titles: set[tuple[str, str, str]] = set()

    def _titles(self, records: Sequence[Record]) -> dict[tuple[str, str, str], Row]:
        wanted = set()
        for one in records:
            kind, _, code = (*one.stream.split("/", 2), "")[:3]
            wanted.add((one.scope, kind, code))
            duty = self.duties.get((one.scope, code)) if kind == "duty" else None
            if duty is not None:
                wanted.add((one.scope, duty["subject_kind"], duty["subject"]))
            if (raised := owed_thing(one.event)) is not None:
                wanted.add((one.scope, raised.subject_kind, raised.subject))
        found = rows_by(self._connection, self._tables.titles, ("body", "kind", "code"), sorted(wanted))
        return {(row["body"], row["kind"], row["code"]): row for row in found}

    def title(self, body: str, kind: str, code: str) -> str:
        row = self.titles.get((body, kind, code))
        return "" if row is None else str(row["title"])

    def write(self) -> None:
        connection, tables = self._connection, self._tables
        for name in ("subscriptions", "grants", "absences"):
            rows = [getattr(self.bodies[body], name)[key] for body, key in sorted(self.changed[name])]
            upsert(connection, getattr(tables, name), rows)
        upsert(connection, tables.duties, [self.duties[key] for key in self.new_duties])
        upsert(connection, tables.titles, [self.titles[key] for key in self.new_titles])
        upsert(connection, tables.items, list(self.items.values()))
        self._write_lanes()
        upsert(connection, tables.messages, list(self.messages.values()))
        self._write_unheard()

    def _write_lanes(self) -> None:
        last: dict[tuple[str, str, str], int] = {}
        for row in self.items.values():
            last[lane_key(row)] = max(last.get(lane_key(row), 0), row["position"])
        missing = sorted(set(last) - set(self.lanes))
        for row in rows_by(self._connection, self._tables.lanes, LANE, missing):
            self.lanes[lane_key(row)] = row
        for lane, position in last.items():
            row = self.lanes.setdefault(lane, new_lane(lane))
            row["last_item"] = max(row["last_item"], position)
        upsert(self._connection, self._tables.lanes, list(self.lanes.values()))

    def _write_unheard(self) -> None:
        keys = sorted(self.unheard)
        for row in rows_by(self._connection, self._tables.unheard, ("body", "who", "topic"), keys):
            new = self.unheard[row["body"], row["who"], row["topic"]]
            new["count"] += row["count"]
            new["first_position"] = row["first_position"]
        upsert(self._connection, self._tables.unheard, list(self.unheard.values()))
