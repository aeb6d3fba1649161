"""Group commit: threads that append at the same moment share one transaction and one flush to disk.

The first to come leads: it commits what waits, answers everybody in the group after the commit, and hands the lead to
the next one waiting. A loser loses alone: its conditions are checked apart from the others'.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from adapters.journal.packed import Outcome, PackedDraft, compatible
from domain.refused import InDoubtError

MOST = 64
"""Drafts in one transaction: enough to hide the flush, few enough that nobody waits long for the others' work."""
GATHER = 0.5
"""How long a leader waits for those just answered to come again, as a part of what the last commit took ..."""
GATHER_SECONDS = 0.005
"""... and at most, for a commit may have been held up by others."""


class _Slot:
    __slots__ = ("draft", "fault", "gone", "group", "next", "outcome", "woken")

    def __init__(self, draft: PackedDraft) -> None:
        self.draft = draft
        self.woken = threading.Lock()
        self.woken.acquire()
        self.outcome: Outcome | None = None
        self.fault: BaseException | None = None
        self.group: list[_Slot] = []
        self.next: _Slot | None = None
        """Whom this one wakes when it was woken itself; known once both have their outcome."""
        self.gone = False


class GroupCommit:
    """Collects drafts of many threads and commits them in groups through ``commit``."""

    def __init__(self, commit: Callable[[Sequence[PackedDraft]], list[Outcome]], most: int = MOST) -> None:
        self._commit = commit
        self._most = most
        self._mutex = threading.Lock()
        self._waiting: list[_Slot] = []
        self._leader: _Slot | None = None
        self._hoped = 0
        self._gather_until = 0.0
        self._wanted = 0
        self._enough = threading.Lock()
        self._enough.acquire()

    def submit(self, draft: PackedDraft) -> Outcome:
        """Commit the draft, with others where they come together; raises what the commit raised."""
        slot = _Slot(draft)
        try:
            with self._mutex:
                self._waiting.append(slot)
                if self._leader is None:
                    self._leader = slot
                elif self._wanted and len(self._waiting) >= self._wanted:
                    self._wanted = 0
                    self._enough.release()
            if self._leader is not slot:
                slot.woken.acquire()
                self._wake(slot.next)
            if slot.outcome is None and slot.fault is None:
                self._lead(slot)
        except BaseException:
            # Interrupted (Ctrl-C) while waiting or leading: the others must not wait for this thread.
            with self._mutex:
                if slot in self._waiting:
                    self._waiting.remove(slot)
                # Whoever waits still was chosen and not yet taken: it is in no doubt, and may lead next.
                slot.group = [one for one in slot.group if one not in self._waiting]
                slot.gone = True
            self._finish(slot)
            self._wake(slot.next)
            raise
        if slot.fault is not None:
            raise slot.fault
        assert slot.outcome is not None
        return slot.outcome

    def _lead(self, slot: _Slot) -> None:
        """Commit one group (the leader's own draft is its oldest, so it is in it) and pass the lead on."""
        self._gather()
        with self._mutex:
            members, _ = compatible((one.draft for one in self._waiting), self._most)
            chosen = {id(draft) for draft in members}
            slot.group = [one for one in self._waiting if id(one.draft) in chosen]
            self._waiting = [one for one in self._waiting if id(one.draft) not in chosen]
        began = time.perf_counter()
        try:
            self._settle(slot.group)
        finally:
            ended = time.perf_counter()
            self._gather_until = ended + min((ended - began) * GATHER, GATHER_SECONDS)
            self._hoped = min(self._most, len(slot.group) + len(self._waiting))
            self._finish(slot)

    def _gather(self) -> None:
        """Wait a little for as many as there were a moment ago: a larger group costs hardly more than a small one."""
        with self._mutex:
            if len(self._waiting) >= self._hoped:
                return
            left = self._gather_until - time.perf_counter()
            if left <= 0:
                return
            self._wanted = self._hoped
        self._enough.acquire(timeout=left)
        with self._mutex:
            if not self._wanted:
                self._enough.acquire(blocking=False)  # they came just when the time was over
            self._wanted = 0

    def _settle(self, group: list[_Slot]) -> None:
        try:
            for slot, outcome in zip(group, self._commit([slot.draft for slot in group]), strict=True):
                slot.outcome = outcome
        except Exception as fault:  # noqa: BLE001 - whatever it is, every member hears of it
            for slot in group:
                slot.fault = fault

    def _finish(self, slot: _Slot) -> None:
        """Hand the lead on and wake the group. What an interruption left undone is done at the second call."""
        with self._mutex:
            if self._leader is slot:
                self._wanted = 0
                self._enough.acquire(blocking=False)
                self._leader = self._waiting[0] if self._waiting else None
                if self._leader is not None:
                    self._leader.woken.release()
        following: _Slot | None = None
        for one in reversed(slot.group):
            if one is not slot:
                if one.outcome is None and one.fault is None:
                    one.fault = InDoubtError(where="", id=one.draft.command_id)
                one.next, following = following, one
        self._wake(following)
        slot.group = []

    def _wake(self, one: _Slot | None) -> None:
        """Wake one of a group that has its outcome, who wakes the next, and so on.

        Woken all at once they would only stand in each other's way: one of them runs at a time. Whoever was woken
        before is none the worse for it, and whoever is gone is passed over.
        """
        if one is None:
            return
        with self._mutex:
            while one is not None and one.gone:
                one = one.next
            if one is not None and one.woken.locked():
                one.woken.release()
