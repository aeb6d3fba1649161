"""Whatever was raised, moved, answered and resumed, and whenever the clock ticked: every due day exactly once."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.duties import AnswerDuty, DutyFellDue, DutyOverdue, ExtendDuty, ResumeDuty
from domain.language import Day, as_datetime, day_after, day_of
from scheduler.tick import ABSENCE
from tests.scheduling.rig import BODY, Fuse, Killed, World, at, later

BEGIN = at("2026-12-20")
# Around two year ends and a leap day, and far apart.
ANCHORS = ["2026-12-31", "2027-02-28", "2028-02-28", "2028-12-31"]
DUES = st.builds(day_after, st.sampled_from(ANCHORS), st.integers(-4, 4))
MOMENTS = st.builds(
    at,
    DUES,
    st.sampled_from([0, 0.001, 7.999, 8, 15.99, 23.999]),
)
FEW = settings(max_examples=60, deadline=None)


def marks(world: World) -> Counter[tuple[str, Any, str]]:
    return world.events((DutyFellDue.KIND, DutyOverdue.KIND))


def raised(dues: list[Day]) -> World:
    world = World.in_memory(BEGIN)
    process = world.process()
    for number, due in enumerate(dues):
        process.raise_duty(f"d{number}", due)
    return world


@FEW
@given(dues=st.lists(DUES, max_size=5), moments=st.lists(MOMENTS, min_size=1, max_size=6))
def test_only_the_latest_tick_decides_what_is_marked(dues: list[Day], moments: list[str]) -> None:
    """The clock may tick at any moments, also backwards: it ends as if it had ticked once, at the latest."""
    stepped, once = raised(dues), raised(dues)
    for moment in moments:
        stepped.process().tick(moment)
    once.process().tick(max(moments))
    assert marks(stepped) == marks(once)
    today = day_of(max(moments))
    assert len(marks(once)) == sum((due <= today) + (due < today) for due in dues)
    assert set(marks(once).values()) <= {1}


@FEW
@given(moments=st.lists(MOMENTS, min_size=1, max_size=8))
def test_absences_and_disagreements_are_what_the_readings_say(moments: list[str]) -> None:
    world = World.in_memory(BEGIN)
    present, absences, disagreements = None, [], set()
    for moment in moments:
        world.process().tick(moment)
        if present is not None and moment < present:
            disagreements.add(present)
        elif present is not None and as_datetime(moment) - as_datetime(present) > ABSENCE:
            absences.append((present, moment))
        present = max(moment, present or moment)
    assert [(one.since, one.until) for one in world.absences()] == absences
    assert sorted(one.stamped for one in world.disagreements()) == sorted(disagreements)


@dataclass
class Model:
    due: Day
    open: bool = True


class Histories(RuleBasedStateMachine):
    """Duties live while clocks tick and die; after each complete tick the marks are exactly what is owed."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World.in_memory(BEGIN)
        self.process = self.world.process()
        self.duties: dict[str, Model] = {}
        self.acts = 0

    def act(self, command: Any) -> None:
        self.acts += 1
        self.process.machine(command, later(self.world.time.reads, microseconds=self.acts))

    @rule(days=st.integers(0, 40))
    def raise_duty(self, days: int) -> None:
        code = f"d{len(self.duties)}"
        due = day_after(day_of(self.world.time.reads), days)
        self.process.raise_duty(code, due, self.world.time.reads)
        self.duties[code] = Model(due)

    @precondition(lambda self: self.duties)
    @rule(data=st.data(), days=st.integers(1, 20))
    def extend(self, data: st.DataObject, days: int) -> None:
        code = data.draw(st.sampled_from(sorted(self.duties)))
        model = self.duties[code]
        due = day_after(model.due, days)
        self.act(ExtendDuty(BODY, code, due, "p-checker"))
        if model.open:
            model.due = due

    @precondition(lambda self: self.duties)
    @rule(data=st.data(), stands=st.booleans())
    def answer_or_resume(self, data: st.DataObject, stands: bool) -> None:
        code = data.draw(st.sampled_from(sorted(self.duties)))
        command = AnswerDuty(BODY, code, "p-worker") if stands else ResumeDuty(BODY, code, "p-checker")
        self.act(command)
        self.duties[code].open = not stands

    @rule(hours=st.sampled_from([1, 24, 100, 1000]))
    def time_passes(self, hours: int) -> None:
        self.world.time.reads = later(self.world.time.reads, hours=hours)

    @rule(place=st.integers(1, 20))
    def tick_and_die(self, place: int) -> None:
        try:
            self.world.process(fuse=Fuse(place)).tick()
        except Killed:
            return

    @rule()
    def tick(self) -> None:
        self.world.process().tick()
        today = day_of(self.world.time.reads)
        said = {(stream.split("/")[2], type(event), event.due) for stream, event, _ in marks(self.world)}
        for code, model in self.duties.items():
            if model.open:
                assert ((code, DutyFellDue, model.due) in said) == (model.due <= today)
                assert ((code, DutyOverdue, model.due) in said) == (model.due < today)

    @invariant()
    def nothing_is_said_twice_or_early(self) -> None:
        found = marks(self.world)
        assert set(found.values()) <= {1}
        said = Counter((stream, type(event), event.due) for stream, event, _ in found)
        assert set(said.values()) <= {1}
        today = dt.date.fromisoformat(day_of(self.world.time.reads))
        assert all(dt.date.fromisoformat(event.due) <= today for _, event, _ in found)


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
