"""What a question needs before it may be asked."""

from __future__ import annotations

from adapters.verbs.frame import Frame
from domain.refused import NoJournalError


def need_journal(frame: Frame) -> None:
    """Refuse to ask a database that does not exist; a question never makes one."""
    if not frame.app.ledger.exists():
        raise NoJournalError(where=frame.app.ledger.name)
    frame.app.ledger.head()  # a foreign, newer or broken file is told before anything is made beside it
