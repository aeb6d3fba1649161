"""The questions about subscriptions, the outbox, and the messages that left it; a part of the index of questions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from adapters.projector.asking import MOST, OfBodies, Question, Row
from adapters.projector.projector import Projector
from projections.outbox import OUTBOX
from projections.outbox_questions import items_of, lanes, messages, subscriptions, unheard


class OfSubscriptions(OfBodies):
    ended: bool = Field(False, description="包括已停止的 / those that ended too")


class OfMessages(OfBodies):
    recipient: str | None = Field(None, max_length=64, description="接收人 / recipient")
    channel: str | None = Field(None, max_length=64, description="通道 / channel")
    step: str | None = Field(
        None, max_length=16, description="waiting、delivered、dead / where the message stands"
    )
    message: str | None = Field(None, max_length=64, description="消息编号 / id of the message")


class OfOutbox(OfBodies):
    recipient: str | None = Field(None, max_length=64, description="接收人 / recipient")
    channel: str | None = Field(None, max_length=64, description="通道 / channel")
    told: bool = Field(False, description="包括已写入消息的 / also what a message tells of already")
    positions: list[int] | None = Field(
        None, max_length=MOST, description="只列这些记录的 / only what these records brought"
    )
    limit: int | None = Field(None, ge=1, le=MOST, description="最多行数 / rows at most")


def _subscriptions(projector: Projector, given: OfSubscriptions) -> list[Row]:
    with projector.reader(OUTBOX.name) as (connection, tables):
        return subscriptions(connection, tables, given.body, given.ended)


def _lanes(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(OUTBOX.name) as (connection, tables):
        return lanes(connection, tables, given.body)


def _unheard(projector: Projector, given: OfBodies) -> list[Row]:
    with projector.reader(OUTBOX.name) as (connection, tables):
        return unheard(connection, tables, given.body)


def _messages(projector: Projector, given: OfMessages) -> list[Row]:
    with projector.reader(OUTBOX.name) as (connection, tables):
        return messages(
            connection, tables, given.body, given.recipient, given.channel, given.step, given.message
        )


def _outbox(projector: Projector, given: OfOutbox) -> list[Row]:
    with projector.reader(OUTBOX.name) as (connection, tables):
        return items_of(
            *(connection, tables, given.body, given.recipient, given.channel),
            told=given.told,
            positions=given.positions,
            limit=given.limit,
        )


NOTICE_QUESTIONS: tuple[Question[Any], ...] = (
    Question("notify-subscriptions", OfSubscriptions, (OUTBOX.name,), _subscriptions, {"ended": True}),
    Question("notify-lanes", OfBodies, (OUTBOX.name,), _lanes, {"body": "KS-01"}),
    Question("notify-messages", OfMessages, (OUTBOX.name,), _messages, {"recipient": "P-SAFETY"}),
    Question("notify-outbox", OfOutbox, (OUTBOX.name,), _outbox, {"told": True}),
    Question("notify-unheard", OfBodies, (OUTBOX.name,), _unheard, {"body": "KS-01"}),
)
