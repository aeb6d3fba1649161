"""The verbs of reports: a month from its compilation to its acknowledgement, as a person and as a machine reads it."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from adapters.rules import load_rulebook
from tests.faults.command_line import Done, examples, run

REPORT = "major-risk-report.2026-01"
MADE_UP = "major-risk-report.2026-02"


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example mine, with the report of January compiled."""
    db = str(tmp_path_factory.mktemp("mine") / "mine.db")
    run(db, "do", "--batch", text=examples())
    compiled(db, REPORT)
    return db


def compiled(db: str, report: str, person: str = "P-SAFETY", **more: Any) -> Done:
    kind, _, period = report.partition(".")
    asked = ("--body", "KS-01", "--kind", kind, "--period", period)
    return run(db, "report", "compile", *asked, "--as", person, **more)


def answer(db: str, *arguments: str) -> Any:
    return json.loads(run(db, "report", *arguments, "--json").stdout)


def test_a_month_goes_its_way(tmp_path: Path) -> None:
    db = str(tmp_path / "mine.db")
    run(db, "do", "--batch", text=examples())
    compiled(db, REPORT)
    named = ("--body", "KS-01", "--report", REPORT)
    own = run(db, "report", "approve", *named, "--as", "P-SAFETY", expect=1)
    assert "P-SAFETY took part" in own.stderr
    early = ("report", "submit", *named, "--to", "sub_district", "--reference", "desk", "--as", "P-SAFETY")
    assert "approved" in run(db, *early, expect=1).stderr
    run(db, "report", "approve", *named, "--as", "P-PRINCIPAL")
    run(db, *early)
    taken = ("--acknowledged-by", "office", "--receipt", "2026-7")
    run(db, "report", "acknowledge", *named, *taken, "--as", "P-SAFETY")
    wrong = json.dumps({"figure": "totals/late", "was": "0", "now": "1"})
    run(db, "report", "correct", *named, "--reason", "late", "--corrections", wrong, "--as", "P-SAFETY")
    [row] = answer(db, "list", "--report", REPORT)
    assert (row["step"], row["edition"], row["approved_by"]) == ("acknowledged", 1, "P-PRINCIPAL")
    shown = answer(db, "show", REPORT)
    assert shown["report"]["step"] == "acknowledged"
    assert shown["addenda"][0]["corrections"] == [{"figure": "totals/late", "was": "0", "now": "1"}]
    told = run(db, "report", "history", REPORT).stdout
    assert "edition 1" in told


def test_rendered_twice_it_is_the_same_and_is_what_was_hashed(mine: str, tmp_path: Path) -> None:
    [row] = answer(mine, "list", "--report", REPORT)
    first = run(mine, "report", "render", REPORT, "--format", "json").stdout
    assert sha256(first.encode()).hexdigest() == row["content"]
    for lang in ("zh", "en"):
        out = tmp_path / f"{lang}.html"
        run(mine, "report", "render", REPORT, "--out", str(out), "--lang", lang)
        assert sha256(out.read_bytes()).hexdigest() == row[f"html_{lang}"]
    assert run(mine, "report", "render", REPORT, "--format", "json").stdout == first


def test_every_figure_is_explained_by_its_records(mine: str) -> None:
    figures = answer(mine, "explain", REPORT)
    by_key = {row["figure"]: row for row in figures}
    assert by_key["totals/became_major"]["value"] == 0
    for row in figures:
        behind = answer(mine, "explain", REPORT, "--figure", row["figure"])
        assert [one["position"] for one in behind] == row["records"]
        assert all(one["sentence"] for one in behind)


def test_a_figure_or_an_edition_that_is_not_there_is_refused(mine: str) -> None:
    assert "no figure" in run(mine, "report", "explain", REPORT, "--figure", "x", expect=1).stderr
    assert "edition 9" in run(mine, "report", "show", REPORT, "--edition", "9", expect=1).stderr
    assert "nothing.2026" in run(mine, "report", "show", "nothing.2026", expect=1).stderr
    chinese = run(mine, "report", "show", "nothing.2026", "--lang", "zh", expect=1).stderr
    assert "没有登记过报送报告“nothing.2026”" in chinese


def test_a_period_that_does_not_fit_is_refused(mine: str) -> None:
    assert "2026-Q1" in compiled(mine, "major-risk-report.2026-Q1", expect=1).stderr
    assert "2999-01" in compiled(mine, "major-risk-report.2999-01", expect=1).stderr


def test_a_report_with_made_up_hashes_is_found_out(mine: str) -> None:
    """The example's compilation came through the machine door with hashes of nothing."""
    told = run(mine, "report", "render", MADE_UP, expect=3).stderr
    assert "does not come out as record" in told


def test_the_shape_of_a_report_is_told(mine: str) -> None:
    for kind in ("major-risk-report", "risk-list-report", "risk-list-update-notice"):
        told = answer(mine, "shape", "--kind", kind)
        assert told["$id"] == f"{kind}-1"
        assert told["$defs"]


def test_a_report_is_shown_to_a_person(mine: str) -> None:
    told = run(mine, "report", "show", REPORT, "--lang", "zh").stdout
    assert "totals/major_at_end" in told
    assert "版次: " in told
    assert "标准版本" not in told


@pytest.mark.clause("YT-16a")
def test_a_report_in_one_batch_with_what_raised_its_duty_answers_it(tmp_path: Path) -> None:
    db, kind, period = str(tmp_path / "mine.db"), "risk-list-report", "2026-Q1"
    report = {"body": "KS-01", "report": f"{kind}.{period}"}
    law = load_rulebook().version(kind, "yantian-2021")
    assert law is not None
    paper = {name: sha256(name.encode()).hexdigest() for name in ("content", "html_zh", "html_en")}
    compiled = {
        "body": "KS-01",
        "kind": kind,
        "period": period,
        "position": 1,
        "as_of": "2026-03-31",
        **paper,
    }
    compiled |= {"template": "risk-list-report-1", "recipients": list(law.value["to"])}
    compiled |= {"citation": asdict(law.citation("adopted; expired 2024-10-31"))}
    adopted = {"body": "KS-01", "pack": "yantian-2021", "version": "1"}
    handed_in = {**report, "to": "sub_district", "reference": "desk"}
    said = (
        ("AdoptRulePack", "P-PRINCIPAL", "2026-03-26T09:00+08:00", adopted),
        ("CompileReport", "P-SAFETY", "2026-03-31T09:00+08:00", compiled),
        ("ApproveReport", "P-PRINCIPAL", "2026-03-31T10:00+08:00", report),
        ("SubmitReport", "P-SAFETY", "2026-03-31T11:00+08:00", handed_in),
    )
    lines = [
        json.dumps({"id": f"b-{command}", "command": command, "by": by, "at": at, "data": data})
        for command, by, at, data in said
    ]
    run(db, "do", "--batch", text="\n".join((examples().rstrip(), *lines)))
    told = json.loads(run(db, "duty", "list", "--body", "KS-01", "--json").stdout)
    [duty] = [row for row in told if row["code"] == f"{kind}.KS-01.{period}"]
    assert (duty["step"], duty["answered_on"], duty["days_late"]) == ("answered", "2026-03-31", 0)
