"""Ctrl-C at any place of a group commit loses nothing, tells nobody what is not so, and holds nobody else up."""

from __future__ import annotations

import dis
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from adapters.journal import group as groups
from adapters.journal.group import GroupCommit
from adapters.journal.packed import Outcome, PackedDraft, Stored
from domain.refused import InDoubtError
from tests.adapting.test_journal_contract import packed

WAIT = 5
"""Seconds after which somebody who still waits waits for ever; far more than any of these takes."""


STOPS = ("CALL", "JUMP_BACKWARD")
"""How the instructions begin after which Python looks whether a signal came; it also looks where a function begins."""


@cache
def instructions(code: Any) -> dict[int, str]:
    return {one.offset: one.opname for one in dis.get_instructions(code)}


class Interrupting:
    """Raises Ctrl-C at the n-th place in the module at which Python would, in this thread and once."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.seen = 0
        self.where: int | None = None
        self._before: dict[Any, str] = {}

    def __call__(self, frame: Any, event: str, _: object) -> Any:
        if frame.f_code.co_filename != groups.__file__ or self.where is not None:
            return None
        if event == "call":
            frame.f_trace_lines, frame.f_trace_opcodes = False, True
        if event == "opcode":
            before = self._before.get(frame, "CALL")
            self._before[frame] = instructions(frame.f_code)[frame.f_lasti]
            self.seen += before.startswith(STOPS)
            if before.startswith(STOPS) and self.seen == self.at:
                self.where = frame.f_lineno
                raise KeyboardInterrupt
        return self


class Held:
    """A commit that waits until it may go on, and notes what it committed."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun, self.go = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, drafts: Sequence[PackedDraft]) -> list[Outcome]:
        self.begun.release()
        assert self.go.acquire(timeout=WAIT)
        ids = [str(one.command_id) for one in drafts]
        self.done += ids
        return [Stored(1, 1, one) for one in ids]


def interrupted(at: int) -> tuple[Interrupting, Held, dict[str, object], list[threading.Thread], GroupCommit]:
    """While one commits, four more queue, three of whom go together; Ctrl-C strikes the first of these."""
    held, trace, ends = Held(), Interrupting(at), dict[str, object]()
    group = GroupCommit(held, most=3)
    threads: list[threading.Thread] = []

    def submit(name: str, hook: Callable[..., Any] | None) -> None:
        draft = packed(f"stream-{name}", id=name)

        def run() -> None:
            sys.settrace(hook)
            try:
                ends[name] = group.submit(draft)
            except BaseException as fault:  # noqa: BLE001 - whatever it is, the test looks at it
                ends[name] = fault
            finally:
                sys.settrace(None)

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        while name not in ends and all(one.draft is not draft for one in list(group._waiting)):
            if held.begun._value:  # type: ignore[attr-defined]  # the first one commits already
                break

    submit("first", None)
    assert held.begun.acquire(timeout=WAIT)
    submit("struck", trace)
    for name in ("b", "c", "d"):
        submit(name, None)
    for _ in range(8):
        held.go.release()
    return trace, held, ends, threads, group


def test_ctrl_c_at_any_place_loses_nothing_and_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "GATHER_SECONDS", 0.0)
    lines: set[int] = set()
    for at in range(1, 400):
        trace, held, ends, threads, group = interrupted(at)
        for thread in threads:
            thread.join(WAIT)
        assert not any(thread.is_alive() for thread in threads), f"line {trace.where}: {ends}"
        assert len(held.done) == len(set(held.done))
        told = {name for name, end in ends.items() if isinstance(end, Stored)}
        assert told <= set(held.done), f"line {trace.where}"
        for name, end in ends.items():
            kinds = (Stored, InDoubtError, KeyboardInterrupt) if name == "struck" else (Stored, InDoubtError)
            assert isinstance(end, kinds), f"line {trace.where}: {name} {end!r}"
            if isinstance(end, InDoubtError):
                assert name in {"b", "c"}, f"line {trace.where}: {name} was not of that group"
        assert (group._leader, group._waiting) == (None, []), f"line {trace.where}"
        assert group.submit(packed("later", id=f"later-{at}")) == Stored(1, 1, f"later-{at}")
        if trace.where is None:
            break
        lines.add(trace.where)
    else:
        raise AssertionError("it did not end")
    assert len(lines) > 30
