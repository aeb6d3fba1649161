"""An authority's inspection as the enterprise sees it: who came, what they found, what they ordered, and the answer.

A sector department or sub-district inspects by its own schedule or by a draw (YT Art. 35, 36) and orders by a day what
is to be put right, also a missing one of the six artefacts (YT Art. 37). The order is a duty of the main responsible
person; each finding becomes a hazard; the answer is late or not for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.bodies import need_body
from domain.check_periods import code_from
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import (
    Code,
    Command,
    Day,
    DayOf,
    Event,
    Hash,
    Title,
    Words,
    but,
    day_of,
    days_late,
)
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    DeadlineInThePast,
    Incomplete,
    NothingToDecide,
    OutOfTurn,
    UnknownThing,
)
from domain.rulebook import Rulebook
from domain.units import need_unit

VisitKind = Literal["scheduled", "drawn", "on_report", "follow_up"]
"""By its schedule, by a double random draw, because somebody reported, to look at what was ordered."""
Authority = Literal["sector_department", "sub_district", "district_bureau"]
Artefact = Literal[
    "control_rules", "risk_list", "post_cards", "notice_board", "colour_map", "comparison_chart"
]
"""The six artefacts of YT Art. 22 whose lack is ordered to be put right (YT Art. 37)."""


@dataclass(frozen=True)
class VisitFinding:
    """One thing that they found: at which unit, and which artefact is missing, where it is one."""

    finding: Code
    unit: Code
    title: Title
    found: Words
    artefact: Artefact | None = None


@dataclass(frozen=True)
class RecordVisit(Command):
    """Write down an authority's inspection; with ``order_due`` it ordered what is found to be put right by that day.

    ``interviewed``: the main responsible person was interviewed (YT Art. 37); ``order`` is the paper's salted hash.
    """

    body: Code
    visit: Code
    authority: Authority
    name: Title
    kind: VisitKind
    report: Words
    findings: tuple[VisitFinding, ...] = ()
    order_due: DayOf | None = None
    order: Hash | None = None
    interviewed: bool = False


@dataclass(frozen=True)
class AnswerVisit(Command):
    """Report to the authority what was put right; it answers the duty of the order."""

    body: Code
    visit: Code
    answer: Words
    evidence: tuple[Hash, ...] = ()


@dataclass(frozen=True)
class VisitedFinding:
    finding: str
    unit: str
    title: str
    found: str
    artefact: str | None
    hazard: str

    def __str__(self) -> str:
        return f"{self.hazard} {self.title}"


@dataclass(frozen=True)
class VisitRecorded(Event):
    KIND = "visit-recorded.1"
    authority: str
    name: str
    kind: str
    report: str
    findings: tuple[VisitedFinding, ...]
    order_due: str | None
    evidence: tuple[str, ...]
    interviewed: bool


@dataclass(frozen=True)
class VisitAnswered(Event):
    """``days_late`` counts from the day that the authority ordered, None where it ordered none."""

    KIND = "visit-answered.1"
    answer: str
    evidence: tuple[str, ...]
    order_due: str
    days_late: int


VisitCommand = RecordVisit | AnswerVisit
VisitEvent = VisitRecorded | VisitAnswered


@dataclass(frozen=True)
class Visit:
    step: str = "unknown"
    order_due: Day = ""


def evolve(state: Visit, event: VisitEvent) -> Visit:
    match event:
        case VisitRecorded():
            return but(state, step="visited", order_due=event.order_due or "")
        case VisitAnswered():
            return but(state, step="visit_answered")


def decide(command: VisitCommand, state: Visit, facts: Facts, rules: Rulebook) -> list[Event]:
    """Refuses a code taken, an order without findings or before its own day, and an answer to no order."""
    need_body(facts, command.body)
    what = Thing("visit", command.visit)
    if isinstance(command, RecordVisit):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("visit"), code=command.visit, body=command.body)
        return [_recorded(command, facts)]
    if state.step == "unknown":
        raise UnknownThing(kind=Term("visit"), code=command.visit, body=command.body)
    if state.step == "visit_answered":
        needs = [Term("visited")]
        raise OutOfTurn(what=what, step=Term(state.step), command="AnswerVisit", needs=needs)
    if not state.order_due:
        raise NothingToDecide(what=what, part=Term("order_of_authority"))
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    evidence, late = tuple(dict.fromkeys(command.evidence)), days_late(state.order_due, day_of(facts.at))
    return [VisitAnswered(command.answer, evidence, state.order_due, late)]


def _recorded(command: RecordVisit, facts: Facts) -> VisitRecorded:
    what = Thing("visit", command.visit)
    if command.order_due is not None:
        if not command.findings:
            raise Incomplete(what=what, missing=[Term("findings")])
        if command.order_due < day_of(facts.at):
            raise DeadlineInThePast(due=command.order_due, day=day_of(facts.at))
    found: list[VisitedFinding] = []
    for one in command.findings:
        if any(one.finding == other.finding for other in found):
            raise AlreadySo(what=Thing("finding", one.finding))
        need_unit(facts, command.body, one.unit)
        hazard = code_from("YH", command.visit, one.finding, most=64)
        found.append(VisitedFinding(one.finding, one.unit, one.title, one.found, one.artefact, hazard))
    return VisitRecorded(
        command.authority,
        command.name,
        command.kind,
        command.report,
        tuple(found),
        command.order_due,
        () if command.order is None else (command.order,),
        command.interviewed,
    )


VISIT: Decider[Visit] = Decider(
    name="visit",
    initial=Visit(),
    evolve=evolve,
    decide=decide,
    events=(VisitRecorded, VisitAnswered),
    commands=(RecordVisit, AnswerVisit),
    place=lambda command: (command.body, command.visit),
    keyed=True,
)
