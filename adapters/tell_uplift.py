"""The sentences of records about episodes of weather and uplifts; a part of those of ``adapters.tell``."""

from __future__ import annotations

UPLIFT: dict[str, tuple[str, str]] = {
    "episode-told.1": (
        "据预警信息（{word}）判定，截至 {at}；级别自行下降的时刻：{until}",
        "heard a warning message ({word}), judged as of {at}; its level falls by itself: {until}",
    ),
    "episode-unlisted.1": (
        "数据源 {source} 的现行清单已不含预警 {identifier}（{at}）；级别自行下降的时刻：{until}",
        "the list of {source} no longer holds the warning {identifier} ({at}); its level falls by itself: {until}",
    ),
    "episode-opened.1": (
        "{area_name}（{area}）{kind}{level}预警过程第 {number} 次开始（{at}，{identifier}），至 {until}",
        "episode {number} of {kind} in {area_name} ({area}) begins at {level} ({at}, {identifier}), until {until}",
    ),
    "episode-raised.1": (
        "第 {number} 次过程由{was}升级为{level}（{at}），至 {until}",
        "episode {number} is raised from {was} to {level} ({at}), until {until}",
    ),
    "episode-lowered.1": (
        "第 {number} 次过程由{was}降级为{level}（{how}，{at}），至 {until}",
        "episode {number} is lowered from {was} to {level} ({how}, {at}), until {until}",
    ),
    "episode-ended.1": (
        "第 {number} 次过程结束：{how}（此前{was}，{at}）",
        "episode {number} is over: {how} (it was {was}, {at})",
    ),
    "warning-withdrawal-noted.1": (
        "来源 {source} 的预警 {identifier} 由信息 {by}（{sent}）整体解除，所列信息：{references}",
        "the warning {identifier} of {source} is ended as a whole by the message {by} ({sent}), which names {references}",
    ),
    "risk-uplifted.1": (
        "因{kind} {change}（{cause}，预警级别 {signal}），自 {since} 起由“{base}”临时上调为“{level}”；新提措施：{measures}",
        (
            "lifted for a while from {base} to {level} since {since}, because of {change} ({kind}, {cause}, signal "
            "{signal}); measures newly asked for: {measures}"
        ),
    ),
    "risk-uplift-ended.1": (
        "临时上调（“{level}”，{kind} {change}，{cause}）自 {until} 结束：{reason}；等级为“{assessed}”（{outcome}）；不再要求：{dropped}",
        (
            "the uplift to {level} ({kind} {change}, {cause}) ends at {until}: {reason}; the level is {assessed} "
            "({outcome}); no longer owed: {dropped}"
        ),
    ),
}
