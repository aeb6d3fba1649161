"""What an authority owes for the bodies it answers for: from their records, as soon as one of them changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from adapters.rules import load_rulebook
from domain.bodies import ReclassifyBody, RegisterBody
from domain.draws import AnnounceDraw, HoldDraw
from domain.duties import AnswerDuty, RaiseDuty, ResumeDuty
from domain.obligations import Owed, owed
from domain.people import PersonEntry, RegisterPeople
from domain.records import Draft, Meta
from domain.reports import ReportReturned, ReportSubmitted
from domain.risk_assessment import AssessRisk
from domain.risk_identity import IdentifyRisk
from domain.rule_adoption import AdoptRulePack
from domain.rule_calendar import shipped_calendar
from domain.units import RegisterUnit
from projections.duty_facts import DUTY_FACTS, Owing, changed_since, owing
from tests import postgres
from tests.projecting.plant import FOUNDER, Plant, at

RULES = load_rulebook()
OFFICE, BUREAU, STREET = "JD-OFFICE", "JD-BUREAU", "JD-STREET"


class Asked:
    """Two plants under a street office, a sector's office and a bureau, all by the Yantian rules."""

    def __init__(self, url: str) -> None:
        self.plant = Plant()
        self.enterprise("E-1", "320102001", "mining")
        self.enterprise("E-2", "320102002", "metal")
        self.authority(STREET, "sub_district", "320102001", "general")
        self.authority(OFFICE, "authority", "320102", "metal")
        self.authority(BUREAU, "district_bureau", "320102", "emergency")
        self.projector = Projector(self.plant.journal, open_views(url), (DUTY_FACTS,))

    def enterprise(self, body: str, area: str, sector: str) -> None:
        self.plant.give(FOUNDER, RegisterBody(body, body, "enterprise", area, sector))
        self.plant.give(FOUNDER, RegisterPeople(body, (PersonEntry(FOUNDER),)))
        self.plant.give(FOUNDER, AdoptRulePack(body, "house-2026", "1"))
        self.plant.give(FOUNDER, RegisterUnit(body, "U-1", "Shaft", "main"))

    def authority(self, body: str, kind: Any, area: str, sector: str) -> None:
        self.plant.give(FOUNDER, RegisterBody(body, body, kind, area, sector))
        self.plant.give(FOUNDER, RegisterPeople(body, (PersonEntry(FOUNDER), PersonEntry("p-2"))))
        for pack in ("yantian-2021", "house-duties-2026"):
            self.plant.give(FOUNDER, AdoptRulePack(body, pack, "1"))

    def major(self, body: str) -> None:
        """A risk of the body is assessed as major."""
        words = ("2101", "GB/T 13861-2022", ("高处坠落",), "worn rope", "cage falls", "passengers")
        self.plant.give(FOUNDER, IdentifyRisk(body, "R-1", "U-1", "Hoist", *words))
        self.plant.give(FOUNDER, AssessRisk(body, "R-1", "lec", {"L": "10", "E": "6", "C": "40"}))

    def one(self, body: str) -> Owing:
        self.projector.follow()
        with self.projector.reader(DUTY_FACTS.name) as (connection, tables):
            [found] = owing(connection, tables, [body])
        return found

    def changed(self, since: int) -> list[str]:
        self.projector.follow()
        with self.projector.reader(DUTY_FACTS.name) as (connection, tables):
            return changed_since(connection, tables, since)

    def owed(self, body: str, rule: str) -> list[Owed]:
        found = self.one(body)
        calendar = shipped_calendar(RULES)
        every = owed(found.facts, RULES, found.adopted, calendar, "2026-01-01", "2026-07-01")
        return [one for one in every if one.rule == rule]


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("duty_facts"))
    yield made
    made.projector.close()


@pytest.mark.clause("YT-35a", "YT-36")
def test_a_street_answers_for_its_area_and_a_department_for_its_sector(ask: Asked) -> None:
    charges = {
        body: [one.body for one in ask.one(body).facts.charges] for body in (STREET, OFFICE, BUREAU, "E-1")
    }
    assert charges == {STREET: ["E-1"], OFFICE: ["E-2"], BUREAU: [], "E-1": []}


def test_a_body_that_changes_its_sector_comes_under_another_department(ask: Asked) -> None:
    ask.plant.give(FOUNDER, ReclassifyBody("E-1", "metal"))
    assert [one.body for one in ask.one(OFFICE).facts.charges] == ["E-1", "E-2"]


@pytest.mark.clause("YT-35a", "YT-36")
def test_a_major_risk_in_its_area_makes_the_street_owe_an_inspection(ask: Asked) -> None:
    assert ask.owed(STREET, "inspection-of-major-risk") == []
    before = ask.plant.head()
    ask.major("E-1")
    assert ask.changed(before) == ["E-1", BUREAU, OFFICE, STREET]
    [one] = ask.owed(STREET, "inspection-of-major-risk")
    assert (one.body, one.subject, one.period, one.due) == (STREET, "E-1", "2026-H1", "2026-06-30")
    assert ask.owed(OFFICE, "inspection-of-major-risk") == []


def test_what_changes_in_another_area_is_no_matter_of_the_street(ask: Asked) -> None:
    before = ask.plant.head()
    ask.major("E-2")
    assert STREET not in ask.changed(before)


@pytest.mark.clause("YT-16b")
def test_what_a_notice_did_not_know_is_owed_again_until_the_notice_is_sent_back(ask: Asked) -> None:
    plant, rule = ask.plant, "risk-list-update-notice"
    plant.give(FOUNDER, AdoptRulePack("E-1", "yantian-2021", "1"))
    ask.major("E-1")
    [first] = ask.owed("E-1", rule)
    raised = RaiseDuty("E-1", first.duty, rule, "body", "E-1", "principal", first.due, owed_as="role")
    plant.give("clock", raised, auth="clock")
    known = plant.head()
    plant.now = at("2026-01-05", 15)
    words = ("2101", "GB/T 13861-2022", ("高处坠落",), "worn rope", "cage falls", "passengers")
    plant.give(FOUNDER, IdentifyRisk("E-1", "R-2", "U-1", "Winch", *words))
    assert [one.period for one in ask.owed("E-1", rule)] == ["2026-01-05"]

    said = ("sub_district", "by hand", first.due, 0, (first.duty,), "2026-01-05", known)
    paper = f"report/E-1/{rule}.2026-01-05"
    meta = Meta("E-1", FOUNDER, "import", plant.now, "submitted")
    plant.journal.append(Draft(meta, b"", paper, 0, [ReportSubmitted(1, *said)]))
    plant.give("policy", AnswerDuty("E-1", first.duty, FOUNDER), auth="policy")
    assert [one.period for one in ask.owed("E-1", rule)] == ["2026-01-05", "2026-01-05.2"]

    second = raised.duty + ".2"
    known = plant.head()
    plant.give("clock", replace(raised, duty=second), auth="clock")
    again = ("sub_district", "by hand", first.due, 0, (second,), "2026-01-05", known)
    meta = Meta("E-1", FOUNDER, "import", plant.now, "submitted again")
    plant.journal.append(Draft(meta, b"", f"{paper}-2", 0, [ReportSubmitted(1, *again)]))
    plant.give("policy", AnswerDuty("E-1", second, FOUNDER), auth="policy")
    assert [one.period for one in ask.owed("E-1", rule)] == ["2026-01-05", "2026-01-05.2"]
    plant.give(FOUNDER, IdentifyRisk("E-1", "R-3", "U-1", "Lift", *words))
    assert [one.period for one in ask.owed("E-1", rule)][1:] == ["2026-01-05.2", "2026-01-05.3"]

    meta = Meta("E-1", FOUNDER, "import", plant.now, "returned")
    plant.journal.append(
        Draft(meta, b"", paper, 1, [ReportReturned(1, "office", "incomplete", (first.duty,))])
    )
    plant.give("policy", ResumeDuty("E-1", first.duty, FOUNDER), auth="policy")
    assert "2026-01-05.3" not in [one.period for one in ask.owed("E-1", rule)]


@pytest.mark.clause("YT-35c")
def test_who_was_drawn_is_inspected_within_the_adopted_days(ask: Asked) -> None:
    people = (FOUNDER, "p-2")
    lists = AnnounceDraw(OFFICE, "D-1", "body", ("E-1", "E-2"), 1, people, 2, "lottery", "2026-01-09")
    ask.plant.give(FOUNDER, lists)
    ask.plant.now = at("2026-01-10")
    ask.plant.give(FOUNDER, HoldDraw(OFFICE, "D-1", "1 2 3"))
    [one] = ask.owed(OFFICE, "drawn-inspection")
    assert one.subject in ("E-1", "E-2")
    assert (one.subject_kind, one.begins, one.due) == ("body", "2026-01-10", "2026-04-10")
