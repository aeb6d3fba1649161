"""What of all that is recorded falls to somebody: the topic, the thing, and to whom it falls by person or by role.

Pure, a record in and a notice out, so that what was to be told is computed again from the log at any time and is the
same. Who holds a role on the day is for the reader of the log to say; persons stand as references, free text never.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from domain.duty_state import PERSON
from domain.records import Record

Topic = Literal[
    "duty_raised",
    "duty_reminded",
    "duty_due",
    "duty_overdue",
    "duty_missed",
    "duty_escalated",
    "duty_moved",
    "duty_returned",
    "decision",
    "report_returned",
    "hazard_registered",
    "unit_stopped",
    "danger",
    "change",
    "uplift",
    "machine",
]
"""What one may listen to; one word for what the same person does about it in the same way."""
TOPICS: tuple[str, ...] = get_args(Topic)
LEADS = ("principal", "safety_officer")
"""To whom falls what is nobody's own: the principal and whoever keeps safety."""
KEEPER = ("administrator",)
"""To whom falls what is wrong with the machine itself."""


@dataclass(frozen=True)
class Notice:
    """``persons`` and ``roles``: to whom it falls; ``about``: what a sentence needs, as codes, days, labels, titles."""

    topic: str
    kind: str
    code: str
    persons: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OwedThing:
    """What of a duty its later records do not say again."""

    owed_by: str
    owed_as: str
    rule: str
    title: str
    subject_kind: str
    subject: str


DUTY_TOPICS: dict[str, Topic] = {
    "duty-raised.1": "duty_raised",
    "duty-assigned.1": "duty_raised",
    "duty-reminded.1": "duty_reminded",
    "duty-fell-due.1": "duty_due",
    "duty-overdue.1": "duty_overdue",
    "duty-missed.1": "duty_missed",
    "duty-escalated.1": "duty_escalated",
    "duty-extended.1": "duty_moved",
    "duty-extension-approved.1": "duty_moved",
    "duty-extension-refused.1": "duty_moved",
    "duty-day-settled.1": "duty_moved",
    "duty-resumed.1": "duty_returned",
    "duty-answer-rejected.1": "duty_returned",
    "duty-restored.1": "duty_raised",
}
"""Stored kind -> topic, for what falls to whoever owes the duty."""


def owed_thing(event: Any) -> OwedThing | None:
    """What a record that raises a duty says of it; None for every other record."""
    if not hasattr(event, "owed_by") or not hasattr(event, "owed_as"):
        return None
    rule, title = getattr(event, "rule", "assigned"), getattr(event, "title", "")
    return OwedThing(event.owed_by, event.owed_as, rule, title, event.subject_kind, event.subject)


def title_of(record: Record) -> tuple[str, str, str] | None:
    """(kind, code, title) where a record gives a thing its title or another one."""
    name = TITLES.get(record.kind)
    if name is None:
        return None
    kind, _, code = record.stream.split("/", 2)
    return kind, code, str(getattr(record.event, name))[:TITLE_MOST]


TITLE_MOST = 200
"""How much of a thing's description stands for its title."""
TITLES: dict[str, str] = {
    "hazard-registered.1": "title",
    "risk-identified.1": "name",
    "change-reported.1": "what",
}
"""Stored kind -> the field that holds the thing's title."""


def notice_of(record: Record, duty: OwedThing | None, title: str) -> Notice | None:
    """What falls to whom because of this record, or None; ``duty`` and ``title`` are what is known of its thing."""
    topic = DUTY_TOPICS.get(record.kind)
    if topic is not None:
        return None if duty is None else _of_duty(topic, record, duty, title)
    told = OTHERS.get(record.kind)
    return None if told is None else told(record, _code(record), title)


def _of_duty(topic: str, record: Record, duty: OwedThing, subject_title: str) -> Notice:
    event: Any = record.event
    about = {
        "rule": duty.rule,
        "title": duty.title,
        "subject_kind": duty.subject_kind,
        "subject": duty.subject,
        "subject_title": subject_title,
        "due": getattr(event, "due", ""),
    }
    if topic == "duty_escalated":
        return Notice(topic, "duty", _code(record), tuple(event.persons), (), about | {"role": event.role})
    if duty.owed_as == PERSON:
        return Notice(topic, "duty", _code(record), (duty.owed_by,), (), about)
    return Notice(topic, "duty", _code(record), (), (duty.owed_by,), about)


def _told(
    topic: Topic, kind: str, what: str, roles: tuple[str, ...] = LEADS
) -> Callable[[Record, str, str], Notice]:
    """A notice about the record's own thing; ``what`` is the label of what happened to it."""

    def told(record: Record, code: str, title: str) -> Notice:
        event: Any = record.event
        about = {"what": what, "title": title}
        if isinstance(getattr(event, "risks", None), tuple):
            about["risks"] = str(len(event.risks))
        return Notice(topic, kind, code, (), roles, about)

    return told


def _equipment(record: Record, code: str, title: str) -> Notice:
    """An event of equipment that nobody has placed yet; its stream is named by a key, not by the equipment's code."""
    event: Any = record.event
    return Notice("decision", "equipment", str(event.equipment), (), LEADS, {"what": "equipment_unknown"})


def _machine(kind: str, what: str) -> Callable[[Record, str, str], Notice]:
    return _told("machine", kind, what, KEEPER)


def _code(record: Record) -> str:
    parts = record.stream.split("/", 2)
    return parts[2] if len(parts) > 2 else parts[1]


OTHERS: dict[str, Callable[[Record, str, str], Notice]] = {
    "hazard-registered.1": _told("hazard_registered", "hazard", "hazard_registered"),
    "duty-extension-asked.1": _told("decision", "duty", "extension_asked"),
    "extension-asked.1": _told("decision", "hazard", "extension_asked"),
    "not-hazard-proposed.1": _told("decision", "hazard", "not_hazard_proposed"),
    "report-compiled.1": _told("decision", "report", "report_compiled"),
    "report-returned.1": _told("report_returned", "report", "report_returned"),
    "unit-stopped.1": _told("unit_stopped", "unit", "unit_stopped"),
    "change-reported.1": _told("change", "change", "change_reported"),
    "change-resolved.1": _told("change", "change", "change_resolved"),
    "change-closed.1": _told("change", "change", "change_done"),
    "risk-uplifted.1": _told("uplift", "risk", "risk_uplifted"),
    "risk-uplift-ended.1": _told("uplift", "risk", "uplift_ended"),
    "change-risks-taken.1": _told("change", "change", "change_risks_taken"),
    "reassessment-proposed.1": _told("decision", "risk", "reassessment_proposed"),
    "risk-declared-uncontrollable.1": _told("danger", "risk", "declared_uncontrollable"),
    "monitoring-warning-raised.1": _told("danger", "risk", "monitoring_warned"),
    "equipment-event-waiting.1": _equipment,
    "work-neighbour-affected.1": _told("decision", "work", "neighbour_to_tell"),
    "policy-refused.1": _machine("clock", "policy_refused"),
    "clock-was-away.1": _machine("clock", "clock_away"),
    "feed-stale.1": _machine("feed", "feed_stale"),
    "feed-returned.1": _machine("feed", "feed_returned"),
    "message-dead.1": _machine("delivery", "message_dead"),
}
"""Stored kind -> what falls to whom; a kind that nobody records yet costs nothing."""
KINDS: tuple[str, ...] = tuple(dict.fromkeys((*DUTY_TOPICS, *TITLES, *OTHERS)))
"""Every stored kind that this module reads."""
