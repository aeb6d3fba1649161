"""The metronome: beats at once and again, survives faults and a clock set back, and stops when told."""

import datetime as dt
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from adapters.holder import FileHolder, LoneHolder
from domain.refused import ClockHeldError, JournalUnavailableError
from scheduler import runner
from scheduler.runner import run_clock
from scheduler.tick import Ticked
from tests.scheduling.children import started
from tests.scheduling.worker import SINCE

DONE = Ticked(SINCE, 7)


class Log:
    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, event: str, /, **values: object) -> None:
        self.said.append((event, values))

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.said]


class Ticks:
    """Counts, fails where told, and stops the clock after so many."""

    def __init__(self, stop: threading.Event, most: int, *failures: Exception) -> None:
        self.count = 0
        self._stop = stop
        self._most = most
        self._failures = list(failures)

    def __call__(self) -> Ticked:
        self.count += 1
        if self.count == self._most:
            self._stop.set()
        if self._failures:
            raise self._failures.pop(0)
        return DONE


def lone() -> LoneHolder:
    return LoneHolder(lambda: SINCE)


def test_it_ticks_at_once() -> None:
    stop, log = threading.Event(), Log()
    ticks = Ticks(stop, 1)
    run_clock(ticks, 3600, lone(), stop, log)
    assert ticks.count == 1
    assert sorted(log.events) == ["clock-started", "clock-stopped", "ticked"]
    told = dict(log.said)["ticked"]
    assert (told["now"], told["head"], told["fell_due"]) == (SINCE, 7, 0)


def test_it_ticks_again_and_again() -> None:
    stop = threading.Event()
    ticks = Ticks(stop, 4)
    run_clock(ticks, 0.02, lone(), stop, Log())
    assert ticks.count >= 4


def test_a_tick_that_met_a_fault_is_logged_and_the_next_one_tries_again() -> None:
    stop, log = threading.Event(), Log()
    ticks = Ticks(stop, 3, JournalUnavailableError(where="db", problem="away"))
    run_clock(ticks, 0.02, lone(), stop, log)
    assert ticks.count >= 3
    assert log.events.count("tick-failed") == 1
    assert "ticked" in log.events
    assert dict(log.said)["tick-failed"]["fault"] == "JournalUnavailableError"


def test_a_mistake_of_ours_ends_the_clock_and_is_raised() -> None:
    stop = threading.Event()
    ticks = Ticks(stop, 99, ZeroDivisionError("ours"))
    with pytest.raises(ZeroDivisionError):
        run_clock(ticks, 0.02, lone(), stop, Log())
    assert ticks.count == 1


def test_ticks_never_overlap() -> None:
    stop = threading.Event()
    busy = threading.Lock()
    overlapped: list[bool] = []
    count = 0

    def slow() -> Ticked:
        nonlocal count
        overlapped.append(not busy.acquire(blocking=False))
        stop.wait(0.1)
        busy.release()
        count += 1
        if count == 3:
            stop.set()
        return DONE

    run_clock(slow, 0.02, lone(), stop, Log())
    assert not any(overlapped)


def test_a_clock_that_is_held_by_another_does_not_start(tmp_path: Path) -> None:
    place = str(tmp_path / "db")
    stop = threading.Event()
    ticks = Ticks(stop, 1)
    with FileHolder(place, lambda: SINCE), pytest.raises(ClockHeldError):
        run_clock(ticks, 3600, FileHolder(place, lambda: SINCE), stop, Log())
    assert ticks.count == 0


def test_a_clock_that_lost_its_hold_does_not_tick_until_it_has_it_again() -> None:
    stop, log = threading.Event(), Log()

    class Losing(LoneHolder):
        renewed = 0

        def renew(self) -> None:
            self.renewed += 1
            if self.renewed < 3:
                raise ClockHeldError(holder="another")

    ticks = Ticks(stop, 1)
    run_clock(ticks, 0.02, Losing(lambda: SINCE), stop, log)
    assert log.events.count("tick-failed") == 2


def test_a_clock_set_back_does_not_silence_the_metronome() -> None:
    """After a jump of a day the next beat lies a day ahead; it is called for now."""
    beaten = threading.Event()
    metronome = runner._metronome(beaten.set, 3600)
    metronome.start(paused=True)
    try:
        metronome.get_job(runner.JOB).modify(next_run_time=dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        metronome.resume()
        assert not beaten.is_set()
        runner._rouse(metronome, 3600)
        assert beaten.wait(30)
        planned = metronome.get_job(runner.JOB).next_run_time
        runner._rouse(metronome, 3600)
        assert metronome.get_job(runner.JOB).next_run_time == planned
    finally:
        metronome.shutdown()


def test_a_running_clock_looks_whether_its_metronome_was_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its next beat lies an hour ahead, far beyond what was asked for."""
    made = runner._metronome
    monkeypatch.setattr(runner, "_metronome", lambda beat, _: made(beat, 3600))
    stop = threading.Event()
    ticks = Ticks(stop, 3)
    run_clock(ticks, 0.02, lone(), stop, Log())
    assert ticks.count >= 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with started(("run", str(tmp_path / "db"))) as [child]:
        heard = {child.hear(), child.hear(), child.hear()}
        assert heard == {"clock-started", "tick", "ticked"}
        child.process.send_signal(number)
        assert [child.hear(), child.hear()] == ["clock-stopped", "ended"]
        assert child.process.wait(30) == 0
        with FileHolder(str(tmp_path / "db"), lambda: SINCE):
            pass


def test_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    stop = threading.Event()
    run_clock(Ticks(stop, 1), 3600, lone(), stop, Log())
    assert signal.getsignal(signal.SIGTERM) is before
