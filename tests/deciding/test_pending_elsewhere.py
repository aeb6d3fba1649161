"""Where others ask for the level of a risk, one that waits for approval counts as the higher one."""

from __future__ import annotations

from typing import Any

import pytest

from domain.risks import RISK
from tests.deciding.given import BODY, example, given, happened

HISTORY = [happened("risk-identified"), happened("risk-assessed"), happened("risk-reassessed")]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ([], "larger"),
        ([happened("lowering-rejected")], "larger"),
        ([happened("lowering-approved")], "general"),
    ],
)
def test_a_stop_keeps_the_level_that_counted_not_the_one_that_waits(more: list[Any], level: str) -> None:
    stop = example("StopUnit", risk="R-0001")
    assert given().knowing(RISK, BODY, "R-0001", holds=[*HISTORY, *more]).when(stop).only.level == level
