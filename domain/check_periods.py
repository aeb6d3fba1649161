"""How often something is checked and by which tier: calendar periods, their days, and the codes of rounds."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Literal

from domain.language import Day, day_after

Period = Literal["shift", "P1D", "P7D", "P1M", "P3M", "P6M", "P1Y"]
"""Every shift, or every day, week, month, quarter, half-year or year of the calendar (ISO 8601, as in the rules)."""
PERIODS: tuple[Period, ...] = ("shift", "P1D", "P7D", "P1M", "P3M", "P6M", "P1Y")
PERIOD_OF_CHECK: dict[str, Period] = {
    "shift": "shift",
    "day": "P1D",
    "week": "P7D",
    "month": "P1M",
    "quarter": "P3M",
    "year": "P1Y",
}
"""How often a control says that it is checked -> the period of the item that checks it."""
_MONTHS: dict[str, int] = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}
Tier = Literal["company", "workshop", "team", "post"]
"""The tiers of control (YT Art. 23), from the head down."""
TIERS: tuple[Tier, ...] = ("company", "workshop", "team", "post")
ROLES_OF: dict[str, tuple[str, ...]] = {
    "company": ("principal", "safety_officer"),
    "workshop": ("workshop_lead",),
    "team": ("team_lead",),
    "post": ("post_worker",),
}
"""Who checks for a tier: from the main responsible person through department heads to team leaders (NJ-060)."""


def period_of(day: Day, period: str) -> tuple[Day, Day]:
    """First and last day of the calendar period in which the day lies; weeks begin on Monday.

    The round of a shift is owed on its day: which shift made it stands in the inspection.
    """
    date = dt.date.fromisoformat(day)
    if period in ("shift", "P1D"):
        return day, day
    if period == "P7D":
        first = day_after(day, -date.weekday())
        return first, day_after(first, 6)
    months = _MONTHS[period]
    month = (date.month - 1) // months * months + 1
    after = dt.date(date.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return dt.date(date.year, month, 1).isoformat(), day_after(after.isoformat(), -1)


def code_from(*parts: str, most: int = 56) -> str:
    """One code out of several, always the same; where it would be too long its end is a hash of them all."""
    whole = ".".join(parts)
    if len(whole) <= most:
        return whole
    return f"{whole[: most - 13]}.{sha256(whole.encode()).hexdigest()[:12]}"
