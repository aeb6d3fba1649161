"""The index of what is kept ready to be asked: one line for each projection."""

from __future__ import annotations

from typing import Any

from projections.areas import AREAS
from projections.body_register import BODY_REGISTER
from projections.calendar_years import CALENDAR_YEARS
from projections.campaigns import CAMPAIGNS
from projections.changes import CHANGES
from projections.checklists import CHECKLISTS
from projections.confirmations import CONFIRMATIONS
from projections.controls import CONTROLS
from projections.documents import DOCUMENTS
from projections.draws import DRAWS
from projections.duty_facts import DUTY_FACTS
from projections.duty_rows import DUTY_ROWS
from projections.equipment_events import EQUIPMENT_EVENTS
from projections.evidence import EVIDENCE
from projections.hazard_acts import HAZARD_ACTS
from projections.hazard_ledger import HAZARD_LEDGER
from projections.inspections import INSPECTIONS
from projections.intake import INTAKE
from projections.method_register import METHOD_REGISTER
from projections.monitoring import MONITORING
from projections.neighbours import NEIGHBOURS
from projections.organisation import ORGANISATION
from projections.outbox import OUTBOX
from projections.projection import Projection
from projections.reassessment_proposals import REASSESSMENT_PROPOSALS
from projections.reports import REPORTS
from projections.risk_list import RISK_LIST
from projections.risk_marks import RISK_MARKS
from projections.role_holders import ROLE_HOLDERS
from projections.stops import STOPS
from projections.trainings import TRAININGS
from projections.unit_tree import UNIT_TREE
from projections.uplifts import UPLIFTS
from projections.visits import VISITS
from projections.weather_episodes import WEATHER_EPISODES
from projections.weather_register import WEATHER_REGISTER

PROJECTIONS: tuple[Projection[Any], ...] = (
    BODY_REGISTER,
    CALENDAR_YEARS,
    DRAWS,
    UNIT_TREE,
    ROLE_HOLDERS,
    METHOD_REGISTER,
    RISK_LIST,
    CONTROLS,
    RISK_MARKS,
    INTAKE,
    HAZARD_LEDGER,
    HAZARD_ACTS,
    DUTY_ROWS,
    DUTY_FACTS,
    ORGANISATION,
    TRAININGS,
    DOCUMENTS,
    AREAS,
    STOPS,
    REASSESSMENT_PROPOSALS,
    CONFIRMATIONS,
    REPORTS,
    CHECKLISTS,
    INSPECTIONS,
    EVIDENCE,
    VISITS,
    OUTBOX,
    WEATHER_REGISTER,
    EQUIPMENT_EVENTS,
    NEIGHBOURS,
    CHANGES,
    MONITORING,
    CAMPAIGNS,
    WEATHER_EPISODES,
    UPLIFTS,
)
