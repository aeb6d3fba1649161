"""The packs of criteria are sound, and what is wrong with one is named."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from adapters.rules import load_rulebook, rule_files
from domain.hazard_verdicts import asked, items_of, matches, packs
from domain.rule_lint import problems

PACKS = packs(load_rulebook())
MINES = "major-hazards-mines"


def test_there_is_a_pack_for_every_standard_that_the_process_names() -> None:
    numbers = {one.cited["number"] for pack in PACKS for one in load_rulebook().wordings[pack]}
    named = {"安监总管一〔2017〕98号", "安监总管三〔2017〕121号", "安监总管四〔2017〕129号"}
    followed = {"矿安〔2022〕88号", "应急管理部令第10号"}
    assert named | followed <= numbers


@pytest.mark.rule(
    "major-hazards-mines",
    "major-hazards-chemicals",
    "major-hazards-fireworks",
    "major-hazards-trade",
    "major-hazards-coal",
)
@pytest.mark.parametrize("pack", PACKS)
def test_every_item_of_every_edition_can_be_judged_both_ways(pack: str) -> None:
    for edition in load_rulebook().wordings[pack]:
        for item in items_of(edition):
            exceptions = {str(one["id"]) for one in item.get("exceptions", ())}
            yes = {one: "no" if one in exceptions else "yes" for one in asked(item)}
            assert matches(item, yes), item
            assert not matches(item, dict.fromkeys(yes, "no")), item
            for one in exceptions:
                assert not matches(item, {**yes, one: "yes"}), item


def test_the_2017_dust_list_knew_an_alternative_that_the_2023_list_does_not() -> None:
    old, new = load_rulebook().wordings["major-hazards-trade"]
    [then] = [item for item in items_of(old) if item["code"] == "T129-DU-03"]
    [now] = [item for item in items_of(new) if item["code"] == "T10-A11-03"]
    isolated = {"no-venting": "yes", "no-isolation": "no", "no-inerting": "yes", "no-suppression": "yes"}
    assert not matches(then, isolated)
    assert matches(now, {one: isolated[one] for one in asked(now)})


def planted(change: Any) -> list[str]:
    rules = copy.deepcopy(dict(rule_files()))
    change(rules[MINES]["version"])
    return problems(rules)


def first(versions: Any) -> Any:
    return versions[0]["value"]["sections"][0]["items"]


def test_the_shipped_packs_are_clean() -> None:
    assert problems(rule_files()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda it: first(it)[3].pop("verified"), "item M98-UG-04: has no verified"),
        (lambda it: first(it)[3].update(verified="?"), "item M98-UG-04: verified '?' is none of"),
        (lambda it: it[0]["citation"].pop("source"), "citation: has no source"),
        (lambda it: it[1].update({"from": date(2022, 8, 1)}), "bind the same body on the same day"),
        (lambda it: it.reverse(), "editions stand in the order of their days"),
        (lambda it: first(it).reverse(), "item M98-UG-23 stands after M98-UG-24"),
        (lambda it: first(it).append(dict(first(it)[0])), "item M98-UG-01 occurs twice"),
        (
            lambda it: it[1]["value"]["sections"][0]["items"][0].update(was=["M98-UG-99"]),
            "no earlier edition has",
        ),
        (lambda it: it[1]["value"]["sections"][0]["items"][0].pop("needs"), "any or all of its conditions"),
        (
            lambda it: it[1]["value"]["sections"][0]["items"][0]["conditions"][0].pop("en"),
            "item M88-UG-01: too-few: has no en",
        ),
        (lambda it: it[0]["value"].update(sections=[]), "has no sections"),
    ],
)
def test_what_is_wrong_is_named(change: Any, fault: str) -> None:
    found = planted(change)
    assert any(MINES in one and fault in one for one in found), found
