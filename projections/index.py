"""The index of what is kept ready to be asked: one line for each projection."""

from __future__ import annotations

from typing import Any

from projections.body_register import BODY_REGISTER
from projections.duty_rows import DUTY_ROWS
from projections.hazard_ledger import HAZARD_LEDGER
from projections.projection import Projection
from projections.risk_list import RISK_LIST
from projections.role_holders import ROLE_HOLDERS
from projections.unit_tree import UNIT_TREE

PROJECTIONS: tuple[Projection[Any], ...] = (
    BODY_REGISTER,
    UNIT_TREE,
    ROLE_HOLDERS,
    RISK_LIST,
    HAZARD_LEDGER,
    DUTY_ROWS,
)
