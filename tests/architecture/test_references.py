"""The reference pages say what the code does: they are generated, and a stale one fails here."""

from __future__ import annotations

from pathlib import Path

from tests import references


def test_every_reference_page_is_what_the_code_generates_now() -> None:
    assert references.stale() == [], "run: python -m tests.references"


def test_a_page_that_was_edited_or_is_missing_is_found(tmp_path: Path) -> None:
    references.write(tmp_path)
    assert references.stale(tmp_path) == []
    (tmp_path / "commands.md").write_text("edited", "utf-8")
    (tmp_path / "rules.md").unlink()
    assert sorted(references.stale(tmp_path)) == ["commands.md", "rules.md"]
