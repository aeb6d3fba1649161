"""The journal in PostgreSQL: for several machines and processes, with append-only held by the server's privileges.

One function in the server does a whole append under the lock of the one-row head, in one round trip; see
``postgres.sql``. Nothing is made or contacted before it is needed, and only an append makes a journal.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from eventsourcing import persistence
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.postgres import PostgresFactory as LibraryFactory
from sqlalchemy import URL, make_url

from adapters.journal.blind import blind_row
from adapters.journal.packed import Head, Outcome, PackedDraft, Stored, StoredRow
from adapters.journal.packed import Lost, Taken
from adapters.seal.tree import EMPTY_ROOT
from domain.language import Moment
from domain.records import Key
from domain.refused import InDoubtError, JournalUnavailableError
