"""Warnings come late, twice, crossed, or never; what is in force follows from what was said, not from the order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.language import Command, Moment
from domain.weather_episodes import EpisodeEnded, EpisodeLowered, EpisodeOpened, EpisodeRaised, PassEpisode
from domain.weather_feeds import FollowFeed, MarkFeedReturned, MarkFeedStale
from domain.weather_messages import NoteNoLongerListed, ReceiveWarning, WarningPart
from tests.deciding.weather_world import World, after

YANTIAN = "440308"
COLOURS = ("white", "blue", "yellow", "orange", "red", "unknown")
HERE = f"{YANTIAN}.rainstorm"


def warning(
    identifier: str,
    sent: float,
    level: str = "orange",
    message: str = "alert",
    until: float | None = None,
    **more: Any,
) -> ReceiveWarning:
    """One message about the rainstorm in Yantian, sent and running out so many hours after the start."""
    expires = after(sent + 6 if until is None else until)
    part: dict[str, Any] = {
        "area": YANTIAN,
        "area_name": "盐田区",
        "kind": "rainstorm",
        "lifts": message == "cancel",
    }
    part |= {"level": level, "onset": None, "expires": expires, "assumed": False}
    part |= {key: more.pop(key) for key in tuple(more) if key in part}
    fields: dict[str, Any] = {"source": "cma", "status": "actual", "sha256": "5e" * 32, "schema_valid": True}
    fields |= {
        "identifier": identifier,
        "sent": after(sent),
        "message": message,
        "parts": (WarningPart(**part),),
    }
    return ReceiveWarning(**{**fields, **more})


def told(*messages: tuple[Command, float]) -> World:
    return World().tell((command, after(at)) for command, at in messages)


def turns(world: World) -> list[Any]:
    kinds = EpisodeOpened | EpisodeRaised | EpisodeLowered | EpisodeEnded
    return [record.event for record in world.records if isinstance(record.event, kinds)]


@pytest.mark.clause("YT-24")
def test_an_orange_rainstorm_is_raised_to_red_and_lifted() -> None:
    world = told(
        (warning("A", 0), 0.1),
        (warning("B", 1, "red", "update", references=("A",)), 1.1),
        (warning("C", 3, "red", "cancel", references=("B",)), 3.1),
    )
    opened, raised, ended = turns(world)
    assert (opened.number, opened.level, opened.identifier, opened.until) == (1, "orange", "A", after(6))
    assert (raised.was, raised.level, raised.until) == ("orange", "red", after(7))
    assert (ended.was, ended.how, ended.at) == ("red", "lifted", after(3.1))
    assert world.in_force() == {}


def test_a_warning_runs_out_at_its_own_moment_however_late_the_clock_says_so() -> None:
    world = told((warning("A", 0), 0.1)).tick(after(30))
    assert turns(world)[-1] == EpisodeEnded(1, "orange", "expired", after(6))


def test_what_ran_out_by_an_assumed_end_says_so() -> None:
    world = told((warning("A", 0, assumed=True), 0.1)).tick(after(30))
    assert turns(world)[-1].how == "expired_assumed"


def test_a_warning_without_any_end_runs_out_after_a_day_unless_a_list_holds_it() -> None:
    assert told((warning("A", 0, expires=None), 0)).tick(after(23)).in_force() == {HERE: "orange"}
    assert told((warning("A", 0, expires=None), 0)).tick(after(24)).in_force() == {}
    listed = told((warning("A", 0, expires=None, listed=True), 0)).tick(after(2400))
    assert listed.in_force() == {HERE: "orange"}


def test_a_list_outlasts_an_end_that_was_only_assumed() -> None:
    world = told((warning("A", 0, assumed=True, listed=True), 0)).tick(after(100))
    assert world.in_force() == {HERE: "orange"}
    world.tell([(NoteNoLongerListed("cma", "A"), after(101))])
    assert turns(world)[-1] == EpisodeEnded(1, "orange", "no_longer_listed", after(101))


def test_what_comes_back_into_the_list_begins_a_new_episode() -> None:
    listed = warning("A", 0, expires=None, listed=True)
    world = told((listed, 0), (NoteNoLongerListed("cma", "A"), 1), (listed, 2))
    assert [type(one) for one in turns(world)] == [EpisodeOpened, EpisodeEnded, EpisodeOpened]
    assert turns(world)[-1].number == 2


def test_the_higher_of_two_sources_counts_and_the_end_of_one_leaves_the_other() -> None:
    world = told(
        (warning("A", 0, "yellow"), 0),
        (warning("X", 0, "red", source="city"), 0),
        (warning("Y", 1, "red", "cancel", source="city", references=("X",)), 1),
    )
    assert [one.level for one in turns(world)] == ["yellow", "red", "yellow"]
    assert world.in_force() == {HERE: "yellow"}


def test_the_end_of_a_warning_ends_every_copy_of_it() -> None:
    world = told(
        (warning("A", 0), 0),
        (warning("A", 0, source="file"), 0.5),
        (warning("C", 1, message="cancel", references=("A",)), 1),
    )
    assert world.in_force() == {}


def test_a_cancel_that_names_only_the_first_warning_ends_its_updates_too() -> None:
    world = told(
        (warning("A", 0), 0),
        (warning("B", 1, "red", "update", references=("A",)), 1),
        (warning("C", 2, message="cancel", references=("A",)), 2),
    )
    assert world.in_force() == {}


def test_a_cancel_leaves_another_warning_of_the_same_source_in_force() -> None:
    other = warning("B", 1, "red", "update", references=("Z",))
    world = told((warning("A", 0), 0), (other, 1), (warning("C", 2, message="cancel", references=("A",)), 2))
    assert world.in_force() == {HERE: "red"}


def test_a_new_alert_without_references_takes_the_place_of_the_source_s_earlier_one() -> None:
    assert told((warning("A", 0, "red"), 0), (warning("B", 1, "yellow"), 1)).in_force() == {HERE: "yellow"}


def test_a_lift_by_text_ends_the_source_s_earlier_warnings() -> None:
    lift = warning("B", 1, message="update", lifts=True)
    assert told((warning("A", 0), 0), (lift, 1)).in_force() == {}


def test_a_message_that_was_sent_earlier_changes_nothing_when_it_arrives_late() -> None:
    assert told((warning("B", 1, "yellow"), 1), (warning("A", 0, "red"), 2)).in_force() == {HERE: "yellow"}


def test_a_cancel_that_names_no_area_ends_the_warning_that_comes_only_after_it() -> None:
    cancel = warning("C", 1, message="cancel", references=("A",), parts=())
    assert told((cancel, 1), (warning("A", 0), 2)).in_force() == {}
    assert told((warning("A", 0), 0), (cancel, 1)).in_force() == {}


@pytest.mark.parametrize(
    "end", [{"area": "4403"}, {"kind": "other"}, {"area": "", "area_name": ""}, {"message": "update"}]
)
def test_an_end_for_a_larger_area_or_for_no_kind_of_weather_reaches_what_it_names(
    end: dict[str, Any],
) -> None:
    more = {"message": "cancel", "area": "4403", "lifts": True, "references": ("A",)} | end
    lift = warning("C", 1, **more)
    assert told((warning("A", 0), 0), (lift, 1)).in_force() == {}
    assert told((lift, 1), (warning("A", 0), 2)).in_force() == {}
    unnamed = replace(lift, references=("Z",))
    assert told((warning("A", 0), 0), (unnamed, 1)).in_force() == {HERE: "orange"}


def test_an_end_for_one_of_two_areas_leaves_the_other_in_force() -> None:
    one = warning("A", 0)
    both = replace(one, parts=(*one.parts, replace(one.parts[0], area="440309", area_name="龙华区")))
    lift = warning("C", 1, message="cancel", references=("A",))
    assert told((both, 0), (lift, 1)).in_force() == {"440309.rainstorm": "orange"}
    assert told((lift, 1), (both, 2)).in_force() == {"440309.rainstorm": "orange"}


def test_the_end_of_an_end_that_named_no_area_ends_nothing_in_whatever_order_they_come() -> None:
    said = (
        warning("A", 0, until=24),
        warning("C", 1, message="cancel", references=("A",), parts=()),
        warning("B", 2, "red", "update", references=("A",), until=24),
        warning("D", 3, message="cancel", references=("C",), parts=()),
    )
    for order in permutations(said):
        assert told(*((one, 4) for one in order)).in_force() == {HERE: "red"}


def test_the_same_end_in_another_file_is_no_other_content_when_its_warning_came_meanwhile() -> None:
    cancel = warning("C", 1, message="cancel", references=("A",), parts=())
    world = told((cancel, 1), (warning("A", 0), 2), (replace(cancel, sha256="cc" * 32), 3))
    assert not [record for record in world.records if record.kind == "warning-differed.1"]


@pytest.mark.parametrize("status", ["exercise", "system", "test", "draft"])
def test_what_is_not_actual_opens_nothing(status: str) -> None:
    assert not turns(told((warning("A", 0, status=status), 0)))


@pytest.mark.parametrize("message", ["ack", "error"])
def test_a_message_about_the_exchange_says_nothing_of_the_weather(message: str) -> None:
    assert turns(told((warning("A", 0), 0), (warning("B", 1, message=message), 1))) == turns(
        told((warning("A", 0), 0))
    )


def test_an_unknown_level_counts_as_the_highest_until_somebody_names_one() -> None:
    world = told((warning("A", 0, "red"), 0), (warning("X", 0, "unknown", source="city"), 0))
    assert world.in_force() == {HERE: "unknown"}
    world = told((warning("A", 0, "unknown"), 0), (warning("B", 1, "blue", "update", references=("A",)), 1))
    assert world.in_force() == {HERE: "blue"}


def test_places_and_kinds_have_episodes_of_their_own_and_an_unknown_place_goes_by_its_name() -> None:
    world = told(
        (warning("A", 0), 0),
        (warning("B", 0, kind="gale"), 0),
        (warning("D", 0, area="", area_name="某地"), 0),
        (warning("E", 0, area="", area_name="另一地"), 0),
    )
    assert len(world.in_force()) == 4
    assert f"{YANTIAN}.gale" in world.in_force()


def test_what_was_sent_two_months_ago_and_arrives_only_now_changes_nothing() -> None:
    assert not turns(told((warning("A", 0, until=5000), 24 * 61)))
    assert turns(told((warning("A", 0, until=5000), 24 * 59)))


def test_a_warning_whose_clock_is_far_ahead_counts_from_when_it_came_and_can_be_lifted() -> None:
    century = 24 * 365 * 70
    wrong = warning("A", century, "red", assumed=True)
    lift = warning("C", 1, message="cancel")
    assert told((wrong, 0)).in_force() == {HERE: "red"}
    assert told((wrong, 0)).tick(after(7)).in_force() == {}, "its assumed end is six hours after it came"
    assert told((wrong, 0), (lift, 1)).in_force() == {}
    stated = warning("A", century, "red", until=century)
    assert told((stated, 0)).tick(after(100)).in_force() == {HERE: "red"}
    assert told((stated, 0), (lift, 1)).in_force() == {}
    assert told((warning("C", century, message="cancel"), 0), (warning("B", 1), 1)).in_force() == {
        HERE: "orange"
    }
    early = warning("A", 20, until=30)
    assert told((early, 0), (warning("C", 10, message="cancel"), 10)).in_force() == {HERE: "orange"}


def test_the_clock_says_nothing_of_an_episode_that_goes_on() -> None:
    world = told((warning("A", 0), 0))
    assert world.submit(PassEpisode(HERE), after(5)) == []


# --- arbitrary orders against a reference model


@dataclass(frozen=True)
class Said:
    """A message as the model reads it: hours after the start, and nothing of how it is stored."""

    source: str
    identifier: str
    sent: int
    message: Literal["alert", "update", "cancel"]
    level: str
    until: int
    references: tuple[str, ...]
    where: Literal["here", "everywhere", "city", "any weather"]

    @property
    def command(self) -> ReceiveWarning:
        more: dict[str, Any] = {
            "here": {},
            "everywhere": {"parts": ()},
            "city": {"area": "4403", "area_name": "深圳市"},
            "any weather": {"kind": "other"},
        }[self.where]
        return warning(
            self.identifier,
            self.sent,
            self.level,
            self.message,
            self.until,
            source=self.source,
            references=self.references,
            **more,
        )


def model(messages: list[Said], unlisted: set[tuple[str, str]], now: int) -> str:
    """What is in force, straight from the words of the law: every pair of messages is looked at.

    ``unlisted`` is empty for feeds that send their own ends. A cancel that names no area, a larger one, or no kind of
    weather is heard where one of the messages that it names by its own source spoke of this place and weather.
    """
    heard = [
        one
        for one in messages
        if one.where == "here"
        or any(
            (other.source, other.identifier) in {(one.source, r) for r in one.references}
            and other.where == "here"
            for other in messages
        )
    ]

    def tied(one: Said) -> set[str]:
        names = {one.identifier, *one.references}
        while True:
            more = set(names)
            for other in heard:
                if names & {other.identifier, *other.references}:
                    more |= {other.identifier, *other.references}
            if more == names:
                return names
            names = more

    def place(one: Said) -> tuple[int, int, str, str]:
        return one.sent, ("alert", "update", "cancel").index(one.message), one.identifier, one.source

    standing = []
    for one in heard:
        if one.message == "cancel" or one.until <= now or (one.source, one.identifier) in unlisted:
            continue
        enders = [
            other
            for other in heard
            if place(other) > place(one)
            and (one.identifier in tied(other) if other.references else other.source == one.source)
        ]
        if not enders:
            standing.append(one.level)
    return max(standing, key=COLOURS.index, default="")


WHERE: tuple[Literal["here", "everywhere", "city", "any weather"], ...] = (
    *("here", "here", "everywhere", "everywhere"),
    *("city", "any weather"),
)


@st.composite
def stories(draw: st.DrawFn) -> list[Said]:
    """Up to eight messages of two sources that name each other, some of them never sent."""
    names = [f"M{number}" for number in range(draw(st.integers(1, 8)))]
    lost = ["L1", "L2"]
    said = []
    for number, name in enumerate(names):
        kind = draw(st.sampled_from(("alert", "alert", "update", "cancel")))
        known = [*names[:number], *lost]
        named = draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if kind != "alert" else []
        sent = draw(st.integers(0, 12))
        said.append(
            Said(
                draw(st.sampled_from(("cma", "city"))),
                name,
                sent,
                kind,
                draw(st.sampled_from(COLOURS)),
                sent + draw(st.integers(1, 12)),
                tuple(named),
                draw(st.sampled_from(WHERE)) if kind == "cancel" and named else "here",
            )
        )
    return said


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Said], list[tuple[Command, Moment]], int]:
    """What of a story arrives, in any order and some of it again, with silent feeds and ticks in between."""
    story = draw(stories())
    arrive = draw(st.lists(st.sampled_from(story), min_size=1, unique=True))
    order = draw(st.permutations([*arrive, *draw(st.lists(st.sampled_from(arrive), max_size=4))]))
    feed: Command = FollowFeed("cma", 10)
    told: list[tuple[Command, Moment]] = [(feed, after(0))]
    hour = 0
    for one in order:
        hour += draw(st.integers(0, 3))
        told.append((one.command, after(hour)))
        if draw(st.booleans()):
            silent: Command = MarkFeedStale("cma", after(0), 3)
            told.append(
                (draw(st.sampled_from((silent, MarkFeedReturned("cma"), PassEpisode(HERE)))), after(hour))
            )
    return arrive, told, hour + draw(st.integers(0, 6))


@pytest.mark.clause("YT-24")
@settings(max_examples=400, deadline=None)
@given(deliveries())
def test_what_is_in_force_follows_from_what_was_said_and_never_from_the_order(
    delivery: tuple[list[Said], list[tuple[Command, Moment]], int],
) -> None:
    arrived, told, now = delivery
    expected = model(arrived, set(), now)
    world = World().tell(told).tick(after(now))
    assert world.in_force().get(HERE, "") == expected
    for one, following in pairwise(turns(world)):  # and every turn fits the one before
        assert isinstance(following, EpisodeOpened) == isinstance(one, EpisodeEnded)


@settings(max_examples=200, deadline=None)
@given(deliveries(), st.integers(0, 40))
def test_no_silence_of_a_feed_ends_an_episode(
    delivery: tuple[list[Said], list[tuple[Command, Moment]], int], later: int
) -> None:
    _, told, now = delivery
    with_silence = World().tell(told)
    spoken = [one for one in told if not isinstance(one[0], MarkFeedStale | MarkFeedReturned)]
    assert turns(World().tell(spoken)) == turns(with_silence)
    before = dict(with_silence.in_force())
    with_silence.submit(MarkFeedStale("cma", after(now), 99), after(now))
    with_silence.react()
    assert with_silence.in_force() == before


@settings(max_examples=200, deadline=None)
@given(stories(), st.data())
def test_what_a_list_holds_lasts_until_the_list_no_longer_holds_it(
    story: list[Said], data: st.DataObject
) -> None:
    """A current list sends alerts without an end; each leaves the list, and may come back, in its own order."""
    alerts = [one for one in story if one.message == "alert"]
    world, gone = World(), set()
    for hour in range(1, 12):
        for one in alerts:
            if not data.draw(st.booleans()):
                continue
            if data.draw(st.booleans()):
                part = {"expires": None, "listed": True, "source": one.identifier}
                world.tell([(warning(one.identifier, one.sent, one.level, **part), after(hour))])
                gone.discard(one.identifier)
            elif any(
                record.kind == "warning-received.1" and record.event.identifier == one.identifier  # type: ignore[attr-defined]
                for record in world.records
            ):
                world.tell([(NoteNoLongerListed(one.identifier, one.identifier), after(hour))])
                gone.add(one.identifier)
    heard = {record.event.identifier for record in world.records if record.kind == "warning-received.1"}  # type: ignore[attr-defined]
    levels = [one.level for one in alerts if one.identifier in heard - gone]
    world.tick(after(5000))
    assert world.in_force().get(HERE, "") == max(levels, key=COLOURS.index, default="")
