"""What a person reads for identifiers of identification, tags, focus control and intake; a part of the labels."""

from __future__ import annotations

IDENTITY: dict[str, tuple[str, str]] = {
    # where an identification comes from
    "own": ("本单位辨识", "own work"),
    "standardisation": ("安全生产标准化", "standardisation"),
    "safety_evaluation": ("安全评价", "safety evaluation"),
    "special_study": ("专题研究", "special study"),
    "reference": ("来源出处", "reference to the source"),
    # tags
    "tags": ("关联标签", "tags"),
    "tag_equipment": ("关联设备", "tag equipment"),
    "tag_material": ("关联物料", "tag material"),
    "tag_post": ("关联岗位", "tag post"),
    "tag_measure": ("关联措施", "tag measure"),
    "tag_weather": ("关联天气种类", "tag weather"),
    "tag_area": ("关联行政区划", "tag administrative area"),
    "tag_standard": ("关联标准", "tag standard"),
    "tag_sector": ("关联行业", "tag sector"),
    "typhoon": ("台风", "typhoon"),
    "rainstorm": ("暴雨", "rainstorm"),
    "snowstorm": ("暴雪", "snowstorm"),
    "cold_wave": ("寒潮", "cold wave"),
    "gale": ("大风", "gale"),
    "sandstorm": ("沙尘暴", "sandstorm"),
    "heat": ("高温", "heat"),
    "lightning": ("雷电", "lightning"),
    "hail": ("冰雹", "hail"),
    "frost": ("霜冻", "frost"),
    "fog": ("大雾", "fog"),
    "haze": ("霾", "haze"),
    "thunderstorm_gale": ("雷雨大风", "thunderstorm gale"),
    "road_icing": ("道路结冰", "road icing"),
    "drought": ("干旱", "drought"),
    "forest_fire_danger": ("森林火险", "forest fire danger"),
    "flash_flood": ("山洪", "flash flood"),
    # focus control
    "focus": ("重点管控", "focus control"),
    "focus_reasons": ("重点管控理由", "reasons for focus control"),
    "difficult_operation": ("操作难度大", "difficult operation"),
    "technical_content": ("技术含量高", "high technical content"),
    "high_level": ("风险等级高", "high level"),
    "under_focus": ("重点管控", "under focus control"),
    "not_under_focus": ("非重点管控", "not under focus control"),
    "none": ("（无）", "(none)"),
    # what happened to a row between two moments
    "appeared": ("新增", "appeared"),
    "changed": ("变更", "changed"),
    "gone": ("消失", "gone"),
    "grave_consequence": ("可能导致严重后果", "grave consequence"),
}
