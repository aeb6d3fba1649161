"""Our three recorders pass the event-sourcing library's own contract suites, as its documentation asks of recorders.

They hand over states such as ``b"state"`` and versions from 0: a recorder is blind to what the journal above it checks.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from eventsourcing import popo, sqlite
from eventsourcing import postgres as library
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    InfrastructureFactoryTestCase,
    NonInterleavingNotificationIDsBaseCase,
)
from eventsourcing.utils import Environment, get_topic
from sqlalchemy import make_url

from adapters.journal.memory import MemoryFactory, MemoryLedger
from adapters.journal.postgres import PostgresFactory, PostgresLedger, open_postgres
from adapters.journal.sqlite import SqliteFactory, SqliteLedger, open_sqlite
from tests import postgres


def close(recorder: SqliteLedger | PostgresLedger) -> None:
    """Close it when the suite's threads have ended: some of them the suite leaves reading."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(20)
    recorder.close()


class InMemory:
    """Makes recorders for a suite; each of these classes is one place to keep records."""

    def create_recorder(self) -> ApplicationRecorder:
        return MemoryLedger()


class InFile(unittest.TestCase):
    def create_recorder(self) -> ApplicationRecorder:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        recorder = SqliteLedger(sqlite.SQLiteDatastore(str(folder / "x.db")))
        self.addCleanup(close, recorder)
        recorder.create_table()
        return recorder


class InOurFile(unittest.TestCase):
    """As we open it: text for ids, made when first needed."""

    def new_originator_id(self) -> UUID | str:
        return f"hazard/NJ-K01/{uuid4()}"

    def create_recorder(self) -> ApplicationRecorder:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        recorder = open_sqlite(str(folder / "x.db"))
        self.addCleanup(close, recorder)
        recorder.create_table()
        return recorder


class InPostgres(unittest.TestCase):
    """The library's way: ids of type uuid, tables beside others in the schema ``public``."""

    def create_recorder(self) -> ApplicationRecorder:
        url = self.enterContext(database())
        parsed = make_url(url)
        store = library.PostgresDatastore(
            parsed.database or "", str(parsed.query["host"]), 5432, parsed.username or "", "", pool_size=4
        )
        recorder = PostgresLedger(store, events_table_name="suite_events")
        self.addCleanup(close, recorder)
        recorder.create_table()
        return recorder


class InOurPostgres(unittest.TestCase):
    def new_originator_id(self) -> UUID | str:
        return f"hazard/NJ-K01/{uuid4()}"

    def create_recorder(self) -> ApplicationRecorder:
        recorder = open_postgres(self.enterContext(database()))
        self.addCleanup(close, recorder)
        recorder.create_table()
        return recorder


@contextlib.contextmanager
def database() -> Iterator[str]:
    yield from postgres.pg_url()


PLACES = (InMemory, InFile, InOurFile, InPostgres, InOurPostgres)


def suite(name: str, *bases: type) -> type:
    return type(name, bases, {"__module__": __name__})


class _Subscribing:
    """The suite's optional part: only recorders with subscriptions have it."""

    optional_test_insert_subscribe: Callable[..., None]

    def test_insert_subscribe(self) -> None:
        if isinstance(self, InFile | InOurFile):
            pytest.skip("the library offers no subscription on SQLite")
        self.optional_test_insert_subscribe()


for place in PLACES:
    title = f"Test{place.__name__}"
    globals()[title] = suite(title, _Subscribing, place, ApplicationRecorderTestCase)
    globals()[f"{title}InOneRun"] = suite(f"{title}InOneRun", place, NonInterleavingNotificationIDsBaseCase)
del place, title


# ---------------------------------------------------------------------------------------------- factories


class _Factory(InfrastructureFactoryTestCase[Any]):
    """Aggregate, tracking and process recorders are the library's own: the journal needs none of them."""

    module: Any
    ours: Any
    recorder: Any

    def setUp(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTGRES")}
        # The library reads the machine's settings too.
        self.enterContext(patch.dict(os.environ, kept, clear=True))
        self.env = Environment(env={"PERSISTENCE_MODULE": get_topic(self.ours), **self.settings()})
        super().setUp()

    def settings(self) -> dict[str, str]:
        return {}

    def expected_factory_class(self) -> Any:
        return self.ours

    def expected_application_recorder_class(self) -> Any:
        return self.recorder

    def _theirs(self, name: str) -> Any:
        prefix = {popo: "POPO", sqlite: "SQLite", library: "Postgres"}[self.module]
        return getattr(self.module, prefix + name)

    def expected_aggregate_recorder_class(self) -> Any:
        return self._theirs("AggregateRecorder")

    def expected_tracking_recorder_class(self) -> Any:
        return self._theirs("TrackingRecorder")

    def expected_process_recorder_class(self) -> Any:
        return self._theirs("ProcessRecorder")

    def tracking_recorder_subclass(self) -> Any:
        return TRACKING[self.module]


class OwnPopoTracking(popo.POPOTrackingRecorder):
    pass


class OwnSqliteTracking(sqlite.SQLiteTrackingRecorder):
    pass


class OwnPostgresTracking(library.PostgresTrackingRecorder):
    pass


TRACKING = {popo: OwnPopoTracking, sqlite: OwnSqliteTracking, library: OwnPostgresTracking}


class TestMemoryFactory(_Factory):
    module, ours, recorder = popo, MemoryFactory, MemoryLedger


class TestSqliteFactory(_Factory):
    module, ours, recorder = sqlite, SqliteFactory, SqliteLedger

    def settings(self) -> dict[str, str]:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        return {"SQLITE_DBNAME": str(folder / "factory.db")}


class TestPostgresFactory(_Factory):
    module, ours, recorder = library, PostgresFactory, PostgresLedger

    def settings(self) -> dict[str, str]:
        parsed = make_url(self.enterContext(database()))
        return {
            "POSTGRES_DBNAME": parsed.database or "",
            "POSTGRES_HOST": str(parsed.query["host"]),
            "POSTGRES_PORT": "5432",
            "POSTGRES_USER": parsed.username or "",
            "POSTGRES_PASSWORD": "any",
        }


# Imported to be subclassed: pytest would collect the abstract ones too.
del (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    InfrastructureFactoryTestCase,
    _Factory,
)
