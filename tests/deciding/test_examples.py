"""The canonical examples are whole, are accepted in their order on an empty file, and leave it ready for more."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from adapters.border import model, read_command
from domain.examples import COMMAND_EXAMPLES, EVENT_EXAMPLES, MACHINE_EXAMPLES
from domain.index import COMMANDS, EVENTS, MACHINE_COMMANDS
from domain.language import Event
from domain.policies import POLICIES
from domain.records import Record
from tests.deciding.given import as_stored, at, example
from tests.deciding.office import Office, desk, kinds, order

NAMES = [str(line["command"]) for line in COMMAND_EXAMPLES]


def recorded() -> list[Record]:
    office = Office()
    engine = office.until(NAMES[-1])
    return desk(engine).records(limit=1000)


# --- whole


def test_every_command_that_people_give_has_exactly_one_example() -> None:
    assert sorted(NAMES) == sorted(COMMANDS)


def test_every_event_has_exactly_one_example_under_its_kind() -> None:
    assert set(EVENT_EXAMPLES) == set(EVENTS)
    for kind, event in EVENT_EXAMPLES.items():
        assert type(event) is EVENTS[kind]


def test_every_machine_command_has_exactly_one_example() -> None:
    assert set(MACHINE_EXAMPLES) == set(MACHINE_COMMANDS)


@pytest.mark.parametrize("line", COMMAND_EXAMPLES, ids=NAMES)
def test_an_example_is_a_whole_line_of_a_batch(line: dict[str, Any]) -> None:
    assert list(line) == ["command", "by", "at", "id", "data"]
    assert line["at"].endswith("+08:00")
    assert at("2026-01-01") <= at(line["at"]) < at("2026-04-01")
    assert json.loads(json.dumps(line)) == line, "it is plain JSON"


def test_the_ids_say_what_they_are_examples_of() -> None:
    ids = [str(line["id"]) for line in COMMAND_EXAMPLES]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "example-register-body"
    assert all(one.startswith("example-") for one in ids)


@pytest.mark.parametrize("name", MACHINE_COMMANDS)
def test_an_example_of_a_machine_command_is_readable(name: str) -> None:
    assert type(read_command(name, MACHINE_EXAMPLES[name], machine=True)) is MACHINE_COMMANDS[name]


@pytest.mark.parametrize("kind", EVENTS)
def test_an_example_of_an_event_is_stored_and_read_back_as_it_was(kind: str) -> None:
    assert as_stored(EVENT_EXAMPLES[kind]) == EVENT_EXAMPLES[kind]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_shows_every_field_that_must_be_given(name: str) -> None:
    [line] = [one for one in COMMAND_EXAMPLES if one["command"] == name]
    required = {key for key, field in model(COMMANDS[name]).model_fields.items() if field.is_required()}
    assert required <= set(line["data"])


def test_examples_hold_no_name_of_a_person() -> None:
    text = json.dumps([*COMMAND_EXAMPLES, MACHINE_EXAMPLES], ensure_ascii=False)
    people = {entry.person for entry in example("RegisterPeople").people}
    assert all(person.startswith("P-") for person in people)
    assert all(str(line["by"]) in people for line in COMMAND_EXAMPLES)
    assert "@" not in text


# --- accepted


def test_all_are_accepted_in_order_on_an_empty_file() -> None:
    office = Office()
    engine = office.engine()
    for name in NAMES:
        assert engine.submit(order(name)).records, name


def test_given_again_they_get_the_same_answers_and_no_record_is_added() -> None:
    office = Office()
    first = [office.engine().submit(order(name)) for name in NAMES]
    size = office.size
    engine = office.engine()
    again = [engine.submit(order(name)) for name in NAMES]
    assert [one.records for one in again] == [one.records for one in first]
    assert all(one.repeated for one in again)
    assert office.size == size


def test_afterwards_further_hazards_are_registered_under_other_codes() -> None:
    office = Office()
    engine = office.until(NAMES[-1])
    for number in (2, 3, 4):
        answer = engine.submit(order("RegisterHazard", id=f"more-{number}", hazard=f"YH-{number:04}"))
        assert kinds(answer) == ["hazard-registered.1"]
        assert answer.records[0].stream == f"hazard/KS-01/YH-{number:04}"


def test_a_further_hazard_goes_through_its_whole_loop_by_the_same_people() -> None:
    office = Office()
    engine = office.until(NAMES[-1])
    lines = COMMAND_EXAMPLES[NAMES.index("RegisterHazard") : NAMES.index("ReopenHazard") + 1]
    loop = [str(line["command"]) for line in lines if line["data"].get("hazard") == "YH-0001"]
    assert len(loop) >= 10
    for name in loop:
        assert engine.submit(order(name, id=f"second-{name}", hazard="YH-0002")).records, name


def test_independent_people_appear_in_them() -> None:
    by = {str(line["command"]): line["by"] for line in COMMAND_EXAMPLES}
    assert by["VerifyRectification"] not in (by["CompleteRectification"], "P-WORKER", by["AskExtension"])
    assert by["DecideExtension"] != by["AskExtension"]
    assert len(set(by.values())) >= 6


# --- one story


def test_the_example_of_an_event_is_what_the_example_of_its_command_records() -> None:
    found: dict[str, list[Event]] = {}
    for record in recorded():
        found.setdefault(record.kind, []).append(record.event)
    for kind, events in found.items():
        assert EVENT_EXAMPLES[kind] in events, kind
    untold = set(EVENTS) - set(found)
    assert {
        kind
        for kind in untold
        if not kind.startswith(
            ("duty-", "clock-", "policy-", "practice-", "warning-", "episode-", "risk-uplift")
        )
    } == {
        "extension-refused.1",
        "lowering-rejected.1",
        "rectification-rejected.1",
        "inspection-missed.1",
        "filing-returned.1",
        "control-failed.1",
        "renewals-set.1",
        "renewals-ended.1",
        "reassessment-proposed.1",
        "fix-rejected.1",
        "not-hazard-confirmed.1",
        "risk-control-regained.1",
        "feed-stale.1",
        "feed-returned.1",
        "change-resolved.1",
        "change-risk-settled.1",
        "equipment-event-waiting.1",
        "equipment-event-placed.1",
        "equipment-waiting-dropped.1",
        "message-delivered.1",
        "delivery-failed.1",
        "message-dead.1",
        "monitoring-reading-owed.1",
        "monitoring-warning-ended.1",
    }


def test_the_example_of_a_duty_s_command_is_what_the_policy_asks_for() -> None:
    asked: dict[str, list[dict[str, Any]]] = {}
    for record in recorded():
        for policy in POLICIES:
            for _, command in policy.react(record):
                asked.setdefault(type(command).__name__, []).append(asdict(command))
    assert {"RaiseDuty", "ExtendDuty", "AnswerDuty"} <= set(asked)
    for name in set(asked) & set(MACHINE_EXAMPLES):
        assert asdict(read_command(name, MACHINE_EXAMPLES[name], machine=True)) in asked[name]
