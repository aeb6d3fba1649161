"""Every event of an equipment system is found where it went, and what waits for a person is one list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.policies import run_policies
from adapters.positions import Positions
from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.equipment import MapEquipment, UnmapEquipment
from domain.equipment_events import ReceiveEquipmentEvent, SettleEquipmentEvent, event_code
from domain.equipment_types import Said
from domain.policies import POLICIES
from projections.equipment_events import (
    EQUIPMENT_EVENTS,
    equipment_events,
    equipment_mappings,
    equipment_unknown,
)
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, Plant, at

REPLACED = "cn.dualguard.change.equipment.replaced"
OWN = tuple(one for one in POLICIES if one.name == "equipment-event")


class Works:
    """A plant that received four events: two about one unknown code, one of another system's type, one of a unit."""

    def __init__(self, url: str) -> None:
        self.plant = plant = Plant().found()
        self.projector = Projector(plant.journal, open_views(url), [EQUIPMENT_EVENTS])
        plant.now = at("2026-06-01")
        self.receive("1", REPLACED, Said("P-101"))
        self.receive("2", REPLACED, Said("P-101"), time="2030-01-01T00:00:00Z")
        self.receive("3", "com.example.other", None)
        self.receive("4", "cn.dualguard.change.process.changed", Said(unit="U-1"))
        self.react()

    def receive(self, id_: str, type_: str, said: Said | None, time: str = "") -> None:
        self.plant.give(CHECKER, ReceiveEquipmentEvent(BODY, "urn:eam", id_, type_, time, "", said))

    def react(self) -> None:
        positions = Positions(self.projector.views.engine)
        run_policies(self.plant.engine, self.plant.journal, positions, OWN)

    def ask(self, question: Any, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(EQUIPMENT_EVENTS.name) as (connection, tables):
            return list(question(connection, tables, BODY, **asked))


@pytest.fixture(params=["sqlite", "postgres"])
def works(request: pytest.FixtureRequest) -> Iterator[Works]:
    made = Works("sqlite://" if request.param == "sqlite" else postgres.fresh_database("equipment"))
    yield made
    made.projector.close()


def test_unknown_codes_and_types_are_one_list_with_how_many_wait(works: Works) -> None:
    rows = [(row["why"], row["about"], row["count"]) for row in works.ask(equipment_unknown)]
    assert rows == [("unknown_equipment", "P-101", 2), ("unknown_type", "com.example.other", 1)]


@pytest.mark.clause("YT-24")
def test_when_the_code_is_mapped_its_events_go_on_and_only_the_foreign_one_waits(works: Works) -> None:
    works.plant.give(CHECKER, MapEquipment(BODY, "P-101", "U-1", "PRESS"))
    works.react()
    steps = {row["id"]: (row["step"], row["reports"]) for row in works.ask(equipment_events)}
    assert steps == {
        "1": ("gone_on", "key_equipment"),
        "2": ("gone_on", "key_equipment"),
        "3": ("waiting", None),
        "4": ("gone_on", "process"),
    }
    assert [row["about"] for row in works.ask(equipment_unknown)] == ["com.example.other"]
    [first] = [row for row in works.ask(equipment_events, equipment="P-101") if row["id"] == "1"]
    change = works.plant.journal.stream(f"change/{BODY}/{first['change']}")
    assert [one.kind for one in change] == ["change-reported.1"]


def test_a_failed_device_of_a_body_without_such_a_rule_is_placed_and_nothing_is_said_to_follow(
    works: Works,
) -> None:
    works.receive("5", "cn.dualguard.protective-device.failed", Said("P-101", alarm="E-STOP"))
    works.plant.give(CHECKER, MapEquipment(BODY, "P-101", "U-1", "PRESS"))
    works.react()
    [row] = [one for one in works.ask(equipment_events) if one["id"] == "5"]
    assert (row["step"], row["unit"], row["hazard"], row["change"]) == ("placed", "U-1", None, None)


def test_what_a_person_settles_leaves_the_list_and_keeps_the_reason(works: Works) -> None:
    settle = SettleEquipmentEvent(BODY, event_code("urn:eam", "3"), "nothing", "a test of theirs")
    works.plant.give(CHECKER, settle)
    [row] = [one for one in works.ask(equipment_events) if one["step"] == "settled"]
    assert (row["id"], row["reason"], row["change"]) == ("3", "a test of theirs", None)
    assert [one["id"] for one in works.ask(equipment_events, open_only=True)] == ["1", "2"]


def test_a_settled_event_does_not_go_on_when_its_code_is_mapped_later(works: Works) -> None:
    works.plant.give(CHECKER, SettleEquipmentEvent(BODY, event_code("urn:eam", "1"), "nothing", "not ours"))
    works.react()
    works.plant.give(CHECKER, MapEquipment(BODY, "P-101", "U-1"))
    works.react()
    steps = {row["id"]: row["step"] for row in works.ask(equipment_events, equipment="P-101")}
    assert steps == {"1": "settled", "2": "gone_on"}


def test_a_clock_that_is_ahead_is_shown(works: Works) -> None:
    assert [row["id"] for row in works.ask(equipment_events) if row["clock_ahead"]] == ["2"]


def test_mappings_are_those_that_hold_and_with_ever_all(works: Works) -> None:
    works.plant.give(CHECKER, MapEquipment(BODY, "P-101", "U-1"))
    works.plant.give(CHECKER, MapEquipment(BODY, "P-102", "U-1"))
    works.plant.give(CHECKER, UnmapEquipment(BODY, "P-101", "sold"))
    assert [row["equipment"] for row in works.ask(equipment_mappings)] == ["P-102"]
    assert [row["unit"] for row in works.ask(equipment_mappings, ever=True)] == ["U-1", None, "U-1"]
