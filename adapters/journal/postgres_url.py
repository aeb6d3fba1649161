"""What a database URL says about a PostgreSQL server, and how to name the server without its password."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from domain.refused import JournalUnavailableError


def parameters(url: str) -> dict[str, Any]:
    """What libpq is told for ``postgresql://`` and ``postgresql+psycopg://``; the host may stand in the query."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise JournalUnavailableError(where="--db", problem="this is no database URL") from error
    if parsed.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        problem = "a PostgreSQL journal is given as postgresql://… or postgresql+psycopg://…"
        raise JournalUnavailableError(where=parsed.drivername, problem=problem)
    parsed = parsed.set(drivername="postgresql+psycopg")
    _, params = parsed.get_dialect()().create_connect_args(parsed)
    return dict(params)


def address(params: dict[str, Any]) -> str:
    """Where it is, as a person would say it: never with a password."""
    host, port = str(params.get("host", "")), str(params.get("port", ""))
    plain = not host.startswith("/") and "," not in host
    return URL.create(
        "postgresql",
        username=params.get("user"),
        host=host or None if plain else None,
        port=int(port) if plain and port.isdigit() else None,
        database=params.get("dbname"),
        query={} if plain else {"host": host} | ({"port": port} if port else {}),
    ).render_as_string()
