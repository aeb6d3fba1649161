"""Alerts written for tests: a whole one, and the same with anything changed, left out or put in."""

from __future__ import annotations

from collections.abc import Iterable

NAMESPACES = {
    "1.0": "http://www.incident.com/cap/1.0",
    "1.1": "urn:oasis:names:tc:emergency:cap:1.1",
    "1.2": "urn:oasis:names:tc:emergency:cap:1.2",
}
ORANGE = "示例市气象台发布暴雨橙色预警[II级/严重]"


def area(code: str = "320113000000", name: str = "示例区", kind: str = "CPEAS Geographic Code") -> str:
    geocode = f"<geocode><valueName>{kind}</valueName><value>{code}</value></geocode>" if code else ""
    return f"<area><areaDesc>{name}</areaDesc>{geocode}</area>"


def info(
    headline: str = ORANGE,
    *,
    event: str = "暴雨",
    language: str = "zh-CN",
    severity: str = "Severe",
    expires: str = "",
    more: str = "",
    areas: Iterable[str] = (area(),),
    effective: str = "2026-06-15T14:05:40+08:00",
) -> str:
    ends = f"<expires>{expires}</expires>" if expires else ""
    return (
        f"<info><language>{language}</language><category>Met</category><event>{event}</event>"
        f"<urgency>Unknown</urgency><severity>{severity}</severity><certainty>Unknown</certainty>"
        f"<effective>{effective}</effective>{ends}<senderName>张三</senderName>"
        f"<headline>{headline}</headline>{more}{''.join(areas)}</info>"
    )


def alert(
    *infos: str,
    identifier: str = "32011341600000_20260615140512",
    sent: str = "2026-06-15T14:05:12+08:00",
    message: str = "Alert",
    status: str = "Actual",
    references: str = "",
    version: str = "1.2",
) -> str:
    refers = f"<references>{references}</references>" if references else ""
    return (
        f'<alert xmlns="{NAMESPACES[version]}"><identifier>{identifier}</identifier>'
        f"<sender>office@example.org</sender><sent>{sent}</sent><status>{status}</status>"
        f"<msgType>{message}</msgType><scope>Public</scope>{refers}{''.join(infos or (info(),))}</alert>"
    )


def document(inner: str = "", encoding: str = "UTF-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{inner or alert()}'.encode(encoding)
