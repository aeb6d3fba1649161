"""The rules at the command line: listed, shown with what is our reading, checked, and bound to a body on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.rule_titles import cited_title
from adapters.rules import load_rulebook, rule_files
from tests.faults.command_line import examples, run

FOLDER = Path(__file__).resolve().parents[2] / "domain" / "rules"


@pytest.fixture
def db(tmp_path: Path) -> str:
    file = str(tmp_path / "rules.db")
    run(file, "do", "--batch", text=examples())
    return file


def test_every_version_is_listed_with_its_citation(tmp_path: Path) -> None:
    rows = json.loads(run(str(tmp_path / "none.db"), "rules", "list", "--json").stdout)
    assert len(rows) == sum(len(held) for held in load_rulebook().wordings.values())
    assert all(row["cited"] and row["source"] and row["checked"] for row in rows)


def test_rules_of_one_kind_are_listed(tmp_path: Path) -> None:
    rows = json.loads(run(str(tmp_path / "none.db"), "rules", "list", "--kind", "calendar", "--json").stdout)
    assert [row["version"] for row in rows] == ["2024", "2025", "2026"]


def test_what_binds_a_body_on_a_day_is_listed_with_how_it_binds(db: str) -> None:
    def bound(day: str) -> dict[str, str]:
        rows = json.loads(run(db, "rules", "list", "--body", "KS-01", "--on", day, "--json").stdout)
        return {row["rule"]: row["standing"] for row in rows}

    assert "rectification-days" not in bound("2026-01-05")
    assert bound("2026-01-06")["rectification-days"] == "adopted; house rule"
    assert bound("2026-01-06")["working-days"] == "in force"
    assert "risk-list-report" not in bound("2026-01-06"), "the law of another place"


def test_what_binds_nobody_or_on_no_day_is_refused_by_a_sentence(db: str) -> None:
    assert "NOBODY" in run(db, "rules", "list", "--body", "NOBODY", expect=1).stderr
    assert "on" in run(db, "rules", "list", "--body", "KS-01", "--on", "soon", expect=1).stderr
    assert "on" in run(db, "rules", "list", "--on", "2026-01-01", expect=1).stderr


@pytest.mark.parametrize("rule", sorted(rule_files()))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_is_shown_with_every_version_and_citation(tmp_path: Path, rule: str, lang: str) -> None:
    told = run(str(tmp_path / "none.db"), "rules", "show", rule, "--lang", lang).stdout
    for one in rule_files()[rule]["version"]:
        assert one["version"] in told
        assert cited_title(one["citation"]["title"], rule, lang) in told
        assert one["citation"]["source"] in told
    assert "{" not in told


def test_what_is_our_reading_is_said_to_be_ours(tmp_path: Path) -> None:
    told = run(str(tmp_path / "none.db"), "rules", "show", "risk-list-update-notice", "--lang", "en").stdout
    lines = {line.split(" = ")[0].strip(): line for line in told.splitlines() if " = " in line}
    assert "our reading" in lines["days counted"]
    assert "our reading" not in lines["days"]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "没有名为“no-such-rule”的规则"), ("en", "there is no rule 'no-such-rule'")]
)
def test_a_rule_that_does_not_ship_is_refused(tmp_path: Path, lang: str, said: str) -> None:
    done = run(str(tmp_path / "none.db"), "rules", "show", "no-such-rule", "--lang", lang, expect=1)
    assert said in done.stderr and "rules list" in done.stderr


def test_the_shipped_rules_hold_no_fault(tmp_path: Path) -> None:
    assert json.loads(run(str(tmp_path / "none.db"), "rules", "check", "--json").stdout) == []


@pytest.mark.parametrize(
    ("was", "planted", "says"),
    [
        ('source = "law"', 'source = "rumour"', "source 'rumour'"),
        ("until = 2024-10-31", "until = 2020-10-31", "before it begins"),
        ("days = 3", "days = 0", "not at least one day"),
    ],
)
def test_a_file_of_ones_own_is_checked_among_the_shipped_ones(
    tmp_path: Path, was: str, planted: str, says: str
) -> None:
    text = (FOLDER / "risk-list-update-notice.toml").read_text("utf-8")
    assert was in text
    file = tmp_path / "risk-list-update-notice.toml"
    file.write_text(text.replace(was, planted), encoding="utf-8")
    done = run(str(tmp_path / "none.db"), "rules", "check", str(file), "--json", expect=1)
    assert [one["rule"] for one in json.loads(done.stdout) if says in one["fault"]] == [
        "risk-list-update-notice"
    ]


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe", None])
def test_a_file_that_is_no_rule_file_is_refused_by_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "planted.toml"
    if content is not None:
        file.write_bytes(content)
    assert "planted.toml" in run(str(tmp_path / "none.db"), "rules", "check", str(file), expect=1).stderr


# --- what a change of rules touches


def touched(db: str, *more: str) -> list[dict[str, object]]:
    asked = ("rules", "effect", "--body", "KS-01", "--on", "2026-04-01", "--until", "2027-04-01", "--json")
    found: list[dict[str, object]] = json.loads(run(db, *asked, *more).stdout)
    return found


@pytest.mark.clause("YT-24", "YT-42")
def test_texts_that_turn_are_listed_before_they_do(db: str) -> None:
    rows = [row for row in touched(db) if row["what"] == "turn"]
    assert [(row["day"], row["rule"], row["outcome"]) for row in rows] == [
        ("2026-07-01", "accident-types", "came_into_force")
    ]


@pytest.mark.clause("YT-24")
def test_past_verdicts_that_new_thresholds_would_change_are_listed_with_their_records(
    db: str, tmp_path: Path
) -> None:
    text = (FOLDER / "lec.toml").read_text("utf-8")
    file = tmp_path / "lec.toml"
    file.write_text(
        text.replace('min = "320"', 'min = "200"').replace('max = "320"', 'max = "200"'), encoding="utf-8"
    )
    rows = [row for row in touched(db, str(file)) if row["what"] == "verdict" and row["rule"] == "lec"]
    changed = [row for row in rows if row["outcome"] == "differs"]
    assert changed and all((row["was"], row["would_be"]) == ("larger", "major") for row in changed)
    assert all(isinstance(row["position"], int) for row in rows)
    assert not [row for row in touched(db) if row["rule"] == "lec"], "under the shipped file nothing differs"


def test_duties_that_another_period_would_add_move_or_drop_are_listed(db: str, tmp_path: Path) -> None:
    yearly = (FOLDER / "emergency-drill.toml").read_text("utf-8").replace('period = "P6M"', 'period = "P1Y"')
    file = tmp_path / "emergency-drill.toml"
    file.write_text(yearly, encoding="utf-8")
    assert [row for row in touched(db, str(file)) if row["what"] == "duty"] == []
    run(
        db,
        *("rules", "adopt", "--body", "KS-01", "--pack", "house-duties-2026", "--version", "1"),
        *("--as", "P-PRINCIPAL", "--at", "2026-04-01T08:00:00+08:00"),
    )
    rows = [row for row in touched(db, str(file)) if row["what"] == "duty"]
    assert [(row["rule"], row["was"], row["would_be"], row["outcome"]) for row in rows] == [
        ("emergency-drill", "2026-07-05 safety_officer", "2027-01-05 safety_officer", "differs")
    ]


def test_an_effect_is_asked_of_rules_without_faults_and_of_a_body_that_there_is(
    db: str, tmp_path: Path
) -> None:
    file = tmp_path / "lec.toml"
    file.write_text((FOLDER / "lec.toml").read_text("utf-8").replace('"low"', '"blue"'), encoding="utf-8")
    assert "blue" in run(db, "rules", "effect", "--body", "KS-01", str(file), expect=1).stderr
    assert "KS-99" in run(db, "rules", "effect", "--body", "KS-99", expect=1).stderr
    assert "until" in run(db, "rules", "effect", "--body", "KS-01", "--until", "soon", expect=1).stderr


def test_a_response_is_shown_without_words_of_its_file(tmp_path: Path) -> None:
    told = run(str(tmp_path / "none.db"), "rules", "show", "weather-response", "--lang", "zh").stdout
    told = told.partition("依据：")[0]  # the note below it is English, and says so
    assert "天气 = 雷电" in told
    assert not any(word in told for word in ("from ", "source ", "其他单位"))
