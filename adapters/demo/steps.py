"""One step of the practice story: a line as in a batch, in the reader's language, and the moment it was entered.

A line of the story is written without ``id`` and ``body``: both follow from it, and what a feed says is of no body. Its
texts stand in both languages; a file is told in one. ``at`` is when it happened, ``entered`` when somebody entered it
(left out: at once).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.index import MACHINE_COMMANDS
from domain.labels import Lang
from domain.language import Moment, parse_moment

SOURCE = "dualguard demo"
"""What every record that a person of the story gave names as its source."""
_CODES = (
    *("engagement", "report", "period", "duty", "inspection", "hazard", "risk"),
    *("area", "post", "department", "unit", "pack", "body"),
)
"""The fields that may say what a line is about, the nearest one first."""


class T(NamedTuple):
    """A text of the story in Chinese and in English."""

    zh: str
    en: str


Line = Mapping[str, Any]


def says(body: str, command: str, by: str, at: str, **data: object) -> Line:
    """What a person says of one body at a time of China (``2026-03-05T15:00``)."""
    return {"command": command, "by": by, "at": f"{at}+08:00", "data": {"body": body, **data}}


@dataclass(frozen=True)
class Step:
    """A line that the border reads, and the simulated moment at which it came into the file."""

    line: Line
    entered: Moment


def steps(lines: Iterable[Line], body: str, lang: Lang) -> list[Step]:
    """The lines of one body as steps, in the order in which they were entered.

    The id of a command says what it is, of what and when, so it stays when lines are put between others.
    """
    made = [_step(line, body, lang) for line in lines]
    return sorted(made, key=lambda step: step.entered)


def _step(line: Line, body: str, lang: Lang) -> Step:
    data = _spoken(line["data"], lang)
    if line["command"] not in MACHINE_COMMANDS:
        data = {"body": body, **data}
    about = [str(data[field]) for field in _CODES if field in data][:1]
    if "control" in data:
        about.append(str(data["control"]))
    told = {key: value for key, value in line.items() if key not in ("data", "entered")}
    told["data"] = data
    told["id"] = " ".join(("demo", str(line["command"]), *about, str(line["at"])))
    told["source"] = SOURCE
    return Step(told, parse_moment(str(line.get("entered", line["at"]))))


def _spoken(value: Any, lang: Lang) -> Any:
    """The value with every text in one language."""
    if isinstance(value, T):
        return value.zh if lang == "zh" else value.en
    if isinstance(value, Mapping):
        return {key: _spoken(one, lang) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_spoken(one, lang) for one in value]
    return value
