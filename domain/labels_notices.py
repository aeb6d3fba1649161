"""What a person reads for the identifiers of notices and their delivery; a part of the labels."""

from __future__ import annotations

NOTICES: dict[str, tuple[str, str]] = {
    "subscription": ("通知订阅", "subscription"),
    "message": ("消息", "message"),
    "delivery": ("消息投递", "delivery"),
    # topics: one word for what falls to somebody
    "duty_raised": ("新事项", "new duty"),
    "duty_reminded": ("提醒", "reminder"),
    "duty_due": ("今日到期", "due today"),
    "duty_overdue": ("已逾期", "overdue"),
    "duty_missed": ("本期未办", "missed"),
    "duty_escalated": ("逾期上报", "escalated to you"),
    "duty_moved": ("期限变更", "day moved or kept"),
    "duty_returned": ("退回重办", "sent back"),
    "decision": ("待审批", "to be decided"),
    "report_returned": ("报告被退回", "report sent back"),
    "hazard_registered": ("新登记隐患", "hazard registered"),
    "unit_stopped": ("停产撤人", "unit stopped"),
    "uplift": ("等级临时上调", "temporary uplift"),
    "machine": ("系统", "the system itself"),
    # what happened, where a topic holds several things
    "extension_asked": ("申请延期", "a later day is asked for"),
    "not_hazard_proposed": ("提议不属于隐患", "proposed as no hazard"),
    "report_compiled": ("报告已编制", "report compiled"),
    "change_reported": ("变更已登记", "change reported"),
    "change_resolved": ("变更影响已查明", "change resolved to its risks"),
    "change_closed": ("变更已关闭", "change closed"),
    "risk_uplifted": ("风险等级临时上调", "risk level uplifted for a time"),
    "uplift_ended": ("临时上调已结束", "uplift ended"),
    "policy_refused": ("策略命令被拒绝", "a policy was refused"),
    "clock_away": ("时钟曾停止运行", "the clock had been away"),
    "feed_stale": ("数据源中断", "a feed went silent"),
    "feed_returned": ("数据源恢复", "a feed is back"),
    "message_dead": ("消息多次投递失败", "a message could not be delivered"),
    # how a subscription listens
    "mine": ("仅本人事项", "only what falls to them"),
    "everything": ("本单位全部", "everything of the body"),
    "at_once": ("立即", "at once"),
    "hourly": ("至多每小时一条", "once an hour at most"),
    # where a message stands
    "waiting": ("待投递", "waiting"),
    "delivered": ("已送达", "delivered"),
    "dead": ("停止投递", "dead"),
    "no_settings": ("通道未配置", "the channel has no settings"),
    "told_to_wait": ("按接收方要求等待", "waits as the receiver asked"),
    "put_off": ("本次不再尝试", "put off to the next run"),
    # why a message did not arrive
    "unreachable": ("无法连接", "nobody answered the connection"),
    "timeout": ("超时", "it took too long"),
    "status": ("接收方返回错误", "the receiver answered with an error"),
    "throttled": ("接收方限流", "the receiver asked to wait"),
    "redirected": ("接收方要求转向", "the receiver pointed elsewhere"),
    "forbidden_address": ("地址不在许可范围", "the address is not allowed"),
    "cut": ("连接中断", "the connection was cut"),
    "disk": ("文件无法写入", "the file could not be written"),
    "gone_for_good": ("接收方已停用", "the receiver is gone for good"),
}
"""Identifier -> (Chinese, English)."""
