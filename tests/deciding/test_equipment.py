"""Equipment of other systems: an event waits until its code is mapped, then what follows from it follows, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain.bodies import BODY as BODIES
from domain.equipment import (
    EQUIPMENT,
    DropWaiting,
    Equipment,
    EquipmentMapped,
    EquipmentUnmapped,
    EventPlaced,
    EventWaiting,
    MapEquipment,
    PassToEquipment,
    UnmapEquipment,
    WaitingDropped,
    key_of,
)
from domain.equipment_events import FEED_EVENT, SettleEquipmentEvent, event_code
from domain.equipment_policy import equipment_event
from domain.equipment_types import TYPES, Said
from domain.language import Command, Event, is_code
from domain.refused import (
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    OutOfTurn,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.rule_adoption import ADOPTED
from domain.units import UNITS, UnitRetired
from tests.deciding.given import BODY, Given, Known, at, example, given, happened
from tests.deciding.test_policies import record

CODE, UNIT = "P-101", "U-TS"
AT = "2026-01-20T00:00:00.000000Z"
MAPPED = EquipmentMapped(CODE, UNIT, "PRESS", None, None, "", AT)
MAP = MapEquipment(BODY, CODE, UNIT, "PRESS")
REPLACED = "cn.dualguard.change.equipment.replaced"
STARTED, ENDED = "cn.dualguard.maintenance.started", "cn.dualguard.maintenance.ended"
ALARM, DEVICE = "cn.dualguard.alarm.raised", "cn.dualguard.protective-device.failed"


def passed(event: str, type_: str = REPLACED, when: str = AT, **said: object) -> PassToEquipment:
    return PassToEquipment(BODY, CODE, event, type_, Said(CODE, **said), when)  # type: ignore[arg-type]  # fields by name


def waiting(event: str, type_: str = REPLACED, when: str = AT, **said: object) -> EventWaiting:
    one = passed(event, type_, when, **said)
    return EventWaiting(CODE, event, type_, one.said, when)


def placed(of: PassToEquipment, history: Given, at: str = "2026-02-02T08:00+08:00") -> EventPlaced:
    only = history.when(of, by="policy", at=at).only
    assert isinstance(only, EventPlaced)
    return only


# ------------------------------------------------------------------------------------------------ mapping


def test_an_event_about_an_unknown_code_waits() -> None:
    given().when(passed("e1"), by="policy").then(waiting("e1"))


def test_the_same_event_passed_again_waits_once() -> None:
    given(waiting("e1")).when(passed("e1"), by="policy").then()


@pytest.mark.clause("YT-24")
def test_when_the_code_is_mapped_what_waited_goes_on_in_the_order_in_which_it_happened() -> None:
    late, early = (
        waiting("late", when="2026-01-19T00:00:00.000000Z"),
        waiting("early", when="2026-01-02T00:00:00.000000Z"),
    )
    events = given(late, early).when(MAP).events
    assert [type(one) for one in events] == [EquipmentMapped, EventPlaced, EventPlaced]
    assert [one.event for one in events[1:]] == ["early", "late"]  # type: ignore[attr-defined]  # both are placed
    assert EQUIPMENT.evolve(folded(late, early, *events), WaitingDropped(CODE, "early")).waiting == ()


def folded(*events: Event) -> object:
    state = EQUIPMENT.initial
    for event in events:
        state = EQUIPMENT.evolve(state, event)
    return state


def test_a_mapping_needs_a_unit_in_use() -> None:
    given().when(replace(MAP, unit="U-NONE")).then(UnknownThing, code="U-NONE")
    units = (happened("unit-registered"), UnitRetired(UNIT, "gone", AT))
    given().knowing(UNITS, BODY, holds=units).when(MAP).then(Retired)


def test_the_same_mapping_again_is_refused_and_another_one_takes_its_place() -> None:
    given(MAPPED).when(MAP).then(AlreadySo)
    one = given(MAPPED).when(replace(MAP, tag=None)).only
    assert (one.was_unit, one.was_tag, one.tag) == (UNIT, "PRESS", None)


def test_an_unmapped_code_waits_again() -> None:
    unmap = UnmapEquipment(BODY, CODE, "sold")
    gone = given(MAPPED).when(unmap).only
    assert isinstance(gone, EquipmentUnmapped)
    given(MAPPED, gone).when(passed("e1"), by="policy").then(waiting("e1"))
    given().when(unmap).then(UnknownThing, code=CODE)
    given(MAPPED, gone).when(unmap, at="2026-02-03").then(UnknownThing)


def test_a_mapping_is_not_older_than_the_one_before() -> None:
    given(MAPPED).when(UnmapEquipment(BODY, CODE, "sold"), at="2026-01-19").then(BeforePredecessor)


def test_what_a_person_settled_waits_no_longer() -> None:
    drop = DropWaiting(BODY, CODE, "e1")
    given(waiting("e1")).when(drop, by="policy").then(WaitingDropped(CODE, "e1"))
    given(MAPPED).when(drop, by="policy").then()


@pytest.mark.parametrize("code", ["P-101", "TSJ-01/制动器", "a b", "x" * 200, "压机#1"])
def test_every_code_of_another_system_has_a_stream_of_its_own(code: str) -> None:
    assert is_code(key_of(code))
    assert (key_of(code) == code) == is_code(code)


# ------------------------------------------------------------------------------------------------ what follows


@pytest.mark.parametrize(
    ("type_", "kind"), [(name, one.kind) for name, one in TYPES.items() if one.part == "change"]
)
@pytest.mark.clause("YT-24", "NJ-072")
def test_a_change_of_a_mapped_equipment_is_reported(type_: str, kind: str) -> None:
    one = placed(passed("e" * 64, type_), given(MAPPED))
    assert (one.reports, one.change, one.ends, one.hazard) == (kind, f"feed-{'e' * 24}", "", "")
    [(_, report)] = equipment_event(record(one))
    scope = [(entry.kind, entry.code) for entry in report.scope]  # type: ignore[attr-defined]  # a report
    assert scope == [("unit", UNIT), ("equipment", "PRESS")]


@pytest.mark.clause("YT-24", "NJ-072")
def test_a_maintenance_that_ends_ends_its_change_and_is_a_restart() -> None:
    start = placed(passed("s" * 64, STARTED, order="WO-1"), given(MAPPED))
    assert start.reports == "maintenance"
    end = placed(passed("f" * 64, ENDED, order="WO-1"), given(MAPPED, start))
    assert (end.ends, end.reports) == (start.change, "restart")
    asked = [type(command).__name__ for _, command in equipment_event(record(end))]
    assert asked == ["EndChange", "ReportChange"]


def test_the_end_of_an_overhaul_leaves_its_restart_to_the_change_that_ends() -> None:
    kinds = ("cn.dualguard.overhaul.started", "cn.dualguard.overhaul.ended")
    start = placed(passed("s" * 64, kinds[0], order="WO-1"), given(MAPPED))
    end = placed(passed("f" * 64, kinds[1], order="WO-1"), given(MAPPED, start))
    assert (start.reports, end.ends, end.reports) == ("overhaul", start.change, "")


def test_an_end_without_its_beginning_is_a_restart_and_the_late_beginning_reports_nothing() -> None:
    end = placed(passed("f" * 64, ENDED, order="WO-1"), given(MAPPED))
    assert (end.ends, end.reports) == ("", "restart")
    start = placed(passed("s" * 64, STARTED, order="WO-1"), given(MAPPED, end))
    assert (start.reports, start.change) == ("", "")


def test_a_work_order_that_is_told_twice_is_one_change() -> None:
    start = placed(passed("s" * 64, STARTED, order="WO-1"), given(MAPPED))
    again = placed(passed("t" * 64, STARTED, order="WO-1"), given(MAPPED, start))
    other = placed(passed("u" * 64, STARTED, order="WO-2"), given(MAPPED, start))
    assert (again.reports, other.reports) == ("", "maintenance")
    end = placed(passed("f" * 64, ENDED, order="WO-1"), given(MAPPED, start))
    twice = placed(passed("g" * 64, ENDED, order="WO-1"), given(MAPPED, start, end))
    assert (twice.ends, twice.reports) == ("", "")


ORDERS = [
    passed("a" * 64),
    passed("b" * 64, when="2026-01-19T00:00:00.000000Z"),
    passed("s" * 64, STARTED, order="WO-1"),
    passed("f" * 64, ENDED, order="WO-1"),
    MAP,
]


@hypothesis_given(st.permutations(ORDERS), st.lists(st.sampled_from(ORDERS[:4]), max_size=3))
def test_in_whatever_order_and_however_often_events_and_mapping_come_each_event_is_placed_once(
    order: list[Command], again: list[Command]
) -> None:
    """A repetition reaches the equipment only while the event waits: after that its own stream knows it."""
    state = EQUIPMENT.initial
    placings: list[EventPlaced] = []
    for command in order:
        history = replace(given(), own=())
        events = decided(command, state, history)
        for repeated in again:
            if isinstance(command, PassToEquipment) and repeated is command and state.unit == "":
                after = state
                for event in events:
                    after = EQUIPMENT.evolve(after, event)
                assert decided(repeated, after, history) == []
        for event in events:
            state = EQUIPMENT.evolve(state, event)
        placings += [one for one in events if isinstance(one, EventPlaced)]
    assert sorted(one.event for one in placings) == sorted(one * 64 for one in "absf")
    assert state.waiting == ()
    assert sum(one.reports == "restart" for one in placings) == 1
    assert sum(one.reports == "key_equipment" for one in placings) == 2
    started = {one.change for one in placings if one.reports == "maintenance"}
    assert {one.ends for one in placings if one.ends} == started, "what was reported as begun is ended"


def decided(command: Command, state: Equipment, history: Given) -> list[Event]:
    """What the decider says to a command in a state."""
    facts = Known(history.others, "policy", None, at("2026-02-02"), "", "")
    return EQUIPMENT.decide(command, state, facts, history.rules)


def alarmed() -> Given:
    """A mapped code in a body that adopted the pack on alarms."""
    adopted = happened("rule-pack-adopted", pack="house-equipment-2026", version="1")
    return given(MAPPED).knowing(ADOPTED, BODY, holds=[adopted])


@pytest.mark.rule("equipment-alarms", "house-equipment-2026")
def test_an_alarm_opens_a_hazard_only_where_an_adopted_pack_says_so() -> None:
    critical = passed("a" * 64, ALARM, alarm="overpressure", severity="critical")
    assert placed(critical, given(MAPPED)).hazard == ""
    one = placed(critical, alarmed())
    assert one.hazard == f"feed-{'a' * 24}"
    assert one.citation is not None and one.citation.standing == "adopted; house rule"
    [(_, hazard)] = equipment_event(record(one))
    assert (hazard.unit, hazard.source) == (UNIT, "notice")  # type: ignore[attr-defined]  # a registration
    high = passed("b" * 64, ALARM, alarm="overpressure", severity="high")
    assert placed(high, alarmed()).hazard == ""


@pytest.mark.rule("equipment-alarms")
def test_a_failed_protective_device_counts_whatever_its_severity() -> None:
    for severity in (None, "low", "critical"):
        assert placed(passed("a" * 64, DEVICE, alarm="brake", severity=severity), alarmed()).hazard


@pytest.mark.rule("equipment-alarms")
def test_the_same_alarm_opens_one_hazard_in_the_days_of_the_rule() -> None:
    first = placed(passed("a" * 64, DEVICE, "2026-01-20T00:00:00.000000Z", alarm="brake"), alarmed())
    after = replace(alarmed(), own=(*alarmed().own, *given(first).own))
    for event, day, opens in (("b", "26", False), ("c", "27", True), ("d", "14", False), ("e", "13", True)):
        command = passed(event * 64, DEVICE, f"2026-01-{day}T00:00:00.000000Z", alarm="brake")
        assert bool(placed(command, after).hazard) == opens, day
    assert placed(passed("f" * 64, DEVICE, alarm="light curtain"), after).hazard


# ------------------------------------------------------------------------------------------------ receiving


def test_the_same_event_is_received_once_whatever_it_says_the_second_time() -> None:
    first = example("ReceiveEquipmentEvent")
    one = given().when(first).only
    given(one).when(first).then()
    given(one).when(replace(first, type="something.else", subject="other")).then()


def test_source_and_id_together_make_the_event() -> None:
    assert len({event_code(*one) for one in (("a", "bc"), ("ab", "c"), ("a", "b"), ('a","b', "c"))}) == 4


@pytest.mark.parametrize(
    ("type_", "said", "why"),
    [
        ("com.example.other", None, "unknown_type"),
        ("cn.dualguard.change.process.changed", Said(unit="U-NONE"), "unknown_scope"),
        ("cn.dualguard.change.organisation.changed", Said(post="GW-9"), "unknown_scope"),
        ("cn.dualguard.change.process.changed", Said(unit=UNIT), ""),
        ("cn.dualguard.change.material.changed", Said(material="M-1"), ""),
        (REPLACED, Said(CODE), ""),
    ],
)
def test_what_goes_nowhere_by_itself_is_kept_for_a_person(type_: str, said: Said | None, why: str) -> None:
    one = given().when(example("ReceiveEquipmentEvent", type=type_, said=said)).only
    assert one.why == why
    assert bool(equipment_event(record(one))) == (why == "")


def test_an_event_of_no_body_is_kept_and_goes_nowhere() -> None:
    one = (
        given()
        .when(example("ReceiveEquipmentEvent", body="*", type=REPLACED, said=Said(CODE)), by="feed")
        .only
    )
    assert one.why == "no_body"
    given().knowing(BODIES, BODY, holds=()).when(example("ReceiveEquipmentEvent")).then(UnknownThing)


def test_data_that_a_type_lacks_or_does_not_have_is_refused() -> None:
    given().when(example("ReceiveEquipmentEvent", type=STARTED, said=Said(CODE))).then(Incomplete)
    material = "cn.dualguard.change.material.changed"
    given().when(example("ReceiveEquipmentEvent", type=material, said=Said())).then(Incomplete)
    given().when(example("ReceiveEquipmentEvent", said=Said(CODE))).then(Unfit)


# ------------------------------------------------------------------------------------------------ settling

RECEIVED = happened("equipment-event-received")
SETTLE = example("SettleEquipmentEvent", scope=())
NOTHING = replace(SETTLE, verdict="nothing", kind=None)


def test_a_person_says_that_nothing_follows_and_that_stands() -> None:
    settled = given(RECEIVED).when(NOTHING).only
    assert equipment_event(record(settled)) == []
    given(RECEIVED, settled).when(NOTHING).then(OutOfTurn)


def test_a_person_who_makes_a_change_of_it_says_kind_and_scope() -> None:
    given(RECEIVED).when(SETTLE).then(Incomplete)
    given(RECEIVED).when(replace(SETTLE, kind=None)).then(Incomplete)
    given(RECEIVED).when(replace(NOTHING, kind="material")).then(Unfit)
    given().when(NOTHING).then(UnknownThing)


def test_what_goes_on_by_itself_is_not_settled_by_hand() -> None:
    known = given().when(example("ReceiveEquipmentEvent", type=REPLACED, said=Said(CODE))).only
    settle = SettleEquipmentEvent(BODY, known.event, "nothing", "not ours")
    mapped = given(known).knowing(EQUIPMENT, BODY, CODE, holds=[MAPPED])
    mapped.when(settle).then(OutOfTurn)
    waits = given(known).knowing(EQUIPMENT, BODY, CODE, holds=[waiting(known.event)])
    settled = waits.when(settle).only
    [(target, drop)] = equipment_event(record(settled, stream=f"{FEED_EVENT.name}/{BODY}/{known.event}"))
    assert (target, drop) == (CODE, DropWaiting(BODY, CODE, known.event))
