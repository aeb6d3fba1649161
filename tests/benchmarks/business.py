"""The business that is measured: bodies with people, roles, units and adopted rules, and the lives of hazards and risks.

Everything here goes through the real deciders, the real codec and the real journal. Long logs are filled from lives
that the real engine decided once, in memory: the same events in the same bytes, under other codes, committed in groups.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from adapters.canonical import encode
from adapters.journal.journal import EventJournal
from adapters.journal.memory import MemoryLedger
from adapters.journal.packed import PackedDraft, Stored
from adapters.rules import load_rulebook
from adapters.seal.header import stream_tag
from domain import index, policies
from domain.bodies import BODY, BodyRegistered
from domain.duties import DUTY, DutyRaised
from domain.engine import Engine, Order
from domain.hazards import HAZARD
from domain.language import Event, Moment, as_datetime, day_after, moment, stream_name
from domain.people import PersonEntry
from domain.records import Key, Meta, Record
from domain.risk_controls import CheckEntry
from domain.risks import RISK
from domain.roles import GrantEntry, Role

T = TypeVar("T")

FOUNDER = "P-admin"
LEAD, BOSS, SHOP, TEAM, WORKER = "P-lead", "P-boss", "P-shop", "P-team", "P-worker"
ROLES: dict[str, Role] = {
    LEAD: "safety_officer",
    BOSS: "principal",
    SHOP: "workshop_lead",
    TEAM: "team_lead",
    WORKER: "post_worker",
}
UNIT = "U-press-07"
RECORDS_OF_A_LIFE = 10
FIRST_DAY = "2026-03-02T00:00:00.000000Z"

Step = tuple[str, str, Mapping[str, Any]]
"""Who gives which command with which fields, apart from body and code."""

HAZARD_LIFE: tuple[Step, ...] = (
    (
        WORKER,
        "RegisterHazard",
        {
            "unit": UNIT,
            "title": "7号冲压机安全光幕失效",
            "description": "班前点检发现右侧安全光幕不动作，手伸入模区时滑块不停止，已停机挂牌。",
            "source": "inspection",
            "breached": "GB 27607-2011 第5.3条：双手操纵装置或光电保护装置应始终有效。",
        },
    ),
    (
        LEAD,
        "EvaluateHazard",
        {"grade": "general", "basis": "单台设备、可当日停机，按内部分级表第3项判为一般事故隐患。"},
    ),
    (
        SHOP,
        "PlanRectification",
        {
            "responsible": TEAM,
            "measures": "更换光幕接收器，重新调整安全距离，试车三十次并记录停机时间。",
            "funds": "维修费 4,800 元，从本年度安全费用列支。",
            "contingency": "整改期间停用该机，任务改由6号机承担，备用扳手与急救箱就位。",
        },
    ),
    (TEAM, "AskExtension", {"due": "2026-12-20", "reason": "光幕备件缺货，供应商承诺的到货日晚于原定期限。"}),
    (LEAD, "DecideExtension", {"verdict": "approved", "remark": "停机措施有效，同意延期。"}),
    (WORKER, "CompleteRectification", {"done": "光幕接收器已更换，安全距离已调整，试车三十次全部停机。"}),
    (
        BOSS,
        "VerifyRectification",
        {"verdict": "rejected", "findings": "试车记录缺少停机时间的测量值，需补测。"},
    ),
    (WORKER, "CompleteRectification", {"done": "已补测停机时间，最大值 82 毫秒，记录附后。"}),
    (BOSS, "VerifyRectification", {"verdict": "accepted", "findings": "现场复核三次，停机可靠，记录齐全。"}),
    (LEAD, "CloseHazard", {"remark": "予以销号。"}),
)
REOPENING: Step = (LEAD, "ReopenHazard", {"reason": "复查发现光幕再次松动，需重新整改。"})
LONG_HAZARD_LIFE: tuple[Step, ...] = (*HAZARD_LIFE, *((REOPENING, *HAZARD_LIFE[2:]) * 10))

_LEC = {"L": "3", "E": "6", "C": "15"}
RISK_LIFE: tuple[Step, ...] = (
    (
        SHOP,
        "IdentifyRisk",
        {
            "unit": UNIT,
            "name": "冲压作业手部进入模区",
            "factor": "210108",
            "factor_edition": "GB/T 13861-2022",
            "accident_types": ("机械伤害",),
            "cause": "手工上下料，安全装置失效或被旁路。",
            "consequence": "手指压伤或离断。",
            "impact": "作业人员一人。",
        },
    ),
    (
        LEAD,
        "AssessRisk",
        {"method": "lec", "inputs": _LEC, "basis": "现场观察与班组访谈。", "participants": (TEAM,)},
    ),
    (
        SHOP,
        "ProposeControl",
        {
            "control": "C-1",
            "measure": "安装并每班点检安全光幕。",
            "layer": "engineering",
            "aspect": "technology",
            "means": ("rebuild",),
            "order": 1,
            "checks": (CheckEntry("post", "shift", "遮挡光幕一次，滑块应停。"),),
        },
    ),
    (
        SHOP,
        "ProposeControl",
        {
            "control": "C-2",
            "measure": "上岗前培训与考核。",
            "layer": "management",
            "aspect": "management",
            "means": ("manage",),
            "order": 2,
        },
    ),
    *(
        (
            LEAD,
            "ReassessRisk",
            {"method": "lec", "inputs": {**_LEC, "L": likely}, "reason": "periodic", "participants": (TEAM,)},
        )
        for likely in ("1", "3", "0.5", "6", "1", "3")
    ),
)


def order(by: str, name: str, data: Mapping[str, Any], at: Moment | None = None) -> Order:
    """The order that the border would make of these fields, with a new id; the content is hashed as the border does."""
    content = sha256(encode({"command": name, "by": by, "data": dict(data)})).digest()
    return Order(command=index.COMMANDS[name](**data), by=by, id=str(uuid.uuid4()), content=content, at=at)


def of_hazard(step: Step, body: str, code: str, at: Moment | None = None) -> Order:
    by, name, data = step
    return order(by, name, {"body": body, "hazard": code, **data}, at)


def of_risk(step: Step, body: str, code: str, at: Moment | None = None) -> Order:
    by, name, data = step
    return order(by, name, {"body": body, "risk": code, **data}, at)


def found(engine: Engine, bodies: Iterable[str], at: Moment | None = None) -> None:
    """Register the bodies with people, roles, a unit under another one and the house rules, as a first user would."""
    for body in bodies:
        steps: list[tuple[str, Mapping[str, Any]]] = [
            (
                "RegisterBody",
                {
                    "name": "南京某汽车零部件有限公司",
                    "kind": "enterprise",
                    "area": "320115",
                    "sector": "machinery",
                    "classes": ("combustible_dust",),
                },
            ),
            ("RegisterPeople", {"people": tuple(PersonEntry(one) for one in ROLES)}),
            ("AdoptRulePack", {"pack": "house-2026", "version": "1"}),
            ("RegisterUnit", {"unit": "U-press", "name": "冲压车间", "kind": "main"}),
            ("RegisterUnit", {"unit": UNIT, "name": "7号冲压机", "kind": "equipment", "parent": "U-press"}),
            ("GrantRoles", {"grants": tuple(GrantEntry(one, ROLES[one], "2026-01-01") for one in ROLES)}),
        ]
        for name, data in steps:
            engine.submit(order(FOUNDER, name, {"body": body, **data}, at))


# ------------------------------------------------------------------------------------------------- long logs


@dataclass(frozen=True)
class Said:
    """One step of a life as the engine decided it: the event, who gave it, and how long after the first one."""

    event: Event
    by: str
    auth: str
    after: dt.timedelta


class SteppingClock:
    """A simulated clock that the one who fills a life moves on by hand."""

    def __init__(self, at: Moment = FIRST_DAY) -> None:
        self._at = as_datetime(at)

    def __call__(self) -> Moment:
        return moment(self._at)

    def step(self, hours: int) -> None:
        self._at += dt.timedelta(hours=hours)


def hazard_life(long: bool = False) -> tuple[Said, ...]:
    """What the real decider records of a hazard's life of ten records, or of a long one of a hundred."""
    return _lived("long hazard" if long else "hazard")[HAZARD.name]


def duty_life() -> tuple[Said, ...]:
    """What the policy records of the duty that goes with a hazard's life: raised, extended, answered, resumed, answered."""
    return _lived("hazard")[DUTY.name]


def risk_life() -> tuple[Said, ...]:
    """What the real decider records of a risk that was identified, assessed, given controls and reassessed."""
    return _lived("risk")[RISK.name]


def body_life() -> tuple[Said, ...]:
    """What is recorded when a body is registered."""
    return _lived("hazard")[BODY.name]


LIVES: Mapping[str, Callable[[], Sequence[Said]]] = {
    HAZARD.name: hazard_life,
    RISK.name: risk_life,
    DUTY.name: duty_life,
    BODY.name: body_life,
}


@cache
def _lived(life: str) -> Mapping[str, tuple[Said, ...]]:
    """Let the engine decide a life, and the policies react to it; what was recorded, by kind of thing."""
    make, steps = {
        "hazard": (of_hazard, HAZARD_LIFE),
        "long hazard": (of_hazard, LONG_HAZARD_LIFE),
        "risk": (of_risk, RISK_LIFE),
    }[life]
    clock = SteppingClock()
    journal = EventJournal(MemoryLedger(clock), clock)
    engine = Engine(journal, index.DECIDERS, load_rulebook())
    found(engine, ["B-1"])
    seen = begin = journal.head().size
    for by, name, given in steps:
        clock.step(hours=5)
        data = given
        if name == "AskExtension":  # each one later than what was approved before
            state = engine.memory.folded(HAZARD, stream_name(HAZARD.name, "B-1", "X-1"), fresh=False).state
            data = {**given, "due": day_after(state.due, 20)}
        engine.submit(make((by, name, data), "B-1", "X-1"))
        for record in journal.records(seen):
            _react(engine, record)
        seen = journal.head().size
    lives: dict[str, list[Record]] = {BODY.name: journal.stream(stream_name(BODY.name, "B-1"))}
    for record in journal.records(begin, seen):
        lives.setdefault(record.stream.split("/")[0], []).append(record)
    first = as_datetime(journal.records(begin, 1)[0].happened_at)
    return {
        kind: tuple(
            Said(one.event, one.by, one.auth, max(dt.timedelta(), as_datetime(one.happened_at) - first))
            for one in records
        )
        for kind, records in lives.items()
    }


def _react(engine: Engine, record: Record) -> None:
    for policy in policies.POLICIES:
        if record.kind in policy.kinds:
            for target, command in policy.react(record):
                engine.submit(
                    Order(
                        command=command,
                        by="policy",
                        id=policies.command_id(policy.name, record.position, target),
                        content=b"",
                        at=record.happened_at,
                        auth="policy",
                        caused_by=record.position,
                        source=policy.name,
                    )
                )


Thing = tuple[str, str, str]
"""Kind of thing, body, code; a body has no code beside its own."""


def things(kind: str, bodies: int, each: int, prefix: str = "X") -> list[Thing]:
    """So many things in each of so many bodies, the bodies taking turns."""
    return [
        (kind, body_code(body), f"{prefix}-{number:05}") for number in range(each) for body in range(bodies)
    ]


def duty_of(hazard: Thing) -> Thing:
    """The duty that the policy raises for a hazard."""
    return DUTY.name, hazard[1], f"rectification.{hazard[2]}.1"


def body_code(number: int) -> str:
    return f"B-{number:04}"


BLOCK = 2000
"""Things whose lives are written side by side: a batch of a projection meets most of them no more than twice."""


def fill(
    journal: EventJournal, log: Sequence[Thing], lives: Mapping[str, Sequence[Said]] | None = None
) -> int:
    """Give every thing its whole life, block by block and step by step, and return the number of records.

    Each record is a command of its own, with its row in ``commands``, as if people had given them one by one; only the
    flushes to disk are fewer, and conditions that cannot fail here are not looked up.
    """
    told = lives or {kind: LIVES[kind]() for kind in {kind for kind, _, _ in log}}
    salt, begin = journal.ledger.salt(), as_datetime(FIRST_DAY)
    written = 0
    for number, block in enumerate(chunks(log, BLOCK)):
        made = [
            _Made(kind, body, code, stream, stream_tag(salt, stream), begin + BETWEEN * (number * BLOCK + at))
            for at, (kind, body, code) in enumerate(block)
            for stream in [stream_name(kind, body, code)]
        ]
        for step in range(max(len(life) for life in told.values())):
            ready = (one for one in made if step < len(told[one.kind]))
            for chunk in chunks(ready, GROUP):
                drafts = [_draft(journal, one, step, told[one.kind][step]) for one in chunk]
                outcomes = journal.ledger.commit(drafts)
                if not all(isinstance(one, Stored) for one in outcomes):
                    raise AssertionError(outcomes)
                written += len(drafts)
    return written


BETWEEN = dt.timedelta(seconds=20)
"""How long after one thing the next one begins: a hundred thousand of them fit into a month."""
GROUP = 400
"""Records in one transaction."""


class _Made(NamedTuple):
    kind: str
    body: str
    code: str
    stream: str
    tag: str
    first: dt.datetime


def _draft(journal: EventJournal, one: _Made, step: int, said: Said) -> PackedDraft:
    event = said.event
    if isinstance(event, DutyRaised):
        event = replace(event, subject=one.code.split(".")[1])
    elif isinstance(event, BodyRegistered):
        event = replace(event, body=one.body)
    command_id, person = str(uuid.uuid4()), said.auth == "os-local"
    meta = Meta(one.body, said.by, said.auth, moment(one.first + said.after), command_id)
    row = journal.codec.row(one.tag, one.stream, step + 1, meta, event)
    keys = (Key(one.kind, one.body, one.code, one.stream),) if step == 0 else ()
    return PackedDraft(command_id, FILLED, (row,), (), keys, said.by if person else None)


FILLED = sha256(b"filled").digest()


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
