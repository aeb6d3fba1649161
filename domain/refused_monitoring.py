"""Why a risk was not put under monitoring (YT-14, YT-33)."""

from __future__ import annotations

from domain.refused import Refused


class NotHighEnough(Refused):
    zh = "{what}的等级为“{level}”；以“{ground}”为由监测的风险应为：{needs}"
    en = "{what} has the level {level}; what is monitored as {ground} has one of: {needs}"
