"""The people directory: names and accounts of persons, kept outside the journal so that they can be changed and erased.

Records hold references only. Losing the directory loses names, never what happened.
"""

from __future__ import annotations

import os
from functools import cached_property

from sqlalchemy import Column, Engine, MetaData, Table, Text, create_engine, delete, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema

from adapters.journal.opening import is_postgres, sqlite_path
from domain.refused import JournalUnavailableError

SCHEMA = "dualguard_people"
METADATA = MetaData()
PEOPLE = Table(
    "people", METADATA, Column("person", Text, primary_key=True), Column("name", Text, nullable=False)
)
ACCOUNTS = Table(
    "accounts", METADATA, Column("account", Text, primary_key=True), Column("person", Text, nullable=False)
)


class Directory:
    """Names and accounts; beside an SQLite journal as ``FILE-people``, in PostgreSQL as schema ``dualguard_people``."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._file = sqlite_path(url)

    @cached_property
    def _engine(self) -> Engine:
        if self._file is None:
            url = self._url.replace("postgres://", "postgresql://", 1)
            if is_postgres(url) and "+" not in url.split("://", 1)[0]:
                url = url.replace("postgresql://", "postgresql+psycopg://", 1)
            engine = create_engine(url, execution_options={"schema_translate_map": {None: SCHEMA}})
            with engine.begin() as connection:
                if not inspect(connection).has_schema(SCHEMA):
                    connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
        else:
            if self._file:
                os.close(
                    os.open(f"{self._file}-people", os.O_CREAT | os.O_WRONLY, 0o600)
                )  # names are nobody else's
            engine = create_engine(f"sqlite:///{self._file}-people" if self._file else "sqlite://")
        METADATA.create_all(engine)
        return engine

    def exists(self) -> bool:
        """Whether anything can stand in it; asking makes no file."""
        return self._file is None or self._file == "" or os.path.exists(f"{self._file}-people")

    def person_of(self, account: str) -> str | None:
        """The person behind an account of the operating system."""
        if not self.exists():
            return None
        return self._one(select(ACCOUNTS.c.person).where(ACCOUNTS.c.account == account))

    def name_of(self, person: str) -> str | None:
        """The person's name, if the directory holds one."""
        if not self.exists():
            return None
        return self._one(select(PEOPLE.c.name).where(PEOPLE.c.person == person))

    def names(self) -> dict[str, str]:
        if not self.exists():
            return {}
        try:
            with self._engine.connect() as connection:
                return {row.person: row.name for row in connection.execute(select(PEOPLE))}
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    def set_name(self, person: str, name: str) -> None:
        """Write or change a person's name."""
        self._put(PEOPLE, "person", person, {"person": person, "name": name})

    def set_account(self, account: str, person: str) -> None:
        """Bind an account of the operating system to a person; two accounts of one person are one person."""
        self._put(ACCOUNTS, "account", account, {"account": account, "person": person})

    def forget(self, person: str) -> None:
        """Erase a person's name and accounts; the references in records stay."""
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(PEOPLE).where(PEOPLE.c.person == person))
                connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.person == person))
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    def close(self) -> None:
        if "_engine" in self.__dict__:
            self._engine.dispose()

    def _one(self, statement: object) -> str | None:
        try:
            with self._engine.connect() as connection:
                found = connection.execute(statement).scalar()  # type: ignore[call-overload]  # any select
                return None if found is None else str(found)
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    def _put(self, table: Table, key: str, value: str, row: dict[str, str]) -> None:
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(table).where(table.c[key] == value))
                connection.execute(insert(table).values(**row))
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    def _fault(self, error: SQLAlchemyError) -> JournalUnavailableError:
        where = f"{self._file}-people" if self._file else "dualguard_people"
        return JournalUnavailableError(where=where, problem=str(getattr(error, "orig", None) or error))
