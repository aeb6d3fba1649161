"""A whole example of equipment events: a code is mapped, a brake is replaced, a foreign event is settled."""

from __future__ import annotations

from domain.change_state import ScopeRow
from domain.equipment import (
    EquipmentMapped,
    EquipmentUnmapped,
    EventPlaced,
    EventWaiting,
    WaitingDropped,
)
from domain.equipment_events import EquipmentEventReceived, EquipmentEventSettled, event_code
from domain.equipment_types import Said
from domain.language import Event

__all__ = ["EQUIPMENT", "EQUIPMENT_EVENTS", "EQUIPMENT_MACHINE"]

Entry = tuple[str, str, str, dict[str, object]]

BODY, UNIT, CODE = "KS-01", "U-TS-1", "TSJ-01/制动器"
SOURCE, ID, TYPE = "https://eam.example.cn/ks01", "WO-2026-0331-07", "cn.example.eam.workorder.released"
EVENT = event_code(SOURCE, ID)
REPLACED = "cn.dualguard.change.equipment.replaced"
BRAKE = event_code(SOURCE, "EQ-2026-0331-01")
SAID: dict[str, object] = {"equipment": CODE, "what": "提升机盘形制动器整套更换"}
_SAID = Said(CODE, what="提升机盘形制动器整套更换")
AT = "2026-03-31T00:30:00.000000Z"

EQUIPMENT: tuple[Entry, ...] = (
    (
        "MapEquipment",
        "P-SAFETY",
        "2026-03-31T08:00",
        {"body": BODY, "equipment": CODE, "unit": UNIT, "remark": "设备台账2026年版"},
    ),
    (
        "ReceiveEquipmentEvent",
        "P-WORKSHOP",
        "2026-03-31T08:30",
        {
            "body": BODY,
            "source": SOURCE,
            "id": ID,
            "type": TYPE,
            "time": "2026-03-31T08:30:00+08:00",
            "subject": "TSJ-01",
        },
    ),
    (
        "SettleEquipmentEvent",
        "P-SAFETY",
        "2026-03-31T09:30",
        {
            "body": BODY,
            "event": EVENT,
            "verdict": "change",
            "kind": "maintenance",
            "scope": [{"kind": "unit", "code": UNIT}],
            "reason": "该工单为提升机制动系统检修",
        },
    ),
    (
        "UnmapEquipment",
        "P-SAFETY",
        "2026-03-31T18:00",
        {"body": BODY, "equipment": CODE, "reason": "设备编码改版"},
    ),
)
EQUIPMENT_MACHINE: dict[str, dict[str, object]] = {
    "PassToEquipment": {
        "body": BODY,
        "equipment": CODE,
        "event": BRAKE,
        "type": REPLACED,
        "said": SAID,
        "occurred": AT,
    },
    "DropWaiting": {"body": BODY, "equipment": CODE, "event": BRAKE},
}
EQUIPMENT_EVENTS: tuple[Event, ...] = (
    EquipmentMapped(CODE, UNIT, None, None, None, "设备台账2026年版", "2026-03-31T00:00:00.000000Z"),
    EquipmentUnmapped(CODE, UNIT, "设备编码改版", "2026-03-31T10:00:00.000000Z"),
    EventWaiting(CODE, BRAKE, REPLACED, _SAID, AT),
    EventPlaced(
        CODE,
        BRAKE,
        REPLACED,
        _SAID,
        AT,
        UNIT,
        None,
        _SAID.what,
        "key_equipment",
        f"feed-{BRAKE[:24]}",
        "",
        "",
        None,
    ),
    WaitingDropped(CODE, BRAKE),
    EquipmentEventReceived(
        EVENT,
        SOURCE,
        ID,
        TYPE,
        "2026-03-31T08:30:00+08:00",
        "TSJ-01",
        None,
        AT,
        (),
        0,
        "unknown_type",
        "",
        (),
    ),
    EquipmentEventSettled(
        "change",
        "maintenance",
        (ScopeRow("unit", UNIT),),
        f"{TYPE} TSJ-01",
        AT,
        "",
        "该工单为提升机制动系统检修",
        "P-SAFETY",
    ),
)
