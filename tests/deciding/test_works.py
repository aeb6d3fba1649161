"""Neighbours are told of dangerous work before it begins, and heard; an emergency leaves a trace of who was not."""

from __future__ import annotations

from typing import Any

import pytest

from domain.bodies import BODY as BODIES
from domain.duties import AnswerDuty, DropDuty, RaiseDuty, SupersedeDuty
from domain.holds import HOLD
from domain.neighbours import NEIGHBOUR
from domain.policies import POLICIES
from domain.records import Record
from domain.refused import (
    AlreadyRegistered,
    AlreadySo,
    BeforePredecessor,
    DeadlineInThePast,
    EndsBeforeItBegins,
    HoldOpen,
    Incomplete,
    OutOfTurn,
    Retired,
    StopInForce,
    UnknownThing,
)
from domain.refused_neighbours import AnswersAwaited, NeighboursNotTold, NothingToWeigh, ObjectionStands
from domain.rule_adoption import ADOPTED
from domain.stops import STOP
from domain.work_state import ToTell
from tests.deciding.given import BODY, Given, at, example, given, happened, on

VILLAGE, SCHOOL = "ZB-CUN", "ZB-XX"
DECLARED = happened("work-declared", affects=(VILLAGE, SCHOOL), nobody_because="")
TOLD = happened("work-neighbour-told", answer_by=None)
TOLD_TOO = happened("work-neighbour-told", neighbour=SCHOOL, answer_by=None)
STARTS = "2026-03-03"
SINCE = at("2026-03-01")


def near(*own: Any) -> Given:
    """The mine with a village and a school on its register of neighbours."""
    known = given(*own)
    for code in (VILLAGE, SCHOOL):
        known = known.knowing(NEIGHBOUR, BODY, code, holds=[happened("neighbour-registered", neighbour=code)])
    return known


def declared(*more: Any) -> Given:
    return near(on("2026-02-27", DECLARED), *(on("2026-02-28", one) for one in more))


def declare(**changes: Any) -> Any:
    return example("DeclareWork", **{"affects": (VILLAGE, SCHOOL), "nobody_because": "", **changes})


def reacted(event: Any, work: str = "ZY-2026-01") -> list[tuple[str, Any]]:
    [policy] = [one for one in POLICIES if one.name == "neighbour-notice"]
    moment = at("2026-02-28")
    record = Record(
        position=7,
        stream=f"work/{BODY}/{work}",
        version=1,
        kind=event.KIND,
        scope=BODY,
        by="P-WORKSHOP",
        auth="os-local",
        happened_at=moment,
        recorded_at=moment,
        command_id="x",
        event=event,
    )
    return policy.react(record)


# --- the register


@pytest.mark.clause("YT-28")
def test_a_neighbour_is_a_place_or_an_organisation_and_may_be_a_body_known_here() -> None:
    command = example("RegisterNeighbour", known_as="E-1")
    given().when(command).then(UnknownThing, code="E-1")
    given().when(example("RegisterNeighbour", known_as=BODY)).then(UnknownThing, code=BODY)
    other = given().knowing(BODIES, "E-1", holds=[happened("body-registered", body="E-1")])
    assert other.when(command).only.known_as == "E-1"


def test_a_code_is_taken_once_and_nothing_is_said_of_who_is_no_neighbour_any_more() -> None:
    registered, ended = happened("neighbour-registered"), happened("neighbour-ended")
    given(registered).when(example("RegisterNeighbour")).then(AlreadyRegistered, code=VILLAGE)
    given().when(example("RecordWatch")).then(UnknownThing, code=VILLAGE)
    given(registered, ended).when(example("RecordWatch")).then(Retired, code=VILLAGE)
    given(on("2026-01-20", registered)).when(example("EndNeighbour"), at="2026-01-19").then(BeforePredecessor)


@pytest.mark.clause("YT-28")
def test_supervision_and_inspections_by_third_parties_are_written_down_with_their_outcome() -> None:
    event = (
        given(happened("neighbour-registered"), happened("neighbour-watch-recorded"))
        .when(example("RecordWatch"))
        .only
    )
    assert (event.number, event.kind) == (2, "third_party_inspection")
    assert event.inspected_by and event.outcome


# --- declaring


@pytest.mark.clause("YT-28")
def test_without_a_rule_neighbours_are_told_on_the_day_before_at_the_latest() -> None:
    event = near().when(declare(), at="2026-02-27").only
    assert (event.tell_by, event.owed_by, event.citation) == ("2026-03-02", "safety_officer", None)


@pytest.mark.rule("neighbour-notice")
@pytest.mark.parametrize(
    ("pack", "tell_by", "standing"),
    [
        ("yantian-2021", "2026-03-02", "adopted; expired 2024-10-31"),
        ("house-watch-2026", "2026-02-28", "adopted; house rule"),
    ],
)
def test_the_rule_that_the_body_adopted_says_how_long_before(pack: str, tell_by: str, standing: str) -> None:
    adopted = happened("rule-pack-adopted", pack=pack, version="1", since="2026-01-06")
    event = (
        near()
        .knowing(ADOPTED, BODY, holds=[adopted])
        .knowing(BODIES, BODY, holds=[happened("body-registered", classes=("non_coal_mine",))])
        .when(declare(), at="2026-02-27")
        .only
    )
    assert (event.tell_by, event.citation.standing) == (tell_by, standing)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"affects": ()}, Incomplete),
        ({"affects": ("ZB-GHOST",)}, UnknownThing),
        ({"unit": "U-GHOST"}, UnknownThing),
        ({"starts": "2026-02-26"}, DeadlineInThePast),
        ({"ends": "2026-03-02"}, EndsBeforeItBegins),
    ],
)
def test_a_work_that_cannot_be_declared_is_refused(changes: dict[str, Any], refusal: Any) -> None:
    near().when(declare(**changes), at="2026-02-27").then(refusal)


def test_a_work_is_declared_once_and_one_that_nobody_declared_takes_no_step() -> None:
    declared().when(declare(), at="2026-02-28").then(AlreadyRegistered)
    near().when(example("StartWork"), at="2026-03-05").then(UnknownThing, code="ZY-2026-01")


def test_a_neighbour_is_found_to_be_affected_once() -> None:
    declared().when(example("AffectNeighbour"), at="2026-02-28").then(AlreadySo)
    known = near(on("2026-02-27", happened("work-declared")))
    assert known.when(example("AffectNeighbour"), at="2026-02-28").only.tell_by == "2026-03-02"


# --- telling


@pytest.mark.clause("YT-28")
@pytest.mark.parametrize(("day", "late"), [("2026-03-02", 0), ("2026-03-03", 1), ("2026-03-06", 4)])
def test_telling_is_in_time_before_the_work_and_else_late_by_so_many_days(day: str, late: int) -> None:
    event = declared().when(example("TellNeighbour", answer_by=None), at=day).only
    assert (event.tell_by, event.days_late, event.after_start) == ("2026-03-02", late, False)


@pytest.mark.clause("YT-28")
def test_what_was_told_before_a_move_and_written_down_after_it_was_told_of_the_former_day() -> None:
    """Or else the work could begin on a day of which nobody has heard."""
    moved_at = at("2026-02-28T12:00+08:00")
    moved = happened(
        "work-moved", was=STARTS, starts="2026-03-02", again=(ToTell(VILLAGE, 2),), moved_at=moved_at
    )
    known = near(on("2026-02-26", DECLARED), on("2026-02-28", moved))
    before, after = "2026-02-27", "2026-03-01"
    tell = example("TellNeighbour", answer_by=None)
    late = known.when(tell, at=before).only
    assert (late.starts, late.round, late.earlier) == (STARTS, 1, False)
    anew = known.when(tell, at=after).only
    assert (anew.starts, anew.round, anew.earlier) == ("2026-03-02", 2, False)

    school = happened("work-neighbour-told", neighbour=SCHOOL, answer_by=None, starts="2026-03-02")
    both = (on("2026-02-26", DECLARED), on("2026-02-28", moved), on("2026-03-01", school))
    start = example("StartWork")
    refused = near(*both, on(after, late)).when(start, at="2026-03-02").refused
    assert isinstance(refused, NeighboursNotTold)
    assert [str(one) for one in refused.values["neighbours"]] == [f"neighbour {VILLAGE}"]
    second = near(*both, on(after, anew)).when(tell, at=before).only
    assert second.earlier, "the notice of the new day stands"
    near(*both, on(after, anew), on(after, second)).when(start, at="2026-03-02").accepted()


def test_who_is_told_after_the_work_began_is_told_late_and_that_is_shown() -> None:
    started = happened("work-started", emergency="井架倾斜", untold=(VILLAGE,), started_at=at("2026-03-01"))
    known = declared(TOLD_TOO, started)
    assert known.when(example("TellNeighbour", answer_by=None), at="2026-03-01T09:00+08:00").only.after_start
    earlier = known.when(example("TellNeighbour", answer_by=None), at="2026-03-01T07:00+08:00").only
    assert not earlier.after_start, "it happened before the work began and was only recorded afterwards"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"neighbour": "ZB-ELSE"}, UnknownThing), ({"answer_by": "2026-02-27"}, DeadlineInThePast)],
)
def test_who_is_not_affected_is_not_told_and_nobody_answers_in_the_past(
    changes: dict[str, Any], refusal: Any
) -> None:
    declared().when(example("TellNeighbour", **changes), at="2026-02-28").then(refusal)


# --- answers


def test_who_was_not_told_does_not_answer() -> None:
    declared().when(example("RecordNeighbourAnswer"), at="2026-02-28").then(NeighboursNotTold)


def test_there_is_nothing_to_weigh_without_an_objection_or_after_it_was_weighed() -> None:
    weigh = example("WeighObjection")
    objects, weighed = happened("work-neighbour-answered"), happened("work-objection-weighed")
    declared(TOLD).when(weigh, at="2026-03-01").then(NothingToWeigh)
    declared(TOLD, happened("work-neighbour-answered", answer="consent")).when(weigh, at="2026-03-01").then(
        NothingToWeigh
    )
    declared(TOLD, objects).when(weigh, at="2026-03-01").then(happened("work-objection-weighed"))
    declared(TOLD, objects, weighed).when(weigh, at="2026-03-01").then(NothingToWeigh)


def test_telling_again_does_not_make_an_objection_disappear() -> None:
    known = declared(TOLD, happened("work-neighbour-answered"), TOLD, TOLD_TOO)
    known.when(example("StartWork"), at=STARTS).then(ObjectionStands)


# --- beginning


@pytest.mark.clause("YT-28")
def test_a_work_does_not_begin_before_everybody_whom_it_reaches_was_told() -> None:
    declared(TOLD).when(example("StartWork"), at=STARTS).then(NeighboursNotTold)
    event = declared(TOLD, TOLD_TOO).when(example("StartWork"), at=STARTS).only
    assert (event.untold, event.awaited, event.objecting, event.emergency) == ((), (), (), "")


@pytest.mark.clause("YT-28")
def test_a_work_does_not_begin_over_an_objection_or_while_an_answer_may_still_come() -> None:
    asked = happened("work-neighbour-told", answer_by="2026-03-03")
    declared(asked, TOLD_TOO).when(example("StartWork"), at=STARTS).then(AnswersAwaited, until="2026-03-03")
    declared(asked, TOLD_TOO).when(example("StartWork"), at="2026-03-04").accepted()
    objects = happened("work-neighbour-answered")
    declared(asked, TOLD_TOO, objects).when(example("StartWork"), at=STARTS).then(ObjectionStands)
    weighed = happened("work-objection-weighed")
    declared(asked, TOLD_TOO, objects, weighed).when(example("StartWork"), at=STARTS).accepted()


@pytest.mark.clause("YT-28")
def test_an_emergency_lets_it_begin_and_its_record_names_who_was_not_told_or_heard() -> None:
    asked = happened("work-neighbour-told", answer_by="2026-03-03")
    event = declared(asked).when(example("StartWork", emergency="井架倾斜，不能等待"), at=STARTS).only
    assert (event.untold, event.awaited) == ((SCHOOL,), (VILLAGE,))
    assert event.emergency == "井架倾斜，不能等待"


@pytest.mark.clause("NJ-049")
@pytest.mark.parametrize("emergency", ["", "不能等待"])
def test_no_work_begins_while_its_unit_is_held_or_stopped_not_even_in_an_emergency(emergency: str) -> None:
    start = example("StartWork", emergency=emergency)
    held = declared(TOLD, TOLD_TOO).knowing(
        HOLD, BODY, "U-TS", holds=[happened("hold-opened", opened_at=SINCE)]
    )
    held.when(start, at=STARTS).then(HoldOpen)
    stopped = declared(TOLD, TOLD_TOO).knowing(
        STOP, BODY, "U-TS", holds=[happened("unit-stopped", stopped_at=SINCE)]
    )
    stopped.when(start, at=STARTS).then(StopInForce)


def test_a_work_that_began_earlier_than_was_told_finds_them_untold() -> None:
    declared(TOLD, TOLD_TOO).when(example("StartWork"), at="2026-03-02").then(NeighboursNotTold)


# --- another day, and the end


def test_an_earlier_beginning_is_told_anew_and_a_later_one_only_to_who_was_not_told() -> None:
    earlier = declared(TOLD).when(example("MoveWork", starts="2026-03-02", ends=None), at="2026-02-28").only
    assert earlier.again == (ToTell(VILLAGE, 2), ToTell(SCHOOL, 2))
    later = declared(TOLD).when(example("MoveWork"), at="2026-02-28").only
    assert (later.again, later.tell_by) == ((ToTell(SCHOOL, 2),), "2026-03-04")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts": "2026-02-27", "ends": None}, DeadlineInThePast),
        ({"starts": STARTS, "ends": None}, AlreadySo),
        ({"ends": "2026-03-04"}, EndsBeforeItBegins),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(changes: dict[str, Any], refusal: Any) -> None:
    declared().when(example("MoveWork", **changes), at="2026-02-28").then(refusal)


def test_a_work_is_finished_after_it_began_and_cancelled_before() -> None:
    end, started = example("EndWork"), happened("work-started")
    declared().when(end, at="2026-03-05").then(OutOfTurn)
    declared(TOLD).when(example("EndWork", how="cancelled"), at="2026-03-01").then(
        happened("work-ended", how="cancelled", ended_by="P-SAFETY", dropped=(ToTell(SCHOOL, 1),))
    )
    declared(TOLD, TOLD_TOO, started).when(example("EndWork", how="cancelled"), at="2026-03-05").then(
        OutOfTurn
    )
    declared(TOLD, TOLD_TOO, started).when(end, at="2026-03-05").accepted()
    ended = happened("work-ended")
    declared(TOLD, TOLD_TOO, started, ended).when(example("MoveWork"), at="2026-03-05").then(OutOfTurn)


# --- duties


@pytest.mark.clause("YT-28")
def test_telling_each_neighbour_is_a_duty_that_the_telling_answers() -> None:
    raised = dict(reacted(DECLARED))
    assert set(raised) == {"tell.ZY-2026-01.ZB-CUN.1", "tell.ZY-2026-01.ZB-XX.1"}
    one = raised["tell.ZY-2026-01.ZB-CUN.1"]
    assert isinstance(one, RaiseDuty)
    assert (one.due, one.owed_by, one.owed_as, one.follows_record) == (
        "2026-03-02",
        "safety_officer",
        "role",
        True,
    )
    [(duty, answered)] = reacted(TOLD)
    assert (duty, type(answered)) == ("tell.ZY-2026-01.ZB-CUN.1", AnswerDuty)
    [(duty, _)] = reacted(happened("work-neighbour-affected", neighbour="ZB-3"))
    assert duty == "tell.ZY-2026-01.ZB-3.1"


def test_another_day_replaces_the_duty_and_a_cancelled_work_drops_it() -> None:
    moved = happened("work-moved", again=(ToTell(VILLAGE, 2),))
    [(new, raised), (old, superseded)] = reacted(moved)
    assert (new, raised.due) == ("tell.ZY-2026-01.ZB-CUN.2", "2026-03-04")
    assert (old, type(superseded), superseded.by_duty) == ("tell.ZY-2026-01.ZB-CUN.1", SupersedeDuty, new)
    [(dropped, command)] = reacted(happened("work-ended", how="cancelled", dropped=(ToTell(VILLAGE, 2),)))
    assert (dropped, type(command)) == (new, DropDuty)
    assert reacted(happened("work-ended")) == []
