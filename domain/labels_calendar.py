"""What a person reads for the identifiers of the calendar and of the rules on periods; a part of the labels.

The rules' own titles stand here once more, because what owes its name to a file cannot be read without the file;
``tests/deciding/test_rule_titles.py`` holds both equal.
"""

from __future__ import annotations

CALENDAR: dict[str, tuple[str, str]] = {
    "calendar": ("工作日历", "calendar"),
    "holidays": ("节假日", "holidays"),
    "rules": ("随规则提供", "shipped with the rules"),
    # random draws
    "draw": ("双随机抽查", "random draw"),
    "inspectors": ("检查人员", "inspectors"),
    "announced": ("已公布名单", "announced"),
    "held": ("已抽取", "held"),
    "record": ("已记录", "recorded"),
}
