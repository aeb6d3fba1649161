"""An inspection is begun, each of its items is answered once, and whoever made it signs: step by step, or at once.

Nothing is left out in silence: an item that does not apply, or was not looked at, is answered so with its reason, and
a photo that should be there and is not is declared. Each answer keeps its own time and place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from domain.check_periods import Period, Tier, code_from
from domain.checklists import CHECKLIST, need_tier
from domain.decider import Facts
from domain.duties import DUTY
from domain.inspection_state import Answer, Inspection, RoundItem, RoundPlan, round_items
from domain.labels import Term, Thing
from domain.language import (
    At,
    Code,
    Command,
    Event,
    Hash,
    Moment,
    PersonRef,
    Remark,
    Words,
    day_of,
    days_late,
    parse_moment,
)
from domain.owed import duty_code
from domain.people import need_person
from domain.refused import BeforePredecessor, Incomplete, InTheFuture, Unfit, UnknownThing
from domain.refused_checks import (
    AlreadyAnswered,
    ItemsOpen,
    NoSuchVersion,
    NothingToCheck,
    NotOnRound,
    NotYetOpen,
    OutsideRound,
    OwedByAnother,
)
from domain.roles import ROLES

CheckMethod = Literal["record_review", "sampling", "on_site_examination"]
"""Reviewing records, sampling, examining people on site (NJ-061)."""
CheckAspect = Literal["risk_awareness", "post_risk_recognition", "measure_implementation"]
"""Awareness of risk control, recognition of post risks, implementation of measures (NJ-061)."""


MONTHLY_RULE = "measures-check"
MONTHLY: dict[str, str] = {"company": "principal", "workshop": "workshop_lead", "team": "team_lead"}
"""Tier -> the role that owes its monthly check: from the main responsible person to the team leaders (NJ-060)."""


@dataclass(frozen=True)
class AnswerEntry:
    """What was found at one item; ``done_at`` is when it was looked at (default: the moment of the command).

    ``evidence`` are salted hashes from the evidence store; ``lacking`` declares evidence that should be there.
    """

    item: Code
    answer: Answer
    remark: Remark = ""
    done_at: At | None = None
    place: Remark = ""
    evidence: tuple[Hash, ...] = ()
    lacking: Remark = ""


@dataclass(frozen=True)
class StartInspection(Command):
    """Begin a planned round, or one that nobody planned (then with its checklist and tier).

    Without ``version``: the one in use at that moment. ``examined`` are people who were examined on site. ``instead``
    says why somebody else makes the round that a person owes.
    """

    body: Code
    inspection: Code
    checklist: Code | None = None
    tier: Tier | None = None
    period: Period | None = None
    version: int | None = None
    companions: tuple[PersonRef, ...] = ()
    methods: tuple[CheckMethod, ...] = ()
    aspects: tuple[CheckAspect, ...] = ()
    examined: tuple[PersonRef, ...] = ()
    place: Remark = ""
    instead: Remark = ""


@dataclass(frozen=True)
class AnswerItems(Command):
    """Answer one item or several of an inspection that was begun; all of them or none."""

    body: Code
    inspection: Code
    answers: tuple[AnswerEntry, ...]


@dataclass(frozen=True)
class CompleteInspection(Command):
    """Sign and complete; ``signature`` is the salted hash of a signature's picture, where there is one."""

    body: Code
    inspection: Code
    statement: Words
    signature: Hash | None = None


@dataclass(frozen=True)
class RecordRound(Command):
    """A whole round at once, as from a tablet that was off line: begun, answered, signed; all of it or none."""

    body: Code
    inspection: Code
    started_at: At
    answers: tuple[AnswerEntry, ...]
    statement: Words
    checklist: Code | None = None
    tier: Tier | None = None
    period: Period | None = None
    version: int | None = None
    companions: tuple[PersonRef, ...] = ()
    methods: tuple[CheckMethod, ...] = ()
    aspects: tuple[CheckAspect, ...] = ()
    examined: tuple[PersonRef, ...] = ()
    place: Remark = ""
    signature: Hash | None = None
    instead: Remark = ""


@dataclass(frozen=True)
class InspectionStarted(Event):
    """``instead_of`` owed the round that others make, and ``instead_because`` is why."""

    KIND = "inspection-started.1"
    checklist: str
    version: int
    tier: str
    period: str | None
    items: tuple[RoundItem, ...]
    inspectors: tuple[str, ...]
    methods: tuple[str, ...]
    aspects: tuple[str, ...]
    examined: tuple[str, ...]
    place: str
    started_at: str
    instead_of: str | None = None
    instead_because: str = ""


@dataclass(frozen=True)
class Failure:
    """A finding: where it is, what was asked for there, and the hazard that it becomes by policy."""

    unit: str
    what: str
    risk: str | None
    control: str | None
    hazard: str

    def __str__(self) -> str:
        return f"{self.hazard} {self.what}"


@dataclass(frozen=True)
class ItemAnswered(Event):
    KIND = "item-answered.1"
    item: str
    answer: str
    remark: str
    evidence: tuple[str, ...]
    lacking: str
    place: str
    done_at: str
    answered_by: tuple[str, ...]
    failure: Failure | None


@dataclass(frozen=True)
class InspectionCompleted(Event):
    """``days_late`` counts from the plan's last day to the day on which it was completed.

    ``duties`` are those of the tier's monthly check that it answers, where a rule obliges the body to it (NJ-060).
    """

    KIND = "inspection-completed.1"
    signed_by: tuple[str, ...]
    statement: str
    signature: str | None
    passed: int
    failed: int
    not_applicable: int
    not_looked_at: int
    plan: RoundPlan | None
    days_late: int
    completed_at: str
    duties: tuple[str, ...] = ()


def started(
    command: StartInspection | RecordRound, at: Moment, state: Inspection, facts: Facts
) -> InspectionStarted:
    """Refuses what contradicts the plan, a version not there yet, a day too early, and who is not of the tier.

    Somebody else's round is taken over with a reason only.
    """
    checklist, tier, period = _round(command, state.plan)
    what = Thing("inspection", command.inspection)
    if state.plan is not None and day_of(at) < state.plan.opens:
        raise NotYetOpen(what=what, opens=state.plan.opens, day=day_of(at))
    held = facts.of(CHECKLIST, command.body, checklist)
    if not held.versions:
        raise UnknownThing(kind=Term("checklist"), code=checklist, body=command.body)
    there = held.version_at(at)
    version = there if command.version is None else command.version
    if not 1 <= version <= there:
        raise NoSuchVersion(what=Thing("checklist", checklist), version=version, at=at)
    items = round_items(held.items(version), tier, period)
    if not items:
        shown = Term(period) if period else "—"
        raise NothingToCheck(what=Thing("checklist", checklist), tier=Term(tier), period=shown)
    need_person(facts, command.body, *command.companions, *command.examined)
    need_tier(facts, command.body, tier, facts.by, day_of(at))
    inspectors = tuple(dict.fromkeys((*facts.actors, *command.companions)))
    owed_by = None if state.plan is None or state.plan.owed_by in inspectors else state.plan.owed_by
    if owed_by is not None and not command.instead.strip():
        raise OwedByAnother(what=what, person=owed_by, by=facts.by)
    return InspectionStarted(
        checklist,
        version,
        tier,
        period,
        items,
        inspectors,
        tuple(dict.fromkeys(command.methods)),
        tuple(dict.fromkeys(command.aspects)),
        tuple(dict.fromkeys(command.examined)),
        command.place,
        at,
        owed_by,
        "" if owed_by is None else command.instead,
    )


def _round(command: StartInspection | RecordRound, plan: RoundPlan | None) -> tuple[str, str, str | None]:
    """Checklist, tier and period: those of the plan, which the command may repeat but not change."""
    what = Thing("inspection", command.inspection)
    if plan is None:
        missing = [Term(name) for name in ("checklist", "tier") if getattr(command, name) is None]
        if command.checklist is None or command.tier is None:
            raise Incomplete(what=what, missing=missing)
        return command.checklist, command.tier, command.period
    for given, planned in (
        (command.checklist, plan.checklist),
        (command.tier, plan.tier),
        (command.period, plan.period),
    ):
        if given is not None and given != planned:
            raise Unfit(given=given, what=what, allowed=[planned])
    return plan.checklist, plan.tier, plan.period


def answered(command: AnswerItems | RecordRound, state: Inspection, facts: Facts) -> list[ItemAnswered]:
    """Refuses whoever is not on the round, unknown items, an item answered already, a reason or a finding left out."""
    what = Thing("inspection", command.inspection)
    if facts.by not in state.inspectors:
        raise NotOnRound(person=facts.by, what=what, inspectors=list(state.inspectors))
    if not command.answers:
        raise Incomplete(what=what, missing=[Term("checklist_item")])
    checklist = facts.of(CHECKLIST, command.body, state.checklist)
    texts = {one.item: one.what for one in checklist.items(state.version)}
    said: dict[str, str] = dict(state.answers)
    events: list[ItemAnswered] = []
    for entry in command.answers:
        held = state.items.get(entry.item)
        code = f"{state.checklist}/{entry.item}"
        if held is None:
            raise UnknownThing(kind=Term("checklist_item"), code=code, body=command.body)
        if entry.item in said:
            raise AlreadyAnswered(what=what, item=entry.item, answer=Term(said[entry.item]))
        if entry.answer != "pass" and not entry.remark.strip():
            raise Incomplete(what=Thing("checklist_item", code), missing=[Term("reason")])
        at = facts.at if entry.done_at is None else parse_moment(entry.done_at)
        if not state.started_at <= at <= facts.at:
            raise OutsideRound(item=entry.item, at=at, since=state.started_at, until=facts.at)
        said[entry.item] = entry.answer
        failure = None
        if entry.answer == "fail":
            failure = failure_of(command.inspection, held, texts[entry.item])
        events.append(
            ItemAnswered(
                entry.item,
                entry.answer,
                entry.remark,
                tuple(dict.fromkeys(entry.evidence)),
                entry.lacking,
                entry.place,
                at,
                facts.actors,
                failure,
            )
        )
    return events


def failure_of(inspection: str, held: RoundItem, text: str) -> Failure:
    """The finding of a failed item; its hazard's code follows from the inspection and the item alone."""
    hazard = code_from("YH", inspection, held.item, most=64)
    return Failure(held.unit, text, held.risk, held.control, hazard)


def completed(
    command: CompleteInspection | RecordRound, state: Inspection, facts: Facts
) -> InspectionCompleted:
    """Refuses whoever is not on the round, and one with items that nobody answered."""
    what = Thing("inspection", command.inspection)
    if facts.by not in state.inspectors:
        raise NotOnRound(person=facts.by, what=what, inspectors=list(state.inspectors))
    open_items = [item for item in state.items if item not in state.answers]
    if open_items:
        raise ItemsOpen(what=what, count=len(open_items), items=open_items[:20])
    if facts.at < state.last_at:
        raise BeforePredecessor(what=what, previous=state.last_at, at=facts.at)
    count = Counter(state.answers.values())
    return InspectionCompleted(
        facts.actors,
        command.statement,
        command.signature,
        count["pass"],
        count["fail"],
        count["not_applicable"],
        count["not_looked_at"],
        state.plan,
        0 if state.plan is None else days_late(state.plan.due, day_of(facts.at)),
        facts.at,
        _monthly(command.body, state, facts),
    )


def _monthly(body: str, state: Inspection, facts: Facts) -> tuple[str, ...]:
    """The open duties of the month that this answers: each inspector's own as leader of the tier, and the tier's."""
    role, day = MONTHLY.get(state.tier), day_of(facts.at)
    if role is None:
        return ()
    roles = facts.of(ROLES, body)
    leaders = [person for person in state.inspectors if role in roles.held(person, day)]
    if not leaders:
        return ()
    duties = [duty_code(MONTHLY_RULE, subject, day[:7]) for subject in (*leaders, role)]
    return tuple(duty for duty in duties if facts.of(DUTY, body, duty).is_open)


def begun_at(command: RecordRound, facts: Facts) -> Moment:
    """When the round of the tablet began; refused when after its end."""
    at = parse_moment(command.started_at)
    if at > facts.at:
        raise InTheFuture(at=at, now=facts.at)
    return at
