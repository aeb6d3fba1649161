"""What a period begins is raised by the clock, once; and the last one of its kind says why there is no next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.duty_answer import AnswerDuty, DutyAnswered
from domain.duty_clock import DutyEscalated, DutyFellDue, DutyMissed, DutyOverdue, DutyReminded
from domain.duty_ending import DutyReasonEnded, DutyWaived, FulfilDuty
from domain.duty_raising import DutyRaised
from domain.examples import EVENT_EXAMPLES
from domain.language import Day, but, day_after, day_of
from domain.logbook import PolicyRefused
from domain.refused_duties import NotOwed
from domain.roles import RoleGranted, RoleRevoked
from scheduler import raising
from scheduler.raising import last_day
from tests.scheduling.owing import BODY, HEAD, REPORT, found, level, owing_process, say, told
from tests.scheduling.rig import Fuse, Killed, Process, World, at

BEGIN = at("2026-01-05", 8)


@pytest.fixture
def world() -> World:
    return World.in_memory(BEGIN)


@pytest.fixture
def process(world: World) -> Process:
    process = owing_process(world)
    found(process, "2026-01-05")
    return process


def raised(world: World, rule: str = "major-risk-report") -> list[DutyRaised]:
    events = [one.event for one in world.records(DutyRaised.KIND)]
    return [one for one in events if isinstance(one, DutyRaised) and one.rule == rule]


@pytest.mark.clause("YT-16c")
def test_while_a_major_risk_exists_each_month_begins_a_report_owed_by_the_head(
    world: World, process: Process
) -> None:
    level(process, "R-1", "major", "2026-01-20")
    process.tick(at("2026-03-10"))
    january, february, march = raised(world)
    assert [one.period for one in (january, february, march)] == ["2026-01", "2026-02", "2026-03"]
    assert (march.owed_by, march.owed_as, march.due, march.closes) == (
        *("principal", "role"),
        *("2026-03-31", "2026-03-31"),
    )
    assert (march.remind, march.subject) == ((7, 1), BODY) or set(march.remind) == {7, 1}
    assert march.citation is not None
    assert march.citation.standing == "adopted; expired 2024-10-31"
    moments = [one.happened_at for one in world.records(DutyRaised.KIND) if one.stream.endswith("2026-01")]
    assert at("2026-01-20", 0) in moments


def test_without_a_major_risk_no_monthly_report_is_owed(world: World, process: Process) -> None:
    level(process, "R-1", "larger", "2026-01-20")
    process.tick(at("2026-05-10"))
    assert raised(world) == []
    assert raised(world, "risk-list-report")


@pytest.mark.clause("YT-16a")
def test_each_quarter_begins_a_report_of_the_risk_list(world: World, process: Process) -> None:
    process.tick(at("2026-10-01"))
    found_ = [(one.period, one.due) for one in raised(world, "risk-list-report")]
    assert found_ == [
        ("2026-Q1", "2026-03-31"),
        ("2026-Q2", "2026-06-30"),
        ("2026-Q3", "2026-09-30"),
        ("2026-Q4", "2026-12-31"),
    ]


@pytest.mark.clause("YT-16b")
def test_an_update_of_the_risk_list_is_owed_as_a_notice_within_three_days(
    world: World, process: Process
) -> None:
    level(process, "R-1", "major", "2026-02-03")
    level(process, "R-2", "larger", "2026-02-05")  # joined: in time for the earliest
    level(process, "R-3", "general", "2026-02-10")
    process.tick(at("2026-02-11"))
    notices = [(one.period, one.due) for one in raised(world, "risk-list-update-notice")]
    assert notices == [("2026-02-03", "2026-02-06"), ("2026-02-10", "2026-02-13")]


@pytest.mark.clause("YT-16b", "YT-24", "YT-25b")
def test_each_reassessment_is_owed_as_a_notice_also_where_the_level_stays(
    world: World, process: Process
) -> None:
    """Two of one day are one notice; one that waits for approval, or of what is without controls, updates nothing."""
    for risk in ("R-1", "R-2"):
        level(process, risk, "larger", "2026-01-06")
    for number, (risk, why, waits, rating, day) in enumerate(
        (
            ("R-1", "change", False, "current", "2026-02-10"),
            ("R-2", "change", False, "current", "2026-02-10"),
            ("R-1", "periodic", False, "current", "2026-03-02"),
            ("R-1", "periodic", False, "inherent", "2026-03-08"),
            ("R-2", "change", True, "current", "2026-03-12"),
            ("R-2", "change", False, "current", "2026-03-20"),
            ("R-1", "cross_check", False, "current", "2026-03-22"),  # joined: in time for the earliest
        ),
        start=2,
    ):
        given = {"was": "larger", "level": "larger", "why": why, "waits": waits, "rating": rating}
        of = {"assessed_at": at(day, 10), "number": number}
        event = but(EVENT_EXAMPLES["risk-reassessed.1"], **given, **of)
        say(process, f"risk/{BODY}/{risk}", event, at(day, 10))
    process.tick(at("2026-04-01"))
    notices = [(one.period, one.due) for one in raised(world, "risk-list-update-notice")]
    assert notices == [
        ("2026-01-06", "2026-01-09"),
        ("2026-02-10", "2026-02-13"),
        ("2026-03-02", "2026-03-05"),
        ("2026-03-20", "2026-03-23"),
    ]


@pytest.mark.clause("YT-17b")
def test_an_assessment_is_owed_three_years_after_registration_and_again_after_the_last_one(
    world: World, process: Process
) -> None:
    process.tick(at("2026-01-06"))
    [first] = raised(world, "assessment-period")
    assert (first.period, first.due, first.closes) == ("2026-01-05", "2029-01-05", None)
    world.time.reads = at("2027-02-01")
    process.machine(AnswerDuty(BODY, f"assessment-period.{BODY}.2026-01-05", HEAD), at("2027-02-01"))
    process.tick(at("2027-02-02"))
    assert [one.due for one in raised(world, "assessment-period")] == ["2029-01-05", "2030-02-01"]


# --- each leader's own monthly check (NJ-060)

PILOT = (("nanjing-pilot-2018", "1"), ("house-duties-2026", "1"))


def leads(process: Process, person: str, day: Day, until: Day | None = None) -> None:
    said = RoleGranted(person, "team_lead", day, until)
    say(process, f"roles/{BODY}", said, at(day, 9))


def checks(world: World) -> list[tuple[str, str, str]]:
    found_ = [(one.subject, one.owed_by, one.period) for one in raised(world, "measures-check")]
    return [one for one in found_ if one[2] >= "2026-02" and one[0] not in (HEAD, "workshop_lead")]


@pytest.mark.clause("NJ-060")
def test_each_team_leader_owes_a_check_of_their_own_and_answers_for_nobody_else(world: World) -> None:
    process = owing_process(world)
    found(process, "2026-01-05", PILOT)
    leads(process, "p-a", "2026-01-05")
    leads(process, "p-b", "2026-01-05")
    process.tick(at("2026-02-03"))
    assert checks(world) == [("p-a", "p-a", "2026-02"), ("p-b", "p-b", "2026-02")]
    fulfil = FulfilDuty(BODY, "measures-check.p-b.2026-02", "looked at every measure")
    world.time.reads = at("2026-02-10")
    with pytest.raises(NotOwed):
        process.give("p-a", fulfil, at("2026-02-10"))
    process.give("p-b", fulfil, at("2026-02-10"))
    process.tick(at("2026-03-02"))
    overdue = [one.stream.rsplit("/", 1)[1] for one in world.records(DutyOverdue.KIND)]
    assert "measures-check.p-a.2026-02" in overdue
    assert "measures-check.p-b.2026-02" not in overdue


@pytest.mark.clause("NJ-060")
def test_who_gives_a_team_up_in_mid_month_owes_it_no_more_and_the_successor_does(world: World) -> None:
    process = owing_process(world)
    found(process, "2026-01-05", PILOT)
    leads(process, "p-a", "2026-01-05")
    process.tick(at("2026-02-03"))
    gone = RoleRevoked("p-a", "team_lead", "2026-02-12", "")
    say(process, f"roles/{BODY}", gone, at("2026-02-11", 9))
    leads(process, "p-b", "2026-02-12")
    process.tick(at("2026-02-13"))
    assert checks(world) == [("p-a", "p-a", "2026-02"), ("p-b", "p-b", "2026-02")]
    [dropped] = world.records(DutyWaived.KIND)
    assert dropped.stream == f"duty/{BODY}/measures-check.p-a.2026-02"
    assert (dropped.event.waived_by, dropped.event.waived_on) == ("clock", "2026-02-11")
    assert "2026-02-12" in dropped.event.reason
    process.tick(at("2026-02-14"))
    process.tick(at("2026-03-20"))
    assert len(world.records(DutyWaived.KIND)) == 1
    assert [one for one in checks(world) if one[2] == "2026-03"] == [("p-b", "p-b", "2026-03")]


@pytest.mark.clause("NJ-060")
def test_who_gives_a_team_up_in_the_month_of_registration_owes_it_no_more(world: World) -> None:
    """The month began before the body was registered."""
    process = owing_process(world)
    found(process, "2026-01-05", PILOT)
    leads(process, "p-a", "2026-01-05")
    process.tick(at("2026-01-07"))
    say(process, f"roles/{BODY}", RoleRevoked("p-a", "team_lead", "2026-01-12", ""), at("2026-01-11", 9))
    process.tick(at("2026-01-13"))
    assert [one.stream for one in world.records(DutyWaived.KIND)] == [
        f"duty/{BODY}/measures-check.p-a.2026-01"
    ]
    assert raised(world, "measures-check")[-1].subject == "team_lead"


@pytest.mark.clause("NJ-060")
def test_the_tier_owes_nothing_where_its_leader_checked_before_giving_the_role_up(world: World) -> None:
    process = owing_process(world)
    found(process, "2026-01-05", PILOT)
    leads(process, "p-a", "2026-01-05")
    process.tick(at("2026-02-03"))
    world.time.reads = at("2026-02-05")
    process.give("p-a", FulfilDuty(BODY, "measures-check.p-a.2026-02", "looked at all"), at("2026-02-05"))
    say(process, f"roles/{BODY}", RoleRevoked("p-a", "team_lead", "2026-02-12", ""), at("2026-02-11", 9))
    process.tick(at("2026-03-03"))
    owing = [(one.subject, one.period) for one in raised(world, "measures-check")]
    assert ("team_lead", "2026-02") not in owing
    assert ("team_lead", "2026-03") in owing
    assert world.records(DutyWaived.KIND) == []


# --- the whole life by the clock


def test_an_unanswered_month_is_reminded_due_overdue_missed_and_goes_up_no_line_above_the_head(
    world: World, process: Process
) -> None:
    level(process, "R-1", "major", "2026-01-20")
    process.tick(at("2026-02-10"))
    events = world.duty(f"major-risk-report.{BODY}.2026-01")
    assert [type(one) for one in events] == [
        *(DutyRaised, DutyReminded, DutyReminded, DutyFellDue, DutyOverdue, DutyMissed),
    ]
    assert events[-2].line == ()


def test_a_tier_below_the_head_has_the_line_above_it_by_working_days(world: World) -> None:
    process = owing_process(world)
    found(process, "2026-01-05", (("nanjing-pilot-2018", "1"), ("house-duties-2026", "1")))
    process.tick(at("2026-02-28"))
    said = [
        (one.happened_at, one.event)
        for one in world.records(DutyEscalated.KIND)
        if one.stream.endswith("team_lead.2026-01")
    ]
    # 2026-01-31 is a Saturday: the working days after it are 2, 3, 4, 5, 6, 9, 10 and 11 February
    assert [(day_of(moment), event.role) for moment, event in said] == [
        ("2026-02-05", "workshop_lead"),
        ("2026-02-09", "safety_officer"),
        ("2026-02-11", "principal"),
    ]
    assert [event.persons for _, event in said] == [(), (), (HEAD,)]


# --- the reason ends


@pytest.mark.clause("YT-16c")
def test_when_the_last_major_risk_is_lowered_in_mid_month_the_duty_ends_with_that_month_and_says_why(
    world: World, process: Process
) -> None:
    level(process, "R-1", "major", "2026-01-20")
    level(process, "R-2", "major", "2026-01-20")
    process.tick(at("2026-02-01"))
    level(process, "R-1", "larger", "2026-02-10")
    level(process, "R-2", "larger", "2026-02-17")
    process.tick(at("2026-02-18"))
    assert world.records(DutyReasonEnded.KIND) == []  # until the month is over it may come back
    process.tick(at("2026-06-01"))
    [record] = world.records(DutyReasonEnded.KIND)
    assert record.stream == f"duty/{BODY}/{REPORT}.2026-02"
    assert record.event == DutyReasonEnded("2026-02-17", "major_risk_exists", "R-2", "2026-02-28")
    assert record.happened_at == at("2026-03-01", 0)
    assert [one.period for one in raised(world)] == ["2026-01", "2026-02"]


def test_a_major_risk_that_comes_back_within_the_month_ends_nothing(world: World, process: Process) -> None:
    level(process, "R-1", "major", "2026-01-20")
    level(process, "R-1", "larger", "2026-02-10")
    level(process, "R-2", "major", "2026-02-20")
    process.tick(at("2026-04-01"))
    assert world.records(DutyReasonEnded.KIND) == []
    assert [one.period for one in raised(world)] == ["2026-01", "2026-02", "2026-03", "2026-04"]


def test_a_month_without_and_one_with_again_are_told_apart(world: World, process: Process) -> None:
    level(process, "R-1", "major", "2026-01-20")
    level(process, "R-1", "larger", "2026-02-10")
    level(process, "R-1", "major", "2026-04-15")
    process.tick(at("2026-05-02"))
    assert [one.period for one in raised(world)] == ["2026-01", "2026-02", "2026-04", "2026-05"]
    assert len(world.records(DutyReasonEnded.KIND)) == 1


# --- identity, and the cost of a look


def test_what_was_raised_is_not_raised_again_though_the_looks_were_forgotten(
    world: World, process: Process
) -> None:
    level(process, "R-1", "major", "2026-01-20")
    process.tick(at("2026-03-10"))
    before = told(world)
    owing_process(world).tick(at("2026-03-10"))
    assert told(world) == before
    assert world.records(PolicyRefused.KIND) == []


def test_a_body_is_looked_at_only_when_something_begins_or_was_recorded(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Day] = []
    real = raising.look

    def counting(*given: Any) -> Any:
        looks.append(given[-1])
        return real(*given)

    monkeypatch.setattr(raising, "look", counting)
    for day in range(6, 32):
        process.tick(at(f"2026-01-{day:02}"))
    assert len(looks) <= 3
    level(process, "R-1", "major", "2026-01-31")
    process.tick(at("2026-01-31", 13))
    assert looks[-1] == "2026-01-31"


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2028-02", "2028-02-29"),
        ("2026-Q1", "2026-03-31"),
        ("2026-Q4", "2026-12-31"),
        ("2026-H1", "2026-06-30"),
        ("2026-H2", "2026-12-31"),
        ("2026", "2026-12-31"),
        ("2026-02-03", None),
        ("", None),
    ],
)
def test_a_period_of_the_calendar_closes_on_its_last_day(period: str, last: str | None) -> None:
    assert last_day(period) == last


# --- over arbitrary rule sets and clocks

PACK_SETS = st.lists(
    st.sampled_from(["yantian-2021", "nanjing-pilot-2018", "house-duties-2026"]), max_size=3, unique=True
)
LEVELS = st.lists(
    st.tuples(
        st.sampled_from(["R-1", "R-2"]), st.sampled_from(["major", "larger", "low", ""]), st.integers(0, 900)
    ),
    max_size=4,
)
# The month's, the year's and the leap day's ends lie within.
STARTS = st.sampled_from(["2026-12-20", "2027-12-28", "2027-06-15"])
STEPS = st.lists(st.integers(-30, 120), min_size=1, max_size=5)


LED = st.lists(
    st.tuples(st.sampled_from(["p-a", "p-b"]), st.integers(0, 200), st.none() | st.integers(1, 200)),
    max_size=3,
)


def lived(
    start: Day,
    packs: list[str],
    levels: list[tuple[str, str, int]],
    led: Iterable[tuple[str, int, int | None]] = (),
) -> World:
    world = World.in_memory(at(start, 8))
    process = owing_process(world)
    found(process, start, tuple((pack, "1") for pack in packs))
    for risk, to, days in sorted(levels, key=lambda one: one[2]):
        level(process, risk, to, day_after(start, days))
    for person, since, length in led:
        first = day_after(start, since)
        leads(process, person, first, None if length is None else day_after(first, length))
    return world


@settings(max_examples=40, deadline=None)
@given(start=STARTS, packs=PACK_SETS, levels=LEVELS, led=LED, steps=STEPS)
def test_ticking_on_the_way_is_the_same_as_ticking_once_at_the_end(
    start: Day,
    packs: list[str],
    levels: list[tuple[str, str, int]],
    led: list[tuple[str, int, int | None]],
    steps: list[int],
) -> None:
    """Leap days, year ends and clocks that jump forth and back: each beginning and each due day exactly once."""
    stepped, once = lived(start, packs, levels, led), lived(start, packs, levels, led)
    now = end = start
    process = owing_process(stepped)
    for step in steps:
        now = max(start, day_after(now, step))
        end = max(end, now)
        process.tick(at(now, 12))
    owing_process(once).tick(at(end, 12))
    assert told(stepped) == told(once)
    assert set(told(once).values()) <= {1}
    by_stream = Counter((stream, type(event)) for stream, event, _ in told(once))
    for kind in (DutyRaised, DutyFellDue, DutyOverdue, DutyMissed, DutyReasonEnded):
        assert all(count == 1 for (_, one), count in by_stream.items() if one is kind)
    dues = {stream: event.due for stream, event, _ in told(once) if isinstance(event, DutyRaised)}
    for kind, passed in ((DutyFellDue, 0), (DutyOverdue, 1)):
        said = {stream for stream, event, _ in told(once) if isinstance(event, kind)}
        assert said == {stream for stream, due in dues.items() if day_after(due, passed) <= end}


@pytest.mark.parametrize("days", [390, 410, 1200])
def test_a_clock_away_for_more_than_a_year_says_all_that_one_that_was_there_said(days: int) -> None:
    """Longer than one looks behind the last look: what began meanwhile is counted from that look on."""
    packs = ["yantian-2021", "nanjing-pilot-2018", "house-duties-2026"]
    levels = [("R-1", "major", 3), ("R-2", "larger", 60), ("R-1", "low", 500)]
    led = [("p-a", 0, 200), ("p-b", 100, None), ("p-a", 700, None)]
    there, away = lived("2026-12-20", packs, levels, led), lived("2026-12-20", packs, levels, led)
    for world, step in ((there, 20), (away, days)):
        process = owing_process(world)
        process.tick(at("2026-12-21"))
        for day in range(step, days + 1, step):
            process.tick(at(day_after("2026-12-21", day)))
        process.tick(at(day_after("2026-12-21", days)))
    assert told(away) == told(there)
    [absence] = away.absences()
    assert (absence.since, absence.until) == (at("2026-12-21"), at(day_after("2026-12-21", days)))
    assert sum(told(away).values()) > days // 4


def killed_anywhere(step: int) -> list[Counter[Any]]:
    """What stands at the end, for every n-th place at which the first tick may die."""
    outcomes = []
    for place in range(1, 400, step):
        world = lived(
            "2026-12-20", ["yantian-2021", "nanjing-pilot-2018", "house-duties-2026"], [("R-1", "major", 3)]
        )
        try:
            owing_process(world, fuse=Fuse(place)).tick(at("2027-01-10"))
        except Killed:
            owing_process(world).tick(at("2027-01-10"))
            outcomes.append(told(world))
        else:
            return outcomes
    raise AssertionError("the tick did not end")


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_and_at_every_single_append() -> None:
    expected = undisturbed()
    outcomes = killed_anywhere(1)
    assert len(outcomes) > 60
    assert all(one == expected for one in outcomes)


def undisturbed() -> Counter[Any]:
    world = lived(
        "2026-12-20", ["yantian-2021", "nanjing-pilot-2018", "house-duties-2026"], [("R-1", "major", 3)]
    )
    owing_process(world).tick(at("2027-01-10"))
    return told(world)


def test_killed_between_any_two_appends_nothing_is_lost_and_nothing_doubled() -> None:
    expected = undisturbed()
    outcomes = killed_anywhere(4)
    assert len(outcomes) > 15
    assert all(one == expected for one in outcomes)


def test_control_without_ids_of_their_own_a_kill_leaves_refusals_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The view is not yet aware of what a killed clock raised; only the id tells that it stands already."""
    import uuid

    expected = undisturbed()
    monkeypatch.setattr(raising, "clock_id", lambda *_: str(uuid.uuid4()))
    monkeypatch.setattr("projections.duty_facts._owing", _forgetful)
    assert any(one != expected for one in killed_anywhere(8))


def _forgetful(connection: Any, tables: Any, row: dict[str, Any], known: Any) -> Any:
    """The facts without what was raised already."""
    from dataclasses import replace

    return replace(REAL_OWING(connection, tables, row, known), raised=frozenset())


from projections.duty_facts import _owing as REAL_OWING  # noqa: E402, N812 - kept before it is replaced


def test_an_answer_that_a_policy_has_before_the_clock_ticked_is_not_lost(
    world: World, process: Process
) -> None:
    """What begins is raised before policies run."""
    from domain.language import Command
    from domain.policies import POLICIES, Policy
    from domain.records import Record

    def answering(record: Record) -> list[tuple[str, Command]]:
        return [("answer", AnswerDuty(BODY, f"{REPORT}.2026-03", HEAD))]

    policy = Policy("answering", ("risk-retired.1",), answering)
    level(process, "R-1", "major", "2026-01-20")
    process.tick(at("2026-02-25"))
    world.time.reads = at("2026-03-05")
    level(process, "R-2", "", "2026-03-05")
    owing_process(world, policies=(*POLICIES, policy)).tick(at("2026-03-05", 13))
    assert [one.stream for one in world.records(DutyAnswered.KIND)] == [f"duty/{BODY}/{REPORT}.2026-03"]
    assert world.records(PolicyRefused.KIND) == []
