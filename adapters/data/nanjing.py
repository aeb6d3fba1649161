"""The 120 enterprises that Nanjing named in 2018 to try the dual prevention mechanism.

The rows come from annex 1 of the city's pilot plan: names, districts and numbers as printed there.
`area`, the administrative division code (GB/T 2260), is not printed; we added it from general
knowledge, and it is unverified. Zones that have no division code of their own (Jiangbei New Area
and the two development zones) carry the code of the whole city, 320100.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

FILE: Final = "nanjing_pilot_2018.csv"
SECTORS: Final = {"non_coal_mine": 4, "hazardous_chemicals": 30, "industry_and_trade": 86}
"""How many enterprises the plan announces for each sector."""


@dataclass(frozen=True, slots=True)
class PilotEnterprise:
    """One printed line of annex 1; `number` starts again at 1 in every sector."""

    code: str
    sector: str
    sector_zh: str
    district: str
    district_zh: str
    number: int
    name: str
    area: str


def enterprises() -> list[PilotEnterprise]:
    """All 120 enterprises in printed order."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return [
        PilotEnterprise(
            code=row["code"],
            sector=row["sector"],
            sector_zh=row["sector_zh"],
            district=row["district"],
            district_zh=row["district_zh"],
            number=int(row["number"]),
            name=row["name"],
            area=row["area"],
        )
        for row in csv.DictReader(text.splitlines())
    ]


def count_by_sector() -> dict[str, int]:
    """How many enterprises the list holds for each sector."""
    return dict(Counter(enterprise.sector for enterprise in enterprises()))
