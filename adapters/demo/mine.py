"""The mine of the story: its people by reference, their roles, the rules it adopts, and its units after Table A.

The enterprise stands on the list of 2018; everything told about it here is invented. The names are those that Chinese
examples use for nobody in particular (张三, 李四, …), and they go to the directory only, never into a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from adapters.demo.enterprises import OFFICE
from adapters.demo.steps import Line, T, says

MINE = "NJ-K01"
line = partial(says, MINE)

DIRECTOR = "YM-01"
SAFETY_HEAD = "YM-02"
SAFETY_OFFICER = "YM-03"
HOIST_LEAD = "YM-04"
STOPE_LEAD = "YM-05"
HOIST_CREW = "YM-06"
HOIST_DRIVER = "YM-07"
STOPE_CREW = "YM-08"
SCALER = "YM-09"
FITTER = "YM-10"
AIR_LEAD = "YM-11"
PUMPMAN = "YM-12"
EXPERT = "YM-13"
CONTRACTOR = "YM-14"
INSPECTOR = "YM-15"
ELECTRO_LEAD = "YM-16"
NEW_STOPE_LEAD = "YM-17"
AUDITOR = "YM-18"

PEOPLE: tuple[tuple[str, str, str, T], ...] = (
    # reference, how the person stands to the mine, role, name for the directory
    (DIRECTOR, "staff", "principal", T("张三", "Zhang San")),
    (SAFETY_HEAD, "staff", "safety_officer", T("李四", "Li Si")),
    (SAFETY_OFFICER, "staff", "safety_officer", T("王五", "Wang Wu")),
    (HOIST_LEAD, "staff", "workshop_lead", T("赵六", "Zhao Liu")),
    (STOPE_LEAD, "staff", "workshop_lead", T("孙七", "Sun Qi")),
    (HOIST_CREW, "staff", "team_lead", T("周八", "Zhou Ba")),
    (HOIST_DRIVER, "staff", "post_worker", T("吴九", "Wu Jiu")),
    (STOPE_CREW, "staff", "team_lead", T("郑十", "Zheng Shi")),
    (SCALER, "staff", "post_worker", T("冯十一", "Feng Shiyi")),
    (FITTER, "staff", "post_worker", T("陈十二", "Chen Shier")),
    (AIR_LEAD, "staff", "workshop_lead", T("褚十三", "Chu Shisan")),
    (PUMPMAN, "staff", "post_worker", T("卫十四", "Wei Shisi")),
    (EXPERT, "expert", "expert", T("蒋十五", "Jiang Shiwu")),
    (CONTRACTOR, "contractor", "team_lead", T("沈十六", "Shen Shiliu")),
    (INSPECTOR, "official", "authority_inspector", T("韩十七", "Han Shiqi")),
    (ELECTRO_LEAD, "staff", "workshop_lead", T("杨十八", "Yang Shiba")),
    (NEW_STOPE_LEAD, "staff", "workshop_lead", T("朱十九", "Zhu Shijiu")),
    (AUDITOR, "third_party", "auditor", T("秦二十", "Qin Ershi")),
)
DEPARTMENTS: tuple[tuple[str, str, str | None, T, tuple[str, ...]], ...] = (
    # code, kind, the one above, name, who belongs to it
    ("B-0", "company", None, T("矿部", "the mine"), (DIRECTOR, SAFETY_HEAD, SAFETY_OFFICER, EXPERT)),
    ("B-1", "workshop", "B-0", T("提升运输车间", "hoisting and haulage"), (HOIST_LEAD,)),
    ("B-1-1", "team", "B-1", T("提升班", "hoisting team"), (HOIST_CREW, HOIST_DRIVER)),
    ("B-2", "workshop", "B-0", T("采矿车间", "stoping"), (STOPE_LEAD, NEW_STOPE_LEAD)),
    ("B-2-1", "team", "B-2", T("回采班", "stoping team"), (STOPE_CREW, SCALER)),
    ("B-2-2", "team", "B-2", T("外包掘进队", "contractor's drifting team"), (CONTRACTOR,)),
    ("B-3", "workshop", "B-0", T("通风排水车间", "ventilation and drainage"), (AIR_LEAD,)),
    ("B-3-1", "team", "B-3", T("通排班", "air and pump team"), (PUMPMAN,)),
    ("B-4", "workshop", "B-0", T("机电车间", "electrical and mechanical"), (ELECTRO_LEAD,)),
    ("B-4-1", "team", "B-4", T("维修班", "repair team"), (FITTER,)),
)
DEPARTMENT = {person: code for code, _, _, _, people in DEPARTMENTS for person in people}
"""To which department each person of the mine belongs."""
NAMES: dict[str, T] = {
    OFFICE: T("试点办公室", "the pilot office"),
    **{person: name for person, _, _, name in PEOPLE},
}

UNITS: tuple[tuple[str, str, T], ...] = (
    # code (a code without its last number is the parent's), kind, name; what Table A prints is marked with A
    ("U-1", "main", T("开拓", "development")),  # A
    ("U-1-1", "sub", T("井巷掘进", "drifting")),
    ("U-1-1-1", "child", T("平巷掘进", "level drift")),
    ("U-1-1-1-1", "activity", T("凿岩", "drilling")),
    ("U-1-1-1-2", "activity", T("爆破", "blasting")),
    ("U-1-2", "sub", T("老巷道", "old workings")),
    ("U-1-2-1", "equipment", T("−325 m 中段木支护巷道", "timbered drift on level -325 m")),
    ("U-2", "main", T("采矿", "stoping")),  # A
    ("U-2-1", "sub", T("上向分层充填采场", "cut-and-fill stope")),
    ("U-2-1-1", "child", T("回采", "winning")),
    ("U-2-1-1-1", "activity", T("撬毛与顶板管理", "scaling and roof control")),
    ("U-2-1-1-2", "equipment", T("铲运机", "loader")),
    ("U-2-1-2", "child", T("充填", "backfilling")),
    ("U-2-1-2-1", "equipment", T("充填管路", "backfill pipeline")),
    ("U-2-2", "sub", T("爆破器材", "explosives")),
    ("U-2-2-1", "equipment", T("井下爆破器材库", "underground magazine")),
    ("U-3", "main", T("提升运输", "hoisting and haulage")),  # A
    ("U-3-1", "sub", T("竖井（罐笼）", "shaft (cage)")),  # A
    ("U-3-1-1", "child", T("机房", "hoist room")),  # A
    ("U-3-1-1-1", "post", T("操作台", "operator's desk")),  # A
    ("U-3-1-2", "child", T("提升装置", "hoisting gear")),  # A
    ("U-3-1-2-1", "equipment", T("提升机", "hoist")),  # A
    ("U-3-1-2-2", "equipment", T("提升钢丝绳", "hoisting rope")),
    ("U-3-1-3", "child", T("制动装置", "brakes")),  # A
    ("U-3-1-3-1", "equipment", T("工作制动", "service brake")),  # A
    ("U-3-1-3-2", "equipment", T("安全制动", "safety brake")),
    ("U-3-1-4", "child", T("保护装置", "protective devices")),  # A
    ("U-3-1-4-1", "equipment", T("过卷保护装置", "overwind protection")),  # A
    ("U-3-1-4-2", "equipment", T("过速保护装置", "overspeed protection")),
    ("U-3-1-4-3", "equipment", T("井口安全门与阻车器", "shaft gate and car stop")),
    ("U-3-2", "sub", T("斜坡道", "ramp")),
    ("U-3-2-1", "equipment", T("无轨人员运输车", "personnel vehicle")),
    ("U-4", "main", T("通风防尘", "ventilation and dust control")),  # A
    ("U-4-1", "sub", T("主通风", "main ventilation")),
    ("U-4-1-1", "equipment", T("主通风机", "main fan")),
    ("U-4-1-2", "equipment", T("−575 m 中段风门", "air door on level -575 m")),
    ("U-4-2", "sub", T("局部通风", "local ventilation")),
    ("U-4-2-1", "equipment", T("局扇与风筒", "local fan and duct")),
    ("U-4-3", "sub", T("防尘", "dust control")),
    ("U-4-3-1", "equipment", T("破碎硐室除尘器", "dust collector of the crusher chamber")),
    ("U-5", "main", T("防排水", "water control")),
    ("U-5-1", "sub", T("−625 m 中段水泵房", "pump station on level -625 m")),
    ("U-5-1-1", "equipment", T("主排水泵", "main pumps")),
    ("U-5-2", "activity", T("超前探放水", "probing ahead for water")),
)


def lines() -> Iterator[Line]:
    """Roll, roles, rule packs and units in January, and a change of one workshop's lead in summer."""
    begin = [one for one in PEOPLE if one[0] != NEW_STOPE_LEAD]
    yield {
        "command": "RegisterPeople",
        "by": OFFICE,
        "at": "2026-01-08T10:00+08:00",
        "data": {"people": [{"person": person, "kind": kind} for person, kind, _, _ in begin]},
    }
    yield {
        "command": "GrantRoles",
        "by": OFFICE,
        "at": "2026-01-08T10:30+08:00",
        "data": {"grants": [{"person": person, "role": role} for person, _, role, _ in begin]},
    }
    for pack, hour in (("nanjing-pilot-2018", "14:00"), ("house-2026", "14:20")):
        yield {
            "command": "AdoptRulePack",
            "by": DIRECTOR,
            "at": f"2026-01-12T{hour}+08:00",
            "data": {"pack": pack, "version": "1"},
        }
    for minute, (code, kind, above, name, _) in enumerate(DEPARTMENTS):
        department = {"department": code, "kind": kind, "name": name}
        yield {
            "command": "RegisterDepartment",
            "by": SAFETY_HEAD,
            "at": f"2026-01-13T09:{minute:02}+08:00",
            "data": department if above is None else {**department, "parent": above},
        }
    for minute, (unit, kind, name) in enumerate(UNITS):
        parent = unit.rpartition("-")[0]
        data = {"unit": unit, "kind": kind, "name": name}
        yield {
            "command": "RegisterUnit",
            "by": SAFETY_OFFICER,
            "at": f"2026-01-14T09:{minute:02}+08:00",
            "data": data if parent == "U" else {**data, "parent": parent},
        }
    yield from SUMMER


SUMMER: tuple[Line, ...] = (
    {
        "command": "RegisterPeople",
        "by": DIRECTOR,
        "at": "2026-06-29T09:00+08:00",
        "data": {"people": [{"person": NEW_STOPE_LEAD, "kind": "staff"}]},
    },
    {
        "command": "GrantRoles",
        "by": DIRECTOR,
        "at": "2026-06-29T09:10+08:00",
        "data": {"grants": [{"person": NEW_STOPE_LEAD, "role": "workshop_lead", "since": "2026-07-01"}]},
    },
    {
        "command": "RevokeRole",
        "by": DIRECTOR,
        "at": "2026-06-29T09:20+08:00",
        "data": {
            "person": STOPE_LEAD,
            "role": "workshop_lead",
            "until": "2026-07-01",
            "reason": T("调任充填站站长", "moves to the backfill plant"),
        },
    },
)
