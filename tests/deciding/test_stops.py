"""A risk out of control stops the unit at once and without approval; another person releases it, and says why."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain.access import TABLE
from domain.labels import Thing
from domain.refused import (
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    NotIndependent,
    OutOfTurn,
    StopInForce,
    UnknownThing,
)
from domain.risks import RISK
from domain.roles import Role
from domain.stops import (
    STOP,
    CloseZone,
    RecordEvacuation,
    ReleaseStop,
    StopReleased,
    StopUnit,
    UnitEvacuated,
    UnitStopped,
    ZoneClosed,
    need_not_stopped,
)
from domain.units import UNITS, UnitMoved, UnitRegistered, UnitRetired
from tests.deciding.given import BODY, MINE, NOW, Known, at, example, given, happened, stream_name

UNIT = "U-TS"
BEGAN = at("2026-02-01")
STOPPED = UnitStopped(1, "out of control", None, None, None, BEGAN, ("P-WORKER",))
SECOND = UnitStopped(2, "something else", None, None, None, at("2026-02-01T09:00+08:00"), ("P-TEAM",))
RELEASED = StopReleased(1, "repaired", None, None, at("2026-02-01T12:00+08:00"), ("P-SAFETY",))
CLEARED = (UnitEvacuated(1, "14 people"), ZoneClosed(1, "20 m"))
WHAT = Thing("stop", "U-TS/1")


# --- stopping


@pytest.mark.clause("YT-21b")
def test_whoever_sees_it_stops_the_unit_at_once() -> None:
    given().when(StopUnit(BODY, UNIT, "out of control"), by="P-WORKER").then(
        UnitStopped(1, "out of control", None, None, None, at(NOW), ("P-WORKER",))
    )


@pytest.mark.clause("YT-21b")
@pytest.mark.parametrize("command", [StopUnit, RecordEvacuation, CloseZone])
def test_anybody_with_a_role_may_do_it(command: Any) -> None:
    assert set(TABLE[command]) == set(get_args(Role))


@pytest.mark.clause("YT-21b")
def test_people_and_zone_are_recorded_at_once() -> None:
    given().when(StopUnit(BODY, UNIT, "out", evacuated="14 people", zone="20 m"), by="P-TEAM").then(
        UnitStopped(1, "out", None, None, None, at(NOW), ("P-TEAM",)),
        UnitEvacuated(1, "14 people"),
        ZoneClosed(1, "20 m"),
    )


@pytest.mark.clause("YT-21b")
def test_or_later() -> None:
    given(STOPPED).when(RecordEvacuation(BODY, UNIT, "14 people")).then(UnitEvacuated(1, "14 people"))
    given(STOPPED).when(CloseZone(BODY, UNIT, "20 m")).then(ZoneClosed(1, "20 m"))


def test_but_once() -> None:
    given(STOPPED, UnitEvacuated(1, "x")).when(RecordEvacuation(BODY, UNIT, "y")).then(AlreadySo, what=WHAT)
    given(STOPPED, ZoneClosed(1, "x")).when(CloseZone(BODY, UNIT, "y")).then(AlreadySo, what=WHAT)


def test_what_the_register_said_of_the_risk_is_kept_and_never_a_reason_to_refuse() -> None:
    """The one on the spot knows better than the register; whether it was right to stop is looked at afterwards."""
    assessed = [happened("risk-identified"), happened("risk-assessed", level="low")]
    stop = StopUnit(BODY, UNIT, "out", "R-0001")
    assert given().when(stop).only.level is None
    assert given().knowing(RISK, BODY, "R-0001", holds=assessed).when(stop).only.level == "low"


def test_a_risk_that_is_named_is_there() -> None:
    given().when(StopUnit(BODY, UNIT, "out", "R-9999")).then(UnknownThing, kind="risk", code="R-9999")


@pytest.mark.parametrize("command", ["StopUnit", "RecordEvacuation", "CloseZone", "ReleaseStop"])
def test_a_unit_that_is_not_there_is_not_stopped(command: str) -> None:
    given(STOPPED).when(example(command, unit="U-NONE")).then(UnknownThing, kind="unit", code="U-NONE")


def test_a_retired_unit_can_be_stopped() -> None:
    tree = [happened("unit-registered"), UnitRetired(UNIT, "old", BEGAN)]
    given().knowing(UNITS, BODY, holds=tree).when(StopUnit(BODY, UNIT, "it moves")).accepted()


def test_a_second_stop_stands_beside_the_first() -> None:
    assert given(STOPPED).when(StopUnit(BODY, UNIT, "another reason")).only.stop == 2


# --- releasing


@pytest.mark.clause("YT-21b")
def test_another_person_releases_it_with_what_made_it_safe() -> None:
    given(STOPPED, *CLEARED).when(ReleaseStop(BODY, UNIT, "repaired")).then(
        StopReleased(1, "repaired", None, None, at(NOW), ("P-SAFETY",))
    )


@pytest.mark.clause("YT-21b")
def test_it_stands_until_somebody_recorded_that_people_left_and_the_zone_was_closed() -> None:
    release = ReleaseStop(BODY, UNIT, "repaired")
    given(STOPPED).when(release).then(Incomplete, what=WHAT, missing=["evacuated", "zone"])
    given(STOPPED, CLEARED[0]).when(release).then(Incomplete, missing=["zone"])
    given(STOPPED, CLEARED[1]).when(release).then(Incomplete, missing=["evacuated"])


@pytest.mark.clause("YT-21b")
def test_who_stopped_does_not_release() -> None:
    given(STOPPED).when(ReleaseStop(BODY, UNIT, "repaired"), by="P-WORKER").then(
        NotIndependent, person="P-WORKER", part="stopper", what=WHAT, command="ReleaseStop"
    )


def test_nor_does_anybody_on_behalf_of_who_stopped() -> None:
    release = ReleaseStop(BODY, UNIT, "repaired")
    given(STOPPED).when(release, on_behalf_of="P-WORKER").then(NotIndependent, person="P-WORKER")
    on_behalf = UnitStopped(1, "out", None, None, None, BEGAN, ("P-WORKER", "P-SAFETY"))
    given(on_behalf).when(release).then(NotIndependent, person="P-SAFETY")


def test_a_stop_is_released_once() -> None:
    given(STOPPED, RELEASED).when(ReleaseStop(BODY, UNIT, "again", 1)).then(OutOfTurn, step="stop_released")
    given(STOPPED, RELEASED).when(ReleaseStop(BODY, UNIT, "again", 1), at="2026-02-01T11:00+08:00").then(
        AlreadySo
    )
    given(STOPPED, RELEASED).when(ReleaseStop(BODY, UNIT, "again")).then(UnknownThing, kind="stop")


def test_nothing_of_a_stop_lies_before_it() -> None:
    for command in (
        ReleaseStop(BODY, UNIT, "r"),
        CloseZone(BODY, UNIT, "z"),
        RecordEvacuation(BODY, UNIT, "e"),
    ):
        given(STOPPED).when(command, at="2026-01-31").then(BeforePredecessor, what=WHAT, previous=BEGAN)


def test_what_was_done_before_the_release_may_be_recorded_after_it() -> None:
    evacuated = RecordEvacuation(BODY, UNIT, "14 people", 1)
    given(STOPPED, RELEASED).when(evacuated, at="2026-02-01T08:10+08:00").accepted()
    given(STOPPED, RELEASED).when(evacuated).then(OutOfTurn)


def test_of_several_stops_the_one_that_is_meant_is_named() -> None:
    release = ReleaseStop(BODY, UNIT, "repaired")
    given(STOPPED, SECOND).when(release).then(Incomplete, what=Thing("unit", UNIT), missing=["stop"])
    cleared = (UnitEvacuated(2, "14 people"), ZoneClosed(2, "20 m"))
    given(STOPPED, SECOND, RELEASED, *cleared).when(release).then(
        StopReleased(2, "repaired", None, None, at(NOW), ("P-SAFETY",))
    )
    given(STOPPED, SECOND).when(ReleaseStop(BODY, UNIT, "repaired", 3)).then(UnknownThing, code="U-TS/3")


def test_where_nothing_is_stopped_nothing_is_released() -> None:
    given().when(ReleaseStop(BODY, UNIT, "repaired")).then(UnknownThing, kind="stop", code=UNIT)


# --- what others ask


TREE = (
    happened("unit-registered"),
    UnitRegistered("U-1", "room", "sub", UNIT, 2),
    UnitRegistered("U-1-1", "desk", "post", "U-1", 3),
    UnitRegistered("U-2", "yard", "sub", None, 1),
)


def facts(when: str, tree: tuple[Any, ...] = TREE, **stops: tuple[Any, ...]) -> Known:
    streams = {**MINE, stream_name(UNITS.name, BODY): tree}
    streams |= {stream_name(STOP.name, BODY, unit.replace("_", "-")): told for unit, told in stops.items()}
    return Known(streams, "P-TEAM", None, at(when), "", "")


@pytest.mark.clause("YT-21b")
@pytest.mark.parametrize("unit", [UNIT, "U-1", "U-1-1"])
def test_a_stop_stops_the_unit_and_everything_below_it(unit: str) -> None:
    with pytest.raises(StopInForce) as caught:
        need_not_stopped(facts("2026-02-02", U_TS=(STOPPED,)), BODY, unit)
    assert caught.value.values == {"what": Thing("unit", unit), "stop": WHAT, "since": BEGAN}


def test_and_nothing_beside_or_above_it() -> None:
    known = facts("2026-02-02", U_1=(STOPPED,))
    need_not_stopped(known, BODY, "U-2")
    need_not_stopped(known, BODY, UNIT)


def test_a_stop_counts_from_its_moment_until_its_release() -> None:
    told = (STOPPED, RELEASED)
    need_not_stopped(facts("2026-01-31", U_TS=told), BODY, "U-1")
    need_not_stopped(facts("2026-02-01T12:00+08:00", U_TS=told), BODY, "U-1")
    for moment in ("2026-02-01", "2026-02-01T11:59+08:00"):
        with pytest.raises(StopInForce):
            need_not_stopped(facts(moment, U_TS=told), BODY, "U-1")


def test_as_long_as_one_of_two_stops_is_in_force_the_unit_is_stopped() -> None:
    with pytest.raises(StopInForce) as caught:
        need_not_stopped(facts("2026-02-02", U_TS=(STOPPED, SECOND, RELEASED)), BODY, UNIT)
    assert caught.value.values["stop"] == Thing("stop", "U-TS/2")


def test_a_unit_that_moved_is_stopped_with_what_it_stands_under_now() -> None:
    tree = (*TREE, UnitMoved("U-1", UNIT, "U-2", "", BEGAN))
    need_not_stopped(facts("2026-02-02", tree, U_TS=(STOPPED,)), BODY, "U-1-1")
    with pytest.raises(StopInForce):
        need_not_stopped(facts("2026-02-02", tree, U_2=(STOPPED,)), BODY, "U-1-1")
