"""What the next decision on a hazard needs to know; nothing that is only told to readers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Day, Moment

Matched = tuple[str, str, str]
"""An item under which the hazard was judged major: pack, edition, item."""


@dataclass(frozen=True)
class Hazard:
    """``opening`` counts registration and reopenings, ``round`` the rectifications since the last plan.

    ``asking`` are the persons behind the request for more time that is not decided yet, ``askers`` those behind any
    request since the last plan; ``verifiers`` are the persons behind the ``acceptances`` since the last completion;
    ``hands`` are all who ever reported it done or accepted that, in any opening.
    ``proposing`` are those behind an undecided proposal that it is no hazard. ``cause_at`` is when it was evaluated or
    reopened, from which the time limit runs; ``filing`` is "", filed, returned or
    accepted; ``before_link`` the step at which it was linked as a duplicate.
    """

    step: str = "unknown"
    grade: str = ""
    graders: tuple[str, ...] = ()
    matched: tuple[Matched, ...] = ()
    cause_at: Moment = ""
    opening: int = 0
    round: int = 0
    due: Day = ""
    responsible: str = ""
    found_by: str = ""
    found_at: Moment = ""
    asked_due: Day = ""
    asking: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    rectifiers: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    hands: tuple[str, ...] = ()
    acceptances: int = 0
    filing: str = ""
    filed_by: tuple[str, ...] = ()
    proposing: tuple[str, ...] = ()
    before_link: str = ""


def persons(by: str, on_behalf_of: str | None) -> tuple[str, ...]:
    """Everybody behind one act: who acted and, where there is one, on whose behalf."""
    return (by,) if on_behalf_of is None else (by, on_behalf_of)
