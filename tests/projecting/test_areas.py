"""An area's level at any past moment is that of its worst unit then, as known then; the weighted one stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, MetaData, create_engine

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.areas import (
    POINTS,
    AreaDefined,
    AreaDissolved,
    AreaRegrouped,
    AreaUnweighed,
    AreaWeighed,
    DefineArea,
    UnweighArea,
    WeighArea,
)
from domain.language import LEVELS, Event
from domain.records import Record
from domain.risk_approval import DecideLowering
from domain.risk_assessment import AssessRisk
from domain.risk_identity import IdentifyRisk
from domain.units import MoveUnit, RegisterUnits, UnitEntry, UnitMoved, UnitRegistered
from projections.areas import AREAS, area_list
from projections.bitemporal import TRUE_FOREVER
from projections.index import PROJECTIONS
from projections.projection import Projection
from projections.risk_levels import risk_levels
from projections.risk_list import RISK_LIST
from projections.unit_tree import UNIT_TREE, unit_tree
from tests import postgres
from tests.deciding.given import happened
from tests.projecting.plant import BODY, CHECKER, FOUNDER, LEAD, Plant, at

# --- arbitrary histories against a replay

DAYS = [f"2026-01-{day:02}T00:00:00.000000Z" for day in range(1, 9)]
UNITS = ("U-0", "U-1", "U-2", "U-3", "U-4")
RISKS = ("R-0", "R-1", "R-2", "R-3")
HOUSES = ("A-0", "A-1")


@dataclass
class Story:
    """Records that may come late, of units, risks and areas; an area's own steps come in their order."""

    records: list[Record] = field(default_factory=list)

    def tell(self, stream: str, event: Event, at: str) -> None:
        position = len(self.records) + 1
        what = (position, f"{stream}", 1, event.KIND, BODY, "P", "os-local", at, DAYS[-1], f"c-{position}")
        self.records.append(Record(*what, event))


@st.composite
def stories(draw: Any) -> Story:
    story = Story()
    for number, unit in enumerate(UNITS):
        parent = draw(st.none() | st.sampled_from(UNITS[:number])) if number else None
        story.tell("units/x", UnitRegistered(unit, unit, "sub", parent, 1), DAYS[0])
    grouped: dict[str, tuple[str, ...]] = {}
    latest: dict[str, int] = {}
    for _ in range(draw(st.integers(0, 24))):
        day = draw(st.integers(0, len(DAYS) - 1))
        match draw(st.sampled_from(("identify", "assess", "assess", "retire", "move", "area", "area"))):
            case "identify":
                unit, risk = draw(st.sampled_from(UNITS)), draw(st.sampled_from(RISKS))
                story.tell(f"risk/x/{risk}", happened("risk-identified", unit=unit), DAYS[day])
            case "assess":
                kind = draw(st.sampled_from(("risk-assessed", "risk-reassessed")))
                level, stream = draw(st.sampled_from(LEVELS)), f"risk/x/{draw(st.sampled_from(RISKS))}"
                number = 1 + sum(record.stream == stream for record in story.records)
                assessed = happened(kind, number=number, level=level, waits=False, assessed_at=DAYS[day])
                story.tell(stream, assessed, DAYS[day])
            case "retire":
                story.tell(f"risk/x/{draw(st.sampled_from(RISKS))}", happened("risk-retired"), DAYS[day])
            case "move":  # to a unit before itself, so that no history makes a circle
                number = draw(st.integers(1, len(UNITS) - 1))
                parent = draw(st.none() | st.sampled_from(UNITS[:number]))
                story.tell("units/x", UnitMoved(UNITS[number], None, parent, "", DAYS[day]), DAYS[day])
            case _:
                area = draw(st.sampled_from(HOUSES))
                latest[area] = max(latest.get(area, 0), day)
                event = area_step(draw, area, grouped)
                story.tell(f"area/x/{area}", event, DAYS[latest[area]])
    return story


def area_step(draw: Any, area: str, grouped: dict[str, tuple[str, ...]]) -> Event:
    chosen = st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True).map(tuple)
    if area not in grouped:
        grouped[area] = draw(chosen)
        return AreaDefined(area, f"name of {area}", grouped[area])

    def weights() -> dict[str, str]:
        return {unit: draw(st.sampled_from(("0.2", "1", "3"))) for unit in grouped[area]}

    match draw(st.sampled_from(("regroup", "regroup weighed", "weigh", "weigh", "unweigh", "dissolve"))):
        case "weigh":
            return AreaWeighed(weights(), POINTS, "why")
        case "unweigh":
            return AreaUnweighed("why")
        case "dissolve":
            return AreaDissolved("why")
        case how:
            grouped[area] = draw(chosen)
            weighed = how == "regroup weighed"
            return AreaRegrouped(
                grouped[area], weights() if weighed else {}, POINTS if weighed else {}, "why"
            )


def replayed(records: Sequence[Record], true_at: str, known_at: int) -> dict[str, dict[str, Any]]:
    """The oracle: the records known and begun by then, in the order in which they happened, folded one by one."""
    parents: dict[str, str | None] = {}
    risks: dict[str, dict[str, Any]] = {}
    areas: dict[str, dict[str, Any]] = {}
    told = [one for one in records if one.position <= known_at and one.happened_at <= true_at]
    for record in sorted(told, key=lambda one: (one.happened_at, one.position)):
        code, event = record.stream.rsplit("/", 1)[1], record.event
        area = areas.setdefault(code, {}) if record.stream.startswith("area/") else {}
        risk = risks.setdefault(code, {}) if record.stream.startswith("risk/") else {}
        match event:
            case UnitRegistered() | UnitMoved():
                parents[event.unit] = event.parent
            case AreaDefined():
                area |= {"units": event.units, "weights": {}}
            case AreaRegrouped():
                area |= {"units": event.units, "weights": event.weights}
            case AreaWeighed():
                area["weights"] = event.weights
            case AreaUnweighed():
                area["weights"] = {}
            case AreaDissolved():
                area["gone"] = True
            case _ if record.kind == "risk-identified.1":
                risk |= {"unit": event.unit, "retired": False}  # type: ignore[attr-defined]
            case _ if record.kind == "risk-retired.1":
                risk["retired"] = True
            case _:  # whoever is assessed late and was retired since stays retired
                risk["level"] = event.level  # type: ignore[attr-defined]

    def level_of(unit: str) -> str | None:
        held = [
            LEVELS.index(risk["level"])
            for risk in risks.values()
            if risk.get("level")
            and risk.get("unit")
            and not risk.get("retired")
            and unit in line(risk["unit"])
        ]
        return LEVELS[min(held)] if held else None

    def line(unit: str | None) -> list[str]:
        return [] if unit is None else [unit, *line(parents[unit])]

    return {code: outcome(area, level_of) for code, area in areas.items() if area and "gone" not in area}


def outcome(area: dict[str, Any], level_of: Any) -> dict[str, Any]:
    levels = {unit: level_of(unit) for unit in area["units"]}
    held = [LEVELS.index(level) for level in levels.values() if level]
    highest = LEVELS[min(held)] if held else None
    weighed = None
    if held and area["weights"]:
        pairs = [
            (Fraction(area["weights"][unit]), 4 - LEVELS.index(level))
            for unit, level in levels.items()
            if level
        ]
        mean = sum(weight * points for weight, points in pairs) / sum(weight for weight, _ in pairs)
        weighed = LEVELS[4 - min(int(mean + Fraction(1, 2)), 4)]
    return {
        "units": levels,
        "worst": highest,
        "weighted": weighed,
        "level": weighed if area["weights"] else highest,
    }


METADATA = MetaData()
VIEWS: tuple[Projection[Any], ...] = (AREAS, UNIT_TREE, RISK_LIST)
TABLES: dict[str, Any] = {one.name: one.tables(METADATA, f"{one.name}_") for one in VIEWS}


@pytest.fixture(scope="module")
def empty() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


def asked(
    empty: Engine, records: Sequence[Record], cut: int, moments: Sequence[tuple[str, int]]
) -> list[dict[str, dict[str, Any]]]:
    """What the views answer that followed in two batches, at each of the moments."""
    with empty.connect() as connection:
        for view in VIEWS:
            heard = [one for one in records if one.kind in view.kinds]
            for batch in (heard[:cut], heard[cut:]):
                view.apply(batch, connection, TABLES[view.name])
        found = [at_moment(connection, *clocks) for clocks in moments]
        connection.rollback()
    return found


def at_moment(connection: Connection, true_at: str, known_at: int) -> dict[str, dict[str, Any]]:
    risks = risk_levels(connection, TABLES[RISK_LIST.name], None, true_at, known_at)
    tree = unit_tree(connection, TABLES[UNIT_TREE.name], None, None, true_at, known_at, retired=True)
    rows = area_list(connection, TABLES[AREAS.name], tree, risks, None, true_at, known_at)
    return {
        row["code"]: {
            "units": {one["unit"]: one["level"] for one in row["units"]},
            "worst": row["worst_level"],
            "weighted": row["weighted_level"],
            "level": row["level"],
        }
        for row in rows
    }


@pytest.mark.clause("NJ-032")
@settings(max_examples=120, deadline=None)
@given(
    stories(),
    st.integers(0, 30),
    st.lists(st.tuples(st.sampled_from([*DAYS, TRUE_FOREVER]), st.integers(0, 30)), min_size=1, max_size=3),
)
def test_both_levels_at_any_moment_are_what_a_replay_says(
    empty: Engine, story: Story, cut: int, moments: list[tuple[str, int]]
) -> None:
    told = [replayed(story.records, *clocks) for clocks in moments]
    assert asked(empty, story.records, cut, moments) == told


def test_the_oracle_meets_levels_of_every_kind() -> None:
    """A property that only ever compared empty answers would prove nothing."""
    met: set[tuple[Any, Any]] = set()

    @settings(max_examples=600, deadline=None, database=None, derandomize=True)
    @given(stories())
    def collect(story: Story) -> None:
        found = replayed(story.records, TRUE_FOREVER, len(story.records))
        met.update((one["worst"], one["weighted"]) for one in found.values())

    collect()
    assert {worst for worst, _ in met} == {*LEVELS, None}
    assert {weighed for _, weighed in met} == {*LEVELS, None}
    assert any(worst != weighed for worst, weighed in met if worst and weighed)


# --- one story, as people ask


class House:
    """A shaft (room, pump) and a yard, with one area over both; views on either database."""

    def __init__(self, url: str) -> None:
        self.plant = plant = Plant().found()
        self.projector = Projector(plant.journal, open_views(url), PROJECTIONS)
        units = (
            ("U-R", "room", "sub", "U-1"),
            ("U-P", "pump", "equipment", "U-1"),
            ("U-Y", "yard", "sub", None),
        )
        plant.give(FOUNDER, RegisterUnits(BODY, tuple(UnitEntry(*one) for one in units)))  # type: ignore[arg-type]
        plant.now = at("2026-02-01")
        plant.risk("R-0001", likelihood="0.5")  # general, at U-1
        plant.give(CHECKER, DefineArea(BODY, "A-1", "shaft and yard", ("U-1", "U-Y")))

    def row(self, **given: Any) -> dict[str, Any]:
        [row] = answer(self.projector, "area-list", {"body": BODY, **given})
        return row


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    made = House("sqlite://" if request.param == "sqlite" else postgres.fresh_database("areas"))
    yield made
    made.projector.close()


@pytest.mark.clause("NJ-032")
def test_a_unit_that_changes_changes_its_area_at_once_and_last_week_stays(house: House) -> None:
    assert (house.row()["level"], house.row()["colour"]) == ("general", "yellow")
    house.plant.now = at("2026-02-10")
    house.plant.reassess("R-0001", "3")
    row = house.row()
    assert (row["level"], row["colour"], row["worst_units"], row["worst_risks"]) == (
        "major",
        "red",
        ["U-1"],
        ["R-0001"],
    )
    assert row["not_assessed"] == ["U-Y"]
    assert house.row(as_of="2026-02-09")["level"] == "general"


def test_a_late_entry_changes_what_was_true_and_not_what_was_known(house: House) -> None:
    house.plant.now = at("2026-02-10")
    house.plant.reassess("R-0001", "3", at("2026-02-05"))
    assert house.row(as_of="2026-02-06")["level"] == "major"
    assert house.row(as_of="2026-02-06", known_at="2026-02-09")["level"] == "general"
    assert house.row(as_of="2026-02-04")["level"] == "general"


def test_a_lower_level_that_waits_for_approval_leaves_the_area_as_it_was(house: House) -> None:
    plant = house.plant
    plant.now = at("2026-02-05")
    plant.reassess("R-0001", "3")
    plant.now = at("2026-02-10")
    plant.reassess("R-0001", "0.5")
    assert house.row()["level"] == "major"
    plant.now = at("2026-02-12")
    plant.give(CHECKER, DecideLowering(BODY, "R-0001", "approved"))
    assert house.row()["level"] == "general"
    assert house.row(as_of="2026-02-11")["level"] == "major"


@pytest.mark.clause("NJ-032")
def test_the_weighted_level_stands_beside_the_worst_one_and_the_difference_is_told(house: House) -> None:
    plant = house.plant
    plant.risk("R-0002", likelihood="3")
    plant.give(LEAD, risk_of_the_yard())
    plant.give(LEAD, assessed_low())
    plant.now = at("2026-02-03")
    plant.give(CHECKER, WeighArea(BODY, "A-1", {"U-1": "1", "U-Y": "2"}, "minutes"))
    row = house.row()
    assert (row["rule"], row["worst_level"], row["weighted_level"], row["level"]) == (
        "weighted",
        "major",
        "general",
        "general",
    )
    assert (row["worst_colour"], row["weighted_colour"], row["colour"]) == ("red", "yellow", "yellow")
    assert (row["difference"], row["mean"]) == (2, "2.0000")
    assert [one["weight"] for one in row["units"]] == ["1", "2"]
    before = house.row(as_of="2026-02-02")
    assert (before["rule"], before["level"], before["weighted_level"]) == ("worst_unit", "major", None)
    plant.now = at("2026-02-05")
    plant.give(CHECKER, UnweighArea(BODY, "A-1", "not proved"))
    assert (house.row()["rule"], house.row()["level"], house.row()["difference"]) == (
        "worst_unit",
        "major",
        None,
    )


def risk_of_the_yard() -> IdentifyRisk:
    words = ("2101", "GB/T 13861-2022", ("高处坠落",), "ice", "slip", "visitors")
    return IdentifyRisk(BODY, "R-Y", "U-Y", "slippery yard", *words)


def assessed_low() -> AssessRisk:
    return AssessRisk(BODY, "R-Y", "lec", {"L": "0.5", "E": "1", "C": "1"})


def test_a_unit_that_moves_takes_its_risks_along_from_that_day(house: House) -> None:
    plant = house.plant
    plant.now = at("2026-02-10")
    plant.give(CHECKER, DefineArea(BODY, "A-2", "yard", ("U-Y",)))
    plant.give(CHECKER, MoveUnit(BODY, "U-1", "U-Y"))
    levels = {row["code"]: row["level"] for row in answer(house.projector, "area-list", {})}
    assert levels == {"A-1": "general", "A-2": "general"}
    assert house.row(as_of="2026-02-09")["units"][1]["level"] is None
