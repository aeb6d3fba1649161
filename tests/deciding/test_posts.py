"""Posts are held by people on the roll from a day until a day; a hand-over leaves no gap and no double."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from domain.absences import AbsenceEnded, AbsenceRecorded
from domain.appointments import AppointmentEnded, PersonAppointed, PostHandedOver
from domain.bodies import BODY as BODIES
from domain.departments import DEPARTMENT, DepartmentClosed
from domain.labels import Thing
from domain.language import day_after
from domain.posts import POST, PostClosed, PostRegistered
from domain.refused import (
    AlreadyHeld,
    AlreadyRegistered,
    DeputyAbsent,
    EndsBeforeItBegins,
    HeldByAnother,
    NotInPlace,
    Retired,
    SamePerson,
    StillHeld,
    UnknownPerson,
    UnknownThing,
)
from tests.deciding.given import BODY, Given, example, folded
from tests.deciding.organised import COMPANY, HOIST, WORKSHOP, organised

TEAM = PersonAppointed(1, "P-TEAM", "2026-01-08", None, ())
WORKER = PersonAppointed(2, "P-WORKER", "2026-03-01", None, ())
POST_TS = Thing("post", "GW-TS")


def post(*events: Any) -> Given:
    return organised(HOIST, *events)


def closed_workshop(until: str, *events: Any) -> Given:
    return organised(HOIST, *events).knowing(
        DEPARTMENT, BODY, "D-TS", holds=[WORKSHOP, DepartmentClosed(until, "合并")]
    )


# --- the post itself


def test_a_post_says_whether_it_is_a_key_post_or_a_dangerous_place() -> None:
    organised().when(example("RegisterPost", post="GW-X", department="D-TS", dangerous_place=False)).then(
        PostRegistered("GW-X", "竖井提升机司机", "D-TS", True, False, "2026-01-08")
    )


def test_a_post_stands_in_a_department_that_is_there() -> None:
    organised().when(example("RegisterPost", post="GW-X", department="D-NONE")).then(
        UnknownThing, kind="department", code="D-NONE"
    )
    organised().when(example("RegisterPost", post="GW-X", department="D-TS", since="2026-01-01")).then(
        NotInPlace, what=Thing("department", "D-TS"), day="2026-01-01"
    )


def test_a_post_is_set_up_once() -> None:
    post().when(example("RegisterPost")).then(AlreadyRegistered, kind="post", code="GW-TS")


def test_a_post_belongs_to_a_body_that_is_registered() -> None:
    organised().knowing(BODIES, BODY, holds=[]).when(example("RegisterPost")).then(UnknownThing, kind="body")


def test_nobody_is_appointed_to_a_post_that_was_never_set_up() -> None:
    organised().when(example("AppointToPost")).then(UnknownThing, kind="post", code="GW-TS")


def test_a_post_that_nobody_holds_any_longer_is_closed() -> None:
    ended = AppointmentEnded(1, "P-TEAM", "2026-01-08", "2026-02-01", None, "")
    post(TEAM, ended).when(example("ClosePost", until="2026-02-01")).then(
        PostClosed("2026-02-01", "竖井停止提人，岗位撤销")
    )


def test_a_post_that_somebody_still_holds_is_not_closed() -> None:
    post(TEAM).when(example("ClosePost", until=None)).then(
        StillHeld, what=POST_TS, person="P-TEAM", day="2026-02-02"
    )
    later = PersonAppointed(1, "P-TEAM", "2026-05-01", "2026-06-01", ())
    post(later).when(example("ClosePost", until=None)).then(StillHeld, person="P-TEAM")


def test_a_post_is_closed_once_and_not_before_it_was_there() -> None:
    post(PostClosed("2026-03-01", "")).when(example("ClosePost")).then(Retired, kind="post", code="GW-TS")
    post().when(example("ClosePost", until="2026-01-01")).then(EndsBeforeItBegins, since="2026-01-08")


# --- appointing


def appoint(person: str = "P-WORKER", **more: Any) -> Any:
    return example("AppointToPost", **{"person": person, "since": None, **more})


def test_somebody_holds_a_post_from_the_day_it_happened_unless_other_days_are_named() -> None:
    post().when(appoint()).then(PersonAppointed(1, "P-WORKER", "2026-02-02", None, ()))
    post().when(appoint(since="2026-01-08", until="2026-02-01")).then(
        PersonAppointed(1, "P-WORKER", "2026-01-08", "2026-02-01", ())
    )


def test_who_holds_a_post_is_on_the_roll() -> None:
    post().when(appoint("P-GHOST")).then(UnknownPerson, person="P-GHOST")


def test_an_appointment_for_no_day_is_refused() -> None:
    post().when(appoint(since="2026-03-01", until="2026-03-01")).then(EndsBeforeItBegins, until="2026-03-01")


def test_nobody_holds_a_post_before_it_is_there() -> None:
    post().when(appoint(since="2026-01-07")).then(NotInPlace, what=POST_TS, day="2026-01-07")


def test_nobody_holds_a_post_beyond_the_day_on_which_it_closes() -> None:
    closing = post(PostClosed("2026-03-01", ""))
    closing.when(appoint()).then(NotInPlace, what=POST_TS, day="2026-03-01")
    closing.when(appoint(until="2026-03-02")).then(NotInPlace, day="2026-03-01")
    closing.when(appoint(until="2026-03-01")).accepted()
    closing.when(appoint(since="2026-03-01")).then(NotInPlace, day="2026-03-01")


def test_nobody_is_appointed_in_a_department_that_is_closed() -> None:
    closed_workshop("2026-02-02").when(appoint()).then(
        NotInPlace, what=Thing("department", "D-TS"), day="2026-02-02"
    )
    organised(HOIST).knowing(
        DEPARTMENT, BODY, "D-KS", holds=[COMPANY, DepartmentClosed("2026-02-02", "")]
    ).when(appoint()).then(NotInPlace, what=Thing("department", "D-KS"))


def test_nobody_holds_one_post_twice() -> None:
    post(TEAM).when(appoint("P-TEAM", alongside=True)).then(AlreadyHeld, what=POST_TS, person="P-TEAM")


def test_two_people_hold_one_post_only_where_that_is_said() -> None:
    post(TEAM).when(appoint()).then(HeldByAnother, what=POST_TS, person="P-TEAM", since="2026-01-08")
    post(TEAM).when(appoint(alongside=True)).then(
        PersonAppointed(2, "P-WORKER", "2026-02-02", None, ("P-TEAM",))
    )


def test_one_who_comes_after_the_other_is_not_alongside() -> None:
    held = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-02-02", ())
    post(held).when(appoint()).then(PersonAppointed(2, "P-WORKER", "2026-02-02", None, ()))
    post(WORKER).when(appoint("P-TEAM", until="2026-03-01")).accepted()


# --- ending


def end(person: str = "P-TEAM", until: str | None = None) -> Any:
    return example("EndAppointment", person=person, until=until, reason="调离")


def test_an_appointment_ends_and_the_day_on_which_it_was_to_end_stays_on_record() -> None:
    post(TEAM).when(end()).then(AppointmentEnded(1, "P-TEAM", "2026-01-08", "2026-02-02", None, "调离"))
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-07-01", ())
    post(bounded).when(end()).then(
        AppointmentEnded(1, "P-TEAM", "2026-01-08", "2026-02-02", "2026-07-01", "调离")
    )


def test_ending_never_prolongs_an_appointment() -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-02-02", ())
    post(bounded).when(end()).then(UnknownThing, kind="appointment", code="GW-TS:P-TEAM")


def test_an_appointment_that_did_not_begin_is_withdrawn_on_its_first_day() -> None:
    post(WORKER).when(end("P-WORKER", "2026-03-01")).then(
        AppointmentEnded(2, "P-WORKER", "2026-03-01", "2026-03-01", None, "调离")
    )
    withdrawn = AppointmentEnded(2, "P-WORKER", "2026-03-01", "2026-03-01", None, "")
    state = folded(POST, [HOIST, WORKER, withdrawn])
    assert not any(state.holders[0].holds_on(day) for day in ("2026-02-28", "2026-03-01", "2026-03-02"))
    post(WORKER, withdrawn).when(appoint("P-TEAM")).accepted()


def test_who_does_not_hold_the_post_holds_no_appointment_to_end() -> None:
    post(TEAM).when(end("P-WORKER")).then(UnknownThing, kind="appointment")
    post(TEAM).when(end("P-TEAM", "2026-01-07")).then(UnknownThing, kind="appointment")


def test_the_appointment_of_a_deputy_s_principal_takes_the_deputyship_with_it() -> None:
    away = AbsenceRecorded(1, "P-TEAM", "P-WORKER", "2026-02-01", "2026-03-01", "")
    later = AbsenceRecorded(2, "P-TEAM", "P-DEPUTY", "2026-04-01", "2026-05-01", "")
    post(TEAM, away, later).when(end()).then(
        AppointmentEnded(1, "P-TEAM", "2026-01-08", "2026-02-02", None, "调离"),
        AbsenceEnded(1, "P-TEAM", "P-WORKER", "2026-02-01", "2026-02-02", "2026-03-01", "调离"),
        AbsenceEnded(2, "P-TEAM", "P-DEPUTY", "2026-04-01", "2026-04-01", "2026-05-01", "调离"),
    )


# --- handing over


def hand_over(on: str | None = None, **more: Any) -> Any:
    return example("HandOverPost", **{"on": on, "remarks": "钥匙和记录", **more})


def test_a_hand_over_leaves_no_gap_and_no_double() -> None:
    handed = PostHandedOver(1, "P-TEAM", 2, "P-WORKER", "2026-02-02", None, "钥匙和记录")
    post(TEAM).when(hand_over()).then(handed)
    holders = folded(POST, [HOIST, TEAM, handed]).holders
    for day in ("2026-01-08", "2026-02-01", "2026-02-02", "2026-02-03", "2027-01-01"):
        assert len([one for one in holders if one.holds_on(day)]) == 1, day
    assert [one.holder for one in holders if one.holds_on("2026-02-01")] == ["P-TEAM"]
    assert [one.holder for one in holders if one.holds_on("2026-02-02")] == ["P-WORKER"]


def test_the_successor_takes_over_what_is_left_of_the_appointment() -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-07-01", ())
    post(bounded).when(hand_over()).then(
        PostHandedOver(1, "P-TEAM", 2, "P-WORKER", "2026-02-02", "2026-07-01", "钥匙和记录")
    )


def test_who_leaves_on_that_day_anyway_hands_over_until_further_notice() -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-02-02", ())
    post(bounded).when(hand_over()).then(
        PostHandedOver(1, "P-TEAM", 2, "P-WORKER", "2026-02-02", None, "钥匙和记录")
    )


@pytest.mark.parametrize("until", ["2026-02-01", "2026-01-20"])
def test_a_hand_over_after_the_appointment_ended_would_leave_a_gap(until: str) -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", until, ())
    post(bounded).when(hand_over()).then(UnknownThing, kind="appointment", code="GW-TS:P-TEAM")


def test_nobody_hands_over_what_was_never_held() -> None:
    post(TEAM).when(hand_over("2026-01-08")).then(UnknownThing, kind="appointment")
    post(TEAM).when(hand_over(person="P-DEPUTY")).then(UnknownThing, code="GW-TS:P-DEPUTY")


def test_a_successor_who_holds_the_post_then_would_be_a_double() -> None:
    shift = PersonAppointed(2, "P-WORKER", "2026-01-08", None, ("P-TEAM",))
    post(TEAM, shift).when(hand_over()).then(AlreadyHeld, what=POST_TS, person="P-WORKER")
    post(TEAM, WORKER).when(hand_over()).then(AlreadyHeld, person="P-WORKER", since="2026-03-01")


def test_on_shifts_one_of_two_hands_over_and_the_other_stays() -> None:
    shift = PersonAppointed(2, "P-DEPUTY", "2026-01-08", None, ("P-TEAM",))
    post(TEAM, shift).when(hand_over()).then(
        PostHandedOver(1, "P-TEAM", 3, "P-WORKER", "2026-02-02", None, "钥匙和记录")
    )


def test_nobody_hands_over_to_oneself() -> None:
    post(TEAM).when(hand_over(successor="P-TEAM")).then(SamePerson, person="P-TEAM")


def test_a_successor_is_on_the_roll() -> None:
    post(TEAM).when(hand_over(successor="P-GHOST")).then(UnknownPerson, person="P-GHOST")


def test_no_hand_over_in_a_department_or_post_that_is_closed_by_then() -> None:
    closed_workshop("2026-02-02", TEAM).when(hand_over()).then(NotInPlace, what=Thing("department", "D-TS"))
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-02-02", ())
    post(bounded, PostClosed("2026-02-02", "")).when(hand_over()).then(
        NotInPlace, what=POST_TS, day="2026-02-02"
    )


def test_a_chain_of_hand_overs_has_exactly_one_holder_on_every_day() -> None:
    events: list[Any] = [HOIST, TEAM]
    people = ("P-TEAM", "P-WORKER", "P-DEPUTY", "P-SAFETY")
    for number, (before, after) in enumerate(pairwise(people), start=1):
        command = hand_over(day_after("2026-01-08", 10 * number), person=before, successor=after)
        decided = organised(*events).when(command)
        decided.accepted()
        events += decided.events
    holders = folded(POST, events).holders
    for day in (day_after("2026-01-08", at) for at in range(60)):
        assert len([one for one in holders if one.holds_on(day)]) == 1, day


# --- absence and deputies


def absent(**more: Any) -> Any:
    fields = {
        "person": "P-TEAM",
        "deputy": "P-WORKER",
        "since": None,
        "until": "2026-02-10",
        "reason": "休假",
    }
    return example("RecordAbsence", **{**fields, **more})


AWAY = AbsenceRecorded(1, "P-TEAM", "P-WORKER", "2026-02-01", "2026-03-01", "休假")


def test_a_deputy_stands_in_for_somebody_who_is_absent() -> None:
    post(TEAM).when(absent()).then(
        AbsenceRecorded(1, "P-TEAM", "P-WORKER", "2026-02-02", "2026-02-10", "休假")
    )


def test_an_absence_without_end_lasts_as_long_as_the_post_is_held() -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-07-01", ())
    post(bounded).when(absent(until=None)).then(
        AbsenceRecorded(1, "P-TEAM", "P-WORKER", "2026-02-02", "2026-07-01", "休假")
    )


def test_who_does_not_hold_the_post_all_the_time_is_not_absent_from_it() -> None:
    bounded = PersonAppointed(1, "P-TEAM", "2026-01-08", "2026-02-09", ())
    post(bounded).when(absent()).then(UnknownThing, kind="appointment")
    post(WORKER).when(absent(person="P-WORKER", deputy="P-TEAM")).then(UnknownThing, kind="appointment")


def test_nobody_stands_in_for_oneself() -> None:
    post(TEAM).when(absent(deputy="P-TEAM")).then(SamePerson, person="P-TEAM")


def test_a_deputy_is_on_the_roll() -> None:
    post(TEAM).when(absent(deputy="P-GHOST")).then(UnknownPerson, person="P-GHOST")


def test_one_absence_has_one_deputy() -> None:
    post(TEAM, AWAY).when(absent(deputy="P-DEPUTY")).then(AlreadyHeld, what="deputy", person="P-WORKER")


def test_one_who_is_absent_stands_in_for_nobody() -> None:
    shift = PersonAppointed(2, "P-DEPUTY", "2026-01-08", None, ("P-TEAM",))
    post(TEAM, shift, AWAY).when(absent(person="P-DEPUTY", deputy="P-TEAM")).then(
        DeputyAbsent, person="P-TEAM", since="2026-02-01"
    )
    by_shift = AbsenceRecorded(1, "P-TEAM", "P-DEPUTY", "2026-02-01", "2026-03-01", "")
    post(TEAM, shift, by_shift).when(absent(person="P-DEPUTY", deputy="P-WORKER")).then(
        AlreadyHeld, what="deputy", person="P-DEPUTY"
    )


def test_who_comes_back_earlier_answers_again_from_that_day() -> None:
    post(TEAM, AWAY).when(example("EndAbsence", person="P-TEAM", until=None, reason="返岗")).then(
        AbsenceEnded(1, "P-TEAM", "P-WORKER", "2026-02-01", "2026-02-02", "2026-03-01", "返岗")
    )


def test_who_is_not_absent_does_not_come_back() -> None:
    post(TEAM).when(example("EndAbsence", person="P-TEAM")).then(UnknownThing, kind="absence")
    post(TEAM, AWAY).when(example("EndAbsence", person="P-TEAM", until="2026-03-01")).then(UnknownThing)


def test_an_absence_ends_with_the_hand_over() -> None:
    post(TEAM, AWAY).when(hand_over(successor="P-DEPUTY")).then(
        PostHandedOver(1, "P-TEAM", 2, "P-DEPUTY", "2026-02-02", None, "钥匙和记录"),
        AbsenceEnded(1, "P-TEAM", "P-WORKER", "2026-02-01", "2026-02-02", "2026-03-01", "钥匙和记录"),
    )
