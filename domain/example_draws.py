"""A whole example of a random draw: the mine draws which of its units are looked at beyond the plan, and by whom."""

from __future__ import annotations

from domain.draws import DrawAnnounced, DrawHeld, result
from domain.language import Event

__all__ = ["DRAWS", "DRAW_EVENTS"]

Entry = tuple[str, str, str, dict[str, object]]

THE_DRAW = {"body": "KS-01", "draw": "CQ-2026-1"}
SEED_FROM, SEED = "2026年3月30日双色球第2026036期开奖号码", "03 09 11 17 24 31 + 08"
POPULATION, INSPECTORS = ("U-TS", "U-TS-1", "U-TS-1-1", "U-TS-9-1"), ("P-DEPUTY", "P-EXPERT", "P-SAFETY")

DRAWS: tuple[Entry, ...] = (
    (
        "AnnounceDraw",
        "P-SAFETY",
        "2026-03-27T09:00",
        {
            **THE_DRAW,
            "of": "unit",
            "population": list(POPULATION),
            "count": 2,
            "inspectors": list(INSPECTORS),
            "each": 2,
            "seed_from": SEED_FROM,
            "seed_day": "2026-03-30",
        },
    ),
    ("HoldDraw", "P-SAFETY", "2026-03-31T09:00", {**THE_DRAW, "seed": SEED}),
)
_ANNOUNCED = DrawAnnounced("unit", POPULATION, 2, INSPECTORS, 2, SEED_FROM, "2026-03-30", None)
DRAW_EVENTS: tuple[Event, ...] = (_ANNOUNCED, DrawHeld("unit", SEED, result(_ANNOUNCED, SEED)))
