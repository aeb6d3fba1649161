"""How a method turns the inputs of an assessment into a score and a level; the tables are rule data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.labels import Term
from domain.refused import Incomplete, Unfit
from domain.rulebook import Wording

CONDITION = "condition"
"""The one input of a method that determines directly."""


@dataclass(frozen=True)
class Rating:
    """What a method says: the exact score as text (empty where it has none), and the level it falls into."""

    score: str
    level: str


def rate(method: Wording, inputs: Mapping[str, str]) -> Rating:
    """Rate the inputs: by their product (LEC, MES, LS), by a cell of a matrix, or by a condition; in exact decimals.

    Refuses a rule that is no such method, a missing or unknown input, a value that is not on the method's scale, and
    a method whose levels the body has yet to name (``Incomplete``, ``Unfit``).
    """
    if method.kind not in KINDS:
        raise Unfit(given=method.rule, what=Term("method"), allowed=[Term(one) for one in KINDS])
    keys = input_keys(method)
    missing = [key for key in keys if key not in inputs]
    if missing:
        raise Incomplete(what=method.rule, missing=missing)
    for given in inputs:
        if given not in keys:
            raise Unfit(given=given, what=method.rule, allowed=keys)
    return KINDS[method.kind](method, inputs)


def input_keys(method: Wording) -> list[str]:
    """The inputs that a method asks for, in its order."""
    if method.kind == "method-direct":
        return [CONDITION]
    return [str(scale["key"]) for scale in method.value["inputs"]]


def _product(method: Wording, inputs: Mapping[str, str]) -> Rating:
    product = Decimal(1)
    for scale in method.value["inputs"]:
        product *= _on_scale(scale, inputs[str(scale["key"])])
    return Rating(_plain(product), _band(method, product))


def _matrix(method: Wording, inputs: Mapping[str, str]) -> Rating:
    place = {
        str(scale["key"]): _on_scale(scale, inputs[str(scale["key"])]) for scale in method.value["inputs"]
    }
    for cell in method.value["cells"]:
        if all(Decimal(cell[key]) == value for key, value in place.items()):
            return Rating("", str(cell["level"]))
    given = " x ".join(_plain(value) for value in place.values())
    raise Unfit(given=given, what=method.rule, allowed=[Term("cells")])


def _direct(method: Wording, inputs: Mapping[str, str]) -> Rating:
    conditions = {str(one["id"]): str(one["level"]) for one in method.value["conditions"]}
    if inputs[CONDITION] not in conditions:
        raise Unfit(given=inputs[CONDITION], what=method.rule, allowed=list(conditions))
    return Rating("", conditions[inputs[CONDITION]])


KINDS = {"method-product": _product, "method-matrix": _matrix, "method-direct": _direct}
"""How each kind of method is rated."""


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
