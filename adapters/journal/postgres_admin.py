"""Prepares a PostgreSQL database once, as administrator: the journal's tables, and a role that can only add to them.

The administrator owns the tables and the function; the application's role may read and insert, and change nothing but
the head. What it may do freely lies in two schemas of its own: views that can be computed again, and the directory of
people.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from adapters.journal.postgres_line import APPENDING, Bounded, connect
from adapters.journal.postgres_schema import MAKING, Layout, fault, make
from adapters.journal.postgres_url import address, parameters
from domain.refused import JournalUnavailableError

OWN_SCHEMAS = ("dualguard_views", "dualguard_people")


@dataclass(frozen=True)
class Prepared:
    """What had to be made; everything else was there already."""

    journal: bool
    role: bool


def prepare_database(admin_url: str, app_role: str, app_password: str | None = None) -> Prepared:
    """Make the journal, the role (with the password, if it is new) and its rights; safe to repeat, also at once.

    Raises ``JournalUnavailableError`` where the administrator may not do so, and where the role could undo it: the
    administrator's own, a superuser, or a member of the administrator's.
    """
    params = parameters(admin_url)
    where = address(params)
    layout = Layout()
    try:
        with connect(params, {**APPENDING, "statement_timeout": "60s"}) as connection:
            connection.autocommit = True
            made_role = _role(connection, app_role, app_password)
            _check_apart(connection, app_role, where)
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
                made_journal = make(connection, layout, where)
                _take_over(connection, layout)
                _grant(connection, layout, app_role)
                _own_schemas(connection, app_role)
    except psycopg.Error as error:
        raise fault(where, error) from error
    return Prepared(made_journal, made_role)


def _role(connection: Bounded, role: str, password: str | None) -> bool:
    """Make the role unless there is one; the server gets the password already hashed, so no log can hold it."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is not None:
        return False
    statement: Composed | SQL = SQL("CREATE ROLE {} LOGIN").format(Identifier(role))
    if password is not None:
        hashed = connection.pgconn.encrypt_password(password.encode(), role.encode())
        statement = SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), hashed.decode())
    # Roles belong to the whole server: somebody who prepares another database may come between.
    with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        connection.execute(statement, prepare=False)
        return True
    return False


def _check_apart(connection: Bounded, role: str, where: str) -> None:
    row = connection.execute(
        "SELECT pg_has_role(%s, current_user, 'MEMBER'), current_user", (role,)
    ).fetchone()
    assert row is not None
    if row[0]:
        problem = (
            f"role {role} has the rights of {row[1]}, who owns the tables: it could change what is recorded"
        )
        raise JournalUnavailableError(where=where, problem=problem)


def _take_over(connection: Bounded, layout: Layout) -> None:
    """Make the administrator the owner also of a journal that the application made by itself."""
    names = layout.names()
    foreign = connection.execute(
        "SELECT count(*) FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'"
        " AND pg_get_userbyid(relowner) <> current_user",
        (layout.schema,),
    ).fetchone()
    if foreign is None or not foreign[0]:
        return
    for kind, parts in (
        ("TABLE", ("records", "commands", "keys", "head")),
        ("ROUTINE", ("append", "refuse")),
    ):
        for part in parts:
            connection.execute(SQL(f"ALTER {kind} {{}} OWNER TO CURRENT_USER").format(SQL(names[part])))
    connection.execute(SQL("ALTER SCHEMA {} OWNER TO CURRENT_USER").format(Identifier(layout.schema)))


def _grant(connection: Bounded, layout: Layout, role: str) -> None:
    names = {part: SQL(name) for part, name in layout.names().items()}
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    for statement in (
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "REVOKE ALL ON {records}, {commands}, {keys}, {head} FROM PUBLIC, {role}",
        "GRANT SELECT, INSERT ON {records}, {commands}, {keys} TO {role}",
        "GRANT SELECT, UPDATE ON {head} TO {role}",
        "REVOKE ALL ON FUNCTION {append} FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION {append} TO {role}",
    ):
        connection.execute(
            SQL(statement).format(
                **names, schema=Identifier(layout.schema), role=Identifier(role), database=Identifier(row[0])
            )
        )


def _own_schemas(connection: Bounded, role: str) -> None:
    """The role's own schemas. An administrator who is no superuser has to be its member for the moment."""
    row = connection.execute("SELECT pg_has_role(current_user, %s, 'USAGE')", (role,)).fetchone()
    member = row is not None and bool(row[0])
    if not member:
        connection.execute(SQL("GRANT {} TO CURRENT_USER").format(Identifier(role)))
    for name in OWN_SCHEMAS:
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,)).fetchone() is None:
            connection.execute(
                SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(Identifier(name), Identifier(role))
            )
    if not member:
        connection.execute(SQL("REVOKE {} FROM CURRENT_USER").format(Identifier(role)))
