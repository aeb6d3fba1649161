"""Who answered on that day: the same answer for ever as known by a record, whatever is handed over or entered later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.absences import EndAbsence, RecordAbsence
from domain.appointments import AppointToPost, EndAppointment, HandOverPost
from domain.departments import CloseDepartment, RegisterDepartment, RenameDepartment
from domain.engagements import EndEngagement, EngageParty
from domain.group_members import JoinGroup, LeaveGroup, MemberEntry
from domain.language import Day, day_after
from domain.leading_group import FormLeadingGroup, NameCoordinator
from domain.people import PersonEntry, RegisterPeople
from domain.posts import POST, ClosePost, RegisterPost
from domain.refused import Refused
from domain.risk_control import AssignRiskControl
from domain.roles import ROLES, GrantEntry, GrantRoles, RevokeRole
from projections.organisation import ORGANISATION
from projections.organisation_questions import org_tree, org_who
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, FOUNDER, Plant, at

HEAD, CLERK, MATE, DEPUTY, OUTSIDER = "p-head", "p-clerk", "p-mate", "p-deputy", "p-outsider"
START = "2026-01-10"
Row = dict[str, Any]


class Chart:
    """A plant with a company, a workshop and a post, and what is asked of it."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), [ORGANISATION])
        self.plant.now = at(START)
        staff = tuple(PersonEntry(one) for one in (HEAD, CLERK, MATE, DEPUTY))
        self.give(RegisterPeople(BODY, (*staff, PersonEntry(OUTSIDER, "contractor"))))
        self.give(GrantRoles(BODY, (GrantEntry(HEAD, "principal", "2026-01-01"),)))
        self.give(RegisterDepartment(BODY, "D-0", "Mine", "company", None, "2026-01-01"))
        self.give(RegisterDepartment(BODY, "D-1", "Hoisting", "workshop", "D-0", "2026-01-01"))
        self.give(RegisterPost(BODY, "P-1", "Hoist driver", "D-1", True, True, "2026-01-01"))

    def give(self, command: Any) -> int:
        """Give a command as whoever may; returns the position after it."""
        holders = {"RegisterPeople": HEAD, "GrantRoles": HEAD, "RevokeRole": HEAD}
        named = {"FormLeadingGroup", "NameCoordinator", "AssignRiskControl", "JoinGroup", "LeaveGroup"}
        name = type(command).__name__
        by = HEAD if name in named else holders.get(name, CHECKER)
        if by == HEAD and not self.is_head():
            by = FOUNDER
        self.plant.give(by, command)
        return self.plant.head()

    def is_head(self) -> bool:
        grants = self.plant.engine.memory.folded(ROLES, f"roles/{BODY}", True).state
        return "principal" in grants.held(HEAD, self.plant.now[:10])

    def who(self, on: Day | None = None, **more: Any) -> list[Row]:
        self.projector.follow()
        with self.projector.reader(ORGANISATION.name) as (connection, tables):
            return org_who(connection, tables, body=BODY, on=on, **more)

    def people(self, on: Day, part: str = "post", **more: Any) -> list[str]:
        return [row["person"] for row in self.who(on, part=part, **more)]

    def answering(self, on: Day, **more: Any) -> list[str]:
        return sorted(row["person"] for row in self.who(on, post="P-1", **more) if row["answers"])

    def tree(self, on: Day | None = None, **more: Any) -> list[Row]:
        self.projector.follow()
        with self.projector.reader(ORGANISATION.name) as (connection, tables):
            return org_tree(connection, tables, body=BODY, on=on, **more)


@pytest.fixture(params=["sqlite", "postgres"])
def chart(request: pytest.FixtureRequest) -> Iterator[Chart]:
    made = Chart("sqlite://" if request.param == "sqlite" else postgres.fresh_database("organisation"))
    yield made
    made.projector.close()


def appoint(person: str, since: Day, until: Day | None = None, alongside: bool = False) -> AppointToPost:
    return AppointToPost(BODY, "P-1", person, since, until, alongside)


def hand_over(person: str, successor: str, on: Day) -> HandOverPost:
    return HandOverPost(BODY, "P-1", person, successor, "keys and log", on)


DAYS = [day_after("2026-01-01", at) for at in range(0, 120, 3)]


# --- the past stays


def test_on_each_side_of_a_hand_over_another_one_answered(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(hand_over(CLERK, MATE, "2026-02-01"))
    assert chart.answering("2026-01-04") == []
    assert chart.answering("2026-01-31") == [CLERK]
    assert chart.answering("2026-02-01") == [MATE]


def test_who_answered_on_that_day_as_known_then_never_changes(chart: Chart) -> None:
    known = chart.give(appoint(CLERK, "2026-01-05"))
    before = {day: chart.who(day, known_at=known) for day in DAYS}
    tree = {day: chart.tree(day, known_at=known) for day in DAYS}
    chart.give(hand_over(CLERK, MATE, "2026-02-01"))
    chart.give(RecordAbsence(BODY, "P-1", MATE, DEPUTY, "2026-02-10", "2026-03-01"))
    chart.give(hand_over(MATE, CLERK, "2026-02-20"))
    chart.give(EndAppointment(BODY, "P-1", CLERK, "2026-03-10"))
    chart.give(ClosePost(BODY, "P-1", "gone", "2026-03-10"))
    chart.give(RenameDepartment(BODY, "D-1", "Hoists", "2026-01-08"))
    assert {day: chart.who(day, known_at=known) for day in DAYS} == before
    assert {day: chart.tree(day, known_at=known) for day in DAYS} == tree
    assert any(chart.who(day) != before[day] for day in DAYS)


def test_what_is_entered_late_is_seen_from_its_own_record_on(chart: Chart) -> None:
    known = chart.give(appoint(CLERK, "2026-01-05"))
    entered = chart.give(hand_over(CLERK, MATE, "2026-01-08"))  # told on the 10th
    assert chart.answering("2026-01-09", known_at=known) == [CLERK]
    assert chart.answering("2026-01-09", known_at=entered) == [MATE]
    assert chart.answering("2026-01-09") == [MATE]


def test_an_end_that_was_planned_is_told_as_it_was_known(chart: Chart) -> None:
    planned = chart.give(appoint(CLERK, "2026-01-05", "2026-06-01"))
    ended = chart.give(EndAppointment(BODY, "P-1", CLERK, "2026-03-01"))
    [then] = chart.who("2026-02-01", known_at=planned, part="post")
    [now] = chart.who("2026-02-01", part="post")
    assert (then["until"], then["position"]) == ("2026-06-01", planned)
    assert (now["until"], now["position"]) == ("2026-03-01", ended)
    assert chart.answering("2026-04-01", known_at=planned) == [CLERK]
    assert chart.answering("2026-04-01") == []


def test_an_appointment_that_was_withdrawn_held_on_no_day(chart: Chart) -> None:
    planned = chart.give(appoint(CLERK, "2026-03-01"))
    chart.give(EndAppointment(BODY, "P-1", CLERK, "2026-03-01"))
    assert chart.answering("2026-03-01", known_at=planned) == [CLERK]
    assert chart.answering("2026-03-01") == chart.answering("2026-05-01") == []


# --- who answers


def test_while_somebody_is_absent_the_deputy_answers(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(RecordAbsence(BODY, "P-1", CLERK, DEPUTY, "2026-02-01", "2026-02-10"))
    assert [chart.answering(day) for day in ("2026-01-31", "2026-02-01", "2026-02-09", "2026-02-10")] == [
        [CLERK],
        [DEPUTY],
        [DEPUTY],
        [CLERK],
    ]
    told = {
        row["person"]: (row["part"], row["answers"], row["instead_of"])
        for row in chart.who("2026-02-05", post="P-1")
    }
    assert told == {CLERK: ("post", False, None), DEPUTY: ("deputy", True, CLERK)}
    [listed_alone] = chart.who("2026-02-05", part="post")
    assert listed_alone["answers"] is False


def test_who_is_back_early_answers_from_that_day(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    known = chart.give(RecordAbsence(BODY, "P-1", CLERK, DEPUTY, "2026-02-01", "2026-02-10"))
    chart.give(EndAbsence(BODY, "P-1", CLERK, "2026-02-05"))
    assert chart.answering("2026-02-05", known_at=known) == [DEPUTY]
    assert chart.answering("2026-02-05") == [CLERK]


def test_on_shifts_both_answer_and_only_the_absent_one_is_stood_in_for(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(appoint(MATE, "2026-01-05", alongside=True))
    chart.give(RecordAbsence(BODY, "P-1", CLERK, DEPUTY, "2026-02-01", "2026-02-10"))
    assert chart.answering("2026-01-20") == [CLERK, MATE]
    assert chart.answering("2026-02-01") == [DEPUTY, MATE]


def test_a_person_is_found_with_those_who_stand_in(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(RecordAbsence(BODY, "P-1", CLERK, DEPUTY, "2026-02-01", "2026-02-10"))
    assert [row["part"] for row in chart.who("2026-02-05", person=CLERK)] == ["post", "deputy"]
    assert [row["part"] for row in chart.who("2026-02-05", person=MATE)] == []


def test_a_row_says_at_which_post_of_which_department(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    [row] = chart.who("2026-01-06", part="post")
    told = ("body", "of", "name", "department", "person", "since", "until")
    assert tuple(row[name] for name in told) == (
        BODY,
        "P-1",
        "Hoist driver",
        "D-1",
        CLERK,
        "2026-01-05",
        None,
    )


def test_without_a_day_all_that_was_ever_held_is_listed(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05", "2026-01-08"))
    chart.give(appoint(MATE, "2026-04-01"))
    assert [(row["person"], row["since"], row["until"]) for row in chart.who(part="post")] == [
        (CLERK, "2026-01-05", "2026-01-08"),
        (MATE, "2026-04-01", None),
    ]


# --- groups, risk control, engagements, roles


def group(chart: Chart) -> None:
    kinds = ((HEAD, "head"), (CLERK, "safety_manager"), (MATE, "technical"), (DEPUTY, "expert"))
    members = tuple(MemberEntry(person, kind) for person, kind in kinds)  # type: ignore[arg-type]  # one of the words
    chart.give(FormLeadingGroup(BODY, "D-0", members, "2026-01-05"))


@pytest.mark.clause("NJ-002")
def test_the_leading_group_and_who_coordinates_are_answered_for_a_day(chart: Chart) -> None:
    group(chart)
    chart.give(LeaveGroup(BODY, MATE, None, "2026-02-01"))
    chart.give(JoinGroup(BODY, MATE, "member", None, "2026-03-01"))
    chart.give(NameCoordinator(BODY, "D-1", CLERK, "2026-02-01"))
    kinds = {day: {row["person"]: row["kind"] for row in chart.who(day, part="group")} for day in DAYS}
    everybody = {HEAD: "head", CLERK: "safety_manager", DEPUTY: "expert"}
    assert kinds["2026-01-31"] == {**everybody, MATE: "technical"}
    assert kinds["2026-02-03"] == everybody
    assert kinds["2026-03-02"] == {**everybody, MATE: "member"}
    coordinates = {
        day: [(row["department"], row["person"]) for row in chart.who(day, part="coordinator")]
        for day in ("2026-01-31", "2026-02-01")
    }
    assert coordinates == {"2026-01-31": [("D-0", None)], "2026-02-01": [("D-1", CLERK)]}


def test_who_answers_for_risk_control_passes_from_one_to_the_next(chart: Chart) -> None:
    chart.give(AssignRiskControl(BODY, "D-0", None, "2026-01-05"))
    chart.give(AssignRiskControl(BODY, None, CLERK, "2026-02-01"))
    told = {
        day: [(row["department"], row["person"]) for row in chart.who(day, part="risk_control")]
        for day in ("2026-01-04", "2026-01-31", "2026-02-01")
    }
    assert told == {"2026-01-04": [], "2026-01-31": [("D-0", None)], "2026-02-01": [(None, CLERK)]}


def test_people_of_an_engaged_party_are_there_until_it_ends(chart: Chart) -> None:
    engaged = EngageParty(
        BODY, "E-1", "contractor", "driving", "2026-06-01", "Deep Co", (OUTSIDER,), "2026-01-05"
    )
    known = chart.give(engaged)
    chart.give(EndEngagement(BODY, "E-1", "done", "2026-03-01"))
    assert chart.people("2026-04-01", "engagement", known_at=known) == [OUTSIDER]
    assert chart.people("2026-02-28", "engagement") == [OUTSIDER]
    assert chart.people("2026-03-01", "engagement") == []


def test_every_grant_of_a_role_ends_with_its_revocation_and_none_is_prolonged(chart: Chart) -> None:
    chart.give(GrantRoles(BODY, (GrantEntry(CLERK, "auditor", "2026-03-01", None),)))
    known = chart.give(GrantRoles(BODY, (GrantEntry(CLERK, "auditor", "2026-01-05", "2026-02-01"),)))
    chart.give(RevokeRole(BODY, CLERK, "auditor", "2026-03-10"))
    held = {
        day: [one for one in chart.people(day, "role", person=CLERK) if one == CLERK]
        for day in ("2026-01-06", "2026-02-01", "2026-03-09", "2026-03-10")
    }
    assert held == {"2026-01-06": [CLERK], "2026-02-01": [], "2026-03-09": [CLERK], "2026-03-10": []}
    assert chart.people("2026-04-01", "role", person=CLERK, known_at=known) == [CLERK]


# --- the tree


def test_the_tree_of_a_day_has_the_names_of_that_day_and_who_answered(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(RenameDepartment(BODY, "D-1", "Hoists", "2026-02-01"))
    told = [(row["path"], row["depth"], row["kind"], row["name"]) for row in chart.tree("2026-01-31")]
    assert told == [
        ("D-0", 1, "company", "Mine"),
        ("D-0/D-1", 2, "workshop", "Hoisting"),
        ("D-0/D-1/P-1", 3, "post", "Hoist driver"),
    ]
    after = chart.tree("2026-02-01")
    assert [row["name"] for row in after] == ["Mine", "Hoists", "Hoist driver"]
    assert (after[2]["held_by"], after[2]["key_post"], after[2]["dangerous_place"]) == ([CLERK], True, True)


def test_what_stands_below_a_closed_department_is_told_and_not_hidden(chart: Chart) -> None:
    chart.give(appoint(CLERK, "2026-01-05"))
    chart.give(CloseDepartment(BODY, "D-1", "merged", "2026-02-01"))
    assert [row["in_place"] for row in chart.tree("2026-01-31")] == [True, True, True]
    below = [(row["code"], row["in_place"], row["held_by"]) for row in chart.tree("2026-02-01")]
    assert below == [("D-0", True, []), ("P-1", False, [CLERK])]
    assert [row["code"] for row in chart.tree("2026-02-01", closed=True)] == ["D-0", "D-1", "P-1"]


# --- equal to a replay

PEOPLE = (CLERK, MATE, DEPUTY)
people = st.sampled_from(PEOPLE)
days = st.integers(0, 8).map(lambda number: day_after("2026-01-05", number))
ends = st.none() | days
commands = st.one_of(
    st.builds(AppointToPost, st.just(BODY), st.just("P-1"), people, days, ends, st.booleans()),
    st.builds(EndAppointment, st.just(BODY), st.just("P-1"), people, days),
    st.builds(HandOverPost, st.just(BODY), st.just("P-1"), people, people, st.just("keys"), days),
    st.builds(RecordAbsence, st.just(BODY), st.just("P-1"), people, people, days, ends),
    st.builds(EndAbsence, st.just(BODY), st.just("P-1"), people, days),
    st.builds(
        lambda person, since, until: GrantRoles(BODY, (GrantEntry(person, "auditor", since, until),)),
        people,
        days,
        ends,
    ),
    st.builds(RevokeRole, st.just(BODY), people, st.just("auditor"), days),
)


def replayed(chart: Chart, position: int, day: Day) -> set[tuple[str, str]]:
    """Who held what on that day by the records up to a position, folded as the decisions fold them."""
    post, grants = POST.initial, ROLES.initial
    for record in chart.plant.records():
        if record.position <= position and record.stream == f"post/{BODY}/P-1":
            post = POST.evolve(post, record.event)
        if record.position <= position and record.stream == f"roles/{BODY}":
            grants = ROLES.evolve(grants, record.event)
    held = {("post", one.holder) for one in post.holders if one.holds_on(day)}
    held |= {("deputy", one.holder) for one in post.absences if one.holds_on(day)}
    return held | {("role", person) for person in PEOPLE if "auditor" in grants.held(person, day)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(commands, min_size=3, max_size=14))
def test_as_known_by_any_record_every_day_is_what_a_replay_says(history: list[Any]) -> None:
    chart = Chart()
    first = chart.plant.head()
    for command in history:
        try:
            chart.give(command)
        except Refused:
            continue
    last = chart.plant.head()
    for position in range(first, last + 1):
        for number in range(-1, 11):
            day = day_after("2026-01-05", number)
            rows = chart.who(day, known_at=position)
            told = {
                (row["part"], row["person"])
                for row in rows
                if row["part"] in ("post", "deputy") or row["of"] == "auditor"
            }
            assert told == replayed(chart, position, day), (position, day)
    chart.projector.close()
