"""Labels of what is said of a risk's level: ratings, reasons, factors, approvals and methods."""

from __future__ import annotations

RISK_LEVEL: dict[str, tuple[str, str]] = {
    # ratings and reasons
    "assessment": ("风险评估", "assessment"),
    "current": ("现有管控下", "current"),
    "inherent": ("固有", "inherent"),
    "choice": ("方法选定", "choice of the method"),
    "initial": ("首次", "initial"),
    "periodic": ("定期", "periodic"),
    "change": ("变更", "change"),
    "correction": ("更正", "correction"),
    "cross_check": ("多方法互证", "cross-check by another method"),
    "override": ("改定等级的理由", "reason for another level"),
    "lowering": ("等级下调", "lower level"),
    "number": ("序号", "number"),
    "assessor": ("评估人", "assessor"),
    "chooser": ("方法选定人", "who chose the method"),
    "approved": ("批准", "approved"),
    "rejected": ("不批准", "rejected"),
    "raised": ("升高", "higher"),
    "lowered": ("降低", "lower"),
    "same": ("不变", "the same"),
    "no_level": ("未评估", "nobody assessed it"),
    "no_current_rating": ("仅有固有评估", "rated without its controls only"),
    "level_waits": ("等级待批准", "a level waits for approval"),
    "older_version": ("按旧版本评估", "rated by an older version"),
    # factors of YT Art. 20
    "exposed_people": ("暴露人员", "exposed people"),
    "major_hazard_installation": ("重大危险源", "major hazard installation"),
    "labour_intensive_place": ("劳动密集型场所", "labour-intensive place"),
    "high_risk_procedure": ("高危作业工序", "high-risk work procedure"),
    "affected_population": ("受影响人群规模", "size of the affected population"),
    # methods
    "method-matrix": ("查表类评价方法", "method that looks its inputs up"),
    "method-direct": ("直接判定类评价方法", "method that determines directly"),
    "condition": ("判定条件", "condition"),
    "levels": ("等级对应", "which level each band is"),
    "scales": ("取值表", "scales"),
    "nothing": ("无", "nothing"),
    "table": ("方法表", "table of the method"),
    "conditions": ("判定条件", "conditions"),
    "thresholds": ("分级界限", "thresholds"),
    "cells": ("矩阵单元格", "cells"),
}
