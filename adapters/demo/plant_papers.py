"""The papers of the machine works: three monthly reports, one of them late, a quarterly list, and a notice too late.

A line ``CompileReport`` names kind and period only; what it says is computed from the records when its turn comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.plant import DIRECTOR, SAFETY_HEAD, SAFETY_OFFICER, SHOPS, line
from adapters.demo.plant_risks import found
from adapters.demo.steps import Line, T

MAJOR, LIST, NOTICE = "major-risk-report", "risk-list-report", "risk-list-update-notice"
PAPERS: tuple[tuple[str, str, str, str, str], ...] = (
    # kind, period, compiled, approved, handed in
    (NOTICE, "2026-08-06", "2026-08-12T09:00", "2026-08-12T09:30", "2026-08-12T10:00"),
    (MAJOR, "2026-08", "2026-08-27T09:00", "2026-08-28T09:00", "2026-08-28T10:00"),
    (NOTICE, "2026-09-03", "2026-09-05T09:00", "2026-09-05T11:00", "2026-09-05T14:00"),
    (LIST, "2026-Q3", "2026-09-24T09:00", "2026-09-25T09:00", "2026-09-25T10:00"),
    (MAJOR, "2026-09", "2026-09-29T09:00", "2026-10-08T09:00", "2026-10-09T10:00"),
    (NOTICE, "2026-10-13", "2026-10-14T09:00", "2026-10-14T11:00", "2026-10-14T14:00"),
    (MAJOR, "2026-10", "2026-10-28T09:00", "2026-10-29T09:00", "2026-10-29T10:00"),
)
"""The notice's three days ran out while the clock's computer had no power; September waited for the holidays."""


def lines() -> Iterator[Line]:
    """From the day on which the works made the Yantian rules its own."""
    yield line("AdoptRulePack", DIRECTOR, "2026-07-31T10:00", pack="yantian-2021", version="1")
    cutting = next(one for one in found() if one.entry["name_zh"] == "料垛倾倒")
    yield line(
        "ReassessRisk",
        SAFETY_OFFICER,
        "2026-08-06T15:00",
        risk=cutting.code,
        method="lec",
        inputs={"L": "6", "E": "6", "C": "3"},
        reason="change",
        basis=T("料架挡板变形，垛高多次超限", "bent stops at the rack, stacked too high several times"),
        participants=[SHOPS[0].lead, SHOPS[0].team],
    )
    for kind, period, compiled, approved, handed_in in PAPERS:
        report = f"{kind}.{period}"
        yield line("CompileReport", SAFETY_OFFICER, compiled, kind=kind, period=period)
        yield line(
            "ApproveReport", DIRECTOR, approved, report=report, remark=T("数据已核对", "figures checked")
        )
        yield line(
            "SubmitReport",
            SAFETY_HEAD,
            handed_in,
            report=report,
            to="sub_district",
            reference=T("街道窗口递交", "handed in at the sub-district's counter"),
        )
        if kind == MAJOR:
            yield line(
                "AcknowledgeReport",
                SAFETY_HEAD,
                f"{handed_in[:10]}T16:00",
                report=report,
                acknowledged_by=T("街道应急管理办公室", "emergency office of the sub-district"),
                receipt=T(f"签收 {period}", f"receipt {period}"),
            )
    yield line(
        "CorrectReport",
        SAFETY_OFFICER,
        "2026-11-03T09:00",
        report=f"{MAJOR}.2026-10",
        reason=T("十月纸质班前确认表未录入", "the paper sheets of October's shifts had not been entered"),
        corrections=[
            {
                "figure": "totals/effect/confirmations",
                "was": "0",
                "now": T("62（以纸质台账为准）", "62 (by the paper sheets)"),
            }
        ],
    )
