"""The sentences of records about the calendar; a part of those of ``adapters.tell``."""

from __future__ import annotations

CALENDAR: dict[str, tuple[str, str]] = {
    "year-settled.1": (
        "记录 {year} 年节假日安排（{title} {number}），与原先假定不同的日期：{changed}",
        "recorded the holidays of {year} ({title} {number}); days that differ from what was assumed: {changed}",
    ),
}
