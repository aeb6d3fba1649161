"""What an equipment system may tell: a press replaced, a maintenance begun, an alarm; each type with what follows.

The names are ours (``cn.dualguard.…``, in the manner of CloudEvents); every other type is kept and listed for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.change_kinds import ChangeKind
from domain.language import Code, DayOf, Limit

Part = Literal["change", "start", "end", "alarm"]
"""A change in itself, one that goes on, the end of such a one, or no change but perhaps a hazard."""
Severity = Literal["low", "medium", "high", "critical"]
EquipmentCode = Annotated[str, Limit(200)]
"""How an equipment system names a thing; any text, for it is theirs."""


@dataclass(frozen=True)
class Said:
    """The data of an event of one of our types; nothing of it names a person.

    ``equipment`` is the other system's code; ``unit``, ``material`` and ``post`` are the body's own. ``order`` is the
    work order that a beginning and its end share; ``alarm`` the name of the alarm or device; ``starts`` and ``ends``
    the first and last day where they are not the day of the event.
    """

    equipment: Annotated[str, Limit(200, least=0)] = ""
    unit: Code | None = None
    material: Code | None = None
    post: Code | None = None
    order: Annotated[str, Limit(200, least=0)] = ""
    alarm: Annotated[str, Limit(200, least=0)] = ""
    severity: Severity | None = None
    what: Annotated[str, Limit(2000, least=0)] = ""
    starts: DayOf | None = None
    ends: DayOf | None = None

    def __str__(self) -> str:
        """What was said, as sentences show it."""
        days = "/".join(one for one in (self.starts, self.ends) if one)
        own = (self.equipment, self.unit, self.material, self.post, self.order, self.alarm, self.severity)
        return ", ".join(one for one in (*own, self.what, days) if one)


@dataclass(frozen=True)
class EventType:
    """``kind`` is the kind of change ("" for an alarm); ``needs`` the fields that must be there; ``one_of``: one."""

    part: Part
    kind: ChangeKind | Literal[""]
    zh: str
    en: str
    needs: tuple[str, ...] = ("equipment",)
    one_of: tuple[str, ...] = ()


TYPES: dict[str, EventType] = {
    "cn.dualguard.change.equipment.replaced": EventType(
        "change", "key_equipment", "设备更换", "equipment replaced"
    ),
    "cn.dualguard.change.equipment.installed": EventType(
        "change", "installation", "设备安装", "equipment installed"
    ),
    "cn.dualguard.change.material.changed": EventType(
        "change", "material", "物料变更", "material changed", (), ("material", "equipment", "unit")
    ),
    "cn.dualguard.change.process.changed": EventType(
        "change", "process", "工艺变更", "process changed", (), ("equipment", "unit")
    ),
    "cn.dualguard.change.organisation.changed": EventType(
        "change", "organisation", "组织机构变更", "organisation changed", (), ("post", "unit")
    ),
    "cn.dualguard.maintenance.started": EventType(
        "start", "maintenance", "检维修开始", "maintenance begun", ("equipment", "order")
    ),
    "cn.dualguard.maintenance.ended": EventType(
        "end", "maintenance", "检维修结束", "maintenance ended", ("equipment", "order")
    ),
    "cn.dualguard.overhaul.started": EventType(
        "start", "overhaul", "大修开始", "overhaul begun", ("equipment", "order")
    ),
    "cn.dualguard.overhaul.ended": EventType(
        "end", "overhaul", "大修结束", "overhaul ended", ("equipment", "order")
    ),
    "cn.dualguard.alarm.raised": EventType(
        "alarm", "", "设备报警", "alarm raised", ("equipment", "alarm", "severity")
    ),
    "cn.dualguard.protective-device.failed": EventType(
        "alarm", "", "安全保护装置失效", "protective device failed", ("equipment", "alarm")
    ),
}
"""Type -> what it means. YT Art. 24 (2), (3), (5), NJ-072 (2), (3), (4)."""


def told(type_: str, said: Said) -> str:
    """What happened in a sentence: the event's own words, or those of its type with the equipment."""
    if said.what:
        return said.what
    meant = TYPES[type_]
    about = " ".join(one for one in (said.equipment, said.alarm, said.material or "", said.order) if one)
    return f"{meant.zh} / {meant.en}: {about}" if about else f"{meant.zh} / {meant.en}"
