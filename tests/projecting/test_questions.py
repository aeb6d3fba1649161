"""Questions by name: parameters checked by field, days as their last moment in China, moments as positions."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from adapters.projector.asking import known_at, true_at
from adapters.projector.projector import Projector
from adapters.projector.questions import QUESTIONS, TOPICS, answer
from adapters.projector.reading import position_at
from adapters.projector.views import open_views
from domain.refused import BadField, NaiveTime
from projections.index import BY_NAME, PROJECTIONS
from tests.projecting.plant import BODY, Plant, at


@pytest.fixture(scope="module")
def story() -> Projector:
    return Projector(Plant().story().journal, open_views("sqlite://"), PROJECTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_answers_its_example_and_may_be_asked_without_parameters(
    story: Projector, name: str
) -> None:
    if name != "change-preview":
        assert isinstance(answer(story, name, {}), list)
    example = answer(story, name, QUESTIONS[name].example)
    if name == "coverage":
        return  # the example's checklist is withdrawn in the end; test_checks.py has lists that stand
    if name == "equipment-unknown":
        return  # the example's foreign event is settled in the end; test_equipment_events.py has ones that wait
    if name == "change-preview":
        return  # it needs a body; test_changes.py asks it
    shared = name.startswith(("calendar-", "warning-", "feed-", "episode-"))  # what belongs to no body
    assert example if shared else {row["body"] for row in example} == {"KS-01"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_tells_its_parameters_in_both_languages(name: str) -> None:
    for field in QUESTIONS[name].parameters.model_json_schema()["properties"].values():
        assert " / " in field["description"]


def test_questions_need_only_views_that_there_are() -> None:
    names = {one.name for one in PROJECTIONS}
    for question in QUESTIONS.values():
        assert set(question.needs) <= names


def test_what_the_indexes_name_stands_where_they_say() -> None:
    """They load a question or a projection when it is asked for, so nothing else would notice a wrong line."""
    for place, names in TOPICS.items():
        module, _, called = place.partition(".")
        topic = getattr(import_module(f"adapters.projector.{module}"), called)
        assert tuple(one.name for one in topic) == names
    assert [one.name for one in PROJECTIONS] == list(BY_NAME)


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("risk-list", {"colour": "red"}, "colour"),
        ("risk-list", {"level": "red"}, "level"),
        ("risk-list", {"limit": 0}, "limit"),
        ("risk-list", {"as_of": "yesterday"}, "as_of"),
        ("hazard-ledger", {"known_at": "2026-13-01"}, "known_at"),
        ("hazard-ledger", {"open_only": "yes"}, "open_only"),
        ("role-holders", {"on": "2026-02-30"}, "on"),
        ("what-is-love", {}, "question"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(
    story: Projector, name: str, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadField) as refused:
        answer(story, name, given)
    assert str(refused.value.values["field"]).startswith(field)


def test_a_moment_without_an_offset_is_refused(story: Projector) -> None:
    with pytest.raises(NaiveTime):
        answer(story, "risk-list", {"as_of": "2026-06-30T10:00:00"})


def test_a_day_means_its_last_moment_in_china() -> None:
    assert true_at("2026-06-30") == "2026-06-30T15:59:59.999999Z"
    assert true_at("2026-06-30T10:00:00+08:00") == "2026-06-30T02:00:00.000000Z"
    assert true_at(None) is None


def test_a_moment_becomes_the_last_position_recorded_by_then() -> None:
    plant = Plant()
    positions: dict[str, int] = {}
    for day, number in (("2026-02-01", 3), ("2026-02-02", 1), ("2026-02-05", 7)):
        plant.now = at(day)
        plant.fill(number, first=plant.head())
        positions[day] = plant.head()
    journal = plant.journal
    assert position_at(journal, at("2026-01-31")) == 0
    assert position_at(journal, at("2026-02-01")) == positions["2026-02-01"] == 3
    assert position_at(journal, at("2026-02-04")) == positions["2026-02-02"] == 4
    assert position_at(journal, at("2026-03-01")) == 11
    projector = Projector(journal, open_views("sqlite://"), PROJECTIONS)
    assert known_at(projector, "2026-02-02") == 4
    assert known_at(projector, 2) == 2
    assert known_at(projector, None) is None


def test_a_late_assessment_is_found_by_days() -> None:
    """Design, check of both clocks: entered on 10 July, an assessment of 28 June."""
    plant = Plant().found()
    plant.now = at("2026-06-01")
    plant.risk("R-0001", likelihood="0.5")
    plant.now = at("2026-07-10")
    plant.reassess("R-0001", "3", happened=at("2026-06-28"))
    projector = Projector(plant.journal, open_views("sqlite://"), PROJECTIONS)

    def level(**asked: Any) -> str:
        [row] = answer(projector, "risk-list", {"body": BODY, **asked})
        return str(row["level"])

    assert level(known_at="2026-06-30") == "general"
    assert level(as_of="2026-06-30", known_at="2026-06-30") == "general"
    assert level(as_of="2026-06-30") == "major"
    assert level(as_of="2026-06-27") == "general"
    assert level() == "major"


def test_roles_without_a_day_are_todays_and_ever_shows_all() -> None:
    plant = Plant().story()
    projector = Projector(plant.journal, open_views("sqlite://"), PROJECTIONS)
    today = {(row["person"], row["role"]) for row in answer(projector, "role-holders", {})}
    ever = {(row["person"], row["role"]) for row in answer(projector, "role-holders", {"ever": True})}
    assert ever - today == {("P-DEPUTY", "workshop_lead")}


def test_a_question_may_be_asked_as_of_ones_own_position() -> None:
    plant = Plant()
    plant.fill(9)
    projector = Projector(plant.journal, open_views("sqlite://"), PROJECTIONS)
    assert len(answer(projector, "unit-tree", {}, position=4)) == 4
    assert len(answer(projector, "unit-tree", {})) == 9
