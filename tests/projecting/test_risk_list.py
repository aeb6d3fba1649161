"""The risk list of any day, as known at any record: a late entry changes what was true, never what was known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.control_review import ControlAdopted
from domain.language import COLOUR
from domain.records import Record
from domain.refused import Refused
from domain.risk_approval import DecideLowering, LoweringApproved
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_controls import ControlWithdrawn, WithdrawControl
from domain.risk_identity import RiskIdentified
from domain.risks import RetireRisk, RiskRetired
from projections.risk_list import RISK_LIST, risk_list
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, LEAD, Plant, at


class Asked:
    """A plant and its risk list."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), [RISK_LIST])

    def rows(self, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        with self.projector.reader(RISK_LIST.name) as (connection, tables):
            return risk_list(connection, tables, **asked)

    def levels(self, **asked: Any) -> dict[str, str]:
        return {row["code"]: row["level"] for row in self.rows(**asked)}


@pytest.fixture(params=["sqlite", "postgres"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("risks"))
    yield made
    made.projector.close()


def test_a_late_assessment_changes_what_was_true_on_30_june_and_not_what_was_known(asked: Asked) -> None:
    """On 10 July an assessment of 28 June is entered: level general until then, major since."""
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-0001", likelihood="0.5")
    plant.now = at("2026-06-30", 20)
    known_on_30_june = plant.head()
    plant.now = at("2026-07-10")
    plant.reassess("R-0001", "3", happened=at("2026-06-28"))

    june = {"true_at": at("2026-06-30", 23)}
    assert asked.levels(**june, known_at=known_on_30_june) == {"R-0001": "general"}
    assert asked.levels(known_at=known_on_30_june) == {"R-0001": "general"}
    assert asked.levels(**june) == {"R-0001": "major"}
    assert asked.levels(true_at=at("2026-06-27")) == {"R-0001": "general"}
    [row] = asked.rows()
    assert row["days_entered_late"] == 12
    assert row["since"]["level"] == at("2026-06-28")
    assert row["positions"]["level"] == plant.head()


def test_an_assessment_entered_late_between_two_others_moves_neither(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-0001", likelihood="0.5")
    plant.now = at("2026-07-01")
    plant.reassess("R-0001", "3")
    plant.now = at("2026-07-10")
    plant.reassess("R-0001", "1", happened=at("2026-06-15"))
    told = [asked.levels(true_at=at(day))["R-0001"] for day in ("2026-06-02", "2026-06-16", "2026-07-02")]
    assert told == ["general", "larger", "major"]
    assert asked.levels() == {"R-0001": "major"}


def test_a_row_shows_level_colour_score_method_unit_and_controls(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-0001")
    plant.now = at("2026-06-02")
    for order, control in ((2, "C-2"), (1, "C-1")):
        plant.control("R-0001", control, order)
    [row] = asked.rows(body=BODY)
    assert {
        key: row[key] for key in ("body", "code", "unit", "level", "colour", "score", "method", "version")
    } == {
        "body": BODY,
        "code": "R-0001",
        "unit": "U-1",
        "level": "larger",
        "colour": "orange",
        "score": "240",
        "method": "lec",
        "version": "common-4colour-1",
    }
    assert row["citation"]["standing"] == "adopted; method"
    assert row["accident_types"] == ["高处坠落"]
    assert (row["standing"], row["control_count"]) == ("assessed", 2)
    assert [one["control"] for one in row["controls"]] == ["C-1", "C-2"]
    [before] = asked.rows(true_at=at("2026-06-01", 23))
    assert before["controls"] == []


def test_a_risk_that_was_identified_and_not_assessed_has_no_level_and_no_colour(asked: Asked) -> None:
    asked.plant.identify("R-0001")
    [row] = asked.rows()
    assert (row["standing"], row["level"], row["colour"]) == ("identified", None, None)


def test_a_retired_risk_is_left_out_unless_asked_for_and_stands_before_its_day(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-0001")
    plant.now = at("2026-06-20")
    plant.give(CHECKER, RetireRisk(BODY, "R-0001", "shaft closed"))
    assert asked.rows() == []
    assert [row["standing"] for row in asked.rows(retired=True)] == ["retired"]
    assert [row["standing"] for row in asked.rows(true_at=at("2026-06-19"))] == ["assessed"]


def test_pages_continue_where_the_last_one_ended_over_all_bodies(asked: Asked) -> None:
    plant = asked.plant
    plant.found("NJ-K02")
    for number in range(5):
        plant.risk(f"R-{number}", "1" if number % 2 else "3")
        plant.risk(f"R-{number}", "3", body="NJ-K02")
    whole = [(row["body"], row["code"]) for row in asked.rows()]
    assert whole == sorted(whole)
    for level in (None, "major"):
        wanted = [(row["body"], row["code"]) for row in asked.rows(level=level)]
        found, after = [], None
        while page := asked.rows(level=level, limit=2, after=after):
            found += [(row["body"], row["code"]) for row in page]
            after = found[-1]
        assert found == wanted
    assert {row["level"] for row in asked.rows(level="major")} == {"major"}
    assert len(asked.rows(level="major", body=BODY)) == 3
    assert [row["code"] for row in asked.rows(body=BODY, code="R-3")] == ["R-3"]


# ------------------------------------------------------------------------------------------- against a replay

CODES = ("R-1", "R-2")
MOMENTS = [at(f"2026-06-{day:02}") for day in range(1, 8)]


def replayed(records: list[Record], true_at: str, known_at: int) -> dict[str, dict[str, Any]]:
    """The list by the plainest means: what was known by then and so by then, in order of (happened_at, position)."""
    found: dict[str, dict[str, Any]] = {}
    by_then = [one for one in records if one.position <= known_at and one.happened_at <= true_at]
    approved = {(one.stream, one.event.number) for one in by_then if isinstance(one.event, LoweringApproved)}
    for record in sorted(by_then, key=lambda one: (one.happened_at, one.position)):
        code = record.stream.rsplit("/", 1)[1]
        match record.event:
            case RiskIdentified():
                found.setdefault(code, {})["standing"] = "identified"
            case RiskAssessed() | RiskReassessed() as event:
                found.setdefault(code, {})["standing"] = "assessed"
                if not event.waits or (record.stream, event.number) in approved:
                    found[code]["level"] = event.level
            case RiskRetired():
                found.setdefault(code, {})["standing"] = "retired"
            case ControlAdopted() as event:
                found.setdefault(code, {}).setdefault("controls", set()).add(event.control)
            case ControlWithdrawn() as event:
                found.setdefault(code, {}).setdefault("controls", set()).discard(event.control)
            case _:
                pass
    return found


@contextmanager
def history(steps: list[tuple[str, str, int]]) -> Iterator[Plant]:
    plant = Plant().found()
    plant.now = MOMENTS[-1]
    for number, (code, what, when) in enumerate(steps):
        happened = MOMENTS[when]
        with suppress(Refused):
            match what:
                case "retire":
                    plant.give(CHECKER, RetireRisk(BODY, code, "gone"), happened)
                case "approve" | "reject":
                    verdict = "approved" if what == "approve" else "rejected"
                    plant.give(CHECKER, DecideLowering(BODY, code, verdict), happened)  # type: ignore[arg-type]
                case "control":
                    plant.control(code, f"C-{number}", number + 1, happened)
                case "withdraw":
                    plant.give(LEAD, WithdrawControl(BODY, code, f"C-{number - 1}", "gone"), happened)
                case _:
                    plant.reassess(code, what, happened)
        if number == 0:
            for each in CODES:
                plant.now = MOMENTS[0]
                plant.risk(each, "0.5")
                plant.now = MOMENTS[-1]
    yield plant


STEPS = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(["0.2", "1", "3", "approve", "approve", "reject", "control", "withdraw", "retire"]),
    st.integers(0, 6),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=12), st.integers(0, 6), st.floats(0, 1))
def test_the_list_of_any_moment_as_known_at_any_record_is_what_a_replay_says(
    steps: list[tuple[str, str, int]], true: int, share: float
) -> None:
    with history(steps) as plant:
        projector = Projector(plant.journal, open_views("sqlite://"), [RISK_LIST])
        projector.follow()
        known_at = round(share * plant.head())
        wanted = replayed(plant.records(), MOMENTS[true], known_at)
        with projector.reader(RISK_LIST.name) as (connection, tables):
            asked = {"true_at": MOMENTS[true], "known_at": known_at}
            found = {row["code"]: row for row in risk_list(connection, tables, **asked, retired=True)}
            current = risk_list(connection, tables, **asked)
            major = risk_list(connection, tables, **asked, level="major", retired=True)
    # A control may be adopted for a day on which nothing else was true of the risk yet: it is no row by itself.
    wanted = {code: row for code, row in wanted.items() if "standing" in row}
    assert found.keys() == wanted.keys()
    for code, row in wanted.items():
        assert found[code]["standing"] == row["standing"]
        assert found[code]["level"] == row.get("level")
        assert found[code]["colour"] == COLOUR.get(row.get("level", ""))
        assert {one["control"] for one in found[code]["controls"]} == row.get("controls", set())
    standing = [code for code in sorted(wanted) if wanted[code]["standing"] != "retired"]
    assert [row["code"] for row in current] == standing
    assert [row["code"] for row in major] == [
        code for code in sorted(wanted) if wanted[code].get("level") == "major"
    ]
