"""Every record of the example's story is told in both languages, to people and to machines."""

from __future__ import annotations

import json

import pytest

from adapters.verbs.history import evidence_of, row
from domain.labels import Lang
from domain.records import Record
from tests.projecting.plant import Plant


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return Plant().story().records()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_for_machines_holds_nothing_but_what_json_knows(records: list[Record], lang: Lang) -> None:
    for record in records:
        told = json.loads(json.dumps(row(record, lang)))
        assert told["kind"] == record.kind
        assert "{" not in told["sentence"], told["sentence"]
        assert all(isinstance(one, str) for one in told["evidence"])


def test_an_assessment_s_evidence_is_told_in_words_with_its_salted_hash(records: list[Record]) -> None:
    [assessed] = [one for one in records if one.kind == "risk-assessed.1"]
    [told] = evidence_of(assessed)
    what, salted = told.split(" ")
    assert (what, len(salted)) == ("2025年过卷保护试验记录汇总", 64)
