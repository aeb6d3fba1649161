"""What falls to whom is computed from the log: once for each lane, by who held what on the day it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.absences import RecordAbsence
from domain.appointments import AppointToPost
from domain.deliveries import ComposeMessage, NoteDelivery, NoteFailure, RetryMessage, SendTestMessage
from domain.departments import RegisterDepartment
from domain.duty_raising import AssignDuty
from domain.posts import RegisterPost
from domain.roles import GrantEntry, GrantRoles, RevokeRole
from domain.subscriptions import EndSubscription, Subscribe
from projections.outbox import OUTBOX
from projections.outbox_questions import due_messages, items_at, pending, ready_lanes, told_to_wait
from tests import postgres
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Told:
    """A plant, and what its outbox says."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (OUTBOX,))

    def ask(self, name: str, **given: Any) -> list[dict[str, Any]]:
        return answer(self.projector, name, given)

    def now(self, question: Callable[..., Any], *given: Any) -> Any:
        self.projector.wait_for(self.plant.head(), (OUTBOX.name,))
        with self.projector.reader(OUTBOX.name) as (connection, tables):
            return question(connection, tables, *given)

    def listen(self, code: str, **given: Any) -> None:
        self.plant.give(FOUNDER, Subscribe(BODY, code, **{"channel": "board", **given}))

    def assign(self, duty: str, owed_by: str, owed_as: Any = "person") -> int:
        self.plant.give(CHECKER, AssignDuty(BODY, duty, f"do {duty}", owed_by, "2026-02-01", owed_as=owed_as))
        return self.plant.head()

    def outbox(self) -> list[tuple[str, str, int]]:
        rows = self.ask("notify-outbox", told=True)
        return [(row["recipient"], row["topic"], row["position"]) for row in rows]


@pytest.fixture(params=["sqlite", "postgres"])
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    made = Told("sqlite://" if request.param == "sqlite" else postgres.fresh_database("outbox"))
    yield made
    made.projector.close()


def test_what_a_person_owes_falls_to_that_person_with_what_it_is_about(told: Told) -> None:
    told.listen("S-1", person=ANSWERS)
    position = told.assign("D-1", ANSWERS)
    [row] = told.ask("notify-outbox")
    assert (row["recipient"], row["channel"], row["position"]) == (ANSWERS, "board", position)
    assert (row["topic"], row["kind"], row["code"], row["pace"]) == ("duty_raised", "duty", "D-1", "at_once")
    assert row["about"] == {
        "rule": "assigned",
        "title": "do D-1",
        "subject_kind": "body",
        "subject": BODY,
        "subject_title": "",
        "due": "2026-02-01",
    }


def test_nobody_hears_of_what_was_recorded_before_or_after_the_subscription(told: Told) -> None:
    told.assign("D-1", ANSWERS)
    told.listen("S-1", person=ANSWERS)
    heard = told.assign("D-2", ANSWERS)
    told.plant.give(FOUNDER, EndSubscription(BODY, "S-1"))
    told.assign("D-3", ANSWERS)
    assert told.outbox() == [(ANSWERS, "duty_raised", heard)]


def test_whoever_holds_the_role_on_the_day_is_told(told: Told) -> None:
    told.listen("S-1", role="team_lead")
    first = told.assign("D-1", "team_lead", "role")
    told.plant.now = at("2026-01-10")
    told.plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(WORKER, "team_lead", since="2026-01-12"),)))
    told.plant.give(FOUNDER, RevokeRole(BODY, ANSWERS, "team_lead", until="2026-01-12"))
    second = told.assign("D-2", "team_lead", "role")
    told.plant.now = at("2026-01-12", 0)
    third = told.assign("D-3", "team_lead", "role")
    assert told.outbox() == [
        (ANSWERS, "duty_raised", first),
        (ANSWERS, "duty_raised", second),
        (WORKER, "duty_raised", third),
    ]


def test_a_late_entry_is_told_to_whoever_holds_the_role_now(told: Told) -> None:
    told.listen("S-1", role="team_lead")
    told.plant.now = at("2026-01-20")
    told.plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(WORKER, "team_lead", since="2026-01-12"),)))
    told.plant.give(FOUNDER, RevokeRole(BODY, ANSWERS, "team_lead", until="2026-01-12"))
    entry = AssignDuty(BODY, "D-1", "do it", "team_lead", "2026-02-01", owed_as="role")
    told.plant.give(CHECKER, entry, at("2026-01-08"))
    assert told.outbox() == [(WORKER, "duty_raised", told.plant.head())]


def test_the_deputy_of_an_absent_person_is_told_too(told: Told) -> None:
    told.plant.give(FOUNDER, RegisterDepartment(BODY, "D", "Mine", "company"))
    told.plant.give(FOUNDER, RegisterPost(BODY, "G-1", "hoist", "D"))
    told.plant.give(CHECKER, AppointToPost(BODY, "G-1", ANSWERS))
    absence = RecordAbsence(BODY, "G-1", ANSWERS, WORKER, since="2026-01-06", until="2026-01-08")
    told.plant.give(CHECKER, absence)
    told.listen("S-1", person=ANSWERS)
    told.listen("S-2", person=WORKER)
    told.assign("D-1", ANSWERS)
    told.plant.now = at("2026-01-07")
    during = told.assign("D-2", ANSWERS)
    told.plant.now = at("2026-01-08")
    told.assign("D-3", ANSWERS)
    rows = told.ask("notify-outbox", recipient=WORKER)
    assert [(row["position"], row["instead_of"]) for row in rows] == [(during, ANSWERS)]
    assert len(told.ask("notify-outbox", recipient=ANSWERS)) == 3, "who is absent finds it on return"


def test_a_watcher_hears_of_everything_in_the_topics_and_another_only_of_what_is_theirs(told: Told) -> None:
    told.listen("S-1", person=LEAD, reach="everything", topics=("duty_raised",))
    told.listen("S-2", person=WORKER)
    position = told.assign("D-1", ANSWERS)
    assert told.outbox() == [(LEAD, "duty_raised", position)]


def test_two_subscriptions_to_one_lane_tell_once_and_the_quicker_counts(told: Told) -> None:
    told.listen("S-1", person=ANSWERS, pace="daily")
    told.listen("S-2", role="team_lead", pace="hourly")
    told.assign("D-1", ANSWERS)
    [row] = told.ask("notify-outbox")
    assert row["pace"] == "hourly"
    [lane] = told.now(ready_lanes)
    assert (lane["pending"], lane["pace"]) == (1, 1)


def test_what_falls_to_nobody_who_listens_is_counted(told: Told) -> None:
    first = told.assign("D-1", ANSWERS)
    last = told.assign("D-2", ANSWERS)
    vacant = told.assign("D-3", "principal", "role")
    rows = told.ask("notify-unheard")
    assert [(row["who"], row["topic"], row["count"]) for row in rows] == [
        (ANSWERS, "duty_raised", 2),
        ("principal", "duty_raised", 1),
    ]
    assert (rows[0]["first_position"], rows[0]["last_position"], rows[1]["position"]) == (first, last, vacant)


def test_a_message_takes_what_waits_and_leaves_what_comes_after(told: Told) -> None:
    told.listen("S-1", person=ANSWERS)
    one, two = told.assign("D-1", ANSWERS), told.assign("D-2", ANSWERS)
    lane = (BODY, ANSWERS, "board")
    assert [row["position"] for row in told.now(pending, lane, 0)] == [one, two]
    told.plant.give("clock", ComposeMessage(*lane, after=0, positions=(one, two)), auth="clock")
    three = told.assign("D-3", ANSWERS)
    assert [row["position"] for row in told.ask("notify-outbox")] == [three]
    assert told.now(ready_lanes) == [], "one message at a time"
    assert [row["position"] for row in told.now(items_at, lane, [one, two])] == [one, two]
    told.plant.give("clock", NoteDelivery(*lane, 1, 1, SHA, 10), auth="clock")
    [ready] = told.now(ready_lanes)
    assert (ready["through"], ready["pending"]) == (two, 1)
    [row] = told.ask("notify-lanes")
    assert (row["to_tell"], row["waiting"], row["delivered"], row["dead"]) == (1, 0, 1, 0)


def test_a_message_waits_for_its_next_attempt_dies_and_is_asked_for_again(told: Told) -> None:
    lane = (BODY, ANSWERS, "board")
    told.plant.give(FOUNDER, SendTestMessage(*lane))
    [due] = told.now(due_messages, told.plant.now)
    assert (due["number"], due["positions"], due["attempts"]) == (1, [], 0)
    told.plant.give("clock", NoteFailure(*lane, 1, 1, "throttled", 429, 600), auth="clock")
    assert told.now(due_messages, told.plant.now) == []
    assert told.now(told_to_wait, told.plant.now) == {"board": told.plant.now.replace("02:00", "02:10")}
    assert len(told.now(due_messages, told.plant.now.replace("02:00", "02:10"))) == 1
    told.plant.give("clock", NoteFailure(*lane, 1, 2, "gone_for_good", 410), auth="clock")
    [dead] = told.ask("notify-messages", step="dead")
    assert (dead["why"], dead["status"], dead["attempts"], dead["next_at"]) == ("gone_for_good", 410, 2, None)
    told.plant.give(CHECKER, RetryMessage(*lane, 1))
    [again] = told.now(due_messages, told.plant.now)
    assert again["message"] == dead["message"]


def test_subscriptions_are_listed_and_those_that_ended_when_asked(told: Told) -> None:
    told.listen("S-1", person=ANSWERS, topics=("duty_due", "change"))
    told.listen("S-2", role="team_lead")
    told.plant.give(FOUNDER, EndSubscription(BODY, "S-2", "left"))
    [row] = told.ask("notify-subscriptions")
    assert (row["code"], row["person"], row["topics"], row["ended_at"]) == (
        *("S-1", ANSWERS, ["duty_due", "change"]),
        None,
    )
    assert [one["code"] for one in told.ask("notify-subscriptions", ended=True)] == ["S-1", "S-2"]


def test_what_falls_to_whom_is_the_same_when_it_is_computed_again(told: Told) -> None:
    told.listen("S-1", role="team_lead", reach="everything")
    for number in range(3):
        told.assign(
            f"D-{number}", (ANSWERS, "team_lead", "principal")[number], ("person", "role", "role")[number]
        )
        told.ask("notify-lanes")
    again = Projector(told.plant.journal, open_views("sqlite://"), (OUTBOX,))
    try:
        for name in ("notify-outbox", "notify-unheard", "notify-lanes"):
            assert answer(again, name, {}) == told.ask(name)
        assert told.ask("notify-unheard") and told.ask("notify-outbox")
    finally:
        again.close()
