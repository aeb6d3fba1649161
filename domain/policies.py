"""Policies carry what happened in one stream to another: pure, a record in, commands out.

Each command of a policy gets the id UUIDv5(policy, position of the cause, target), and nothing of "now" is in it, so
that running a policy again, also after a crash in its middle, adds nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from domain.campaigns import KINDS as CAMPAIGN_KINDS
from domain.campaigns import campaign_change
from domain.change_policy import DUTY_KINDS as CHANGE_DUTY_KINDS
from domain.change_policy import RESTART_KINDS, reassessment_duty, restart
from domain.control_failures import FAILURE_KINDS, control_failure
from domain.duties import AnswerDuty, ExtendDuty, RaiseDuty, ResumeDuty
from domain.equipment_policy import KINDS as EQUIPMENT_KINDS
from domain.equipment_policy import equipment_event
from domain.hazard_extension import ExtensionApproved
from domain.hazards import RectificationCompleted, RectificationPlanned, RectificationRejected
from domain.inspection_policies import (
    FAILED_ITEM_KINDS,
    NEXT_ROUND_KINDS,
    ROUND_DUTY_KINDS,
    failed_item,
    next_round,
    round_duty,
)
from domain.language import Command, day_of
from domain.monitoring_policy import (
    DUTY_KINDS as MONITORING_DUTY_KINDS,
)
from domain.monitoring_policy import (
    NEXT_KINDS,
    RETIRED_KINDS,
    monitoring_duty,
    next_reading,
    retired_risk,
)
from domain.out_of_control import RiskDeclaredUncontrollable
from domain.out_of_control_policy import regained_by_release, stop_for_risk
from domain.records import Record
from domain.renewals import ASSET_KINDS, dated_assets, renewal_duty
from domain.renewals import DUTY_KINDS as RENEWAL_DUTY_KINDS
from domain.report_policy import KINDS as REPORT_KINDS
from domain.report_policy import report_duty
from domain.stops import StopReleased
from domain.uplift_policies import EPISODE_KINDS, MEASURE_KINDS, UPLIFT_KINDS, measures, tell_episodes, uplift
from domain.visit_policy import KINDS as VISIT_KINDS
from domain.visit_policy import visit_consequences
from domain.work_policy import NOTICE_KINDS, neighbour_notice

NAMESPACE = uuid.UUID("5c6f4f0e-6a0f-5d0c-9a59-64756c677561")


@dataclass(frozen=True)
class Policy:
    """A name, the stored kinds it listens to, and what it asks for: (target, command) pairs in a fixed order."""

    name: str
    kinds: tuple[str, ...]
    react: Callable[[Record], list[tuple[str, Command]]]


def command_id(policy: str, position: int, target: str) -> str:
    """The one id of what this policy asks of this target because of this record."""
    return str(uuid.uuid5(NAMESPACE, f"{policy}\n{position}\n{target}"))


def rectification_deadline(record: Record) -> list[tuple[str, Command]]:
    """A planned rectification is owed by its due day: raised, moved by approved extensions, answered, resumed."""
    hazard = record.stream.rsplit("/", 1)[1]
    body, event = record.scope, record.event
    match event:
        case RectificationPlanned():
            duty = f"rectification.{hazard}.{event.opening}"
            raised = RaiseDuty(
                body,
                duty,
                "rectification",
                "hazard",
                hazard,
                event.responsible,
                event.due,
                event.citation,
                follows_record=True,
            )
            return [(duty, raised)]
        case ExtensionApproved():
            duty = f"rectification.{hazard}.{event.opening}"
            return [(duty, ExtendDuty(body, duty, event.due, event.approved_by))]
        case RectificationCompleted():
            duty = f"rectification.{hazard}.{event.opening}"
            return [(duty, AnswerDuty(body, duty, event.rectified_by[0], day_of(record.recorded_at)))]
        case RectificationRejected():
            duty = f"rectification.{hazard}.{event.opening}"
            return [(duty, ResumeDuty(body, duty, event.rejected_by))]
        case _:
            return []


POLICIES: tuple[Policy, ...] = (
    Policy("control-failure", FAILURE_KINDS, control_failure),
    Policy(
        "rectification-deadline",
        (
            RectificationPlanned.KIND,
            ExtensionApproved.KIND,
            RectificationCompleted.KIND,
            RectificationRejected.KIND,
        ),
        rectification_deadline,
    ),
    Policy("dated-assets", ASSET_KINDS, dated_assets),
    Policy("renewal-duty", RENEWAL_DUTY_KINDS, renewal_duty),
    Policy("report-duty", REPORT_KINDS, report_duty),
    Policy("round-duty", ROUND_DUTY_KINDS, round_duty),
    Policy("next-round", NEXT_ROUND_KINDS, next_round),
    Policy("failed-item", FAILED_ITEM_KINDS, failed_item),
    Policy("visit", VISIT_KINDS, visit_consequences),
    Policy("neighbour-notice", NOTICE_KINDS, neighbour_notice),
    Policy("campaign-change", CAMPAIGN_KINDS, campaign_change),
    Policy("monitoring-duty", MONITORING_DUTY_KINDS, monitoring_duty),
    Policy("next-reading", NEXT_KINDS, next_reading),
    Policy("monitoring-retired", RETIRED_KINDS, retired_risk),
    Policy("stop-for-risk", (RiskDeclaredUncontrollable.KIND,), stop_for_risk),
    Policy("control-regained", (StopReleased.KIND,), regained_by_release),
    Policy("reassessment-duty", CHANGE_DUTY_KINDS, reassessment_duty),
    Policy("restart", RESTART_KINDS, restart),
    Policy("equipment-event", EQUIPMENT_KINDS, equipment_event),
    Policy("weather-episode", EPISODE_KINDS, tell_episodes),
    Policy("uplift", UPLIFT_KINDS, uplift),
    Policy("uplift-measures", MEASURE_KINDS, measures),
)
