"""Where the clock's beat is kept: beside the journal and apart from the views, so that deleting those loses no absence.

Beside an SQLite journal as ``FILE-clock``, in PostgreSQL as schema ``dualguard_clock``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import StaticPool, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema

from adapters.journal.opening import is_postgres, sqlite_path
from adapters.positions import Positions
from domain.refused import JournalUnavailableError

if TYPE_CHECKING:
    from adapters.journal.journal import EventJournal

SCHEMA = "dualguard_clock"


def open_beats(url: str, journal: EventJournal | None = None) -> Positions:
    """The table of the beat for the journal at this URL; raises ``JournalUnavailableError`` where it cannot serve."""
    file = sqlite_path(url)
    if file is not None:
        if file:
            return Positions(create_engine(f"sqlite:///{file}-clock", connect_args={"timeout": 30}), journal)
        return Positions(
            create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        )
    url = url.replace("postgres://", "postgresql://", 1)
    if is_postgres(url) and "+" not in url.split("://", 1)[0]:
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, execution_options={"schema_translate_map": {None: SCHEMA}})
    try:
        with engine.begin() as connection:
            if not inspect(connection).has_schema(SCHEMA):
                connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        problem = str(getattr(error, "orig", None) or error)
        raise JournalUnavailableError(where=where, problem=problem) from error
    return Positions(engine, journal)
