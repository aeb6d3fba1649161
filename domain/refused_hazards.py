"""Why a command about a hazard was not accepted: the reasons that only the second line of defence has."""

from __future__ import annotations

from domain.refused import Refused


class NotFiled(Refused):
    """A major hazard is filed with the authority, and the filing accepted, before it closes (NJ-067)."""

    zh = "{what}是重大事故隐患，备案状态为“{filing}”，监管部门受理备案前不得销号"
    en = "{what} is a major hazard and its filing stands at '{filing}': it closes only when the authority accepted it"


class OnlyMajor(Refused):
    zh = "{what}不是重大事故隐患，“{command}”只用于重大事故隐患"
    en = "{what} is not a major hazard; only of a major one can anybody {command}"


class JudgedMajor(Refused):
    """A verdict under the criteria stands; another grade or a short path would contradict it."""

    zh = "{what}已按 {items} 判定为重大事故隐患，不能执行“{command}”；须先重新判定"
    en = "{what} was judged major under {items}, so nobody can {command}; it would have to be judged anew first"


class WithinWorkshop(Refused):
    """The adopted house rule wants a major hazard verified by somebody outside the workshop."""

    zh = "{what}是重大事故隐患，按已采用的规则“{rule}”须由车间以外人员验收（{roles}）；{person} 不具备"
    en = (
        "{what} is a major hazard and, by the adopted rule '{rule}', verified from outside the workshop "
        "(a holder of one of: {roles}); {person} holds none of them"
    )


class NoSuchItem(Refused):
    zh = "判定标准 {pack}（{edition}）没有条目“{item}”"
    en = "the criteria {pack} ({edition}) have no item '{item}'"


class NotItself(Refused):
    zh = "{what}不能关联为{of}的重复项：{why}"
    en = "{what} cannot be linked as a duplicate of {of}: {why}"


class AlreadyProposed(Refused):
    zh = "{what}已由 {person} 提出“不属于隐患”，尚待另一人确认"
    en = "{person} already proposed that {what} is no hazard, which waits for another person's decision"
