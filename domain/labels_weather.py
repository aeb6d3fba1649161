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
    # kinds of weather
    "typhoon": ("台风", "typhoon"),
    "snowstorm": ("暴雪", "snowstorm"),
    "cold_wave": ("寒潮", "cold wave"),
    "gale": ("大风", "gale"),
    "sandstorm": ("沙尘暴", "sandstorm"),
    "heat": ("高温", "heat"),
    "lightning": ("雷电", "lightning"),
    "hail": ("冰雹", "hail"),
    "frost": ("霜冻", "frost"),
    "fog": ("大雾", "fog"),
    "haze": ("霾", "haze"),
    "thunderstorm_gale": ("雷雨大风", "thunderstorm gale"),
    "road_icing": ("道路结冰", "road icing"),
    "drought": ("干旱", "drought"),
    "forest_fire_danger": ("森林火险", "forest fire danger"),
    "flash_flood": ("山洪", "flash flood"),
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
}
"""Identifier -> Chinese, English."""
