"""A draw follows from a list that was announced before its seed and from that seed alone."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.bodies import BODY as BODIES
from domain.drawing import drawn
from domain.draws import AUTHORITIES, Draw, result
from domain.people import PEOPLE as ROLL
from domain.people import PersonRegistered
from domain.refused import AlreadyRegistered, AlreadySo, UnknownPerson, UnknownThing
from domain.refused_draws import DrawnOnce, NoSeedYet, NotAnAuthority, NotSoMany, SeedKnown
from domain.rule_adoption import ADOPTED
from domain.units import UNITS
from tests.deciding.given import BODY, Given, example, given, happened

ANNOUNCED = happened("draw-announced")
HELD = happened("draw-held")
AT = "2026-03-27"


def mine(*own: Any) -> Given:
    """The mine with the units and people of the example."""
    units = [happened("unit-registered", unit=code, parent=None) for code in ANNOUNCED.population]
    people = [PersonRegistered(one, "staff") for one in ANNOUNCED.inspectors]
    return given(*own).knowing(UNITS, BODY, holds=units).knowing(ROLL, BODY, holds=people)


def office(kind: str = "authority", area: str = "440308", **more: Any) -> Given:
    """An authority that knows two bodies."""
    return (
        mine()
        .knowing(BODIES, BODY, holds=[happened("body-registered", kind=kind, area=area)])
        .knowing(BODIES, "E-1", holds=[happened("body-registered", body="E-1")])
        .knowing(BODIES, "E-2", holds=[happened("body-registered", body="E-2")])
    )


def announce(**changes: Any) -> Any:
    return example("AnnounceDraw", **changes)


OF_BODIES = {"of": "body", "population": ("E-1", "E-2"), "count": 1}

# --- the list


def test_a_draw_is_announced_with_its_lists_in_one_order() -> None:
    turned = tuple(reversed(ANNOUNCED.population))
    mine().when(announce(population=turned), at=AT).then(ANNOUNCED)


@pytest.mark.parametrize(
    ("changes", "refusal", "values"),
    [
        ({"count": 5}, NotSoMany, {"count": "5", "held": "4"}),
        ({"count": 0}, NotSoMany, {"count": "0"}),
        ({"each": 4}, NotSoMany, {"count": "4", "held": "3"}),
        ({"population": ("U-TS", "U-TS"), "count": 1}, DrawnOnce, {"code": "U-TS"}),
        ({"inspectors": ("P-SAFETY", "P-SAFETY"), "each": 1}, DrawnOnce, {"code": "P-SAFETY"}),
        ({"population": ("U-GHOST",), "count": 1}, UnknownThing, {"code": "U-GHOST"}),
        ({"inspectors": ("P-GHOST",), "each": 1}, UnknownPerson, {"person": "P-GHOST"}),
        ({"seed_day": "2026-03-27"}, SeedKnown, {"announced": "2026-03-27", "day": "2026-03-27"}),
        ({"seed_day": "2026-03-01"}, SeedKnown, {"day": "2026-03-01"}),
        (OF_BODIES, NotAnAuthority, {"body": BODY, "kind": "enterprise"}),
    ],
)
def test_a_list_that_cannot_be_drawn_from_is_refused(
    changes: dict[str, Any], refusal: Any, values: dict[str, Any]
) -> None:
    mine().when(announce(**changes), at=AT).then(refusal, **values)


def test_a_draw_is_announced_once() -> None:
    mine(ANNOUNCED).when(announce(), at=AT).then(AlreadyRegistered, code="CQ-2026-1")


@pytest.mark.clause("YT-35c", "YT-36")
@pytest.mark.parametrize("kind", AUTHORITIES)
def test_an_authority_draws_among_other_bodies(kind: str) -> None:
    event = office(kind).when(announce(**OF_BODIES), at=AT).only
    assert (event.of, event.population, event.citation) == ("body", ("E-1", "E-2"), None)


@pytest.mark.parametrize("code", ["E-9", BODY])
def test_an_authority_draws_neither_itself_nor_whom_nobody_registered(code: str) -> None:
    office().when(announce(**{**OF_BODIES, "population": ("E-1", code)}), at=AT).then(UnknownThing, code=code)


@pytest.mark.rule("inspection-draw")
@pytest.mark.clause("YT-35c")
def test_the_text_that_allows_the_draw_is_cited_where_it_binds() -> None:
    adopted = happened("rule-pack-adopted", pack="yantian-2021", version="1", since="2026-01-06")
    asked = announce(**OF_BODIES)
    event = office().knowing(ADOPTED, BODY, holds=[adopted]).when(asked, at=AT).only
    assert (event.citation.rule, event.citation.article) == ("inspection-draw", "第三十五、三十六条")
    assert event.citation.standing == "adopted; expired 2024-10-31"


# --- the draw


def test_the_draw_follows_from_list_and_seed() -> None:
    mine(ANNOUNCED).when(example("HoldDraw"), at="2026-03-31").then(HELD)
    other = mine(ANNOUNCED).when(example("HoldDraw", seed="another"), at="2026-03-31").only
    assert other.drawn == result(ANNOUNCED, "another") != HELD.drawn


def test_nothing_is_drawn_before_the_seed_is_published() -> None:
    mine(ANNOUNCED).when(example("HoldDraw"), at="2026-03-29").then(
        NoSeedYet, day="2026-03-30", at="2026-03-29"
    )
    mine(ANNOUNCED).when(example("HoldDraw"), at="2026-03-30").accepted()


def test_nobody_draws_again_until_the_result_is_liked() -> None:
    mine(ANNOUNCED, HELD).when(example("HoldDraw", seed="another"), at="2026-03-31").then(AlreadySo)


def test_what_was_never_announced_is_not_drawn() -> None:
    assert Draw().announced is None
    mine().when(example("HoldDraw"), at="2026-03-31").then(UnknownThing, code="CQ-2026-1")


# --- the lots

CODES = st.lists(st.text("ABC123-", min_size=1, max_size=8), min_size=1, max_size=20, unique=True)


def test_a_lot_is_what_anybody_computes_with_a_hash_of_three_lines() -> None:
    lots = {
        code: hashlib.sha256(("seed\nunit\n" + code).encode("utf-8")).hexdigest()
        for code in ("U-1", "U-2", "U-3")
    }
    assert drawn("seed", "unit", ("U-1", "U-2", "U-3"), 3) == tuple(sorted(lots, key=lambda code: lots[code]))


@over(CODES, st.text(max_size=20), st.integers(0, 20), st.randoms())
def test_the_order_of_the_list_draws_nobody(codes: list[str], seed: str, count: int, by: Any) -> None:
    turned = list(codes)
    by.shuffle(turned)
    found = drawn(seed, "body", codes, count)
    assert found == drawn(seed, "body", turned, count)
    assert len(found) == len(set(found)) == min(count, len(codes))
    assert set(found) <= set(codes)


@over(CODES, st.text(max_size=20), st.integers(1, 20))
def test_who_is_not_drawn_changes_nothing_by_being_left_out(codes: list[str], seed: str, count: int) -> None:
    found = drawn(seed, "body", codes, count)
    assert drawn(seed, "body", found, count) == found


def test_over_many_seeds_everybody_is_drawn_about_as_often() -> None:
    """400 seeds, 10 of whom 3 are drawn: 120 each on average; five standard deviations are 46."""
    codes = [f"E-{number}" for number in range(10)]
    times = dict.fromkeys(codes, 0)
    for seed in range(400):
        for code in drawn(str(seed), "body", codes, 3):
            times[code] += 1
    assert all(74 <= count <= 166 for count in times.values()), times
