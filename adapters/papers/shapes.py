"""The shape of a report as JSON: what every kind of report shares. A shape that was used is never changed again.

A figure is a value together with the positions of the records behind it. What is not held is None, and its name stands
in the report's list of what is missing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.rulebook import Citation

Value = int | str | None


@dataclass(frozen=True)
class Figure:
    """A value and the records that say so, by position; none where it is that nothing was recorded."""

    value: Value
    records: tuple[int, ...]


@dataclass(frozen=True)
class BodyPart:
    code: str
    name: str
    kind: str
    area: str
    sector: str
    classes: tuple[str, ...]
    records: tuple[int, ...]


@dataclass(frozen=True)
class Pinned:
    """The period with its first and last day; the state at the end of ``as_of`` is told, as known by ``position``."""

    period: str
    first: str
    last: str
    as_of: str
    position: int


@dataclass(frozen=True)
class DutyPart:
    """The duty that the report answers."""

    code: str
    owed_by: str
    due: Figure
    overdue: bool


@dataclass(frozen=True)
class Head:
    """What the report is: ``practice`` is the note of a practice file, ``citation`` the rule as it binds the body."""

    template: str
    kind: str
    practice: str | None
    body: BodyPart
    pinned: Pinned
    citation: Citation | None
    recipients: tuple[str, ...]
    duties: tuple[DutyPart, ...]


@dataclass(frozen=True)
class Assigned:
    """Who was to answer for a control at one tier, from which day to which (``until`` no longer counts).

    ``persons`` are the person named, or who held the post on the days that the report looks at.
    """

    tier: str
    department: str | None
    post: str | None
    persons: tuple[str, ...]
    since: str
    until: str | None
    records: tuple[int, ...]


@dataclass(frozen=True)
class Control:
    code: str
    measure: str
    layer: str
    order: int | None
    responsible: tuple[Assigned, ...]
    since: str
    records: tuple[int, ...]


@dataclass(frozen=True)
class RiskName:
    """What a risk is, with the fields of YT Art. 25; None is not held."""

    code: str
    name: str
    unit: str
    location: str
    category: str | None
    description: str
    consequence: str
    accident_types: tuple[str, ...]
    features: str | None
    parameters: str | None
    impact: str | None
    records: tuple[int, ...]


@dataclass(frozen=True)
class Missing:
    """Something that a clause asks for, or that would belong here, and that the records do not hold."""

    clause: str
    what: str


def figures_of(value: Any, key: str = "") -> Iterator[tuple[str, Figure]]:
    """Every figure of a report under its key: names and codes on the way to it, joined by slashes."""
    if isinstance(value, Figure):
        yield key, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from figures_of(getattr(value, field.name), f"{key}/{field.name}" if key else field.name)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from figures_of(one, f"{key}/{name}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, one in enumerate(value, start=1):
            yield from figures_of(one, f"{key}/{getattr(one, 'code', number)}")
