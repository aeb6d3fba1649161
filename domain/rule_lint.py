"""What is wrong with a set of rule files: every fault as a sentence, so that nobody adopts a bad rule.

The format is described in ``docs/reference/rule-format.md``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import Final, get_args

from domain.code_list_lint import code_list_faults
from domain.colour_lint import colour_faults
from domain.criteria_lint import criteria_faults, edition_faults
from domain.line_lint import line_faults
from domain.method_lint import MARKS, direct_faults, matrix_faults, product_faults
from domain.obligation_facts import CONDITIONS, TRIGGERS
from domain.obligation_periods import MONTHS
from domain.response_lint import linked_faults, response_faults, weather_linked
from domain.roles import Role
from domain.rule_calendar import calendar_faults
from domain.rule_shapes import Spec, Table, binary_fractions, items, misfits, table, tables
from domain.weather_life import life_faults
from domain.working_days import Roll

Rules = Mapping[str, Table]

SOURCES: Final = ("law", "sector", "standard", "house", "method")
BY_THEMSELVES: Final = ("law", "sector", "standard")
METHODS: Final = ("method-product", "method-matrix", "method-direct")
KEBAB: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
AREA: Final = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
PERIOD: Final = re.compile(r"P[1-9]\d*[YMWD]")
ROLLS: Final = get_args(Roll)
COUNTING: Final = {
    "count": ("natural", "working"),
    "first_day": ("day_after", "same_day"),
    "rest_day": ROLLS,
}

FILE: Final[Spec] = {"id": str, "kind": str, "title": dict, "version": list}
VERSION: Final[Spec] = {
    "version": str,
    "where": list,
    "who": list,
    "source": str,
    "verified": str,
    "checked": date,
    "citation": dict,
    "value": dict,
}
VERSION_MAY: Final[Spec] = {"from": date, "until": date, "silent": list, "note": str}
CITATION: Final[Spec] = {"title": str, "source": str}
CITATION_MAY: Final[Spec] = {"title_en": str, "number": str, "article": str}
DUTY_MAY: Final[Spec] = {"condition": str, "to": list, "by": list, "owner": str, "contents": list}
CAUSE_MAY: Final[Spec] = {"counts": list, "join": str, "about": str, **DUTY_MAY}


def problems(rules: Rules) -> list[str]:
    """Every fault of the parsed rule files, by file name without its ending; an empty list is a clean set."""
    found = [f"{name}: {fault}" for name in sorted(rules) for fault in _file(name, rules[name])]
    if found:
        return found  # what compares versions and files may then trust every shape
    return [
        f"{name}: {fault}"
        for name in sorted(rules)
        for fault in (
            *_overlaps(rules[name]),
            *_members(rules[name], rules),
            *edition_faults(rules[name]),
            *_linked(rules[name], rules),
        )
    ]


def _file(name: str, rule: Table) -> Iterator[str]:
    if faults := list(misfits(rule, FILE)):
        yield from faults
        return
    if rule["id"] != name:
        yield f"id is {rule['id']!r}, but the file is called {name!r}"
    if not KEBAB.fullmatch(name):
        yield "the name is not in kebab-case"
    yield from (f"title: {fault}" for fault in misfits(table(rule["title"]), {"zh": str, "en": str}))
    kind = str(rule["kind"])
    if kind not in VALUES:
        yield f"kind {kind!r} is none of {', '.join(VALUES)}"
        return
    versions = tables(rule["version"])
    if not versions:
        yield "has no version"
    names = [str(version.get("version", "?")) for version in versions]
    yield from (f"version {one} occurs twice" for one in sorted(set(names)) if names.count(one) > 1)
    for one, version in zip(names, versions, strict=True):
        yield from (f"version {one}: {fault}" for fault in _version(kind, version))


def _version(kind: str, version: Table) -> Iterator[str]:
    if faults := list(misfits(version, VERSION, VERSION_MAY)):
        yield from faults
        return
    cited = table(version["citation"])
    yield from (f"citation: {fault}" for fault in misfits(cited, CITATION, CITATION_MAY))
    source, verified = version["source"], version["verified"]
    if source not in SOURCES:
        yield f"source {source!r} is none of {', '.join(SOURCES)}"
    if verified not in MARKS:
        yield f"verified {verified!r} is none of {', '.join(MARKS)}"
    if source == "house" and verified != "G":
        yield "a house rule is marked as verified, though no text stands behind it"
    if (source == "method") != (kind in METHODS):
        yield f"a rule of kind {kind} has source {source}"
    since, until = version.get("from"), version.get("until")
    if since is None and source not in ("method", "standard"):
        yield "has no first day (only a method or a standard may do without)"
    if isinstance(since, date) and isinstance(until, date) and until < since:
        yield f"ends on {until}, before it begins on {since}"
    if kind == "calendar" and not (isinstance(since, date) and version["version"] == str(since.year)):
        yield "a version of the calendar is called as the year in which it begins"
    for key, form in (("where", AREA), ("who", SNAKE)):
        for entry in items(version[key]):
            if not (isinstance(entry, str) and form.fullmatch(entry)):
                yield f"{key} holds {entry!r}"
    value = table(version["value"])
    for unsaid in items(version.get("silent")):
        if unsaid not in [*value]:
            yield f"silent names {unsaid!r}, which the value does not have"
    yield from (f"value: {fault}" for fault in (*binary_fractions(value), *VALUES[kind](value)))


# What each kind of value must hold.


def _period(value: Table) -> Iterator[str]:
    if faults := list(
        misfits(
            value,
            {"period": str, "counted": str, "rest_day": str},
            {"due": str, "each": str, "last_days": int, **DUTY_MAY},
        )
    ):
        yield from faults
        return
    period, counted = value["period"], value["counted"]
    if not PERIOD.fullmatch(str(period)):
        yield f"period {period!r} is not a duration such as P3M"
    yield from _named("rest_day", value["rest_day"], ROLLS)
    yield from _named("each", value.get("each", "body_in_charge"), ("body_in_charge",))
    if isinstance(number := value.get("last_days"), int) and number < 1:
        yield f"last_days is {number}, not at least one day"
    yield from _owed(value)
    if counted not in ("rolling", "calendar"):
        yield f"counted {counted!r} is neither rolling nor calendar"
    if counted == "rolling" and "due" in value:
        yield "a rolling period has no due day of its own"
    if counted == "calendar" and period not in MONTHS:
        yield f"period {period!r} is no month, quarter, half year or year of the calendar"
    if counted == "calendar" and value.get("due") != "end_of_period":
        yield "a calendar period says when it is due: end_of_period"


def _days(value: Table) -> Iterator[str]:
    numbers = ("days",) if "days" in value else ("general", "major")
    needed: Spec = {**dict.fromkeys(COUNTING, str), "trigger": str, **dict.fromkeys(numbers, int)}
    if faults := list(misfits(value, needed, CAUSE_MAY)):
        yield from faults
        return
    yield from _caused(value)
    for key in numbers:
        number = value[key]
        if isinstance(number, int) and number < 1:
            yield f"{key} is {number}, not at least one day"
    for key, known in COUNTING.items():
        yield from _named(key, value[key], known)


def _months(value: Table) -> Iterator[str]:
    if faults := list(misfits(value, {"months": int, "rest_day": str, "trigger": str}, CAUSE_MAY)):
        yield from faults
        return
    months = value["months"]
    if isinstance(months, int) and months < 1:
        yield f"months is {months}, not at least one month"
    yield from _named("rest_day", value["rest_day"], ROLLS)
    yield from _caused(value)


def _caused(value: Table) -> Iterator[str]:
    """What starts the clock, what of it counts, and whether several causes may be answered together."""
    trigger = str(value["trigger"])
    yield from _named("trigger", trigger, (*TRIGGERS,))
    for what in items(value.get("counts")):
        yield from _named("counts", what, TRIGGERS.get(trigger, ()))
    yield from _named("join", value.get("join", "earliest"), ("earliest",))
    yield from _owed(value)


def _owed(value: Table) -> Iterator[str]:
    """Who owes it, and only while which condition holds."""
    yield from _named("condition", value.get("condition", "major_risk_exists"), (*CONDITIONS,))
    for role in (*items(value.get("by")), value.get("owner", "principal")):
        yield from _named("role", role, get_args(Role))


def _named(key: str, held: object, known: Sequence[str]) -> Iterator[str]:
    if held not in known:
        yield f"{key} {held!r} is none of {', '.join(known)}"


def _choice(value: Table) -> Iterator[str]:
    if not value:
        yield "is empty"
    for key, answer in value.items():
        if isinstance(answer, Mapping):
            yield f"{key} is a table; a choice holds plain answers and lists"


def _pack(value: Table) -> Iterator[str]:
    if faults := list(misfits(value, {"members": list})):
        yield from faults
        return
    members = tables(value["members"])
    if not members:
        yield "has no members"
    for member in members:
        faults = list(misfits(member, {"rule": str, "version": str}))
        yield from (f"member {member.get('rule', '?')}: {fault}" for fault in faults)


VALUES: Final[Mapping[str, Callable[[Table], Iterator[str]]]] = {
    "method-product": product_faults,
    "method-matrix": matrix_faults,
    "method-direct": direct_faults,
    "period": _period,
    "days": _days,
    "months": _months,
    "calendar": calendar_faults,
    "choice": _choice,
    "line": line_faults,
    "pack": _pack,
    "colour-policy": colour_faults,
    "code-list": code_list_faults,
    "criteria": criteria_faults,
    "weather-life": life_faults,
    "response": response_faults,
}


# What holds between versions and between files.


def _overlaps(rule: Table) -> Iterator[str]:
    """Two wordings that would bind one body on one day by themselves; house rules and methods go by name."""
    by_itself = [version for version in tables(rule["version"]) if version["source"] in BY_THEMSELVES]
    for one, other in combinations(by_itself, 2):
        same_source = one["source"] == other["source"]
        if same_source and _same_day(one, other) and _same_place(one, other) and _same_class(one, other):
            yield f"versions {one['version']} and {other['version']} bind the same body on the same day"


def _members(rule: Table, rules: Rules) -> Iterator[str]:
    """A pack names what exists, and never two versions of one rule for the same body."""
    if rule["kind"] != "pack":
        return
    for version in tables(rule["version"]):
        found: list[tuple[str, Table]] = []
        for member in tables(table(version["value"])["members"]):
            name, wanted = str(member["rule"]), member["version"]
            candidates = tables(rules[name]["version"]) if name in rules else []
            held = next((one for one in candidates if one["version"] == wanted), None)
            if held is None:
                yield f"version {version['version']}: member {name} {wanted} does not exist"
            elif rules[name]["kind"] == "pack":
                yield f"version {version['version']}: member {name} is itself a pack"
            elif version["source"] == "law" and held["source"] not in ("law", "sector"):
                yield f"version {version['version']}: member {name} {wanted} is no law, but {held['source']}"
            else:
                found.append((name, held))
        for (first, one), (second, other) in combinations(found, 2):
            if first == second and _same_class(one, other):
                yield f"version {version['version']}: {first} is named twice for the same body"


def _linked(rule: Table, rules: Rules) -> Iterator[str]:
    """What a response asks again of the criteria of major hazards is there, and is linked to the weather."""
    if rule["kind"] == "response":
        for version in tables(rule["version"]):
            faults = linked_faults(table(version["value"]), weather_linked(rules))
            yield from (f"version {version['version']}: {fault}" for fault in faults)


def _same_day(one: Table, other: Table) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Table, other: Table) -> bool:
    since, until = one.get("from"), other.get("until")
    return not (isinstance(since, date) and isinstance(until, date)) or since <= until


def _same_place(one: Table, other: Table) -> bool:
    here, there = items(one["where"]), items(other["where"])
    near = (str(a).startswith(str(b)) or str(b).startswith(str(a)) for a, b in product(here, there))
    return not here or not there or any(near)


def _same_class(one: Table, other: Table) -> bool:
    here, there = items(one["who"]), items(other["who"])
    return not here or not there or any(who in there for who in here)
