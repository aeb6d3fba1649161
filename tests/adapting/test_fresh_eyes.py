"""What a safety officer who begins with an empty file stumbled over: helps, refusals and screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.rules import load_rulebook
from adapters.verbs.cells import accident
from adapters.verbs.report_papers import meaning
from tests.adapting.screens import shown

AS = ["--as", "P-A", "--body", "B"]
RISK = [
    *("risk", "identify", *AS, "--risk", "R-1", "--unit", "U-1", "--name", "压力机", "--factor", "210111"),
    *("--factor-edition", "GB/T 13861-2022", "--accident-types", "机械伤害", "--cause", "光幕失效"),
    *("--consequence", "手部伤害", "--impact", "操作工"),
]


def done(file: Path, *line: str) -> None:
    code, _, complained = shown(list(line), "en", file)
    assert code == 0, complained


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A body with a unit and a risk by LEC."""
    made = tmp_path / "a.db"
    done(made, "init", "--practice", "--now", "2026-06-01T08:00:00+08:00")
    where = ["--kind", "enterprise", "--area", "320113", "--sector", "coal_mine"]
    done(made, "body", "register", *AS, "--name", "N", *where)
    done(made, "rules", "adopt", *AS, "--pack", "house-2026", "--version", "1")
    done(made, "unit", "register", *AS, "--unit", "U-1", "--name", "车间", "--kind", "main")
    done(made, *RISK)
    return made


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "规则文件格式的表"), ("en", "a table in the form of a rule file")]
)
def test_the_table_of_an_own_method_is_a_file_and_no_folder(lang: str, said: str) -> None:
    _, told, _ = shown(["rules", "adopt-own-method", "--help"], lang)
    assert said in " ".join(told.split())


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["--people", '{"person": "a b"}'], "--people.person"),
        (["--people", '{"person": "P-1"}', "--people", '{"person": "a b"}'], "--people[1].person"),
    ],
)
def test_a_refused_option_is_named_as_it_was_typed(given: list[str], named: str, file: Path) -> None:
    code, _, complained = shown(["people", "register", *AS, *given], "en", file)
    assert (code, complained.split(": ")[1]) == (1, f"field {named}")


def test_a_refused_value_of_many_is_named_by_its_option(file: Path) -> None:
    line = ["\x07" if one == "机械伤害" else one for one in RISK]
    _, _, complained = shown(line, "en", file)
    assert complained.startswith("refused: field --accident-types:")


@pytest.mark.parametrize("body", [[], ["--body", "B"]])
def test_what_if_names_the_methods_there_are(body: list[str], file: Path) -> None:
    code, _, complained = shown(["risk", "what-if", "--method", "LEC", *body], "en", file)
    assert code == 1
    assert "to be had: direct, lec, ls, mes" in complained


def test_a_sector_has_one_spelling_in_all_rules() -> None:
    bound = {one for held in load_rulebook().wordings.values() for wording in held for one in wording.who}
    told = [one.replace("_and_", "_") for one in bound]
    assert len(told) == len(set(told))


def test_an_english_screen_says_a_type_of_accident_in_english_too(file: Path) -> None:
    _, told, _ = shown(["risk", "show", "R-1"], "en", file)
    assert "accident types: machinery injury (机械伤害)" in told
    assert accident("机械伤害", "zh") == "机械伤害"
    assert accident("自定类型", "en") == "自定类型"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "人工交办：组织应急演练"), ("en", "assigned by a person: 组织应急演练")]
)
def test_the_list_of_duties_says_what_a_person_asked_for(
    lang: str, said: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    done(file, "people", "register", *AS, "--people", '{"person": "P-1"}')
    done(
        file,
        *("duty", "raise", *AS, "--duty", "D-1", "--title", "组织应急演练"),
        *("--owed-by", "P-1", "--due", "2026-07-10"),
    )
    _, listed, _ = shown(["duty", "list"], lang, file)
    assert said in listed


def test_a_report_of_a_month_that_has_not_begun_is_refused_by_its_period(file: Path) -> None:
    line = ["report", "compile", *AS, "--kind", "major-risk-report", "--period", "2026-07"]
    assert shown(line, "en", file)[::2] == (
        1,
        "refused: field --period: 2026-07 has not begun (it begins on 2026-07-01)\n",
    )


def test_a_figure_of_one_risk_is_not_called_by_the_number_of_risks() -> None:
    assert meaning("risks/R-2/level_at_end", "zh") == "安全风险 / R-2 / 期末等级"
    assert meaning("totals/major_at_end", "zh") == "期末重大风险数"


def test_a_folder_without_events_is_told_and_not_passed_over(file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "events"
    (empty / "below").mkdir(parents=True)
    code, _, complained = shown(["feed", "equipment", str(empty), "--body", "B"], "en", file)
    assert code == 0
    assert "holds no file to read" in complained
