"""The example mine's checklist and rounds: whole examples of commands about checklists and inspections.

Each entry is (command, who gives it, when it happened in China to the minute, its fields); ``domain/examples.py``
makes them whole lines of a batch, before the example risk is retired.
"""

from __future__ import annotations

__all__ = ["CHECKS"]

BODY, LIST, ROUND, WHOLE = "KS-01", "JC-TS", "JC-TS-2026-03", "JC-TS-2026-03-B"
PHOTO = "5b3c2f0a9d1e4c7788aa61f2d3b4c5e6f70819a2b3c4d5e6f708192a3b4c5d6e"
Entry = tuple[str, str, str, dict[str, object]]

_LIST: dict[str, object] = {"body": BODY, "checklist": LIST}
_ROUND: dict[str, object] = {"body": BODY, "inspection": ROUND}

CHECKS: tuple[Entry, ...] = (
    (
        "DrawUpChecklist",
        "P-WORKSHOP",
        "2026-03-19T08:30",
        {
            **_LIST,
            "title": "竖井提升风险管控与隐患排查清单",
            "unit": "U-TS",
            "items": [
                {
                    "item": "1",
                    "what": "后备过卷开关动作正常",
                    "how": "现场试验一次，查阅每班试验记录",
                    "tiers": ["workshop", "team"],
                    "period": "P1M",
                    "unit": "U-TS-1",
                    "risk": "R-0001",
                    "control": "C-01",
                },
                {
                    "item": "2",
                    "what": "闸盘无油污，制动间隙符合规定",
                    "how": "停车后用塞尺测量",
                    "tiers": ["team"],
                    "period": "P1M",
                    "unit": "U-TS-9-1",
                },
            ],
        },
    ),
    (
        "AmendChecklist",
        "P-WORKSHOP",
        "2026-03-19T08:40",
        {
            **_LIST,
            "reason": "增加司机应知应会",
            "put": [
                {
                    "item": "3",
                    "what": "司机熟知过卷后的处置步骤",
                    "how": "现场考问",
                    "tiers": ["team"],
                    "period": "P1M",
                    "unit": "U-TS-1-1",
                }
            ],
        },
    ),
    (
        "RenewChecklist",
        "P-WORKSHOP",
        "2026-03-19T08:45",
        {**_LIST, "reason": "并入已采用管控措施的每班检查", "risks": ["R-0001"]},
    ),
    (
        "AssignRounds",
        "P-WORKSHOP",
        "2026-03-19T08:50",
        {**_LIST, "tier": "team", "period": "P1M", "person": "P-TEAM", "since": "2026-03-19"},
    ),
    (
        "PlanInspection",
        "P-WORKSHOP",
        "2026-03-19T08:55",
        {
            **_ROUND,
            "checklist": LIST,
            "tier": "team",
            "period": "P1M",
            "person": "P-TEAM",
            "opens": "2026-03-19",
            "due": "2026-03-25",
        },
    ),
    (
        "DepositEvidence",
        "P-TEAM",
        "2026-03-19T08:58",
        {
            "body": BODY,
            "evidence": PHOTO,
            "media": "jpeg",
            "size": 2483117,
            "taken_at": "2026-03-19T08:57:00+08:00",
            "remark": "后备过卷开关试验前",
        },
    ),
    (
        "StartInspection",
        "P-TEAM",
        "2026-03-19T09:00",
        {
            **_ROUND,
            "companions": ["P-WORKSHOP"],
            "methods": ["record_review", "on_site_examination"],
            "aspects": ["measure_implementation", "post_risk_recognition"],
            "examined": ["P-WORKER"],
            "place": "提升机房",
        },
    ),
    (
        "AnswerItems",
        "P-TEAM",
        "2026-03-19T09:40",
        {
            **_ROUND,
            "answers": [
                {
                    "item": "1",
                    "answer": "fail",
                    "remark": "后备过卷开关试验三次，一次未动作",
                    "done_at": "2026-03-19T09:10:00+08:00",
                    "place": "井口操作台",
                    "evidence": [PHOTO],
                },
                {"item": "2", "answer": "pass", "lacking": "相机故障，未拍照"},
                {"item": "3", "answer": "not_looked_at", "remark": "司机当班运行，改日考问"},
            ],
        },
    ),
    (
        "CompleteInspection",
        "P-TEAM",
        "2026-03-19T10:00",
        {**_ROUND, "statement": "以上为本人现场检查所见，属实"},
    ),
    (
        "AddToInspection",
        "P-TEAM",
        "2026-03-19T11:00",
        {**_ROUND, "item": "2", "text": "补测：右侧闸间隙2.3毫米，超过2毫米", "should_be": "fail"},
    ),
    (
        "RecheckInspection",
        "P-SAFETY",
        "2026-03-19T14:00",
        {**_ROUND, "verdict": "sound", "findings": "现场重做三次试验，情况与记录一致", "items": ["1"]},
    ),
    (
        "RecordRound",
        "P-WORKSHOP",
        "2026-03-19T16:30",
        {
            "body": BODY,
            "inspection": WHOLE,
            "checklist": LIST,
            "tier": "workshop",
            "period": "P1M",
            "version": 2,
            "started_at": "2026-03-19T16:00:00+08:00",
            "answers": [{"item": "1", "answer": "pass", "done_at": "2026-03-19T16:20:00+08:00"}],
            "statement": "更换开关后复试五次均动作",
        },
    ),
    (
        "EraseEvidence",
        "P-SAFETY",
        "2026-03-20T08:30",
        {"body": BODY, "evidence": PHOTO, "reason": "照片中有无关人员面部，已另拍"},
    ),
    (
        "RecordVisit",
        "P-SAFETY",
        "2026-03-19T15:00",
        {
            "body": BODY,
            "visit": "JD-2026-01",
            "authority": "sector_department",
            "name": "区应急管理局矿山安全科（示例）",
            "kind": "scheduled",
            "report": "检查竖井提升系统和风险告知",
            "findings": [
                {
                    "finding": "1",
                    "unit": "U-TS-1-1",
                    "title": "操作台无岗位风险告知卡",
                    "found": "操作台未张贴岗位风险告知卡，司机说不出应急措施",
                    "artefact": "post_cards",
                }
            ],
            "order_due": "2026-03-26",
        },
    ),
    (
        "AnswerVisit",
        "P-PRINCIPAL",
        "2026-03-25T10:00",
        {"body": BODY, "visit": "JD-2026-01", "answer": "告知卡已张贴，司机重新培训并考试合格"},
    ),
    (
        "EndRounds",
        "P-WORKSHOP",
        "2026-03-20T09:00",
        {
            **_LIST,
            "tier": "team",
            "period": "P1M",
            "person": "P-TEAM",
            "until": "2026-04-01",
            "reason": "竖井停止提人",
        },
    ),
    (
        "WithdrawChecklist",
        "P-SAFETY",
        "2026-03-20T09:30",
        {**_LIST, "reason": "竖井停止提人，另编检修期清单"},
    ),
)
