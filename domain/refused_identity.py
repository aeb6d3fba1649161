"""Why something about the identity of risks was not accepted: editions of standards, and what is a risk at all."""

from __future__ import annotations

from domain.refused import Refused


class EditionNotInForce(Refused):
    """Cited standards mean the edition in force (YT Art. 42)."""

    zh = "“{given}”在 {day} 不是现行版本；现行版本为 {edition}"
    en = "'{given}' is not the edition in force on {day}; that is {edition}"
