"""Who held which post, seat, deputyship, engagement or role on a day, and how departments stood, on both clocks.

Everything that somebody holds is a *holding*: from a day until the first day on which it no longer holds. Its terms
and whether it holds are facets of ``projections.bitemporal``: an end that is recorded later changes the answer from its
own record on, never what was known before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from domain.absences import AbsenceEnded, AbsenceRecorded
from domain.appointments import AppointmentEnded, PersonAppointed, PostHandedOver
from domain.control_assignment import ControlAssigned, ControlAssignmentEnded
from domain.departments import DepartmentClosed, DepartmentRegistered, DepartmentRenamed
from domain.engagements import StaffEngaged, StaffReleased
from domain.group_members import MemberJoined, MemberLeft
from domain.language import Day, day_of, start_of
from domain.leading_group import CoordinatorNamed
from domain.posts import PostClosed, PostRegistered
from domain.records import Record
from domain.risk_control import RiskControlAssigned
from domain.risk_controls import ControlWithdrawn
from domain.roles import RoleGranted, RoleRevoked
from projections import bitemporal
from projections.bitemporal import Entry
from projections.bulk import rows_by
from projections.organisation_questions import org_tree, org_who
from projections.organisation_tables import HELD, OVER, TERMS, Tables, tables
from projections.projection import Projection

LEADING = "leading"
"""What the leading group is called where a group is named."""

Row = dict[str, Any]
Key = tuple[str, str]


def apply(records: Sequence[Record], connection: Connection, tables: Tables) -> None:
    """Each record begins or ends a holding, or says something of a department or post, from its day on."""
    entries: dict[Table, list[Entry]] = {table: [] for table in tables}
    book = _Book(records, connection, tables)
    for record in records:
        match record.event:
            case DepartmentRegistered() as event:
                _say(entries[tables.place], record, event.since, kind=event.kind, parent=event.parent)
                _say(entries[tables.name], record, event.since, name=event.name)
                _say(entries[tables.standing], record, event.since, stands=True)
            case DepartmentRenamed() as event:
                _say(entries[tables.name], record, event.since, name=event.name)
            case DepartmentClosed() as event:
                _say(entries[tables.standing], record, event.until, stands=False)
            case PostRegistered() as event:
                flags = {"key_post": event.key_post, "dangerous_place": event.dangerous_place}
                of = {"name": event.name, "department": event.department, **flags}
                _say(entries[tables.post], record, event.since, **of)
                _say(entries[tables.post_standing], record, event.since, stands=True)
            case PostClosed() as event:
                _say(entries[tables.post_standing], record, event.until, stands=False)
            case _:
                book.note(record)
    for thing, facets in (
        (tables.departments, (tables.place, tables.name, tables.standing)),
        (tables.posts, (tables.post, tables.post_standing)),
    ):
        bitemporal.apply_facets(connection, thing, [(facet, entries[facet]) for facet in facets])
    holdings = ((tables.terms, book.terms), (tables.holds, book.holds))
    bitemporal.apply_facets(connection, tables.holdings, holdings)


def _say(entries: list[Entry], record: Record, since: Day, **values: object) -> None:
    entries.append(Entry(record.position, record.scope, _code(record), start_of(since), values))


def _code(record: Record) -> str:
    parts = record.stream.split("/", 2)
    return parts[2] if len(parts) > 2 else ""


class _Book:
    """The holdings that a batch begins and ends; those begun before are read once."""

    def __init__(self, records: Sequence[Record], connection: Connection, tables: Tables) -> None:
        self.terms: list[Entry] = []
        self.holds: list[Entry] = []
        ended = {(one.scope, code) for one in records for code in _ended(one)}
        revoked = {
            (one.scope, "role", one.event.role, one.event.person)
            for one in records
            if isinstance(one.event, RoleRevoked)
        }
        found = rows_by(connection, tables.terms, ("scope", "code"), sorted(ended))
        found += rows_by(connection, tables.terms, ("scope", "part", "of", "person"), sorted(revoked))
        self.known: dict[Key, Row] = {
            (row["scope"], row["code"]): {name: row[name] for name in (*TERMS, "number")}
            for row in sorted(found, key=itemgetter("true_from", "position"))
        }
        self.granted: dict[tuple[str, str, str], set[str]] = {}
        for (scope, code), row in self.known.items():
            if row["part"] == "role":
                self.granted.setdefault((scope, row["of"], row["person"]), set()).add(code)

    def note(self, record: Record) -> None:
        """What the record says of holdings."""
        of = _code(record)
        who: dict[str, str | None]
        match record.event:
            case PersonAppointed() as event:
                self._begin(
                    record, "post", of, event.appointment, event.since, event.until, person=event.person
                )
            case PostHandedOver() as event:
                self._end(record, "post", of, event.ended, event.on)
                self._begin(
                    record, "post", of, event.appointment, event.on, event.until, person=event.successor
                )
            case AppointmentEnded() as event:
                self._end(record, "post", of, event.appointment, event.until)
            case AbsenceRecorded() as event:
                who = {"person": event.deputy, "instead_of": event.person}
                self._begin(record, "deputy", of, event.absence, event.since, event.until, **who)
            case AbsenceEnded() as event:
                self._end(record, "deputy", of, event.absence, event.until)
            case MemberJoined() as event:
                who = {"person": event.person, "kind": event.kind}
                self._begin(record, "group", of or LEADING, event.membership, event.since, None, **who)
            case MemberLeft() as event:
                self._end(record, "group", of or LEADING, event.membership, event.until)
            case CoordinatorNamed() as event:
                if event.replaces is not None:
                    self._end(record, "coordinator", of, event.replaces, event.since)
                who = {"person": event.person, "department": event.department}
                self._begin(record, "coordinator", of, event.naming, event.since, None, **who)
            case RiskControlAssigned() as event:
                if event.replaces is not None:
                    self._end(record, "risk_control", of, event.replaces, event.since)
                who = {"person": event.person, "department": event.department}
                self._begin(record, "risk_control", of, event.assignment, event.since, None, **who)
            case ControlAssigned() as event:
                control = f"{of}/{event.control}"
                for number in event.replaces:
                    self._end(record, "control", control, number, event.since)
                who = {"person": event.person, "department": event.department, "kind": event.tier}
                what = {"risk": of, "post": event.post}
                self._begin(
                    record, "control", control, event.assignment, event.since, event.until, **who, **what
                )
            case ControlAssignmentEnded() as event:
                self._end(record, "control", f"{of}/{event.control}", event.assignment, event.until)
            case ControlWithdrawn() as event:
                for number in event.ended:
                    control = f"{of}/{event.control}"
                    self._end(record, "control", control, number, day_of(event.withdrawn_at))
            case StaffEngaged() as event:
                who = {"person": event.person, "kind": event.kind}
                self._begin(record, "engagement", of, event.assignment, event.since, event.until, **who)
            case StaffReleased() as event:
                self._end(record, "engagement", of, event.assignment, event.until)
            case RoleGranted() as event:
                self._begin(
                    record, "role", event.role, record.position, event.since, event.until, person=event.person
                )
            case RoleRevoked() as event:
                self._revoke(record, event)
            case _:
                pass

    def _begin(
        self,
        record: Record,
        part: str,
        of: str,
        number: int,
        since: Day,
        until: Day | None,
        **who: str | None,
    ) -> None:
        blank: Row = dict.fromkeys(TERMS)
        row = blank | {"part": part, "of": of, "number": number, "since": since, "until": until, **who}
        code = _holding(part, of, number)
        self.known[record.scope, code] = row
        if part == "role":
            self.granted.setdefault((record.scope, of, row["person"]), set()).add(code)
        self._write(record, code, row)
        self._hold(record, code, until, OVER)
        self._hold(record, code, since, HELD)

    def _end(self, record: Record, part: str, of: str, number: int, until: Day) -> None:
        self._stop(record, _holding(part, of, number), until)

    def _revoke(self, record: Record, event: RoleRevoked) -> None:
        """Every grant of the role to the person that would hold longer ends on that day."""
        for code in sorted(self.granted.get((record.scope, event.role, event.person), ())):
            row = self.known[record.scope, code]
            if row["until"] is None or row["until"] > event.until:
                self._stop(record, code, max(event.until, row["since"]))

    def _stop(self, record: Record, code: str, until: Day) -> None:
        row = self.known.get((record.scope, code))
        if row is None:
            return
        until = max(until, row["since"])
        row = self.known[record.scope, code] = row | {"until": until}
        self._write(record, code, row)
        self._hold(record, code, until, OVER)

    def _write(self, record: Record, code: str, row: Row) -> None:
        self.terms.append(Entry(record.position, record.scope, code, start_of(row["since"]), row))

    def _hold(self, record: Record, code: str, day: Day | None, holds: str) -> None:
        if day is not None:
            self.holds.append(Entry(record.position, record.scope, code, start_of(day), {"holds": holds}))


def _holding(part: str, of: str, number: int) -> str:
    """The name of a holding among all of its body."""
    return f"{part} {of} {number}"


def _ended(record: Record) -> Iterable[str]:
    """The holdings that the record ends."""
    of = _code(record)
    match record.event:
        case PostHandedOver() as event:
            yield _holding("post", of, event.ended)
        case AppointmentEnded() as event:
            yield _holding("post", of, event.appointment)
        case AbsenceEnded() as event:
            yield _holding("deputy", of, event.absence)
        case MemberLeft() as event:
            yield _holding("group", of or LEADING, event.membership)
        case CoordinatorNamed() as event if event.replaces is not None:
            yield _holding("coordinator", of, event.replaces)
        case RiskControlAssigned() as event if event.replaces is not None:
            yield _holding("risk_control", of, event.replaces)
        case StaffReleased() as event:
            yield _holding("engagement", of, event.assignment)
        case ControlAssigned() as event:
            yield from (_holding("control", f"{of}/{event.control}", one) for one in event.replaces)
        case ControlAssignmentEnded() as event:
            yield _holding("control", f"{of}/{event.control}", event.assignment)
        case ControlWithdrawn() as event:
            yield from (_holding("control", f"{of}/{event.control}", one) for one in event.ended)
        case _:
            pass


ORGANISATION = Projection(
    name="organisation",
    version=3,
    kinds=tuple(
        event.KIND
        for event in (
            DepartmentRegistered,
            DepartmentRenamed,
            DepartmentClosed,
            PostRegistered,
            PostClosed,
            PersonAppointed,
            PostHandedOver,
            AppointmentEnded,
            AbsenceRecorded,
            AbsenceEnded,
            MemberJoined,
            MemberLeft,
            CoordinatorNamed,
            RiskControlAssigned,
            ControlAssigned,
            ControlAssignmentEnded,
            ControlWithdrawn,
            StaffEngaged,
            StaffReleased,
            RoleGranted,
            RoleRevoked,
        )
    ),
    tables=tables,
    apply=apply,
    questions=(org_who, org_tree),
)
