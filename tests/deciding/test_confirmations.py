"""Before work begins each worker confirms the post, and somebody who did not confirm re-checks it on site."""

from __future__ import annotations

from typing import Any

import pytest

from domain.confirmations import (
    CONFIRMATION,
    ConfirmationRechecked,
    ConfirmedException,
    ConfirmPosts,
    ExceptionEntry,
    PostEntry,
    PostsConfirmed,
    RecheckConfirmation,
)
from domain.holds import HOLD, HoldOpened
from domain.labels import Thing
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    HoldOpen,
    Incomplete,
    NotIndependent,
    OutOfTurn,
    Retired,
    StopInForce,
    Unfit,
    UnknownPerson,
    UnknownThing,
)
from domain.stops import STOP, UnitStopped
from domain.units import UNITS, UnitRegistered, UnitRetired
from tests.deciding.given import BODY, NOW, Given, at, given, happened

DAY, TEAM = "2026-02-02", "BZ-1"
TREE = (
    happened("unit-registered"),
    UnitRegistered("U-1", "desk", "post", "U-TS", 2),
    UnitRegistered("U-2", "pump", "equipment", "U-TS", 2),
)
POSTS = (PostEntry("U-1", "P-WORKER"), PostEntry("U-2", "P-TEAM"))
CONFIRMED = PostsConfirmed(
    1, "早班", 40, "ice", (("U-1", "P-WORKER"), ("U-2", "P-TEAM")), (), at("2026-02-02"), ("P-TEAM",)
)
WHAT = Thing("post_confirmation", "BZ-1.2026-02-02/1")


def known(*own: Any, tree: tuple[Any, ...] = TREE) -> Given:
    return given(*own).knowing(UNITS, BODY, holds=tree)


def confirm(**changes: Any) -> ConfirmPosts:
    fields: dict[str, Any] = {"day": DAY, "shift": "早班", "shown": 40, "prediction": "ice", "posts": POSTS}
    return ConfirmPosts(BODY, TEAM, **{**fields, **changes})


def recheck(**changes: Any) -> RecheckConfirmation:
    return RecheckConfirmation(BODY, TEAM, DAY, **{"verdict": "sound", "findings": "fine", **changes})


# --- confirming


@pytest.mark.clause("NJ-047")
def test_a_team_confirms_its_posts_and_predicts_the_day_s_risks() -> None:
    known().when(confirm(), by="P-TEAM").then(
        PostsConfirmed(
            1, "早班", 40, "ice", (("U-1", "P-WORKER"), ("U-2", "P-TEAM")), (), at(NOW), ("P-TEAM",)
        )
    )


@pytest.mark.clause("NJ-047")
def test_a_worker_confirms_alone_and_again_at_a_later_entry() -> None:
    alone = confirm(posts=POSTS[:1])
    assert known().when(alone, by="P-WORKER").only.confirmed_by == ("P-WORKER",)
    assert known(CONFIRMED).when(alone, by="P-WORKER").only.confirmation == 2


@pytest.mark.clause("NJ-047")
@pytest.mark.parametrize("aspect", ["risk_status", "measure", "equipment_check"])
def test_what_is_not_as_it_should_be_is_told_by_post_person_and_aspect(aspect: Any) -> None:
    found = ExceptionEntry("U-2", "P-TEAM", aspect, "oil", "C-01")
    [told] = known().when(confirm(exceptions=(found,))).only.exceptions
    assert told == ConfirmedException("U-2", "P-TEAM", aspect, "oil", "C-01")


@pytest.mark.clause("NJ-047")
def test_the_record_up_to_which_they_had_read_pins_every_risk_and_measure_they_confirmed() -> None:
    assert known().when(confirm(shown=41)).only.shown == 41
    known().when(confirm(shown=0)).then(Unfit, given=0, what="shown")


def test_an_exception_belongs_to_a_post_that_is_confirmed() -> None:
    found = ExceptionEntry("U-2", "P-WORKER", "measure", "oil")
    known().when(confirm(exceptions=(found,))).then(Incomplete, missing=["U-2 P-WORKER"])


def test_a_confirmation_without_posts_is_none() -> None:
    known().when(confirm(posts=())).then(Incomplete, what=Thing("team", TEAM))


def test_nobody_confirms_one_post_twice_in_one_confirmation() -> None:
    known().when(confirm(posts=(*POSTS, POSTS[0]))).then(AlreadyRegistered, code="U-1 P-WORKER")
    known().when(confirm(posts=(*POSTS, PostEntry("U-1", "P-DEPUTY")))).accepted()


def test_who_confirms_is_on_the_roll() -> None:
    known().when(confirm(posts=(PostEntry("U-1", "P-GHOST"),))).then(UnknownPerson, person="P-GHOST")


def test_a_post_is_a_unit_in_use_that_is_not_divided_further() -> None:
    known().when(confirm(posts=(PostEntry("U-9", "P-TEAM"),))).then(UnknownThing, kind="unit", code="U-9")
    known().when(confirm(posts=(PostEntry("U-TS", "P-TEAM"),))).then(OutOfTurn, what=Thing("unit", "U-TS"))
    known(tree=(*TREE, UnitRetired("U-1", "old", ""))).when(confirm()).then(Retired, code="U-1")


def test_a_shift_begins_today_or_before_midnight_yesterday() -> None:
    known().when(confirm(day="2026-02-01")).accepted()
    for day in ("2026-01-31", "2026-02-03"):
        known().when(confirm(day=day)).then(Unfit, given=day, allowed=["2026-02-01", "2026-02-02"])


@pytest.mark.clause("YT-21b")
def test_no_work_begins_at_a_post_below_a_stop() -> None:
    stopped = UnitStopped(1, "out of control", None, None, None, at("2026-02-01"), ("P-TEAM",))
    stop = known().knowing(STOP, BODY, "U-TS", holds=[stopped])
    stop.when(confirm()).then(StopInForce, what=Thing("unit", "U-1"))
    stop.when(confirm(day="2026-01-31"), at="2026-01-31").accepted()


@pytest.mark.clause("NJ-049")
def test_no_work_begins_at_a_post_on_hold() -> None:
    held = HoldOpened(1, "abnormal_condition", "noise", "bearing", at("2026-02-01"))
    hold = known().knowing(HOLD, BODY, "U-2", holds=[held])
    hold.when(confirm()).then(HoldOpen, what=Thing("unit", "U-2"), hold=Thing("hold", "U-2/1"))
    hold.when(confirm(posts=POSTS[:1])).accepted()


# --- re-checking


@pytest.mark.clause("NJ-048")
@pytest.mark.parametrize("verdict", ["sound", "faulty"])
def test_somebody_else_re_checks_on_site(verdict: Any) -> None:
    known(CONFIRMED).when(recheck(verdict=verdict)).then(
        ConfirmationRechecked(1, verdict, "fine", ("U-1", "U-2"))
    )


@pytest.mark.clause("NJ-048")
@pytest.mark.parametrize("person", ["P-TEAM", "P-WORKER"])
def test_who_confirmed_does_not_re_check(person: str) -> None:
    known(CONFIRMED).when(recheck(), by=person).then(
        NotIndependent, person=person, part="confirmer", what=WHAT
    )
    known(CONFIRMED).when(recheck(), on_behalf_of=person).then(NotIndependent, person=person)


def test_the_posts_that_were_looked_at_are_among_the_confirmed() -> None:
    assert known(CONFIRMED).when(recheck(units=("U-2", "U-2"))).only.units == ("U-2",)
    known(CONFIRMED).when(recheck(units=("U-7",))).then(Unfit, given="U-7", allowed=["U-1", "U-2"])


def test_without_a_number_the_last_confirmation_is_meant() -> None:
    later = PostsConfirmed(2, "晚班", 50, "dark", (("U-1", "P-DEPUTY"),), (), at(NOW), ("P-DEPUTY",))
    assert known(CONFIRMED, later).when(recheck()).only.confirmation == 2
    assert known(CONFIRMED, later).when(recheck(confirmation=1)).only.confirmation == 1
    assert known(CONFIRMED, later).when(recheck(), by="P-TEAM").only.confirmation == 2


@pytest.mark.parametrize("number", [0, 2, -1])
def test_what_was_not_confirmed_is_not_re_checked(number: int) -> None:
    known(CONFIRMED).when(recheck(confirmation=number)).then(UnknownThing, kind="post_confirmation")
    known().when(recheck()).then(UnknownThing, kind="post_confirmation")


def test_a_re_check_does_not_lie_before_what_it_checks() -> None:
    known(CONFIRMED).when(recheck(), at="2026-02-01").then(BeforePredecessor, what=WHAT)


def test_a_team_s_day_is_one_stream() -> None:
    assert (
        CONFIRMATION.stream(confirm())
        == "confirmation/KS-01/BZ-1.2026-02-02"
        == CONFIRMATION.stream(recheck())
    )
    assert CONFIRMATION.stream(confirm(day="2026-02-01")) != CONFIRMATION.stream(confirm())
