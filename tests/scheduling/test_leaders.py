"""Each leader owes the monthly check once, whatever the successions and whenever the clock ticked (NJ-060)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.duty_answer import AnswerDuty
from domain.duty_ending import DutyRestored, DutyWaived, FulfilDuty
from domain.duty_raising import DutyRaised
from domain.language import Day, day_after
from domain.obligation_periods import period_of
from domain.roles import RoleGranted, RoleRevoked
from tests.scheduling.owing import BODY, HEAD, found, owing_process, say
from tests.scheduling.rig import Process, World, at

PILOT = (("nanjing-pilot-2018", "1"), ("house-duties-2026", "1"))
START = "2026-01-05"
END = "2026-04-10"
TEAM, SHOP = "team_lead", "workshop_lead"


@pytest.fixture
def world() -> World:
    return begun()


@pytest.fixture
def process(world: World) -> Process:
    return owing_process(world)


def begun() -> World:
    world = World.in_memory(at(START, 8))
    found(owing_process(world), START, PILOT)
    return world


def grant(process: Process, person: str, day: Day, hour: float = 9, role: str = TEAM) -> None:
    say(process, f"roles/{BODY}", RoleGranted(person, role, day, None), at(day, hour))


def revoke(process: Process, person: str, day: Day, hour: float = 9, role: str = TEAM) -> None:
    say(process, f"roles/{BODY}", RoleRevoked(person, role, day, ""), at(day, hour))


def standing(world: World, rule: str = "measures-check") -> set[tuple[str, str]]:
    """(subject, month) of every check that was raised and does not stand waived."""
    stands: dict[str, tuple[str, str]] = {}
    told: dict[str, bool] = {}
    for record in world.records(DutyRaised.KIND, DutyWaived.KIND, DutyRestored.KIND):
        match record.event:
            case DutyRaised() as event if event.rule == rule:
                assert record.stream not in stands
                stands[record.stream] = (event.subject, event.period)
                told[record.stream] = True
            case DutyWaived():
                assert told[record.stream]
                told[record.stream] = False
            case DutyRestored():
                assert not told[record.stream]
                told[record.stream] = True
            case _:
                pass
    return {stands[stream] for stream, stood in told.items() if stood}


def of(world: World, month: str) -> set[str]:
    return {subject for subject, period in standing(world) if period == month} - {HEAD, SHOP}


@pytest.mark.clause("NJ-060")
def test_a_leader_granted_after_the_midnight_tick_on_the_first_owes_the_month_instead_of_the_tier(
    world: World, process: Process
) -> None:
    process.tick(at("2026-02-01", 0.1))
    assert of(world, "2026-02") == {TEAM}
    grant(process, "p-a", "2026-02-01")
    process.tick(at("2026-02-01", 10))
    assert of(world, "2026-02") == {"p-a"}
    [dropped] = world.records(DutyWaived.KIND)
    assert dropped.stream == f"duty/{BODY}/measures-check.{TEAM}.2026-02"
    assert "each holder of the role" in dropped.event.reason


@pytest.mark.clause("NJ-060")
def test_a_tick_between_the_end_of_one_leader_and_the_successor_leaves_one_check_not_two(
    world: World, process: Process
) -> None:
    grant(process, "p-a", START)
    process.tick(at("2026-02-03"))
    revoke(process, "p-a", "2026-02-12")
    process.tick(at("2026-02-13"))
    assert of(world, "2026-02") == {TEAM}
    grant(process, "p-b", "2026-02-16")
    process.tick(at("2026-02-17"))
    assert of(world, "2026-02") == {"p-b"}
    revoke(process, "p-b", "2026-02-20")
    process.tick(at("2026-02-21"))
    assert of(world, "2026-02") == {TEAM}
    restored = world.records(DutyRestored.KIND)
    assert [(one.stream.rsplit("/", 1)[1], one.event.on) for one in restored] == [
        (f"measures-check.{TEAM}.2026-02", "2026-02-20")
    ]


@pytest.mark.clause("NJ-060")
def test_who_takes_a_team_over_again_in_the_same_month_owes_its_check_again(
    world: World, process: Process
) -> None:
    for person in ("p-a", "p-b"):
        grant(process, person, START)
    process.tick(at("2026-02-03"))
    revoke(process, "p-a", "2026-02-10")
    process.tick(at("2026-02-11"))
    assert of(world, "2026-02") == {"p-b"}
    grant(process, "p-a", "2026-02-20")
    process.tick(at("2026-02-21"))
    assert of(world, "2026-02") == {"p-a", "p-b"}
    [restored] = world.records(DutyRestored.KIND)
    assert (restored.event.on, restored.event.due) == ("2026-02-20", "2026-02-28")
    process.tick(at("2026-02-22"))
    process.tick(at("2026-03-01"))
    assert len(world.records(DutyRestored.KIND)) == len(world.records(DutyWaived.KIND)) == 1
    overdue = [one.stream for one in world.records("duty-overdue.1")]
    assert overdue.count(f"duty/{BODY}/measures-check.p-a.2026-02") == 1


def test_what_a_person_waived_is_not_owed_again_because_of_a_role(world: World, process: Process) -> None:
    for person in ("p-a", "p-b"):
        grant(process, person, START)
    process.tick(at("2026-02-03"))
    waived = DutyWaived("p-head", "on leave", ("p-a",), "2026-02-28", "2026-02-04", 0)
    say(process, f"duty/{BODY}/measures-check.p-a.2026-02", waived, at("2026-02-04", 9))
    revoke(process, "p-a", "2026-02-10")
    process.tick(at("2026-02-11"))
    grant(process, "p-a", "2026-02-20")
    process.tick(at("2026-02-21"))
    assert of(world, "2026-02") == {"p-b"}
    assert world.records(DutyRestored.KIND) == []


def test_who_answered_for_the_tier_before_it_was_known_to_be_theirs_does_not_owe_it_again(
    world: World, process: Process
) -> None:
    """The clock was away while the role was taken over and the round was made."""
    grant(process, "p-a", START)
    process.tick(at("2026-02-03"))
    revoke(process, "p-a", "2026-02-12")
    process.tick(at("2026-02-12", 10))
    for person in ("p-b", "p-c"):
        grant(process, person, "2026-02-16")
    tier = f"measures-check.{TEAM}.2026-02"
    process.machine(AnswerDuty(BODY, tier, "p-b"), at("2026-02-16", 15))
    process.tick(at("2026-02-17"))
    assert of(world, "2026-02") == {TEAM, "p-c"}


def test_who_did_it_gave_the_role_up_and_took_it_over_again_does_not_owe_it_twice(
    world: World, process: Process
) -> None:
    grant(process, "p-a", START)
    process.tick(at("2026-02-03"))
    world.time.reads = at("2026-02-05")
    process.give("p-a", FulfilDuty(BODY, "measures-check.p-a.2026-02", "looked at all"), at("2026-02-05"))
    revoke(process, "p-a", "2026-02-10")
    process.tick(at("2026-02-11"))
    grant(process, "p-a", "2026-02-20")
    process.tick(at("2026-02-21"))
    assert of(world, "2026-02") == {"p-a"}
    assert world.records(DutyRestored.KIND) == world.records(DutyWaived.KIND) == []


def test_an_end_told_late_for_the_month_before_drops_what_was_raised_since(
    world: World, process: Process
) -> None:
    for person in ("p-a", "p-b"):
        grant(process, person, START)
    process.tick(at("2026-02-03"))
    gone = RoleRevoked("p-a", TEAM, "2026-01-20", "")
    say(process, f"roles/{BODY}", gone, at("2026-02-05", 9))
    process.tick(at("2026-02-06"))
    assert of(world, "2026-02") == of(world, "2026-01") == {"p-b"}


# --- over arbitrary successions and clocks

TURNS = st.lists(
    st.tuples(
        st.sampled_from(["p-a", "p-b", "p-c"]),
        st.sampled_from([TEAM, SHOP]),
        st.sampled_from([0, 4, 5, 26, 27, 28, 29, 40, 54, 55, 56, 70, 85, 86, 87, 90]),
    ),
    max_size=10,
)
TICKS = st.lists(st.tuples(st.integers(0, 94), st.sampled_from([0.1, 23])), max_size=12)
Turn = tuple[str, str, int]


def expected(turns: list[Turn]) -> set[tuple[str, str]]:
    """Said anew, month by month: who holds the role through the last day, where somebody held it on the first."""
    spans: dict[str, list[tuple[str, Day, Day]]] = {TEAM: [], SHOP: []}
    since: dict[tuple[str, str], Day] = {}
    for person, role, days in sorted(turns, key=lambda one: one[2]):
        day = day_after(START, days)
        if (person, role) in since:
            spans[role].append((person, since.pop((person, role)), day))
        else:
            since[person, role] = day
    for (person, role), day in since.items():
        spans[role].append((person, day, "9999-12-31"))
    owed: set[tuple[str, str]] = set()
    for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
        period = period_of(f"{month}-01", "P1M")
        first = max(period.first, START)
        for role, held in spans.items():
            led = any(begin <= first < end for _, begin, end in held)
            kept = {person for person, begin, end in held if begin <= period.last < end}
            owed |= {(person, month) for person in kept} if led and kept else {(role, month)}
        owed.add((HEAD, month))
    return owed


def lived(turns: list[Turn], ticks: list[tuple[int, float]]) -> World:
    """Each turn of a person and role gives it, or takes it away again, at nine; the clock ticks when it is there."""
    world = begun()
    process = owing_process(world)
    held: set[tuple[str, str]] = set()
    moments = [(days, 9.0, (person, role)) for person, role, days in turns]
    moments += [(days, hour, None) for days, hour in ticks]
    for days, hour, turn in sorted(moments, key=lambda one: one[:2]):
        day = day_after(START, days)
        if turn is None:
            process.tick(at(day, hour))
        elif turn in held:
            held.remove(turn)
            revoke(process, turn[0], day, hour, turn[1])
        else:
            held.add(turn)
            grant(process, turn[0], day, hour, turn[1])
    process.tick(at(END))
    process.tick(at(END, 13))
    return world


@settings(max_examples=60, deadline=None)
@given(turns=TURNS, ticks=TICKS)
@example(turns=[("p-a", TEAM, 27)], ticks=[(27, 0.1)])
@example(turns=[("p-a", TEAM, 0), ("p-a", TEAM, 40), ("p-b", TEAM, 54)], ticks=[(30, 23), (45, 23)])
@example(turns=[("p-a", TEAM, 0), ("p-b", TEAM, 0), ("p-a", TEAM, 40), ("p-a", TEAM, 54)], ticks=[(45, 23)])
def test_each_month_is_owed_once_by_each_leader_whenever_the_clock_ticked(
    turns: list[Turn], ticks: list[tuple[int, float]]
) -> None:
    stepped, once = lived(turns, ticks), lived(turns, [])
    assert standing(stepped) == expected(turns)
    assert standing(once) == expected(turns)
    raised = Counter(one.stream for one in stepped.records(DutyRaised.KIND))
    assert set(raised.values()) == {1}
    for waived in stepped.records(DutyWaived.KIND):
        assert waived.event.waived_on >= START
