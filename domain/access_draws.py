"""Which roles may give the commands about random draws; a part of the access table."""

from __future__ import annotations

from domain import draws
from domain.language import Command

DRAWS: dict[type[Command], tuple[str, ...]] = {
    draws.AnnounceDraw: ("principal", "safety_officer"),
    draws.HoldDraw: ("principal", "safety_officer", "authority_inspector"),
}
"""Command -> roles that may give it."""
