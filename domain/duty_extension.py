"""The day of a duty moves only by an extension that one person asks for and another approves; both days are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.duty_clock import unsaid
from domain.duty_state import Duty, need_open, owers
from domain.independence import need_independent
from domain.labels import Term
from domain.language import Code, Command, DayOf, Event, Remark, Words, day_of
from domain.refused import AlreadyAsked, NothingToDecide, NotLater


@dataclass(frozen=True)
class AskDutyExtension(Command):
    """Ask for a later day for a duty, with a reason."""

    body: Code
    duty: Code
    due: DayOf
    reason: Words


@dataclass(frozen=True)
class DecideDutyExtension(Command):
    """Approve or refuse the extension that was asked for."""

    body: Code
    duty: Code
    verdict: Literal["approved", "refused"]
    remark: Remark = ""


@dataclass(frozen=True)
class DutyExtensionAsked(Event):
    KIND = "duty-extension-asked.1"
    was: str
    due: str
    asked_by: str
    reason: str
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class DutyExtensionApproved(Event):
    """Both days are kept: ``was`` and the new ``due``."""

    KIND = "duty-extension-approved.1"
    was: str
    due: str
    asked_by: str
    approved_by: str
    remark: str


@dataclass(frozen=True)
class DutyExtensionRefused(Event):
    KIND = "duty-extension-refused.1"
    due: str
    asked: str
    asked_by: str
    refused_by: str
    remark: str


def decide_extension(
    command: AskDutyExtension | DecideDutyExtension, state: Duty, facts: Facts
) -> list[Event]:
    """Refuses a day that is not later, a second request while one waits, and whoever is not independent.

    Who asked, in person or through another, does not decide; nor does who owes it, whoever asked. A day that had passed
    while the clock was away is said before it moves: an extension unsays no lateness.
    """
    what = need_open(command, state, command.body, command.duty)
    match command:
        case AskDutyExtension():
            if state.asked_due:
                raise AlreadyAsked(what=what, due=state.asked_due, person=state.asking[0])
            if command.due <= state.due:
                raise NotLater(asked=command.due, due=state.due)
            return [DutyExtensionAsked(state.due, command.due, facts.by, command.reason, facts.on_behalf_of)]
        case DecideDutyExtension():
            if not state.asked_due:
                raise NothingToDecide(what=what, part=Term("extension"))
            owing = owers(state, facts, command.body, day_of(facts.at))
            need_independent(facts, command, what, asker=state.asking, owing_person=owing)
            asked_by = state.asking[0]
            if command.verdict == "refused":
                return [DutyExtensionRefused(state.due, state.asked_due, asked_by, facts.by, command.remark)]
            moved = DutyExtensionApproved(state.due, state.asked_due, asked_by, facts.by, command.remark)
            return [*unsaid(state, day_of(facts.at)), moved]
