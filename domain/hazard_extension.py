"""A rectification deadline moves only by an extension that one person asks for and another approves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.decider import Facts
from domain.hazard_state import Hazard
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, Remark, Words
from domain.refused import AlreadyAsked, NothingToDecide, NotLater


@dataclass(frozen=True)
class AskExtension(Command):
    """Ask for a later deadline, with a reason."""

    body: Code
    hazard: Code
    due: DayOf
    reason: Words


@dataclass(frozen=True)
class DecideExtension(Command):
    """Approve or refuse the extension that was asked for."""

    body: Code
    hazard: Code
    verdict: Literal["approved", "refused"]
    remark: Remark = ""


@dataclass(frozen=True)
class ExtensionAsked(Event):
    KIND = "extension-asked.1"
    was: str
    due: str
    asked_by: str
    reason: str
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class ExtensionApproved(Event):
    """Both dates are kept: ``was`` and the new ``due``."""

    KIND = "extension-approved.1"
    opening: int
    was: str
    due: str
    asked_by: str
    approved_by: str
    remark: str


@dataclass(frozen=True)
class ExtensionRefused(Event):
    KIND = "extension-refused.1"
    due: str
    asked: str
    asked_by: str
    refused_by: str
    remark: str


def decide_extension(command: AskExtension | DecideExtension, state: Hazard, facts: Facts) -> list[Event]:
    """Refuses a date that is not later, a second request while one waits, and whoever is not independent.

    Who asked, in person or through another, does not decide; nor does who answers for the rectification, whoever asked.
    """
    what = Thing("hazard", command.hazard)
    match command:
        case AskExtension():
            if state.asked_due:
                raise AlreadyAsked(what=what, due=state.asked_due, person=state.asking[0])
            if command.due <= state.due:
                raise NotLater(asked=command.due, due=state.due)
            return [ExtensionAsked(state.due, command.due, facts.by, command.reason, facts.on_behalf_of)]
        case DecideExtension():
            if not state.asked_due:
                raise NothingToDecide(what=what, part=Term("extension"))
            asked_by = state.asking[0]
            need_independent(
                facts, command, what, asker=state.asking, responsible_person=(state.responsible,)
            )
            if command.verdict == "refused":
                return [ExtensionRefused(state.due, state.asked_due, asked_by, facts.by, command.remark)]
            return [
                ExtensionApproved(
                    state.opening,
                    state.due,
                    state.asked_due,
                    asked_by,
                    facts.by,
                    command.remark,
                )
            ]
