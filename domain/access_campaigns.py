"""Which roles may give the commands about special campaigns; a part of the access table."""

from __future__ import annotations

from domain import campaigns
from domain.language import Command

CAMPAIGNS: dict[type[Command], tuple[str, ...]] = {
    campaigns.AnnounceCampaign: ("principal", "safety_officer"),
    campaigns.EndCampaign: ("principal", "safety_officer"),
}
"""Command -> roles that may give it."""
