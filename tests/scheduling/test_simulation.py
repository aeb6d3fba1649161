"""What the simulated clock foretells is what the real one later records; and nothing is written by it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.app import App
from adapters.coming import by_month, coming, crowded, differing
from adapters.coming_files import as_csv, as_ics, uid_of
from adapters.projector.asking import last_moment_of
from adapters.rules import rule_files, rulebook_of
from adapters.simulated import Simulation
from adapters.verbs.clock import ports_of
from adapters.verbs.frame import Frame
from cli import wiring
from domain.bodies import BodyRegistered
from domain.change_state import reassessment_code
from domain.duty_answer import AnswerDuty
from domain.duty_raising import DutyRaised, RaiseDuty
from domain.examples import EVENT_EXAMPLES
from domain.language import Day, but, day_after
from domain.records import Draft, Meta
from domain.rule_adoption import RulePackAdopted
from domain.rulebook import Rulebook
from tests.scheduling.owing import BODY, CALENDAR, HEAD, RULES, found, level, say
from tests.scheduling.rig import at

UNTIL = "2028-03-15"


class Filed:
    """A practice file on disk as the command line opens it; stands in for a process where facts are put into it."""

    def __init__(self, folder: Path, day: Day) -> None:
        self.app = App(f"sqlite:///{folder / 'd.db'}", lambda: at(day, 8), at(day, 8))
        self.app.open_practice("simulation")
        self.frame = Frame(lambda: at(day, 8), "en", wiring(), _app=self.app)
        self.journal = self

    def read(self, stream: str) -> Any:
        return self.app.journal.read(stream)

    def append(self, draft: Draft) -> None:
        meta: Meta = draft.meta
        self.app.set_now(max(meta.happened_at, self.app.now()))
        self.app.journal.append(draft)

    def simulate(self, until: Day, rules: Rulebook = RULES, kept: bool = False) -> Simulation:
        given = self.frame.wiring
        moment = last_moment_of(until)
        return Simulation(self.app, given["ports"], given["tick"], CALENDAR, rules, moment, kept)

    def tick(self, moment: str) -> None:
        self.app.set_now(moment)
        self.frame.wiring["tick"](ports_of(self.frame))

    def size(self) -> int:
        return self.app.ledger.head().size


@contextmanager
def filed(
    day: Day, packs: tuple[str, ...] = ("yantian-2021", "nanjing-pilot-2018", "house-duties-2026")
) -> Iterator[Any]:
    with TemporaryDirectory() as folder:
        made = Filed(Path(folder), day)
        found(made, day, tuple((pack, "1") for pack in packs))  # type: ignore[arg-type]  # it has what is used
        yield made
        made.app.close()


def events(records: Any) -> Counter[Any]:
    return Counter(
        (one.stream, one.event, one.happened_at) for one in records if one.stream.startswith("duty/")
    )


@settings(max_examples=8, deadline=None)
@given(
    levels=st.lists(
        st.tuples(st.sampled_from(["R-1", "R-2"]), st.sampled_from(["major", "low"]), st.integers(0, 60))
    ),
    first=st.integers(60, 200),
    steps=st.lists(st.integers(1, 300), min_size=1, max_size=3),
)
def test_what_was_foretold_is_what_later_happens(
    levels: list[tuple[str, str, int]], first: int, steps: list[int]
) -> None:
    """Nobody acts: from some day on the clock ticks now and then, and then says all that the simulation said."""
    with filed("2026-12-20") as file:
        for risk, to, days in sorted(levels, key=lambda one: one[2]):
            level(file, risk, to, day_after("2026-12-20", days))
        file.tick(at(day_after("2026-12-20", first)))
        size = file.size()
        until = day_after("2026-12-20", first + sum(steps))
        foretold = events(file.simulate(until).new)
        assert file.size() == size
        day = day_after("2026-12-20", first)
        for step in steps:
            day = day_after(day, step)
            file.tick(at(day, 12))
        later = events(file.app.journal.every(size))
        assert later == foretold


def test_simulating_writes_nothing_and_twice_gives_the_same() -> None:
    with filed("2026-12-20") as file:
        level(file, "R-1", "major", "2026-12-22")
        size = file.size()
        first, second = file.simulate(UNTIL), file.simulate(UNTIL)
        assert events(first.new) == events(second.new)
        assert len(first.new) > 100
        assert (file.size(), file.app.positions.look_again("9999-12-31")) == (size, {})
        assert file.app.beats.beat() is None


def raised(records: Any) -> Counter[Any]:
    return Counter((one.stream, one.event) for one in records if isinstance(one.event, DutyRaised))


def test_as_if_each_were_kept_what_is_counted_from_the_last_time_comes_again_as_it_later_does() -> None:
    """Half-yearly drills, quarterly reviews: the real clock says the same where each is answered on its last day."""
    with filed("2026-12-20", ("house-duties-2026",)) as file:
        file.tick(at("2026-12-21"))
        size, until = file.size(), "2028-03-15"
        unanswered, kept = file.simulate(until), file.simulate(until, kept=True)
        assert file.size() == size
        drills = [one for one, _ in raised(kept.new) if "/emergency-drill." in one]
        assert len(drills) == 2
        assert not [one for one, _ in raised(unanswered.new) if "/emergency-drill." in one]
        day = "2026-12-22"
        while day <= until:
            owed = [row for row in kept.rows.all(day, day) if (row["body"], row["code"]) in kept.kept]
            if owed or day.endswith("-01"):
                file.tick(at(day, 1))
            for row in owed:
                file.app.machine(AnswerDuty(BODY, row["code"], HEAD), f"kept {row['code']}")
            day = day_after(day)
        file.tick(at(until, 12))
        assert raised(file.app.journal.every(size)) == raised(kept.new)


def test_as_if_kept_a_reassessment_after_a_change_owes_its_notice_as_it_later_does() -> None:
    """The reassessment follows the records of its risk; that it was made is an update of the risk list (YT-16b)."""
    with filed("2026-12-20", ("yantian-2021",)) as file:
        level(file, "R-1", "major", "2026-12-20")
        file.tick(at("2026-12-21"))
        notice = f"risk-list-update-notice.{BODY}.2026-12-20"
        file.app.machine(AnswerDuty(BODY, notice, HEAD), "notice")
        duty = reassessment_code("BG-1", "R-1")
        of = {"subject_kind": "risk", "subject": "R-1", "owed_by": HEAD, "due": "2027-01-12"}
        asked = RaiseDuty(BODY, duty, "change-reassessment", **of, follows_record=True)
        file.app.machine(asked, "change")
        size, until = file.size(), "2027-01-31"
        unanswered, kept = file.simulate(until), file.simulate(until, kept=True)
        foretold = [one.due for _, one in raised(kept.new) if one.rule == "risk-list-update-notice"]
        assert foretold == ["2027-01-15"]
        assert not [one for _, one in raised(unanswered.new) if one.rule == "risk-list-update-notice"]
        assert (BODY, duty) in kept.kept
        file.tick(at("2027-01-01", 1))
        given = {"was": "major", "level": "major", "why": "change", "waits": False, "rating": "current"}
        moment = at("2027-01-12", 10)
        event = but(EVENT_EXAMPLES["risk-reassessed.1"], **given, assessed_at=moment, number=2)
        say(file, f"risk/{BODY}/R-1", event, moment)
        file.tick(at(until, 12))
        assert raised(file.app.journal.every(size)) == raised(kept.new)


def test_as_if_kept_a_finished_sector_assessment_owes_its_circulation_as_it_later_does() -> None:
    with filed("2026-12-20", ("yantian-2021",)) as file:
        office = BodyRegistered("YT-S01", "Port office", "authority", "440308", "warehouse", ())
        say(file, "body/YT-S01", office, at("2026-12-20", 9))
        adopted = RulePackAdopted("yantian-2021", "1", "yantian-2021", "house", "2026-12-20", None, ())
        say(file, "rules/YT-S01", adopted, at("2026-12-20", 9))
        file.tick(at("2026-12-21"))
        size, until = file.size(), "2030-03-01"
        kept = [one for _, one in raised(file.simulate(until, kept=True).new)]
        assert [one.due for one in kept if one.rule == "assessment-circulation"] == ["2030-01-20"]
        assert not [
            one for _, one in raised(file.simulate(until).new) if one.rule == "assessment-circulation"
        ]
        file.tick(at("2029-12-20", 1))
        file.app.machine(AnswerDuty("YT-S01", "sector-assessment.YT-S01.2026-12-20", HEAD), "kept")
        file.tick(at(until, 12))
        later = [one for _, one in raised(file.app.journal.every(size))]
        assert [one.due for one in later if one.rule == "assessment-circulation"] == ["2030-01-20"]


def rows_of(file: Any, until: Day = UNTIL) -> list[dict[str, Any]]:
    grants = [
        {"body": BODY, "person": HEAD, "role": "principal", "since": "2026-12-20", "until": "2027-06-30"}
    ]
    duties = file.simulate(until).rows.all("2026-12-20", until)
    return crowded(coming(duties, grants, frozenset(), "en"), overload=2)


def test_coming_duties_are_told_by_person_and_month_with_collisions_and_overloaded_weeks() -> None:
    with filed("2026-12-20") as file:
        level(file, "R-1", "major", "2026-12-22")
        rows = rows_of(file)
    assert [(row["person"], row["due"]) for row in rows] == sorted(
        (row["person"], row["due"]) for row in rows
    )
    own = [row for row in rows if row["person"] == HEAD]
    assert {row["rule"] for row in own} >= {"major-risk-report", "risk-list-report", "measures-check"}
    as_role = [row["due"] for row in own if row["owed_as"] == "role"]
    assert max(as_role) < "2027-06-30" <= max(row["due"] for row in rows)
    [december] = [one for one in by_month(own) if one["month"] == "2026-12"]
    assert (
        december["collides"] >= 3
    )  # the month's report, the quarter's list and the month's check on 31 December
    assert "2026-W53" in december["overload"]
    vacant = [row for row in rows if row["person"] == "principal"]
    assert vacant, "after the grant ends the role itself stands there"
    assert all(row["foretold"] for row in rows)


def test_a_changed_rule_shows_which_due_days_it_moves_adds_and_drops() -> None:
    files = dict(rule_files())
    versions = [dict(one) for one in files["measures-check"]["version"]]
    versions[0]["value"] = {**versions[0]["value"], "period": "P3M"}
    files["measures-check"] = {**files["measures-check"], "version": versions}
    notice = [dict(one) for one in files["risk-list-update-notice"]["version"]]
    notice[0]["value"] = {**notice[0]["value"], "days": 5}
    files["risk-list-update-notice"] = {**files["risk-list-update-notice"], "version": notice}
    with filed("2026-12-20") as file:
        level(file, "R-1", "major", "2026-12-22")
        before = file.simulate("2027-04-30").rows.all("2026-12-20", "2027-04-30")
        after = file.simulate("2027-04-30", rulebook_of(files)).rows.all("2026-12-20", "2027-04-30")
    rows = differing(before, after)
    assert {row["change"] for row in rows} == {"moved", "added", "dropped"}
    [moved] = [row for row in rows if row["change"] == "moved"]
    assert (moved["rule"], moved["was"], moved["due"]) == (
        "risk-list-update-notice",
        "2026-12-25",
        "2026-12-27",
    )
    assert all(row["rule"] == "measures-check" for row in rows if row["change"] != "moved")
    assert differing(before, before) == []


# --- files


def test_the_calendar_is_read_by_the_library_with_stable_uids_alarms_and_whole_days() -> None:
    from icalendar import Calendar

    with filed("2026-12-20") as file:
        level(file, "R-1", "major", "2026-12-22")
        rows = rows_of(file)
        again = rows_of(file, "2027-06-30")
    written = as_ics(rows, at("2026-12-20"), True, "zh")
    read = Calendar.from_ical(written)
    entries = {str(one["UID"]): one for one in read.walk("VEVENT")}
    assert len(entries) == len({(row["body"], row["code"]) for row in rows})
    assert (str(read["VERSION"]), bool(str(read["PRODID"]))) == ("2.0", True)
    assert {uid_of(row) for row in again} <= set(entries)
    row = next(row for row in rows if row["rule"] == "major-risk-report")
    entry = entries[uid_of(row)]
    assert entry["DTSTART"].dt == dt.date.fromisoformat(row["due"])
    assert [one["TRIGGER"].dt for one in entry.walk("VALARM")] == [
        -dt.timedelta(days=days) for days in row["remind"]
    ]
    assert "演练" in str(entry["SUMMARY"])
    assert {str(one["STATUS"]) for one in entries.values()} <= {"CONFIRMED", "TENTATIVE"}
    assert all(len(line) <= 75 for line in written.splitlines())
    assert as_ics(rows, at("2026-12-20"), True, "zh") == written


def test_the_table_has_one_line_for_each_person_and_duty_and_no_formula() -> None:
    with filed("2026-12-20") as file:
        rows = rows_of(file, "2027-03-31")
    rows[0]["title"] = "=1+1"
    lines = as_csv(rows).decode("utf-8-sig").splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[0].startswith("person,month,week,due")
    assert "'=1+1" in lines[1]


@pytest.mark.parametrize("until", ["2026-12-19", "tomorrow", "2027-02-30"])
def test_a_day_that_is_none_or_has_passed_is_refused(until: str) -> None:
    from adapters.verbs.clock import clock
    from domain.refused import BadField

    with filed("2026-12-20") as file, pytest.raises(BadField):
        clock("en").main(["simulate", "--until", until], obj=file.frame, standalone_mode=False)
