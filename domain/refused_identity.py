"""Why something about the identity of risks was not accepted: editions of standards, and what is a risk at all."""

from __future__ import annotations

from domain.refused import Refused


class EditionNotInForce(Refused):
    """Cited standards mean the edition in force (YT Art. 42)."""

    zh = "“{given}”在 {day} 不是现行版本；现行版本为 {edition}"
    en = "'{given}' is not the edition in force on {day}; that is {edition}"


class BreachIsAHazard(Refused):
    """Risk and hazard are never confused (YT Art. 3)."""

    zh = "{what}违反“{breached}”，属于事故隐患，不能作为安全风险接收"
    en = "{what} breaches '{breached}': that is a hazard and cannot be accepted as a risk"


class NotTheProposer(Refused):
    zh = "{what}由 {proposer} 提出，只有提出人可确认已获告知"
    en = "{what} was proposed by {proposer}, and only the proposer can say that they were told"
