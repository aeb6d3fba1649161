"""Which wording binds a body on a day: what it adopted, else the law of its place, else none, and never a default."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.rules import load_rulebook
from domain.bodies import BODY as BODIES
from domain.refused import AlreadySo, NoRuleInForce, UnknownRule, UnknownThing
from domain.rule_adoption import ADOPTED
from domain.rulebook import Adoptions, Rulebook, Wording
from tests.deciding.given import BODY, example, folded, given, happened

SHIPPED = load_rulebook()
YANTIAN = ("440308", ("enterprise", "high_risk", "sector_x", "metal_smelting"))
NANJING = ("320113", ("enterprise", "other", "sector_x"))
NOBODY = Adoptions({})


def wording(rule: str, version: str, **changes: Any) -> Wording:
    plain: dict[str, Any] = {
        "rule": rule,
        "kind": "days",
        "version": version,
        "since": "2020-01-01",
        "until": None,
        "where": (),
        "who": (),
        "source": "house",
        "verified": "G",
        "checked": "2026-01-01",
        "title_zh": "规则",
        "title_en": "A rule",
        "cited": {"title": f"text {version}"},
        "value": {"days": 1},
    }
    return Wording(**{**plain, **changes})


def book(*wordings: Wording, **packs: list[tuple[str, str]]) -> Rulebook:
    """Wordings by rule, and packs (version 1 of each) by their members."""
    found: dict[str, tuple[Wording, ...]] = {}
    for one in wordings:
        found[one.rule] = (*found.get(one.rule, ()), one)
    for pack, members in packs.items():
        value = {"members": [{"rule": rule, "version": version} for rule, version in members]}
        found[pack] = (*found.get(pack, ()), wording(pack, "1", kind="pack", value=value))
    return Rulebook(found)


def binding(
    rules: Rulebook, day: str, adopted: Adoptions = NOBODY, at: Any = NANJING
) -> tuple[str, str] | None:
    """Version and standing of what binds as the rule `r`."""
    found = rules.binding("r", day, *at, adopted)
    return None if found is None else (found[0].version, found[1].standing)


# --- law


@pytest.mark.clause("YT-45")
@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2021-10-31", None),
        ("2021-11-01", "yantian-2021-high-risk"),
        ("2024-10-31", "yantian-2021-high-risk"),
        ("2024-11-01", None),
    ],
)
def test_the_law_binds_from_its_first_day_to_its_last_and_no_longer(day: str, version: str | None) -> None:
    found = SHIPPED.binding("assessment-period", day, *YANTIAN, NOBODY)
    assert (found[0].version if found else None) == version
    if found:
        assert found[1].standing == "in force"
        assert (found[1].number, found[1].article, found[1].source) == (
            "盐应急规〔2021〕1号",
            "第十七条",
            "law",
        )


def test_the_law_binds_in_its_places_only() -> None:
    assert SHIPPED.binding("assessment-period", "2022-01-01", *NANJING, NOBODY) is None
    law = book(wording("r", "v", source="law", where=("4403",)))
    places = {"440308": True, "440303001": True, "4403": True, "44": False, "4404": False, "": False}
    bound = {area: binding(law, "2026-01-01", at=(area, ("enterprise",))) is not None for area in places}
    assert bound == places


def test_the_law_binds_its_classes_only() -> None:
    law = book(wording("r", "v", source="law", who=("public_place", "high_risk")))
    for classes, bound in (
        (("enterprise", "high_risk"), True),
        (("public_place", "other"), True),
        (("enterprise", "other"), False),
    ):
        assert (binding(law, "2026-01-01", at=("11", classes)) is not None) is bound


def test_high_risk_and_other_bodies_have_periods_of_their_own() -> None:
    periods = {
        one: SHIPPED.binding(
            "assessment-period", "2022-01-01", "440308", ("enterprise", one, "sector_other"), NOBODY
        )
        for one in ("high_risk", "other")
    }
    assert {one: found[0].value["period"] for one, found in periods.items() if found} == {
        "high_risk": "P2Y",
        "other": "P3Y",
    }


@pytest.mark.clause("YT-17c")
def test_a_sector_s_own_standard_goes_before_the_general_law() -> None:
    law, sector = (
        wording("r", "law", source="law"),
        wording("r", "sector", source="sector", who=("sector_mining",)),
    )
    for rules in (book(law, sector), book(sector, law)):
        assert binding(rules, "2026-01-01", at=("11", ("enterprise", "sector_mining"))) == (
            "sector",
            "in force",
        )
        assert binding(rules, "2026-01-01", at=("11", ("enterprise", "sector_trade"))) == ("law", "in force")


@pytest.mark.parametrize("source", ["house", "method"])
def test_house_rules_and_methods_bind_nobody_by_themselves(source: str) -> None:
    assert binding(book(wording("r", "v", source=source)), "2026-01-01") is None


def test_where_nothing_binds_there_is_no_default() -> None:
    assert SHIPPED.binding("no-such-rule", "2026-01-01", *NANJING, NOBODY) is None
    given(happened("risk-identified")).when(example("AssessRisk")).then(
        NoRuleInForce, rule="lec", body=BODY, day="2026-02-02"
    )


# --- adoption


@pytest.mark.parametrize(
    ("source", "standing"), [("house", "adopted; house rule"), ("method", "adopted; method")]
)
def test_what_is_adopted_binds_from_that_day_and_says_what_it_is(source: str, standing: str) -> None:
    rules = book(wording("r", "v", source=source), p=[("r", "v")])
    adopted = Adoptions({"p": ("1", "2026-02-01")})
    assert binding(rules, "2026-01-31", adopted) is None
    assert binding(rules, "2026-02-01", adopted) == ("v", standing)


@pytest.mark.clause("YT-45")
def test_an_expired_text_binds_who_adopted_it_and_is_shown_as_expired() -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2024-01-01")})
    for area in (YANTIAN, NANJING):
        found = SHIPPED.binding("risk-list-report", "2026-01-01", *area, adopted)
        assert found is not None
        assert found[1].standing == "adopted; expired 2024-10-31"


def test_a_text_of_another_place_binds_who_adopted_it_and_is_shown_as_foreign() -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2024-01-01")})
    found = SHIPPED.binding("risk-list-report", "2024-06-01", *NANJING, adopted)
    assert found is not None
    assert found[1].standing == "adopted; foreign"


def test_adopted_law_that_binds_anyway_is_shown_as_in_force() -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2024-01-01")})
    found = SHIPPED.binding("risk-list-report", "2024-06-01", *YANTIAN, adopted)
    assert found is not None
    assert found[1].standing == "in force"


@pytest.mark.parametrize("day", ["2021-11-01", "2024-10-31"])
def test_adopted_law_is_in_force_on_its_first_day_and_on_its_last(day: str) -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2021-10-20")})
    found = SHIPPED.binding("risk-list-report", day, *YANTIAN, adopted)
    assert found is not None
    assert found[1].standing == "in force"


def test_a_pack_binds_only_the_rules_that_it_names() -> None:
    """Another rule's version of the same name is not taken for it."""
    rules = book(wording("r", "2026"), wording("other", "2026"), p=[("other", "2026")])
    assert binding(rules, "2026-03-01", Adoptions({"p": ("1", "2026-01-01")})) is None


def test_adopted_law_that_has_not_begun_is_never_shown_as_in_force() -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2021-10-20")})
    found = SHIPPED.binding("risk-list-report", "2021-10-25", *YANTIAN, adopted)
    assert found is not None
    assert found[1].standing == "adopted; in force from 2021-11-01"


def test_an_adopted_pack_gives_each_class_its_own_member() -> None:
    adopted = Adoptions({"yantian-2021": ("1", "2024-01-01")})
    for classes, period in ((("enterprise", "high_risk"), "P2Y"), (("enterprise", "other"), "P3Y")):
        found = SHIPPED.binding("assessment-period", "2026-01-01", "320113", classes, adopted)
        assert found is not None
        assert found[0].value["period"] == period


def test_what_is_adopted_never_displaces_the_law_in_force() -> None:
    law = wording("r", "law", source="law", until="2026-06-30")
    rules = book(law, wording("r", "own"), p=[("r", "own")])
    adopted = Adoptions({"p": ("1", "2026-02-01")})
    assert binding(rules, "2026-02-01", adopted) == ("law", "in force")
    assert binding(rules, "2026-07-01", adopted) == ("own", "adopted; house rule")


def test_of_two_adopted_packs_the_later_one_wins() -> None:
    rules = book(wording("r", "a"), wording("r", "b"), p=[("r", "a")], q=[("r", "b")])
    earlier_q = Adoptions({"p": ("1", "2026-02-02"), "q": ("1", "2026-02-01")})
    later_q = Adoptions({"p": ("1", "2026-02-02"), "q": ("1", "2026-02-03")})
    same_day = Adoptions({"p": ("1", "2026-02-02"), "q": ("1", "2026-02-02")})
    assert [binding(rules, "2026-03-01", one) for one in (earlier_q, later_q, same_day)] == [
        ("a", "adopted; house rule"),
        ("b", "adopted; house rule"),
        ("b", "adopted; house rule"),
    ]


def test_a_pack_or_member_that_this_installation_does_not_hold_binds_nothing() -> None:
    rules = book(wording("r", "v"), p=[("r", "gone")])
    assert binding(rules, "2026-03-01", Adoptions({"p": ("1", "2026-01-01")})) is None
    assert binding(rules, "2026-03-01", Adoptions({"p": ("2", "2026-01-01")})) is None
    assert binding(rules, "2026-03-01", Adoptions({"none": ("1", "2026-01-01")})) is None


# --- adopting


def test_adopting_a_pack_stores_what_it_held() -> None:
    given().when(example("AdoptRulePack"), by="P-PRINCIPAL", at="2026-01-06T10:30+08:00").then(
        happened("rule-pack-adopted")
    )


def test_an_expired_pack_is_adopted_with_its_last_day() -> None:
    event = given().when(example("AdoptRulePack", pack="yantian-2021"), by="P-PRINCIPAL").only
    assert (event.source, event.until, event.since) == ("law", "2024-10-31", "2026-02-02")


@pytest.mark.parametrize(
    ("pack", "version"), [("no-such-pack", "1"), ("house-2026", "2"), ("lec", "common-4colour-1")]
)
def test_a_pack_or_version_that_does_not_exist_is_not_adopted(pack: str, version: str) -> None:
    asked = given().when(example("AdoptRulePack", pack=pack, version=version))
    asked.then(UnknownRule, rule=f"{pack} {version}")
    assert asked.refused is not None
    assert {"house-2026 1", "yantian-2021 1"} <= set(asked.refused.values["packs"])  # type: ignore[arg-type]


def test_a_version_that_is_adopted_already_is_refused() -> None:
    given(happened("rule-pack-adopted")).when(example("AdoptRulePack")).then(AlreadySo, what="house-2026 1")


def test_rules_are_adopted_by_a_body_that_is_registered() -> None:
    given().knowing(BODIES, BODY, holds=[]).when(example("AdoptRulePack")).then(UnknownThing, kind="body")


def test_an_adopted_version_keeps_binding_the_days_before_the_next_one() -> None:
    """An assessment of January that is entered in March is rated by what the body had adopted in January."""
    history = [
        happened("rule-pack-adopted", version="1", since="2026-01-01"),
        happened("rule-pack-adopted", version="2", since="2026-02-01"),
        happened("rule-pack-adopted", version="1", since="2026-03-01"),
    ]
    state = folded(ADOPTED, history)
    versions = {
        day: state.on(day).packs.get("house-2026")
        for day in ("2025-12-31", "2026-01-31", "2026-02-01", "2026-03-01")
    }
    assert versions == {
        "2025-12-31": None,
        "2026-01-31": ("1", "2026-01-01"),
        "2026-02-01": ("2", "2026-02-01"),
        "2026-03-01": ("1", "2026-03-01"),
    }
    assert state.version("house-2026") == "1"


def test_an_adoption_entered_late_counts_from_its_own_day() -> None:
    history = [
        happened("rule-pack-adopted", version="2", since="2026-02-01"),
        happened("rule-pack-adopted", version="1", since="2026-01-01"),
    ]
    state = folded(ADOPTED, history)
    assert state.on("2026-01-15").packs == {"house-2026": ("1", "2026-01-01")}
    assert state.on("2026-02-15").packs == {"house-2026": ("2", "2026-02-01")}


@pytest.mark.parametrize(("order", "version"), [("pq", "b"), ("qp", "a"), ("pqp", "a"), ("qpq", "b")])
def test_of_packs_adopted_on_one_day_the_last_recorded_wins(order: str, version: str) -> None:
    rules = book(wording("r", "a"), wording("r", "b"), p=[("r", "a")], q=[("r", "b")])
    state = folded(ADOPTED, [happened("rule-pack-adopted", pack=pack, version="1") for pack in order])
    assert binding(rules, "2026-03-01", state.on("2026-03-01")) == (version, "adopted; house rule")


def test_of_two_versions_adopted_on_one_day_the_last_recorded_wins() -> None:
    history = [happened("rule-pack-adopted", version=version) for version in ("1", "2")]
    assert folded(ADOPTED, history).on("2026-02-01").packs == {"house-2026": ("2", "2026-01-06")}
