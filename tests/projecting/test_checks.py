"""Checklists, inspections, their evidence and coverage as people ask for them, with the policies that act between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.checklist_items import ItemEntry
from domain.checklists import AmendChecklist, AssignRounds, DrawUpChecklist, EndRounds, WithdrawChecklist
from domain.duties import RaiseDuty
from domain.hazards import HazardRegistered
from domain.inspection_answers import AnswerEntry
from domain.inspections import (
    AddToInspection,
    AnswerItems,
    CompleteInspection,
    RecheckInspection,
    RecordRound,
    StartInspection,
)
from domain.language import Moment, day_of
from domain.logbook import PolicyRefused
from domain.refused import BadField, UnknownThing
from domain.risk_controls import WithdrawControl
from domain.roles import GrantEntry, GrantRoles
from domain.rulebook import Citation
from domain.visits import AnswerVisit, RecordVisit, VisitFinding
from projections.index import PROJECTIONS
from tests import postgres
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

LIST = "JC"
PHOTO = "cd" * 32
ITEMS = (
    ItemEntry("1", "switch works", "try it", ("team", "workshop"), "P1M", None, "R-1", "C-1"),
    ItemEntry("2", "no oil", "look", ("team",), "P1M"),
)
FEBRUARY = "JC.team.P1M.p-answers.2026-02-01"
MARCH = "JC.team.P1M.p-answers.2026-03-01"


class House:
    """A plant with risk R-1, its control C-1 and a checklist of two items, drawn up on 1 February."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.plant.risk("R-1")
        self.plant.control("R-1", "C-1", 1)
        self.on("2026-02-01", LEAD, DrawUpChecklist(BODY, LIST, "hoist", "U-1", ITEMS))
        self.projector = Projector(self.plant.journal, open_views(url), PROJECTIONS)

    def on(self, day: str, by: str, *commands: Any, happened: Moment | None = None) -> None:
        self.plant.now = max(self.plant.now, at(day))
        for command in commands:
            self.plant.give(by, command, happened)
        self.plant.react()

    def assign(self) -> None:
        self.on("2026-02-01", LEAD, AssignRounds(BODY, LIST, "team", "P1M", ANSWERS))

    def whole(
        self, day: str, code: str, first: str = "pass", recorded: str | None = None, **more: Any
    ) -> None:
        """A round of the team leader that ended at ten."""
        answers = (AnswerEntry("1", first, "as found"), AnswerEntry("2", "pass", evidence=(PHOTO,)))  # type: ignore[arg-type]  # one of the four answers
        command = RecordRound(BODY, code, at(day, 9), answers, "as I saw it", **more)
        self.on(recorded or day, ANSWERS, command, happened=at(day))

    def ask(self, question: str, **given: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, {"body": BODY, **given})

    def duty(self, code: str) -> dict[str, Any]:
        [found] = [row for row in self.ask("duty-list") if row["code"] == f"round.{code}"]
        return found


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    made = House("sqlite://" if request.param == "sqlite" else postgres.fresh_database("checks"))
    yield made
    for name in ("checklists", "inspections", "evidence", "visits"):
        made.projector.follow([name])
        assert made.projector.check(name).equal, f"{name}: built again it would say something else"
    made.projector.close()


# --- checklists


@pytest.mark.clause("NJ-063")
def test_a_checklist_shows_its_items_as_they_stand_and_as_they_stood(house: House) -> None:
    amend = AmendChecklist(BODY, LIST, "drill", (ItemEntry("3", "knows", "ask", ("team",), "P7D"),), ("2",))
    house.on("2026-02-05", LEAD, amend)
    now = house.ask("checklist-items", checklist=LIST)
    assert [(row["item"], row["version"], row["tiers"]) for row in now] == [
        ("1", 1, ["team", "workshop"]),
        ("3", 2, ["team"]),
    ]
    assert [row["item"] for row in house.ask("checklist-items", checklist=LIST, version=1)] == ["1", "2"]
    [listed] = house.ask("checklist-list")
    assert (listed["version"], listed["item_count"], listed["drawn_by"]) == (2, 2, LEAD)


def test_a_checklist_shows_whose_rounds_it_has_and_goes_when_withdrawn(house: House) -> None:
    house.assign()
    [listed] = house.ask("checklist-list")
    assert [(one["person"], one["since"], one["until"]) for one in listed["rounds"]] == [
        (ANSWERS, "2026-02-01", None)
    ]
    house.on("2026-02-10", LEAD, EndRounds(BODY, LIST, "team", "P1M", ANSWERS, "2026-03-01"))
    house.on("2026-02-11", CHECKER, WithdrawChecklist(BODY, LIST, "sold"))
    assert house.ask("checklist-list") == []
    assert house.ask("checklist-items") == []
    [gone] = house.ask("checklist-list", withdrawn=True)
    assert (gone["withdrawn_on"], gone["rounds"][0]["until"]) == ("2026-02-11", "2026-03-01")


@pytest.mark.clause("NJ-063", "YT-29")
def test_controls_that_no_checklist_checks_are_named(house: House) -> None:
    house.plant.control("R-1", "C-2", 2)
    [gap] = house.ask("checklist-gaps")
    assert (gap["gap"], gap["risk"], gap["control"], gap["measure"]) == (
        "not_listed",
        "R-1",
        "C-2",
        "guard C-2",
    )
    house.plant.give(LEAD, WithdrawControl(BODY, "R-1", "C-1", "worn out"))
    _, gone = house.ask("checklist-gaps")
    assert (gone["gap"], gone["control"], gone["checklist"], gone["item"]) == (
        "not_in_force",
        "C-1",
        LIST,
        "1",
    )


# --- rounds as duties


@pytest.mark.clause("NJ-060")
def test_every_period_owes_its_round_and_a_completed_one_answers_the_duty(house: House) -> None:
    house.assign()
    duty = house.duty(FEBRUARY)
    assert (duty["owed_by"], duty["due"], duty["step"]) == (ANSWERS, "2026-02-28", "open")
    house.whole("2026-02-20", FEBRUARY)
    assert house.duty(FEBRUARY)["step"] == "answered"
    assert (house.duty(MARCH)["due"], house.duty(MARCH)["step"]) == ("2026-03-31", "open")
    [march] = house.ask("inspection-list", step="planned")
    assert (march["code"], march["opens"], march["owed_by"]) == (MARCH, "2026-03-01", ANSWERS)


def test_a_missed_round_stays_missed_however_it_is_made_up_for(house: House) -> None:
    house.assign()
    house.plant.mark(f"round.{FEBRUARY}", "2026-02-28")
    house.plant.react()
    [missed] = house.ask("inspection-list", missed=True)
    assert (missed["code"], missed["missed_step"], missed["standing"]) == (
        FEBRUARY,
        "planned",
        "inspection_missed_planned",
    )
    assert house.duty(MARCH)["due"] == "2026-03-31"
    house.whole("2026-03-05", FEBRUARY)
    [made] = house.ask("inspection-list", missed=True)
    assert (made["standing"], made["days_late"], made["days_late_recorded"]) == ("inspection_completed", 5, 5)
    assert [row["code"] for row in house.ask("inspection-list")] == [MARCH, FEBRUARY]


def test_an_unfinished_round_is_missed_too_and_one_recorded_late_says_both(house: House) -> None:
    house.assign()
    house.on("2026-02-27", ANSWERS, StartInspection(BODY, FEBRUARY))
    house.on("2026-02-27", ANSWERS, AnswerItems(BODY, FEBRUARY, (AnswerEntry("1", "pass"),)))
    house.plant.mark(f"round.{FEBRUARY}", "2026-02-28")
    house.plant.react()
    [missed] = house.ask("inspection-list", missed=True)
    assert (missed["missed_step"], missed["answered"], missed["item_count"]) == ("started", 1, 2)
    rest = AnswerItems(BODY, FEBRUARY, (AnswerEntry("2", "not_looked_at", "locked"),))
    done = CompleteInspection(BODY, FEBRUARY, "as I saw it")
    house.on("2026-03-10", ANSWERS, rest, done, happened=at("2026-02-28"))
    [made] = house.ask("inspection-list", missed=True)
    assert (made["days_late"], made["days_late_recorded"], made["not_looked_at"]) == (0, 10, 1)


def test_rounds_that_ended_are_not_owed_again(house: House) -> None:
    house.assign()
    house.on("2026-02-10", LEAD, EndRounds(BODY, LIST, "team", "P1M", ANSWERS, "2026-03-01"))
    house.whole("2026-02-20", FEBRUARY)
    assert [row["code"] for row in house.ask("inspection-list")] == [FEBRUARY]


@pytest.mark.clause("NJ-060")
def test_a_completed_inspection_answers_the_tier_s_duty_of_the_month(house: House) -> None:
    citation = Citation(
        "measures-check", "nanjing-pilot-2018", "plan", "", "四(一)", "law", "adopted; foreign"
    )
    for role in ("team_lead", "workshop_lead"):
        duty = RaiseDuty(
            BODY,
            f"measures-check.{role}.2026-02",
            "measures-check",
            "tier",
            role,
            role,
            "2026-02-28",
            citation,
            "role",
        )
        house.plant.give("clock", duty, at("2026-02-01"), "clock")
    house.whole("2026-02-20", "JC-1", checklist=LIST, tier="team")
    steps = {row["code"]: row["step"] for row in house.ask("duty-list")}
    assert steps["measures-check.team_lead.2026-02"] == "answered"
    assert steps["measures-check.workshop_lead.2026-02"] == "open"
    house.whole("2026-02-21", "JC-2", checklist=LIST, tier="team")
    refused = [one for one in house.plant.records() if one.kind == PolicyRefused.KIND]
    assert refused == [], "a second one finds the duty answered, and that is no refusal"


def test_a_control_withdrawn_since_loses_no_finding(house: House) -> None:
    house.plant.give(LEAD, WithdrawControl(BODY, "R-1", "C-1", "worn out"))
    house.whole("2026-02-20", "JC-1", first="fail", checklist=LIST, tier="team")
    [first, _] = house.ask("inspection-record", inspection="JC-1")
    assert first["hazard_step"] == "registered"


# --- the record


@pytest.mark.clause("NJ-062", "YT-05", "YT-29")
def test_the_record_of_a_round_is_a_chain_from_the_control_to_the_hazard(house: House) -> None:
    house.whole("2026-02-20", "JC-1", first="fail", recorded="2026-02-27", checklist=LIST, tier="team")
    first, second = house.ask("inspection-record", inspection="JC-1")
    assert (first["risk"], first["control"], first["measure"]) == ("R-1", "C-1", "guard C-1")
    assert (first["what"], first["version"], first["answer"], first["remark"]) == (
        "switch works",
        1,
        "fail",
        "as found",
    )
    assert (first["done_at"], day_of(first["recorded_at"])) == (at("2026-02-20"), "2026-02-27")
    assert (first["hazard"], first["hazard_step"]) == ("YH.JC-1.1", "registered")
    assert (second["answer"], second["evidence"], second["hazard"]) == ("pass", [PHOTO], None)
    assert second["signed_by"] == [ANSWERS]
    [hazard] = house.ask("hazard-ledger", code="YH.JC-1.1")
    assert (hazard["unit"], hazard["risk"], hazard["source"]) == ("U-1", "R-1", "inspection")
    [registered] = [one.event for one in house.plant.records() if one.kind == HazardRegistered.KIND]
    assert isinstance(registered, HazardRegistered)
    assert (registered.inspection, registered.item, registered.control) == ("JC-1", "1", "C-1")
    assert (registered.found_by, registered.description) == (ANSWERS, "as found")
    assert (registered.title, registered.breached) == ("as found", "switch works")


def test_what_was_said_later_stands_beside_the_answer_and_does_not_change_it(house: House) -> None:
    house.whole("2026-02-20", "JC-1", checklist=LIST, tier="team")
    house.on("2026-02-21", ANSWERS, AddToInspection(BODY, "JC-1", "it hung", "1", "fail", (PHOTO,)))
    house.on("2026-02-22", CHECKER, RecheckInspection(BODY, "JC-1", "faulty", "hangs"))
    first, second = house.ask("inspection-record", inspection="JC-1")
    assert (first["answer"], first["hazard"], first["hazard_step"]) == ("pass", "YH.JC-1.1", "registered")
    assert [(one["kind"], one["by"], one["should_be"]) for one in first["later"]] == [
        ("addendum", ANSWERS, "fail"),
        ("recheck", CHECKER, None),
    ]
    assert [one["kind"] for one in second["later"]] == ["recheck"]
    [row] = house.ask("inspection-list")
    assert (row["rechecks"], row["addenda"], row["passed"], row["failed"]) == (1, 1, 2, 0)


def test_a_round_is_compared_with_the_one_before_it(house: House) -> None:
    house.whole("2026-02-10", "JC-1", first="fail", checklist=LIST, tier="team")
    amend = AmendChecklist(BODY, LIST, "drill", (ItemEntry("3", "knows", "ask", ("team",), "P7D"),), ("2",))
    house.on("2026-02-15", LEAD, amend)
    answers = (AnswerEntry("1", "pass"), AnswerEntry("3", "pass"))
    house.on(
        "2026-02-20", ANSWERS, RecordRound(BODY, "JC-2", at("2026-02-20", 9), answers, "seen", LIST, "team")
    )
    rows = house.ask("inspection-comparison", inspection="JC-2")
    assert [(row["item"], row["was"], row["answer"], row["change"]) for row in rows] == [
        ("1", "fail", "pass", "item_better"),
        ("3", None, "pass", "item_new"),
        ("2", "pass", None, "item_gone"),
    ]
    assert {row["change"] for row in house.ask("inspection-comparison", inspection="JC-1")} == {"item_first"}
    back = house.ask("inspection-comparison", inspection="JC-1", before="JC-2")
    assert [row["change"] for row in back] == ["item_worse", "item_new", "item_gone"]
    with pytest.raises(UnknownThing):
        house.ask("inspection-comparison", inspection="JC-9")


def test_inspections_are_listed_by_days_person_and_step(house: House) -> None:
    house.assign()
    house.whole("2026-02-20", "JC-1", checklist=LIST, tier="team")
    assert [row["code"] for row in house.ask("inspection-list", person=ANSWERS)] == [FEBRUARY, "JC-1"]
    assert house.ask("inspection-list", person=WORKER) == []
    assert [row["code"] for row in house.ask("inspection-list", since="2026-02-20", until="2026-02-20")] == [
        "JC-1"
    ]
    assert [row["code"] for row in house.ask("inspection-list", limit=1)] == [FEBRUARY]
    with pytest.raises(BadField):
        house.ask("inspection-list", since="soon")


# --- coverage


def test_what_was_never_looked_at_is_late_from_its_registration_on(house: House) -> None:
    later = ItemEntry("3", "knows", "ask", ("team",), "P1M")
    house.on("2026-03-10", LEAD, AmendChecklist(BODY, LIST, "drill", (later,)))
    rows = house.ask("coverage", on="2026-03-31")
    assert [(row["item"], row["never"], row["due"], row["days_late"]) for row in rows] == [
        ("1", True, "2026-02-28", 31),
        ("2", True, "2026-02-28", 31),
        ("3", True, "2026-03-31", 0),
    ]


def test_a_look_counts_by_when_it_happened_and_no_look_does_not_count(house: House) -> None:
    answers = (AnswerEntry("1", "fail", "hangs"), AnswerEntry("2", "not_looked_at", "locked"))
    round_ = RecordRound(BODY, "JC-1", at("2026-02-20", 9), answers, "seen", LIST, "team")
    house.on("2026-03-31", ANSWERS, round_, happened=at("2026-02-20"))
    first, second = house.ask("coverage", on="2026-04-02")
    assert (first["item"], first["never"], first["days_late"]) == ("2", True, 33)
    assert (second["item"], second["times"], second["last_at"], second["due"]) == (
        "1",
        1,
        at("2026-02-20"),
        "2026-03-31",
    )
    assert second["days_late"] == 2
    assert [row["item"] for row in house.ask("coverage", never_only=True)] == ["2"]


@pytest.mark.clause("NJ-060", "NJ-061")
def test_the_month_of_every_tier_shows_who_checked_how_and_who_did_not(house: House) -> None:
    house.on("2026-02-01", FOUNDER, GrantRoles(BODY, (GrantEntry(WORKER, "principal"),)))
    more = {"methods": ("sampling",), "aspects": ("risk_awareness",)}
    house.whole("2026-02-20", "JC-1", first="fail", checklist=LIST, tier="team", **more)
    rows = house.ask("monthly-checks", month="2026-02")
    assert [(row["tier"], row["person"], row["inspections"], row["missing"]) for row in rows] == [
        ("company", WORKER, 0, True),
        ("workshop", LEAD, 0, True),
        ("team", ANSWERS, 1, False),
    ]
    assert (rows[2]["methods"], rows[2]["aspects"], rows[2]["failed"]) == (
        ["sampling"],
        ["risk_awareness"],
        1,
    )
    assert all(row["missing"] for row in house.ask("monthly-checks", month="2026-03"))
    with pytest.raises(BadField):
        house.ask("monthly-checks", month="2026-13")


# --- visits of authorities


@pytest.mark.clause("YT-35a", "YT-36", "YT-37a")
def test_an_authority_s_findings_become_hazards_and_its_order_a_duty_that_the_answer_answers(
    house: House,
) -> None:
    house.on("2026-02-01", FOUNDER, GrantRoles(BODY, (GrantEntry(WORKER, "principal"),)))
    finding = VisitFinding("1", "U-1", "no cards", "no card at the desk", "post_cards")
    visit = RecordVisit(
        BODY, "JD-1", "sub_district", "office", "scheduled", "hoist", (finding,), "2026-02-09", PHOTO
    )
    house.on("2026-02-02", CHECKER, visit)
    [hazard] = house.ask("hazard-ledger", code="YH.JD-1.1")
    assert (hazard["source"], hazard["step"], hazard["title"]) == ("notice", "registered", "no cards")
    [duty] = [row for row in house.ask("duty-list") if row["code"] == "order.JD-1"]
    assert (duty["due"], duty["step"]) == ("2026-02-09", "open")
    [open_one] = house.ask("visit-list", open_only=True)
    assert (open_one["authority"], open_one["findings"][0]["artefact"]) == ("sub_district", "post_cards")
    house.on("2026-02-20", WORKER, AnswerVisit(BODY, "JD-1", "cards are up"), happened=at("2026-02-11"))
    [visited] = house.ask("visit-list")
    assert (visited["days_late"], visited["days_late_recorded"], visited["answered_by"]) == (2, 11, WORKER)
    assert house.ask("visit-list", open_only=True) == []
    [duty] = [row for row in house.ask("duty-list") if row["code"] == "order.JD-1"]
    assert (duty["step"], duty["days_late"]) == ("answered", 2)
    assert [row["standing"] for row in house.ask("evidence-list")] == ["not_deposited"]
