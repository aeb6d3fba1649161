"""Signs that a hazard was closed on paper only: the photo, the minutes, the burst; each with its records.

A sign is a question to a person, never a verdict: who looked into it dismisses it with a reason, and it stays listed as
dismissed. What counts as few minutes and as a burst is the asker's to say; the defaults are this product's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.language import as_datetime, day_after, day_of
from domain.paper_signals import sign_code
from projections.hazard_acts import Completion, Opening, openings

Row = dict[str, Any]

MINUTES = 10
"""Accepted so soon after it was reported done that nobody can have gone there and looked: ``within_minutes`` where
both clocks say so, ``said_apart`` where it was said to lie further apart and was written down in one sitting."""
BURST = 4
"""So many rectifications reported done by one person ..."""
WINDOW = 60
"""... within so many minutes of recording, on their last day or the day before."""


def paper_signals(
    acts: Sequence[Row],
    taken: Mapping[tuple[str, str], str],
    equal: Iterable[Iterable[str]] = (),
    dismissed: Mapping[tuple[str, str], Row] | None = None,
    minutes: int = MINUTES,
    burst: int = BURST,
    window: int = WINDOW,
) -> list[Row]:
    """The signs by body and code of the sign.

    ``taken`` tells when a picture was taken, by (body, salted hash); ``equal`` groups salted hashes of one and the same
    file, as the evidence store knows them. ``dismissed`` holds what somebody looked into, by (body, sign).
    """
    held = openings(acts)
    alike = {one: min(group) for group in map(sorted, map(list, equal)) for one in group}
    found = [*_photos(held, taken, alike), *_minutes(held, minutes), *_bursts(held, burst, window)]
    away = dismissed or {}
    rows = []
    for row in sorted(found, key=lambda one: (one["body"], one["signal"])):
        gone = away.get((row["body"], row["signal"]))
        if gone is not None and not set(gone["hazards"]).issuperset(row["hazards"]):
            gone = None
        rows.append({**row, "dismissed": gone is not None, "why": None if gone is None else gone["reason"]})
    return rows


def _photos(
    held: list[Opening], taken: Mapping[tuple[str, str], str], alike: Mapping[str, str]
) -> Iterable[Row]:
    uses: dict[tuple[str, str], list[tuple[Opening, Completion]]] = {}
    for one in held:
        for done in one.completions:
            for photo in done.evidence:
                at = taken.get((one.body, photo))
                if at is not None and at < one.found_at:
                    yield _row(one.body, _signal("photo-older", one, done), "photo_older", [(one, done)])
                uses.setdefault((one.body, alike.get(photo, photo)), []).append((one, done))
    for (body, photo), closures in sorted(uses.items()):
        if len({one.code for one, _ in closures}) > 1:
            yield _row(body, f"photo-twice-{photo[:16]}", "photo_twice", closures)


def _minutes(held: list[Opening], minutes: int) -> Iterable[Row]:
    for one in held:
        for done in one.completions:
            after = next((act for act in one.verified if act["position"] > done.position), None)
            if after is None:
                continue
            happened = _gap(done.happened_at, after["happened_at"])
            recorded = _gap(done.recorded_at, after["recorded_at"])
            if recorded < dt.timedelta(minutes=minutes):
                told = happened < dt.timedelta(minutes=minutes)
                code, sign = ("minutes", "within_minutes") if told else ("said-apart", "said_apart")
                row = _row(one.body, _signal(code, one, done), sign, [(one, done)])
                row["positions"].append(after["position"])
                row["persons"] = sorted({*row["persons"], after["by"]})
                yield row


def _bursts(held: list[Opening], burst: int, window: int) -> Iterable[Row]:
    by: dict[tuple[str, str], list[tuple[Opening, Completion]]] = {}
    for one in held:
        for done in one.completions:
            if day_of(done.recorded_at) in (done.due, day_after(done.due, -1)):
                by.setdefault((one.body, done.by), []).append((one, done))
    for (body, _), done_by in sorted(by.items()):
        done_by.sort(key=lambda pair: (pair[1].recorded_at, pair[1].position))
        at = 0
        while at < len(done_by):
            first = done_by[at][1].recorded_at
            inside = [
                pair
                for pair in done_by[at:]
                if _gap(first, pair[1].recorded_at) <= dt.timedelta(minutes=window)
            ]
            if len(inside) >= burst:
                yield _row(body, _signal("burst", *inside[0]), "burst", inside)
                at += len(inside)
            else:
                at += 1


def _signal(sign: str, one: Opening, done: Completion) -> str:
    return sign_code(sign, one.code, one.opening, one.completions.index(done) + 1)


def _gap(earlier: str, later: str) -> dt.timedelta:
    return as_datetime(later) - as_datetime(earlier)


def _row(body: str, signal: str, sign: str, closures: Sequence[tuple[Opening, Completion]]) -> Row:
    return {
        "body": body,
        "signal": signal,
        "sign": sign,
        "hazards": sorted({one.code for one, _ in closures}),
        "persons": sorted({done.by for _, done in closures}),
        "positions": sorted({done.position for _, done in closures}),
    }
