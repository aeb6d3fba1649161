"""What carries a control is to be renewed by its day: a duty from the control's adoption until it is done or gone."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from domain.duties import RaiseDuty
from domain.duty_ending import DropDuty
from domain.language import Event
from domain.records import Record
from domain.renewals import DatedAsset, EndRenewals, OweRenewals, Renewal, dated_assets, renewal_duty
from tests.deciding.given import BODY, example, given, happened

SENSOR = DatedAsset("sensor", "ZSJ-GJ-02", "2029-01-31")
LOCK = DatedAsset("interlock", "JXS-03-LS", "2027-06-30")
FIRST, SECOND = Renewal(1, *astuple(SENSOR)), Renewal(2, *astuple(LOCK))
GONE = example("EndRenewals")


def owe(*assets: DatedAsset, control: str = "C-01", version: int | None = 1) -> OweRenewals:
    command = example("OweRenewals", control=control, assets=assets, version=version)
    assert isinstance(command, OweRenewals)
    return command


def was_set(*assets: Renewal, **values: object) -> Event:
    return happened("renewals-set", assets=assets, **{"version": 1, **values})


@pytest.mark.clause("NJ-044")
@pytest.mark.rule("asset-renewal")
def test_each_asset_with_a_day_is_owed_by_whom_the_house_rule_names() -> None:
    given().with_house_rules().when(owe(SENSOR, LOCK, SENSOR), by="policy", at="2026-03-18").then(
        was_set(FIRST, SECOND, new=(1, 2))
    )


def test_without_an_adopted_rule_who_answers_for_the_body_owes_it() -> None:
    given().when(owe(SENSOR), by="policy", at="2026-03-18").then(
        was_set(FIRST, owed_by="principal", citation=None)
    )


def test_a_control_without_a_dated_asset_says_nothing() -> None:
    nothing = given().when(owe(), by="policy", at="2026-03-18")
    assert (nothing.events, nothing.refused) == ([], None)


def test_what_stands_with_the_same_day_stays_beside_what_comes() -> None:
    same = given(was_set(FIRST)).when(owe(SENSOR), by="policy", at="2026-04-01")
    assert (same.events, same.refused) == ([], None)
    given(was_set(FIRST)).with_house_rules().when(owe(LOCK, SENSOR), by="policy", at="2026-04-01").then(
        was_set(SECOND, FIRST, new=(2,))
    )


def test_another_day_ends_the_one_that_stood_and_is_owed_under_a_new_number() -> None:
    later = DatedAsset("sensor", "ZSJ-GJ-02", "2032-01-31")
    given(was_set(FIRST)).with_house_rules().when(owe(later), by="policy", at="2026-04-01").then(
        was_set(Renewal(2, *astuple(later)), new=(2,), ended=(1,))
    )
    without = was_set(new=(), ended=(1,), owed_by="principal", citation=None)
    given(was_set(FIRST)).with_house_rules().when(owe(), by="policy", at="2026-04-01").then(without)
    given(was_set(FIRST), without).with_house_rules().when(owe(SENSOR), by="policy", at="2026-05-01").then(
        was_set(Renewal(2, *astuple(SENSOR)), new=(2,))
    )


def test_another_control_of_the_risk_owes_its_own() -> None:
    other = was_set(Renewal(2, *astuple(SENSOR)), control="C-02", new=(2,))
    given(was_set(FIRST)).with_house_rules().when(
        owe(SENSOR, control="C-02"), by="policy", at="2026-04-01"
    ).then(other)
    given(was_set(FIRST), other).when(owe(control="C-02"), by="policy", at="2026-05-01").then(
        was_set(control="C-02", new=(), ended=(2,), owed_by="principal", citation=None)
    )


def test_nothing_is_owed_of_a_risk_that_is_gone() -> None:
    other = was_set(Renewal(2, *astuple(SENSOR)), control="C-02", new=(2,))
    ended = happened("renewals-ended", ended=(1, 2))
    given(was_set(FIRST), other).when(GONE, by="policy", at="2026-04-01").then(ended)
    nothing = given(was_set(FIRST), other, ended).when(GONE, by="policy", at="2026-04-02")
    assert (nothing.events, nothing.refused) == ([], None)


def test_what_an_older_record_says_is_no_news_when_it_is_asked_again() -> None:
    """A command that had nothing to record takes no id: where positions were lost, it is given once more."""
    none = was_set(new=(), ended=(1,), version=4)
    withdrawn = was_set(new=(), ended=(1,), version=None)
    for before, again in (
        ((was_set(FIRST, version=2),), owe(version=1)),
        ((was_set(FIRST, version=2), none), owe(SENSOR, version=3)),
        ((was_set(FIRST, version=2), withdrawn), owe(SENSOR, version=3)),
        ((was_set(FIRST, version=2), happened("renewals-ended")), owe(SENSOR, version=3)),
    ):
        nothing = given(*before).when(again, by="policy", at="2026-05-01")
        assert (nothing.events, nothing.refused) == ([], None)


def recorded(stream: str, event: Event) -> Record:
    return Record(1, stream, 1, event.KIND, BODY, "P-SAFETY", "os-local", "", "", "x", event)


def test_adoption_withdrawal_and_retirement_say_what_is_owed() -> None:
    risk = f"risk/{BODY}/R-0001"
    assets = happened("control-proposed").assets
    assert [one.renew_by for one in assets] == ["2029-01-31"], "the example proposes a dated sensor"
    undated = [type(one)(one.kind, "OTHER", None) for one in assets]
    [(target, command)] = dated_assets(
        recorded(risk, happened("control-adopted", control="C-01", assets=(*assets, *undated)))
    )
    assert (target, command) == ("R-0001/C-01", owe(SENSOR))
    [(target, command)] = dated_assets(
        recorded(risk, happened("control-withdrawn", control="C-01", reason="拆除"))
    )
    assert (target, command) == (
        "R-0001/C-01",
        OweRenewals(BODY, "R-0001", "C-01", None, (), "P-SAFETY", "拆除"),
    )
    [(target, command)] = dated_assets(recorded(risk, happened("risk-retired", reason="停用")))
    assert (target, command) == ("R-0001", EndRenewals(BODY, "R-0001", "P-SAFETY", "停用"))


def test_what_is_owed_is_a_duty_about_the_asset_and_dropped_when_it_ends() -> None:
    stream = f"renewals/{BODY}/R-0001"
    [(duty, raised)] = renewal_duty(recorded(stream, was_set(FIRST)))
    assert isinstance(raised, RaiseDuty)
    about = (raised.rule, raised.subject_kind, raised.subject)
    assert (duty, *about) == ("renew.R-0001.1", "asset-renewal", "sensor", "ZSJ-GJ-02")
    assert (raised.owed_by, raised.owed_as, raised.due) == ("workshop_lead", "role", "2029-01-31")
    assert raised.citation is not None and not raised.follows_record, "a person answers it"
    [(long, _)] = renewal_duty(recorded(f"renewals/{BODY}/{'R' * 64}", was_set(FIRST)))
    assert len(long) <= 64, "a duty's code is no longer than any code"
    asked = renewal_duty(recorded(stream, was_set(FIRST, SECOND, new=(2,), ended=(3,))))
    assert [(duty, type(command)) for duty, command in asked] == [
        ("renew.R-0001.3", DropDuty),
        ("renew.R-0001.2", RaiseDuty),
    ]
    [(duty, dropped)] = renewal_duty(recorded(stream, happened("renewals-ended")))
    assert (duty, dropped) == ("renew.R-0001.1", DropDuty(BODY, duty, GONE.by, GONE.reason))
