"""The 120 enterprises that Nanjing named in 2018, registered by the office that runs the pilot.

The list prints sector, district and name. What a chemical enterprise does with dangerous goods it does not print: the
classes of those 30 are read from their names, for practice only. ``冶金等工贸`` says no class of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.data.nanjing import PilotEnterprise, enterprises
from adapters.demo.steps import Line

OFFICE = "SDB-01"
"""The administrator of the file: somebody in the pilot office."""
DAY = {"non_coal_mine": "2026-01-05", "hazardous_chemicals": "2026-01-06", "industry_and_trade": "2026-01-07"}
"""On which day the office registered which sector."""
STORES = ("油库", "储运", "油储", "仓储", "物流")
TRADES = ("经销", "销售")


def lines() -> Iterator[Line]:
    """One registration for each printed line of the list, in printed order."""
    for one in enterprises():
        yield {
            "command": "RegisterBody",
            "by": OFFICE,
            "at": f"{DAY[one.sector]}T09:{one.number // 2:02}:{one.number % 2 * 30:02}+08:00",
            "data": {
                "body": one.code,
                "name": one.name,
                "kind": "enterprise",
                "area": one.area,
                "sector": one.sector,
                "classes": classes(one),
            },
        }


def classes(one: PilotEnterprise) -> list[str]:
    """The high-risk classes (YT Art. 41) that sector and name of an enterprise say; none where they say nothing."""
    if one.sector == "non_coal_mine":
        return ["non_coal_mine"]
    if one.sector != "hazardous_chemicals":
        return []
    if any(word in one.name for word in STORES):
        return ["dangerous_goods_storage"]
    if any(word in one.name for word in TRADES):
        return ["dangerous_goods_trade"]
    return ["dangerous_goods_production"]
