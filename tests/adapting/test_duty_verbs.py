"""The verbs of duties and of the clock, as a person types them, over a practice file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli import main
from domain.examples import COMMAND_EXAMPLES

BODY, DRILL = "KS-01", "YL-2026-02"
NOW = "2026-04-02T09:00:00+08:00"
Say = Callable[..., Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example mine up to the end of March, with the packs on periods, and one drill assigned."""
    folder = tmp_path_factory.mktemp("verbs")
    db = folder / "d.db"
    said([*("init", "--practice"), "--db", str(db), "--now", "2026-01-05T08:00:00+08:00"])
    for line in COMMAND_EXAMPLES:
        data = json.dumps(line["data"], ensure_ascii=False)
        give(db, str(line["command"]), str(line["by"]), str(line["at"]), data)
    for pack in ("yantian-2021", "house-duties-2026"):
        words = ["rules", "adopt", "--body", BODY, "--pack", pack, "--version", "1"]
        said([*words, "--as", "P-PRINCIPAL", "--db", str(db), "--now", "2026-04-01T08:00:00+08:00"])
    words = ["duty", "raise", "--body", BODY, "--duty", DRILL, "--title", "drill", "--owed-by", "P-TEAM"]
    said([*words, "--due", "2026-04-10", "--as", "P-SAFETY", "--db", str(db), "--now", NOW])
    return db


def said(words: list[str], code: int = 0) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == code


def give(db: Path, command: str, by: str, at: str, data: str) -> None:
    import io
    import sys

    class Bytes(io.StringIO):
        buffer = io.BytesIO(data.encode())

    before, sys.stdin = sys.stdin, Bytes()
    try:
        said(["do", command, "--as", by, "--at", at, "--db", str(db), "--now", at])
    finally:
        sys.stdin = before


@pytest.fixture
def say(file: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: str, code: int = 0, now: str = NOW, as_json: bool = True, lang: str = "en") -> Any:
        capsys.readouterr()
        more = ["--json"] if as_json else []
        said([*words, "--db", str(file), "--now", now, "--lang", lang, *more], code)
        out = capsys.readouterr()
        return json.loads(out.out) if as_json and out.out.strip() else out.out + out.err

    return run


def test_what_the_adopted_rules_ask_is_raised_and_the_clock_says_how_it_stands(say: Say) -> None:
    raised = {row["rule"] for row in say("duty", "list") if row["period"]}
    assert raised >= {
        "risk-list-report",
        "assessment-period",
        "safety-training",
    }  # after the adoption, at once
    say("clock", "tick")
    again = say("clock", "tick")
    assert (again["raised"], again["fell_due"]) == (0, 0)
    status = say("clock", "status")
    assert (status["hours"], status["waiting"]) == (0.0, 0)
    assert "last tick" in say("clock", "status", as_json=False)
    assert "最近一次运行" in say("clock", "status", as_json=False, lang="zh")


def test_ones_own_duties_come_with_clause_subject_and_age(say: Say) -> None:
    say("clock", "tick")
    mine = say("duty", "list", "--mine", "--as", "P-TEAM", "--open-only")
    assert (DRILL, "coming", -8) in [(row["code"], row["when"], row["age"]) for row in mine]
    assert {row["owed_by"] for row in mine} <= {"P-TEAM", "team_lead"}
    assert all(row["position"] for row in mine)
    head = say("duty", "list", "--mine", "--as", "P-PRINCIPAL", "--open-only")
    assert {row["rule"] for row in head} >= {"risk-list-report", "assessment-period"}
    told = say("duty", "list", "--mine", "--as", "P-PRINCIPAL", as_json=False, lang="zh")
    assert "主要负责人" in told
    assert "盐应急规〔2021〕1号" in told.replace("\n", "").replace(" ", "") or "盐田区" in told


def test_one_duty_is_shown_with_all_its_records(say: Say) -> None:
    rows = say("duty", "show", "YL-2026-01")
    assert [row["kind"] for row in rows][:1] == ["duty-assigned.1"]
    assert [row["kind"] for row in rows][-1] == "duty-waived.1"
    assert all(row["position"] for row in rows)
    assert "P-SAFETY assigned" in say("duty", "show", "YL-2026-01", as_json=False)
    assert say("duty", "show", "no-such", code=1)["refused"] == "UnknownThing"


def test_an_answer_by_word_is_told_as_one_until_it_is_sent_back(say: Say) -> None:
    where = ("--body", BODY, "--duty", DRILL)
    told = "answered by the word of"
    assert told not in say("duty", "show", "YL-2026-01", as_json=False)  # waived
    say("duty", "answer", *where, "--done", "drilled", "--as", "P-TEAM")
    assert f"{told} P-TEAM" in say("duty", "show", DRILL, as_json=False)
    assert "凭 P-TEAM 的报告办结" in say("duty", "show", DRILL, as_json=False, lang="zh")
    say("duty", "reject", *where, "--reason", "on paper only", "--as", "P-SAFETY")
    assert told not in say("duty", "show", DRILL, as_json=False)


def test_an_extension_is_asked_by_one_and_approved_by_another(say: Say) -> None:
    where = ("--body", BODY, "--duty", DRILL)
    say("duty", "extend", *where, "--due", "2026-04-20", "--reason", "repairs", "--as", "P-TEAM")
    refused = say("duty", "approve", *where, "--verdict", "approved", "--as", "P-TEAM", code=1)
    assert refused["refused"] in ("NotIndependent", "NoGrant")
    say("duty", "approve", *where, "--verdict", "approved", "--as", "P-PRINCIPAL")
    [row] = [one for one in say("duty", "list") if one["code"] == DRILL]
    assert (row["due"], row["first_due"]) == ("2026-04-20", "2026-04-10")
    refused = say("duty", "waive", *where, "--reason", "no time", "--as", "P-TEAM", code=1)
    assert refused["refused"] in ("NotIndependent", "NoGrant")


def test_the_digest_is_a_file_and_a_folder_that_is_none_is_refused(say: Say, tmp_path: Path) -> None:
    out = tmp_path / "today.md"
    rows = say("duty", "digest", "--out", str(out), "--days", "30")
    text = out.read_text("utf-8")
    assert text.startswith("# Duties 2026-04-02\n")
    assert all(f"## {row['person']}" in text or row["owed_as"] == "role" for row in rows)
    assert (
        "# 应办事项摘要" in (say("duty", "digest", "--out", str(out), lang="zh"), out.read_text("utf-8"))[1]
    )
    refused = say("duty", "digest", "--out", str(tmp_path / "no" / "x.md"), code=1)
    assert (refused["refused"], refused["values"]["field"]) == ("BadField", "--out")


def test_a_simulation_is_a_list_and_files_and_writes_no_record(say: Say, tmp_path: Path) -> None:
    say("clock", "tick")
    before = len(say("duty", "list"))
    table, calendar = tmp_path / "c.csv", tmp_path / "c.ics"
    rows = say("clock", "simulate", "--until", "2027-10-01", "--csv", str(table), "--ics", str(calendar))
    assert {row["month"] for row in rows} >= {"2026-06", "2026-12", "2027-09"}
    assert {row["foretold"] for row in rows} == {True, False}
    assert len(table.read_text("utf-8-sig").splitlines()) == len(rows) + 1
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert len(say("duty", "list")) == before
    told = say("clock", "simulate", "--until", "2026-12-31", as_json=False, lang="zh")
    assert "应办事项（推演）" in told
    assert "不视为办结" not in told
    kept = say("clock", "simulate", "--until", "2026-12-31", "--kept", as_json=False, lang="zh")
    assert "只列出期限，不视为办结" in kept
    own = say("clock", "simulate", "--until", "2026-12-31", "--mine", "--as", "P-PRINCIPAL")
    assert {row["person"] for row in own} == {"P-PRINCIPAL"}


def test_another_wording_of_a_rule_is_tried_and_a_bad_one_refused(say: Say, tmp_path: Path) -> None:
    from domain import rules

    shipped = Path(str(rules.__file__)).parent / "risk-list-report.toml"
    other = tmp_path / "other.toml"
    other.write_text(shipped.read_text("utf-8").replace('"P3M"', '"P6M"'), "utf-8")
    rows = say("clock", "simulate", "--until", "2027-01-31", "--rules", str(other))
    assert {row["rule"] for row in rows} == {"risk-list-report"}
    assert {row["change"] for row in rows} == {"added", "dropped"}
    asked = ("clock", "simulate", "--until", "2027-01-31", "--rules", str(other))
    counts = Counter(row["change"] for row in rows)
    duties = len({row["code"] for row in say(*asked[:4])})
    assert say(*asked, as_json=False).splitlines()[-1] == (
        f"with '{other}', until 2027-01-31: of {duties} duties under the present rules 0 move,"
        f" {counts['dropped']} fall away, {counts['added']} are added; nothing was written"
    )
    assert f"取消 {counts['dropped']} 项，另新增 {counts['added']} 项" in say(
        *asked, as_json=False, lang="zh"
    )
    same = say("clock", "simulate", "--until", "2027-01-31", "--rules", str(shipped), as_json=False)
    assert f"none of {duties} due days differs" in same
    refused = say(*asked, "--ics", str(tmp_path / "x.ics"), code=1)
    assert (refused["refused"], refused["values"]["field"]) == ("BadField", "--ics")
    assert not (tmp_path / "x.ics").exists()
    other.write_text("id = 3", "utf-8")
    refused = say("clock", "simulate", "--until", "2027-01-31", "--rules", str(other), code=1)
    assert refused["values"]["field"] == "--rules"
    other.write_text("not toml", "utf-8")
    assert (
        say("clock", "simulate", "--until", "2027-01-31", "--rules", str(other), code=1)["refused"]
        == "BadField"
    )
