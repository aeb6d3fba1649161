"""The clock's beat stands apart from the views: who deletes those does not make an absence unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main

FIRST, LATER = "2026-07-01T12:00:00+08:00", "2026-07-31T12:00:00+08:00"


def run(db: Path, *words: str, now: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--db", str(db), "--now", now, "--json"])
    assert ended.value.code == 0


@pytest.mark.parametrize(
    ("lost", "noticed"),
    [(["-views.sqlite"], True), (["-views.sqlite", "-clock"], False)],
    ids=["views", "control: the beat too"],
)
def test_an_absence_is_recorded_though_the_views_were_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lost: list[str], noticed: bool
) -> None:
    db = tmp_path / "d.db"
    run(db, "init", "--practice", now=FIRST)
    run(db, "clock", "tick", now=FIRST)
    for ending in lost:
        for file in tmp_path.glob(f"d.db{ending}*"):
            file.unlink()
    run(db, "clock", "tick", now=LATER)
    capsys.readouterr()
    run(db, "clock", "status", now=LATER)
    told = json.loads(capsys.readouterr().out)
    assert [one["since"][:10] for one in told["away"]] == (["2026-07-01"] if noticed else [])
    assert (told["hours"], told["waiting"]) == (0.0, 0)
