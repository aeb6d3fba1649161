"""Before a control counts, somebody who did not propose it asks the people concerned and answers three questions.

Is it lawful and to standard, can it be done, does it work (NJ-043)? Only a version of which all three are proven is
adopted. Minutes of a meeting in which all that happened come as one command, by somebody who did not propose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.control_assignment import AssignEntry, assigned, assigned_to
from domain.control_policy import need_approver
from domain.control_state import LAYERS, Control, Controls, ControlTerms, terms_of, told
from domain.decider import Facts
from domain.departments import need_department
from domain.independence import need_independent
from domain.labels import Term, Thing
from domain.language import Code, Command, Event, PersonRef, Remark, Words, but, day_of
from domain.people import need_person
from domain.posts import need_post
from domain.refused import AlreadySo, Incomplete, OutOfTurn
from domain.risk_controls import ControlProposed, ControlText, need_control, propose, proposed
from domain.risk_state import Risk

Verdict = Literal["proven", "not_proven"]


@dataclass(frozen=True, kw_only=True)
class ReviewControl(Command):
    """Answer the three questions on the version that waits, after asking the people and departments concerned."""

    body: Code
    risk: Code
    control: Code
    compliance: Verdict
    feasibility: Verdict
    effect: Verdict
    consulted: tuple[PersonRef, ...]
    departments: tuple[Code, ...] = ()
    posts: tuple[Code, ...] = ()
    findings: Remark = ""


@dataclass(frozen=True)
class AdoptControl(Command):
    """Put the reviewed version of a control into force, in place of the one before."""

    body: Code
    risk: Code
    control: Code
    remark: Remark = ""


@dataclass(frozen=True, kw_only=True)
class AdoptReviewedControl(ControlText):
    """The minutes of a review in one command: what somebody else proposed, all three questions proven, adopted.

    Whoever gives it is the reviewer; who answers for the control at which tier may be said at once.
    """

    proposed_by: PersonRef
    consulted: tuple[PersonRef, ...]
    findings: Words
    departments: tuple[Code, ...] = ()
    posts: tuple[Code, ...] = ()
    assign: tuple[AssignEntry, ...] = ()


@dataclass(frozen=True)
class ControlReviewed(Event):
    KIND = "control-reviewed.1"
    control: str
    version: int
    compliance: str
    feasibility: str
    effect: str
    consulted: tuple[str, ...]
    departments: tuple[str, ...]
    posts: tuple[str, ...]
    findings: str
    reviewed_by: tuple[str, ...]
    reviewed_at: str

    @property
    def passed(self) -> bool:
        return (self.compliance, self.feasibility, self.effect) == ("proven", "proven", "proven")


@dataclass(frozen=True)
class ControlAdopted(ControlTerms):
    """``skipped`` are the layers above this one in which the risk has no control in force: a warning (YT-23a).

    ``demanded`` are the roles of which the body's policy for the risk's colour wants one (NJ-035); none without one.
    """

    KIND = "control-adopted.1"
    control: str
    version: int
    skipped: tuple[str, ...]
    demanded: tuple[str, ...]
    remark: str
    adopted_at: str


def reviewed(state: Controls, event: ControlReviewed) -> Controls:
    return state.changing(event.control, passed=event.passed, last_at=event.reviewed_at)


def adopted(state: Controls, event: ControlAdopted) -> Controls:
    terms = terms_of(event)
    if state.of(event.control) is None:  # a record that stands alone places its control all the same
        alone = Control(event.control, event.adopted_at, event.version, None, ())
        state = state.having(alone)
    return state.changing(
        event.control,
        adopted=terms,
        adopted_version=event.version,
        waiting=None,
        last_at=event.adopted_at,
    )


def review(command: ReviewControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses a review by who proposed it, a second one of the same version, and one without anybody asked."""
    held = need_control(command.body, command.risk, command.control, state, facts, command)
    if held.step != "proposed":
        raise OutOfTurn(
            what=Thing("control", command.control),
            step=Term(held.step),
            command=type(command).__name__,
            needs=[Term("proposed")],
        )
    verdicts = (command.compliance, command.feasibility, command.effect)
    return [_review(command, held, facts, *verdicts)]


def _review(
    command: ReviewControl | AdoptReviewedControl,
    held: Control,
    facts: Facts,
    compliance: str,
    feasibility: str,
    effect: str,
) -> ControlReviewed:
    what = Thing("control", command.control)
    need_independent(facts, command, what, proposer=held.proposed_by)
    need_person(facts, command.body, *command.consulted)
    if not set(command.consulted) - set(held.proposed_by) - set(facts.actors):
        raise Incomplete(what=what, missing=[Term("consulted")])
    today = day_of(facts.at)
    for department in command.departments:
        need_department(facts, command.body, department, today)
    for post in command.posts:
        need_post(facts, command.body, post, today)
    return ControlReviewed(
        command.control,
        held.version,
        compliance,
        feasibility,
        effect,
        tuple(dict.fromkeys(command.consulted)),
        command.departments,
        command.posts,
        command.findings,
        facts.actors,
        facts.at,
    )


def adopt(command: AdoptControl, state: Risk, facts: Facts) -> list[Event]:
    """Refuses what nobody reviewed or not all three questions are proven of, and who may not adopt for that colour."""
    held = need_control(command.body, command.risk, command.control, state, facts, command)
    what = Thing("control", command.control)
    if held.step == "adopted":
        raise AlreadySo(what=what)
    if held.step != "reviewed" or held.waiting is None:
        raise OutOfTurn(
            what=what, step=Term(held.step), command=type(command).__name__, needs=[Term("reviewed")]
        )
    demanded = need_approver(facts, command.body, state.level, command)
    return [_adopted(held, held.waiting, state.controls, command.remark, facts, demanded)]


def _adopted(
    held: Control,
    terms: ControlTerms,
    state: Controls,
    remark: str,
    facts: Facts,
    demanded: tuple[str, ...],
) -> ControlAdopted:
    above = LAYERS[: LAYERS.index(terms.layer)] if terms.layer in LAYERS else ()
    in_force = state.layers()
    skipped = tuple(layer for layer in above if layer not in in_force)
    return ControlAdopted(
        **told(terms),
        control=held.code,
        version=held.version,
        skipped=skipped,
        demanded=demanded,
        remark=remark,
        adopted_at=facts.at,
    )


def adopt_reviewed(command: AdoptReviewedControl, state: Risk, facts: Facts) -> list[Event]:
    """Proposal, review, adoption and assignments at once; refuses whatever each of them would refuse."""
    need_person(facts, command.body, command.proposed_by)
    [proposal] = propose(command, state, facts, (command.proposed_by,))
    assert isinstance(proposal, ControlProposed)
    controls = proposed(state.controls, proposal, terms_of(proposal))
    held = controls.of(command.control)
    assert held is not None
    assert held.waiting is not None
    verdict = _review(command, held, facts, "proven", "proven", "proven")
    controls = reviewed(controls, verdict)
    demanded = need_approver(facts, command.body, state.level, command)
    decided = _adopted(held, held.waiting, controls, "", facts, demanded)
    events: list[Event] = [proposal, verdict, decided]
    now = but(state, controls=adopted(controls, decided))
    for entry in command.assign:
        event = assigned(command.body, command.risk, command.control, entry, now, facts)
        events.append(event)
        now = but(now, controls=assigned_to(now.controls, event))
    return events
