"""The safety officer's monthly round of the shaft: made in time, entered late, missed, made late, left unfinished.

One switch fails in April and becomes a hazard by itself, which the crew removes on the spot; in July another person
looks again. The rounds and their duties follow each other by policy; nobody here plans one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.demo.mine import HOIST_CREW, HOIST_LEAD, SAFETY_HEAD, SAFETY_OFFICER
from adapters.demo.steps import Line, T

LIST = "JC-TS"
FAILED = ("04", "2")
"""Month and item of the failure that becomes a hazard."""
SEEN: dict[str, tuple[str, str]] = {
    # month -> the day on which the round was made, and the day on which it was entered
    "03": ("2026-03-27", "2026-03-27"),
    "04": ("2026-04-28", "2026-04-28"),
    "05": ("2026-05-29", "2026-06-05"),
    "07": ("2026-07-28", "2026-07-28"),
    "08": ("2026-09-03", "2026-09-03"),
    "10": ("2026-10-28", "2026-10-28"),
}
"""June was missed; September was begun and never finished."""
ITEMS: tuple[dict[str, Any], ...] = (
    {
        "item": "1",
        "what": T(
            "过卷开关每班试验，记录齐全", "the overwind switch is tested every shift, and that is on record"
        ),
        "how": T("查阅三十天试验记录，现场试验一次", "read the records of thirty days, test it once on site"),
        "unit": "U-3-1-4-1",
        "risk": "R-0001",
    },
    {
        "item": "2",
        "what": T("井口安全门与信号闭锁可靠", "the shaft gate is interlocked with the signal"),
        "how": T("开门发信号三次，信号均应发不出", "signal three times with the gate open: none may pass"),
        "unit": "U-3-1-4-3",
    },
    {
        "item": "3",
        "what": T("司机说得出过卷后的处置步骤", "the operator knows what to do after an overwind"),
        "how": T("现场考问当班司机", "ask the operator on shift"),
        "unit": "U-3-1-1-1",
    },
)


def code_of(month: str) -> str:
    """The code of the round of a month, as it follows from its assignment."""
    return f"{LIST}.company.P1M.{SAFETY_OFFICER}.2026-{month}-01"


def hazard_of(month: str, item: str) -> str:
    """The code of the hazard that a failed item of that round becomes."""
    return f"YH.{code_of(month)}.{item}"


def lines() -> Iterator[Line]:
    """The list in March, then a round a month, and what came of them."""
    tiers = {"tiers": ["company"], "period": "P1M"}
    yield {
        "command": "DrawUpChecklist",
        "by": SAFETY_HEAD,
        "at": "2026-03-03T10:00+08:00",
        "data": {
            "checklist": LIST,
            "title": T("竖井提升月度检查清单", "monthly checklist of the shaft hoist"),
            "unit": "U-3-1",
            "items": [{**one, **tiers} for one in ITEMS],
        },
    }
    yield {
        "command": "AssignRounds",
        "by": SAFETY_HEAD,
        "at": "2026-03-03T10:20+08:00",
        "data": {
            "checklist": LIST,
            "tier": "company",
            "period": "P1M",
            "person": SAFETY_OFFICER,
            "since": "2026-03-03",
        },
    }
    for month, (day, entered) in SEEN.items():
        yield _round(month, day, entered)
    yield from _later()


def _round(month: str, day: str, entered: str) -> Line:
    answers: list[dict[str, Any]] = []
    for minute, one in ((10, "1"), (25, "2"), (45, "3")):
        answer: dict[str, Any] = {"item": one, "answer": "pass", "done_at": f"{day}T09:{minute}:00+08:00"}
        if (month, one) == FAILED:
            answer |= {
                "answer": "fail",
                "remark": T(
                    "三次中一次信号发出，闭锁触点发卡", "one signal of three passed: a contact sticks"
                ),
                "lacking": T("井下不便拍照", "no picture could be taken there"),
            }
        if (month, one) == ("10", "3"):
            answer |= {
                "answer": "not_looked_at",
                "remark": T("司机正在提人，不宜打断", "the operator was hoisting people"),
            }
        answers.append(answer)
    return {
        "command": "RecordRound",
        "by": SAFETY_OFFICER,
        "at": f"{day}T10:05+08:00",
        "entered": f"{entered}T17:00+08:00",
        "data": {
            "inspection": code_of(month),
            "started_at": f"{day}T09:00:00+08:00",
            "answers": answers,
            "statement": T("以上为本人现场所见", "this is what I saw on site"),
            "methods": ["record_review", "on_site_examination"],
            "aspects": ["measure_implementation", "post_risk_recognition"],
        },
    }


def _later() -> Iterator[Line]:
    hazard = {"hazard": hazard_of(*FAILED)}
    yield {
        "command": "FixOnSpot",
        "by": HOIST_CREW,
        "at": "2026-04-28T17:30+08:00",
        "data": {
            **hazard,
            "done": T(
                "更换闭锁触点，连续试验十次均闭锁", "replaced the contact; ten tries, ten times locked"
            ),
        },
    }
    yield {
        "command": "ConfirmFix",
        "by": HOIST_LEAD,
        "at": "2026-04-29T09:00+08:00",
        "data": {
            **hazard,
            "verdict": "accepted",
            "findings": T("现场试验五次，均闭锁", "five tries on site, five times locked"),
        },
    }
    yield {
        "command": "RecheckInspection",
        "by": SAFETY_HEAD,
        "at": "2026-07-30T09:00+08:00",
        "data": {
            "inspection": code_of("07"),
            "verdict": "sound",
            "findings": T("抽查第1、2项，与记录一致", "items 1 and 2 looked at again: as recorded"),
            "items": ["1", "2"],
        },
    }
    yield {
        "command": "StartInspection",
        "by": SAFETY_OFFICER,
        "at": "2026-09-29T15:00+08:00",
        "data": {"inspection": code_of("09"), "methods": ["record_review"]},
    }
    yield {
        "command": "AnswerItems",
        "by": SAFETY_OFFICER,
        "at": "2026-09-29T15:30+08:00",
        "data": {"inspection": code_of("09"), "answers": [{"item": "1", "answer": "pass"}]},
    }
