"""What if other thresholds or another method had rated what was put in: the level then, beside the level now.

Nothing is recorded: who likes the answer adopts the method and gives new assessments; the past stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.labels import Lang
from domain.language import LEVELS
from domain.methods import input_keys, rate
from domain.refused import Refused
from domain.risk_assessment import ESCALATION
from domain.risk_level import RANK
from domain.rulebook import Rulebook, Wording


@dataclass(frozen=True)
class Supposed:
    """What a method says of stored inputs; ``lacking`` or a ``problem`` where it says nothing."""

    score: str | None = None
    computed: str | None = None
    level: str | None = None
    lacking: tuple[str, ...] = ()
    problem: Mapping[Lang, str] | None = None


def suppose(wording: Wording, stored: Mapping[str, Any], rules: Rulebook) -> Supposed:
    """Rate the stored inputs; the factors that raised the level then raise it here too, by the rule of that time."""
    keys = input_keys(wording)
    inputs = {key: stored["inputs"][key] for key in keys if key in stored["inputs"]}
    lacking = tuple(key for key in keys if key not in inputs)
    if lacking:
        return Supposed(lacking=lacking)
    try:
        rating = rate(wording, inputs)
    except Refused as refused:
        return Supposed(problem={"zh": refused.because("zh"), "en": refused.because("en")})
    level = rating.level
    if stored["escalations"]:
        rule = rules.version(ESCALATION, str(stored["escalation_version"]))
        steps = int(rule.value["levels"]) if rule else 0
        level = LEVELS[max(0, LEVELS.index(level) - steps)]
    return Supposed(rating.score, rating.level, level)


def fitting(
    wording: Wording, methods: Sequence[Mapping[str, Any]], counts: str | None
) -> Mapping[str, Any] | None:
    """The stored assessment to take inputs from: by the same method, else what counts, else any that has them all."""
    keys = set(input_keys(wording))
    held = [one for one in methods if keys <= set(one["inputs"])]
    order = {wording.rule: 0, counts: 1}
    found = sorted(held or methods, key=lambda one: order.get(one["method"], 2))
    return found[0] if found else None


def change(now: str | None, then: str | None) -> str | None:
    """Raised, lowered or the same; None where one of them is not known."""
    if now is None or then is None:
        return None
    return "same" if now == then else "raised" if RANK[then] > RANK[now] else "lowered"
