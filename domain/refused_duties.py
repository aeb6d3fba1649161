"""Why a duty was not answered, moved, rejected or waived."""

from __future__ import annotations

from domain.refused import Refused


class NotOwed(Refused):
    """Only who owes a duty says that it was done."""

    zh = "{what}由 {owed_by} 承担，{person} 不能报告办结"
    en = "{what} is owed by {owed_by}; {person} cannot report it done"


class FollowsRecord(Refused):
    """The duty is moved and ended by the record that it follows, and by nothing else."""

    zh = "{what}随 {subject} 的记录办结、延期或终止，不能执行“{command}”"
    en = "{what} is answered, moved and ended by the records of {subject}; nobody can {command} by hand"


class AnsweredByReport(Refused):
    """What is owed is a paper that is compiled, approved and handed in; only handing it in answers the duty."""

    zh = (
        "{what}由报送的报告办结，不能凭说明办结：请用 report compile --kind {kind} 编制，由他人用 report approve 审批，"
        "再用 report submit 登记报送；报告另在系统外编制并报送的，由非承担人用 duty waive 说明原因和签收编号"
    )
    en = (
        "{what} is answered by the report that is handed in, not by a word: report compile --kind {kind}, then report"
        " approve by another person, then report submit; where another paper was handed in outside of this system,"
        " somebody who does not owe it gives duty waive with the reason and its receipt"
    )
