"""Runs the policies: what was recorded in one stream becomes commands to others, each exactly once.

The journal's ids make it exactly once; the stored position only saves repeated work. So several processes may run
policies at the same time, and a crash anywhere is made good by the next run.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Protocol

from adapters.journal.journal import EventJournal
from adapters.positions import Positions
from domain.engine import Answer, Order
from domain.logbook import NotePolicyRefusal
from domain.policies import NAMESPACE, Policy, command_id
from domain.records import Record
from domain.refused import Refused

PAGE = 500
"""Records read at once; a policy's position is stored after each page."""
ROUNDS = 8
"""How often one run starts over because policies woke each other; what then still waits is done by the next run."""


class Submits(Protocol):
    """The engine, or whatever stands before it."""

    def submit(self, order: Order) -> Answer: ...


def run_policies(
    engine: Submits, journal: EventJournal, positions: Positions, policies: Iterable[Policy]
) -> int:
    """Let every policy react to what was recorded since its position; returns how many orders recorded something.

    A refused command is written down (``PolicyRefused``) for a person to look at, and the policy goes on. Raises
    ``FaultError`` where journal or positions cannot serve; nothing is lost by that. A command with nothing to record
    takes no id: a policy must ask only for what stays so, for it may ask again when positions were lost.
    """
    policies = tuple(policies)
    total = 0
    for _ in range(ROUNDS):
        head = journal.head().size
        new = _once(engine, journal, positions, policies, head)
        total += new
        if not new:
            break
    return total


def _once(
    engine: Submits, journal: EventJournal, positions: Positions, policies: tuple[Policy, ...], head: int
) -> int:
    """Every policy up to the head: over one page of the log where that holds all that is new to any of them."""
    done = positions.these([one.name for one in policies])
    behind = [one for one in policies if done[one.name] < head]
    if not behind:
        return 0
    kinds = tuple(dict.fromkeys(kind for one in behind for kind in one.kinds))
    page = journal.records(min(done[one.name] for one in behind), PAGE, kinds, until=head)
    if len(page) == PAGE:
        return sum(_run(engine, journal, positions, one, head) for one in behind)
    new = 0
    for policy in behind:
        for record in page:
            if record.position > done[policy.name] and record.kind in policy.kinds:
                new += sum(_react(engine, journal, order) for order in _orders(policy, record))
    positions.advance_these([one.name for one in behind], head)
    return new


def submit_noting(engine: Submits, order: Order) -> bool:
    """Give an order of the machine; whether anything new was recorded.

    A refused one is written down once, under an id that follows from the order's, with the policy's name (``clock`` for
    the clock's own) and the position of its cause (0 where there is none). Raises ``FaultError``.
    """
    try:
        answer = engine.submit(order)
    except Refused as refusal:
        answer = engine.submit(_note(order, refusal))
    return bool(answer.records) and not answer.repeated


def _run(engine: Submits, journal: EventJournal, positions: Positions, policy: Policy, head: int) -> int:
    """One policy up to a position of the log that is known to stand."""
    done = positions.of(policy.name)
    new = 0
    while done < head:
        page = journal.records(done, PAGE, policy.kinds, until=head)
        for record in page:
            new += sum(_react(engine, journal, order) for order in _orders(policy, record))
        done = page[-1].position if len(page) == PAGE else head
        positions.advance(policy.name, done)
    return new


def _orders(policy: Policy, record: Record) -> list[Order]:
    return [
        Order(
            command=command,
            by="policy",
            id=command_id(policy.name, record.position, target),
            content=b"",
            at=record.happened_at,
            auth="policy",
            caused_by=record.position,
            source=policy.name,
        )
        for target, command in policy.react(record)
    ]


def _react(engine: Submits, journal: EventJournal, order: Order) -> bool:
    """Give a policy's order unless it was answered or refused before: its first outcome is the only one."""
    if journal.answered(order.id) is not None or journal.answered(_refusal_id(order)) is not None:
        return False
    return submit_noting(engine, order)


def _refusal_id(order: Order) -> str:
    return str(uuid.uuid5(NAMESPACE, f"refused\n{order.id}"))


def _note(order: Order, refusal: Refused) -> Order:
    position = order.caused_by or 0
    note = NotePolicyRefusal(
        policy=order.source or order.by,
        position=position,
        command=type(order.command).__name__,
        refused=refusal.name,
        because=f"{refusal.because('zh')} / {refusal.because('en')}",
    )
    return Order(
        command=note,
        by=order.by,
        id=_refusal_id(order),
        content=b"",
        auth=order.auth,
        caused_by=order.caused_by,
        source=order.source,
    )
