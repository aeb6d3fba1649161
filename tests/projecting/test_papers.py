"""Trainings, documents and adopted papers: who was never trained, which version is valid, what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.documents import IssueDocumentVersion, RegisterDocument, WithdrawDocument
from domain.people import PersonEntry, RegisterPeople
from domain.trainings import Attendee, RecordTraining, Topic
from projections.documents import DOCUMENTS
from projections.trainings import TRAININGS
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

ALL: tuple[Topic, ...] = ("risk_management", "identification_and_assessment", "dual_prevention")


class Office:
    def __init__(self) -> None:
        self.plant = Plant().found()
        self.plant.now = at("2026-03-01")
        self.projector = Projector(self.plant.journal, open_views("sqlite://"), [TRAININGS, DOCUMENTS])

    def give(self, command: Any, by: str = CHECKER) -> int:
        self.plant.give(by, command)
        return self.plant.head()

    def ask(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, {"body": BODY, **asked})

    def train(self, code: str, day: str, topics: tuple[Topic, ...], *people: str) -> int:
        attendees = tuple(Attendee(one, "employee") for one in people)
        return self.give(RecordTraining(BODY, code, "Basics", day, "2", topics, attendees))

    def issue(self, code: str, version: str, since: str) -> int:
        return self.give(IssueDocumentVersion(BODY, code, version, since))


@pytest.fixture
def office() -> Office:
    return Office()


# --- trainings


@pytest.mark.clause("NJ-003", "NJ-012")
def test_whoever_was_never_trained_stands_in_the_list_with_what_is_missing(office: Office) -> None:
    office.train("T-1", "2026-02-01", ALL[:1], WORKER, LEAD)
    office.train("T-2", "2026-02-10", ALL[1:], WORKER)
    told = {
        row["person"]: (row["trainings"], row["last_day"], row["missing"])
        for row in office.ask("training-coverage")
    }
    assert told[WORKER] == (2, "2026-02-10", [])
    assert told[LEAD] == (1, "2026-02-01", list(ALL[1:]))
    assert told[ANSWERS] == (0, None, list(ALL))


@pytest.mark.clause("NJ-012")
def test_contractors_people_are_to_be_trained_and_experts_are_not(office: Office) -> None:
    people = (PersonEntry("p-out", "contractor"), PersonEntry("p-expert", "expert"))
    office.give(RegisterPeople(BODY, people), FOUNDER)
    listed = [row["person"] for row in office.ask("training-coverage")]
    assert "p-out" in listed
    assert "p-expert" not in listed


def test_trainings_are_found_by_day_and_by_person_as_known_then(office: Office) -> None:
    known = office.train("T-1", "2026-02-10", ALL, WORKER)
    office.train("T-0", "2026-02-01", ALL, WORKER, LEAD)
    assert [row["training"] for row in office.ask("training-list")] == ["T-0", "T-1"]
    assert [row["training"] for row in office.ask("training-list", since="2026-02-02")] == ["T-1"]
    assert [row["training"] for row in office.ask("training-list", until="2026-02-10")] == ["T-0"]
    assert [row["training"] for row in office.ask("training-list", person=LEAD)] == ["T-0"]
    assert [row["training"] for row in office.ask("training-list", known_at=known)] == ["T-1"]


# --- documents


@pytest.mark.clause("NJ-011", "NJ-013")
def test_each_day_has_its_version_and_superseded_ones_stay(office: Office) -> None:
    office.give(RegisterDocument(BODY, "W-1", "law", "Work Safety Law"))
    known = office.issue("W-1", "2014", "2014-12-01")
    office.issue("W-1", "2021", "2021-09-01")
    versions = {
        day: office.ask("document-list", on=day)[0]["version"] for day in ("2021-08-31", "2021-09-01")
    }
    assert versions == {"2021-08-31": "2014", "2021-09-01": "2021"}
    told = [
        (row["version"], row["standing"], row["until"])
        for row in office.ask("document-list", superseded=True)
    ]
    assert told == [("2014", "superseded", "2021-09-01"), ("2021", "valid", None)]
    [then] = office.ask("document-list", known_at=known)
    assert (then["version"], then["standing"]) == ("2014", "valid")


def test_a_document_stands_as_not_yet_valid_withdrawn_or_without_a_version(office: Office) -> None:
    office.give(RegisterDocument(BODY, "W-1", "rule", "Permit to work"))
    assert [row["standing"] for row in office.ask("document-list")] == ["no_version"]
    office.issue("W-1", "1", "2026-04-01")
    assert [row["standing"] for row in office.ask("document-list", on="2026-03-31")] == ["not_yet"]
    office.give(WithdrawDocument(BODY, "W-1", "gone", "2026-05-01"))
    standing = {
        day: office.ask("document-list", on=day)[0]["standing"] for day in ("2026-04-30", "2026-05-01")
    }
    assert standing == {"2026-04-30": "valid", "2026-05-01": "withdrawn"}


@pytest.mark.clause("NJ-013", "NJ-014")
def test_what_information_is_missing_is_told_kind_by_kind(office: Office) -> None:
    missing = [row["kinds"][0] for row in office.ask("context-check") if row["missing"]]
    assert missing == [
        *("law", "nature", "neighbours", "accident_case"),
        *("management_status", "knowledge", "workforce", "process", "report", "accident_history"),
    ]
    office.give(RegisterDocument(BODY, "W-1", "standard", "GB/T 13861"))
    assert [row["kinds"][0] for row in office.ask("context-check") if row["missing"]] == missing, (
        "no version yet"
    )
    office.issue("W-1", "2022", "2022-10-01")
    assert [row["kinds"][0] for row in office.ask("context-check") if row["missing"]] == missing[1:]


@pytest.mark.clause("NJ-020")
def test_handbooks_are_listed_by_kind(office: Office) -> None:
    office.give(RegisterDocument(BODY, "W-1", "handbook", "较大危险因素辨识与防范指导手册", "2016"))
    office.give(RegisterDocument(BODY, "W-2", "law", "Work Safety Law"))
    assert [row["document"] for row in office.ask("document-list", kind="handbook")] == ["W-1"]


# --- the work plan and the role-task matrix


@pytest.mark.clause("NJ-011", "NJ-064")
def test_the_adopted_papers_of_a_day_are_shown_with_what_they_say() -> None:
    projector = Projector(Plant().story().journal, open_views("sqlite://"), [DOCUMENTS])
    assert answer(projector, "org-papers", {"body": "KS-01", "on": "2026-03-24"}) == []
    tasks, plan = answer(projector, "org-papers", {"body": "KS-01", "on": "2026-03-25"})
    assert (tasks["paper"], tasks["version"], plan["paper"], plan["since"]) == (
        "role_tasks",
        "2026-1",
        "work_plan",
        "2026-03-25",
    )
    assert plan["content"]["budget"]
    assert {one["role"] for one in tasks["content"]["tasks"]} == {
        "main_responsible_person",
        "deputy_in_charge",
        "department",
        "post",
    }
