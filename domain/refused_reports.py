"""What goes wrong with reports: a figure that is not there, and a paper that no longer comes out as it was."""

from __future__ import annotations

from domain.refused import FaultError, Refused


class UnknownFigure(Refused):
    zh = "{report}没有数据项“{figure}”；用 report explain 不带 --figure 可列出全部"
    en = "{report} has no figure '{figure}'; report explain without --figure lists them all"


class UnknownEdition(Refused):
    zh = "{report}没有第 {edition} 稿"
    en = "{report} has no edition {edition}"


class PaperDiffersError(FaultError):
    """The bytes are not those that were hashed: records or template changed, or the hash was made up."""

    zh = "{report}重新生成的内容与记录 {position} 所存指纹不符（应为 {wanted}，实为 {found}）"
    en = "{report} does not come out as record {position} has it (hash {wanted} is stored, {found} was found)"


class ToldTooEarly(Refused):
    """An edition that ends before the last days of its period is not the report of that period."""

    zh = (
        "{what}第 {edition} 稿只讲到 {as_of}，而本期至 {last}：报送的报告须讲到 {earliest} 或以后；"
        "请到期末重新编制、审批后再报送，本期编号留给该报告"
    )
    en = (
        "edition {edition} of {what} tells until {as_of} only, and the period ends on {last}: what is handed in tells"
        " until {earliest} or later; compile and approve it again then, and the period keeps its code for that report"
    )
