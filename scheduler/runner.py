"""The metronome: it beats until it is told to stop, and knows nothing of what is due.

What is due comes from the log, so a beat that was missed, late or doubled costs lateness, never an event.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from domain.refused import FaultError
from scheduler.ports import Hold, Log
from scheduler.tick import Ticked

JOB = "tick"


def run_clock(
    tick: Callable[[], Ticked], every_seconds: float, hold: Hold, stop_event: threading.Event, log: Log
) -> None:
    """Tick at once and then every so many seconds, until ``stop_event`` is set or SIGTERM or SIGINT comes.

    A tick under way is finished before it returns. A tick that meets a fault is logged and the next one tries again.
    Raises ``ClockHeldError`` where another process is the clock; anything but a fault ends the clock and is raised.
    """
    failed: list[BaseException] = []

    def beat() -> None:
        try:
            hold.renew()
            ticked = tick()
        except FaultError as fault:
            log("tick-failed", fault=fault.name, because=fault.because("en"))
        except BaseException as error:  # noqa: BLE001 - a mistake of ours: the clock stops and raises it below
            failed.append(error)
            stop_event.set()
        else:
            log("ticked", **asdict(ticked))

    with hold, _signals(stop_event):
        metronome = _metronome(beat, every_seconds)
        metronome.start()
        log("clock-started", every_seconds=every_seconds)
        try:
            while not stop_event.wait(every_seconds):
                _rouse(metronome, every_seconds)
        finally:
            metronome.shutdown(wait=True)
    log("clock-stopped")
    if failed:
        raise failed[0]


def _metronome(beat: Callable[[], None], every_seconds: float) -> Any:
    metronome = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(1)},
        timezone=dt.UTC,
    )
    metronome.add_job(
        beat,
        "interval",
        id=JOB,
        seconds=every_seconds,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=_now(),
    )
    return metronome


def _rouse(metronome: Any, every_seconds: float) -> None:
    """Beat now where the machine's clock was set back: the metronome would wait until it reads the old time again."""
    job = metronome.get_job(JOB)
    if job is not None and job.next_run_time - _now() > 2 * dt.timedelta(seconds=every_seconds):
        job.modify(next_run_time=_now())


def _now() -> dt.datetime:
    """When to beat, and nothing else: what time it is for the log comes through the ports."""
    return dt.datetime.now(dt.UTC)


@contextlib.contextmanager
def _signals(stop_event: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT stop the clock, where this thread may say so; as before afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        stop_event.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
