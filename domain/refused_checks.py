"""Why something about checklists, inspections or evidence was not accepted."""

from __future__ import annotations

from domain.refused import Refused


class NotOfTier(Refused):
    """A check of a tier is made by somebody who held a role of that tier on that day (NJ-060)."""

    zh = "{person} 在 {day} 没有“{tier}”层级的角色（需要：{roles}），不能作该层级的检查"
    en = "{person} held no role of the tier {tier} on {day} (needs one of: {roles}) and cannot check for it"


class NotYetOpen(Refused):
    zh = "{what}的检查期自 {opens} 开始，{day} 尚不能进行"
    en = "the period of {what} begins on {opens}; it cannot be made on {day}"


class OwedByAnother(Refused):
    """A round is made by whoever owes it, alone or in company; another person says why (``instead``)."""

    zh = "{what}由 {person} 承担；{by} 代为检查须写明原因"
    en = "{person} owes {what}; {by} makes it instead with a reason only"


class NotOnRound(Refused):
    zh = "{person} 不是{what}的检查人（检查人：{inspectors}）"
    en = "{person} does not make {what} (its inspectors: {inspectors})"


class AlreadyAnswered(Refused):
    zh = "{what}的检查项“{item}”已有结论“{answer}”；更正请用补充记录"
    en = "item '{item}' of {what} was answered already ({answer}); correct it by an addendum"


class ItemsOpen(Refused):
    zh = "{what}还有 {count} 个检查项没有结论：{items}；没有查看的也须写明原因"
    en = "{what} still has {count} items without an answer: {items}; one not looked at needs its reason"


class OutsideRound(Refused):
    zh = "检查项“{item}”的检查时间 {at} 不在本次检查之内（{since} 至 {until}）"
    en = "item '{item}' cannot have been checked at {at}: the inspection lasted from {since} until {until}"


class NoSuchVersion(Refused):
    zh = "{what}在 {at} 没有第 {version} 版"
    en = "{what} has no version {version} at {at}"


class NothingToCheck(Refused):
    zh = "{what}没有供“{tier}”层级按“{period}”周期检查的项目"
    en = "{what} holds no item for the tier {tier} with the period {period}"
