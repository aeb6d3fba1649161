"""Which duties a report answers: the one of its month or quarter, or those of every update that a notice tells."""

from __future__ import annotations

from domain.language import Code
from domain.report_periods import days_of


def duties_of(body: Code, kind: str, period: str) -> tuple[Code, ...]:
    """The duties that a report of this kind and period answers, raised or not."""
    return tuple(f"{kind}.{body}.{one}" for one in days_of(kind, period))
