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
    """What decides in one body who is told: loaded once for a batch, changed by its records, written once."""

    def __init__(self, subscriptions: list[Row], grants: list[Row], absences: list[Row]) -> None:
        self.subscriptions = {row["code"]: row for row in subscriptions}
        self.grants = {(row["role"], row["person"], row["position"]): row for row in grants}
        self.absences = {(row["stream"], row["number"]): row for row in absences}

    def holders(self, role: str, day: Day) -> list[str]:
        return sorted(
            {one["person"] for one in self.grants.values() if one["role"] == role and _holds(one, day)}
        )

    def deputies(self, person: str, day: Day) -> list[str]:
        """Who stands in for an absent person in any post that day."""
        found = {
            one["deputy"] for one in self.absences.values() if one["person"] == person and _holds(one, day)
        }
        return sorted(found)

    def listening(self, person: str, roles_of: set[str], topic: str) -> Iterable[Row]:
        """The subscriptions through which this person hears of the topic."""
        for one in self.subscriptions.values():
            if one["ended_at"] is None and (one["person"] == person or one["role"] in roles_of):
                topics = read(one["topics"])
                if not topics or topic in topics:
                    yield one

    def roles_of(self, person: str, day: Day) -> set[str]:
        return {one["role"] for one in self.grants.values() if one["person"] == person and _holds(one, day)}

    def watchers(self, day: Day) -> set[str]:
        """Everybody who listens to more than what falls to them."""
        found: set[str] = set()
        for one in self.subscriptions.values():
            if one["ended_at"] is None and one["reach"] == "everything":
                found |= {one["person"]} if one["person"] else set(self.holders(one["role"], day))
        return found


def _holds(row: Row, day: Day) -> bool:
    return bool(row["since"] <= day and (row["until"] is None or day < row["until"]))


class Batch:
    """The rows that a batch of records touches: read once, changed in order, written once."""

    def __init__(self, records: Sequence[Record], connection: Connection, tables: Tables) -> None:
        self._connection, self._tables = connection, tables
        bodies = [(one,) for one in sorted({record.scope for record in records})]
        self.bodies = {
            body: Listeners(
                *(
                    [row for row in rows if row["body"] == body]
                    for rows in (
                        rows_by(connection, table, ("body",), bodies)
                        for table in (tables.subscriptions, tables.grants, tables.absences)
                    )
                )
            )
            for (body,) in bodies
        }
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
