"""A process of its own for the tests: ``python -m tests.scheduling.worker WHAT …`` says lines and obeys lines."""

import dataclasses
import itertools
import json
import sys
import threading
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from adapters.holder import FileHolder, Holder, PostgresHolder
from adapters.journal.wallclock import wall_clock
from domain.duties import DUTY, decide
from domain.index import DECIDERS
from domain.refused import ClockHeldError
from scheduler import planner
from scheduler.runner import run_clock
from scheduler.tick import Ticked
from tests.scheduling.rig import World

SINCE = "2026-07-01T00:00:00.000000Z"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")  # in one piece: the clock's two threads both speak
    sys.stdout.flush()


def holder(kind: str, where: str) -> Holder:
    return FileHolder(where, lambda: SINCE) if kind == "file" else PostgresHolder(where, lambda: SINCE)


def hold(kind: str, where: str) -> None:
    """Hold the clock until a line comes (or until killed)."""
    try:
        with holder(kind, where):
            say("held")
            sys.stdin.readline()
    except ClockHeldError as held:
        say(held.because("en"))


def tick_at_once(folder: str, moment: str) -> None:
    """Tick, each time a line comes, over the same files as others; answers what was new."""
    process = World.on_file(Path(folder), moment).process()
    say("ready")
    while sys.stdin.readline():
        ticked = process.tick()
        say(json.dumps([ticked.policies, ticked.fell_due, ticked.overdue, ticked.away]))


def run(where: str) -> None:
    """The clock as a service, until a signal stops it; its ticks only say that they were."""

    def tick() -> Ticked:
        say("tick")
        return Ticked(wall_clock(), 0)

    run_clock(tick, 3600, FileHolder(where, wall_clock), threading.Event(), lambda event, /, **_: say(event))
    say("ended")


def loop(folder: str, moment: str, how: str) -> None:
    """Tick again and again; says when it is at work, and when a whole tick recorded nothing new.

    ``bare`` takes away what protects: the ids that say what is said, and the duty's own memory of it.
    """
    more: dict[str, Any] = {}
    if how == "bare":
        planner.clock_id = lambda *_: str(uuid.uuid4())
        more["deciders"] = [
            dataclasses.replace(one, decide=forgetful) if one is DUTY else one for one in DECIDERS
        ]
    process = World.on_file(Path(folder), moment).process(**more)
    given = itertools.count(1)

    def work() -> None:
        if next(given) % 10 == 0:
            say("at work")

    process.before_submit = work
    for _ in range(3 if how == "bare" else 1000):
        ticked = process.tick()
        say("nothing new" if ticked.fell_due + ticked.overdue == 0 else "ticked")
    say("nothing new")


def forgetful(command: Any, state: Any, facts: Any, rules: Any) -> list[Any]:
    """The duty without its own memory of what the clock has said."""
    return decide(command, dataclasses.replace(state, fell_due="", overdue=""), facts, rules)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        {"hold": hold, "tick": tick_at_once, "run": run, "loop": loop}[sys.argv[1]](*sys.argv[2:])
