"""Where a unit lies, whether it comes first, and from which of the five aspects people have looked at it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from domain.labels import Term, Thing
from domain.outlines import MOST_POINTS, Point, need_outline
from domain.refused import AlreadySo, Incomplete, NotAnOutline, Retired, Unfit, UnknownPerson, UnknownThing
from domain.unit_surveys import (
    ASPECTS,
    Aspect,
    AspectReviewed,
    FlagUnit,
    LocateUnit,
    RecordAspectReview,
    UnitFlagged,
    UnitLocated,
)
from domain.units import UNITS, UnitRegistered, UnitRetired
from tests.deciding.given import BODY, Given, example, given, happened

POST = "U-POST"
WHAT = Thing("unit", POST)
TREE = (happened("unit-registered"), UnitRegistered(POST, "operator's desk", "post", "U-TS", 2))
SQUARE = (Point("0", "0"), Point("4", "0"), Point("4", "4"), Point("0", "4"))


def known(*own: Any) -> Given:
    return given(*own).knowing(UNITS, BODY, holds=TREE)


def outline(*points: tuple[float | str, float | str]) -> tuple[Point, ...]:
    return tuple(Point(str(x), str(y)) for x, y in points)


# --- location


@pytest.mark.clause("NJ-021")
def test_a_unit_lies_inside_an_outline_on_a_named_drawing() -> None:
    known().when(LocateUnit(BODY, POST, "TZ-01", SQUARE)).then(
        UnitLocated("TZ-01", (("0", "0"), ("4", "0"), ("4", "4"), ("0", "4")), None, None, None)
    )


@pytest.mark.parametrize("system", ["WGS84", "CGCS2000"])
def test_a_unit_lies_at_coordinates_whose_system_is_stated(system: str) -> None:
    located = known().when(LocateUnit(BODY, POST, system=system, longitude="118.8012", latitude="31.9921"))
    located.then(UnitLocated(None, (), system, "118.8012", "31.9921"))


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09", "Xi'an 80", "Beijing 54", "wgs84", "4326"])
def test_other_systems_are_refused_by_name(system: str) -> None:
    known().when(LocateUnit(BODY, POST, system=system, longitude="118.8", latitude="31.9")).then(
        Unfit, given=system, what=Term("coordinate_system"), allowed=["WGS84", "CGCS2000"]
    )


@pytest.mark.parametrize(
    ("given_fields", "missing"),
    [
        ({}, ["outline", "coordinate_system"]),
        ({"drawing": "TZ-01"}, ["outline"]),
        ({"outline": SQUARE}, ["drawing"]),
        ({"longitude": "118", "latitude": "32"}, ["coordinate_system"]),
        ({"system": "WGS84"}, ["longitude", "latitude"]),
        ({"system": "WGS84", "latitude": "32"}, ["longitude"]),
        ({"system": "WGS84", "longitude": "118"}, ["latitude"]),
        ({"drawing": "TZ-01", "outline": SQUARE, "system": "WGS84"}, ["longitude", "latitude"]),
    ],
)
def test_half_a_location_is_none(given_fields: dict[str, Any], missing: list[str]) -> None:
    known().when(LocateUnit(BODY, POST, **given_fields)).then(Incomplete, what=WHAT, missing=missing)


@pytest.mark.parametrize(
    ("longitude", "latitude", "what"),
    [("180.0001", "0", "longitude"), ("-181", "0", "longitude"), ("0", "90.01", "latitude")],
)
def test_coordinates_lie_on_the_earth(longitude: str, latitude: str, what: str) -> None:
    asked = LocateUnit(BODY, POST, system="WGS84", longitude=longitude, latitude=latitude)
    known().when(asked).then(Unfit, what=Term(what))


# --- outlines


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (((0, 0),), "too_few_points"),
        (((0, 0), (1, 1)), "too_few_points"),
        (((0, 0), (4, 0), (0, 0)), "point_twice"),
        (((0, 0), (4, 0), (4, 4), ("0.0", "0"), (0, 4)), "point_twice"),
        (((0, 0), (4, 4), (4, 0), (0, 4)), "crosses_itself"),  # a bow tie
        (((0, 0), (2, 0), (4, 0)), "crosses_itself"),  # no area
        (((0, 0), (4, 0), (2, 0), (2, 4)), "crosses_itself"),  # there and back
        (((0, 0), (4, 0), (4, 4), (2, 0), (0, 4)), "crosses_itself"),  # a corner touches a side
        (((0, 0), (4, 0), (4, 2), (1, 2), (1, 0), (0, 2)), "crosses_itself"),
    ],
)
def test_a_line_that_encloses_no_place_is_no_outline(points: Any, why: str) -> None:
    known().when(LocateUnit(BODY, POST, "TZ-01", outline(*points))).then(NotAnOutline, what=WHAT, why=why)


@pytest.mark.parametrize(
    "points",
    [
        ((0, 0), (4, 0), (0, 3)),
        ((0, 0), (2, 0), (4, 0), (4, 4)),  # a corner on a straight side
        ((0, 0), (4, 0), (4, 4), (2, 1), (0, 4)),  # dented
        ((0, 0), (0, 4), (4, 4), (4, 0)),  # clockwise
        (("0.1", "0.1"), ("0.3", "0.1"), ("0.30000000000000000001", "0.2")),
    ],
)
def test_a_line_that_encloses_a_place_is_an_outline(points: Any) -> None:
    need_outline(WHAT, outline(*points))


def test_decimals_decide_exactly() -> None:
    """In binary fractions 0.1 + 0.2 is not 0.3, and this corner would miss the side that it touches."""
    with pytest.raises(NotAnOutline) as caught:
        need_outline(WHAT, outline(("0", "0"), ("0.9", "0.9"), ("0.9", "-1"), ("0.3", "0.3"), ("0", "-1")))
    assert caught.value.values["why"] == "crosses_itself"


def test_an_outline_has_no_more_corners_than_a_plan() -> None:
    many = [(n, n * n) for n in range(MOST_POINTS)]
    need_outline(WHAT, outline(*many))
    with pytest.raises(NotAnOutline):
        need_outline(WHAT, outline(*many, (-1, 10**6)))


@settings(max_examples=100, deadline=None)
@hypothesis_given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=7, unique=True),
    st.integers(0, 6),
)
def test_neither_where_an_outline_begins_nor_its_sense_matters(points: list[Any], turn: int) -> None:
    turned = [*points[turn % len(points) :], *points[: turn % len(points)]]
    assert holds(points) == holds(turned) == holds(list(reversed(points)))


def holds(points: list[Any]) -> bool:
    try:
        need_outline(WHAT, outline(*points))
    except NotAnOutline:
        return False
    return True


# --- flags


@pytest.mark.clause("NJ-026")
@pytest.mark.parametrize("flags", [("key_post",), ("dangerous_place",), ("key_post", "dangerous_place")])
def test_a_unit_is_flagged_as_key_post_and_dangerous_place(flags: Any) -> None:
    known().when(FlagUnit(BODY, POST, flags, "why")).then(UnitFlagged(tuple(sorted(flags)), "why"))


def test_flags_are_taken_back_by_naming_none() -> None:
    flagged = UnitFlagged(("key_post",), "")
    known(flagged).when(FlagUnit(BODY, POST)).then(UnitFlagged((), ""))
    known(flagged).when(FlagUnit(BODY, POST, ("key_post",))).then(AlreadySo)
    known().when(FlagUnit(BODY, POST)).then(AlreadySo)


def test_only_a_leaf_is_a_key_post() -> None:
    known().when(FlagUnit(BODY, "U-TS", ("key_post",))).then(Unfit, given="key_post")
    known().when(FlagUnit(BODY, "U-TS", ("dangerous_place",))).accepted()


# --- aspects


@pytest.mark.clause("NJ-024")
@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_unit_is_looked_at_from_five_aspects_by_those_who_work_there(aspect: Any) -> None:
    reviewed = known().when(
        RecordAspectReview(BODY, POST, aspect, ("P-WORKER", "P-TEAM"), "found"), by="P-TEAM"
    )
    reviewed.then(AspectReviewed(aspect, ("P-WORKER", "P-TEAM"), "found"))


def test_there_are_five_aspects() -> None:
    assert set(get_args(Aspect)) == set(ASPECTS)
    assert len(ASPECTS) == 5


def test_who_records_a_review_made_it_where_nobody_else_is_named() -> None:
    known().when(RecordAspectReview(BODY, POST, "equipment_state"), by="P-WORKER").then(
        AspectReviewed("equipment_state", ("P-WORKER",), "")
    )


def test_who_looked_at_it_is_on_the_roll() -> None:
    asked = RecordAspectReview(BODY, POST, "equipment_state", ("P-GHOST",))
    known().when(asked).then(UnknownPerson, person="P-GHOST")


@pytest.mark.parametrize("command", ["LocateUnit", "FlagUnit", "RecordAspectReview"])
def test_a_unit_must_be_there_and_in_use(command: str) -> None:
    known().when(example(command, unit="U-NONE")).then(UnknownThing, kind="unit", code="U-NONE")
    tree = (*TREE, UnitRetired(POST, "gone", ""))
    given().knowing(UNITS, BODY, holds=tree).when(example(command, unit=POST)).then(Retired, code=POST)
