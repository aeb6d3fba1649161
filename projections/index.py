"""The index of what is kept ready to be asked: one line for each projection.

A projection's module is loaded when it is first asked for: a question needs few of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from typing import Any

from projections.projection import Projection


class Projections(Mapping[str, Projection[Any]]):
    """Projections by name, each in its module of this room, where it has the module's name in capitals."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules

    def __getitem__(self, name: str) -> Projection[Any]:
        module = self._modules[name]
        found: Projection[Any] = getattr(import_module(f"projections.{module}"), module.upper())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


BY_NAME = Projections(
    {
        "body_register": "body_register",
        "calendar_years": "calendar_years",
        "draws": "draws",
        "unit_tree": "unit_tree",
        "role_holders": "role_holders",
        "method_register": "method_register",
        "risk_list": "risk_list",
        "controls": "controls",
        "risk_marks": "risk_marks",
        "intake": "intake",
        "hazard_ledger": "hazard_ledger",
        "hazard_acts": "hazard_acts",
        "duty_rows": "duty_rows",
        "duty_facts": "duty_facts",
        "organisation": "organisation",
        "trainings": "trainings",
        "documents": "documents",
        "areas": "areas",
        "stops": "stops",
        "reassess_asked": "reassessment_proposals",
        "confirmations": "confirmations",
        "reports": "reports",
        "checklists": "checklists",
        "inspections": "inspections",
        "evidence": "evidence",
        "visits": "visits",
        "outbox": "outbox",
        "weather_register": "weather_register",
        "equipment_events": "equipment_events",
        "neighbours": "neighbours",
        "changes": "changes",
        "monitoring": "monitoring",
        "campaigns": "campaigns",
        "weather_episodes": "weather_episodes",
        "uplifts": "uplifts",
    }
)
PROJECTIONS: Collection[Projection[Any]] = BY_NAME.values()
"""All of them, in the order in which they follow; going through them loads them."""
