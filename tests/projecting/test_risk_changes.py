"""What changed between two moments is the difference of the two lists, whichever clock moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.language import Moment
from domain.records import Record
from domain.refused import Refused
from domain.risk_assessment import RiskAssessed, RiskReassessed
from domain.risk_focus import EndFocus, FocusEnded, FocusSet, SetFocus
from domain.risk_identity import CorrectIdentification, IdentificationCorrected, RiskIdentified
from domain.risk_tags import RiskTagged, RiskUntagged, Tag, TagRisk, UntagRisk
from domain.risks import RetireRisk, RiskRetired
from projections.index import PROJECTIONS
from projections.risk_changes import ASIDE
from projections.risk_marks import RISK_MARKS, focus_list, tagged_risks
from tests import postgres
from tests.projecting.plant import BODY, CHECKER, LEAD, Plant, at


class Asked:
    """A plant whose questions are asked as the command line asks them."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def __call__(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, asked)

    def correct(self, risk: str, name: str, happened: Moment | None = None) -> None:
        words = ("210803", "GB/T 13861-2022", ("高处坠落",), "cause", "consequence", "impact")
        self.plant.give(
            LEAD, CorrectIdentification(BODY, risk, "U-1", name, *words, reason="wrong"), happened
        )


@pytest.fixture(params=["sqlite", "postgres"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("risk_changes"))
    yield made
    made.projector.close()


PRESS, RAIN = Tag("equipment", "P-7"), Tag("weather", "rainstorm")


def told(rows: list[dict[str, Any]]) -> dict[str, tuple[Any, Any]]:
    return {row["field"]: (row["before"], row["after"]) for row in rows}


@pytest.mark.clause("YT-25b", "NJ-070", "YT-04")
def test_what_changed_between_two_days_is_told_field_by_field_with_the_record(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-1", likelihood="0.5")
    plant.now = at("2026-06-10")
    plant.reassess("R-1", "3")
    raised = plant.head()
    plant.give(LEAD, TagRisk(BODY, "R-1", (PRESS,)))
    plant.give(CHECKER, SetFocus(BODY, "R-1", ("high_level",)))
    asked.correct("R-1", "Hoist, put right")
    rows = asked("risk-diff", body=BODY, from_as_of="2026-06-02", to_as_of="2026-06-11")
    found = told(rows)
    assert found["level"] == ("general", "major")
    assert found["name"] == ("Hoist R-1", "Hoist, put right")
    assert found["factor"] == ("2101", "210803")
    assert found["tags.equipment.P-7"] == (None, True)
    assert found["focus"] == (None, {"reasons": ["high_level"]})
    assert not found.keys() & (ASIDE | {"standing", "cause_"})
    assert {row["position"] for row in rows if row["field"] == "level"} == {raised}
    assert asked("risk-diff", body=BODY, from_as_of="2026-06-11", to_as_of="2026-06-12") == []


def test_a_risk_that_came_or_went_is_one_row(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-1")
    [row] = asked("risk-diff", body=BODY, from_as_of="2026-05-31", to_as_of="2026-06-02")
    assert (row["change"], row["code"], row["before"], row["after"]) == ("appeared", "R-1", None, "assessed")
    [row] = asked("risk-diff", body=BODY, from_as_of="2026-06-02", to_as_of="2026-05-31")
    assert (row["change"], row["before"], row["after"]) == ("gone", "assessed", None)


def test_a_late_entry_changes_what_was_true_and_is_told_as_learnt_later(asked: Asked) -> None:
    """On 10 July it is entered that a tag held and a name was wrong on 28 June."""
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-1")
    plant.now = at("2026-07-10")
    plant.give(LEAD, TagRisk(BODY, "R-1", (RAIN,)), at("2026-06-28"))
    asked.correct("R-1", "Renamed", at("2026-06-28"))
    june = {"from_as_of": "2026-06-30", "to_as_of": "2026-06-30", "body": BODY}
    learnt = told(asked("risk-diff", **june, from_known_at="2026-06-30"))
    assert learnt["tags.weather.rainstorm"] == (None, True)
    assert learnt["name"] == ("Hoist R-1", "Renamed")
    assert asked("risk-diff", **june) == []
    assert asked("risk-diff", **june, from_known_at="2026-06-30", to_known_at="2026-07-09") == []
    [row] = asked("risk-list", body=BODY, as_of="2026-06-30", known_at="2026-06-30")
    assert (row["name"], row["tags"]) == ("Hoist R-1", [])


@pytest.mark.clause("YT-24")
def test_a_tag_reaches_its_risks_on_both_clocks(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    for code in ("R-1", "R-2"):
        plant.risk(code)
        plant.give(LEAD, TagRisk(BODY, code, (PRESS, RAIN)))
    plant.now = at("2026-06-10")
    known = plant.head()
    plant.give(LEAD, UntagRisk(BODY, "R-1", (PRESS,), "another press"), at("2026-06-05"))
    asked.projector.follow()
    with asked.projector.reader(RISK_MARKS.name) as (connection, tables):

        def reached(*tags: tuple[str, str], **when: Any) -> list[tuple[str, str]]:
            return [
                (row["risk"], row["code"]) for row in tagged_risks(connection, tables, BODY, tags, **when)
            ]

        press, rain = ("equipment", "P-7"), ("weather", "rainstorm")
        assert reached(press) == [("R-2", "P-7")]
        assert reached(press, true_at=at("2026-06-02")) == [("R-1", "P-7"), ("R-2", "P-7")]
        assert reached(press, true_at=at("2026-06-06"), known_at=known) == [("R-1", "P-7"), ("R-2", "P-7")]
        assert reached(rain, press) == [("R-1", "rainstorm"), ("R-2", "P-7"), ("R-2", "rainstorm")]
        assert reached(("material", "P-7")) == reached() == []


def test_focus_control_is_listed_while_it_lasts(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-1")
    plant.give(CHECKER, SetFocus(BODY, "R-1", ("high_level", "grave_consequence")))
    plant.now = at("2026-06-05")
    plant.give(CHECKER, EndFocus(BODY, "R-1", "rebuilt"))
    asked.projector.follow()
    with asked.projector.reader(RISK_MARKS.name) as (connection, tables):
        [row] = focus_list(connection, tables, BODY, at("2026-06-02"))
        assert row["reasons"] == ["grave_consequence", "high_level"]
        assert focus_list(connection, tables, BODY) == []


# --- the whole row


@pytest.mark.clause("YT-25a", "YT-16a")
def test_a_row_holds_the_six_fields_of_the_list_and_of_the_report_and_tells_what_is_missing(
    asked: Asked,
) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    plant.risk("R-1")
    [row] = asked("risk-list", body=BODY)
    assert row["missing"] == [
        "category",
        "overview",
        "parameters",
        "controls",
        "responsible_units",
        "responsible_persons",
    ]
    assert row["description"] == "worn rope；cage falls"
    assert row["location"]["path"]
    assert row["responsible_body"] == BODY
    assert row["objective"] is True
    words = ("120201", "GB/T 13861-2022", ("高处坠落",), "cause", "consequence", "impact")
    more = {"category": "people", "features": "one operator", "parameters": "30 m"}
    plant.give(LEAD, CorrectIdentification(BODY, "R-1", "U-1", "Hoist", *words, **more, reason="more"))
    [row] = asked("risk-list", body=BODY)
    assert row["missing"] == ["controls", "responsible_units", "responsible_persons"]
    assert row["description"] == "one operator"
    assert row["characteristics"] == {
        "overview": "one operator",
        "parameters": "30 m",
        "impact_range": "impact",
    }
    assert row["objective"] is False, "people are no objective factor (YT Art. 3)"


@pytest.mark.clause("NJ-045b", "NJ-036")
def test_the_distribution_counts_every_risk_once_in_every_dimension_but_accident_types(asked: Asked) -> None:
    plant = asked.plant
    plant.now = at("2026-06-01")
    for code, likelihood in (("R-1", "3"), ("R-2", "1"), ("R-3", "1")):
        plant.risk(code, likelihood)
    plant.identify("R-4")
    rows = asked("risk-distribution", body=BODY)
    counts = {(row["dimension"], row["value"]): row for row in rows}
    assert counts["level", "larger"]["risks"] == 2
    assert counts["method", "lec common-4colour-1"]["major"] == 1
    assert counts["method", "none"]["not_assessed"] == 1
    assert counts["unit", "U-1"]["risks"] == 4
    for dimension in {row["dimension"] for row in rows}:
        assert sum(row["risks"] for row in rows if row["dimension"] == dimension) == 4
    for row in rows:
        assert row["risks"] == sum(row[one] for one in ("major", "larger", "general", "low", "not_assessed"))


# --- against a replay, over arbitrary histories

CODES = ("R-1", "R-2")
MOMENTS = [at(f"2026-06-{day:02}") for day in range(1, 8)]
STEPS = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(
        ["0.2", "3", "retire", "rename", "press", "rain", "no press", "no rain", "focus", "no focus"]
    ),
    st.integers(0, 6),
    st.integers(0, 6),
)


def played(steps: list[tuple[str, str, int, int]]) -> Asked:
    """Each step happened on one day and was entered on the same or a later one; what is refused is left out."""
    made = Asked()
    plant = made.plant
    plant.now = MOMENTS[0]
    for each in CODES:
        plant.risk(each, "0.5")
    for number, (code, what, one, other) in enumerate(sorted(steps, key=lambda step: max(step[2:]))):
        happened, plant.now = MOMENTS[min(one, other)], MOMENTS[max(one, other)]
        with suppress(Refused):
            match what:
                case "retire":
                    plant.give(CHECKER, RetireRisk(BODY, code, "gone"), happened)
                case "rename":
                    made.correct(code, f"name {number}", happened)
                case "press" | "rain":
                    plant.give(LEAD, TagRisk(BODY, code, (PRESS if what == "press" else RAIN,)), happened)
                case "no press" | "no rain":
                    tag = PRESS if what == "no press" else RAIN
                    plant.give(LEAD, UntagRisk(BODY, code, (tag,), "over"), happened)
                case "focus":
                    plant.give(CHECKER, SetFocus(BODY, code, ("high_level",), str(number)), happened)
                case "no focus":
                    plant.give(CHECKER, EndFocus(BODY, code, "over"), happened)
                case _:
                    plant.reassess(code, what, happened)
    return made


def replayed(records: list[Record], true_at: Moment, known_at: int) -> dict[str, dict[str, Any]]:
    """Risk -> field -> value by the plainest means, in order of (happened_at, position)."""
    found: dict[str, dict[str, Any]] = {}
    by_then = [one for one in records if one.position <= known_at and one.happened_at <= true_at]
    for record in sorted(by_then, key=lambda one: (one.happened_at, one.position)):
        of = found.setdefault(record.stream.rsplit("/", 1)[1], {})
        match record.event:
            case RiskIdentified() | IdentificationCorrected() as event:
                of.update(name=event.name, factor=event.factor)
                of.setdefault("standing", "identified")
            case RiskAssessed() | RiskReassessed() as event:
                of["standing"] = "assessed"
                if not event.waits:  # a lower level that waits for another person does not count yet
                    of["level"] = event.level
            case RiskRetired():
                of["standing"] = "retired"
            case RiskTagged() as event:
                of.update({f"tags.{tag.kind}.{tag.code}": True for tag in event.tags})
            case RiskUntagged() as event:
                for tag in event.tags:
                    of.pop(f"tags.{tag.kind}.{tag.code}", None)
            case FocusSet() as event:
                of["focus"] = {"reasons": list(event.reasons)}
            case FocusEnded():
                of.pop("focus", None)
            case _:
                pass
    return {code: of for code, of in found.items() if "standing" in of}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(STEPS, min_size=1, max_size=14),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_changes_between_any_two_moments_are_what_a_replay_of_both_differs_in(
    steps: list[tuple[str, str, int, int]], true: tuple[int, int], share: tuple[float, float]
) -> None:
    asked = played(steps)
    known = [round(one * asked.plant.head()) for one in share]
    ends = {"from_as_of": MOMENTS[true[0]], "to_as_of": MOMENTS[true[1]]}
    rows = asked("risk-diff", body=BODY, **ends, from_known_at=known[0], to_known_at=known[1])
    records = asked.plant.records()
    before, after = (
        replayed(records, MOMENTS[one], position) for one, position in zip(true, known, strict=True)
    )
    fields = {"name", "factor", "level", "standing", "focus", "tags.equipment.P-7", "tags.weather.rainstorm"}
    wanted: dict[tuple[str, str], tuple[Any, Any]] = {}
    for code in sorted(before.keys() | after.keys()):
        was, now = before.get(code), after.get(code)
        if was is None or now is None:
            wanted[code, "standing"] = (was and was["standing"], now and now["standing"])
            continue
        for field in fields:
            if was.get(field) != now.get(field):
                wanted[code, field] = (was.get(field), now.get(field))
    found = {
        (row["code"], row["field"]): (row["before"], row["after"]) for row in rows if row["field"] in fields
    }
    assert found == wanted
    # And it is the difference of the two lists that the question "risk-list" answers.
    lists = []
    for one, position in zip(true, known, strict=True):
        asked_for = {"as_of": MOMENTS[one], "known_at": position, "retired": True}
        lists.append({row["code"]: row for row in asked("risk-list", body=BODY, **asked_for)})
    plain = {
        (code, field)
        for code in lists[0].keys() & lists[1].keys()
        for field in lists[0][code].keys() - ASIDE - {"tags", "controls", "focus"}
        if lists[0][code][field] != lists[1][code][field]
    }
    listed = {
        key
        for key in ((row["code"], row["field"]) for row in rows)
        if key[0] in lists[0].keys() & lists[1].keys()
    }
    assert {key for key in listed if "." not in key[1] and key[1] != "focus"} == plain
    asked.projector.close()
