"""What another process does in these tests: the first argument says what, and it talks in lines with its parent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table

from adapters.journal.journal import EventJournal
from adapters.journal.sqlite import open_sqlite
from adapters.projector import reading, stepping
from adapters.projector.generations import GENERATIONS, Generation
from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.records import Record
from tests.projecting.plant import TALLY, Plant, count


def say(word: str) -> None:
    print(word, flush=True)


def heard() -> str:
    return sys.stdin.readline().strip()


class Meeting(EventJournal):
    """Says what it has read before anything is written, once, and waits for the word to go on."""

    met = False

    def records(self, *args: Any, **kwargs: Any) -> list[Record]:
        found = super().records(*args, **kwargs)
        if not self.met:
            self.met = True
            say("read")
            heard()
        return found


def unguarded(connection: Connection, held: Generation, position: int, leaf: bytes, at: str) -> bool:
    """The control: moves the position whatever it was."""
    mine = GENERATIONS.c.name == held.name
    connection.execute(GENERATIONS.update().where(mine).values(position=position, leaf=leaf))
    return True


def torn(connection: Connection, held: Generation, *rest: Any) -> bool:
    """The control: the position is durable before the rows are."""
    done = _advance(connection, held, *rest)
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    return done


_advance = stepping.advance


def follow(path: str, control: str) -> None:
    """Follow to the head, after meeting the others."""
    if control == "unguarded":
        stepping.advance = unguarded  # type: ignore[assignment]  # the control
    Projector(Meeting(open_sqlite(path), str), open_views(path), [TALLY]).follow()
    say("done")


def stall(path: str, control: str) -> None:
    """Write a batch, and stand still before it is committed."""
    batches = iter(range(1_000))
    reading.MOST = 50

    def apply(records: Sequence[Record], connection: Connection, table: Table) -> None:
        if next(batches) == 2:
            if control == "torn":
                say("in a batch")
                heard()
            count(records, connection, table)
            say("in a batch")
            heard()
        count(records, connection, table)

    if control == "torn":
        stepping.advance = torn
    Projector(EventJournal(open_sqlite(path), str), open_views(path), [replace(TALLY, apply=apply)]).follow()


def fill(path: str, first: str) -> None:
    """Append while others follow."""
    plant = Plant(lambda clock: open_sqlite(path, clock))
    plant.fill(200, int(first))
    say("done")


if __name__ == "__main__":
    {"follow": follow, "stall": stall, "fill": fill}[sys.argv[1]](*sys.argv[2:])
