"""What kinds of change make a body look at its risks again: the nine of YT Art. 24 and the seven of NJ-072."""

from __future__ import annotations

from typing import Literal

ChangeKind = Literal[
    "law_or_standard",
    "organisation",
    "material",
    "work_condition",
    "process",
    "key_equipment",
    "project",
    "trial_run",
    "maintenance",
    "abnormal_condition",
    "own_accident",
    "sector_accident",
    "extreme_weather",
    "holiday",
    "campaign",
    "other",
    "installation",
    "overhaul",
    "restart",
    "major_nonconformity",
    "geology",
]
CLAUSES: dict[str, tuple[str, ...]] = {
    "law_or_standard": ("YT-24(1)",),
    "organisation": ("YT-24(2)",),
    "material": ("YT-24(3)",),
    "work_condition": ("YT-24(3)",),
    "process": ("YT-24(3)", "NJ-072(2)"),
    "key_equipment": ("YT-24(3)", "NJ-072(2)"),
    "project": ("YT-24(4)", "NJ-072(1)"),
    "trial_run": ("YT-24(5)",),
    "maintenance": ("YT-24(5)",),
    "abnormal_condition": ("YT-24(5)",),
    "own_accident": ("YT-24(6)", "NJ-072(7)"),
    "sector_accident": ("YT-24(6)",),
    "extreme_weather": ("YT-24(7)",),
    "holiday": ("YT-24(7)",),
    "campaign": ("YT-24(8)",),
    "other": ("YT-24(9)",),
    "installation": ("NJ-072(3)",),
    "overhaul": ("NJ-072(3)",),
    "restart": ("NJ-072(4)",),
    "major_nonconformity": ("NJ-072(5)",),
    "geology": ("NJ-072(6)",),
}
"""Kind -> the items of the two texts that name it, numbered as the texts list them."""

LASTING = frozenset(
    {
        "trial_run",
        "maintenance",
        "abnormal_condition",
        "extreme_weather",
        "holiday",
        "campaign",
        "overhaul",
    }
)
"""Changes that go on until somebody, or their stated last day, ends them; the others are over when they are made."""
PROPOSING = frozenset({"sector_accident"})
"""What happened elsewhere is weighed first: a person takes each risk, or leaves it out, before anything is owed."""
RESTARTING = frozenset({"overhaul"})
"""Their end is itself a change: what was stopped starts again (NJ-072(4))."""
