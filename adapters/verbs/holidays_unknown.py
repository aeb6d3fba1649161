"""Says loudly of which important holidays no day is known, wherever somebody could take silence for none coming."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from adapters.verbs.frame import Frame
from domain.holidays import UnknownHoliday
from domain.language import day_after, day_of

AHEAD = 365
"""So many days ahead one looks, as ``holiday list`` does."""


def unreported_now(frame: Frame) -> list[dict[str, Any]]:
    """The holidays of the coming year that will not become changes, each with its bodies."""
    from adapters.holiday_step import unreported_everywhere

    app = frame.app
    today = day_of(app.now() if app.practice else frame.clock())
    return [
        {**row_of(frame, one), "bodies": bodies}
        for one, bodies in unreported_everywhere(app, today, day_after(today, AHEAD))
    ]


def row_of(frame: Frame, one: UnknownHoliday) -> dict[str, Any]:
    """A holiday without days, as it is told."""
    name = one.zh if frame.lang == "zh" else one.en
    return {"holiday": one.code, "name": name, "year": one.year, "noticed": one.noticed, "listed": one.listed}


def tell_unreported(frame: Frame, rows: Iterable[dict[str, Any]]) -> None:
    """One sentence for each of them on standard error, also where the answer is JSON."""
    for row in rows:
        name, year, bodies = row["name"], row["year"], ", ".join(row["bodies"])
        if row["noticed"]:
            why = f"{year} 年放假通知中没有该节日", f"the notice on {year} does not name it"
        elif row["listed"]:
            why = (
                f"规则所列日期止于 {row['listed']} 年，{year} 年放假通知未录入",
                f"the rule lists its days until {row['listed']}, and the notice on {year} is not recorded",
            )
        else:
            why = f"{year} 年放假通知未录入", f"the notice on {year} is not recorded"
        click.echo(
            frame.say(
                f"{year} 年{name}日期未知（{bodies}）：{why[0]}；到时不会触发变更和复评，请用 calendar load 录入通知",
                f"no day of {name} {year} is known ({bodies}): {why[1]}. It becomes no change and nothing is assessed"
                " again because of it; calendar load records the notice",
            ),
            err=True,
        )
