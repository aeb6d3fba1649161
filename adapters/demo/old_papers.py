"""What an expert brought along: a hazard of 2022 that was never put right, and one photo that shows two findings.

The hazard was judged under the criteria of its own day; those of today ask otherwise, so the sweep proposes to judge it
again. The photo lies in the evidence store twice, each deposit under a salted hash of its own.
"""

from __future__ import annotations

import os
from base64 import b64decode
from functools import partial
from hashlib import sha256
from io import BytesIO

from adapters.demo.mine import DIRECTOR, EXPERT, HOIST_CREW, HOIST_DRIVER
from adapters.demo.steps import Line, T
from adapters.evidence.place import store_of
from adapters.evidence.store import EvidenceStore

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
"""The photo: a single point, for nobody took one."""
SALTS = tuple(sha256(f"dualguard demo {of}".encode()).digest() for of in ("car stop", "indicator"))
OF_CAR_STOP, OF_INDICATOR = (sha256(salt + PICTURE).hexdigest() for salt in SALTS)
"""The salted hashes under which the two findings name it."""
LEFT_OPEN = "YH-0023"


def lines() -> tuple[Line, ...]:
    """The old hazard with its verdict, entered in November; the two deposits, each before its finding."""
    return (*OLD_HAZARD, *PHOTOS)


def keep_photo(url: str) -> None:
    """Put the photo into the evidence store beside the file, twice, unless it lies there."""
    store = store_of(url, None, os.environ)
    for salt, salted in zip(SALTS, (OF_CAR_STOP, OF_INDICATOR), strict=True):
        if store.index.one(salted) is None:
            EvidenceStore(store.folder, salt=partial(bytes, salt)).add(BytesIO(PICTURE), "photo.png")


OLD_HAZARD: tuple[Line, ...] = (
    {
        "command": "GrantRoles",
        "by": DIRECTOR,
        "at": "2026-11-18T09:00+08:00",
        "data": {"grants": [{"person": EXPERT, "role": "expert", "since": "2022-08-01"}]},
    },
    {
        "command": "RegisterHazard",
        "by": EXPERT,
        "at": "2022-08-20T09:00+08:00",
        "entered": "2026-11-18T09:30+08:00",
        "data": {
            "hazard": LEFT_OPEN,
            "unit": "U-1-1-1-1",
            "title": T("通往地面的第二安全出口爬梯缺失", "no ladder in the second exit to the surface"),
            "description": T(
                "2022 年诊断报告列出，此后无整改记录",
                "named in a report of 2022; nothing shows that it was put right",
            ),
            "source": "import",
        },
    },
    {
        "command": "JudgeHazard",
        "by": EXPERT,
        "at": "2022-08-20T10:00+08:00",
        "entered": "2026-11-18T09:40+08:00",
        "data": {
            "hazard": LEFT_OPEN,
            "pack": "major-hazards-mines",
            "item": "M98-UG-01",
            "answers": {"M98-UG-01": "yes"},
            "remark": T("按当时有效的判定标准", "under the criteria of that day"),
        },
    },
)

PHOTOS: tuple[Line, ...] = (
    {
        "command": "DepositEvidence",
        "by": HOIST_CREW,
        "at": "2026-11-09T08:10+08:00",
        "data": {"evidence": OF_CAR_STOP, "media": "png", "size": len(PICTURE)},
    },
    {
        "command": "DepositEvidence",
        "by": HOIST_DRIVER,
        "at": "2026-11-20T15:40+08:00",
        "entered": "2026-11-20T16:20+08:00",
        "data": {"evidence": OF_INDICATOR, "media": "png", "size": len(PICTURE)},
    },
)
