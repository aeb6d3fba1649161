"""A small enterprise in Yantian in the spring of 2024, while the rules of 2021 were in force, and its reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.border import read_command
from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import Ledger
from adapters.papers.compiling import Paper, compile_paper
from domain.bodies import RegisterBody
from domain.confirmations import ConfirmPosts, ExceptionEntry, PostEntry, RecheckConfirmation
from domain.duties import RaiseDuty
from domain.language import Day, Event, Moment
from domain.people import PersonEntry, RegisterPeople
from domain.records import Draft, Meta
from domain.reports import ApproveReport, CompileReport, SubmitReport
from domain.risk_approval import DecideLowering
from domain.roles import GrantEntry, GrantRoles
from domain.rule_adoption import AdoptRulePack
from domain.rulebook import Rulebook
from domain.units import RegisterUnits, UnitEntry
from tests.projecting.plant import ANSWERS, CHECKER, FOUNDER, LEAD, WORKER, Plant, at

BODY = "YT-01"
HEAD = "p-head"
MONTHLY, QUARTERLY, NOTICE = "major-risk-report", "risk-list-report", "risk-list-update-notice"


class PaperPlant(Plant):
    """``march`` is a month in which a risk stayed major, one became it, and one ceased to be it."""

    def __init__(self, ledger: Callable[[Callable[[], Moment]], Ledger] = MemoryLedger) -> None:
        super().__init__(ledger)
        self.now = at("2024-02-01")

    def on(self, day: Day, hour: int = 10) -> PaperPlant:
        self.now = max(self.now, at(day, hour))
        return self

    def settle(self) -> PaperPlant:
        """Body, people, roles, rules and units."""
        self.give(FOUNDER, RegisterBody(BODY, "盐田港冷库 <一期>", "enterprise", "440308", "cold_store"))
        people = (FOUNDER, LEAD, ANSWERS, WORKER, CHECKER, HEAD)
        self.give(FOUNDER, RegisterPeople(BODY, tuple(PersonEntry(one) for one in people)))
        self.give(FOUNDER, AdoptRulePack(BODY, "house-2026", "1"))
        units = (
            UnitEntry("U-1", "制冷机房", "main"),
            UnitEntry("U-1-1", "压缩机岗位", "post", "U-1"),
            UnitEntry("U-2", "装卸平台", "main"),
        )
        self.give(FOUNDER, RegisterUnits(BODY, units))
        grants = (
            GrantEntry(HEAD, "principal"),
            GrantEntry(LEAD, "workshop_lead"),
            GrantEntry(ANSWERS, "team_lead"),
            GrantEntry(WORKER, "post_worker"),
            GrantEntry(CHECKER, "safety_officer"),
        )
        self.give(FOUNDER, GrantRoles(BODY, grants))
        return self

    def found_risk(self, code: str, likelihood: str) -> None:
        """L 3 is major, 1 larger, 0.5 general."""
        self.risk(code, likelihood, BODY)

    def march(self) -> PaperPlant:
        """R-1 major throughout; R-2 from the 12th; R-3 until the 15th; R-4 never."""
        self.settle().on("2024-02-10")
        for code, likelihood in (("R-1", "3"), ("R-2", "1"), ("R-3", "3"), ("R-4", "0.5")):
            self.found_risk(code, likelihood)
        duty = RaiseDuty(BODY, f"{MONTHLY}.{BODY}.2024-03", MONTHLY, "body", BODY, CHECKER, "2024-03-31")
        self.on("2024-03-01")
        self.give("clock", duty, self.now, "clock")
        self.confirm("2024-03-04")
        self.confirm("2024-03-05", ExceptionEntry("U-1-1", WORKER, "equipment_check", "油位偏低"))
        self.on("2024-03-06")
        recheck = RecheckConfirmation(BODY, "BZ-1", "2024-03-05", "faulty", "油位仍偏低")
        self.give(CHECKER, recheck)
        self.on("2024-03-12").reassess("R-2", "3", body=BODY)
        self.on("2024-03-15").lower("R-3")
        return self.on("2024-04-02")

    def lower(self, code: str) -> None:
        """Assessed lower, and approved at once by somebody else."""
        self.reassess(code, "0.5", body=BODY)
        self.give(CHECKER, DecideLowering(BODY, code, "approved"))

    def confirm(self, day: Day, *exceptions: ExceptionEntry) -> None:
        self.on(day, 7)
        posts = (PostEntry("U-1-1", WORKER),)
        shown, words = self.head(), "注意氨泄漏"
        self.give(ANSWERS, ConfirmPosts(BODY, "BZ-1", day, "早班", shown, words, posts, exceptions))

    def written(self, kind: str, code: str, *events: Event) -> None:
        """Events of a stream as another day's rules let them happen, each at the moment it names, else on 20 March."""
        stream = f"{kind}/{BODY}/{code}"
        for after, event in enumerate(events):
            happened = getattr(event, "started_at", at("2024-03-20"))
            meta = Meta(BODY, WORKER, "import", happened, f"written-{code}-{after}")
            self.journal.append(Draft(meta, b"", stream, after, [event]))

    # ------------------------------------------------------------------------------------------- reports

    def compiled(
        self, kind: str = MONTHLY, period: str = "2024-03", rules: Rulebook | None = None
    ) -> tuple[Paper, dict[str, Any]]:
        """Computed, and not recorded."""
        known = (self.journal, rules or self.engine.rules, BODY, kind, period, self.head(), self.now)
        return compile_paper(*known)

    def compile(self, kind: str = MONTHLY, period: str = "2024-03", by: str = CHECKER) -> Paper:
        """Compiled and recorded."""
        paper, fields = self.compiled(kind, period)
        command = read_command("CompileReport", fields)
        assert isinstance(command, CompileReport)
        self.give(by, command, self.now)
        return paper

    def hand_in(self, report: str = f"{MONTHLY}.2024-03") -> None:
        self.give(HEAD, ApproveReport(BODY, report))
        self.give(CHECKER, SubmitReport(BODY, report, "sub_district", "窗口递交"))
        self.react()
