"""An abnormal condition or temporary work holds the post: analysed on the spot, and released once measures stand."""

from __future__ import annotations

from typing import Any

import pytest

from domain.holds import (
    HOLD,
    CountermeasureImplemented,
    CountermeasureSet,
    HoldOpened,
    HoldReleased,
    ImplementCountermeasure,
    OpenHold,
    ReleaseHold,
    SetCountermeasure,
    need_not_held,
    need_work_allowed,
)
from domain.labels import Thing
from domain.refused import (
    AlreadySo,
    BeforePredecessor,
    HoldOpen,
    Incomplete,
    OutOfTurn,
    Retired,
    StopInForce,
    UnknownThing,
)
from domain.stops import STOP, StopReleased, UnitStopped
from domain.units import UNITS, UnitRegistered, UnitRetired
from tests.deciding.given import BODY, MINE, NOW, Known, at, example, given, happened, stream_name

UNIT = "U-TS"
BEGAN = at("2026-02-01")
OPENED = HoldOpened(1, "abnormal_condition", "noise", "bearing", BEGAN)
SET = CountermeasureSet(1, 1, "new bearing")
DONE = CountermeasureImplemented(1, 1, at("2026-02-01T10:00+08:00"))
RELEASED = HoldReleased(1, "", at("2026-02-01T11:00+08:00"))
WHAT = Thing("hold", "U-TS/1")
STOPPED = UnitStopped(1, "out of control", None, None, None, BEGAN, ("P-WORKER",))


@pytest.mark.clause("NJ-049")
@pytest.mark.parametrize("kind", ["abnormal_condition", "temporary_activity"])
def test_a_hold_says_what_is_abnormal_and_what_the_analysis_on_site_found(kind: Any) -> None:
    given().when(OpenHold(BODY, UNIT, kind, "noise", "bearing"), by="P-WORKER").then(
        HoldOpened(1, kind, "noise", "bearing", at(NOW))
    )


def test_a_second_hold_stands_beside_the_first() -> None:
    assert given(OPENED).when(OpenHold(BODY, UNIT, "temporary_activity", "welding", "sparks")).only.hold == 2


def test_a_hold_is_opened_at_a_unit_that_is_there_and_in_use() -> None:
    given().when(example("OpenHold", unit="U-NONE")).then(UnknownThing, kind="unit")
    tree = [happened("unit-registered"), UnitRetired(UNIT, "old", BEGAN)]
    given().knowing(UNITS, BODY, holds=tree).when(example("OpenHold", unit=UNIT)).then(Retired)
    released = given(OPENED, SET, DONE).knowing(UNITS, BODY, holds=tree).when(ReleaseHold(BODY, UNIT))
    released.accepted()


# --- countermeasures


@pytest.mark.clause("NJ-049")
def test_a_countermeasure_is_decided_and_later_in_place() -> None:
    given(OPENED).when(SetCountermeasure(BODY, UNIT, "new bearing")).then(SET)
    given(OPENED, SET).when(ImplementCountermeasure(BODY, UNIT, 1)).then(
        CountermeasureImplemented(1, 1, at(NOW))
    )


@pytest.mark.clause("NJ-049")
def test_or_in_place_at_once() -> None:
    given(OPENED, SET).when(SetCountermeasure(BODY, UNIT, "guard", "in_place")).then(
        CountermeasureSet(1, 2, "guard"), CountermeasureImplemented(1, 2, at(NOW))
    )


def test_a_countermeasure_is_there_and_put_in_place_once() -> None:
    for number in (0, 2, -1):
        given(OPENED, SET).when(ImplementCountermeasure(BODY, UNIT, number)).then(
            UnknownThing, kind="countermeasure", code=f"U-TS/1/{number}"
        )
    given(OPENED, SET, DONE).when(ImplementCountermeasure(BODY, UNIT, 1)).then(AlreadySo)


# --- releasing


@pytest.mark.clause("NJ-049")
def test_a_hold_is_released_once_every_measure_is_in_place() -> None:
    given(OPENED, SET, DONE).when(ReleaseHold(BODY, UNIT, remark="tried")).then(
        HoldReleased(1, "tried", at(NOW))
    )


@pytest.mark.clause("NJ-049")
def test_it_is_not_released_without_a_measure() -> None:
    given(OPENED).when(ReleaseHold(BODY, UNIT)).then(Incomplete, what=WHAT, missing=["countermeasure"])


@pytest.mark.clause("NJ-049")
def test_nor_while_one_is_not_in_place() -> None:
    given(OPENED, SET, DONE, CountermeasureSet(1, 2, "guard")).when(ReleaseHold(BODY, UNIT)).then(
        Incomplete, what=WHAT, missing=[Thing("countermeasure", "2")]
    )


def test_nor_before_the_moment_at_which_the_last_one_was() -> None:
    given(OPENED, SET, DONE).when(ReleaseHold(BODY, UNIT), at="2026-02-01T09:59+08:00").then(
        BeforePredecessor, what=WHAT, previous=DONE.implemented_at
    )


def test_nor_while_the_unit_or_what_it_stands_under_is_stopped() -> None:
    held = given(OPENED, SET, DONE)
    held.knowing(STOP, BODY, UNIT, holds=[STOPPED]).when(ReleaseHold(BODY, UNIT)).then(StopInForce)
    released = StopReleased(1, "safe", None, None, at("2026-02-01T10:30+08:00"), ("P-SAFETY",))
    held.knowing(STOP, BODY, UNIT, holds=[STOPPED, released]).when(ReleaseHold(BODY, UNIT)).accepted()


@pytest.mark.parametrize(
    "command",
    [
        SetCountermeasure(BODY, UNIT, "m", hold=1),
        ImplementCountermeasure(BODY, UNIT, 1, hold=1),
        ReleaseHold(BODY, UNIT, hold=1),
    ],
)
def test_nothing_is_added_to_a_released_hold_or_before_its_beginning(command: Any) -> None:
    given(OPENED, SET, DONE, RELEASED).when(command).then(OutOfTurn, what=WHAT, step="hold_released")
    given(OPENED, SET, DONE).when(command, at="2026-01-31").then(BeforePredecessor, what=WHAT)


def test_of_several_holds_the_one_that_is_meant_is_named() -> None:
    second = HoldOpened(2, "temporary_activity", "welding", "sparks", BEGAN)
    given(OPENED, second).when(SetCountermeasure(BODY, UNIT, "m")).then(Incomplete, missing=["hold"])
    assert given(OPENED, second).when(SetCountermeasure(BODY, UNIT, "m", hold=2)).only.hold == 2
    assert given(OPENED, second, RELEASED).when(SetCountermeasure(BODY, UNIT, "m")).only.hold == 2
    given(OPENED).when(SetCountermeasure(BODY, UNIT, "m", hold=7)).then(UnknownThing, code="U-TS/7")
    given().when(SetCountermeasure(BODY, UNIT, "m")).then(UnknownThing, kind="hold", code=UNIT)


# --- what others ask


TREE = (
    happened("unit-registered"),
    UnitRegistered("U-1", "desk", "post", UNIT, 2),
    UnitRegistered("U-2", "pump", "equipment", UNIT, 2),
)


def facts(when: str, **streams: tuple[Any, ...]) -> Known:
    """``stop`` and ``hold`` are what is told of U-TS, ``below`` are the holds of U-1."""
    told = {**MINE, stream_name(UNITS.name, BODY): TREE}
    told[stream_name(STOP.name, BODY, UNIT)] = streams.get("stop", ())
    told[stream_name(HOLD.name, BODY, UNIT)] = streams.get("hold", ())
    told[stream_name(HOLD.name, BODY, "U-1")] = streams.get("below", ())
    return Known(told, "P-TEAM", None, at(when), "", "")


@pytest.mark.clause("NJ-049")
@pytest.mark.parametrize("unit", [UNIT, "U-1"])
def test_while_a_hold_is_open_no_work_is_released_at_the_unit_or_below(unit: str) -> None:
    with pytest.raises(HoldOpen) as caught:
        need_not_held(facts("2026-02-02", hold=(OPENED, SET, DONE)), BODY, unit)
    assert caught.value.values == {"what": Thing("unit", unit), "hold": WHAT, "since": BEGAN}


def test_work_beside_or_above_goes_on() -> None:
    known = facts("2026-02-02", below=(OPENED,))
    need_not_held(known, BODY, UNIT)
    need_not_held(known, BODY, "U-2")


def test_a_hold_counts_from_its_moment_until_its_release() -> None:
    told = (OPENED, SET, DONE, RELEASED)
    need_not_held(facts("2026-01-31", hold=told), BODY, UNIT)
    need_not_held(facts("2026-02-01T11:00+08:00", hold=told), BODY, UNIT)
    with pytest.raises(HoldOpen):
        need_not_held(facts("2026-02-01T10:59+08:00", hold=told), BODY, UNIT)


def test_work_may_begin_where_nothing_is_stopped_and_nothing_on_hold() -> None:
    need_work_allowed(facts("2026-02-02"), BODY, "U-1")
    with pytest.raises(StopInForce):
        need_work_allowed(facts("2026-02-02", stop=(STOPPED,)), BODY, "U-1")
    with pytest.raises(HoldOpen):
        need_work_allowed(facts("2026-02-02", hold=(OPENED,)), BODY, "U-1")
