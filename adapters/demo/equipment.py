"""What the maintenance system of the works sent in October, as CloudEvents; which unit its codes are, and what waits.

The batch goes through the same reader as a file that somebody feeds; no such system exists, and no file is kept of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from adapters.demo.plant import DIRECTOR, SAFETY_OFFICER, line
from adapters.demo.plant_risks import found, reassessed
from adapters.demo.steps import Line, T
from domain.change_measures import measures_code
from domain.equipment import change_code
from domain.equipment_events import event_code

PACK = "house-equipment-2026"
FEED = "feed"
"""Who gives what an equipment system sent."""
SOURCE = "//eam.example/NJ-G66"
RECEIVER, CURTAIN, UNKNOWN = "EAM-KYJ-01", "EAM-GM-05", "EAM-XYJ-09"
UNITS = {RECEIVER: "W6-COM1", CURTAIN: "W2-PRE5"}
"""Code of the other system -> unit; the third code is not mapped, and waits for a person."""
LOOKED = T(
    "新储气罐投用后现场复核，安全阀和压力表在检定期内",
    "new receiver looked at on site: valve and gauge are in date",
)


IN_PLACE = T(
    "压力容器台账和点检表已更新，其余措施有效",
    "the register of pressure vessels and the check sheet are up to date; the other measures hold",
)
REPLACED = "7731"
"""The id of the event that says that the receiver was replaced."""


def lines() -> Iterator[Line]:
    yield line("AdoptRulePack", DIRECTOR, "2026-10-12T09:05", pack=PACK, version="1")
    for minute, (code, unit) in enumerate(UNITS.items()):
        yield line("MapEquipment", SAFETY_OFFICER, f"2026-10-12T09:1{minute}", equipment=code, unit=unit)
    yield from _sent()
    yield from reassessed(
        (one for one in found() if one.place.unit == UNITS[RECEIVER]), "2026-10-22T09", LOOKED
    )
    duty = measures_code(change_code(event_code(SOURCE, REPLACED)))
    yield line("FulfilDuty", SAFETY_OFFICER, "2026-10-28T10:00", duty=duty, done=IN_PLACE)


def _sent() -> Iterator[Line]:
    """Each event of the batch as its own line, told in both languages."""
    from adapters.feeds.events_reading import read_sheet

    told = {row: read_sheet(batch(row)) for row in ("zh", "en")}
    assert not any(sheet.faults for sheet in told.values()), told
    for zh, en in zip(told["zh"].arrivals, told["en"].arrivals, strict=True):
        said: dict[str, Any] | None = None
        if zh.said is not None and en.said is not None:
            said = {key: value for key, value in msgspec.to_builtins(zh.said).items() if value}
            said["what"] = T(zh.said.what, en.said.what)
        data = {"source": zh.source, "id": zh.id, "type": zh.type, "time": zh.time, "row": zh.row}
        yield line("ReceiveEquipmentEvent", FEED, zh.time[:16], **data, **({"said": said} if said else {}))


def batch(lang: str) -> bytes:
    """The four events as the system would send them, in one batch."""
    zh = lang == "zh"
    told = (
        (
            REPLACED,
            "cn.dualguard.change.equipment.replaced",
            "2026-10-20T10:15:00+08:00",
            {"equipment": RECEIVER, "what": "储气罐更换" if zh else "air receiver replaced"},
        ),
        (
            "7740",
            "cn.dualguard.maintenance.started",
            "2026-10-27T08:30:00+08:00",
            {"equipment": UNKNOWN, "order": "WO-2291", "what": "洗衣机检修" if zh else "washer taken apart"},
        ),
        (
            "7752",
            "cn.dualguard.protective-device.failed",
            "2026-11-03T14:20:00+08:00",
            {
                "equipment": CURTAIN,
                "alarm": "ESPE-OFF",
                "severity": "high",
                "what": "光幕自检不通过" if zh else "light curtain failed its self-test",
            },
        ),
        ("7760", "com.example.eam.meter-read", "2026-11-09T00:05:00+08:00", {"hours": 1234}),
    )
    events = [
        {"specversion": "1.0", "id": id_, "source": SOURCE, "type": type_, "time": time, "data": data}
        for id_, type_, time, data in told
    ]
    return json.dumps(events, ensure_ascii=False).encode()
