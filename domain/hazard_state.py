"""What the next decision on a hazard needs to know; nothing that is only told to readers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Day


@dataclass(frozen=True)
class Hazard:
    """``opening`` counts registration and reopenings, ``round`` the rectifications since the last plan."""

    step: str = "unknown"
    grade: str = ""
    opening: int = 0
    round: int = 0
    due: Day = ""
    asked_due: Day = ""
    asked_by: str = ""
    askers: tuple[str, ...] = ()
    rectifiers: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
