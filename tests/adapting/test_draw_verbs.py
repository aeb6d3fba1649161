"""A draw at the command line: listed, and drawn again by whoever asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.command_line import examples, run


@pytest.fixture
def db(tmp_path: Path) -> str:
    file = str(tmp_path / "draws.db")
    run(file, "do", "--batch", text=examples())
    return file


def test_the_example_draw_is_listed_and_drawn_again_the_same(db: str) -> None:
    [row] = json.loads(run(db, "draw", "list", "--json").stdout)
    assert (row["code"], row["standing"], row["same"]) == ("CQ-2026-1", "held", True)
    told = run(db, "draw", "check", "CQ-2026-1", "--lang", "en").stdout
    assert all(code in told for code, _ in row["drawn"])


def test_a_draw_that_was_never_announced_is_unknown(db: str) -> None:
    assert "D-NONE" in run(db, "draw", "check", "D-NONE", expect=1).stderr
