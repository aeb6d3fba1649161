"""The risks of the machine works: found in January place by place, assessed by LEC, with a control in every layer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from adapters.data.parameters import parameters
from adapters.data.plant import catalogue
from adapters.demo.plant import PLANT, SAFETY_HEAD, SAFETY_OFFICER, Place, line, places
from adapters.demo.steps import Line, T
from domain.language import CHINA

FOUND = dt.datetime(2026, 1, 19, 9, 0, tzinfo=CHINA)
REVIEWED = dt.datetime(2026, 2, 2, 9, 0, tzinfo=CHINA)
A_DAY = 24
"""How many risks are gone through in a day, one every quarter of an hour."""
GENERAL = 70
"""The score from which LEC's common bounds say general."""
RULE_PLACE = 9
"""Where the rule of its own stands in the order: behind what comes later in the year."""
SEVERAL_TIERS = ("gas", "dust", "tank", "paint", "furnace", "press", "crane", "boiler")
"""At these places the first control of a risk is answered for by all tiers; elsewhere the register shows gaps."""

_CHECK: dict[str, tuple[str, str, str, str, T]] = {
    # layer: aspect, means, which tier looks at it how often, and how
    "engineering": (
        "technology",
        "isolate",
        "post",
        "shift",
        T("逐项试验并记录", "each one tried and noted"),
    ),
    "management": (
        "management",
        "manage",
        "workshop",
        "month",
        T("查记录并现场抽问", "records read, people asked"),
    ),
    "protection": ("emergency", "personal_protection", "team", "week", T("查佩戴和完好", "worn, and sound")),
}


class Found(NamedTuple):
    """One risk at one place, and its number in the register."""

    number: int
    place: Place
    entry: dict[str, str]

    @property
    def code(self) -> str:
        return f"J-{self.number:03}"

    @property
    def score(self) -> Decimal:
        """What LEC gives it in January."""
        return Decimal(self.entry["L"]) * Decimal(self.entry["E"]) * Decimal(self.entry["C"])

    def text(self, column: str) -> T:
        return T(self.entry[f"{column}_zh"], self.entry[f"{column}_en"])


def found() -> Iterator[Found]:
    """Every risk of the works in the order of the walk."""
    kinds = catalogue()
    number = 0
    for place in places():
        for entry in kinds[place.kind]:
            number += 1
            yield Found(number, place, entry)


def moment(begin: dt.datetime, number: int, minutes: int = 0) -> str:
    """When the risk of that number had its turn, on working hours of the days from ``begin`` on."""
    day, turn = divmod(number - 1, A_DAY)
    at = begin + dt.timedelta(days=day, minutes=15 * turn + minutes)
    return at.isoformat(timespec="minutes")


def lines() -> Iterator[Line]:
    """Identification and assessment in January, the controls in February."""
    for one in found():
        yield from _registered(one)
        yield from _controlled(one)


def reassessed(risks: Iterable[Found], hour: str, basis: T) -> Iterator[Line]:
    """Each again after a change, by the inputs that counted: nothing got better or worse by it."""
    for minute, one in enumerate(risks):
        inputs = {key: one.entry[key] for key in ("L", "E", "C")}
        if one.entry["name_zh"] == "冲压时手在模具内" and hour >= "2026-07":
            inputs = {"L": "3", "E": "6", "C": "15"}  # as of the bridged light curtain, plant_year.py
        said = {"method": "lec", "inputs": inputs, "reason": "change", "basis": basis}
        yield line("ReassessRisk", SAFETY_OFFICER, f"{hour}:{minute:02}", risk=one.code, **said)


CATEGORY = {
    "1": T("作业行为", "conduct at work"),
    "2": T("设备设施与物料", "equipment and materials"),
    "3": T("作业环境", "working environment"),
    "4": T("安全管理", "management"),
}
"""The demo's categories, after the class of the factor."""


def identification(one: Found) -> dict[str, object]:
    """What January's walk found of a risk."""
    shop, entry, name = one.place.shop, one.entry, one.text("name")
    return {
        "risk": one.code,
        "unit": one.place.unit,
        "name": T(f"{one.place.name.zh}：{name.zh}", f"{one.place.name.en}: {name.en}"),
        "factor": entry["factor"],
        "factor_edition": "GB/T 13861-2022",
        "accident_types": [entry["accident"]],
        "cause": one.text("cause"),
        "consequence": one.text("consequence"),
        "impact": T(f"{shop.name.zh}作业人员", f"people in the {shop.name.en}"),
        "category": CATEGORY[entry["factor"][0]],
        "features": T(f"{shop.name.zh}的{one.place.name.zh}", f"{one.place.name.en} in the {shop.name.en}"),
        **measured(one.place.kind),
    }


@lru_cache
def _parameters() -> dict[str, tuple[str, str]]:
    return parameters()


def measured(of: str) -> dict[str, T]:
    """The parameters of a kind of place or of a risk, as far as the demo has them; without them the list says so."""
    found = _parameters().get(of)
    return {} if found is None else {"parameters": T(*found)}


def _registered(one: Found) -> Iterator[Line]:
    shop, entry = one.place.shop, one.entry
    yield {
        "command": "IdentifyRisk",
        "by": shop.lead,
        "at": moment(FOUND, one.number),
        "data": {"body": PLANT, **identification(one)},
    }
    yield {
        "command": "AssessRisk",
        "by": SAFETY_OFFICER,
        "at": moment(FOUND, one.number, minutes=7),
        "data": {
            "body": PLANT,
            "risk": one.code,
            "method": "lec",
            "inputs": {key: entry[key] for key in ("L", "E", "C")},
            "effectiveness": T("按现有措施评估", "judged with the controls there are"),
            "basis": T(
                "现场查看、班组座谈和近三年记录", "a walk, talks with the team, records of three years"
            ),
            "participants": [shop.lead, shop.team, shop.worker],
            **(_grounds(one) if one.score >= GENERAL else {}),
        },
    }


_HARMED_BY = {
    "火灾": T("火焰和烟气", "flames and smoke"),
    "其他爆炸": T("冲击波和火焰", "blast and flames"),
    "容器爆炸": T("冲击波和碎片", "blast and fragments"),
    "锅炉爆炸": T("蒸汽和碎片", "steam and fragments"),
    "中毒和窒息": T("有毒气体", "toxic gas"),
    "触电": T("电流", "electric current"),
    "灼烫": T("高温介质", "hot matter"),
    "起重伤害": T("坠落的载荷", "the falling load"),
    "车辆伤害": T("车辆", "the vehicle"),
    "高处坠落": T("地面", "the ground"),
    "物体打击": T("飞出或倾倒的物体", "what flies or falls"),
    "淹溺": T("污水", "sewage"),
}
_MOVING = T("运动部件", "moving parts")


def _grounds(one: Found) -> dict[str, object]:
    """What the judgement of a risk that is not low rests on (NJ-028, YT Art. 19)."""
    return {
        "standards_met": True,
        "analysis": {
            "initiating_object": one.place.name,
            "inducing_cause": one.text("cause"),
            "harming_object": _HARMED_BY.get(one.entry["accident"], _MOVING),
            "injury_manner": one.text("consequence"),
        },
        "evidence": [
            {"kind": "survey", "what": T("1 月现场查看记录", "notes of January's walk on site")},
            {
                "kind": "design",
                "what": T("设备说明书和安全设计资料", "manual and safety design of the equipment"),
            },
        ],
    }


_USES: dict[str, dict[str, object]] = {
    "engineering": {"kind": "standard", "reference": "GB/T 15706-2012"},
    "management": {
        "kind": "procedure",
        "reference": T("岗位安全操作规程", "operating procedure of the post"),
    },
    "protection": {"kind": "existing_measure", "reference": T("现场处置方案", "response plan of the place")},
}
"""What a control of each layer builds on."""
_RULE = T("专项安全管理制度，交接班时学习", "a rule of its own, read at every change of shift")
"""The fourth aspect (NJ-040), for what is rated general or higher; the others show the gap."""


def _controlled(one: Found) -> Iterator[Line]:
    shop = one.place.shop
    answering = {
        "post": {"post": f"G-{shop.code}"},
        "team": {"department": f"D-{shop.code}-1", "person": shop.team},
        "workshop": {"department": f"D-{shop.code}", "person": shop.lead},
    }
    for order, (layer, (aspect, means, tier, period, how)) in enumerate(_CHECK.items(), start=1):
        every = order == 1 and one.place.kind in SEVERAL_TIERS
        tiers = list(answering) if every else [tier]
        assign = [{"tier": at, **answering[at]} for at in tiers]
        if every:
            assign.append({"tier": "company", "person": SAFETY_HEAD})
        control = {
            "control": f"K{order}",
            "measure": one.text(layer),
            "layer": layer,
            "aspect": aspect,
            "means": [means],
            "checks": [{"tier": tier, "period": period, "how": how}],
        }
        yield _adopted(one, order, control, assign)
    if one.score >= GENERAL:
        check = {"tier": "team", "period": "month", "how": T("抽问两人", "two people are asked")}
        control = {
            "control": "K9",
            "measure": _RULE,
            "layer": "management",
            "aspect": "regulation",
            "means": ["manage"],
            "checks": [check],
        }
        yield _adopted(one, RULE_PLACE, control, [{"tier": "team", **answering["team"]}])


def _adopted(one: Found, order: int, control: dict[str, Any], assign: Sequence[Mapping[str, object]]) -> Line:
    """The minutes of one control's review, as one command."""
    shop = one.place.shop
    return {
        "command": "AdoptReviewedControl",
        "by": SAFETY_OFFICER,
        "at": moment(REVIEWED, one.number, minutes=4 * order if order < RULE_PLACE else 14),
        "data": {
            "body": PLANT,
            "risk": one.code,
            **control,
            "order": order,
            "uses": [_USES[control["layer"]]],
            "proposed_by": shop.lead,
            "consulted": [shop.team, shop.worker],
            "findings": T("合规、可行、有效", "lawful, feasible, effective"),
            "assign": assign,
        },
    }
