"""Who answered on that day, and how the organisation stood: asked for a day, as known by a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping

from domain.control_state import TIERS
from domain.language import Day, start_of
from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER
from projections.holding import Condition, holding
from projections.organisation_tables import HELD, Tables

Row = dict[str, Any]
ORDER = (
    *("post", "deputy", "group", "coordinator", "risk_control", "risk", "control", "duty", "engagement"),
    "role",
)
"""The order in which the parts of a body are listed."""


def org_who(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    known_at: int | None = None,
    post: str | None = None,
    person: str | None = None,
    part: str | None = None,
    risk: str | None = None,
) -> list[Row]:
    """Who held what on that day as known by that record (without a day: everything that anybody ever held).

    ``answers`` says who answered for the post that day: who held it, or the deputy in whose place while absent. With
    ``risk``, or as part "risk" or "control": who answered for controls, by name or as holder of the post that day
    (``persons``); the part "risk" stands for the highest tier that answers for any of its controls.
    ``position`` names the record that says so; ``until`` is the first day on which it no longer held, as then known.
    """
    known = KNOWN_FOREVER if known_at is None else known_at
    moment = TRUE_FOREVER if on is None else start_of(on)
    conditions: list[Condition] = [] if on is None else [Condition(tables.holds, "holds", HELD)]
    if risk is not None:
        conditions.append(Condition(tables.terms, "risk", risk))
    elif post is not None:
        conditions.append(Condition(tables.terms, "of", post))
    elif part is not None:
        conditions.append(Condition(tables.terms, "part", "control" if part == "risk" else part))
    found = bitemporal.as_of_joined(
        connection,
        holding(tuple(conditions), moment, known) if conditions else tables.holdings,
        (tables.terms, tables.holds),
        scope=body,
        true_at=moment,
        known_at=known,
    )
    rows = [_row(one) for one in found]
    deputies = [row for row in rows if row["part"] == "deputy"]
    if on is not None and part == "post" and post is None:  # no deputy was asked for, and yet they count
        deputies = org_who(connection, tables, body, on, known_at, part="deputy")
    absent = {(one["body"], one["of"], one["instead_of"]) for one in deputies}
    posts = _posts(connection, tables, body, moment, known) if found else {}
    rows = [_with_post(row, posts) for row in rows]
    if post is not None:
        rows = [row for row in rows if row["part"] in ((part,) if part else ("post", "deputy"))]
    for row in rows:
        if on is not None and row["part"] in ("post", "deputy"):
            row["answers"] = (row["body"], row["of"], row["person"]) not in absent
    if on is not None and any(row["part"] == "control" for row in rows):
        rows += _name_holders(rows, holders_on(connection, tables, on, body, known_at))
    if part is not None:
        rows = [row for row in rows if row["part"] == part]
    if person is not None:
        rows = [row for row in rows if person in (row["person"], row["instead_of"], *row["persons"])]
    return sorted(rows, key=in_order)


def org_tree(
    connection: Connection,
    tables: Tables,
    body: str | None = None,
    on: Day | None = None,
    known_at: int | None = None,
    closed: bool = False,
) -> list[Row]:
    """Departments and their posts in tree order on that day, as known by that record (without a day: the last known).

    ``held_by`` are those who answer for a post. What was closed itself is left out unless ``closed``; a post or
    department that only stands below a closed one is listed with ``in_place`` false, for somebody may still hold it.
    """
    known = KNOWN_FOREVER if known_at is None else known_at
    moment = TRUE_FOREVER if on is None else start_of(on)
    departments = _departments(connection, tables, body, moment, known)
    answering = {} if on is None else holders_on(connection, tables, on, body, known_at)
    rows = [_tree_row(key, one, departments) for key, one in departments.items()]
    for (scope, code), one in _posts(connection, tables, body, moment, known).items():
        row = _tree_row((scope, code), {**one, "kind": "post", "parent": one["department"]}, departments)
        held_by = sorted(set(answering.get((scope, code), [])))
        flags = {"key_post": one["key_post"], "dangerous_place": one["dangerous_place"]}
        rows.append({**row, **flags, "held_by": held_by})
    rows = [row for row in rows if closed or row.pop("stands")]
    for row in rows:
        row.pop("stands", None)
        row["path"] = "/".join(code for _, code in row["sort"])
    rows.sort(key=lambda row: (row["body"], row.pop("sort")))
    return rows


def holders_on(
    connection: Connection, tables: Tables, on: Day, body: str | None, known_at: int | None
) -> dict[tuple[str, str], list[str]]:
    """By (body, post) who answered for it that day: its holders who were there, and the deputies of the others."""
    deputies = org_who(connection, tables, body, on, known_at, part="deputy")
    holders = org_who(connection, tables, body, on, known_at, part="post")
    absent = {(one["body"], one["of"], one["instead_of"]) for one in deputies}
    found: dict[tuple[str, str], list[str]] = {}
    for one in (*holders, *deputies):
        if (one["body"], one["of"], one["person"]) not in absent:
            people = found.setdefault((one["body"], one["of"]), [])
            if one["person"] not in people:
                people.append(one["person"])
    return found


def _row(found: RowMapping) -> Row:
    """One holding as it is shown."""
    names = ("part", "of", "kind", "person", "instead_of", "department", "since", "until", "number")
    more = ("risk", "post")
    return {
        "body": found["scope"],
        **{name: found[name] for name in (*names, *more)},
        "position": found["part_position"],
        "answers": None,
        "persons": [],
    }


def _name_holders(rows: Sequence[Row], holders: Mapping[tuple[str, str], list[str]]) -> list[Row]:
    """Say of each control who answered; returns a row for each risk and who answered for it at its highest tier."""
    controls = [row for row in rows if row["part"] == "control"]
    for row in controls:
        named = [row["person"]] if row["person"] else holders.get((row["body"], row["post"]), [])
        row["persons"] = named
        row["answers"] = bool(named) or row["department"] is not None
    found: dict[tuple[Any, ...], Row] = {}
    for row in sorted(controls, key=lambda one: (TIERS.index(one["kind"]), one["of"], one["number"])):
        risk = (row["body"], row["risk"])
        if any(one[:2] == risk and one[2] != row["kind"] for one in found):
            continue  # a higher tier answers for another of its controls
        who = (row["department"], row["post"], row["person"])
        found.setdefault((*risk, row["kind"], *who), {**row, "part": "risk", "of": row["risk"]})
    return list(found.values())


def _with_post(row: Row, posts: Mapping[tuple[str, str], RowMapping]) -> Row:
    post = posts.get((row["body"], row["of"])) if row["part"] in ("post", "deputy") else None
    if post is None:
        return {**row, "name": None}
    return {**row, "name": post["name"], "department": post["department"]}


def in_order(row: Row) -> tuple[Any, ...]:
    """By body, part, what is answered for, and since when."""
    return (row["body"], ORDER.index(row["part"]), row["of"] or "", row["since"], row["number"] or 0)


def _posts(
    connection: Connection, tables: Tables, body: str | None, moment: str, known: int
) -> dict[tuple[str, str], RowMapping]:
    found = bitemporal.as_of_joined(
        connection,
        tables.posts,
        (tables.post, tables.post_standing),
        scope=body,
        true_at=moment,
        known_at=known,
    )
    return {(one["scope"], one["code"]): one for one in found}


def _departments(
    connection: Connection, tables: Tables, body: str | None, moment: str, known: int
) -> dict[tuple[str, str], RowMapping]:
    facets = (tables.place, tables.name, tables.standing)
    found = bitemporal.as_of_joined(
        connection, tables.departments, facets, scope=body, true_at=moment, known_at=known
    )
    return {(one["scope"], one["code"]): one for one in found}


def _tree_row(
    key: tuple[str, str], one: Mapping[Any, Any], departments: Mapping[tuple[str, str], RowMapping]
) -> Row:
    scope, code = key
    line: list[tuple[int, str]] = [(0 if one["kind"] == "post" else 1, code)]
    in_place, above = bool(one["stands"]), one["parent"]
    while above is not None and (scope, above) in departments:
        parent = departments[scope, above]
        in_place = in_place and bool(parent["stands"])
        line.insert(0, (1, above))
        above = parent["parent"]
    return {
        "body": scope,
        "code": code,
        "kind": one["kind"],
        "name": one["name"],
        "parent": one["parent"],
        "depth": len(line),
        "sort": line,
        "stands": one["stands"],
        "in_place": in_place,
        "key_post": None,
        "dangerous_place": None,
        "held_by": [],
    }
