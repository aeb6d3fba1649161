"""Headings of the columns about subscriptions, the outbox and messages."""

from __future__ import annotations

NOTICES: dict[str, tuple[str, str]] = {
    "channel": ("通道", "channel"),
    "leads": ("通向", "leads to"),
    "topics": ("主题", "topics"),
    "topic": ("主题", "topic"),
    "reach": ("范围", "reach"),
    "pace": ("频次", "pace"),
    "made_at": ("订阅时间", "made"),
    "ended_at": ("停止时间", "ended"),
    "recipient": ("接收人", "recipient"),
    "to_tell": ("待写入消息", "to tell"),
    "on_its_way": ("投递中", "on its way"),
    "delivered": ("已送达", "delivered"),
    "dead": ("停止投递", "dead"),
    "attempt": ("第几次", "attempt"),
    "attempts": ("尝试次数", "attempts"),
    "why": ("原因", "why"),
    "response": ("返回码", "response"),
    "next_at": ("下次尝试", "next attempt"),
    "who": ("人员或角色", "person or role"),
    "count": ("数量", "count"),
    "first_position": ("首条记录", "first record"),
    "last_position": ("末条记录", "last record"),
    "serial": ("序号", "number"),
    "message_id": ("消息编号", "message id"),
    "items": ("事项数", "items"),
    "outcome": ("结果", "outcome"),
    "text": ("内容", "text"),
    "composed_at": ("生成时间", "made at"),
    "sent_at": ("投递时间", "sent"),
}
"""Column -> (Chinese, English)."""
