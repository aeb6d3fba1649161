"""The sentences of records about duties; a part of those of ``adapters.tell``."""

from __future__ import annotations

DUTIES: dict[str, tuple[str, str]] = {
    "duty-raised.1": (
        "产生应办事项：{owed_by} 须在 {due} 前完成（{rule}，{subject_kind} {subject}）",
        "a duty was raised: {owed_by} owes it by {due} ({rule}; {subject_kind} {subject})",
    ),
    "duty-assigned.1": (
        "{assigned_by} 交办“{title}”：{owed_by} 须在 {due} 前完成；原因：{reason}",
        "{assigned_by} assigned '{title}': {owed_by} owes it by {due}; because: {reason}",
    ),
    "duty-extended.1": (
        "应办期限由 {was} 延至 {due}（{approved_by} 批准）",
        "the duty's day moved from {was} to {due} (approved by {approved_by})",
    ),
    "duty-day-settled.1": (
        "节假日安排已公布：应办期限由暂定的 {was} 定为 {due}",
        "the holidays are published: the duty's provisional day {was} is settled as {due}",
    ),
    "duty-extension-asked.1": (
        "{asked_by} 申请将应办期限由 {was} 延至 {due}：{reason}",
        "{asked_by} asked to move the duty's day from {was} to {due}: {reason}",
    ),
    "duty-extension-approved.1": (
        "{approved_by} 批准延期（{asked_by} 申请）：应办期限由 {was} 改为 {due}。{remark}",
        "{approved_by} approved the extension that {asked_by} asked for: {was} -> {due}. {remark}",
    ),
    "duty-extension-refused.1": (
        "{refused_by} 不批准 {asked_by} 申请的延期（至 {asked}），应办期限仍为 {due}。{remark}",
        "{refused_by} refused the extension to {asked} that {asked_by} asked for; {due} stands. {remark}",
    ),
    "duty-reminded.1": ("{on} 提醒：应办期限为 {due}", "called to mind on {on}: it is owed by {due}"),
    "duty-fell-due.1": ("应办事项于 {due} 到期", "the duty fell due on {due}"),
    "duty-overdue.1": ("应办事项逾期（期限 {due}）", "the duty is overdue (it was due on {due})"),
    "duty-missed.1": (
        "本期于 {closes} 结束，应办事项未办（期限 {due}）",
        "its period closed on {closes} unanswered: the duty was missed (it was due on {due})",
    ),
    "duty-escalated.1": (
        "{on} 逾期上报第 {rung} 级：{role}（{persons}），期限 {due}",
        "on {on} it went up the line to rung {rung}, {role} ({persons}); it was due on {due}",
    ),
    "duty-answered.1": (
        "应办事项由 {answered_by} 于 {answered_on} 办结，逾期 {days_late} 天（期限 {due}）",
        "{answered_by} answered the duty on {answered_on}, {days_late} days late (due {due})",
    ),
    "duty-fulfilled.1": (
        "{fulfilled_by} 报告 {answered_on} 办结，逾期 {days_late} 天（期限 {due}）：{done}",
        "{fulfilled_by} reported it done on {answered_on}, {days_late} days late (due {due}): {done}",
    ),
    "duty-resumed.1": (
        "验收未通过，应办事项恢复（期限 {due}）",
        "the answer did not stand: the duty is owed again (due {due})",
    ),
    "duty-answer-rejected.1": (
        "{rejected_by} 退回办结报告，应办事项恢复（期限 {due}）：{reason}",
        "{rejected_by} sent the answer back: the duty is owed again (due {due}): {reason}",
    ),
    "duty-waived.1": (
        "{waived_by} 于 {waived_on} 免除该应办事项，逾期 {days_late} 天（期限 {due}）：{reason}",
        "{waived_by} waived the duty on {waived_on}, {days_late} days after its day (due {due}): {reason}",
    ),
    "duty-restored.1": (
        "自 {on} 起重新列为应办事项（期限 {due}）：{reason}",
        "from {on} on the duty is owed again (due {due}): {reason}",
    ),
    "duty-superseded.1": (
        "该应办事项由 {by_duty} 替代（期限 {due}）：{reason}",
        "the duty gave way to {by_duty} (it was due on {due}): {reason}",
    ),
    "duty-reason-ended.1": (
        "自 {on} 起不再符合“{reason}”（{about}）：本期为最后一期，期限仍为 {due}",
        "from {on} on it no longer holds that {reason} ({about}): this one is the last, and {due} stands",
    ),
}

IN_TIME: dict[str, tuple[str, str]] = {
    "duty-answered.1": (
        "应办事项由 {answered_by} 于 {answered_on} 按期办结（期限 {due}）",
        "{answered_by} answered the duty on {answered_on}, in time (due {due})",
    ),
    "duty-fulfilled.1": (
        "{fulfilled_by} 报告 {answered_on} 按期办结（期限 {due}）：{done}",
        "{fulfilled_by} reported it done on {answered_on}, in time (due {due}): {done}",
    ),
    "duty-waived.1": (
        "{waived_by} 于 {waived_on} 在到期前免除该应办事项（期限 {due}）：{reason}",
        "{waived_by} waived the duty on {waived_on}, before it was overdue (due {due}): {reason}",
    ),
}
"""How what was not late is told."""
