"""What a person reads for the identifiers of weather, warnings and feeds; a part of the labels."""

from __future__ import annotations

WEATHER: dict[str, tuple[str, str]] = {
    "weather-message": ("预警信息", "warning message"),
    "feed": ("数据源", "feed"),
    "every": ("轮询间隔（分钟）", "minutes between polls"),
    "missed_polls": ("连续缺失次数", "polls missed in a row"),
    "address_not_https": ("不是完整的 https 地址", "it is no whole https address"),
    "address_with_secret": ("含有账户或密钥", "it holds an account or a secret"),
    "messages": ("逐条信息", "messages"),
    "current_list": ("现行清单", "list of what is in force"),
    # what a message is, and in earnest or not
    "alert": ("发布", "alert"),
    "update": ("更新", "update"),
    "cancel": ("解除", "cancel"),
    "ack": ("确认", "acknowledgement"),
    "error": ("差错", "error"),
    "actual": ("实际", "actual"),
    "exercise": ("演练", "exercise"),
    "system": ("系统", "system"),
    "test": ("测试", "test"),
    "draft": ("草稿", "draft"),
    "white": ("白", "white"),
    # what became of what a feed brought
    "received": ("新收到", "received"),
    "known": ("已有", "known already"),
    "differed": ("同号异文", "differs from what was sent under this identifier"),
    "refused": ("未读取", "refused"),
    "skipped": ("不是预警文件", "no document of warnings"),
    "empty": ("没有预警", "holds no alert"),
    "links_left": ("链接未读取", "links not followed"),
    "heard": ("正常", "heard"),
    "by-hand": ("人工提交", "handed in by hand"),
    "stale": ("中断", "STALE"),
    "not_followed": ("未接入", "not followed"),
    "identifier": ("编号", "identifier"),
    "sent": ("发布时间", "moment at which it was sent"),
    "weather-life": ("未注明失效时间的预警信号的有效时长", "How long a warning lasts that names no end"),
}
"""Identifier -> Chinese, English."""
