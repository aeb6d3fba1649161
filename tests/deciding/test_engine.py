"""The engine: the first answer to an id is the only one, losers decide again, and memory never misleads anybody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from domain import engine as engines
from domain.engine import Engine, Folded, Memory
from domain.index import DECIDERS
from domain.language import Command
from domain.logbook import OpenPractice
from domain.records import Draft, Slice
from domain.refused import (
    AlreadyAsked,
    AlreadyRegistered,
    ContendedError,
    IdReused,
    InTheFuture,
    NoGrant,
    NotForPeople,
    NotIndependent,
    OutOfTurn,
    Refused,
    UnknownCommand,
    UnknownPerson,
)
from tests.deciding.given import CODEC, at, example
from tests.deciding.office import Office, desk, kinds, machine, order, without_guards

MINUTE_AGO = "2026-04-01T07:59+08:00"


@pytest.fixture
def office() -> Office:
    return Office()


def refuses(engine: Engine, given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        engine.submit(given)
    return caught.value


# --- the first answer is the only one


def test_the_same_id_with_the_same_content_gets_the_first_answer(office: Office) -> None:
    engine = office.until("RegisterHazard")
    size = office.size
    first = [one.position for one in engine.submit(order("RegisterHazard")).records]
    again = engine.submit(order("RegisterHazard"))
    assert again.repeated
    assert [one.position for one in again.records] == first == [size]
    assert office.size == size


def test_it_gets_it_even_if_today_the_command_would_be_refused(office: Office) -> None:
    """The hazard is closed by now, and the person's role was revoked."""
    engine = office.until("ReopenHazard")
    engine.submit(order("RevokeRole", person="P-WORKER", role="post_worker", until="2026-03-30"))
    size = office.size
    for one in (engine, office.engine()):
        again = one.submit(order("RegisterHazard"))
        assert again.repeated
        assert kinds(again) == ["hazard-registered.1"]
    assert type(refuses(engine, order("RegisterHazard", id="another", hazard="YH-0002"))) is NoGrant
    assert office.size == size


def test_it_gets_every_record_of_the_first_answer(office: Office) -> None:
    engine = office.until("RegisterPeople")
    again = engine.submit(order("RegisterPeople"))
    assert kinds(again) == ["person-registered.1"] * 11
    assert [one.position for one in again.records] == list(range(2, 13))


def test_the_same_id_with_other_content_is_refused(office: Office) -> None:
    engine = office.until("RegisterHazard")
    for changed in (
        order("RegisterHazard", title="另一隐患"),
        order("RegisterHazard", by="P-SAFETY"),
        order("RegisterHazard", at="2026-01-20T08:31+08:00"),
        order("RegisterHazard", on_behalf_of="P-SAFETY"),
        order("EvaluateHazard", id="example-register-hazard"),
    ):
        refused = refuses(engine, changed)
        assert type(refused) is IdReused
        assert refused.values == {"id": "example-register-hazard", "first": office.size, "last": office.size}


def test_an_offset_or_a_key_s_place_is_not_other_content(office: Office) -> None:
    engine = office.until("RegisterHazard")
    assert engine.submit(order("RegisterHazard", at="2026-01-20T00:30:00Z")).repeated


def test_a_refused_command_consumes_no_id(office: Office) -> None:
    engine = office.until("RegisterHazard")
    assert type(refuses(engine, order("CloseHazard"))) is OutOfTurn
    office.until("VerifyRectification", engine)
    assert kinds(engine.submit(order("CloseHazard"))) == ["hazard-closed.1"]
    changed = order("ReopenHazard", at="2026-03-05T08:00+08:00")
    assert type(refuses(engine, changed)).__name__ == "BeforePredecessor"
    assert kinds(engine.submit(order("ReopenHazard"))) == ["hazard-reopened.1"]


def test_a_command_with_nothing_to_record_consumes_no_id(office: Office) -> None:
    engine = office.until("PlanRectification")
    engine.submit(machine(example("RaiseDuty"), id="raise"))
    assert engine.submit(machine(example("MarkDutyDue"), id="mark")).records == ()
    engine.submit(machine(example("ExtendDuty"), id="extend"))
    assert kinds(engine.submit(machine(example("MarkDutyDue"), id="mark"))) == ["duty-fell-due.1"]


def test_an_id_that_the_machine_gave_before_counts_as_done_whatever_its_content(office: Office) -> None:
    engine = office.until("PlanRectification")
    first = engine.submit(machine(example("RaiseDuty"), id="raise"))
    again = engine.submit(machine(example("RaiseDuty", duty="another"), id="raise"))
    assert again.repeated
    assert again.records == first.records


def test_of_two_that_give_one_id_at_once_both_get_the_one_answer(office: Office) -> None:
    one, other = office.until("RegisterUnit"), office.engine()
    size = office.size
    desk(one).meanwhile = lambda: other.submit(order("IdentifyRisk"))
    answer = one.submit(order("IdentifyRisk"))
    assert answer.repeated
    assert [each.position for each in answer.records] == [size + 1]
    assert office.size == size + 1


def test_of_two_that_give_one_id_other_content_at_once_one_is_refused(office: Office) -> None:
    one, other = office.until("RegisterUnit"), office.engine()
    desk(one).meanwhile = lambda: other.submit(order("IdentifyRisk", name="另一风险", risk="R-0009"))
    assert type(refuses(one, order("IdentifyRisk"))) is IdReused


# --- losers decide again


def another(number: int) -> dict[str, Any]:
    """A further control of the risk, behind the first one."""
    return {"control": f"C-{number}", "measure": f"measure {number}", "order": number}


def test_a_loser_decides_again_and_is_refused_when_the_rules_now_say_so(office: Office) -> None:
    one, other = office.until("PlanRectification"), office.engine()
    desk(one).meanwhile = lambda: other.submit(order("AskExtension", id="first", by="P-WORKSHOP"))
    refused = refuses(one, order("AskExtension"))
    assert type(refused) is AlreadyAsked
    assert refused.values["person"] == "P-WORKSHOP"


def test_a_loser_decides_again_and_is_accepted_when_nothing_speaks_against_it(office: Office) -> None:
    one, other = office.until("AssessRisk"), office.engine()
    desk(one).meanwhile = lambda: other.submit(order("ProposeControl", id="first", **another(99)))
    [written] = one.submit(order("ProposeControl")).records
    assert (written.stream, written.version, written.position) == ("risk/KS-01/R-0001", 4, office.size)
    assert desk(one).appends > 1


def test_who_loses_for_ever_is_told_and_nothing_of_it_is_recorded(office: Office) -> None:
    one, other = office.until("AssessRisk"), office.engine()
    number = iter(range(1000))

    def always_first() -> None:
        n = next(number)
        other.submit(order("ProposeControl", id=f"first-{n}", **another(n + 2)))

    size = office.size
    desk(one).always = always_first
    with pytest.raises(ContendedError) as caught:
        one.submit(order("ProposeControl"))
    assert caught.value.values == {"id": "example-propose-control", "times": engines.ATTEMPTS}
    assert office.size == size + engines.ATTEMPTS
    desk(one).always = None
    assert kinds(one.submit(order("ProposeControl"))) == ["control-proposed.1"]


def test_only_one_of_two_founds_the_journal(office: Office) -> None:
    one, other = office.engine(), office.engine()
    desk(one).meanwhile = lambda: other.submit(order("RegisterBody", by="P-FIRST", body="KS-02", id="first"))
    assert type(refuses(one, order("RegisterBody"))) is UnknownPerson
    assert office.engine().journal.founder() == "P-FIRST"
    assert office.size == 1


def test_without_the_founding_condition_both_would_act_as_administrators(office: Office) -> None:
    one, other = office.engine(), office.engine()
    desk(one).meanwhile = lambda: other.submit(order("RegisterBody", by="P-FIRST", body="KS-02", id="first"))
    desk(one).alter = lambda draft: replace(draft, founding=False)
    assert kinds(one.submit(order("RegisterBody"))) == ["body-registered.1"]


# --- what was only looked at is guarded too


def role_revoked_meanwhile(office: Office) -> Engine:
    """P-WORKER's only role ends between the moment it is read and the append of what it allowed."""
    one, other = office.until("ReassessRisk"), office.engine()
    desk(one).meanwhile = lambda: other.submit(
        order("RevokeRole", id="meanwhile", person="P-WORKER", role="post_worker", until="2026-03-30")
    )
    return one


def test_a_role_that_is_revoked_between_read_and_append_no_longer_allows_anything(office: Office) -> None:
    one = role_revoked_meanwhile(office)
    size = office.size
    refused = refuses(one, order("RegisterHazard"))
    assert type(refused) is NoGrant
    assert refused.values["person"] == "P-WORKER"
    assert office.size == size + 1


def test_without_guards_on_what_was_read_the_wrong_append_happens(office: Office) -> None:
    one = role_revoked_meanwhile(office)
    desk(one).alter = without_guards
    assert kinds(one.submit(order("RegisterHazard"))) == ["hazard-registered.1"]


def rule_adopted_meanwhile(office: Office) -> Engine:
    """A body without rules adopts the pack between the reading of a major hazard's verification and its append."""
    one, other = office.engine(), office.engine()
    steps = (
        "RegisterBody RegisterPeople GrantRoles RegisterUnit RegisterHazard EvaluateHazard "
        "PlanRectification CompleteRectification"
    )
    changes: dict[str, dict[str, Any]] = {
        "RegisterHazard": {"risk": None},
        "EvaluateHazard": {"grade": "major"},
        "PlanRectification": {"due": "2026-03-01"},
    }
    for step in steps.split():
        one.submit(order(step, **changes.get(step, {})))
    desk(one).meanwhile = lambda: other.submit(order("AdoptRulePack"))
    return one


def test_a_rule_adopted_between_read_and_append_binds_what_comes_after(office: Office) -> None:
    one = rule_adopted_meanwhile(office)
    one.submit(order("VerifyRectification"))
    assert type(refuses(one, order("CloseHazard"))) is OutOfTurn


def test_without_guards_it_would_be_closed_by_one_verifier(office: Office) -> None:
    one = rule_adopted_meanwhile(office)
    desk(one).alter = without_guards
    one.submit(order("VerifyRectification"))
    for step in ("FileMajorHazard", "AnswerFiling"):
        one.submit(order(step, at="2026-03-06T09:30+08:00"))
    assert kinds(one.submit(order("CloseHazard"))) == ["hazard-closed.1"]


def test_every_stream_that_was_looked_at_is_guarded_once_with_the_version_it_had(office: Office) -> None:
    engine = office.until("ReassessRisk")
    drafts: list[Draft] = []

    def keep(draft: Draft) -> Draft:
        drafts.append(draft)
        return draft

    desk(engine).alter = keep
    engine.submit(order("RegisterHazard"))
    [draft] = drafts
    assert (draft.stream, draft.after) == ("hazard/KS-01/YH-0001", 0)
    assert dict(draft.guards) == {
        "roles/KS-01": 7,
        "roles/*": 0,
        "body/KS-01": 2,
        "units/KS-01": 1,
        "risk/KS-01/R-0001": 6,
    }
    assert len(draft.guards) == len(dict(draft.guards))


def test_a_command_s_own_stream_is_guarded_by_its_version_alone(office: Office) -> None:
    """Granting a role reads the roles to see who may grant, and appends to the same stream."""
    engine = office.until("RegisterPeople")
    drafts: list[Draft] = []

    def keep(draft: Draft) -> Draft:
        drafts.append(draft)
        return draft

    desk(engine).alter = keep
    engine.submit(order("GrantRoles"))
    [draft] = drafts
    assert (draft.stream, draft.after) == ("roles/KS-01", 0)
    assert "roles/KS-01" not in dict(draft.guards)


# --- memory never misleads


def test_a_stale_memory_is_never_the_reason_of_a_refusal(office: Office) -> None:
    one = office.until("RegisterHazard")
    other = office.engine()
    refuses(other, order("PlanRectification"))  # now it remembers a hazard that nobody evaluated
    one.submit(order("EvaluateHazard"))
    assert kinds(other.submit(order("PlanRectification"))) == ["rectification-planned.1"]


def test_nor_is_a_stale_memory_of_another_stream(office: Office) -> None:
    one = office.until("RegisterUnit")
    other = office.engine()
    given = {"person": "P-NEW", "kind": "contractor"}
    refuses(other, order("IdentifyRisk", by="P-NEW"))  # now it remembers a roll and roles without P-NEW
    one.submit(order("RegisterPeople", id="more", people=[given]))
    one.submit(order("GrantRoles", id="more-roles", grants=[{"person": "P-NEW", "role": "workshop_lead"}]))
    assert kinds(other.submit(order("IdentifyRisk", by="P-NEW"))) == ["risk-identified.1"]


def test_nor_is_it_the_reason_for_nothing_to_record(office: Office) -> None:
    one = office.until("PlanRectification")
    one.submit(machine(example("RaiseDuty"), id="raise"))
    other = office.engine()
    assert other.submit(machine(example("MarkDutyDue"), id="mark")).records == ()
    one.submit(machine(example("ExtendDuty"), id="extend"))
    assert kinds(other.submit(machine(example("MarkDutyDue"), id="mark"))) == ["duty-fell-due.1"]


def test_with_a_memory_that_never_reads_on_it_would_be(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = office.until("RegisterHazard")
    other = office.engine()
    refuses(other, order("PlanRectification"))
    one.submit(order("EvaluateHazard"))
    real = Memory.folded

    def stale(self: Memory, decider: Any, stream: str, fresh: bool) -> Folded:
        return real(self, decider, stream, False)

    monkeypatch.setattr(Memory, "folded", stale)
    assert type(refuses(other, order("PlanRectification"))) is OutOfTurn


def test_a_process_that_remembers_one_stream_decides_the_same(office: Office) -> None:
    forgetful = Office()
    engine = forgetful.engine()
    engine.memory = Memory(engine.journal, size=1)
    forgetful.until("RevokeRole", engine)
    office.until("RevokeRole")
    assert [row.state for row in office.ledger.read_log(0, 1000)] == [
        row.state for row in forgetful.ledger.read_log(0, 1000)
    ]


def read_streams(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The streams that the engine reads from now on."""
    asked: list[str] = []
    real = engine.journal.read

    def noting(stream: str, after: int = 0) -> Slice:
        asked.append(stream)
        return real(stream, after)

    monkeypatch.setattr(engine.journal, "read", noting)
    return asked


def test_a_command_that_began_a_stream_takes_the_next_one_for_new_unread(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = office.until("RegisterHazard")
    asked = read_streams(engine, monkeypatch)
    engine.submit(order("RegisterHazard", hazard="YH-NEXT", id="next"))
    assert asked == []
    engine.submit(order("EvaluateHazard"))  # never began one, but its hazard is remembered
    assert asked == []


def test_a_stream_that_was_wrongly_taken_for_new_is_read_and_decided_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = office.until("RegisterHazard"), office.engine()
    other.submit(order("RegisterHazard", hazard="YH-1", id="first"))
    one.submit(order("RegisterHazard", hazard="YH-2", id="second"))
    size, asked = office.size, read_streams(other, monkeypatch)
    assert type(refuses(other, order("RegisterHazard", hazard="YH-2", id="third"))) is AlreadyRegistered
    assert asked.count("hazard/KS-01/YH-2") == 1
    assert office.size == size
    other.submit(order("RegisterHazard", hazard="YH-3", id="fourth"))
    assert asked.count("hazard/KS-01/YH-3") == 1  # it no longer takes anything for new


def test_unless_the_append_guarded_its_version_it_would_be_registered_twice(office: Office) -> None:
    one, other = office.until("RegisterHazard"), office.engine()
    other.submit(order("RegisterHazard", hazard="YH-1", id="first"))
    one.submit(order("RegisterHazard", hazard="YH-2", id="second"))
    desk(other).alter = lambda draft: replace(draft, after=1, keys=())  # as if the version were not looked at
    assert kinds(other.submit(order("RegisterHazard", hazard="YH-2", id="third"))) == ["hazard-registered.1"]


def test_memory_drops_what_was_used_least() -> None:
    office = Office()
    engine = office.until("RevokeRole")
    small = Memory(engine.journal, size=2)
    by_name = {decider.name: decider for decider in DECIDERS}
    for kind, stream in (("body", "body/KS-01"), ("roles", "roles/KS-01"), ("units", "units/KS-01")):
        small.folded(by_name[kind], stream, False)
    assert list(small._kept) == ["roles/KS-01", "units/KS-01"]


# --- time


def test_nothing_happens_in_the_future(office: Office) -> None:
    engine = office.until("ReassessRisk")
    refused = refuses(engine, order("RegisterHazard", at="2026-04-01T08:00:00.000001+08:00"))
    assert type(refused) is InTheFuture
    assert refused.values == {"at": "2026-04-01T00:00:00.000001Z", "now": "2026-04-01T00:00:00.000000Z"}
    assert kinds(engine.submit(order("RegisterHazard", at="2026-04-01T08:00+08:00"))) == [
        "hazard-registered.1"
    ]


def happened_at(office: Office) -> str:
    [row] = office.ledger.read_log(office.size - 1, 1)
    return CODEC.happened_at(row.state)


def test_without_a_time_it_happened_now(office: Office) -> None:
    engine = office.until("ReassessRisk")
    engine.submit(order("RegisterHazard", at=None))
    assert happened_at(office) == office.now


def test_a_time_that_nobody_gave_never_lies_before_the_stream_s_last(office: Office) -> None:
    """The machine's clock was set back an hour; that is no reason to refuse the next step."""
    engine = office.until("ReassessRisk")
    engine.submit(order("RegisterHazard", at=None))
    office.now = at(MINUTE_AGO)
    answer = engine.submit(order("EvaluateHazard", at=None))
    assert kinds(answer) == ["hazard-evaluated.1"]
    assert happened_at(office) == at("2026-04-01")
    assert answer.clock_read == at(MINUTE_AGO)
    assert answer.recorded_at == at("2026-04-01")


def test_a_given_time_before_the_stream_s_last_is_refused_all_the_same(office: Office) -> None:
    engine = office.until("ReassessRisk")
    engine.submit(order("RegisterHazard", at=None))
    assert type(refuses(engine, order("EvaluateHazard", at=MINUTE_AGO))).__name__ == "BeforePredecessor"


# --- who


def test_a_machine_s_command_is_refused_to_people(office: Office) -> None:
    engine = office.until("PlanRectification")
    given = machine(example("RaiseDuty"), id="raise", auth="os-local")
    assert type(refuses(engine, given)) is NotForPeople


def test_what_the_machine_records_founds_nothing(office: Office) -> None:
    engine = office.engine()
    engine.submit(machine(OpenPractice("演练"), id="practice", auth="init"))
    assert engine.journal.founder() is None
    engine.submit(order("RegisterBody"))
    assert engine.journal.founder() == "P-ADMIN"


def test_a_command_that_no_decider_takes_is_unknown() -> None:
    class Unheard(Command):
        pass

    refused = refuses(Office().engine(), machine(Unheard(), id="x"))
    assert type(refused) is UnknownCommand
    assert refused.values == {"command": "Unheard"}


def test_a_record_holds_who_acted_for_whom_and_how_we_know(office: Office) -> None:
    engine = office.until("ReassessRisk")
    engine.submit(order("RegisterHazard", on_behalf_of="P-TEAM"))
    [record] = desk(engine).records(office.size - 1)
    assert (record.by, record.on_behalf_of, record.auth, record.scope) == (
        "P-WORKER",
        "P-TEAM",
        "os-local",
        "KS-01",
    )
    assert (record.happened_at, record.recorded_at) == (at("2026-01-20T08:30+08:00"), office.now)
    assert (record.command_id, record.caused_by) == ("example-register-hazard", None)


def test_who_acts_for_a_rectifier_is_not_independent_through_the_engine_either(office: Office) -> None:
    engine = office.until("CompleteRectification")
    assert type(refuses(engine, order("VerifyRectification", on_behalf_of="P-WORKER"))) is NotIndependent


# --- many at once


def test_of_many_threads_that_give_one_step_exactly_one_wins(office: Office) -> None:
    office.until("RegisterHazard")
    many = [office.engine() for _ in range(4)]
    start = threading.Barrier(16)

    def give(number: int) -> str:
        start.wait()
        try:
            many[number % 4].submit(order("EvaluateHazard", id=f"evaluate-{number}"))
        except OutOfTurn:
            return "refused"
        return "recorded"

    with ThreadPoolExecutor(16) as pool:
        outcomes = sorted(pool.map(give, range(16)))
    assert outcomes == ["recorded", *["refused"] * 15]


def test_many_threads_that_register_at_once_are_recorded_once_each(office: Office) -> None:
    office.until("ReassessRisk")
    many = [office.engine() for _ in range(4)]
    size = office.size

    def give(number: int) -> int:
        code = f"YH-{number % 100:04}"
        answer = many[number % 4].submit(order("RegisterHazard", id=f"register-{number % 100}", hazard=code))
        return answer.records[0].position

    with ThreadPoolExecutor(8) as pool:
        positions = list(pool.map(give, range(200)))
    assert positions[:100] == positions[100:]
    assert sorted(positions[:100]) == list(range(size + 1, size + 101))


def test_a_code_is_registered_once_in_a_scope_and_again_in_another(office: Office) -> None:
    engine = office.until("IdentifyRisk")
    assert type(refuses(engine, order("IdentifyRisk", id="again"))) is AlreadyRegistered
    engine.submit(order("RegisterBody", id="second", body="KS-02"))
    for command in ("RegisterUnit", "IdentifyRisk"):
        engine.submit(order(command, id=f"{command} there", by="P-ADMIN", body="KS-02"))
    assert [key.scope for key in desk(engine).keyed("risk", "R-0001")] == ["KS-01", "KS-02"]
