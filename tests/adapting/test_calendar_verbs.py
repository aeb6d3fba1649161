"""The calendar at the command line: shown without a database, settled from a file by whoever acts for all bodies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.command_line import run

NOTICE = """
year = 2027
title = "通知"
number = "n1"
rest = [{name = "元旦", first = 2027-01-01, last = 2027-01-03}]
work = [2027-01-09]
"""


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "calendar.db")


@pytest.fixture
def notice(tmp_path: Path) -> str:
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE, encoding="utf-8")
    return str(file)


def test_the_calendar_is_shown_before_there_is_a_database_and_none_is_made(db: str) -> None:
    rows = json.loads(run(db, "calendar", "show", "--year", "2026", "--json").stdout)
    assert (len(rows), sum(row["working"] for row in rows)) == (365, 248)
    assert not Path(db).exists()


def test_a_year_without_a_notice_says_that_it_is_provisional(db: str) -> None:
    assert (
        "no notice is known for 2027" in run(db, "calendar", "show", "--year", "2027", "--lang", "en").stdout
    )
    rows = json.loads(run(db, "calendar", "show", "--year", "2027", "--json").stdout)
    assert all(row["provisional"] for row in rows)


def test_a_notice_is_loaded_from_a_file_once(db: str, notice: str) -> None:
    run(db, "calendar", "load", notice, "--as", "P-ADMIN")
    told = run(db, "calendar", "show", "--year", "2027", "--lang", "en").stdout
    assert "provisional" not in told.splitlines()[-1]
    assert "2027-01-09" in told
    assert "2027" in run(db, "calendar", "load", notice, "--as", "P-ADMIN", expect=1).stderr


def test_who_is_not_granted_for_what_is_shared_settles_no_year(db: str, notice: str) -> None:
    body = ["--body", "B-1", "--name", "厂", "--kind", "enterprise", "--area", "320113", "--sector", "metal"]
    run(db, "body", "register", *body, "--as", "P-ADMIN")
    person = json.dumps({"person": "P-9", "kind": "official"})
    run(db, "people", "register", "--body", "*", "--people", person, "--as", "P-ADMIN")
    assert "P-9" in run(db, "calendar", "load", notice, "--as", "P-9", expect=1).stderr
    grant = json.dumps({"person": "P-9", "role": "administrator"})
    run(db, "role", "grant", "--body", "*", "--grants", grant, "--as", "P-ADMIN")
    run(db, "calendar", "load", notice, "--as", "P-9")
    rows = json.loads(run(db, "calendar", "years", "--json").stdout)
    assert [row["settled_by"] for row in rows if row["year"] == 2027] == ["P-9"]


def test_a_file_that_is_no_notice_is_refused_by_a_sentence(db: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text("year = 'soon'", encoding="utf-8")
    run(db, "calendar", "load", str(file), "--as", "P-ADMIN", expect=1)
    run(db, "calendar", "load", str(tmp_path / "none.toml"), "--as", "P-ADMIN", expect=1)
    assert not Path(db).exists()
