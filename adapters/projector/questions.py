"""The index of questions by name: what may be asked, with which parameters, and which views answer.

A question stands with others of its topic in a module of its own, which is loaded when one of them is asked.
``as_of`` is the moment or day of which something is said (a day means its last moment in China); ``known_at`` is the
last record that counts: a position, or the moment or day up to which records had been written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from domain.refused import BadField

if TYPE_CHECKING:
    from adapters.projector.asking import Question, Row
    from adapters.projector.projector import Projector

TOPICS: dict[str, tuple[str, ...]] = {
    "artefact_asking.ARTEFACTS": ("artefact-check", "outcome-check"),
    "register_asking.REGISTERS": ("body-list", "role-holders", "hazard-ledger"),
    "site_asking.SITES": (
        "unit-tree",
        "unit-gaps",
        "area-list",
        "stop-list",
        "hold-list",
        "confirmation-list",
        "confirmation-gaps",
    ),
    "risk_asking.RISKS": (
        "risk-list",
        "risk-diff",
        "risk-distribution",
        "risk-tags",
    ),
    "risk_warning_asking.RISK_WARNINGS": ("risk-warnings",),
    "intake_asking.INTAKE_QUESTIONS": ("intake-list",),
    "control_asking.CONTROL_QUESTIONS": (
        "control-list",
        "risk-matrix",
        "risk-gaps",
        "colour-policy",
        "table-a",
        "table-b",
        "table-c",
    ),
    "duty_asking.DUTIES": ("duty-list",),
    "hazard_asking.HAZARD_QUESTIONS": (
        "hazard-open",
        "hazard-links",
        "risk-hazards",
        "rectification-rates",
        "hazard-repeats",
        "paper-signals",
        "permit",
        "verdict-sweep",
    ),
    "organisation_asking.ORGANISATION_QUESTIONS": (
        "org-who",
        "org-tree",
        "org-papers",
        "training-list",
        "training-coverage",
        "document-list",
        "context-check",
    ),
    "method_asking.METHOD_QUESTIONS": ("risk-what-if", "assessment-gaps", "method-list"),
    "report_asking.REPORT_QUESTIONS": ("report-list",),
    "check_asking.CHECKS": (
        "checklist-list",
        "checklist-items",
        "inspection-list",
        "inspection-record",
        "inspection-comparison",
        "coverage",
        "checklist-gaps",
        "evidence-list",
        "visit-list",
        "monthly-checks",
    ),
    "calendar_asking.CALENDAR_QUESTIONS": ("calendar-years", "calendar-days"),
    "draw_asking.DRAW_QUESTIONS": ("draw-list",),
    "notice_asking.NOTICE_QUESTIONS": (
        "notify-subscriptions",
        "notify-lanes",
        "notify-messages",
        "notify-outbox",
        "notify-unheard",
    ),
    "weather_asking.WEATHER_QUESTIONS": ("warning-list", "feed-list", "episode-list"),
    "equipment_asking.EQUIPMENT_QUESTIONS": ("equipment-events", "equipment-unknown", "equipment-mappings"),
    "neighbour_asking.NEIGHBOUR_QUESTIONS": ("neighbour-list", "work-list", "work-notices"),
    "uplift_asking.UPLIFT_QUESTIONS": ("uplift-list",),
    "change_asking.CHANGE_QUESTIONS": ("change-list", "change-risks", "change-preview", "risk-list-current"),
    "monitoring_asking.MONITORING_QUESTIONS": (
        "monitor-list",
        "monitor-periods",
        "monitor-readings",
        "monitor-warnings",
    ),
    "campaign_asking.CAMPAIGN_QUESTIONS": ("campaign-list",),
}
"""Where each topic's questions stand, and their names in that order."""


class Questions(Mapping[str, "Question[Any]"]):
    """Questions by name; the module of one is loaded when it is first taken."""

    def __init__(self, topics: Mapping[str, tuple[str, ...]]) -> None:
        self._places = {name: place for place, names in topics.items() for name in names}

    def __getitem__(self, name: str) -> Question[Any]:
        module, _, called = self._places[name].partition(".")
        topic: tuple[Question[Any], ...] = getattr(import_module(f"adapters.projector.{module}"), called)
        return {one.name: one for one in topic}[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


QUESTIONS = Questions(TOPICS)
"""What may be asked, by name."""


def answer(
    projector: Projector, name: str, parameters: Mapping[str, Any], position: int | None = None
) -> list[Row]:
    """The rows that answer a question, after following to the journal's head (or to ``position``).

    Refuses an unknown question and bad parameters (``BadField``); raises ``ProjectionFailedError`` where a view that
    it needs has stopped.
    """
    from pydantic import ValidationError

    from adapters.border import bad_field

    question = QUESTIONS.get(name)
    if question is None:
        known = ", ".join(QUESTIONS)
        raise BadField(
            field="question",
            problem_zh=f"没有名为“{name}”的查询（有：{known}）",
            problem_en=f"there is no question named '{name}' (there are: {known})",
        )
    try:
        given = question.parameters.model_validate(dict(parameters))
    except ValidationError as error:
        raise bad_field(error) from None
    until = projector.journal.head().size if position is None else position
    projector.wait_for(until, question.needs)
    return question.run(projector, given)
