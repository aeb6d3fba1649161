"""The index of the domain: every kind of business thing, every command, every stored event kind."""

from __future__ import annotations

from typing import Any

from domain.areas import AREA
from domain.bodies import BODY
from domain.calendar_notices import CALENDAR
from domain.campaigns import CAMPAIGN
from domain.changes import CHANGE
from domain.checklists import CHECKLIST
from domain.confirmations import CONFIRMATION
from domain.control_failures import FAILURES
from domain.control_policy import COLOUR_POLICY
from domain.decider import Decider
from domain.deliveries import DELIVERY
from domain.departments import DEPARTMENT
from domain.documents import DOCUMENT
from domain.draws import DRAW
from domain.duties import DUTY
from domain.engagements import ENGAGEMENT
from domain.equipment import EQUIPMENT
from domain.equipment_events import FEED_EVENT
from domain.evidence import EVIDENCE
from domain.hazards import HAZARD
from domain.holds import HOLD
from domain.inspections import INSPECTION
from domain.intake import INTAKE
from domain.language import Command, Event
from domain.leading_group import GROUP
from domain.logbook import LOGBOOK
from domain.monitoring import MONITORING
from domain.neighbours import NEIGHBOUR
from domain.paper_signals import SIGNAL
from domain.people import PEOPLE
from domain.posts import POST
from domain.renewals import RENEWALS
from domain.reports import REPORT
from domain.risk_control import RISK_CONTROL
from domain.risks import RISK
from domain.role_tasks import ROLE_TASKS
from domain.roles import ROLES
from domain.rule_adoption import ADOPTED
from domain.stops import STOP
from domain.subscriptions import SUBSCRIPTION
from domain.trainings import TRAINING
from domain.unit_surveys import SURVEY
from domain.units import UNITS
from domain.visits import VISIT
from domain.weather_episodes import EPISODE
from domain.weather_feeds import FEED
from domain.weather_messages import WEATHER_MESSAGE
from domain.weather_withdrawals import WITHDRAWAL
from domain.work_plan import WORK_PLAN
from domain.works import WORK

ORGANISATION: tuple[Decider[Any], ...] = (
    DEPARTMENT,
    POST,
    GROUP,
    RISK_CONTROL,
    WORK_PLAN,
    ROLE_TASKS,
    ENGAGEMENT,
    TRAINING,
    DOCUMENT,
)
DECIDERS: tuple[Decider[Any], ...] = (
    *(BODY, PEOPLE, ROLES, ADOPTED, CALENDAR, DRAW, RISK, HAZARD, DUTY, LOGBOOK),
    *(UNITS, SURVEY, STOP, HOLD, CONFIRMATION, AREA),
    *ORGANISATION,
    REPORT,
    *(CHECKLIST, INSPECTION, EVIDENCE, VISIT),
    INTAKE,
    *(NEIGHBOUR, WORK, MONITORING, CAMPAIGN),
    COLOUR_POLICY,
    *(FAILURES, RENEWALS, SIGNAL),
    *(EPISODE, WITHDRAWAL),
    *(FEED, WEATHER_MESSAGE),
    CHANGE,
    *(EQUIPMENT, FEED_EVENT),
    *(SUBSCRIPTION, DELIVERY),
)

COMMANDS: dict[str, type[Command]] = {c.__name__: c for d in DECIDERS for c in d.commands}
"""What people may give, by name."""
MACHINE_COMMANDS: dict[str, type[Command]] = {c.__name__: c for d in DECIDERS for c in d.machine}
"""What only the clock, policies and feeds give, by name."""
EVENTS: dict[str, type[Event]] = {e.KIND: e for d in DECIDERS for e in d.events}
"""Stored kind -> event."""
