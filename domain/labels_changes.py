"""What a person reads for the identifiers of changes; a part of the labels."""

from __future__ import annotations

CHANGES: dict[str, tuple[str, str]] = {
    # kinds
    "law_or_standard": ("法规标准变化", "change of law or standard"),
    "organisation": ("组织机构重大变化", "major change of the organisation"),
    "work_condition": ("作业条件变化", "change of work conditions"),
    "key_equipment": ("关键设备变化", "change of key equipment"),
    "project": ("新建改建扩建项目", "new, rebuilt or extended works"),
    "trial_run": ("试运行", "trial run"),
    "maintenance": ("检维修", "maintenance"),
    "own_accident": ("本单位发生事故", "accident of one's own"),
    "sector_accident": ("同行业发生事故", "accident elsewhere in the sector"),
    "extreme_weather": ("极端天气", "extreme weather"),
    "holiday": ("重大节假日", "major holiday"),
    "campaign": ("专项整治", "campaign of the authority"),
    "installation": ("大型设备安装", "installation of large equipment"),
    "overhaul": ("大型设备检修", "overhaul of large equipment"),
    "restart": ("停产后复产", "restart after a stop"),
    "major_nonconformity": ("发现重大不符合", "major nonconformity"),
    "geology": ("地质条件明显变化", "clear change of the geology"),
    "other": ("其他", "other"),
    # scope
    "scope": ("影响范围", "scope"),
    "scope_unit": ("评估单元", "assessment unit"),
    "scope_equipment": ("设备", "equipment"),
    "scope_material": ("物料", "material"),
    "scope_post": ("岗位", "post"),
    "scope_measure": ("管控措施", "control"),
    "scope_weather": ("天气种类", "kind of weather"),
    "scope_area": ("行政区划", "administrative area"),
    "scope_standard": ("标准文件", "standard"),
    "scope_sector": ("行业", "sector"),
    "scope_accident_type": ("事故类型", "accident type"),
    "scope_risk": ("安全风险", "risk"),
    "scope_everything": ("全部风险", "everything"),
    "accident_type": ("事故类型", "accident type"),
    "everything": ("全部风险", "everything"),
    # steps
    "change_open": ("未关闭", "open"),
    "change_ended": ("已结束，待评估", "over, assessments outstanding"),
    "change_closed": ("已关闭", "closed"),
    "touched_risk": ("受变更影响的风险", "risk touched by the change"),
    "touched_open": ("待重新评估", "to be assessed again"),
    "touched_proposed": ("建议，待确认", "proposed"),
    "touched_reassessed": ("已重新评估", "assessed again"),
    "touched_excluded": ("已排除", "left out"),
    "touched_retired": ("风险已停用", "retired"),
    "reassessed": ("已重新评估", "assessed again"),
    "change-reassessment": ("变更后风险重新评估", "Assessing risks anew after a change"),
}
"""Identifier -> Chinese, English."""
