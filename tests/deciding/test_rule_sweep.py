"""Past verdicts under a wording that no longer binds are found, and what the present one would say is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from adapters.rules import load_rulebook, rule_files, rulebook_of
from domain.language import Event
from domain.obligation_facts import BodyFacts
from domain.records import Record
from domain.rule_adoption import Adopted
from domain.rule_sweep import Swept, sweep
from domain.rulebook import Rulebook
from tests.deciding.given import BODY, at, happened

SHIPPED = load_rulebook()
FACTS = BodyFacts(BODY, "enterprise", "320113", "non_coal_mine", ("non_coal_mine",), "2026-01-05")
HOUSE = Adopted((("house-2026", "1", "2026-01-06"),))
ASSESSED = happened("risk-assessed")


def recorded(*events: Event) -> Iterator[Record]:
    for number, event in enumerate(events, 1):
        yield Record(
            position=number,
            stream=f"risk/{BODY}/R-{number}",
            version=1,
            kind=event.KIND,
            scope=BODY,
            by="P-1",
            auth="os-local",
            happened_at=at("2026-01-12"),
            recorded_at=at("2026-01-12"),
            command_id="c",
            on_behalf_of=None,
            caused_by=None,
            source=None,
            event=event,
        )


def changed(rule: str, version: str, **value: Any) -> Rulebook:
    """The shipped rules with one version's value changed, as somebody proposes it."""
    parsed = {**rule_files()}
    versions = [
        {**one, "value": {**one["value"], **value}} if one["version"] == version else one
        for one in parsed[rule]["version"]
    ]
    parsed[rule] = {**parsed[rule], "version": versions}
    return rulebook_of(parsed)


def swept(
    *events: Event, rules: Rulebook = SHIPPED, adopted: Adopted = HOUSE, day: str = "2026-06-01"
) -> list[Swept]:
    return list(sweep(recorded(*events), FACTS, SHIPPED, rules, adopted, day))


STRICTER = changed(
    "lec",
    "common-4colour-1",
    thresholds=[
        {"level": "major", "min": "200"},
        {"level": "larger", "min": "120", "max": "200"},
        {"level": "general", "min": "50", "max": "120"},
        {"level": "low", "min": "0", "max": "50"},
    ],
)


def test_under_the_same_wording_nothing_is_listed() -> None:
    assert swept(ASSESSED) == []


@pytest.mark.clause("YT-24")
def test_a_level_that_new_thresholds_would_raise_is_listed_with_both() -> None:
    [one] = swept(ASSESSED, rules=STRICTER)
    assert (one.position, one.rule, one.verdict, one.would_be, one.outcome) == (
        1,
        "lec",
        "larger",
        "major",
        "differs",
    )


def test_a_level_that_new_thresholds_leave_is_listed_as_the_same() -> None:
    mild = happened("risk-assessed", inputs={"L": "0.5", "E": "1", "C": "1"}, computed="low", level="low")
    assert [one.outcome for one in swept(mild, rules=STRICTER)] == ["same"]


def test_a_method_that_asks_for_other_inputs_leaves_it_to_a_person() -> None:
    other = changed(
        "lec", "common-4colour-1", inputs=[{"key": "X", "zh": "x", "en": "x", "values": [{"value": "1"}]}]
    )
    assert [(one.would_be, one.outcome) for one in swept(ASSESSED, rules=other)] == [(None, "look")]


def test_where_no_wording_binds_any_more_that_is_said() -> None:
    assert [(one.now_version, one.outcome) for one in swept(ASSESSED, adopted=Adopted())] == [
        (None, "no_rule")
    ]


def test_a_plan_under_another_wording_is_for_a_person_to_look_at() -> None:
    rules = changed("rectification-days", "house-2026", general=10)
    [one] = swept(happened("rectification-planned"), rules=rules)
    assert (one.verdict, one.would_be, one.outcome) == ("2026-02-19", None, "look")


@pytest.mark.clause("YT-42")
def test_a_hazard_judged_under_an_edition_that_was_replaced_is_judged_again() -> None:
    judged = happened("hazard-judged")
    wording = SHIPPED.version(judged.pack, judged.edition)
    assert wording is not None
    assert swept(judged) == []
    [one] = swept(judged, rules=changed(judged.pack, judged.edition, **excepted(wording.value, judged.item)))
    assert (one.verdict, one.would_be, one.outcome) == (judged.verdict, None, "look")


def excepted(entry: Any, code: str) -> Any:
    """The same criteria with one more exception at an item, which the old verdict did not answer."""
    if isinstance(entry, Mapping):
        found = {key: excepted(held, code) for key, held in entry.items()}
        return {**found, "exceptions": [{"id": "new"}]} if found.get("code") == code else found
    return [excepted(one, code) for one in entry] if isinstance(entry, list) else entry


def test_duties_are_left_to_what_is_owed_and_uncited_records_to_nobody() -> None:
    assert (
        swept(happened("duty-raised"), happened("body-registered"), rules=STRICTER, adopted=Adopted()) == []
    )
