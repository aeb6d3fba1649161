"""What a duty is called is what its rule's file calls it, in both languages."""

from __future__ import annotations

import pytest

from adapters.rules import rule_files
from domain.labels import label

OF_TIME = sorted(
    rule for rule, one in rule_files().items() if one["kind"] in ("period", "days", "months", "calendar")
)


@pytest.mark.parametrize("rule", OF_TIME)
def test_a_rule_on_time_is_labelled_as_its_file_calls_it(rule: str) -> None:
    title = rule_files()[rule]["title"]
    assert (label(rule, "zh"), label(rule, "en")) == (title["zh"], title["en"])
