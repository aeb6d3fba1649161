"""What is refused about a random draw."""

from __future__ import annotations

from domain.refused import Refused


class NotAnAuthority(Refused):
    zh = "责任单位 {body} 属于“{kind}”，不能抽取其他单位；只能在本单位评估单元中抽取"
    en = "{body} is a body of the kind '{kind}' and draws no other bodies; it may draw among its own units"


class NotSoMany(Refused):
    zh = "要抽取 {count} 个{what}，但名单只有 {held} 个"
    en = "{count} {what} are to be drawn from a list of {held}"


class DrawnOnce(Refused):
    zh = "“{code}”在名单中出现两次"
    en = "'{code}' stands in the list twice"


class SeedKnown(Refused):
    zh = "种子须在公布名单之后产生：名单公布于 {announced}，种子公布日 {day} 不晚于该日"
    en = "a seed comes into being after the list: the list is of {announced}, and the seed's day {day} is not later"


class NoSeedYet(Refused):
    zh = "种子应于 {day} 公布，不能在 {at} 抽取"
    en = "the seed is published on {day}; nothing is drawn on {at}"
