"""Where a database keeps its evidence: a folder beside its file, or the one that was named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from adapters.evidence.store import EvidenceStore
from adapters.journal.opening import sqlite_path
from domain.refused import BadField

VARIABLE = "DUALGUARD_EVIDENCE"


def store_of(url: str, given: str | None, environment: Mapping[str, str]) -> EvidenceStore:
    """The store in the folder that is given, else in that of ``DUALGUARD_EVIDENCE``, else in ``FILE-evidence``.

    Refuses a database without a file of its own when no folder is named.
    """
    named = given or environment.get(VARIABLE)
    if named:
        return EvidenceStore(Path(named))
    file = sqlite_path(url)
    if not file:
        raise BadField(
            field="--store",
            problem_zh=f"此数据库没有自己的文件夹，请用 --store 或 {VARIABLE} 指明证据库",
            problem_en=f"this database has no folder of its own; name one with --store or {VARIABLE}",
        )
    return EvidenceStore(Path(f"{file}-evidence"))
