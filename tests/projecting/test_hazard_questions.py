"""Rates, repeats, signs of paper, links, permits and the sweep: each from the records, as known at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.rules import load_rulebook
from domain.control_failures import FAILURES
from domain.evidence import DepositEvidence
from domain.hazard_closing import CloseHazard
from domain.hazard_dismissal import LinkDuplicate
from domain.hazard_extension import AskExtension, DecideExtension
from domain.hazard_filing import FileMajorHazard
from domain.hazard_finding import RegisterHazard
from domain.hazard_grading import RegradeHazard
from domain.hazard_on_the_spot import ConfirmFix, FixOnSpot
from domain.hazard_verdicts import JudgeHazard
from domain.hazard_verification import CompleteRectification, VerifyRectification
from domain.language import Moment, stream_name
from domain.paper_signals import DismissSignal
from domain.refused import NotIndependent
from domain.roles import GrantEntry, GrantRoles
from domain.rulebook import Rulebook
from domain.stops import ReleaseStop, StopUnit
from domain.units import RegisterUnit
from projections.index import PROJECTIONS
from projections.verdict_sweep import unmapped_items, verdict_sweep
from tests import postgres
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

PHOTO, OTHER = "a" * 64, "b" * 64


@dataclass
class House:
    """A plant and every question about it."""

    plant: Plant
    projector: Projector

    def ask(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        self.projector.follow()
        rows: list[dict[str, Any]] = answer(self.projector, question, asked)
        return rows

    def on(self, day: str) -> None:
        self.plant.now = max(self.plant.now, at(day))


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    url = "sqlite://" if request.param == "sqlite" else postgres.fresh_database("hazard_questions")
    plant = Plant().found()
    made = House(plant, Projector(plant.journal, open_views(url), PROJECTIONS))
    yield made
    made.projector.close()


def done(
    house: House, code: str, day: str, evidence: tuple[str, ...] = (), happened: Moment | None = None
) -> None:
    house.on(day)
    house.plant.give(ANSWERS, CompleteRectification(BODY, code, "bolted", evidence=evidence), happened)
    house.plant.react()


def later(house: House, minutes: int) -> None:
    import datetime as dt

    from domain.language import as_datetime, moment

    house.plant.now = moment(as_datetime(house.plant.now) + dt.timedelta(minutes=minutes))


# --- nine days late for ever


@pytest.mark.clause("NJ-069", "NJ-062")
def test_nine_days_late_reopened_and_closed_again_is_nine_days_late_for_ever(house: House) -> None:
    plant = house.plant
    house.on("2026-07-01")
    plant.hazard("YH-0001", "2026-07-10")
    done(house, "YH-0001", "2026-07-19")
    later(house, 60)
    plant.verify("YH-0001")
    plant.close("YH-0001")
    known = plant.head()
    last_month = house.ask("rectification-rates", per="month", as_of="2026-07-31")
    assert [(row["month"], row["late"], row["in_time"], row["most_days_late"]) for row in last_month] == [
        ("2026-07", 1, 0, 9)
    ]
    house.on("2026-08-03")
    plant.reopen("YH-0001")
    plant.plan("YH-0001", "2026-08-20")
    done(house, "YH-0001", "2026-08-10")
    later(house, 60)
    plant.verify("YH-0001")
    plant.close("YH-0001")
    [row] = house.ask("hazard-ledger")
    assert (row["step"], row["days_late"]) == ("closed", 9)
    assert house.ask("rectification-rates", per="month", as_of="2026-07-31") == last_month
    assert house.ask("rectification-rates", per="month", known_at=known, as_of="2026-07-31") == last_month
    by_month = {row["month"]: row for row in house.ask("rectification-rates", per="month")}
    assert (by_month["2026-07"]["late"], by_month["2026-08"]["in_time"]) == (1, 1)
    [person] = house.ask("rectification-rates", per="person")
    assert (person["person"], person["in_time"], person["late"], person["rate"]) == (ANSWERS, 1, 1, "0.5000")


def test_back_dating_the_closure_changes_nothing_of_that(house: House) -> None:
    plant = house.plant
    house.on("2026-07-01")
    plant.hazard("YH-0001", "2026-07-10")
    done(house, "YH-0001", "2026-07-19")
    plant.give(CHECKER, VerifyRectification(BODY, "YH-0001", "accepted", "x"), at("2026-07-19"))
    house.on("2026-07-25")
    plant.give(CHECKER, CloseHazard(BODY, "YH-0001"), at("2026-07-19"))
    [row] = house.ask("hazard-ledger")
    assert row["days_late"] == 9
    [rate] = house.ask("rectification-rates", per="unit")
    assert (rate["unit"], rate["late"], rate["rate"]) == ("U-1", 1, "0.0000")


def test_done_in_time_and_written_down_late_is_said_so(house: House) -> None:
    house.on("2026-07-01")
    house.plant.hazard("YH-0001", "2026-07-10")
    house.on("2026-07-15")
    done(house, "YH-0001", "2026-07-15", happened=at("2026-07-09"))
    [row] = house.ask("rectification-rates", per="person")
    assert (row["in_time"], row["late"], row["recorded_late"], row["rate"]) == (1, 0, 1, "1.0000")
    assert row["rate_recorded"] == "0.0000"


def test_an_extension_after_the_day_does_not_make_it_in_time(house: House) -> None:
    plant = house.plant
    house.on("2026-07-01")
    plant.hazard("YH-0001", "2026-07-05")
    house.on("2026-07-08")
    plant.give(LEAD, AskExtension(BODY, "YH-0001", "2026-07-20", "parts"))
    plant.give(CHECKER, DecideExtension(BODY, "YH-0001", "approved"))
    plant.react()
    done(house, "YH-0001", "2026-07-15")
    [row] = house.ask("rectification-rates", per="person")
    assert (row["late"], row["in_time"], row["most_days_late"]) == (1, 0, 0)


def test_what_is_not_done_is_overdue_or_not_due_and_a_rejection_makes_it_so_again(house: House) -> None:
    house.on("2026-07-01")
    house.plant.hazard("YH-0001", "2026-07-10")
    house.plant.hazard("YH-0002", "2026-07-10")
    done(house, "YH-0002", "2026-07-05")
    later(house, 60)
    house.plant.verify("YH-0002", "rejected")
    [before] = house.ask("rectification-rates", per="body", as_of="2026-07-10")
    assert (before["not_due"], before["overdue"], before["rate"]) == (2, 0, None)
    house.on("2026-07-11")
    [after] = house.ask("rectification-rates", per="body", as_of="2026-07-11")
    assert (after["overdue"], after["rate"]) == (2, "0.0000")


def test_what_was_fixed_on_the_spot_is_counted_apart(house: House) -> None:
    plant = house.plant
    house.on("2026-07-01")
    plant.give(WORKER, RegisterHazard(BODY, "YH-0001", "U-1", "Loose lock", "it opens"))
    plant.give(WORKER, FixOnSpot(BODY, "YH-0001", "new lock"))
    plant.give(CHECKER, ConfirmFix(BODY, "YH-0001", "accepted", "holds"))
    [row] = house.ask("rectification-rates", per="unit")
    assert (row["fixed_on_spot"], row["in_time"], row["rate"]) == (1, 0, None)
    [ledger] = house.ask("hazard-ledger")
    assert (ledger["step"], ledger["path"], ledger["grade"]) == ("closed", "on_the_spot", "general")


# --- signs of paper


def sign(house: House, **asked: Any) -> list[tuple[str, list[str]]]:
    return [(row["sign"], row["hazards"]) for row in house.ask("paper-signals", **asked)]


def test_accepted_within_minutes_on_both_clocks_is_a_sign(house: House) -> None:
    house.on("2026-07-01")
    for code in ("YH-0001", "YH-0002"):
        house.plant.hazard(code, "2026-07-20")
    done(house, "YH-0001", "2026-07-10")
    later(house, 3)
    house.plant.verify("YH-0001")
    assert sign(house) == [("within_minutes", ["YH-0001"])]
    assert sign(house, minutes=2) == []
    house.on("2026-07-12")
    house.plant.give(ANSWERS, CompleteRectification(BODY, "YH-0002", "bolted"), at("2026-07-11"))
    later(house, 3)
    house.plant.verify("YH-0002")  # both entered in one sitting, said to be done a day apart: another sign
    assert sign(house) == [("within_minutes", ["YH-0001"]), ("said_apart", ["YH-0002"])]


def test_one_photo_for_two_hazards_and_one_older_than_the_finding_are_signs(house: House) -> None:
    plant = house.plant
    house.on("2026-06-01")
    plant.give(
        CHECKER, DepositEvidence(BODY, PHOTO, "jpeg", 10, "2026-05-30T10:00:00+08:00"), at("2026-06-01")
    )
    house.on("2026-07-01")
    for code in ("YH-0001", "YH-0002", "YH-0003"):
        plant.hazard(code, "2026-07-20")
    done(house, "YH-0001", "2026-07-08", (PHOTO,))
    done(house, "YH-0002", "2026-07-10", (OTHER,))
    done(house, "YH-0003", "2026-07-12", (OTHER,))
    assert sign(house) == [("photo_older", ["YH-0001"]), ("photo_twice", ["YH-0002", "YH-0003"])]


def test_many_done_by_one_person_at_the_last_moment_are_a_sign(house: House) -> None:
    house.on("2026-07-01")
    codes = [f"YH-{number:04}" for number in range(1, 6)]
    for code in codes:
        house.plant.hazard(code, "2026-07-20")
    for code in codes[:4]:
        done(house, code, "2026-07-20")
        later(house, 5)
    assert sign(house) == [("burst", codes[:4])]
    assert sign(house, burst=5) == []
    assert sign(house, window=1) == []


def test_a_sign_that_was_looked_into_is_dismissed_with_a_reason_and_stays_listed(house: House) -> None:
    house.on("2026-07-01")
    house.plant.hazard("YH-0001", "2026-07-20")
    done(house, "YH-0001", "2026-07-10")
    house.plant.verify("YH-0001")
    [row] = house.ask("paper-signals")
    assert len(row["positions"]) == 2
    looked = DismissSignal(BODY, row["signal"], tuple(row["hazards"]), "the checker stood beside it")
    with pytest.raises(NotIndependent):
        house.plant.give(CHECKER, looked)
    house.plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(LEAD, "auditor"),)))
    house.plant.give(LEAD, looked)
    assert house.ask("paper-signals") == []
    [gone] = house.ask("paper-signals", dismissed=True)
    assert (gone["dismissed"], gone["why"]) == (True, "the checker stood beside it")


# --- open, links, repeats


def test_a_dismissed_sign_that_names_another_hazard_later_stands_again(house: House) -> None:
    house.plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(LEAD, "auditor"),)))
    house.on("2026-07-01")
    for code in ("YH-0001", "YH-0002", "YH-0003"):
        house.plant.hazard(code, "2026-07-20")
    for code in ("YH-0001", "YH-0002"):
        done(house, code, "2026-07-08", (PHOTO,))
    [row] = house.ask("paper-signals")
    house.plant.give(LEAD, DismissSignal(BODY, row["signal"], tuple(row["hazards"]), "both hang on one post"))
    assert house.ask("paper-signals") == []
    done(house, "YH-0003", "2026-07-12", (PHOTO,))
    assert sign(house) == [("photo_twice", ["YH-0001", "YH-0002", "YH-0003"])]


def test_open_hazards_say_what_they_wait_for_and_how_late_they_are(house: House) -> None:
    house.on("2026-07-01")
    house.plant.hazard("YH-0001", "2026-07-10")
    house.plant.give(WORKER, RegisterHazard(BODY, "YH-0002", "U-1", "t", "d"))
    rows = house.ask("hazard-open", on="2026-07-15")
    assert [(row["code"], row["waits_for"], row["days_over"]) for row in rows] == [
        ("YH-0001", "rectify", 5),
        ("YH-0002", "evaluate", 0),
    ]
    assert [row["code"] for row in house.ask("hazard-open", on="2026-07-15", late=True)] == ["YH-0001"]
    assert [row["code"] for row in house.ask("hazard-open", step="registered")] == ["YH-0002"]
    assert [row["code"] for row in house.ask("hazard-open", person=ANSWERS)] == ["YH-0001"]


@pytest.mark.clause("YT-29", "NJ-071")
def test_a_control_that_failed_twice_shows_at_its_risk_and_proposes_a_reassessment(house: House) -> None:
    plant = house.plant
    house.on("2026-02-01")
    plant.risk("R-0001")
    plant.control("R-0001", "C-01", 1)
    for day, code in (("2026-03-01", "YH-0001"), ("2026-06-01", "YH-0002"), ("2026-06-20", "YH-0003")):
        house.on(day)
        plant.give(
            WORKER,
            RegisterHazard(BODY, code, "U-1", "Guard", "loose", "control", "", "R-0001", "C-01"),
        )
        plant.react()
    [row] = house.ask("risk-hazards", risk="R-0001")
    assert (row["control"], row["hazards"], row["open"]) == ("C-01", ["YH-0001", "YH-0002", "YH-0003"], 3)
    [again] = house.ask("hazard-repeats", least=3)
    assert (again["same"], again["what"], again["times"]) == ("control", "C-01", 3)
    links = house.ask("hazard-links", code="YH-0002")
    assert [(one["risk"], one["control"], one["source"]) for one in links] == [("R-0001", "C-01", "control")]
    failures = plant.journal.stream(stream_name(FAILURES.name, BODY, "R-0001"))
    assert [one.kind for one in failures] == [
        "control-failed.1",
        "control-failed.1",
        "reassessment-proposed.1",
        "control-failed.1",
    ]
    assert failures[2].event.hazards == ("YH-0001", "YH-0002")  # type: ignore[attr-defined]  # that kind
    size = plant.head()
    plant.react()
    assert plant.head() == size, "each failure counts once"


def test_a_duplicate_hangs_on_its_original_and_is_open_no_more(house: House) -> None:
    house.on("2026-07-01")
    for code in ("YH-0001", "YH-0002"):
        house.plant.give(WORKER, RegisterHazard(BODY, code, "U-1", "t", "d"))
    house.plant.give(LEAD, LinkDuplicate(BODY, "YH-0002", "YH-0001", "the same"))
    assert [row["code"] for row in house.ask("hazard-open")] == ["YH-0001"]
    [row] = house.ask("hazard-links", code="YH-0001")
    assert row["duplicates"] == ["YH-0002"]


# --- permit


def test_a_unit_may_start_risky_work_without_stop_or_major_hazard_around_it(house: House) -> None:
    plant = house.plant
    plant.give(CHECKER, RegisterUnit(BODY, "U-2", "Hoist", "sub", "U-1"))
    assert [row["may"] for row in house.ask("permit", unit="U-2")] == [True]
    house.on("2026-07-01")
    plant.give(WORKER, StopUnit(BODY, "U-1", "water comes in", None, "nobody was there", "20 m"))
    [stopped] = house.ask("permit", unit="U-2")
    assert (stopped["may"], [one["kind"] for one in stopped["because"]]) == (False, ["stop"])
    plant.give(CHECKER, ReleaseStop(BODY, "U-1", "pumped dry"))
    assert [row["may"] for row in house.ask("permit", unit="U-2")] == [True]
    plant.hazard("YH-0001", "2026-07-20")
    assert [row["may"] for row in house.ask("permit", unit="U-2")] == [True]
    plant.give(CHECKER, RegradeHazard(BODY, "YH-0001", "major", "worse than it looked"))
    [major] = house.ask("permit", unit="U-2")
    assert [(one["kind"], one["what"]) for one in major["because"]] == [("hazard", "YH-0001")]
    assert major["because"][0]["position"] > 0
    plant.give(CHECKER, FileMajorHazard(BODY, "YH-0001", "bureau", "c"))
    [row] = house.ask("hazard-ledger")
    assert (row["grade"], row["filing"]) == ("major", "filed")


# --- the sweep


@pytest.mark.clause("YT-42", "NJ-068")
def test_a_change_of_law_lists_open_verdicts_as_proposals_and_guesses_nothing(house: House) -> None:
    plant = house.plant
    house.on("2026-07-01")
    judged = {
        "YH-0001": ("M88-UG-22", {"M88-UG-22": "yes"}),
        "YH-0002": ("M88-UG-23", {"over-25": "yes", "other": "no"}),
        "YH-0003": ("M88-UG-02", {"M88-UG-02": "no"}),
        "YH-0004": ("M88-UG-07", {"M88-UG-07": "yes"}),
    }
    for code, (item, answers) in judged.items():
        plant.give(WORKER, RegisterHazard(BODY, code, "U-1", "t", "d"))
        plant.give(CHECKER, JudgeHazard(BODY, code, "major-hazards-mines", item, answers))  # type: ignore[arg-type]  # words
    assert house.ask("verdict-sweep") == []
    rules = next_edition(
        [
            {"code": "N-1", "was": ["M88-UG-22"]},
            {"code": "N-2", "was": ["M88-UG-02"], "conditions": ["a", "b"]},
            {"code": "N-3", "was": ["M88-UG-07"], "exceptions": ["M88-UG-07"]},
        ]
    )
    acts = [
        {"body": one.scope, "code": one.stream.rsplit("/", 1)[1], "position": one.position,
         "kind": one.kind.rsplit(".", 1)[0], "data": vars(one.event)}
        for one in plant.records()
        if one.stream.startswith("hazard/")
    ]  # fmt: skip
    bodies = house.ask("body-list")
    rows = verdict_sweep(acts, [(BODY, code) for code in judged], bodies, rules, "2026-12-01")
    assert [(row["code"], row["item_now"], row["proposal"], row["asks"]) for row in rows] == [
        ("YH-0001", "N-1", "same", []),
        ("YH-0002", None, "unmapped", []),
        ("YH-0003", "N-2", "answer_anew", ["a", "b"]),
        ("YH-0004", "N-3", "would_differ", []),
    ]
    assert {row["edition_now"] for row in rows} == {"NEXT"}
    assert verdict_sweep(acts, [], bodies, rules, "2026-12-01") == [], "closed ones are left alone"
    dropped = {
        row["item"]
        for row in unmapped_items(rules)
        if row["edition"] == "KA-2022-88" and row["which"] == "dropped"
    }
    assert "M88-UG-23" in dropped
    assert "M88-UG-22" not in dropped


def next_edition(items: list[dict[str, Any]]) -> Rulebook:
    """The shipped rules with a made-up edition of the mines' criteria from October 2026 on."""
    made = [
        {
            "code": one["code"],
            "zh": "条目",
            "en": "item",
            "verified": "G",
            "was": one["was"],
            "needs": "any",
            "conditions": [{"id": key} for key in one.get("conditions", ())],
            "exceptions": [{"id": key} for key in one.get("exceptions", ())],
        }
        for one in items
    ]
    rules = load_rulebook()
    older, now = rules.wordings["major-hazards-mines"]
    value = {"sections": [{"id": "X", "items": made}]}
    new = replace(now, version="NEXT", since="2026-10-01", value=value)
    ended = replace(now, until="2026-09-30")
    return Rulebook({**rules.wordings, "major-hazards-mines": (older, ended, new)})


def test_items_that_no_newer_edition_takes_up_are_listed() -> None:
    rows = unmapped_items(load_rulebook())
    listed = {(row["pack"], row["edition"], row["item"], row["which"]) for row in rows}
    assert ("major-hazards-mines", "KA-2022-88", "M88-UG-32", "new") in listed
    assert "M98-UG-07" not in {row["item"] for row in rows}
