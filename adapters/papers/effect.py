"""What came of the measures of a risk in a period, as far as it was recorded at its unit and about the risk itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.papers.past import Past, Row, end_of
from adapters.papers.shapes import Figure
from adapters.papers.site import Site, count, positions
from domain.language import Day, Moment, day_after, day_of, start_of
from domain.unit_state import LEAVES

WATCHED = ("readings", "readings_missed", "warnings")
"""What is counted of the monitoring of a risk."""


@dataclass(frozen=True)
class Effect:
    """Counts of one period; ``posts`` are where the risk is confirmed, ``post_days_without`` days without that.

    Posts are the units of that kind at or below the risk's unit, that unit itself where it is a leaf (a post, a piece
    of equipment or an activity), and every leaf below it that was confirmed in the period. Where there is none, the
    figures of confirmations are None. Whether a shift was worked on a day is not held, so that a day without
    confirmation is no finding by itself.
    ``checks`` are items of inspections that look at the risk and were answered with pass or fail; ``failures`` are
    hazards that name a control of the risk as the one that failed; ``hazards_open`` speaks of the end of the period.
    ``readings`` are those of monitoring, ``readings_missed`` periods that ended without one, ``warnings`` those that
    were raised; all three are None where the risk was not monitored by then.
    """

    posts: int
    confirmations: Figure
    exceptions: Figure
    post_days_without: Figure
    rechecks: Figure
    rechecks_faulty: Figure
    checks: Figure
    checks_failed: Figure
    rounds_missed: Figure
    failures: Figure
    hazards_registered: Figure
    hazards_closed: Figure
    hazards_open: Figure
    hazards_late: Figure
    stops: Figure
    holds: Figure
    readings: Figure
    readings_missed: Figure
    warnings: Figure


@dataclass(frozen=True)
class Did:
    """Who did something about a risk's measures in the period, how often, and on which day first and last."""

    kind: str
    person: str
    times: Figure
    first: str
    last: str


@dataclass
class Confirmed:
    """What was confirmed at one post: the days, the records of each kind, and who did it on which day."""

    days: dict[Day, list[int]]
    times: list[int]
    exceptions: list[int]
    rechecks: list[int]
    faulty: list[int]
    by: list[tuple[str, str, Day, int]]


@dataclass
class Checked:
    """What inspections said about one risk: answers, failures, rounds missed, who answered, and which rounds."""

    checks: list[int]
    failed: list[int]
    missed: list[int]
    by: list[tuple[str, str, Day, int]]
    rounds: set[str]


class Effects:
    """Everything of one period from which the effect of any risk follows; read once."""

    def __init__(self, past: Past, site: Site, first: Day, as_of: Day) -> None:
        self.site, self.first, self.as_of = site, first, as_of
        self.begin, self.end = start_of(first), end_of(as_of)
        self.posts = _confirmed(past.confirmations(first, as_of), self.end)
        self.hazards: dict[str, list[Row]] = defaultdict(list)
        for row in past.hazards(self.end):
            if row["risk"] is not None:
                self.hazards[row["risk"]].append(row)
        self.stops = [row for row in past.stops() if self._during(row["stopped_at"], row["released_at"])]
        self.holds = [row for row in past.holds() if self._during(row["opened_at"], row["released_at"])]
        self.checked = _checked(past, self.begin, self.end, as_of)
        self.failures: dict[str, list[int]] = defaultdict(list)
        for risk, position in past.failures(self.begin, self.end):
            self.failures[risk].append(position)
        self.monitored = _monitored(past, first, as_of)
        self._at_unit: dict[str, Mapping[str, Any]] = {}

    def of(self, risk: str, unit: str) -> Effect:
        """The effect of one risk at its unit."""
        shared = self._at_unit.get(unit)
        if shared is None:
            shared = self._at_unit[unit] = self._over({unit})
        return Effect(**shared, **self._about({risk}, {unit}))

    def total(self, risks: Iterable[tuple[str, str]]) -> Effect:
        """The same over several risks, each with its unit: what several of them share counts once."""
        held = list(risks)
        units = {unit for _, unit in held}
        return Effect(**self._over(units), **self._about({risk for risk, _ in held}, units))

    def did(self, risk: str, unit: str) -> tuple[Did, ...]:
        """Who confirmed, looked again and checked, by kind and person."""
        acts = [act for code in self._places({unit}) if code in self.posts for act in self.posts[code].by]
        if risk in self.checked:
            acts += self.checked[risk].by
        by: dict[tuple[str, str], list[tuple[Day, int]]] = defaultdict(list)
        for kind, person, day, position in acts:
            by[kind, person].append((day, position))
        return tuple(
            Did(*of, count([position for _, position in held]), min(held)[0], max(held)[0])
            for of, held in sorted(by.items())
        )

    def rounds(self, risks: Iterable[str]) -> set[str]:
        """The inspections that look, or were to look, at one of these risks."""
        return {code for risk in risks if risk in self.checked for code in self.checked[risk].rounds}

    # ------------------------------------------------------------------------------------------- inside

    def _over(self, units: set[str]) -> Mapping[str, Any]:
        """What was recorded at some units and below them."""
        posts = self._places(units)
        at = [self.posts[code] for code in posts if code in self.posts]

        def all_of(name: str) -> list[int]:
            return [record for one in at for record in getattr(one, name)]

        def told(value: int, records: Sequence[int]) -> Figure:
            return Figure(value if posts else None, positions(*records))

        rechecks, faulty = positions(*all_of("rechecks")), positions(*all_of("faulty"))
        return {
            "posts": len(posts),
            "confirmations": told(len(all_of("times")), all_of("times")),
            "exceptions": told(len(all_of("exceptions")), all_of("exceptions")),
            "post_days_without": told(self._days_without(posts), ()),
            "rechecks": told(len(rechecks), rechecks),
            "rechecks_faulty": told(len(faulty), faulty),
            "holds": count([row["position"] for row in self.holds if self._touches(units, row["unit"])]),
        }

    def _about(self, risks: set[str], units: set[str]) -> Mapping[str, Any]:
        """The hazards of some risks, and the stops because of them or at their units."""
        hazards = [row for risk in sorted(risks) for row in self.hazards.get(risk, [])]
        new = [row for row in hazards if row["since"]["identity"] >= self.begin]
        stops = [row for row in self.stops if row["risk"] in risks or self._touches(units, row["unit"])]
        checked = [self.checked[risk] for risk in sorted(risks) if risk in self.checked]
        failures = [position for risk in sorted(risks) for position in self.failures.get(risk, [])]
        return {
            "checks": count([record for one in checked for record in one.checks]),
            "checks_failed": count([record for one in checked for record in one.failed]),
            "rounds_missed": count(positions(*(record for one in checked for record in one.missed))),
            "failures": count(failures),
            "hazards_registered": count([row["positions"]["identity"] for row in new]),
            "hazards_closed": count([_step(row) for row in hazards if self._closed_now(row)]),
            "hazards_open": count([_step(row) for row in hazards if row["step"] != "closed"]),
            "hazards_late": count([_step(row) for row in hazards if is_late(row)]),
            "stops": count([row["position"] for row in stops]),
            **self._watched(risks),
        }

    def _watched(self, risks: set[str]) -> Mapping[str, Figure]:
        """What the monitoring of some risks said."""
        held = [self.monitored[risk] for risk in sorted(risks) if risk in self.monitored]
        if not held:
            return dict.fromkeys(WATCHED, Figure(None, ()))
        return {name: count([record for one in held for record in one[name]]) for name in WATCHED}

    def _places(self, units: set[str]) -> list[str]:
        """Where the risks at these units are confirmed."""
        under = {code for unit in units for code in self.site.under(unit)}
        return sorted(code for code in under if code in self.posts or self._is_place(code, units))

    def _is_place(self, code: str, units: set[str]) -> bool:
        row = self.site.rows.get(code)
        if row is None or row["standing"] == "retired":
            return False
        return bool(row["kind"] == "post" or (code in units and row["kind"] in LEAVES))

    def _touches(self, units: set[str], other: str) -> bool:
        return any(self.site.touches(unit, other) for unit in units)

    def _days_without(self, posts: Iterable[str]) -> int:
        """Days of the period, from the day on which the post was registered, on which nobody confirmed it."""
        total = 0
        for post in posts:
            day = max(self.first, day_of(self.site.rows[post]["since"]["kind"]))
            confirmed = self.posts[post].days if post in self.posts else {}
            while day <= self.as_of:
                total += day not in confirmed
                day = day_after(day)
        return total

    def _during(self, since: Moment, until: Moment | None) -> bool:
        return since <= self.end and (until is None or until >= self.begin)

    def _closed_now(self, row: Row) -> bool:
        return bool(row["step"] == "closed" and row["since"]["step"] >= self.begin)


def is_late(row: Row) -> bool:
    """Whether a hazard was overdue, or rectified late by either clock; that is never withdrawn."""
    return bool(row["overdue"] or row["days_late"] or row["days_late_recorded"])


def _step(row: Row) -> int:
    return int(row["positions"]["step"])


def _confirmed(rows: Sequence[Row], end: Moment) -> dict[str, Confirmed]:
    found: dict[str, Confirmed] = {}

    def at(unit: str) -> Confirmed:
        return found.setdefault(unit, Confirmed({}, [], [], [], [], []))

    for row in rows:
        if row["confirmed_at"] > end:
            continue
        for one in row["posts"]:
            post = at(one["unit"])
            post.days.setdefault(row["day"], []).append(row["position"])
            post.times.append(row["position"])
            post.by.append(("post_confirmation", one["person"], row["day"], row["position"]))
        for exception in row["exceptions"]:
            at(exception["unit"]).exceptions.append(row["position"])
        for check in row["rechecks"]:
            for unit in check["units"] if check["rechecked_at"] <= end else ():
                at(unit).rechecks.append(check["position"])
                day = day_of(check["rechecked_at"])
                at(unit).by.append(("recheck", check["rechecked_by"], day, check["position"]))
                if check["verdict"] == "faulty":
                    at(unit).faulty.append(check["position"])
    return found


def _monitored(past: Past, first: Day, as_of: Day) -> dict[str, dict[str, list[int]]]:
    """By risk monitored by the end: records of readings, of periods without one, and of readings that warned.

    Monitoring that was declared again says only since when it is so again; what was read before tells the rest.
    """
    begin, end = start_of(first), end_of(as_of)
    readings = [row for row in past.readings() if row["read_at"] <= end]
    periods = [row for row in past.monitored_periods(day_after(as_of)) if row["last"] <= as_of]
    known = {row["risk"] for row in past.monitored() if row["since"] <= as_of}
    known |= {row["risk"] for row in (*readings, *periods)}
    found: dict[str, dict[str, list[int]]] = {risk: {name: [] for name in WATCHED} for risk in known}
    read = {(row["risk"], row["number"]): row["position"] for row in readings}
    for row in readings:
        if begin <= row["read_at"]:
            found[row["risk"]]["readings"].append(row["position"])
    for row in periods:
        if row["standing"] == "not_read" and first <= row["last"]:
            found[row["risk"]]["readings_missed"].append(row["position"])
    for row in past.warnings():
        if begin <= row["raised_at"] <= end:
            found[row["risk"]]["warnings"].append(read[row["risk"], row["reading"]])
    return found


def _checked(past: Past, begin: Moment, end: Moment, until: Day) -> dict[str, Checked]:
    """By risk: the items that were answered in the period, and the rounds over them that were missed in it."""
    found: dict[str, Checked] = {}
    for round_ in past.inspections(until):
        missed = round_["missed_at"] is not None and begin <= round_["missed_at"] <= end
        if not missed and round_["completed_at"] is not None and round_["completed_at"] < begin:
            continue
        for item in past.answers(round_["code"]):
            if item["risk"] is None:
                continue
            said = found.setdefault(item["risk"], Checked([], [], [], [], set()))
            said.rounds.add(round_["code"])
            if missed:
                said.missed.append(round_["position"])
            if item["answer"] in ("pass", "fail") and begin <= item["done_at"] <= end:
                said.checks.append(item["position"])
                day, position = day_of(item["done_at"]), item["position"]
                said.by += [("check", person, day, position) for person in item["answered_by"]]
                if item["answer"] == "fail":
                    said.failed.append(item["position"])
    return found
