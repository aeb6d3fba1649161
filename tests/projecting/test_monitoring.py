"""What is monitored, which periods nobody read, and how long a response took on both clocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from domain.language import Command
from domain.monitoring import DeclareMonitoring, EndMonitoring
from domain.monitoring_limits import DefineParameter
from domain.monitoring_plan import FileEmergencyPlan
from domain.monitoring_readings import GiveInformation, RecordReading, RespondToWarning
from domain.monitoring_state import reading_duty
from domain.risk_assessment import AssessRisk
from domain.risk_identity import IdentifyRisk
from domain.roles import GrantEntry, GrantRoles
from domain.rule_adoption import AdoptRulePack
from projections.monitoring import MONITORING
from tests import postgres
from tests.deciding.given import example
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, LEAD, Plant, at

RISK = "R-1"


class Asked:
    """A plant with one irreducible major risk, declared on 6 January and read once a day."""

    def __init__(self, url: str) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views(url), (MONITORING,))
        self.plant.give(FOUNDER, AdoptRulePack(BODY, "house-watch-2026", "1"))
        self.plant.give(FOUNDER, GrantRoles(BODY, (GrantEntry(FOUNDER, "principal"),)))
        identify: IdentifyRisk = example("IdentifyRisk", body=BODY, risk=RISK, unit="U-1")
        self.plant.give(LEAD, identify)
        inputs = {"L": "6", "E": "6", "C": "40"}
        assess: AssessRisk = example("AssessRisk", body=BODY, risk=RISK, inputs=inputs, participants=())
        self.plant.give(LEAD, assess)
        self.plant.now = at("2026-01-06")
        self.give(CHECKER, DeclareMonitoring(BODY, RISK, "irreducible", "the shaft cannot be replaced"))
        limit = DefineParameter(BODY, RISK, "T", "brake disc", "°C", "manual", "80", "100")
        self.give(CHECKER, limit)

    def give(self, by: str, command: Command, happened: str | None = None) -> None:
        self.plant.give(by, command, happened)
        self.plant.react()

    def read(self, value: str, happened: str | None = None) -> None:
        self.give(ANSWERS, RecordReading(BODY, RISK, {"T": value}), happened)

    def one(self, question: str = "monitor-list") -> dict[str, object]:
        [row] = answer(self.projector, question, {"body": BODY})
        return row

    def standings(self) -> dict[object, object]:
        rows = answer(self.projector, "monitor-periods", {"body": BODY, "risk": RISK})
        return {row["first"]: row["standing"] for row in rows}

    def duties(self) -> dict[str, str]:
        records = self.plant.records()
        return {one.stream.rsplit("/", 1)[1]: one.kind for one in records if one.stream.startswith("duty/")}


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked("sqlite://" if request.param == "sqlite" else postgres.fresh_database("monitoring"))
    yield made
    made.projector.close()


@pytest.mark.clause("YT-14a")
def test_an_irreducible_risk_lacks_its_plan_until_one_is_filed_by_its_hash(ask: Asked) -> None:
    row = ask.one()
    assert (row["ground"], row["level"], row["missing"]) == ("irreducible", "major", ["emergency_plan"])
    assert ask.duties()["plan.R-1.20260106"] == "duty-raised.1"
    ask.give(CHECKER, FileEmergencyPlan(BODY, RISK, "overwinding", "1", "2026-01-06", "a" * 64))
    ask.give(CHECKER, FileEmergencyPlan(BODY, RISK, "overwinding", "2", "2026-02-01", "b" * 64))
    row = ask.one()
    assert (row["plan"], row["plan_sha256"], row["missing"]) == ("overwinding 1", "a" * 64, [])
    assert ask.duties()["plan.R-1.20260106"] == "duty-answered.1"


@pytest.mark.clause("YT-14b", "YT-33")
def test_every_period_is_read_in_time_or_late_or_shown_as_not_read(ask: Asked) -> None:
    ask.read("70")
    assert ask.standings() == {"2026-01-06": "read_in_time", "2026-01-07": "not_read_yet"}
    ask.plant.mark(reading_duty(RISK, "2026-01-07"), "2026-01-07")
    ask.plant.react()
    ask.plant.mark(reading_duty(RISK, "2026-01-08"), "2026-01-08")
    ask.plant.react()
    ask.read("71", at("2026-01-08"))
    assert ask.standings() == {
        "2026-01-06": "read_in_time",
        "2026-01-07": "not_read",
        "2026-01-08": "recorded_late",
        "2026-01-09": "not_read_yet",
    }
    assert ask.one()["not_read"] == 1
    assert ask.duties()[reading_duty(RISK, "2026-01-08")] == "duty-answered.1"


@pytest.mark.clause("YT-14b")
def test_a_warning_shows_its_first_response_with_the_delay_on_both_clocks_and_who_was_told(
    ask: Asked,
) -> None:
    ask.read("86.5")
    assert (ask.one()["in_force"], ask.one()["no_response"]) == ([1], [1])
    ask.plant.now = at("2026-01-06", 15)
    ask.give(LEAD, RespondToWarning(BODY, RISK, "stopped hoisting"), "2026-01-06T02:07:00.000000Z")
    ask.give(LEAD, GiveInformation(BODY, RISK, "control room", "telephone", "hoisting stopped", 1))
    row = ask.one("monitor-warnings")
    assert (row["delay_minutes"], row["recorded_minutes"], row["late"]) == (7, 300, False)
    assert [one["informed"] for one in row["informed"]] == ["control room"]  # type: ignore[attr-defined]  # a list of rows
    ask.read("70")
    assert (ask.one()["in_force"], ask.one()["no_response"]) == ([], [])
    assert ask.duties()["respond.R-1.1"] == "duty-answered.1"


def test_the_log_keeps_every_value_as_it_was_read(ask: Asked) -> None:
    ask.read("80.10")
    row = ask.one("monitor-readings")
    told = {"parameter": "T", "value": "80.10", "unit": "°C", "standing": "warning", "limit": "> 80"}
    assert (row["values"], row["standing"], row["missing"]) == ([told], "warning", [])


def test_what_is_owed_ends_with_the_monitoring(ask: Asked) -> None:
    ask.give(FOUNDER, EndMonitoring(BODY, RISK, "the shaft was closed"))
    assert answer(ask.projector, "monitor-list", {"body": BODY}) == []
    [row] = answer(ask.projector, "monitor-list", {"body": BODY, "ever": True})
    assert (row["step"], row["ended_because"]) == ("ended", "the shaft was closed")
    assert set(ask.duties().values()) == {"duty-waived.1"}
