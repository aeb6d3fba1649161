"""What a safety officer who begins with an empty file stumbled over: helps, refusals and screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.rules import load_rulebook
from adapters.verbs.cells import accident
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
