"""Headings of the columns of reports: what an edition pinned, how far it came, its figures and addenda."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, str]] = {
    "report": ("报告", "report"),
    "first": ("首日", "first day"),
    "last": ("末日", "last day"),
    "as_of": ("反映截至", "as of"),
    "template": ("模板", "template"),
    "content": ("内容指纹", "hash of the content"),
    "html_zh": ("中文页指纹", "hash of the Chinese page"),
    "html_en": ("英文页指纹", "hash of the English page"),
    "known_at": ("依据记录至", "as known by record"),
    "figures": ("主要数据", "figures"),
    "compiled_by": ("编制人", "compiled by"),
    "compiled_at": ("编制时间", "compiled at"),
    "submitted_at": ("报送时间", "submitted at"),
    "submitted_by": ("报送人", "submitted by"),
    "submitted_to": ("报送对象", "submitted to"),
    "acknowledged_at": ("签收时间", "acknowledged at"),
    "acknowledged_by": ("签收方", "acknowledged by"),
    "returned_at": ("退回时间", "returned at"),
    "returned_by": ("退回方", "returned by"),
    "receipt": ("签收号", "receipt"),
    "figure": ("数据项代码", "key"),
    "meaning": ("含义", "figure"),
    "records": ("所依据的记录", "records"),
    "addendum": ("更正说明", "addendum"),
    "rules": ("规则", "rules"),
}
"""Column -> Chinese, English."""
