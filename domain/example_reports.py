"""The example mine's monthly report: whole examples of the commands and events of a report."""

from __future__ import annotations

from domain.language import Event
from domain.reports import (
    Correction,
    ReportAcknowledged,
    ReportApproved,
    ReportCompiled,
    ReportCorrected,
    ReportReturned,
    ReportSubmitted,
)

__all__ = ["REPORTS", "REPORT_EVENTS"]

BODY, REPORT = "KS-01", "major-risk-report.2026-02"
CONTENT, HTML_ZH, HTML_EN = "3f" * 32, "a1" * 32, "b2" * 32

Entry = tuple[str, str, str, dict[str, object]]

REPORTS: tuple[Entry, ...] = (
    (
        "CompileReport",
        "P-SAFETY",
        "2026-03-24T09:00",
        {
            "body": BODY,
            "kind": "major-risk-report",
            "period": "2026-02",
            "position": 12,
            "as_of": "2026-02-28",
            "template": "major-risk-report-1",
            "content": CONTENT,
            "html_zh": HTML_ZH,
            "html_en": HTML_EN,
            "figures": {"major_risks": "0"},
        },
    ),
    (
        "ApproveReport",
        "P-PRINCIPAL",
        "2026-03-24T15:00",
        {"body": BODY, "report": REPORT, "remark": "数据已核对"},
    ),
    (
        "SubmitReport",
        "P-SAFETY",
        "2026-03-24T16:00",
        {"body": BODY, "report": REPORT, "to": "sub_district", "reference": "街道安监办窗口递交"},
    ),
    (
        "AcknowledgeReport",
        "P-SAFETY",
        "2026-03-24T16:20",
        {"body": BODY, "report": REPORT, "acknowledged_by": "街道安监办", "receipt": "签收编号 2026-0311"},
    ),
    (
        "CorrectReport",
        "P-SAFETY",
        "2026-03-25T09:00",
        {
            "body": BODY,
            "report": REPORT,
            "reason": "岗位安全确认次数漏计夜班一次",
            "corrections": [{"figure": "totals.confirmations", "was": "27", "now": "28"}],
        },
    ),
    (
        "ReturnReport",
        "P-SAFETY",
        "2026-03-25T14:00",
        {"body": BODY, "report": REPORT, "returned_by": "街道安监办", "reason": "请补充管控效果的具体数据"},
    ),
)
"""No rule obliges the example mine to report, so that nothing here is late and no duty is answered."""

REPORT_EVENTS: tuple[Event, ...] = (
    ReportCompiled(
        "major-risk-report",
        "2026-02",
        "2026-02-01",
        "2026-02-28",
        1,
        12,
        "2026-02-28",
        "major-risk-report-1",
        CONTENT,
        HTML_ZH,
        HTML_EN,
        {"major_risks": "0"},
        None,
        None,
        (),
        ("P-SAFETY",),
    ),
    ReportApproved(1, ("P-SAFETY",), "数据已核对"),
    ReportSubmitted(1, "sub_district", "街道安监办窗口递交", None, None, (), "2026-02-28", 12),
    ReportAcknowledged(1, "街道安监办", "签收编号 2026-0311"),
    ReportReturned(1, "街道安监办", "请补充管控效果的具体数据", ()),
    ReportCorrected(1, 1, "岗位安全确认次数漏计夜班一次", (Correction("totals.confirmations", "27", "28"),)),
)
