"""A plant with presses, tags and units, whose changes are followed as the command line and the clock follow them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import StaticPool, create_engine

from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import Ledger
from adapters.positions import Positions
from adapters.projector.projector import Projector
from adapters.projector.questions import answer
from adapters.projector.views import open_views
from adapters.steps import follow_up
from domain.change_scope import ScopeEntry
from domain.changes import ReportChange
from domain.engine import Answer, Order
from domain.language import Moment
from domain.risk_assessment import AssessRisk, ReassessRisk
from domain.risk_identity import IdentifyRisk
from domain.risk_tags import Tag, TagRisk
from domain.rule_adoption import AdoptRulePack
from domain.units import RegisterUnits, UnitEntry
from projections.index import PROJECTIONS
from tests.projecting.plant import BODY, CHECKER, FOUNDER, LEAD, Plant, at

HOUSE = "house-changes-2026"


class ChangePlant(Plant):
    """Stands where ``adapters.app.App`` stands for what follows from records.

    Units: U-1 with U-1-1 below it, and U-2. Risks R-1 (at U-1-1, hangs on press P-1), R-2 (at U-1, hangs on P-1 and on
    rainstorms), R-3 (at U-2, hangs on nothing).
    """

    def __init__(
        self, ledger: Callable[[Callable[[], Moment]], Ledger] = MemoryLedger, url: str = "sqlite://"
    ) -> None:
        super().__init__(ledger)
        self.projector = Projector(self.journal, open_views(url), PROJECTIONS)
        memory = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        self.positions = Positions(memory)

    def submit(self, order: Order) -> Answer:
        return self.engine.submit(order)

    def follow(self) -> int:
        """What a tick, or a call of the command line, does after a record."""
        return follow_up(_Standing(self))  # type: ignore[arg-type]  # what it uses of an app

    def pressed(self) -> ChangePlant:
        self.found()
        self.give(FOUNDER, AdoptRulePack(BODY, HOUSE, "1"))
        entries = (
            UnitEntry("U-1-1", "Press shop", "sub", "U-1"),
            UnitEntry("U-2", "Store", "main"),
        )
        self.give(FOUNDER, RegisterUnits(BODY, entries))
        self.risk_at("R-1", "U-1-1")
        self.risk_at("R-2", "U-1", ("物体打击",))
        self.risk_at("R-3", "U-2")
        self.tag("R-1", ("equipment", "P-1"))
        self.tag("R-2", ("equipment", "P-1"), ("weather", "rainstorm"))
        self.follow()
        return self

    def risk_at(self, code: str, unit: str, types: tuple[str, ...] = ("高处坠落",)) -> None:
        words = ("2101", "GB/T 13861-2022", types, "worn rope", "cage falls", "passengers")
        self.give(LEAD, IdentifyRisk(BODY, code, unit, f"Risk {code}", *words))
        self.give(LEAD, AssessRisk(BODY, code, "lec", {"L": "1", "E": "6", "C": "40"}))

    def tag(self, risk: str, *tags: tuple[Any, str], happened: Moment | None = None) -> None:
        self.give(LEAD, TagRisk(BODY, risk, tuple(Tag(*one) for one in tags)), happened)

    def report(self, change: str, kind: Any, *scope: tuple[Any, ...], **more: Any) -> None:
        entries = tuple(ScopeEntry(*one) for one in scope)
        starts = more.pop("starts", self.now[:10])
        self.give(LEAD, ReportChange(BODY, change, kind, "as told", entries, starts, **more))

    def assess_anew(self, risk: str, reason: Any = "change", happened: Moment | None = None) -> None:
        inputs = {"L": "1", "E": "6", "C": "40"}
        self.give(LEAD, ReassessRisk(BODY, risk, "lec", inputs, reason), happened)

    def ask(self, question: str, **asked: Any) -> list[dict[str, Any]]:
        return answer(self.projector, question, {"body": BODY, **asked})

    def paths(self, change: str) -> dict[str, list[str]]:
        return {row["risk"]: row["paths"] for row in self.ask("change-risks", change=change)}

    def steps(self, change: str) -> dict[str, str]:
        return {row["risk"]: row["step"] for row in self.ask("change-risks", change=change)}

    def duties(self) -> dict[str, tuple[str, str]]:
        """Of each risk's open or ended duty its step and day, by the duty's code."""
        rows = self.ask("duty-list")
        return {
            row["code"]: (row["step"], row["due"]) for row in rows if row["rule"] == "change-reassessment"
        }


class _Standing:
    """The plant as an app: its ``now`` is a function."""

    def __init__(self, plant: ChangePlant) -> None:
        self._plant = plant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plant, name)

    def now(self) -> Moment:
        return self._plant.now


__all__ = ["BODY", "CHECKER", "FOUNDER", "LEAD", "ChangePlant", "at"]
