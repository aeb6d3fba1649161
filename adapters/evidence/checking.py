"""Holds the evidence that records name to the files that the store has: nothing is skipped, what lacks is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.evidence.store import EvidenceStore, Found

Row = dict[str, Any]
AMISS = frozenset({"damaged", "not_there", "not_deposited", "erased_still_there"})
"""States that a check must not end well with."""


def checked(store: EvidenceStore, named: Iterable[Mapping[str, Any]], whole: bool) -> list[Row]:
    """A row for each file that a record names, with its state in the store; with ``whole`` also for those none names.

    States: held, damaged, not_there (deposited, and gone), not_deposited (named, never put in), erased,
    erased_still_there, not_recorded (in the store, and deposited by no record).
    """
    held = {found.deposit.salted: found for found in store.check()}
    rows = []
    for one in named:
        found = held.pop(one["evidence"], None)
        rows.append({**_told(one), "state": _state(one, found)})
    if whole:
        for found in held.values():
            about = {
                "evidence": found.deposit.salted,
                "media": found.deposit.media,
                "size": found.deposit.size,
            }
            rows.append({**_told(about), "state": "not_recorded"})
        rows += [{**_told({"evidence": f"files/{one}"}), "state": "not_recorded"} for one in store.strays()]
    return rows


def _told(one: Mapping[str, Any]) -> Row:
    names = ("body", "evidence", "media", "size", "deposited_at", "erased_at", "position")
    return {**{name: one.get(name) for name in names}, "uses": one.get("uses", [])}


def _state(one: Mapping[str, Any], found: Found | None) -> str:
    standing = one["standing"]
    if standing == "erased":
        return "erased" if found is None else "erased_still_there"
    if standing == "not_deposited":
        return "not_deposited" if found is None else "not_recorded"
    if found is None or found.state == "missing":
        return "not_there"
    same = (found.deposit.media, found.deposit.size) == (one["media"], one["size"])
    return "held" if found.state == "held" and same else "damaged"
