"""What a person reads for each of our identifiers, in Chinese and in English.

Identifiers stay English in records and machine answers; Chinese official terms live here and in the glossary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.labels_calendar import CALENDAR
from domain.labels_campaigns import CAMPAIGNS
from domain.labels_changes import CHANGES
from domain.labels_checks import CHECKS
from domain.labels_commands import COMMANDS
from domain.labels_controls import CONTROLS
from domain.labels_duties import DUTIES
from domain.labels_equipment import EQUIPMENT
from domain.labels_hazards import HAZARD_LABELS
from domain.labels_identity import IDENTITY
from domain.labels_monitoring import MONITORING
from domain.labels_neighbours import NEIGHBOURS
from domain.labels_notices import NOTICES
from domain.labels_reports import REPORTS
from domain.labels_risk_level import RISK_LEVEL
from domain.labels_uplift import UPLIFT
from domain.labels_weather import WEATHER
from domain.language import is_moment, wall_clock

Lang = Literal["zh", "en"]


class Term(str):
    """An identifier of ours that has a label; plain text never gets one."""

    __slots__ = ()


class Both(str):
    """A text in English that has a Chinese wording of its own, for what no label names."""

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, en: str, zh: str) -> Both:
        made = super().__new__(cls, en)
        made.zh = zh
        return made


@dataclass(frozen=True)
class Thing:
    """One registered thing, such as hazard YH-0001, for use inside a sentence."""

    kind: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


ANY_BODY = Term("any_body")
"""Where a question names no responsible body."""

LABELS: dict[str, tuple[str, str]] = {
    "kind": ("类别", "kind"),
    **NOTICES,
    # things
    "body": ("责任单位", "responsible body"),
    "any_body": ("不限", "any"),
    "shared_by_all": ("全体共用", "what all bodies share"),
    "people": ("人员", "people"),
    "person": ("人员", "person"),
    "roles": ("角色授权", "grants"),
    "rules": ("已采用规则", "adopted rules"),
    "unit": ("评估单元", "assessment unit"),
    "units": ("评估单元划分", "division into units"),
    "risk": ("安全风险", "risk"),
    "control": ("管控措施", "control"),
    "hazard": ("事故隐患", "hazard"),
    "duty": ("应办事项", "duty"),
    "clock": ("时钟", "clock"),
    "extension": ("延期申请", "extension"),
    # classes of bodies
    "enterprise": ("生产经营单位", "enterprise"),
    "authority": ("监管部门", "authority"),
    "district_bureau": ("区应急管理局", "district emergency management bureau"),
    "sub_district": ("街道办事处", "sub-district office"),
    "social_organisation": ("社会组织", "social organisation"),
    "public_place": ("公共场所责任单位", "body responsible for a public place"),
    # steps of a hazard
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
    "open": ("未了", "open"),
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
    # steps, parts and words of units, stops, holds, confirmations and areas
    "survey": ("单元勘查", "unit survey"),
    "outline": ("轮廓", "outline"),
    "coordinate_system": ("坐标系", "system of coordinates"),
    "longitude": ("经度", "longitude"),
    "latitude": ("纬度", "latitude"),
    "drawing": ("图纸", "drawing"),
    "key_post": ("重点岗位", "key post"),
    "dangerous_place": ("危险场所", "dangerous place"),
    "work_activity": ("作业活动", "work activity"),
    "work_environment": ("作业环境", "work environment"),
    "equipment_state": ("设备设施", "equipment"),
    "post_personnel": ("岗位人员", "people at the post"),
    "safety_management": ("安全管理", "safety management"),
    "in_use": ("在用", "in use"),
    "too_few_points": ("不足三个点", "fewer than three points"),
    "too_many_points": ("点数过多", "too many points"),
    "point_twice": ("有重复的点", "a point stands twice"),
    "crosses_itself": ("自相交", "it crosses or touches itself"),
    "stop": ("停产撤人", "stop"),
    "filer": ("备案人", "who filed it"),
    "receipt": ("受理回执编号", "number of the receipt"),
    "stopper": ("停产发起人", "who raised the stop"),
    "stop_in_force": ("停产中", "in force"),
    "stop_released": ("已解除停产", "released"),
    "evacuated": ("撤人", "evacuation"),
    "zone": ("警戒区", "closed zone"),
    "hold": ("暂停作业", "hold"),
    "hold_open": ("暂停中", "open"),
    "hold_released": ("已放行", "released"),
    "abnormal_condition": ("异常情况", "abnormal condition"),
    "temporary_activity": ("临时生产活动", "temporary activity"),
    "countermeasure": ("对策措施", "countermeasure"),
    "confirmation": ("岗位安全确认", "post confirmations"),
    "post_confirmation": ("岗位安全确认", "post confirmation"),
    "confirmer": ("确认人", "who confirmed"),
    "team": ("班组", "team"),
    "shift_day": ("班次日期", "day of the shift"),
    "shown": ("所示记录位置", "record up to which they had read"),
    "risk_status": ("风险状态", "state of the risk"),
    "measure": ("管控措施", "measure"),
    "equipment_check": ("设备检查", "check of the equipment"),
    "sound": ("符合", "sound"),
    "faulty": ("不符合", "faulty"),
    "area": ("区域", "area"),
    "points": ("等级分值", "points of the levels"),
    "worst_unit": ("短板原理", "worst unit"),
    "weighted": ("综合加权", "weighted"),
    # organisation
    "department": ("部门", "department"),
    "company": ("公司", "company"),
    "workshop": ("车间", "workshop"),
    "parent": ("上级", "parent"),
    "appointment": ("任职", "appointment"),
    "absence": ("缺岗", "absence"),
    "deputy": ("代理人", "deputy"),
    "leading_group": ("领导小组", "leading group"),
    "special_group": ("专业小组", "special group"),
    "group": ("小组", "group"),
    "head": ("组长", "head"),
    "safety_manager": ("安全管理人员", "safety manager"),
    "technical": ("专业技术人员", "technical staff"),
    "member": ("成员", "member"),
    "coordinator": ("协调部门", "coordinating department"),
    "by_process": ("按工艺", "by process"),
    "by_area": ("按区域", "by area"),
    "risk_control": ("风险管控负责", "answering for risk control"),
    "role": ("角色", "role"),
    "work_plan": ("工作方案", "work plan"),
    "objectives": ("工作目标", "objectives"),
    "content": ("实施内容", "content"),
    "responsible_departments": ("责任部门", "responsible departments"),
    "safeguards": ("保障措施", "safeguards"),
    "schedule": ("工作进度", "schedule"),
    "requirements": ("工作要求", "requirements"),
    "coordination": ("部门协调机制", "coordination mechanism"),
    "budget": ("工作经费", "budget"),
    "role_tasks": ("职责任务表", "role-task matrix"),
    "main_responsible_person": ("主要负责人", "main responsible person"),
    "deputy_in_charge": ("分管负责人", "deputy in charge"),
    # help from outside, and how a person stands to the body
    "engagement": ("聘用（委托）", "engagement"),
    "party_name": ("单位名称", "name of the organisation"),
    "staff": ("本单位人员", "own staff"),
    "contractor": ("外包单位", "contractor"),
    "third_party": ("第三方机构", "third party"),
    "insurer": ("保险机构", "insurer"),
    "official": ("监管人员", "official"),
    # trainings
    "training": ("培训", "training"),
    "topics": ("培训内容", "topics"),
    "attendees": ("参加人员", "attendees"),
    "hours": ("学时", "hours"),
    "manager": ("管理人员", "manager"),
    "employee": ("普通员工", "employee"),
    "contractor_manager": ("外包单位管理人员", "contractor's manager"),
    "contractor_worker": ("外包单位作业人员", "contractor's worker"),
    "risk_management": ("风险管理知识", "risk management"),
    "identification_and_assessment": ("风险辨识评估", "identification and assessment"),
    "dual_prevention": ("双重预防机制建设方法", "dual prevention method"),
    "hazard_investigation": ("隐患排查治理", "hazard investigation"),
    "post_risks": ("岗位风险", "risks of the post"),
    # documents and context
    "document": ("文件资料", "document"),
    "document_version": ("文件版本", "version of a document"),
    "law": ("法律法规及监管要求", "law, or demand of the authority"),
    "standard": ("标准规范", "standard"),
    "nature": ("自然环境状况", "natural environment"),
    "neighbours": ("周边企业和居民", "neighbours"),
    "accident_case": ("同类企业典型事故", "accident of a similar enterprise"),
    "management_status": ("管理现状", "management status"),
    "knowledge": ("管理和专业人员知识结构", "knowledge of managers and specialists"),
    "workforce": ("员工知识、年龄结构", "knowledge and age of the workforce"),
    "process": ("工艺、环境和设备", "process, environment and equipment"),
    "report": ("勘察设计评价检测报告", "survey, design, assessment or test report"),
    "accident_history": ("本单位事故情况", "own accident history"),
    "handbook": ("危险因素辨识手册", "handbook of hazardous factors"),
    "rule": ("制度规程", "own rule"),
    "card": ("岗位风险告知卡", "post risk card"),
    "valid": ("有效", "valid"),
    "not_yet": ("尚未生效", "not valid yet"),
    "no_version": ("没有版本", "no version"),
    "no_risk": ("未辨识风险", "no risk identified"),
    "aspects_missing": ("五个方面未看全", "not looked at from all aspects"),
    "not_divided": ("未划分到岗位", "not divided down to a leaf"),
    "risk_at_retired_unit": ("停用单元仍有风险", "a risk at a retired unit"),
    "dissolved": ("已撤销", "dissolved"),
    # five placements of a plan
    "responsible": ("责任", "responsibility"),
    "measures": ("措施", "measures"),
    "funds": ("资金", "funds"),
    "due": ("时限", "time limit"),
    "contingency": ("预案", "contingency plan"),
    **REPORTS,
    **DUTIES,
    **CALENDAR,
    **NEIGHBOURS,
    **MONITORING,
    **CAMPAIGNS,
    **IDENTITY,
    **RISK_LEVEL,
    **CHECKS,
    **HAZARD_LABELS,
    **CONTROLS,
    **WEATHER,
    **UPLIFT,
    **CHANGES,
    **EQUIPMENT,
}


def label(identifier: str, lang: Lang) -> str:
    """The label of an identifier, or the identifier itself where it has none."""
    pair = LABELS.get(identifier)
    if pair is None:
        return identifier
    return pair[0] if lang == "zh" else pair[1]


def command_label(name: str, lang: Lang) -> str:
    """What a command is called in a sentence, or its name where nobody knows it."""
    return COMMANDS.get(name, (name, name))[0 if lang == "zh" else 1]


def _on_the_wall(at: str, lang: Lang) -> str:
    """A moment in a sentence for people: China's civil time, and which time that is."""
    return f"北京时间 {wall_clock(at)}" if lang == "zh" else f"{wall_clock(at)} (UTC+8)"


def shown(value: object, lang: Lang) -> str:
    """A value inside a sentence: terms by their label, moments as in China, lists joined, everything else as it is."""
    if isinstance(value, Term):
        return label(value, lang)
    if isinstance(value, Both):
        return value.zh if lang == "zh" else str(value)
    if isinstance(value, Thing):
        return f"{label(value.kind, lang)} {value.code}"
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(shown(one, lang) for one in value)
    return _on_the_wall(value, lang) if isinstance(value, str) and is_moment(value) else str(value)
