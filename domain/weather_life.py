"""How long a warning lasts that names no end: hours by kind of weather and colour, a house rule as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.language import Day
from domain.risk_tags import WEATHER
from domain.rule_shapes import Table, table
from domain.rulebook import Rulebook
from domain.weather_messages import WARNING_LEVELS

RULE = "weather-life"
ANY = "any"
MOST_HOURS = 24 * 31

Life = Callable[[str, str], int | None]


def life_on(rules: Rulebook, day: Day) -> Life:
    """(kind, level) -> hours after which such a warning is taken to be over; None where no wording holds on the day."""
    held = [one for one in rules.wordings.get(RULE, ()) if one.holds_on(day)]
    value: Table = held[-1].value if held else {}

    def hours(kind: str, level: str) -> int | None:
        for name in (kind, ANY):
            of_kind = table(value.get(name))
            found = of_kind.get(level, of_kind.get(ANY))
            if isinstance(found, int):
                return found
        return None

    return hours


def life_faults(value: Table) -> Iterator[str]:
    """What may be wrong: no answer for all the rest, a kind or colour that is none, hours that are none."""
    if ANY not in table(value.get(ANY)):
        yield f"says nothing for every other kind and colour: {ANY}.{ANY}"
    for kind, levels in value.items():
        if kind not in (ANY, *WEATHER):
            yield f"{kind!r} is no kind of weather"
        for level, hours in table(levels).items():
            if level not in (ANY, *WARNING_LEVELS):
                yield f"{kind}: {level!r} is no colour of a warning"
            if type(hours) is not int or not 0 < hours <= MOST_HOURS:
                yield f"{kind}.{level} is {hours!r}, not 1 to {MOST_HOURS} hours"
        if not table(levels):
            yield f"{kind} is no table of colours"
