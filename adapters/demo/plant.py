"""The machine works of the story: its people by reference, departments, posts, units and areas; all of it invented.

The enterprise stands on the list of 2018, nothing told about it is real. The same kind of machine stands in it several
times, as in any works; what can go wrong at each kind is the catalogue ``adapters/data/plant_risks.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from adapters.demo.enterprises import OFFICE
from adapters.demo.steps import Line, T, says

PLANT = "NJ-G66"
line = partial(says, PLANT)

DIRECTOR = "JX-01"
SAFETY_HEAD = "JX-02"
SAFETY_OFFICER = "JX-03"
EXPERT = "JX-04"
AUDITOR = "JX-05"
CONTRACTOR = "JX-06"
STAFF: tuple[tuple[str, str, str, T], ...] = (
    # reference, how the person stands to the works, role, name for the directory
    (DIRECTOR, "staff", "principal", T("何一", "He Yi")),
    (SAFETY_HEAD, "staff", "safety_officer", T("吕二", "Lü Er")),
    (SAFETY_OFFICER, "staff", "safety_officer", T("施三", "Shi San")),
    (EXPERT, "expert", "expert", T("张四", "Zhang Si")),
    (AUDITOR, "third_party", "auditor", T("孔五", "Kong Wu")),
    (CONTRACTOR, "contractor", "team_lead", T("曹六", "Cao Liu")),
)


class Shop(NamedTuple):
    """A workshop: its name, the family name of its three people, and how many of which machine stand there."""

    code: str
    name: T
    family: T
    machines: tuple[tuple[str, T, int], ...]

    @property
    def lead(self) -> str:
        return f"JX-{self.code[1]}1"

    @property
    def team(self) -> str:
        return f"JX-{self.code[1]}2"

    @property
    def worker(self) -> str:
        return f"JX-{self.code[1]}3"


SHOPS: tuple[Shop, ...] = (
    Shop(
        "W1",
        T("下料车间", "cutting shop"),
        T("严", "Yan"),
        (
            ("shear", T("剪板机", "shear"), 2),
            ("laser", T("激光切割机", "laser cutter"), 2),
            ("crane", T("行车", "overhead crane"), 1),
        ),
    ),
    Shop(
        "W2",
        T("冲压车间", "stamping shop"),
        T("华", "Hua"),
        (
            ("press", T("冲床", "press"), 8),
            ("crane", T("行车", "overhead crane"), 2),
            ("forklift", T("叉车通道", "forklift way"), 1),
        ),
    ),
    Shop(
        "W3",
        T("焊装车间", "welding shop"),
        T("金", "Jin"),
        (
            ("welding", T("焊接工位", "welding place"), 6),
            ("robot", T("机器人单元", "robot cell"), 3),
            ("crane", T("行车", "overhead crane"), 1),
        ),
    ),
    Shop(
        "W4",
        T("涂装车间", "paint shop"),
        T("魏", "Wei"),
        (
            ("dust", T("打磨除尘间", "grinding room"), 2),
            ("paint", T("喷漆室", "spray booth"), 2),
            ("oven", T("烘干炉", "drying oven"), 1),
        ),
    ),
    Shop(
        "W5",
        T("热处理车间", "heat treatment shop"),
        T("陶", "Tao"),
        (
            ("furnace", T("热处理线", "heat treatment line"), 2),
            ("crane", T("行车", "overhead crane"), 1),
        ),
    ),
    Shop(
        "W6",
        T("动力与储运车间", "utilities and stores"),
        T("姜", "Jiang"),
        (
            ("gas", T("液化气站", "LPG station"), 1),
            ("boiler", T("锅炉房", "boiler house"), 1),
            ("compressor", T("空压站", "compressor station"), 1),
            ("substation", T("变配电所", "substation"), 2),
            ("tank", T("污水处理池", "sewage tank"), 2),
            ("forklift", T("叉车通道", "forklift way"), 2),
            ("height", T("屋面与高处检修", "work on roofs and at height"), 1),
        ),
    ),
)


class Place(NamedTuple):
    """One leaf of the tree of units."""

    unit: str
    kind: str
    name: T
    shop: Shop


def places() -> Iterator[Place]:
    """Every machine and place, in the order in which they were divided."""
    for shop in SHOPS:
        for kind, name, count in shop.machines:
            for number in range(1, count + 1):
                of_many = T(f"{number} 号{name.zh}", f"{name.en} {number}") if count > 1 else name
                yield Place(f"{shop.code}-{kind[:3].upper()}{number}", kind, of_many, shop)


PEOPLE: tuple[tuple[str, str, str, T], ...] = (
    *STAFF,
    *(
        entry
        for shop in SHOPS
        for entry in (
            (shop.lead, "staff", "workshop_lead", T(f"{shop.family.zh}甲", f"{shop.family.en} Jia")),
            (shop.team, "staff", "team_lead", T(f"{shop.family.zh}乙", f"{shop.family.en} Yi")),
            (shop.worker, "staff", "post_worker", T(f"{shop.family.zh}丙", f"{shop.family.en} Bing")),
        )
    ),
)
NAMES: dict[str, T] = {person: name for person, _, _, name in PEOPLE}

COMPANY = "D-JX"
SAFETY = "D-AQ"
_SINCE = "2026-01-08"


def lines() -> Iterator[Line]:
    """January: roll and roles, packs, departments and posts with their holders, the leading group, units and areas."""
    yield line(
        "RegisterPeople",
        OFFICE,
        "2026-01-08T13:00",
        people=[{"person": person, "kind": kind} for person, kind, _, _ in PEOPLE],
    )
    yield line(
        "GrantRoles",
        OFFICE,
        "2026-01-08T13:10",
        grants=[{"person": person, "role": role} for person, _, role, _ in PEOPLE],
    )
    for pack, hour in (("nanjing-pilot-2018", "08:00"), ("house-2026", "08:10")):
        yield line("AdoptRulePack", DIRECTOR, f"2026-01-13T{hour}", pack=pack, version="1")
    yield from _departments()
    yield from _posts()
    yield from _offices()
    yield from _units()
    yield from _areas()


def _departments() -> Iterator[Line]:
    top = {"department": COMPANY, "name": T("公司", "the company"), "kind": "company", "since": _SINCE}
    yield line("RegisterDepartment", SAFETY_HEAD, "2026-01-13T09:00", **top)
    yield line(
        "RegisterDepartment",
        SAFETY_HEAD,
        "2026-01-13T09:01",
        department=SAFETY,
        name=T("安全环保部", "safety department"),
        kind="department",
        parent=COMPANY,
        since=_SINCE,
    )
    for minute, shop in enumerate(SHOPS):
        for step, (code, name, kind, parent) in enumerate(
            (
                (f"D-{shop.code}", shop.name, "workshop", COMPANY),
                (
                    f"D-{shop.code}-1",
                    T(f"{shop.name.zh}一班", f"first team of the {shop.name.en}"),
                    "team",
                    f"D-{shop.code}",
                ),
            )
        ):
            yield line(
                "RegisterDepartment",
                SAFETY_HEAD,
                f"2026-01-13T09:{2 + 2 * minute + step:02}",
                department=code,
                name=name,
                kind=kind,
                parent=parent,
                since=_SINCE,
            )


def _posts() -> Iterator[Line]:
    for minute, shop in enumerate(SHOPS):
        key = shop.code in ("W2", "W4", "W6")
        post = f"G-{shop.code}"
        yield line(
            "RegisterPost",
            SAFETY_HEAD,
            f"2026-01-13T10:{minute:02}",
            post=post,
            name=T(f"{shop.name.zh}操作岗", f"operator of the {shop.name.en}"),
            department=f"D-{shop.code}-1",
            key_post=key,
            dangerous_place=key,
            since=_SINCE,
        )
        yield line(
            "AppointToPost",
            SAFETY_HEAD,
            f"2026-01-13T10:{30 + minute:02}",
            post=post,
            person=shop.worker,
            since=_SINCE,
        )


def _offices() -> Iterator[Line]:
    yield line(
        "FormLeadingGroup",
        DIRECTOR,
        "2026-01-13T14:00",
        coordinator=SAFETY,
        members=[
            {"person": DIRECTOR, "kind": "head"},
            {"person": SAFETY_HEAD, "kind": "safety_manager"},
            *({"person": shop.lead, "kind": "technical"} for shop in SHOPS),
            {"person": EXPERT, "kind": "expert"},
        ],
        since=_SINCE,
    )
    yield line(
        "AssignRiskControl",
        DIRECTOR,
        "2026-01-13T14:10",
        department=SAFETY,
        person=SAFETY_HEAD,
        since=_SINCE,
    )
    yield line(
        "RecordTraining",
        SAFETY_OFFICER,
        "2026-01-16T17:00",
        training="PX-JX-01",
        title=T("双重预防机制全员培训", "dual prevention, for everybody"),
        day="2026-01-16",
        hours="4",
        topics=["risk_management", "identification_and_assessment", "dual_prevention", "post_risks"],
        attendees=[
            {"person": DIRECTOR, "audience": "main_responsible_person"},
            *({"person": shop.lead, "audience": "manager"} for shop in SHOPS),
            *({"person": shop.worker, "audience": "employee"} for shop in SHOPS[:4]),
        ],
        trainer=EXPERT,
    )


def _units() -> Iterator[Line]:
    whole = [{"unit": shop.code, "name": shop.name, "kind": "main"} for shop in SHOPS]
    leaves = [
        {
            "unit": place.unit,
            "name": place.name,
            "kind": "activity" if place.kind == "height" else "equipment",
            "parent": place.shop.code,
        }
        for place in places()
    ]
    # One place has no risk yet: the register says so.
    office = {"unit": "W6-OFF1", "name": T("调度室", "dispatch room"), "kind": "post", "parent": "W6"}
    yield line("RegisterUnits", SAFETY_OFFICER, "2026-01-15T09:00", units=[*whole, *leaves, office])
    for minute, (unit, longitude, latitude) in enumerate(
        (("W6-GAS1", "118.9012", "31.9521"), ("W4-DUS1", "118.9020", "31.9530"))
    ):
        yield line(
            "LocateUnit",
            SAFETY_OFFICER,
            f"2026-01-15T10:{minute:02}",
            unit=unit,
            system="CGCS2000",
            longitude=longitude,
            latitude=latitude,
        )
        yield line(
            "FlagUnit",
            SAFETY_OFFICER,
            f"2026-01-15T10:{10 + minute:02}",
            unit=unit,
            flags=["key_post", "dangerous_place"],
            reason=T("一旦出事波及全厂", "whatever happens here reaches the whole works"),
        )


def _areas() -> Iterator[Line]:
    for minute, shop in enumerate(SHOPS):
        units = [place.unit for place in places() if place.shop is shop]
        yield line(
            "DefineArea",
            SAFETY_OFFICER,
            f"2026-02-12T09:{minute:02}",
            area=f"Q-{shop.code}",
            name=shop.name,
            units=units,
        )
    yield line(
        "WeighArea",
        SAFETY_OFFICER,
        "2026-02-12T10:00",
        area="Q-W4",
        weights={place.unit: "0.2" for place in places() if place.shop.code == "W4"},
        reason=T("领导小组会议纪要第 2 号", "minutes 2 of the leading group"),
    )
