"""Who looks at the clock or at the holidays is told loudly which of them will not be reported, and why."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli import main
from domain.examples import COMMAND_EXAMPLES

BODY = "KS-01"
FOUNDING = ("RegisterBody", "RegisterPeople", "GrantRoles")
EARLY, LATE = "2027-06-01T09:00:00+08:00", "2030-06-01T09:00:00+08:00"
Say = Callable[..., tuple[Any, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """A practice file in which the example mine adopted the rule on holidays; answers output and standard error."""
    db = str(tmp_path / "d.db")
    founding = [line for line in COMMAND_EXAMPLES if line["command"] in FOUNDING]
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in founding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), "utf-8"))

    def run(*words: str, now: str = LATE, lang: str = "en") -> tuple[Any, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*words, "--db", db, "--now", now, "--lang", lang, "--json"])
        told = capsys.readouterr()
        assert ended.value.code == 0, told.err
        return json.loads(told.out) if words[-1] in ("tick", "status") or "list" in words else None, told.err

    run("init", "--practice", now="2026-01-04T08:00:00+08:00")
    run("do", "--batch", now="2026-03-01T08:00:00+08:00")
    pack = ("--body", BODY, "--pack", "house-watch-2026", "--version", "1", "--as", "P-PRINCIPAL")
    run("rules", "adopt", *pack, now="2026-04-01T08:00:00+08:00")
    return run


SENTENCE = "no day of Spring Festival 2031 is known (KS-01): the rule lists its days until 2030"


@pytest.mark.clause("YT-24")
def test_the_clock_says_when_the_days_of_the_rule_run_out(say: Say) -> None:
    status, error = say("clock", "status", now=EARLY)
    assert (status["unknown_holidays"], error) == ([], "")
    for verb in ("tick", "status"):
        told, error = say("clock", verb)
        assert SENTENCE in error and "calendar load" in error, verb
    assert [(one["holiday"], one["bodies"]) for one in told["unknown_holidays"]] == [
        ("2031-spring-festival", [BODY])
    ]
    assert "规则所列日期止于 2030 年" in say("clock", "status", lang="zh")[1]


@pytest.mark.clause("YT-24")
def test_the_list_holds_a_holiday_without_days_and_loses_it_with_the_notice(say: Say, tmp_path: Path) -> None:
    rows, error = say("holiday", "list", "--body", BODY)
    [row] = [one for one in rows if one["holiday"] == "2031-spring-festival"]
    assert (row["first"], row["report_on"], row["change"]) == (None, None, None)
    assert SENTENCE in error
    notice = tmp_path / "2031.toml"
    notice.write_text(NOTICE, "utf-8")
    say("calendar", "load", str(notice), "--as", "P-ADMIN")
    rows, error = say("holiday", "list", "--body", BODY)
    assert ("2031-spring-festival", "2031-01-22") in [(one["holiday"], one["first"]) for one in rows]
    assert error == ""


NOTICE = """
year = 2031
title = "通知"
number = "n1"
rest = [
  {name = "元旦", first = 2031-01-01, last = 2031-01-01},
  {name = "春节", first = 2031-01-22, last = 2031-01-29},
  {name = "劳动节", first = 2031-05-01, last = 2031-05-03},
  {name = "国庆节、中秋节", first = 2031-10-01, last = 2031-10-07},
]
work = []
"""
