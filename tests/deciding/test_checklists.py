"""A checklist's versions, its items and the controls that they check, and who owes its rounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain.check_periods import PERIODS, code_from, period_of
from domain.checklist_items import ItemEntry
from domain.checklists import (
    CHECKLIST,
    AmendChecklist,
    AssignRounds,
    ChecklistAmended,
    ChecklistDrawnUp,
    ChecklistWithdrawn,
    DrawUpChecklist,
    EndRounds,
    RenewChecklist,
    RoundsAssigned,
    RoundsEnded,
    WithdrawChecklist,
)
from domain.labels import Thing
from domain.language import CODE_PATTERN, day_after
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    EndsBeforeItBegins,
    Incomplete,
    Retired,
    UnknownPerson,
    UnknownThing,
)
from domain.refused_checks import NothingToCheck, NotOfTier
from domain.risks import RISK
from domain.roles import ROLES, RoleGranted
from tests.deciding.given import BODY, Given, at, folded, given, happened, on

LIST = "JC-TS"
WHAT = Thing("checklist", LIST)
ENTRY = ItemEntry("1", "switch works", "try it", ("team", "workshop"), "P1M", None, "R-0001", "C-01")
OTHER = ItemEntry("2", "no oil", "look", ("team",), "P7D")
DRAW = DrawUpChecklist(BODY, LIST, "hoist", "U-TS", (ENTRY, OTHER))
GRANTS = (
    RoleGranted("P-PRINCIPAL", "principal", "2026-01-05", None),
    RoleGranted("P-SAFETY", "safety_officer", "2026-01-05", None),
    RoleGranted("P-WORKSHOP", "workshop_lead", "2026-01-05", None),
    RoleGranted("P-TEAM", "team_lead", "2026-01-05", None),
    RoleGranted("P-WORKER", "post_worker", "2026-01-05", None),
)


def known(*events: Any) -> Given:
    """The mine, where R-0001 has its control and the people their roles."""
    risk = (happened("risk-identified"), happened("control-adopted"))
    return given(*events).knowing(RISK, BODY, "R-0001", holds=risk).knowing(ROLES, BODY, holds=GRANTS)


DRAWN: ChecklistDrawnUp = known().when(DRAW, at="2026-01-21").only


def test_a_checklist_holds_what_how_which_tiers_and_how_often() -> None:
    first, second = DRAWN.items
    assert (first.what, first.how, first.tiers, first.period) == (
        "switch works",
        "try it",
        ("team", "workshop"),
        "P1M",
    )
    assert (second.unit, second.risk, second.control) == ("U-TS", None, None)
    assert (DRAWN.title, DRAWN.unit, DRAWN.drawn_at) == ("hoist", "U-TS", at("2026-01-21"))


@pytest.mark.clause("NJ-063", "YT-29")
def test_an_item_knows_the_control_that_it_checks() -> None:
    assert (DRAWN.items[0].risk, DRAWN.items[0].control) == ("R-0001", "C-01")


@pytest.mark.parametrize(
    ("change", "refusal", "values"),
    [
        ({"items": ()}, Incomplete, {"what": WHAT}),
        ({"items": (replace(ENTRY, tiers=()),)}, Incomplete, {"missing": ["tier"]}),
        ({"items": (ENTRY, ENTRY)}, AlreadySo, {"what": Thing("checklist_item", "JC-TS/1")}),
        ({"items": (replace(ENTRY, risk=None),)}, Incomplete, {"missing": ["risk"]}),
        ({"items": (replace(ENTRY, risk="R-9"),)}, UnknownThing, {"kind": "risk", "code": "R-9"}),
        (
            {"items": (replace(ENTRY, control="C-9"),)},
            UnknownThing,
            {"kind": "control", "code": "R-0001/C-9"},
        ),
        ({"items": (replace(ENTRY, unit="U-9"),)}, UnknownThing, {"kind": "unit"}),
        ({"unit": "U-9"}, UnknownThing, {"kind": "unit", "code": "U-9"}),
    ],
)
def test_items_that_do_not_fit_are_refused(change: Any, refusal: Any, values: dict[str, object]) -> None:
    known().when(replace(DRAW, **change)).then(refusal, **values)


def test_a_code_stands_for_one_checklist() -> None:
    known(DRAWN).when(DRAW).then(AlreadyRegistered, kind="checklist", code=LIST)


# --- from controls

CHECKED = happened("control-adopted")
FROM_C_01 = "R-0001.C-01.post.shift"


@pytest.mark.clause("NJ-063", "YT-29")
def test_a_checklist_is_made_from_the_controls_in_force_and_what_people_add() -> None:
    events = known().when(replace(DRAW, risks=("R-0001",), items=(OTHER,))).only
    first, second = events.items
    [check] = CHECKED.checks
    assert (first.item, first.what, first.how) == (FROM_C_01, CHECKED.measure, check.how)
    assert (first.tiers, first.period, first.unit) == (("post",), "shift", "U-TS")
    assert (first.risk, first.control, first.source) == ("R-0001", "C-01", "control")
    assert (second.item, second.source) == ("2", "person")


def test_what_people_write_stands_in_the_place_of_what_the_control_says() -> None:
    own = replace(ENTRY, item=FROM_C_01)
    event = known().when(replace(DRAW, risks=("R-0001",), items=(own,))).only
    assert [(one.item, one.what, one.source) for one in event.items] == [
        (FROM_C_01, "switch works", "person")
    ]


def test_a_list_from_no_control_and_no_item_is_refused() -> None:
    bare = known().knowing(RISK, BODY, "R-0001", holds=(happened("risk-identified"),))
    bare.when(replace(DRAW, risks=("R-0001",), items=())).then(Incomplete)
    known().when(replace(DRAW, risks=("R-9",))).then(UnknownThing, kind="risk")
    retired = (happened("risk-identified"), CHECKED, happened("risk-retired"))
    gone = known().knowing(RISK, BODY, "R-0001", holds=retired)
    gone.when(replace(DRAW, risks=("R-0001",))).then(Retired, kind="risk")


def test_renewing_follows_the_controls_and_leaves_what_people_wrote() -> None:
    drawn = known().when(replace(DRAW, risks=("R-0001",), items=(OTHER,)), at="2026-01-21").only
    renew = RenewChecklist(BODY, LIST, "controls changed")
    known(drawn).when(renew).then(AlreadySo)
    [check] = CHECKED.checks
    other = replace(
        CHECKED,
        version=2,
        measure="two switches",
        checks=(check, replace(check, tier="team", period="month")),
    )
    changed = known(drawn).knowing(RISK, BODY, "R-0001", holds=(happened("risk-identified"), CHECKED, other))
    event = changed.when(renew).only
    assert [(one.item, one.what) for one in event.put] == [
        (FROM_C_01, "two switches"),
        ("R-0001.C-01.team.P1M", "two switches"),
    ]
    assert (event.added, event.dropped) == (("R-0001.C-01.team.P1M",), ())
    withdrawn = (happened("risk-identified"), CHECKED, happened("control-withdrawn", control="C-01"))
    gone = known(drawn).knowing(RISK, BODY, "R-0001", holds=withdrawn).when(renew).only
    assert (gone.put, gone.dropped) == ((), (FROM_C_01,))
    retired = known(drawn).knowing(RISK, BODY, "R-0001", holds=(*withdrawn[:2], happened("risk-retired")))
    assert retired.when(renew).only.dropped == (FROM_C_01,)


def test_renewing_takes_further_risks_on_and_never_empties_a_list() -> None:
    event = known(DRAWN).when(RenewChecklist(BODY, LIST, "more", ("R-0001",))).only
    assert event.added == (FROM_C_01,)
    assert event.put[0].control == "C-01"
    only = known().when(replace(DRAW, risks=("R-0001",), items=()), at="2026-01-21").only
    bare = known(only).knowing(RISK, BODY, "R-0001", holds=(happened("risk-identified"),))
    bare.when(RenewChecklist(BODY, LIST, "gone")).then(Incomplete)


# --- versions


def test_amending_makes_the_next_version_and_leaves_the_one_before_as_it_was() -> None:
    changed = replace(OTHER, how="measure")
    new = ItemEntry("3", "driver knows", "ask", ("team",), "P1M")
    amend = AmendChecklist(BODY, LIST, "after the drill", (changed, new), ("1",))
    event: ChecklistAmended = known(DRAWN).when(amend).only
    assert (event.version, event.added, event.dropped) == (2, ("3",), ("1",))
    state = folded(CHECKLIST, (DRAWN, event))
    assert [one.item for one in state.items(1)] == ["1", "2"]
    assert [(one.item, one.how) for one in state.items(2)] == [("2", "measure"), ("3", "ask")]
    assert [state.version_at(at(day)) for day in ("2026-01-20", "2026-01-21", "2026-02-02")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("put", "drop", "refusal"),
    [((), (), Incomplete), ((), ("9",), UnknownThing), ((), ("1", "2"), Incomplete)],
)
def test_amending_nothing_what_is_not_there_or_to_nothing_is_refused(
    put: Any, drop: Any, refusal: Any
) -> None:
    known(DRAWN).when(AmendChecklist(BODY, LIST, "why", put, drop)).then(refusal)


def test_no_version_begins_before_the_last_one() -> None:
    known(DRAWN).when(AmendChecklist(BODY, LIST, "why", (OTHER,)), at="2026-01-20").then(BeforePredecessor)


# --- rounds


ASSIGN = AssignRounds(BODY, LIST, "team", "P1M", "P-TEAM")
ASSIGNED = RoundsAssigned("team", "P1M", "P-TEAM", "2026-02-02")


def test_rounds_are_owed_from_the_day_they_are_assigned_by_somebody_of_the_tier() -> None:
    known(DRAWN).when(ASSIGN).then(ASSIGNED)
    known(DRAWN).when(replace(ASSIGN, since="2026-03-01")).then(replace(ASSIGNED, since="2026-03-01"))
    known(DRAWN).when(replace(ASSIGN, person="P-WORKER")).then(NotOfTier, person="P-WORKER", tier="team")
    known(DRAWN).when(replace(ASSIGN, person="P-NOBODY")).then(UnknownPerson)
    known(DRAWN).when(replace(ASSIGN, period="P1Y")).then(NothingToCheck, tier="team", period="P1Y")


def test_the_same_rounds_are_not_owed_twice_at_once() -> None:
    ended = RoundsEnded("team", "P1M", "P-TEAM", "2026-02-02", "2026-03-01", "")
    known(DRAWN, ASSIGNED).when(ASSIGN).then(AlreadyHeld, person="P-TEAM", since="2026-02-02")
    known(DRAWN, ASSIGNED, ended).when(replace(ASSIGN, since="2026-02-28")).then(AlreadyHeld)
    known(DRAWN, ASSIGNED, ended).when(replace(ASSIGN, since="2026-03-01")).accepted()


def test_rounds_end_on_a_day_and_only_those_that_are_owed() -> None:
    end = EndRounds(BODY, LIST, "team", "P1M", "P-TEAM", "2026-03-01", "moved")
    ended = RoundsEnded("team", "P1M", "P-TEAM", "2026-02-02", "2026-03-01", "moved")
    known(DRAWN, ASSIGNED).when(end).then(ended)
    known(DRAWN).when(end).then(UnknownThing, kind="rounds")
    known(DRAWN, ASSIGNED, ended).when(end).then(UnknownThing)
    known(DRAWN, ASSIGNED).when(replace(end, until="2026-02-01")).then(EndsBeforeItBegins)
    state = folded(CHECKLIST, (DRAWN, ASSIGNED, ended))
    days = ("2026-02-01", "2026-02-02", "2026-02-28", "2026-03-01")
    assert [state.owed("team", "P1M", "P-TEAM", day) for day in days] == [False, True, True, False]


def test_a_withdrawn_checklist_owes_no_rounds_and_takes_no_commands() -> None:
    event = ChecklistWithdrawn("sold", "2026-02-02")
    known(DRAWN).when(WithdrawChecklist(BODY, LIST, "sold")).then(event)
    state = folded(CHECKLIST, (DRAWN, ASSIGNED, event))
    assert not state.owed("team", "P1M", "P-TEAM", "2026-02-02")
    for command in (
        ASSIGN,
        WithdrawChecklist(BODY, LIST, "sold"),
        AmendChecklist(BODY, LIST, "why", (OTHER,)),
    ):
        known(DRAWN, on("2026-02-02", event)).when(command).then(Retired, kind="checklist", code=LIST)
        known().when(command).then(UnknownThing, kind="checklist")


# --- calendar periods


@pytest.mark.parametrize(
    ("day", "period", "first", "last"),
    [
        ("2026-02-10", "P1D", "2026-02-10", "2026-02-10"),
        ("2026-02-10", "P7D", "2026-02-09", "2026-02-15"),
        ("2026-01-01", "P7D", "2025-12-29", "2026-01-04"),
        ("2028-02-29", "P1M", "2028-02-01", "2028-02-29"),
        ("2026-12-31", "P1M", "2026-12-01", "2026-12-31"),
        ("2026-05-05", "P3M", "2026-04-01", "2026-06-30"),
        ("2026-07-01", "P6M", "2026-07-01", "2026-12-31"),
        ("2026-11-22", "P1Y", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods_are_those_of_the_calendar(day: str, period: str, first: str, last: str) -> None:
    assert period_of(day, period) == (first, last)


@hypothesis_given(st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31)), st.sampled_from(PERIODS))
def test_periods_cover_every_day_once(date: dt.date, period: str) -> None:
    day = date.isoformat()
    first, last = period_of(day, period)
    assert first <= day <= last
    assert period_of(first, period) == period_of(last, period) == (first, last)
    assert period_of(day_after(last), period)[0] == day_after(last)


@hypothesis_given(st.lists(st.text("ab.-", min_size=1, max_size=40), min_size=1, max_size=4))
def test_a_code_made_from_others_is_a_code_and_tells_them_apart(parts: list[str]) -> None:
    codes = [f"A{part}" for part in parts]
    code = code_from(*codes)
    assert len(code) <= 56
    assert CODE_PATTERN.fullmatch(code)
    assert code != code_from(*codes, "X")
