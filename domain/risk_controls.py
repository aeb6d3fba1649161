"""The controls of a risk: proposed by anybody who sees how, changed in versions with a reason, ordered, withdrawn.

Each has a layer (YT-23a), an aspect (NJ-040), means (NJ-042), a place in the order of priority (NJ-041), what it builds
on (NJ-043b), what carries it (NJ-044), and how it is checked once it is adopted. Review and adoption are the next
module's (``control_review``), who answers for it that of ``control_assignment``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.control_state import (
    Asset,
    Check,
    CheckPeriod,
    Control,
    ControlAspect,
    Controls,
    ControlTerms,
    Layer,
    Means,
    Tier,
    Use,
    told,
)
from domain.decider import Facts
from domain.documents import DOCUMENT
from domain.labels import Term, Thing
from domain.language import Code, Command, DayOf, Event, Moment, Title, Words, but, day_of
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    Incomplete,
    Retired,
    Unfit,
    UnknownThing,
)
from domain.risk_state import Risk


@dataclass(frozen=True)
class UseEntry:
    """A procedure, standard or existing measure that the control builds on; ``document`` is its registered code."""

    kind: Literal["procedure", "standard", "existing_measure"]
    reference: Title
    document: Code | None = None


@dataclass(frozen=True)
class AssetEntry:
    """Equipment, a sensor or an interlock that carries the control, and the day by which it is to be renewed."""

    kind: Literal["equipment", "sensor", "interlock"]
    code: Code
    renew_by: DayOf | None = None


@dataclass(frozen=True)
class CheckEntry:
    """How the control is checked once it is adopted, how often and by which tier."""

    tier: Tier
    period: CheckPeriod
    how: Words


@dataclass(frozen=True, kw_only=True)
class ControlText(Command):
    """What a control is; ``order`` is its place in the order in which the risk's controls are put in place."""

    body: Code
    risk: Code
    control: Code
    measure: Words
    layer: Layer
    aspect: ControlAspect
    means: tuple[Means, ...]
    order: int
    uses: tuple[UseEntry, ...] = ()
    assets: tuple[AssetEntry, ...] = ()
    checks: tuple[CheckEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposeControl(ControlText):
    """Propose a control for a risk; it counts only when somebody else has reviewed it and it is adopted."""


@dataclass(frozen=True, kw_only=True)
class ChangeControl(ControlText):
    """Propose another version of a control, with the reason; the adopted one stays until this one is adopted."""

    reason: Words


@dataclass(frozen=True)
class WithdrawControl(Command):
    """The control no longer counts, for a reason; who answered for it answers no longer, and its history stays."""

    body: Code
    risk: Code
    control: Code
    reason: Words


@dataclass(frozen=True)
class OrderControls(Command):
    """Say anew in which order the risk's controls are put in place: all of them, the first one first."""

    body: Code
    risk: Code
    controls: tuple[Code, ...]


@dataclass(frozen=True)
class ControlProposed(ControlTerms):
    KIND = "control-proposed.1"
    control: str
    version: int
    proposed_by: tuple[str, ...]
    proposed_at: str


@dataclass(frozen=True)
class ControlChanged(ControlTerms):
    """Another version waits for its review; ``replaces`` is the version in force, None while there is none."""

    KIND = "control-changed.1"
    control: str
    version: int
    replaces: int | None
    reason: str
    proposed_by: tuple[str, ...]
    proposed_at: str


@dataclass(frozen=True)
class ControlWithdrawn(Event):
    """``version`` is the one that was in force, None for a mere proposal; ``ended`` are the assignments that end."""

    KIND = "control-withdrawn.1"
    control: str
    version: int | None
    reason: str
    ended: tuple[int, ...]
    withdrawn_at: str


@dataclass(frozen=True)
class ControlsOrdered(Event):
    KIND = "controls-ordered.1"
    controls: tuple[str, ...]


def proposed(state: Controls, event: ControlProposed | ControlChanged, terms: ControlTerms) -> Controls:
    """The controls after a proposal: a new one, or a version that waits beside the one in force."""
    if isinstance(event, ControlProposed):
        return state.having(Control(event.control, event.proposed_at, 1, terms, event.proposed_by))
    return state.changing(
        event.control,
        version=event.version,
        waiting=terms,
        proposed_by=event.proposed_by,
        passed=None,
        last_at=event.proposed_at,
    )


def ordered(state: Controls, event: ControlsOrdered) -> Controls:
    """The controls with their new places."""
    for place, code in enumerate(event.controls, start=1):
        held = state.of(code)
        if held is not None:
            waiting = held.waiting and but(held.waiting, order=place)
            adopted = held.adopted and but(held.adopted, order=place)
            state = state.changing(code, waiting=waiting, adopted=adopted)
    return state


def propose(command: ControlText, state: Risk, facts: Facts, by: tuple[str, ...]) -> list[Event]:
    """Refuses a code or place in the order taken, the same measure twice, and terms that do not hold."""
    if state.controls.of(command.control) is not None:
        raise AlreadyRegistered(kind=Term("control"), code=command.control, body=command.body)
    terms = _terms(command, state.controls, facts)
    return [
        ControlProposed(
            **told(terms), control=command.control, version=1, proposed_by=by, proposed_at=facts.at
        )
    ]


def change(command: ChangeControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses what was withdrawn, terms that are so already, and terms that do not hold."""
    held = need_control(command.body, command.risk, command.control, state, facts, command)
    terms = _terms(command, state.controls, facts)
    if terms == (held.waiting or held.adopted):
        raise AlreadySo(what=Thing("control", command.control))
    return [
        ControlChanged(
            **told(terms),
            control=command.control,
            version=held.version + 1,
            replaces=held.adopted_version or None,
            reason=command.reason,
            proposed_by=facts.actors,
            proposed_at=facts.at,
        )
    ]


def withdraw(command: WithdrawControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses what was withdrawn before; its assignments end on that day."""
    held = need_control(command.body, command.risk, command.control, state, facts, command)
    ended = assignments_beyond(state.controls, facts, command.control)
    return [ControlWithdrawn(command.control, held.adopted_version or None, command.reason, ended, facts.at)]


def order_controls(command: OrderControls, state: Risk, facts: Facts) -> list[Event]:
    """Refuses a list that is not exactly the risk's controls, and the order that they have already."""
    what = Thing("risk", command.risk)
    live = sorted(state.controls.live(), key=lambda one: one.order)
    codes = [one.code for one in live]
    for at, code in enumerate(command.controls):
        if code not in codes:
            raise UnknownThing(kind=Term("control"), code=f"{command.risk} {code}", body=command.body)
        if code in command.controls[:at]:
            raise AlreadySo(what=Thing("control", code))
    missing = [Thing("control", code) for code in codes if code not in command.controls]
    if missing or not codes:
        raise Incomplete(what=what, missing=missing or [Term("control")])
    if facts.at < max(one.last_at for one in live):
        raise BeforePredecessor(what=what, previous=max(one.last_at for one in live), at=facts.at)
    if [(one.code, one.order) for one in live] == [(code, at) for at, code in enumerate(command.controls, 1)]:
        raise AlreadySo(what=what)
    return [ControlsOrdered(command.controls)]


def need_control(body: str, risk: str, control: str, state: Risk, facts: Facts, command: Command) -> Control:
    """The control, which was not withdrawn and whose last step does not lie later; or a refusal."""
    held = state.controls.of(control)
    if held is None:
        raise UnknownThing(kind=Term("control"), code=f"{risk} {control}", body=body)
    if held.withdrawn:
        raise Retired(kind=Term("control"), code=f"{risk} {control}", command=type(command).__name__)
    need_after(control, held.last_at, facts)
    return held


def need_after(control: str, previous: Moment, facts: Facts) -> None:
    """The step does not lie before the control's last one, or ``BeforePredecessor``."""
    if facts.at < previous:
        raise BeforePredecessor(what=Thing("control", control), previous=previous, at=facts.at)


def assignments_beyond(state: Controls, facts: Facts, control: str | None = None) -> tuple[int, ...]:
    """The numbers of the assignments, of one control or of all, that would hold on or after the day it happened."""
    today = day_of(facts.at)
    return tuple(
        one.tenure.number
        for one in state.assignments
        if control in (None, one.control) and one.tenure.meets(today, None)
    )


def _terms(command: ControlText, state: Controls, facts: Facts) -> ControlTerms:
    """What the command says of the control; refuses doubles, no means, and documents that are not registered."""
    what = Thing("control", command.control)
    if not command.means:
        raise Incomplete(what=what, missing=[Term("means")])
    if command.order < 1:
        raise Unfit(given=command.order, what=Term("order"), allowed=["1, 2, 3, …"])
    for other in state.live():
        if other.code == command.control:
            continue
        if other.order == command.order:
            raise AlreadyRegistered(
                kind=Term("order"), code=f"{command.order}: {other.code}", body=command.body
            )
        said = other.waiting or other.adopted
        if said is not None and said.measure.strip() == command.measure.strip():
            raise AlreadyRegistered(kind=Term("measure"), code=other.code, body=command.body)
    for use in command.uses:
        if use.document is not None and not facts.of(DOCUMENT, command.body, use.document).registered:
            raise UnknownThing(kind=Term("document"), code=use.document, body=command.body)
    pairs = [(one.tier, one.period) for one in command.checks]
    for at, pair in enumerate(pairs):
        if pair in pairs[:at]:
            raise AlreadySo(what=Term("check"))
    return ControlTerms(
        command.measure,
        command.layer,
        command.aspect,
        tuple(dict.fromkeys(command.means)),
        command.order,
        tuple(Use(one.kind, one.reference, one.document) for one in command.uses),
        tuple(Asset(one.kind, one.code, one.renew_by) for one in command.assets),
        tuple(Check(one.tier, one.period, one.how) for one in command.checks),
    )
