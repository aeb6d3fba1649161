"""What changed in the risk list between two moments, field by field, each with the record that says so (YT-16b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.papers.past import Past, Row
from adapters.papers.site import NAMED, positions
from domain.language import Day, day_of

Held = Mapping[tuple[str, str], Sequence[Row]]
LEVEL = ("level", "score", "method", "version")


@dataclass(frozen=True)
class Change:
    """``field`` had the value ``was`` and has the value ``now`` since ``since``; None is nothing or not held.

    ``listed`` as a field says that the risk itself came onto the list or was taken off it, ``reassessed`` that it was
    assessed again and its level stayed (with the days); ``control`` speaks of one control by its code.
    """

    risk: str
    name: str
    field: str
    control: str | None
    was: str | None
    now: str | None
    since: str | None
    records: tuple[int, ...]


def changes_of(
    past: Past,
    days: tuple[Day, Day],
    before: Mapping[str, Row],
    after: Mapping[str, Row],
    codes: Iterable[str],
    again: bool = False,
    held: tuple[Held, Held] | None = None,
) -> tuple[Change, ...]:
    """The changes of these risks between two states of the list, at the ends of two days, by risk and field.

    ``again`` tells assessments that left the level as it was, too; ``held`` is who answered for the controls then.
    """
    found: list[Change] = []
    held = held or (past.answering(days[0]), past.answering(days[1]))
    for code in codes:
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            row = new or old
            if row is not None:
                found.append(_listed(past, code, row, new is not None))
            if new is None:
                continue
        if again and old is not None:
            found += _again(code, old, new)
        found += (
            _fields(code, old or {}, new) + _controls(code, old or {}, new) + _responsible(code, new, held)
        )
    return tuple(found)


def _listed(past: Past, code: str, row: Row, there: bool) -> Change:
    """A risk that came onto the list (by its identification) or left it (by the last record that spoke of it)."""
    name = str(row["name"])
    if there:
        since = day_of(row["since"]["identity"])
        return Change(code, name, "listed", None, None, name, since, positions(row["positions"]["identity"]))
    position, at = past.traced("risk", code)[-1]
    return Change(code, name, "listed", None, name, None, day_of(at), (position,))


def _fields(code: str, old: Row, new: Row) -> list[Change]:
    found = []
    for part, fields in (("identity", NAMED), ("level", LEVEL)):
        for field in fields:
            was, now = _text(old.get(field)), _text(new.get(field))
            if was != now:
                at = new["since"][part]
                day, said = day_of(at) if at else None, positions(new["positions"][part])
                found.append(Change(code, str(new["name"]), field, None, was, now, day, said))
    return found


def _again(code: str, old: Row, new: Row) -> list[Change]:
    """Another assessment counts than before, and says the same."""
    if old["number"] == new["number"] or any(_text(old.get(one)) != _text(new.get(one)) for one in LEVEL):
        return []
    was, now = (day_of(one["assessed_at"]) if one["assessed_at"] else None for one in (old, new))
    said = positions(new["positions"]["level"])
    return [Change(code, str(new["name"]), "reassessed", None, was, now, now, said)]


def _controls(code: str, old: Row, new: Row) -> list[Change]:
    found = []
    was = {str(one["control"]): one for one in old.get("controls", ())}
    now = {str(one["control"]): one for one in new["controls"]}
    for control in sorted(was.keys() | now.keys()):
        before, after = was.get(control), now.get(control)
        texts = _measure(before), _measure(after)
        if texts[0] != texts[1]:
            day = None if after is None else day_of(after["happened_at"])
            said = () if after is None else positions(after["position"])
            found.append(Change(code, str(new["name"]), "control", control, *texts, day, said))
    return found


def _responsible(code: str, new: Row, held: tuple[Held, Held]) -> list[Change]:
    """Where others are to answer for a control than before, by tier."""
    found = []
    for control in [str(one["control"]) for one in new["controls"]]:
        was, now = (one.get((code, control), []) for one in held)
        texts = _who(was), _who(now)
        if texts[0] != texts[1]:
            day = max((str(one["since"]) for one in now), default=None)
            said = positions(*(one["position"] for one in now or was))
            found.append(Change(code, str(new["name"]), "responsible", control, *texts, day, said))
    return found


def _who(rows: Sequence[Row]) -> str | None:
    """The tiers with department, post and person, as text."""
    told = [
        " ".join(str(row[name]) for name in ("tier", "department", "post", "person") if row[name])
        for row in rows
    ]
    return "；".join(told) or None


def _measure(control: Row | None) -> str | None:
    return None if control is None else str(control["measure"])


def _text(value: object) -> str | None:
    if value in (None, "", [], ()):
        return None
    return "、".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)
