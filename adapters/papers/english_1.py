"""English names of accident types and of texts, as papers of the first templates print them; never changed again.

They are those that the rules hold; they stand here so that a rule file may be put better without changing a paper.
"""

from __future__ import annotations

ACCIDENTS: dict[str, str] = {
    "物体打击": "struck by object",
    "车辆伤害": "vehicle injury",
    "机械伤害": "machinery injury",
    "起重伤害": "lifting injury",
    "触电": "electric shock",
    "淹溺": "drowning",
    "灼烫": "burn and scald",
    "火灾": "fire",
    "高处坠落": "fall from height",
    "坍塌": "collapse",
    "冒顶片帮": "roof fall and rib spalling",
    "透水": "water inrush",
    "放炮": "blasting",
    "火药爆炸": "explosives explosion",
    "瓦斯爆炸": "gas (firedamp) explosion",
    "锅炉爆炸": "boiler explosion",
    "容器爆炸": "vessel explosion",
    "其他爆炸": "other explosion",
    "中毒和窒息": "poisoning and asphyxia",
    "其他伤害": "other injury",
    "厂（场）内车辆致害": "on-site vehicle",
    "道路（轨道）车辆致害": "road or rail vehicle",
    "机械致害": "machinery",
    "起重致害": "lifting",
    "跌落": "fall (low level)",
    "水害": "water hazard",
    "管道爆炸": "pipeline explosion",
    "可燃气体爆炸": "combustible gas explosion",
    "可燃液体蒸气爆炸": "combustible liquid vapour explosion",
    "粉尘爆炸": "dust explosion",
    "民用爆炸物品爆炸": "civil explosives explosion",
    "烟花爆竹爆炸": "fireworks explosion",
    "其他可燃固体爆炸": "other combustible solid explosion",
    "高温熔融物爆炸": "molten material explosion",
    "中毒": "poisoning",
    "窒息": "asphyxia",
    "滑坡": "landslide",
    "泄漏": "release",
    "其他": "other",
}
"""Name of a type of accident (GB 6441-1986, GB 6441-2025) -> English."""

TITLES: dict[str, str] = {
    "盐田区安全风险分级管控实施细则": "Yantian District implementing rules on the graded control of safety risks",
    "直接判定法，常见用法": "Direct determination, as commonly used",
    "作业条件危险性评价法（Graham、Kinney），四色分级的常见用法": (
        "Assessment of dangerous working conditions (Graham, Kinney), four colours as commonly used"
    ),
    "作业条件危险性评价法（Graham、Kinney），传统五级": (
        "Assessment of dangerous working conditions (Graham, Kinney), the traditional five grades"
    ),
    "风险矩阵法（LS），山东常见分级": "Risk matrix (LS), grading common in Shandong",
    "风险矩阵法（LS），矿山常见分级": "Risk matrix (LS), grading common in mines",
    "5×5 风险矩阵，四级，国际通行做法": "5x5 risk matrix, four levels, international practice",
    "风险矩阵法（LS），五级分级": "Risk matrix (LS), five grades",
    "南京市开展双重预防机制建设试点工作方案，附件2 企业构建双重预防机制基本流程（试行）": (
        "Nanjing pilot plan for building the dual prevention mechanism, Annex 2: basic process for enterprises (trial)"
    ),
    "MES评价法，常见用法": "MES method, as commonly used",
    "南京市开展双重预防机制建设试点工作方案": "Nanjing pilot plan for building the dual prevention mechanism",
}
"""Title of a text under which something is reported or assessed -> our English rendering."""
