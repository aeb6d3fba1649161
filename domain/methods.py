"""How a method turns the inputs of an assessment into a score and a level; the tables are rule data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.labels import Term
from domain.refused import Incomplete, Unfit
from domain.rulebook import Wording

KIND = "method-product"


@dataclass(frozen=True)
class Rating:
    """What a method says: the exact score as text, and the level it falls into."""

    score: str
    level: str


def rate(method: Wording, inputs: Mapping[str, str]) -> Rating:
    """Rate the inputs by a product method such as LEC, in exact decimals.

    Refuses a rule that is no such method, a missing or unknown input, a value that is not on the method's scale, and
    a method whose levels the body has yet to name (``Incomplete``, ``Unfit``).
    """
    if method.kind != KIND:
        raise Unfit(given=method.rule, what=Term("method"), allowed=[Term(KIND)])
    scales: list[Mapping[str, Any]] = list(method.value["inputs"])
    keys = [str(scale["key"]) for scale in scales]
    missing = [key for key in keys if key not in inputs]
    if missing:
        raise Incomplete(what=method.rule, missing=missing)
    for given in inputs:
        if given not in keys:
            raise Unfit(given=given, what=method.rule, allowed=keys)
    product = Decimal(1)
    for scale in scales:
        product *= _on_scale(scale, inputs[str(scale["key"])])
    return Rating(_plain(product), _band(method, product))


def _on_scale(scale: Mapping[str, Any], given: str) -> Decimal:
    value = _exact(given)
    allowed = [str(one["value"]) for one in scale["values"]]
    if value is None or not any(Decimal(one) == value for one in allowed):
        raise Unfit(given=given, what=str(scale["key"]), allowed=allowed)
    return value


def _exact(given: str) -> Decimal | None:
    try:
        value = Decimal(given)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _band(method: Wording, score: Decimal) -> str:
    """The level of a score; bands are half-open: from ``min`` to below ``max``."""
    for band in method.value["thresholds"]:
        below = band.get("max")
        if Decimal(band["min"]) <= score and (below is None or score < Decimal(below)):
            if "level" not in band:
                raise Incomplete(what=method.rule, missing=[Term("level")])
            return str(band["level"])
    raise Unfit(given=_plain(score), what=method.rule, allowed=[Term("level")])


def _plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    return format(value.normalize(), "f")
