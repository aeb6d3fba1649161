"""A training is on record with its audience, topics, hours and what was read; contractors' people are trained too."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain.bodies import BODY as BODIES
from domain.documents import DOCUMENT, DocumentRegistered, DocumentVersionIssued
from domain.labels import Thing
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    Incomplete,
    InTheFuture,
    NotInPlace,
    NotPrincipal,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.trainings import Attendee, Audience, CardRead, DocumentRead, Read, Topic
from tests.deciding.given import BODY, Given, example, happened
from tests.deciding.organised import organised

WHAT = Thing("training", "PX-2026-01")
RULE = (
    DocumentRegistered("WJ-TSJ", "rule", "竖井提升机操作规程", "QSL-AQ-07"),
    DocumentVersionIssued("第3版", "2026-02-01", None, None, "", ""),
)


def prepared(*events: Any) -> Given:
    return organised(*events).knowing(DOCUMENT, BODY, "WJ-TSJ", holds=RULE)


def training(**changes: Any) -> Any:
    return example("RecordTraining", **{"day": "2026-02-02", **changes})


@pytest.mark.clause("NJ-003", "NJ-012")
def test_a_training_is_on_record_with_topics_audience_attendance_and_hours() -> None:
    prepared().when(training()).then(happened("training-recorded", day="2026-02-02"))


@pytest.mark.clause("NJ-012")
@pytest.mark.parametrize(
    ("person", "audience"),
    [
        ("P-PRINCIPAL", "main_responsible_person"),
        ("P-WORKSHOP", "manager"),
        ("P-WORKER", "employee"),
        ("P-CONTRACTOR", "contractor_manager"),
        ("P-DRILLER", "contractor_worker"),
    ],
)
def test_every_audience_is_trained_contractors_included(person: str, audience: Any) -> None:
    assert audience in get_args(Audience)
    decided = prepared().when(training(attendees=(Attendee(person, audience),)))
    assert [(one.person, one.audience) for one in decided.only.attendees] == [(person, audience)]


@pytest.mark.clause("NJ-003", "NJ-012")
@pytest.mark.parametrize("topic", get_args(Topic))
def test_each_topic_can_be_taught_alone(topic: str) -> None:
    assert prepared().when(training(topics=(topic,))).only.topics == (topic,)


@pytest.mark.clause("NJ-053")
def test_it_cites_the_version_of_the_card_and_of_the_document_that_was_read() -> None:
    read = prepared().when(training()).only.read
    assert read == (Read("document", "WJ-TSJ", "第3版"), Read("card", "GW-TS", "2026-03"))


def test_a_training_without_topics_or_without_anybody_is_refused() -> None:
    prepared().when(training(topics=(), attendees=())).then(
        Incomplete, what=WHAT, missing=["topics", "attendees"]
    )


def test_a_training_that_is_still_to_come_is_not_on_record() -> None:
    prepared().when(training(day="2026-02-03")).then(InTheFuture, at="2026-02-03", now="2026-02-02")


@pytest.mark.parametrize("hours", ["0", "-1", "24.5", "25"])
def test_hours_are_more_than_none_and_no_more_than_a_day_has(hours: str) -> None:
    prepared().when(training(hours=hours)).then(Unfit, given=hours, what="hours")


def test_hours_are_kept_as_they_were_given() -> None:
    assert prepared().when(training(hours="3.50")).only.hours == "3.50"


def test_everybody_is_on_the_roll_and_there_once() -> None:
    prepared().when(training(attendees=(Attendee("P-GHOST", "employee"),))).then(
        UnknownPerson, person="P-GHOST"
    )
    twice = (Attendee("P-TEAM", "employee"), Attendee("P-TEAM", "manager"))
    prepared().when(training(attendees=twice)).then(AlreadyHeld, what=WHAT, person="P-TEAM")
    prepared().when(training(trainer="P-GHOST")).then(UnknownPerson, person="P-GHOST")


def test_a_contractor_s_worker_is_no_employee_and_the_other_way_round() -> None:
    prepared().when(training(attendees=(Attendee("P-DRILLER", "employee"),))).then(
        Unfit, given="employee", what="P-DRILLER", allowed=["contractor_manager", "contractor_worker"]
    )
    prepared().when(training(attendees=(Attendee("P-TEAM", "contractor_worker"),))).then(Unfit, what="P-TEAM")
    prepared().when(training(attendees=(Attendee("P-EXPERT", "employee"),))).then(Unfit, allowed=["—"])


def test_the_main_responsible_person_was_that_on_the_day() -> None:
    other = (Attendee("P-DEPUTY", "main_responsible_person"),)
    prepared().when(training(attendees=other)).then(NotPrincipal, person="P-DEPUTY", day="2026-02-02")
    head = (Attendee("P-PRINCIPAL", "main_responsible_person"),)
    prepared().when(training(attendees=head, day="2026-01-04", documents=(), cards=())).then(
        NotPrincipal, day="2026-01-04"
    )


def test_nobody_read_what_was_not_there() -> None:
    prepared().when(training(documents=(DocumentRead("WJ-X", "1"),))).then(UnknownThing, kind="document")
    prepared().when(training(documents=(DocumentRead("WJ-TSJ", "第4版"),))).then(
        UnknownThing, kind="document_version", code="WJ-TSJ 第4版"
    )
    prepared().when(training(day="2026-01-31")).then(NotInPlace, day="2026-01-31")
    prepared().when(training(cards=(CardRead("GW-X", "1"),))).then(UnknownThing, kind="post", code="GW-X")


def test_a_training_is_recorded_once_in_a_body_that_is_registered() -> None:
    prepared(happened("training-recorded")).when(training()).then(AlreadyRegistered, kind="training")
    prepared().knowing(BODIES, BODY, holds=[]).when(training()).then(UnknownThing, kind="body")
