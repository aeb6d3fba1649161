"""Which duties a report answers: the one of its month or quarter; a notice is told which updates it answers for."""

from __future__ import annotations

from domain.language import Code
from domain.owed import duty_code


def duties_of(body: Code, kind: str, period: str) -> tuple[Code, ...]:
    """The duty of a report of this kind and period, raised or not; none for a notice, whose causes are records."""
    return () if kind == "risk-list-update-notice" else (duty_code(kind, body, period),)
