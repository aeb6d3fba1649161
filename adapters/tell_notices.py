"""The sentences of records about subscriptions and deliveries; a part of those of ``adapters.tell``."""

from __future__ import annotations

NOTICES: dict[str, tuple[str, str]] = {
    "subscription-made.1": (
        "订阅通知：人员 {person}，角色 {role}，主题 {topics}，范围“{reach}”，通道 {channel}，频次“{pace}”",
        "subscribed to notices: person {person}, role {role}, topics {topics}, {reach}, through {channel}, {pace}",
    ),
    "subscription-ended.1": ("停止订阅：{reason}", "ended the subscription: {reason}"),
    "message-composed.1": (
        "生成发给 {recipient} 的第 {number} 号消息（通道 {channel}），涉及记录 {positions}",
        "made message {number} to {recipient} through {channel}, telling of the records {positions}",
    ),
    "message-delivered.1": (
        "第 {number} 号消息在第 {attempt} 次尝试送达，共 {size} 字节",
        "message {number} arrived at attempt {attempt}, {size} bytes",
    ),
    "delivery-failed.1": (
        "第 {number} 号消息第 {attempt} 次投递失败（{why}，返回码 {status}），下次尝试 {next_at}",
        "attempt {attempt} of message {number} failed ({why}, status {status}); tried again at {next_at}",
    ),
    "message-dead.1": (
        "第 {number} 号消息 {attempts} 次尝试后停止投递（{why}）",
        "message {number} is dead after {attempts} attempts ({why})",
    ),
    "message-requeued.1": ("第 {number} 号消息重新投递", "message {number} is to be tried again"),
}
