"""Policies carry what happened in one stream to another, under ids that are the same whenever they run."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from typing import Any

import pytest

from domain.duties import AnswerDuty, ExtendDuty, RaiseDuty, ResumeDuty
from domain.equipment_types import Said
from domain.index import EVENTS
from domain.language import Command, Event
from domain.policies import NAMESPACE, POLICIES, command_id
from domain.records import Record
from domain.work_state import ToTell
from tests.deciding.given import BODY, example, happened

CODE = "rectification.YH-0001.1"
POLICY = next(one for one in POLICIES if one.name == "rectification-deadline")
ANSWERING: dict[str, dict[str, object]] = {
    kind: {"duties": ("major-risk-report.KS-01.2026-02",)}
    for kind in ("report-submitted.1", "report-returned.1")
}
ANSWERING["stop-released.1"] = {"declaration": 1}
ANSWERING["change-ended.1"] = {"kind": "overhaul"}
ANSWERING["change-closed.1"] = {"left": ("R-0001",)}
ANSWERING["equipment-event-received.1"] = {"why": "", "said": Said("P-101")}
ANSWERING["work-declared.1"] = {"affects": ("ZB-CUN",)}
ANSWERING["work-moved.1"] = {"again": (ToTell("ZB-CUN", 2),)}
ANSWERING["work-ended.1"] = {"dropped": (ToTell("ZB-CUN", 1),)}
ANSWERING["monitoring-declared.1"] = {"plan_by": "2026-01-19"}
ANSWERING["monitoring-ended.1"] = {"owed_first": "2026-01-12"}
ANSWERING["hazard-registered.1"] = {"control": "C-01"}
"""What an example must say besides, so that a policy reacts: no rule obliges the example mine to report."""


def record(event: Event, position: int = 14, **changes: Any) -> Record:
    plain = Record(
        position,
        f"hazard/{BODY}/YH-0001",
        3,
        event.KIND,
        BODY,
        "P-WORKSHOP",
        "os-local",
        "2026-01-20T08:00:00.000000Z",
        "2026-01-20T08:00:01.000000Z",
        "a-command",
        event,
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("rectification-planned", RaiseDuty),
        ("extension-approved", ExtendDuty),
        ("rectification-completed", AnswerDuty),
        ("rectification-rejected", ResumeDuty),
    ],
)
def test_the_duty_follows_the_rectification(kind: str, command: type[Command]) -> None:
    asked = example(command.__name__)
    if isinstance(asked, AnswerDuty):
        asked = replace(asked, recorded_on="2026-01-20")
    assert POLICY.react(record(happened(kind))) == [(CODE, asked)]


def test_a_policy_listens_to_just_the_kinds_to_which_it_reacts() -> None:
    for policy in POLICIES:
        shown = {kind: happened(kind.removesuffix(".1"), **ANSWERING.get(kind, {})) for kind in EVENTS}
        reacts = {kind for kind, event in shown.items() if any(policy.react(one) for one in variants(event))}
        assert reacts == set(policy.kinds)


def variants(event: Any) -> list[Record]:
    """The example of an event, and the same in other places or for other ends, where a policy asks for that."""
    found = [record(event), record(event, stream=f"duty/{BODY}/round.JC-1")]
    found.append(record(event, stream=f"duty/{BODY}/monitor.R-0001.20260112"))
    if event.KIND in ("change-resolved.1", "change-risks-taken.1", "change-ended.1"):
        found.append(record(replace(event, kind="extreme_weather")))
    if getattr(event, "plan", None) is not None and hasattr(event.plan, "series"):
        found.append(record(replace(event, plan=replace(event.plan, series=True))))
    return found


def test_each_opening_of_a_hazard_has_a_duty_of_its_own() -> None:
    [(first, _)] = POLICY.react(record(happened("rectification-planned")))
    [(second, raised)] = POLICY.react(record(happened("rectification-planned", opening=2)))
    assert first != second == "rectification.YH-0001.2"
    assert raised.duty == second


def test_the_one_who_rectified_answers_the_duty_not_the_one_who_reported() -> None:
    [(_, answer)] = POLICY.react(record(happened("rectification-completed", rectified_by=("P-A", "P-B"))))
    assert answer.answered_by == "P-A"


def test_the_id_is_a_name_based_uuid_of_policy_position_and_target() -> None:
    given_id = command_id(POLICY.name, 14, CODE)
    assert given_id == str(uuid.uuid5(NAMESPACE, f"rectification-deadline\n14\n{CODE}"))
    assert uuid.UUID(given_id).version == 5


def test_the_id_is_the_same_for_ever() -> None:
    """Written out: a policy that gave other ids tomorrow would do everything a second time."""
    assert command_id("rectification-deadline", 14, CODE) == "df3c4c21-2297-51df-80e3-8b361f46cdc1"


def test_another_policy_position_or_target_has_another_id() -> None:
    ids = {
        command_id(policy, position, target)
        for policy in ("rectification-deadline", "other")
        for position in (14, 15, 141)
        for target in (CODE, "rectification.YH-0002.1", "1")
    }
    assert len(ids) == 18


@pytest.mark.parametrize("kind", POLICY.kinds)
def test_nothing_of_now_or_of_the_position_is_in_what_a_policy_asks_for(kind: str) -> None:
    """Of the cause's own times, only the day on which an act was recorded goes on: a late policy makes nobody late."""
    event = happened(kind.removesuffix(".1"))
    later = record(
        event,
        position=999,
        version=77,
        recorded_at="2026-01-20T15:59:59.000000Z",
        happened_at="2027-12-31T00:00:00.000000Z",
        command_id="another",
    )
    assert POLICY.react(later) == POLICY.react(record(event))


@pytest.mark.parametrize("kind", POLICY.kinds)
def test_what_a_policy_asks_for_is_plain_data(kind: str) -> None:
    for _, command in POLICY.react(record(happened(kind.removesuffix(".1")))):
        for value in asdict(command).values():
            assert isinstance(value, str | bool | tuple | dict | None), value


def test_the_names_of_policies_are_unique() -> None:
    assert len({policy.name for policy in POLICIES}) == len(POLICIES)
