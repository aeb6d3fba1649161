"""A whole example of a special campaign: the authority looks at hoisting in shafts."""

from __future__ import annotations

from domain.campaigns import CampaignAnnounced, CampaignEnded
from domain.change_state import ScopeRow
from domain.language import Event

__all__ = ["CAMPAIGNS", "CAMPAIGN_EVENTS"]

Entry = tuple[str, str, str, dict[str, object]]

_CAMPAIGN: dict[str, object] = {"body": "KS-01", "campaign": "ZX-2026-01"}
_TITLE, _AUTHORITY, _NUMBER = "竖井提升系统专项整治（示例）", "某区应急管理局（示例）", "〔2026〕示例第3号"
_WHAT = "重点整治过卷保护、制动和钢丝绳检验，企业先自查"

CAMPAIGNS: tuple[Entry, ...] = (
    (
        "AnnounceCampaign",
        "P-SAFETY",
        "2026-01-12T15:56",
        {
            **_CAMPAIGN,
            "title": _TITLE,
            "authority": _AUTHORITY,
            "number": _NUMBER,
            "what": _WHAT,
            "scope": [{"kind": "sector", "code": "hoisting-campaign"}],
            "starts": "2026-01-13",
            "ends": "2026-03-31",
        },
    ),
    (
        "EndCampaign",
        "P-SAFETY",
        "2026-01-12T15:58",
        {**_CAMPAIGN, "reason": "主管部门撤回通知，另行部署"},
    ),
)
"""In an order in which all are accepted after the body was registered."""

CAMPAIGN_EVENTS: tuple[Event, ...] = (
    CampaignAnnounced(
        "ZX-2026-01",
        _TITLE,
        _AUTHORITY,
        _NUMBER,
        _WHAT,
        (ScopeRow("sector", "hoisting-campaign"),),
        "2026-01-13",
        "2026-03-31",
        (),
    ),
    CampaignEnded("主管部门撤回通知，另行部署", "", "2026-01-12"),
)
