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
