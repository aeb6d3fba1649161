"""Which area a warning is for: the administrative code (GB/T 2260, extended) without the zeros that fill it up."""

from __future__ import annotations

import re

PROVINCES = frozenset(
    f"{one}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for one in range(first, last + 1)
)
FOREIGN = (
    "SAME",
    "FIPS",
    "UGC",
    "CLC",
    "CAP-CP",
    "ISO 3166",
    "ISO3166",
    "EMMA",
    "NUTS",
    "WARNCELL",
    "EXCLUDE",
)
"""Names of codes that are none of China's, though they may look like one; an area to be left out is no area at all."""
OURS = ("CPEAS", "2260", "ADCODE", "行政区", "区划", "區劃", "区域")
_ISSUER = re.compile(r"(\d{6})\d{8}_\d{14}(?:_\d+)?")
"""Area (6), agency (3), internal (3), extension (2), and Beijing time: how China's warnings are numbered."""


def area_code(name: str, value: str) -> str:
    """The code without filling zeros; empty where the value is no administrative code of China's."""
    digits = "".join(value.split())
    if not (digits.isascii() and digits.isdecimal() and 2 <= len(digits) <= 12):
        return ""
    upper = name.upper()
    if any(one in upper for one in FOREIGN):
        return ""
    ours = any(one in upper for one in OURS)
    if not ours and not (len(digits) in (6, 9, 12) and digits[:2] in PROVINCES):
        return ""
    return unpadded(digits)


def unpadded(digits: str) -> str:
    """Take filling zeros away level by level: three for village and township, two for county, city and province.

    Zeros never go one by one: 341000 is the city 3410, not 341.
    """
    for length in (12, 9):
        if len(digits) == length and digits.endswith("000"):
            digits = digits[:-3]
    if len(digits) in (4, 6):
        while digits.endswith("00"):
            digits = digits[:-2]
    return digits


def issuing_area(identifier: str) -> str:
    """The area of the office that issued the message, where its number says so; empty where not."""
    found = _ISSUER.fullmatch(identifier)
    return "" if found is None or found[1][:2] not in PROVINCES else unpadded(found[1])
