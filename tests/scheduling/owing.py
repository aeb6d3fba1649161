"""An enterprise under the adopted rules of Yantian: facts as events, levels of risks on days, a real clock."""

from __future__ import annotations

import itertools
from typing import Any

from adapters.rules import load_rulebook
from domain.bodies import BodyRegistered
from domain.examples import EVENT_EXAMPLES
from domain.language import Day, Event, Moment, but
from domain.logbook import PolicyRefused
from domain.people import PersonRegistered
from domain.records import Draft, Meta
from domain.roles import RoleGranted
from domain.rule_adoption import RulePackAdopted
from domain.rule_calendar import shipped_calendar
from tests.scheduling.rig import Process, ViewedBodies, ViewRows, World, at

BODY = "NJ-K01"
HEAD = "p-head"
REPORT = f"major-risk-report.{BODY}"
RULES = load_rulebook()
CALENDAR = shipped_calendar(RULES)
PACKS = (("yantian-2021", "1"), ("house-duties-2026", "1"))
_numbers = itertools.count()


def say(process: Process, stream: str, event: Event, happened: Moment, by: str = HEAD) -> None:
    """Put an event into the journal as a fact, without a command."""
    end = process.journal.read(stream)
    meta = Meta(stream.split("/")[1], by, "os-local", happened, f"fact-{next(_numbers)}")
    process.journal.append(Draft(meta, b"", stream, end.version, [event]))


def owing_process(world: World, **more: Any) -> Process:
    return world.process(rules=RULES, bodies=ViewedBodies, rows=ViewRows, calendar=CALENDAR, **more)


def found(process: Process, day: Day, packs: tuple[tuple[str, str], ...] = PACKS, body: str = BODY) -> None:
    """The body is registered, its head holds the role, and it adopts the packs, all on one day."""
    moment = at(day, 9)
    event = BodyRegistered(body, "Mufu works", "enterprise", "440308", "manufacture", ())
    say(process, f"body/{body}", event, moment)
    say(process, f"people/{body}", PersonRegistered(HEAD, "staff"), moment)
    say(process, f"roles/{body}", RoleGranted(HEAD, "principal", day, None), moment)
    for pack, version in packs:
        adopted = RulePackAdopted(pack, version, pack, "house", day, None, ())
        say(process, f"rules/{body}", adopted, moment)


def level(process: Process, risk: str, to: str, day: Day, body: str = BODY) -> None:
    """The risk has that level from that day on; "" retires it."""
    if to:
        number = process.journal.read(f"risk/{body}/{risk}").version + 1
        given = {"level": to, "assessed_at": at(day, 10), "number": number, "waits": False}
        event: Any = but(EVENT_EXAMPLES["risk-assessed.1"], **given)
    else:
        event = EVENT_EXAMPLES["risk-retired.1"]
    say(process, f"risk/{body}/{risk}", event, at(day, 10))


def told(world: World) -> Any:
    """Every event of duties, and every refusal of the clock, with its stream and when it was so, counted."""
    from domain.duties import DUTY

    return world.events((*(one.KIND for one in DUTY.events), PolicyRefused.KIND))
