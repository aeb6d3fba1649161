"""Which reports there are, which days each speaks of, and by when it is owed (YT Art. 16).

A report is named after the rule that asks for it and the period that it speaks of: ``major-risk-report.2026-03``,
``risk-list-report.2026-Q1``, ``risk-list-update-notice.2026-03-05`` (or ``…_2026-03-07`` for updates joined in one).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal, get_args

from domain.labels import Term
from domain.language import Code, Day, day_after, is_day
from domain.refused import Unfit
from domain.rulebook import Wording

ReportKind = Literal["major-risk-report", "risk-list-report", "risk-list-update-notice"]
"""Each kind is the id of the rule that asks for it: monthly (YT-16c), quarterly (YT-16a), within days (YT-16b)."""
KINDS: tuple[ReportKind, ...] = get_args(ReportKind)

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SHAPES: dict[str, str] = {
    "major-risk-report": "YYYY-MM",
    "risk-list-report": "YYYY-Q1 … YYYY-Q4",
    "risk-list-update-notice": "YYYY-MM-DD, YYYY-MM-DD_YYYY-MM-DD",
}


def span(kind: str, period: str) -> tuple[Day, Day]:
    """The first and the last day of a period; refuses what does not fit the kind of report (``Unfit``)."""
    found = None
    if kind == "major-risk-report" and (month := _MONTH.fullmatch(period)):
        found = _months(int(month[1]), int(month[2]), 1)
    elif kind == "risk-list-report" and (quarter := _QUARTER.fullmatch(period)):
        found = _months(int(quarter[1]), 3 * int(quarter[2]) - 2, 3)
    elif kind == "risk-list-update-notice":
        first, _, last = period.partition("_")
        if is_day(first) and (last == "" or (is_day(last) and first < last)):
            found = (first, last or first)
    if found is None:
        raise Unfit(given=period, what=Term("report_period"), allowed=[_SHAPES[kind]])
    return found


def _months(year: int, month: int, count: int) -> tuple[Day, Day] | None:
    """From the first day of a month over so many months; None where no calendar holds them."""
    years, months = divmod(month - 1 + count, 12)
    try:
        first, beyond = dt.date(year, month, 1), dt.date(year + years, months + 1, 1)
    except ValueError:
        return None
    return first.isoformat(), day_after(beyond.isoformat(), -1)


def report_code(kind: str, period: str) -> Code:
    """What the report is called in its body."""
    return f"{kind}.{period}"


def told_from(wording: Wording, last: Day) -> Day | None:
    """The earliest day until which a report of a period has to tell, to be handed in; None where any day will do."""
    days = wording.value.get("last_days")
    return None if days is None else day_after(last, 1 - int(days))


def due_day(wording: Wording, first: Day, last: Day) -> Day | None:
    """The day by which the rule wants it, where the rule alone can tell; None where a calendar has to."""
    value: Any = wording.value
    stays = value.get("rest_day") in (None, "keep")
    if wording.kind == "period" and value.get("due") == "end_of_period" and stays:
        return last
    if wording.kind == "days" and value.get("count") == "natural" and stays:
        days = int(value["days"])
        return day_after(first, days if value.get("first_day") == "day_after" else days - 1)
    return None
