"""Group commit: threads that append at the same moment share one transaction and one flush to disk.

The first to come leads: it commits what waits, answers everybody in the group after the commit, and hands the lead to
the next one waiting. A loser loses alone: its conditions are checked apart from the others'.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from adapters.journal.packed import Outcome, PackedDraft, compatible

MOST = 64
"""Drafts in one transaction: enough to hide the flush, few enough that nobody waits long for the others' work."""


class _Slot:
    __slots__ = ("draft", "woken", "outcome", "fault", "leads")

    def __init__(self, draft: PackedDraft) -> None:
        self.draft = draft
        self.woken = threading.Lock()
        self.woken.acquire()
        self.outcome: Outcome | None = None
        self.fault: BaseException | None = None
        self.leads = False


class GroupCommit:
    """Collects drafts of many threads and commits them in groups through ``commit``."""

    def __init__(self, commit: Callable[[Sequence[PackedDraft]], list[Outcome]], most: int = MOST) -> None:
        self._commit = commit
        self._most = most
        self._mutex = threading.Lock()
        self._waiting: list[_Slot] = []
        self._led = False

    def submit(self, draft: PackedDraft) -> Outcome:
        """Commit the draft, with others where they come together; raises what the commit raised."""
        slot = _Slot(draft)
        with self._mutex:
            self._waiting.append(slot)
            if not self._led:
                self._led = slot.leads = True
        if not slot.leads:
            slot.woken.acquire()
        if slot.leads:
            self._lead()
        if slot.fault is not None:
            raise slot.fault
        assert slot.outcome is not None
        return slot.outcome

    def _lead(self) -> None:
        """Commit one group (the leader's own draft is its oldest, so it is in it) and pass the lead on."""
        with self._mutex:
            slots = {id(slot.draft): slot for slot in self._waiting}
            group, _ = compatible((slot.draft for slot in self._waiting), self._most)
            chosen = [slots[id(draft)] for draft in group]
            members = {id(draft) for draft in group}
            self._waiting = [slot for slot in self._waiting if id(slot.draft) not in members]
        try:
            self._settle(chosen)
        finally:
            with self._mutex:
                if self._waiting:
                    self._waiting[0].leads = True
                    self._waiting[0].woken.release()
                else:
                    self._led = False
            for slot in chosen:
                if not slot.leads:
                    slot.woken.release()

    def _settle(self, chosen: list[_Slot]) -> None:
        try:
            for slot, outcome in zip(chosen, self._commit([slot.draft for slot in chosen]), strict=True):
                slot.outcome = outcome
        except BaseException as fault:
            for slot in chosen:
                slot.fault = fault
            if not isinstance(fault, Exception):
                raise
