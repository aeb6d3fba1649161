"""What the next decision on a change needs to know: the risks that it reached, and how far each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from domain.change_kinds import LASTING
from domain.check_periods import code_from
from domain.language import Moment, but
from domain.layers import Layers, found, put

OPEN, PROPOSED = "open", "proposed"
DONE = "reassessed"
EXCLUDED, RETIRED = "excluded", "retired"


@dataclass(frozen=True)
class ScopeRow:
    """A part of the scope as a record holds it; ``everything`` has no code."""

    kind: str
    code: str


@dataclass(frozen=True)
class Path:
    """How a risk was reached: the steps from the scope to the risk, each ``kind:code``."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """One risk that a change touches, with every path that led to it."""

    risk: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Change:
    """``step``: unknown, open, ended (it is over, risks are still to be assessed) or closed.

    ``over`` where it ended, also after somebody closed it: what hangs on it elsewhere ends with it.
    ``since`` is the moment from which an assessment answers it. ``risks`` holds of every risk reached how far it is;
    ``waiting`` counts those open or proposed. ``owed_by`` is the role that owes the assessments.
    """

    step: str = "unknown"
    over: bool = False
    kind: str = ""
    scope: tuple[ScopeRow, ...] = ()
    cause: str = ""
    starts: str = ""
    ends: str | None = None
    since: Moment = ""
    resolved: bool = False
    risks: Layers[str] = ()
    waiting: int = 0
    owed_by: str = ""

    def of(self, risk: str) -> str | None:
        """How far the risk is; None where the change does not touch it."""
        return found(self.risks, risk)

    def setting(self, risk: str, step: str) -> Change:
        """The change after one of its risks came to a step."""
        was = self.of(risk)
        more = (step in (OPEN, PROPOSED)) - (was in (OPEN, PROPOSED))
        return but(self, risks=put(self.risks, risk, step), waiting=self.waiting + more)

    def at(self, *steps: str) -> tuple[str, ...]:
        """The risks at one of these steps, by code."""
        held = {risk: step for layer in self.risks for risk, step in layer.items()}
        return tuple(sorted(risk for risk, step in held.items() if step in steps))

    @property
    def lasts(self) -> bool:
        """Whether somebody, or its stated last day, still has to end it."""
        return not self.over and (self.kind in LASTING or self.ends is not None)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do. One that reached no risk waits for a person, unless it is over."""
        reached = bool(self.risks) or self.over
        return self.resolved and not self.waiting and not self.lasts and reached


def reassessment_code(change: str, risk: str) -> str:
    """The code of the duty to assess that risk again because of that change."""
    return code_from("reassess", change, risk, most=64)


def restart_code(cause: str, number: int | None = None) -> str:
    """The code of the change that the end of an overhaul or of a stop is."""
    return code_from("restart", cause, *(() if number is None else (str(number),)), most=64)
