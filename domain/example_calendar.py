"""A whole example of recording the notice on a year: that of 2023, which this program does not ship."""

from __future__ import annotations

from domain.calendar_notices import Holiday, YearSettled
from domain.language import Event

__all__ = ["CALENDAR", "CALENDAR_EVENTS"]

Entry = tuple[str, str, str, dict[str, object]]

TITLE, NUMBER = "国务院办公厅关于2023年部分节假日安排的通知", "国办发明电〔2022〕16号"
REST = (
    ("元旦", "2022-12-31", "2023-01-02"),
    ("春节", "2023-01-21", "2023-01-27"),
    ("清明节", "2023-04-05", "2023-04-05"),
    ("劳动节", "2023-04-29", "2023-05-03"),
    ("端午节", "2023-06-22", "2023-06-24"),
    ("中秋节、国庆节", "2023-09-29", "2023-10-06"),
)
WORK = ("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08")
CHANGED = (
    *("2023-01-02", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26", "2023-01-27"),
    *("2023-01-28", "2023-01-29", "2023-04-05", "2023-04-23", "2023-05-01", "2023-05-02", "2023-05-03"),
    *("2023-05-06", "2023-06-22", "2023-06-23", "2023-06-25", "2023-09-29", "2023-10-02", "2023-10-03"),
    *("2023-10-04", "2023-10-05", "2023-10-06", "2023-10-07", "2023-10-08"),
)

CALENDAR: tuple[Entry, ...] = (
    (
        "SettleYear",
        "P-ADMIN",
        "2026-03-31T18:00",
        {
            "year": 2023,
            "title": TITLE,
            "number": NUMBER,
            "rest": [{"name": name, "first": first, "last": last} for name, first, last in REST],
            "work": list(WORK),
        },
    ),
)
CALENDAR_EVENTS: tuple[Event, ...] = (
    YearSettled(2023, TITLE, NUMBER, tuple(Holiday(*one) for one in REST), WORK, CHANGED),
)
