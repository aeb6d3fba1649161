"""What a person reads for each of our identifiers, in Chinese and in English.

Identifiers stay English in records and machine answers; Chinese official terms live here and in the glossary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


class Term(str):
    """An identifier of ours that has a label; plain text never gets one."""

    __slots__ = ()


@dataclass(frozen=True)
class Thing:
    """One registered thing, such as hazard YH-0001, for use inside a sentence."""

    kind: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


LABELS: dict[str, tuple[str, str]] = {
    # things
    "body": ("责任单位", "responsible body"),
    "people": ("人员", "people"),
    "person": ("人员", "person"),
    "roles": ("角色授权", "grants"),
    "rules": ("已采用规则", "adopted rules"),
    "unit": ("评估单元", "assessment unit"),
    "risk": ("安全风险", "risk"),
    "control": ("管控措施", "control"),
    "hazard": ("事故隐患", "hazard"),
    "duty": ("应办事项", "duty"),
    "clock": ("时钟", "clock"),
    "extension": ("延期申请", "extension"),
    # classes of bodies
    "enterprise": ("生产经营单位", "enterprise"),
    "authority": ("监管部门", "authority"),
    "sub_district": ("街道办事处", "sub-district office"),
    "social_organisation": ("社会组织", "social organisation"),
    "public_place": ("公共场所责任单位", "body responsible for a public place"),
    # steps of a hazard
    "unknown": ("未登记", "not registered"),
    "registered": ("已登记", "registered"),
    "evaluated": ("已评估", "evaluated"),
    "planned": ("治理中", "under rectification"),
    "completed": ("待验收", "awaiting verification"),
    "verified": ("已验收", "verified"),
    "closed": ("已销号", "closed"),
    # steps of a risk
    "identified": ("已辨识", "identified"),
    "assessed": ("已评估", "assessed"),
    "retired": ("已停用", "retired"),
    # steps of a duty
    "open": ("未到期", "open"),
    "fell_due": ("已到期", "due"),
    "overdue": ("逾期", "overdue"),
    "answered": ("已办结", "answered"),
    # levels and grades
    "major": ("重大", "major"),
    "larger": ("较大", "larger"),
    "general": ("一般", "general"),
    "low": ("低", "low"),
    "red": ("红", "red"),
    "orange": ("橙", "orange"),
    "yellow": ("黄", "yellow"),
    "blue": ("蓝", "blue"),
    # roles
    "administrator": ("系统管理员", "administrator"),
    "principal": ("主要负责人", "principal"),
    "safety_officer": ("安全管理人员", "safety officer"),
    "workshop_lead": ("车间负责人", "workshop lead"),
    "team_lead": ("班组长", "team leader"),
    "post_worker": ("岗位员工", "post worker"),
    "expert": ("专家", "expert"),
    "authority_inspector": ("监管检查人员", "authority inspector"),
    "auditor": ("审计人员", "auditor"),
    # parts somebody took
    "rectifier": ("治理人", "rectifier"),
    "responsible_person": ("治理责任人", "person responsible"),
    "planner": ("方案编制人", "planner"),
    "asker": ("延期申请人", "asker of the extension"),
    "verifier": ("验收人", "verifier"),
    # unit kinds
    "main": ("主单元", "main unit"),
    "sub": ("分单元", "sub-unit"),
    "child": ("子单元", "child unit"),
    "post": ("岗位", "post"),
    "equipment": ("设备设施", "equipment"),
    "activity": ("作业活动", "activity"),
    # layers of control
    "engineering": ("工程技术", "engineering"),
    "management": ("人员与管理", "people and management"),
    "protection": ("个体防护与应急", "protective equipment and emergency"),
    # methods and levels
    "method": ("评价方法", "assessment method"),
    "method-product": ("乘积类评价方法", "method that multiplies its inputs"),
    "level": ("风险等级", "level"),
    "accident_types": ("事故类型", "accident types"),
    # five placements of a plan
    "responsible": ("责任", "responsibility"),
    "measures": ("措施", "measures"),
    "funds": ("资金", "funds"),
    "due": ("时限", "time limit"),
    "contingency": ("预案", "contingency plan"),
}


def label(identifier: str, lang: Lang) -> str:
    """The label of an identifier, or the identifier itself where it has none."""
    pair = LABELS.get(identifier)
    if pair is None:
        return identifier
    return pair[0] if lang == "zh" else pair[1]


def shown(value: object, lang: Lang) -> str:
    """A value inside a sentence: terms by their label, lists joined, everything else as it is."""
    if isinstance(value, Term):
        return label(value, lang)
    if isinstance(value, Thing):
        return f"{label(value.kind, lang)} {value.code}"
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(shown(one, lang) for one in value)
    return str(value)
