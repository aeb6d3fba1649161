"""What the next decision on a declared work needs to know: when it begins, and how far each neighbour is."""

from __future__ import annotations

from dataclasses import dataclass

from domain.check_periods import code_from
from domain.language import Day, Moment, but


@dataclass(frozen=True)
class ToTell:
    """A neighbour that is owed a notice, and which notice it is: another beginning may ask for another one."""

    neighbour: str
    round: int

    def __str__(self) -> str:
        return self.neighbour


@dataclass(frozen=True)
class Affected:
    """``told_for`` is the beginning of which it was told; empty while it was not. ``answer_by``: asked, until then."""

    neighbour: str
    round: int = 1
    told_for: Day = ""
    answer_by: Day = ""
    answer: str = ""
    weighed: bool = False

    @property
    def objects(self) -> bool:
        """Whether its objection was not weighed yet."""
        return self.answer == "objection" and not self.weighed


@dataclass(frozen=True)
class Work:
    """``step``: unknown, declared, started, ended or cancelled. ``moves``: when it was moved, and from which day."""

    step: str = "unknown"
    kind: str = ""
    unit: str = ""
    starts: Day = ""
    tell_by: Day = ""
    started_at: Moment = ""
    affected: tuple[Affected, ...] = ()
    moves: tuple[tuple[Moment, Day], ...] = ()

    def of(self, neighbour: str) -> Affected | None:
        return next((one for one in self.affected if one.neighbour == neighbour), None)

    def setting(self, neighbour: str, **changes: object) -> Work:
        """The work after something became so of one neighbour."""
        changed = (but(one, **changes) if one.neighbour == neighbour else one for one in self.affected)
        return but(self, affected=tuple(changed))

    def began_then(self, at: Moment) -> Day:
        """The day on which it was to begin as somebody knew it at that moment."""
        return next((was for moved, was in self.moves if at < moved), self.starts)

    def untold(self, starts: Day) -> tuple[Affected, ...]:
        """Who was not told of a beginning on that day or before it."""
        return tuple(one for one in self.affected if not one.told_for or one.told_for > starts)


def notice_code(work: str, neighbour: str, round_: int) -> str:
    """The code of the duty to tell that neighbour of that work."""
    return code_from("tell", work, neighbour, str(round_), most=64)
