"""Who is told of what: one listener, a channel that is a name, and an end that is said once."""

from __future__ import annotations

import pytest

from domain.language import SHARED
from domain.refused import AlreadyRegistered, AlreadySo, UnknownPerson, UnknownThing
from domain.refused_notices import NotAChannel, OneListener
from domain.refused_shared import NotShared
from domain.subscriptions import EndSubscription, Subscribe, SubscriptionEnded, SubscriptionMade
from tests.deciding.given import BODY, given, happened

MADE = happened("subscription-made")
FOR_TEAM = Subscribe(BODY, "TZ-02", "board", person="P-TEAM")


def test_a_person_listens_to_all_that_falls_to_them_at_once() -> None:
    given().when(FOR_TEAM).then(SubscriptionMade("board", "P-TEAM", None, (), "mine", "at_once"))


def test_a_topic_named_twice_counts_once() -> None:
    twice = Subscribe(BODY, "TZ-02", "board", role="team_lead", topics=("change", "duty_due", "change"))
    given().when(twice).then(
        SubscriptionMade("board", None, "team_lead", ("change", "duty_due"), "mine", "at_once")
    )


def test_one_person_or_one_role_listens() -> None:
    given().when(Subscribe(BODY, "TZ-02", "board")).then(OneListener, subscription="TZ-02")
    both = Subscribe(BODY, "TZ-02", "board", person="P-TEAM", role="team_lead")
    given().when(both).then(OneListener, given=["P-TEAM", "team_lead"])


def test_who_is_not_on_the_roll_is_not_told() -> None:
    given().when(Subscribe(BODY, "TZ-02", "board", person="P-NOBODY")).then(UnknownPerson, person="P-NOBODY")
    given().when(Subscribe("KS-99", "TZ-02", "board", role="principal")).then(UnknownThing, code="KS-99")


@pytest.mark.parametrize("channel", ["Board", "a.b", "a-b", "1a", "a" * 21, "通知", "a_b"])
def test_a_channel_is_a_short_plain_name(channel: str) -> None:
    given().when(Subscribe(BODY, "TZ-02", channel, role="principal")).then(NotAChannel, channel=channel)


def test_what_is_shared_is_told_to_roles_that_are() -> None:
    given().when(Subscribe(SHARED, "TZ-02", "board", role="principal")).then(NotShared)
    told = Subscribe(SHARED, "TZ-02", "board", role="administrator")
    given().when(told).then(SubscriptionMade("board", None, "administrator", (), "mine", "at_once"))


def test_a_subscription_is_made_once_and_ended_once() -> None:
    given(MADE).when(FOR_TEAM).then(AlreadyRegistered, code="TZ-02")
    end = EndSubscription(BODY, "TZ-02", "改用新通道")
    given().when(end).then(UnknownThing, code="TZ-02")
    given(MADE).when(end).then(SubscriptionEnded("改用新通道"))
    given(MADE, SubscriptionEnded("")).when(end).then(AlreadySo)
