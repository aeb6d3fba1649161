"""What changed in the risk list between two moments, field by field, with the record that says so.

Both clocks may move: between two days as we know them now, or between what was known of one day then and is known now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from projections.risk_identity_rows import IDENTITY
from projections.risk_level_rows import level_columns

Row = dict[str, Any]
ASIDE = frozenset({"body", "code", "since", "positions", "position", "recorded_at"}) | frozenset(
    {"control_count", "colour", "days_entered_late", "description", "characteristics", "objective", "missing"}
)
"""What names the row, tells when and where, or follows from other fields."""
KEYED: dict[str, tuple[str, ...]] = {"controls": ("control",), "tags": ("kind", "code")}
"""Lists whose entries are compared one by one, by these fields."""
LEVEL = frozenset(column.name for column in level_columns())
"""Fields that records about the level say."""
_ENTRY_ASIDE = frozenset({"position", "happened_at", "since"})


def changes(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """One row for each field of each risk that differs, by body, code and field.

    A risk that stands in one of the lists only is one row: ``appeared`` or ``gone``, its field ``standing``.
    """
    old = {(row["body"], row["code"]): row for row in before}
    new = {(row["body"], row["code"]): row for row in after}
    found: list[Row] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            row = now or was or {}
            if now is None:
                found.append(_said(row, "gone", "standing", row["standing"], None, {}))
            else:
                found.append(_said(row, "appeared", "standing", None, row["standing"], row))
            continue
        for field in sorted((was.keys() | now.keys()) - ASIDE):
            found += _of(field, was.get(field), now.get(field), now)
    return found


def _of(field: str, was: Any, now: Any, row: Row) -> list[Row]:
    if field in KEYED:
        return _entries(field, was or [], now or [], row)
    was, now = _bare(was), _bare(now)
    return [] if was == now else [_said(row, "changed", field, was, now, row)]


def _entries(field: str, was: Sequence[Row], now: Sequence[Row], row: Row) -> list[Row]:
    """Entries that came, went, or differ in a field."""
    keys = KEYED[field]
    old = {tuple(one[key] for key in keys): one for one in was}
    new = {tuple(one[key] for key in keys): one for one in now}
    found = []
    for key in sorted(old.keys() | new.keys()):
        first, last = (_entry(side.get(key), keys) for side in (old, new))
        if first != last:
            where = {"position": new.get(key, {}).get("position"), "since": new.get(key, {}).get("since")}
            change = "appeared" if key not in old else "gone" if key not in new else "changed"
            found.append({**_said(row, change, ".".join((field, *key)), first, last, {}), **where})
    return found


def _entry(one: Row | None, keys: Sequence[str]) -> Any:
    """What an entry says besides its key; True for one that says nothing more."""
    if one is None:
        return None
    return {name: one[name] for name in one if name not in _ENTRY_ASIDE and name not in keys} or True


def _bare(value: Any) -> Any:
    """A part without the moment and record that it stands by."""
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if key not in _ENTRY_ASIDE}
    return value


def _said(row: Row, change: str, field: str, was: Any, now: Any, new: Row) -> Row:
    part = "identity" if field in IDENTITY else "standing" if field == "standing" else "level"
    own = new.get(field) if isinstance(new.get(field), dict) and "position" in new[field] else None
    known = field in IDENTITY or field == "standing" or field in LEVEL
    return {
        "body": row["body"],
        "code": row["code"],
        "name": row["name"],
        "change": change,
        "field": field,
        "before": was,
        "after": now,
        "since": own["since"] if own else new.get("since", {}).get(part) if known else None,
        "position": own["position"] if own else new.get("positions", {}).get(part) if known else None,
    }
