"""What follows from a declared work: telling each neighbour that it reaches is a duty."""

from __future__ import annotations

from domain.duty_answer import AnswerDuty
from domain.duty_ending import DropDuty, SupersedeDuty
from domain.duty_raising import RaiseDuty
from domain.language import Command, day_of
from domain.records import Record
from domain.rulebook import Citation
from domain.work_state import notice_code
from domain.work_telling import RULE, NeighbourAffected, NeighbourTold
from domain.works import WorkDeclared, WorkEnded, WorkMoved

Asked = list[tuple[str, Command]]
NOTICE_KINDS = (
    WorkDeclared.KIND,
    NeighbourAffected.KIND,
    NeighbourTold.KIND,
    WorkMoved.KIND,
    WorkEnded.KIND,
)


def neighbour_notice(record: Record) -> Asked:
    """Each neighbour is told by the last day in time; who was told answered it, and a cancelled work owes nothing."""
    body, event, work = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    match event:
        case WorkDeclared():
            terms = (event.owed_by, event.tell_by, event.citation)
            return [_raised(body, work, one, 1, *terms) for one in event.affects]
        case NeighbourAffected():
            return [_raised(body, work, event.neighbour, 1, event.owed_by, event.tell_by, event.citation)]
        case NeighbourTold():
            duty = notice_code(work, event.neighbour, event.round)
            return [(duty, AnswerDuty(body, duty, event.told_by, day_of(record.recorded_at)))]
        case WorkMoved():
            terms = (event.owed_by, event.tell_by, event.citation)
            asked: Asked = []
            for one in event.again:
                new = _raised(body, work, one.neighbour, one.round, *terms)
                old = notice_code(work, one.neighbour, one.round - 1)
                asked += [new, (old, SupersedeDuty(body, old, new[0], event.reason))]
            return asked
        case WorkEnded():
            codes = (notice_code(work, one.neighbour, one.round) for one in event.dropped)
            return [(code, DropDuty(body, code, event.ended_by, event.what)) for code in codes]
        case _:
            return []


def _raised(
    body: str, work: str, neighbour: str, round_: int, owed_by: str, due: str, citation: Citation | None
) -> tuple[str, Command]:
    duty = notice_code(work, neighbour, round_)
    raised = RaiseDuty(
        body, duty, RULE, "work", work, owed_by, due, citation, owed_as="role", follows_record=True
    )
    return duty, raised
