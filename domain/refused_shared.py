"""What is refused about what all bodies share: a notice on holidays that contradicts itself, a role for everything."""

from __future__ import annotations

from domain.refused import Refused


class OutsideTheYear(Refused):
    zh = "{day} 不在 {year} 年（节假日安排只能含本年及上年 12 月最后一周的日期）"
    en = "{day} is not in {year}; a notice names days of its year and of the last week before it"


class WorkedAnyway(Refused):
    zh = "{day} 是周一至周五，本来就上班；调休上班日只能是周六或周日"
    en = "{day} is a weekday and worked anyway; a day that is worked instead is a Saturday or Sunday"


class NamedTwice(Refused):
    zh = "{day} 被列出两次（放假或上班）"
    en = "{day} is named twice, as a rest day or as worked"


class NotShared(Refused):
    zh = "角色“{role}”不能在共用范围（*）授予；可以授予：{allowed}"
    en = "the role {role} is not granted for everything shared (*); these are: {allowed}"
