"""Focus control (重点管控): what is hard to operate, technical, high or grave is watched first (YT Art. 23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, Remark, Words, but
from domain.refused import AlreadySo, BeforePredecessor, Incomplete, NothingToDecide
from domain.risk_state import Risk

FocusReason = Literal["difficult_operation", "technical_content", "high_level", "grave_consequence"]
"""The four reasons of YT Art. 23; at least one of them holds."""


@dataclass(frozen=True)
class SetFocus(Command):
    """Put a risk under focus control, or say its reasons anew."""

    body: Code
    risk: Code
    reasons: tuple[FocusReason, ...]
    remark: Remark = ""


@dataclass(frozen=True)
class EndFocus(Command):
    """Focus control ends, and why."""

    body: Code
    risk: Code
    reason: Words


@dataclass(frozen=True)
class FocusSet(Event):
    KIND = "focus-set.1"
    reasons: tuple[str, ...]
    remark: str
    since: str


@dataclass(frozen=True)
class FocusEnded(Event):
    KIND = "focus-ended.1"
    reason: str
    until: str


def refocused(state: Risk, event: FocusSet | FocusEnded) -> Risk:
    at, reasons = (event.since, event.reasons) if isinstance(event, FocusSet) else (event.until, ())
    return but(state, focus=(at, reasons)) if at >= state.focus[0] else state


def focus_set(command: SetFocus, state: Risk, facts: Facts) -> list[Event]:
    """Refuses no reason at all, and the same reasons again."""
    what = Thing("risk", command.risk)
    reasons = tuple(sorted(set(command.reasons)))
    if not reasons:
        raise Incomplete(what=what, missing=[Term("focus_reasons")])
    since, held = state.focus
    if held == reasons and since <= facts.at:
        raise AlreadySo(what=what)
    return [FocusSet(reasons, command.remark, facts.at)]


def focus_ended(command: EndFocus, state: Risk, facts: Facts) -> list[Event]:
    """Refuses where there is none, and an end before its last beginning."""
    what = Thing("risk", command.risk)
    since, held = state.focus
    if not held:
        raise NothingToDecide(what=what, part=Term("focus"))
    if facts.at < since:
        raise BeforePredecessor(what=what, previous=since, at=facts.at)
    return [FocusEnded(command.reason, facts.at)]
