"""The mine and the works take the proposed house duties as their own: reminders, escalation, reviews, drills.

Most are answered in time, the summer's review of the mine comes late; two loose ends of the works are settled: a notice
in time, and the report of a month of which only the last day counted, which is waived with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo import mine, plant
from adapters.demo.steps import Line, T, says

PACK = "house-duties-2026"
REVIEWED = T("风险清单逐条核对，为现行有效", "the risk list was gone through line by line: it is current")
DRILLED = T("演练完成，评估记录归档", "the drill was held and its review is on file")
READ = T("已逐条对照，期限与结论无须改变", "compared item by item: no period and no verdict changes")
DONE: tuple[tuple[str, str, str, str, T], ...] = (
    # body, who, the duty's code, when, what
    (mine.MINE, mine.SAFETY_HEAD, "data-review.NJ-K01.2026-01-05", "2026-04-03", REVIEWED),
    (mine.MINE, mine.SAFETY_HEAD, "data-review.NJ-K01.2026-04-03", "2026-07-20", REVIEWED),
    (mine.MINE, mine.SAFETY_HEAD, "data-review.NJ-K01.2026-07-20", "2026-10-15", REVIEWED),
    (mine.MINE, mine.SAFETY_HEAD, "emergency-drill.NJ-K01.2026-01-05", "2026-06-30", DRILLED),
    (mine.MINE, mine.SAFETY_HEAD, "law-review.accident-types.2026-07-01", "2026-07-20", READ),
    (plant.PLANT, plant.SAFETY_HEAD, "law-review.accident-types.2026-07-01", "2026-08-05", READ),
    (plant.PLANT, plant.SAFETY_HEAD, "data-review.NJ-G66.2026-01-07", "2026-04-02", REVIEWED),
    (plant.PLANT, plant.SAFETY_HEAD, "data-review.NJ-G66.2026-04-02", "2026-06-29", REVIEWED),
    (plant.PLANT, plant.SAFETY_HEAD, "data-review.NJ-G66.2026-06-29", "2026-09-25", REVIEWED),
    (plant.PLANT, plant.SAFETY_HEAD, "emergency-drill.NJ-G66.2026-01-07", "2026-06-24", DRILLED),
)
WAIVED = T(
    "规则 7 月 31 日才采用，7 月只余一日；首份月报自 8 月起",
    "the rules were adopted on 31 July; the first monthly report is that of August",
)


def lines() -> Iterator[Line]:
    """Adopted in March, answered through the year."""
    for body, head, hour in ((mine.MINE, mine.DIRECTOR, "09"), (plant.PLANT, plant.DIRECTOR, "10")):
        yield says(body, "AdoptRulePack", head, f"2026-03-04T{hour}:00", pack=PACK, version="1")
    for body, person, duty, day, done in DONE:
        hour = "10" if duty.startswith("law") else "11"
        yield says(body, "FulfilDuty", person, f"{day}T{hour}:20", duty=duty, done=done)
    duty = f"major-risk-report.{plant.PLANT}.2026-07"
    yield says(plant.PLANT, "WaiveDuty", plant.SAFETY_HEAD, "2026-08-05T10:00", duty=duty, reason=WAIVED)
