"""What the next decision on a risk needs to know; nothing that is only told to readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from domain.control_state import Controls
from domain.language import Moment
from domain.uplift_state import Uplift

SaidKind = Literal["current", "inherent", "choice"]
"""A rating with the controls there are, a rating without them (NJ-027), or a decision which method counts (NJ-022)."""


@dataclass(frozen=True)
class Said:
    """One assessment, or one decision which method counts, as far as later decisions need it.

    ``interim`` is the level that it gives while it waits for approval, where that is no lowering; ``method`` of a
    decision may be empty: the highest of all methods counts. ``people`` may not approve it.
    """

    number: int
    kind: str
    at: Moment
    method: str
    level: str = ""
    interim: str = ""
    waits: bool = False
    people: tuple[str, ...] = ()
    verdict: str = ""
    decided_at: Moment = ""

    def given_at(self, at: Moment) -> str:
        """The level that this assessment gives at a moment; empty where it gives none (yet)."""
        return self.level if self.stands_at(at) else self.interim

    def stands_at(self, at: Moment) -> bool:
        """Whether nobody has to approve it any more at that moment."""
        return not self.waits or (self.verdict == "approved" and self.decided_at <= at)


@dataclass(frozen=True)
class Risk:
    """The step, what was said of its level, the level that counts, its unit and its controls."""

    step: str = "unknown"
    level: str = ""
    said: tuple[Said, ...] = ()
    tags: tuple[tuple[str, str, Moment, bool], ...] = ()
    """Of every tag ever said of it the latest word: kind, code, since when, and whether it holds."""
    focus: tuple[Moment, tuple[str, ...]] = ("", ())
    """The latest word on focus control: since when, and its reasons; none where it ended."""
    unit: str = ""
    corrected_at: Moment = ""
    controls: Controls = field(default_factory=Controls)
    accident_types: tuple[str, ...] = ()
    uplifts: tuple[Uplift, ...] = ()
    """What lifts it for a while: weather and holidays that have not ended."""
