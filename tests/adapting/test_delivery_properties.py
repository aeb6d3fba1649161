"""Whatever fails and whenever the sender dies: in the end a receiver that knows ids has every record exactly once."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.notify import sending
from adapters.notify.sending import Pass
from adapters.notify.settings import Settings, WebhookChannel
from adapters.notify.webhook import Attempt
from adapters.projector.projector import Projector
from adapters.projector.views import open_views
from domain.duty_raising import AssignDuty
from domain.engine import Order
from domain.language import as_datetime, moment
from domain.subscriptions import Subscribe
from projections.outbox import OUTBOX
from tests.projecting.plant import ANSWERS, BODY, CHECKER, FOUNDER, WORKER, Plant

HOOK = WebhookChannel(kind="webhook", url="https://hooks.example.cn/", secret_env="X")
LEADS = Settings(hosts=("hooks.example.cn",), channels={"hook": HOOK})
FAILURES = ("unreachable", "timeout", "status", "throttled", "redirected", "cut")


class Dies(BaseException):
    """The sender is gone at once: nothing of it runs any more."""


class World:
    """A plant, a sender that is started again and again, and a receiver that keeps what it got by id."""

    def __init__(self) -> None:
        self.plant = Plant().found()
        self.projector = Projector(self.plant.journal, open_views("sqlite://"), (OUTBOX,))
        for code, person, pace in (("S-1", ANSWERS, "at_once"), ("S-2", WORKER, "hourly")):
            told = Subscribe(BODY, code, "hook", person=person, pace=pace)  # type: ignore[arg-type]  # both are paces
            self.plant.give(FOUNDER, told)
        self.plant.give(FOUNDER, Subscribe(BODY, "S-3", "hook", role="team_lead", reach="everything"))
        self.got: list[tuple[str, bytes]] = []
        self.raised: list[tuple[str, int]] = []
        self.next: str = "take"

    def assign(self, person: str) -> None:
        number = len(self.raised)
        self.plant.give(CHECKER, AssignDuty(BODY, f"D-{number}", "do it", person, "2027-01-01"))
        self.raised.append((person, self.plant.head()))

    def post(self, channel: Any, secrets: Any, message: str, content: bytes, *_: Any) -> Attempt:
        how = self.next
        if how in ("take", "cut", "die after"):
            self.got.append((message, content))
        if how.startswith("die"):
            raise Dies
        return Attempt(None, 200) if how == "take" else Attempt(how, None, 7 if how == "throttled" else 0)  # type: ignore[arg-type]  # one of the failures

    def run(self, dies_recording: int | None = None) -> None:
        left = [dies_recording]

        def submit(order: Order) -> Any:
            if left[0] == 0:
                raise Dies
            left[0] = None if left[0] is None else left[0] - 1
            return self.plant.engine.submit(order)

        app = SimpleNamespace(
            journal=self.plant.journal,
            projector=self.projector,
            practice=False,
            now=self.plant.read,
            engine=SimpleNamespace(submit=submit),
        )
        one = Pass(app, LEADS, lambda: moment(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))  # type: ignore[arg-type]  # the part of an App that sends
        with (
            patch.object(sending, "post", self.post),
            patch.object(sending, "secrets_of", lambda name, channel: (b"x" * 32,)),
        ):
            try:
                one.run()
            except Dies:
                self.plant.engine.memory._kept.clear()  # a new process remembers nothing

    def later(self, minutes: int) -> None:
        self.plant.now = moment(as_datetime(self.plant.now) + dt.timedelta(minutes=minutes))

    def kept(self) -> dict[str, bytes]:
        """What a receiver keeps that knows ids; the same id always came with the same bytes."""
        found: dict[str, bytes] = {}
        for message, content in self.got:
            assert found.setdefault(message, content) == content
        return found


STEPS = st.one_of(
    st.tuples(st.just("assign"), st.sampled_from((ANSWERS, WORKER))),
    st.tuples(
        st.just("run"),
        st.sampled_from(("take", "die before", "die after", *FAILURES)),
        st.none() | st.integers(0, 3),
    ),
    st.tuples(st.just("later"), st.sampled_from((1, 10, 90, 1500))),
)


def played(steps: list[tuple[Any, ...]]) -> World:
    world = World()
    for step in steps:
        match step:
            case ("assign", person):
                world.assign(person)
            case ("run", how, dies):
                world.next = how
                world.run(dies)
            case ("later", minutes):
                world.later(minutes)
    world.next = "take"
    for _ in range(6):
        world.later(3 * 1440)
        world.run()
    return world


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=14))
def test_every_record_reaches_everybody_to_whom_it_falls_exactly_once_and_in_order(
    steps: list[tuple[Any, ...]],
) -> None:
    import json

    world = played(steps)
    heard: dict[str, list[int]] = {ANSWERS: [], WORKER: []}
    for content in world.kept().values():
        data = json.loads(content)["data"]
        heard[data["recipient"]] += [item["position"] for item in data["items"]]
    assert heard[ANSWERS] == [position for _, position in world.raised], "the lead hears of everything"
    assert heard[WORKER] == [position for person, position in world.raised if person == WORKER]
    world.projector.close()


def test_without_a_receipt_the_same_message_comes_again_and_a_receiver_without_memory_doubles_it() -> None:
    """The control: the ids are what keeps it single."""
    world = World()
    world.assign(ANSWERS)
    for how in ("die after", "take"):
        world.next = how
        world.run()
    assert len(world.got) == 2 and len(world.kept()) == 1
    world.projector.close()


def test_a_sender_that_recorded_before_it_sent_would_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the order: with the receipt first, a death in between loses the message."""
    world = World()
    plain = Pass._attempt

    def receipt_first(self: Pass, message: Any, channel: Any, content: Any) -> Any:
        key = (message["body"], message["recipient"], message["channel"])
        command = sending.NoteDelivery(*key, message["number"], 1, "0" * 64, 0, 200)
        self._order(command, "first", message["message"])
        return plain(self, message, channel, content)

    world.assign(ANSWERS)
    with monkeypatch.context() as patched:
        patched.setattr(Pass, "_attempt", receipt_first)
        world.next = "die before"
        world.run()
    world.next = "take"
    world.run()
    assert world.got == []
    world.projector.close()
