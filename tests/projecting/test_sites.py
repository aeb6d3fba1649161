"""Units with their history and gaps, stops and holds in force, confirmations with their re-checks, as people ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.confirmations import ConfirmPosts, ExceptionEntry, PostEntry, RecheckConfirmation
from domain.holds import ImplementCountermeasure, OpenHold, ReleaseHold, SetCountermeasure
from domain.language import Moment
from domain.refused import BadField, HoldOpen, StopInForce
from domain.risk_identity import IdentifyRisk
from domain.stops import CloseZone, RecordEvacuation, ReleaseStop, StopUnit
from domain.unit_surveys import ASPECTS, FlagUnit, LocateUnit, RecordAspectReview
from domain.units import MoveUnit, RegisterUnits, RenameUnit, RetireUnit, UnitEntry
from projections.index import PROJECTIONS
from projections.unit_tree import paths_of
from tests import postgres
from tests.deciding.test_unit_surveys import SQUARE
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, WORKER, Plant, at

UNITS = (
    UnitEntry("U-R", "room", "sub", "U-1"),
    UnitEntry("U-D", "desk", "post", "U-R"),
    UnitEntry("U-P", "pump", "equipment", "U-1"),
    UnitEntry("U-Y", "yard", "main"),
)


class House:
    """U-1 (U-R (U-D a post), U-P a pump), U-Y; registered on 5 January."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.plant.give(FOUNDER, RegisterUnits(BODY, UNITS))
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def on(self, day: str, by: str, *commands: Any, happened: Moment | None = None) -> None:
        self.plant.now = at(day)
        for command in commands:
            self.plant.give(by, command, happened)

    def ask(self, question: str, **given: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, {"body": BODY, **given})


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    made = House("sqlite://" if request.param == "sqlite" else postgres.fresh_database("sites"))
    yield made
    for name in ("unit_tree", "stops", "confirmations"):
        made.projector.follow([name])
        assert made.projector.check(name).equal, f"{name}: built again it would say something else"
    made.projector.close()


def tree(rows: list[dict[str, Any]]) -> list[str]:
    return [row["path"] for row in rows]


# --- the tree


@pytest.mark.clause("NJ-021")
def test_the_tree_of_a_past_day_stays_though_units_move_and_go(house: House) -> None:
    house.on("2026-02-01", CHECKER, MoveUnit(BODY, "U-R", "U-Y"), RenameUnit(BODY, "U-Y", "court"))
    house.on("2026-02-03", CHECKER, RetireUnit(BODY, "U-P", "sold"))
    assert tree(house.ask("unit-tree")) == ["U-1", "U-Y", "U-Y/U-R", "U-Y/U-R/U-D"]
    assert tree(house.ask("unit-tree", retired=True)) == ["U-1", "U-1/U-P", "U-Y", "U-Y/U-R", "U-Y/U-R/U-D"]
    assert tree(house.ask("unit-tree", under="U-Y")) == ["U-Y", "U-Y/U-R", "U-Y/U-R/U-D"]
    before = house.ask("unit-tree", as_of="2026-01-31")
    assert tree(before) == ["U-1", "U-1/U-P", "U-1/U-R", "U-1/U-R/U-D", "U-Y"]
    assert [row["depth"] for row in before] == [1, 2, 2, 3, 1]
    assert {row["code"]: row["name"] for row in before}["U-Y"] == "yard"
    [yard] = [row for row in house.ask("unit-tree") if row["code"] == "U-Y"]
    assert (yard["name"], yard["since"]["name"], yard["position"]) == ("court", at("2026-02-01"), 16)


def test_a_late_move_changes_what_was_true_and_not_what_was_known(house: House) -> None:
    house.on("2026-02-10", CHECKER, MoveUnit(BODY, "U-P", "U-Y"), happened=at("2026-02-01"))
    assert "U-Y/U-P" in tree(house.ask("unit-tree", as_of="2026-02-02"))
    assert "U-1/U-P" in tree(house.ask("unit-tree", as_of="2026-02-02", known_at="2026-02-09"))


def test_a_unit_shows_where_it_lies_what_it_is_flagged_as_and_who_looked_at_it(house: House) -> None:
    house.on("2026-02-01", CHECKER, LocateUnit(BODY, "U-D", "TZ-1", SQUARE, "WGS84", "118.8", "31.9"))
    house.on("2026-02-01", CHECKER, FlagUnit(BODY, "U-D", ("key_post",)))
    house.on(
        "2026-02-02", WORKER, RecordAspectReview(BODY, "U-D", "work_activity", (WORKER, ANSWERS), "slips")
    )
    [desk] = house.ask("unit-tree", under="U-D")
    assert (desk["drawing"], desk["outline"][2]) == ("TZ-1", ["4", "4"])
    assert (desk["system"], desk["longitude"], desk["latitude"]) == ("WGS84", "118.8", "31.9")
    assert (desk["key_post"], desk["dangerous_place"]) == (True, False)
    review = desk["aspects"]["work_activity"]
    assert (review["reviewed_by"], review["findings"]) == ([WORKER, ANSWERS], "slips")
    assert desk["missing"] == list(ASPECTS[1:])
    [before] = house.ask("unit-tree", under="U-D", as_of="2026-01-31")
    assert (before["drawing"], before["key_post"], before["aspects"]) == (None, False, {})


def test_a_path_survives_parents_that_are_not_there_and_circles() -> None:
    """What no decision would allow may still stand in a history that others wrote."""
    parents = {("B", "a"): "gone", ("B", "b"): "a", ("B", "c"): "d", ("B", "d"): "c"}
    paths = paths_of(parents)  # type: ignore[arg-type]  # None is not among these
    assert (paths["B", "a"], paths["B", "b"]) == (("a",), ("a", "b"))
    assert {paths["B", "c"], paths["B", "d"]} in ({("d",), ("d", "c")}, {("c",), ("c", "d")})


# --- gaps


@pytest.mark.clause("NJ-021", "NJ-024", "NJ-026")
def test_gaps_come_with_key_posts_and_dangerous_places_first(house: House) -> None:
    house.on("2026-02-01", CHECKER, FlagUnit(BODY, "U-P", ("dangerous_place",)))
    rows = house.ask("unit-gaps")
    assert [(row["code"], row["gaps"]) for row in rows] == [
        ("U-P", ["no_risk", "aspects_missing"]),
        ("U-D", ["no_risk", "aspects_missing"]),
        ("U-Y", ["not_divided"]),
    ]
    assert rows[0]["missing"] == list(ASPECTS)


@pytest.mark.clause("NJ-021", "NJ-024")
def test_a_leaf_with_a_risk_and_all_five_aspects_has_no_gap(house: House) -> None:
    house.on("2026-02-01", ANSWERS, *(RecordAspectReview(BODY, "U-D", aspect) for aspect in ASPECTS[:4]))
    risk_at(house, "R-1", "U-D")
    assert gaps(house) == {
        "U-D": ["aspects_missing"],
        "U-P": ["no_risk", "aspects_missing"],
        "U-Y": ["not_divided"],
    }
    house.on("2026-02-02", ANSWERS, RecordAspectReview(BODY, "U-D", ASPECTS[4]))
    assert "U-D" not in gaps(house)
    assert "U-D" in gaps(house, as_of="2026-02-01")


def test_a_risk_at_a_retired_unit_is_told(house: House) -> None:
    risk_at(house, "R-1", "U-P")
    house.on("2026-02-02", CHECKER, RetireUnit(BODY, "U-P", "sold"))
    assert gaps(house)["U-P"] == ["risk_at_retired_unit"]


def risk_at(house: House, risk: str, unit: str) -> None:
    words = ("2101", "GB/T 13861-2022", ("高处坠落",), "cause", "consequence", "impact")
    house.on("2026-02-01", CHECKER, IdentifyRisk(BODY, risk, unit, "risk", *words))


def gaps(house: House, **given: Any) -> dict[str, list[str]]:
    return {row["code"]: row["gaps"] for row in house.ask("unit-gaps", **given)}


# --- stops and holds


@pytest.mark.clause("YT-21b")
def test_a_stop_is_listed_until_it_is_released_with_what_is_still_missing(house: House) -> None:
    house.on("2026-02-01", WORKER, StopUnit(BODY, "U-1", "out of control"))
    [row] = house.ask("stop-list")
    assert (row["unit"], row["stop"], row["standing"]) == ("U-1", 1, "stop_in_force")
    assert (row["stopped_by"], row["missing"]) == ([WORKER], ["evacuated", "zone"])
    house.on(
        "2026-02-02", ANSWERS, RecordEvacuation(BODY, "U-1", "14 people"), CloseZone(BODY, "U-1", "20 m")
    )
    [row] = house.ask("stop-list", unit="U-1")
    assert (row["evacuated"], row["zone"], row["zone_at"], row["missing"]) == (
        "14 people",
        "20 m",
        at("2026-02-02"),
        [],
    )
    house.on("2026-02-03", CHECKER, ReleaseStop(BODY, "U-1", "repaired"))
    assert house.ask("stop-list") == []
    [row] = house.ask("stop-list", ever=True)
    assert (row["released_by"], row["released_at"], row["made_safe"]) == (
        CHECKER,
        at("2026-02-03"),
        "repaired",
    )


@pytest.mark.clause("NJ-049")
def test_a_hold_is_listed_with_the_measures_that_it_waits_for(house: House) -> None:
    house.on("2026-02-01", WORKER, OpenHold(BODY, "U-D", "abnormal_condition", "noise", "bearing"))
    house.on("2026-02-01", ANSWERS, SetCountermeasure(BODY, "U-D", "new bearing"))
    house.on("2026-02-01", ANSWERS, SetCountermeasure(BODY, "U-D", "guard", "in_place"))
    [row] = house.ask("hold-list")
    assert (row["kind"], row["standing"], row["waiting"]) == ("abnormal_condition", "hold_open", [1])
    assert [one["implemented_at"] for one in row["countermeasures"]] == [None, at("2026-02-01")]
    house.on("2026-02-02", WORKER, ImplementCountermeasure(BODY, "U-D", 1))
    house.on("2026-02-03", ANSWERS, ReleaseHold(BODY, "U-D", remark="tried"))
    assert house.ask("hold-list") == []
    [row] = house.ask("hold-list", ever=True)
    assert (row["released_by"], row["waiting"], row["remark"]) == (ANSWERS, [], "tried")


@pytest.mark.clause("YT-21b", "NJ-049")
def test_nobody_confirms_a_post_while_it_is_stopped_or_held(house: House) -> None:
    """Through the engine: the stop stands at the workshop, the post two levels below."""
    house.on("2026-02-01", WORKER, StopUnit(BODY, "U-1", "out of control", None, "14 people", "20 m"))
    with pytest.raises(StopInForce):
        house.on("2026-02-02", WORKER, confirm("2026-02-02"))
    house.on("2026-02-02", CHECKER, ReleaseStop(BODY, "U-1", "repaired"))
    house.on("2026-02-02", WORKER, OpenHold(BODY, "U-R", "temporary_activity", "welding", "sparks"))
    with pytest.raises(HoldOpen):
        house.on("2026-02-03", WORKER, confirm("2026-02-03"))
    house.on("2026-02-03", WORKER, confirm("2026-02-01"), happened=at("2026-02-01", 6))


# --- confirmations


def confirm(day: str, **changes: Any) -> ConfirmPosts:
    fields: dict[str, Any] = {"shift": "early", "shown": 5, "prediction": "ice"}
    posts = (PostEntry("U-D", WORKER), PostEntry("U-P", ANSWERS))
    return ConfirmPosts(BODY, "T.1", day, **{**fields, "posts": posts, **changes})


@pytest.mark.clause("NJ-047", "NJ-048")
def test_confirmations_are_listed_by_day_with_what_was_amiss_and_who_re_checked(house: House) -> None:
    found = ExceptionEntry("U-P", ANSWERS, "equipment_check", "oil")
    house.on("2026-02-01", ANSWERS, confirm("2026-02-01", exceptions=(found,)))
    house.on("2026-02-02", ANSWERS, confirm("2026-02-02"), confirm("2026-02-02", shift="late"))
    house.on("2026-02-02", CHECKER, RecheckConfirmation(BODY, "T.1", "2026-02-02", "faulty", "no helmet", 1))
    rows = house.ask("confirmation-list")
    assert [(row["day"], row["team"], row["confirmation"], row["post_count"]) for row in rows] == [
        ("2026-02-01", "T.1", 1, 2),
        ("2026-02-02", "T.1", 1, 2),
        ("2026-02-02", "T.1", 2, 2),
    ]
    assert rows[0]["exceptions"] == [
        {"unit": "U-P", "person": ANSWERS, "aspect": "equipment_check", "found": "oil", "control": None}
    ]
    assert rows[0]["posts"][0] == {"unit": "U-D", "person": WORKER}
    [check] = rows[1]["rechecks"]
    assert (check["verdict"], check["rechecked_by"], check["units"]) == ("faulty", CHECKER, ["U-D", "U-P"])
    waiting = house.ask("confirmation-list", open_only=True)
    assert [(row["day"], row["confirmation"]) for row in waiting] == [("2026-02-01", 1), ("2026-02-02", 2)]
    assert len(house.ask("confirmation-list", since="2026-02-02", until="2026-02-02", team="T.1")) == 2
    assert len(house.ask("confirmation-list", limit=1)) == 1


@pytest.mark.clause("NJ-047")
def test_a_post_at_which_nobody_confirmed_is_told(house: House) -> None:
    house.on("2026-02-01", FOUNDER, RegisterUnits(BODY, (UnitEntry("U-K", "key", "post", "U-Y"),)))
    house.on("2026-02-01", CHECKER, FlagUnit(BODY, "U-K", ("key_post",)))
    house.on("2026-02-02", ANSWERS, confirm("2026-02-02"))
    unconfirmed = {
        (day, shift): [row["code"] for row in house.ask("confirmation-gaps", on=day, **shift_of(shift))]
        for day in ("2026-01-31", "2026-02-01", "2026-02-02")
        for shift in (None, "early", "late")
    }
    assert unconfirmed["2026-01-31", None] == ["U-D"], "the other post was not yet there"
    assert unconfirmed["2026-02-01", None] == ["U-K", "U-D"], "key posts first"
    assert unconfirmed["2026-02-02", None] == unconfirmed["2026-02-02", "early"] == ["U-K"]
    assert unconfirmed["2026-02-02", "late"] == ["U-K", "U-D"]
    assert [row["code"] for row in house.ask("confirmation-gaps", under="U-1")] == []


def shift_of(shift: str | None) -> dict[str, str]:
    return {} if shift is None else {"shift": shift}


def test_days_are_days(house: House) -> None:
    with pytest.raises(BadField) as refused:
        house.ask("confirmation-list", since="yesterday")
    assert refused.value.values["field"] == "since"
    with pytest.raises(BadField):
        house.ask("confirmation-gaps", on="2026-02-30")
