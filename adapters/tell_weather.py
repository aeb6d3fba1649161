"""The sentences of records about warnings and feeds; a part of those of ``adapters.tell``."""

from __future__ import annotations

WEATHER: dict[str, tuple[str, str]] = {
    "warning-received.1": (
        "收到预警信息 {identifier}（{message}，{status}，{sent}）：{parts}；原文散列值 {sha256}",
        "received the warning message {identifier} ({message}, {status}, {sent}): {parts}; the message is kept as {sha256}",
    ),
    "warning-differed.1": (
        "同一编号 {identifier} 收到内容不同的信息（{message}，{status}，{sent}）：{parts}；原文散列值 {sha256}，需人工核对",
        "received other content under the same identifier {identifier} ({message}, {status}, {sent}): {parts}; kept as {sha256}: a person has to look",
    ),
    "warning-no-longer-listed.1": (
        "预警 {identifier} 已不在现行清单中：{parts}",
        "the warning {identifier} is no longer in the list of what is in force: {parts}",
    ),
    "feed-followed.1": (
        "接入数据源：每 {every} 分钟一次，连续缺失 {missed} 次视为中断（{form}，{address}）",
        "follows the feed: every {every} minutes, stale after {missed} missed polls ({form}, {address})",
    ),
    "feed-unfollowed.1": ("不再接入该数据源：{reason}", "no longer follows the feed: {reason}"),
    "feed-stale.1": (
        "数据源中断：自 {last} 起未读到内容，已缺失 {missed} 次（每 {every} 分钟一次）；中断不等于天气正常",
        "the feed is stale: nothing was read since {last}, {missed} polls of {every} minutes missing; that is no good weather",
    ),
    "feed-returned.1": (
        "数据源恢复；此前自 {silent_since} 起中断",
        "the feed is back; it had been silent since {silent_since}",
    ),
}
