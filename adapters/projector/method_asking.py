"""Questions about methods: which a body adopted, with their tables, and what another one would say of its risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from adapters.border import read_command
from adapters.problems import day_field
from adapters.projector.asking import OfBodies, OnClocks, Question, Row, known_at, true_at
from adapters.projector.projector import Projector
from adapters.projector.risk_asking import WHOLE, whole_list
from adapters.rules import load_rulebook
from domain.labels import Both, Term
from domain.language import Level, day_of
from domain.own_methods import (
    KINDS,
    AdoptMethod,
    AdoptOwnMethod,
    check_table,
    need_levels,
    table_wording,
    wording_of,
)
from domain.refused import BadField, NoRuleInForce, UnknownThing
from domain.refused_risks import NoSuchMethod
from domain.rule_adoption import unbound
from domain.rulebook import TakenMethod, Wording
from projections.assessment_gaps import assessment_gaps
from projections.method_register import METHOD_REGISTER, adopted_methods
from projections.what_if import what_if


class OfMethods(OfBodies):
    method: str | None = Field(None, max_length=64, description="评价方法 / method")
    on: str | None = Field(None, description="日期；缺省为今天 / day; default today")
    ever: bool = Field(False, description="包括已被取代的 / those that another took the place of too")


def _methods(projector: Projector, given: OfMethods) -> list[Row]:
    day = day_field("on", given.on) or day_of(projector.journal.now())
    found = methods_of(projector, given.body, given.method)
    for row in found:
        row["binds"] = row["since"] <= day and (row["until"] is None or day <= row["until"])
    return [row for row in found if row["binds"] or given.ever]


def methods_of(projector: Projector, body: str | None, method: str | None) -> list[Row]:
    """Every adoption of a method, with kind, title and table of the shipped ones filled in."""
    rules = load_rulebook()
    with projector.reader(METHOD_REGISTER.name) as (connection, tables):
        rows = adopted_methods(connection, tables, body, method)
    found = []
    for row in rows:
        shipped = rules.version(row["method"], row["version"])
        if not row["own"]:
            if shipped is None or shipped.kind not in KINDS:
                continue  # another member of a pack, or a version that this installation does not know
            row["kind"], row["table"] = shipped.kind, dict(shipped.value)
            row["title"] = row["title"] or shipped.title_zh
        found.append(row)
    return found


class OfWhatIf(OnClocks):
    method: str | None = Field(
        None,
        max_length=64,
        description="评价方法；缺省为各风险现用的 / method; default the one that counts for each",
    )
    version: str | None = Field(
        None, max_length=200, description="版本；缺省为现行采用的 / version; default the one adopted now"
    )
    levels: dict[str, Level] | None = Field(
        None, description="该方法自有等级对应的四级 / which of the four levels those of the method are"
    )
    table: dict[str, Any] | None = Field(
        None, description="自定方法表（AdoptOwnMethod 的字段） / an own table: the fields of AdoptOwnMethod"
    )
    changed: bool = Field(False, description="只列等级有变化的 / only risks whose level would change")


Found = tuple[Wording, Row | None]
"""A method, and the command that adopts it where it does not bind yet."""


def _what_if(projector: Projector, given: OfWhatIf) -> list[Row]:
    """Without a method each risk is rated by what is adopted now of the method that counts for it."""
    for name in ("version", "levels"):
        if getattr(given, name) is not None and given.method is None:
            raise _bad("method", "与 version、levels 一起时必填", f"is required beside {name}")
    if given.table is not None and (given.body is None or given.method is not None):
        raise _bad("table", "须与 body 一起、且不与 method 一起给出", "needs a body, and no method beside it")
    if given.method is not None:
        _need_known(projector, given.body, given.method)
    rows = whole_list(projector, given.body, true_at(given.as_of), known_at(projector, given.known_at))
    asked: dict[tuple[str, str], Found | None] = {}
    found: list[Row] = []
    if given.body is not None and (given.method or given.table):  # refuses also where there is no risk
        asked[given.body, given.method or ""] = _supposed(projector, given, given.body, given.method)
    for row in rows:
        key = (row["body"], "" if given.table is not None else given.method or row["method"] or "")
        if key not in asked:
            asked[key] = _adopted(projector, given, *key) if key[1] else None
        if (one := asked[key]) is not None:
            found += what_if([row], one[0], load_rulebook(), one[1])
    return [row for row in found if row["change"] not in (None, "same") or not given.changed]


def _need_known(projector: Projector, body: str | None, method: str) -> None:
    """Refuses a method that neither ships nor was ever adopted, and names those that there are."""
    shipped = load_rulebook().of_kinds(KINDS)
    held = sorted({str(row["method"]) for row in methods_of(projector, body, None)})
    if method not in shipped and method not in held:
        raise NoSuchMethod(
            given=method,
            body=body or Both("any body", "各单位"),
            adopted=held or [Term("none")],
            shipped=shipped,
        )


def _adopted(projector: Projector, given: OfWhatIf, body: str, method: str) -> Found | None:
    """The method for one body of many; None where the body did not adopt it."""
    try:
        return _supposed(projector, given, body, method)
    except NoRuleInForce:
        return None


def _supposed(projector: Projector, given: OfWhatIf, body: str, method: str | None) -> Found:
    """The method that is asked about: a table as given, or a version that ships or that the body adopted."""
    if given.table is not None or method is None:
        own_data = {"body": body, **(given.table or {})}
        command = read_command(AdoptOwnMethod.__name__, own_data)
        assert isinstance(command, AdoptOwnMethod)
        check_table(command)
        return table_wording(command), {"command": AdoptOwnMethod.__name__, "data": own_data}
    held = methods_of(projector, body, method)
    day = day_of(projector.journal.now())
    now = [row for row in held if row["since"] <= day and (row["until"] is None or day <= row["until"])]
    if given.version is None and not now:
        raise unbound(load_rulebook(), method, body, day)
    version = given.version or str(now[-1]["version"])
    taken = [row for row in held if row["version"] == version]
    data: Row = {"body": body, "method": method, "version": version}
    adoption: Row = {"command": AdoptMethod.__name__, "data": data}
    own = [row for row in taken if row["own"]]
    if own:
        binds = bool(now) and now[-1]["version"] == version
        wording = wording_of(method, version, str(own[-1]["kind"]), own[-1]["table"])
        return wording, None if binds else adoption
    shipped = load_rulebook().version(method, version)
    levels: Mapping[str, str] = given.levels or (taken[-1]["levels"] if taken else {})
    if shipped is None or shipped.kind not in KINDS:
        raise UnknownThing(kind=Term("method"), code=f"{method} {version}", body=body)
    need_levels(shipped, levels)
    applied = TakenMethod(version, "", levels).applied(shipped)
    assert applied is not None
    if levels:
        data["levels"] = dict(levels)
    binds = bool(now) and (now[-1]["version"], now[-1]["levels"]) == (version, levels)
    return applied, None if binds else adoption


def _bad(field: str, zh: str, en: str) -> BadField:
    return BadField(field=field, problem_zh=zh, problem_en=en)


def _open(projector: Projector, given: OnClocks) -> list[Row]:
    """What binds is taken of the day that is asked about."""
    true, known = true_at(given.as_of), known_at(projector, given.known_at)
    day = day_of(true or projector.journal.now())
    bound = {
        (row["body"], row["method"]): str(row["version"])
        for row in methods_of(projector, given.body, None)
        if row["since"] <= day and (row["until"] is None or day <= row["until"])
    }
    return assessment_gaps(whole_list(projector, given.body, true, known), bound)


METHOD_QUESTIONS: tuple[Question[Any], ...] = (
    Question(
        "risk-what-if",
        OfWhatIf,
        (*WHOLE, METHOD_REGISTER.name),
        _what_if,
        {"body": "KS-01", "method": "lec", "version": "classic-5level", "as_of": "2026-03-19"},
    ),
    Question(
        "assessment-gaps",
        OnClocks,
        (*WHOLE, METHOD_REGISTER.name),
        _open,
        {"body": "KS-01", "as_of": "2026-01-12T10:00:00+08:00"},
    ),
    Question("method-list", OfMethods, (METHOD_REGISTER.name,), _methods, {"body": "KS-01", "ever": True}),
)
