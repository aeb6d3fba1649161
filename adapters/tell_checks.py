"""The sentences of records about checklists, inspections and evidence; a part of those of ``adapters.tell``."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    "visit-recorded.1": (
        "{name}（{authority}）{kind}：{report}；发现 {findings}；要求 {order_due} 前整改；约谈主要负责人：{interviewed}",
        (
            "{name} ({authority}) inspected, {kind}: {report}; found {findings}; to be put right by {order_due}; the main "
            "responsible person was interviewed: {interviewed}"
        ),
    ),
    "visit-answered.1": (
        "向监管部门报告整改情况：{answer}（期限 {order_due}，逾期 {days_late} 天；证据 {evidence}）",
        "reported to the authority: {answer} (due {order_due}, {days_late} days late; evidence {evidence})",
    ),
    "evidence-deposited.1": (
        "存入证据文件（{media}，{size} 字节，拍摄于 {taken_at}）。{remark}",
        "put the file into the evidence store ({media}, {size} bytes, taken at {taken_at}). {remark}",
    ),
    "evidence-erased.1": (
        "删除证据文件，加盐散列值保留：{reason}",
        "erased the file; its salted hash stays: {reason}",
    ),
    "checklist-drawn-up.1": (
        "编制 {unit} 的检查清单“{title}”（第 1 版）：{items}",
        "drew up the checklist '{title}' for {unit} (version 1): {items}",
    ),
    "checklist-amended.1": (
        "修订为第 {version} 版（{reason}）：现为 {put}；其中新增 {added}；删去 {dropped}",
        "amended it to version {version} ({reason}): now {put}; new: {added}; dropped: {dropped}",
    ),
    "rounds-assigned.1": (
        "自 {since} 起由 {person} 按“{tier}”层级、“{period}”周期检查",
        "from {since} on {person} owes its rounds for the tier {tier} ({period})",
    ),
    "rounds-ended.1": (
        "自 {until} 起 {person} 不再承担“{tier}”层级、“{period}”周期的检查（{since} 开始）。{reason}",
        "from {until} on {person} owes no rounds for the tier {tier} ({period}, since {since}). {reason}",
    ),
    "checklist-withdrawn.1": (
        "自 {withdrawn_on} 起停用该清单：{reason}",
        "withdrew the list from {withdrawn_on} on: {reason}",
    ),
    "inspection-planned.1": (
        "安排检查：{plan.owed_by} 须于 {plan.opens} 至 {plan.due} 按清单 {plan.checklist} 完成“{plan.tier}”层级检查（{plan.period}）",
        (
            "planned it: {plan.owed_by} owes a round of checklist {plan.checklist} for the tier {plan.tier} ({plan.period}) "
            "from {plan.opens} until {plan.due}"
        ),
    ),
    "inspection-started.1": (
        "{inspectors} 按清单 {checklist} 第 {version} 版开始“{tier}”层级检查：{items}；方法 {methods}；方面 {aspects}；考问 {examined}；地点 {place}；代 {instead_of}：{instead_because}",
        (
            "{inspectors} began it by checklist {checklist}, version {version}, for the tier {tier}: {items}; methods {methods}; "
            "aspects {aspects}; examined {examined}; place {place}; instead of {instead_of}: {instead_because}"
        ),
    ),
    "item-answered.1": (
        "检查项 {item}：{answer}。{remark}（{answered_by} 于 {done_at}；地点 {place}；证据 {evidence}；缺少 {lacking}；不符合项 {failure}）",
        (
            "item {item}: {answer}. {remark} (by {answered_by} at {done_at}; place {place}; evidence {evidence}; lacking "
            "{lacking}; finding {failure})"
        ),
    ),
    "inspection-completed.1": (
        "{signed_by} 签字完成检查：{statement}；符合 {passed}、不符合 {failed}、不适用 {not_applicable}、未查看 {not_looked_at}，逾期 {days_late} 天",
        (
            "{signed_by} signed and completed it: {statement}; passed {passed}, failed {failed}, not applicable "
            "{not_applicable}, not looked at {not_looked_at}; {days_late} days late"
        ),
    ),
    "inspection-missed.1": (
        "期限 {plan.due} 已过，{plan.owed_by} 未完成（{step}，已答 {answered}/{items} 项）",
        (
            "its last day, {plan.due}, passed and {plan.owed_by} had not completed it ({step}; {answered} of {items} items "
            "answered)"
        ),
    ),
    "inspection-addendum-added.1": (
        "{added_by} 补充记录（检查项 {item}，原为 {was}，应为 {should_be}）：{text}；证据 {evidence}",
        "{added_by} added (item {item}, was {was}, should be {should_be}): {text}; evidence {evidence}",
    ),
    "inspection-rechecked.1": (
        "{rechecked_by} 现场复核 {items}，结论“{verdict}”：{findings}；证据 {evidence}",
        "{rechecked_by} looked again on site at {items}: {verdict}; {findings}; evidence {evidence}",
    ),
}
"""Stored kind -> sentence in Chinese and in English."""
