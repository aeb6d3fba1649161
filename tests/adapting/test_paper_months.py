"""A month begins where the report before ended; what became known since is told, and nothing falls between."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.language import Day, day_after
from domain.refused import Refused
from tests.adapting.paper_plant import BODY, PaperPlant
from tests.projecting.plant import at

RISKS = ("R-1", "R-2", "R-3")


class Act(NamedTuple):
    """On that day a risk is assessed with that likelihood; ``late`` is how many days before it happened."""

    day: int
    risk: str
    likelihood: str
    approved: bool
    late: int


ACTS = st.lists(
    st.builds(
        Act,
        st.integers(0, 78),
        st.sampled_from(RISKS),
        st.sampled_from(("3", "1", "0.5")),
        st.booleans(),
        st.sampled_from((0, 0, 0, 9, 40)),
    ),
    max_size=7,
)


def day(number: int) -> Day:
    return day_after("2024-02-11", number)


def found() -> PaperPlant:
    plant = PaperPlant().settle().on("2024-02-10")
    for code, likelihood in zip(RISKS, ("3", "1", "3"), strict=True):
        plant.found_risk(code, likelihood)
    return plant


def act(plant: PaperPlant, one: Act) -> None:
    plant.on(day(one.day))
    try:
        if one.approved and not one.late:
            plant.lower(one.risk)
        else:
            happened = at(max("2024-02-10", day(one.day - one.late)), 11) if one.late else None
            plant.reassess(one.risk, one.likelihood, happened=happened, body=BODY)
    except Refused:
        pass


def standing(report: Any, part: str) -> dict[str, tuple[str | None, tuple[int, ...]]]:
    """By risk the level and its record, at the end of a report or where its levels begin."""
    if part == "end":
        return {one.code: (one.level_at_end.value, one.level_at_end.records) for one in report.risks}
    return {one.code: (one.levels[0].level.value, one.levels[0].level.records) for one in report.risks}


@pytest.mark.clause("YT-16c")
@settings(max_examples=25, deadline=None)
@given(ACTS, st.integers(0, 16))
def test_a_month_starts_with_what_the_month_before_ended_with_and_tells_every_difference(
    acts: list[Act], wait: int
) -> None:
    plant = found()
    compiled = day_after("2024-03-20", wait)
    acts = sorted(acts)
    for one in acts:
        if day(one.day) <= compiled:
            act(plant, one)
    march = plant.on(compiled, 20).compile().report
    for one in acts:
        if day(one.day) > compiled:
            act(plant, one)
    april = plant.on("2024-05-03").compiled(period="2024-04")[0].report
    before = april.before
    assert (before.edition, before.as_of, before.position) == (
        1,
        march.head.pinned.as_of,
        march.head.pinned.position,
    )
    ended, begins = standing(march, "end"), standing(april, "start")
    first = {one.code: one.level_at_start.value for one in april.risks}
    told = {(one.risk, one.field): (one.was, one.now) for one in before.changes}
    for code in sorted({*ended, *first}):
        was = ended[code][0] if code in ended else None
        if was == "major" and (code, "level") not in told:
            assert first[code] == "major", "what ended as major starts as major, or the change is told"
        if was == "major" and (code, "level") in told:
            assert told[code, "level"] == ("major", first[code] if code in first else told[code, "level"][1])
        if was != "major" and first.get(code) == "major":
            assert told[code, "level"][1] == "major", "what starts as major ended so, or the change is told"
    if before.entered_since.value == 0:
        assert not before.changes
        assert {code: ended[code] for code in begins if code in ended} == {
            code: begins[code] for code in begins if code in ended
        }, "nothing entered since: the same level by the same record"


def test_an_assessment_that_keeps_the_level_is_told_in_its_month_and_starts_the_next_one() -> None:
    plant = found()
    plant.on("2024-03-18").reassess("R-1", "3", body=BODY)
    march = plant.on("2024-04-02").compile().report
    [first, *_] = march.risks
    assert [(one.since, one.what, one.level.value) for one in first.levels] == [
        ("2024-02-10", "at_start", "major"),
        ("2024-03-18", "reassessed", "major"),
    ]
    assert [(one.risk, one.was, one.now) for one in march.changes if one.field == "reassessed"] == [
        ("R-1", "2024-02-10", "2024-03-18")
    ]
    april = plant.on("2024-05-02").compiled(period="2024-04")[0].report
    assert april.risks[0].level_at_start == march.risks[0].level_at_end == first.levels[-1].level
    assert "重新评估，等级不变" in plant.compiled()[0].html["zh"].decode()


def test_what_happened_between_the_day_of_a_report_and_the_end_of_its_month_is_told_by_the_next_one() -> None:
    plant = found()
    march = plant.on("2024-03-25", 20).compile().report
    assert march.head.pinned.as_of == "2024-03-25"
    plant.on("2024-03-27").reassess("R-2", "3", body=BODY)
    plant.on("2024-03-29").lower("R-2")
    april = plant.on("2024-05-02").compiled(period="2024-04")[0].report
    told = {one.code: [(level.since, level.what) for level in one.levels] for one in april.risks}
    assert told["R-2"] == [
        ("2024-02-10", "at_start"),
        ("2024-03-27", "raised"),
        ("2024-03-29", "lowered"),
    ], "major for two days that the report of March did not see"
    assert april.before.entered_since.value == 3


def test_a_late_entry_about_the_month_before_is_told_as_such() -> None:
    plant = found()
    plant.on("2024-04-02").compile()
    plant.reassess("R-2", "3", happened=at("2024-03-20"), body=BODY)
    april = plant.on("2024-05-02").compiled(period="2024-04")[0].report
    assert [
        (one.risk, one.field, one.was, one.now) for one in april.before.changes if one.field == "level"
    ] == [("R-2", "level", "larger", "major")]
    assert not [one for one in april.changes if one.risk == "R-2"], "inside April nothing changed"
    assert plant.compiled()[0].report.before is None, "before March there was no report"
