"""What a Chinese reader sees of rules, simulation, reports and papers is Chinese: no identifier stands there bare."""

from __future__ import annotations

import html
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.papers.compiling import Paper
from adapters.rules import rule_files
from adapters.verbs.rule_words import lines, rule_title, word
from tests.adapting import screens
from tests.adapting.paper_plant import MONTHLY, NOTICE, QUARTERLY, PaperPlant
from tests.adapting.practice import dualguard

BARE = re.compile(r"(?<![\w.\-/#])[a-z]{2,}(?:[_-][a-z]+)*(?![\w.\-/=])")
"""A word of lower-case letters alone: what a code would have besides, a digit, a capital or a dot, is left out."""
COMMANDS = frozenset({"report", "explain", "calendar", "load", "dualguard", "demo"})
"""Words that a reader types, and the name of the program."""
CODES = frozenset(
    {"mm", "jpeg", "png", "too-few", "spacing", "no-ladder", "level", "blocked", "feed", "hot-work-matrix"}
)
"""Units, kinds of files, and codes of conditions and methods."""


def bare(text: str, *typed: str) -> set[str]:
    return set(BARE.findall(text)) - COMMANDS - set(typed)


def printed(paper: Paper) -> str:
    page = re.sub(r"<style.*?</style>|<title.*?</title>", "", paper.html["zh"].decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def test_what_is_bare_is_found() -> None:
    assert bare("责任人 safety_officer，规则 measures-check") == {"safety_officer", "measures-check"}
    assert bare("编号 R-0001 major-risk-report.2026-09 P1M") == set()


@pytest.mark.parametrize(
    ("kind", "period"), [(MONTHLY, "2024-03"), (QUARTERLY, "2024-Q1"), (NOTICE, "2024-03-12_2024-03-15")]
)
def test_a_chinese_paper_has_no_bare_identifier(kind: str, period: str) -> None:
    from domain.control_assignment import AssignControl
    from tests.projecting.plant import ANSWERS, LEAD, WORKER

    plant = PaperPlant().march()
    plant.control("R-1", "C-1", 1, body="YT-01")
    plant.give(LEAD, AssignControl("YT-01", "R-1", "C-1", "team", person=ANSWERS))
    paper, _ = plant.compiled(kind, period)
    own = {"guard", "it", "works", "worn", "rope", "cage", "falls", "passengers", WORKER, ANSWERS, LEAD}
    people = set(re.findall(r"p-[a-z]+", printed(paper)))
    assert bare(printed(paper), *own, *people) == set(), "but what people wrote and whom they named"


@pytest.mark.parametrize("rule", sorted(rule_files()))
def test_a_rule_has_a_chinese_title_and_words_for_its_fields(rule: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", rule_title(rule, "zh"))
    found = rule_files()[rule]
    assert re.search(r"[\u4e00-\u9fff]", word(found["kind"], "zh")), found["kind"]
    for version in found["version"]:
        assert re.search(r"[\u4e00-\u9fff]", word(version["source"], "zh"))
        assert all(re.search(r"[\u4e00-\u9fff]", word(one, "zh")) for one in version["who"])
        for key, value in version["value"].items():
            first = lines(str(key), value, 1, "zh")[0]
            assert re.search(r"[\u4e00-\u9fff]", first), first
            if found["kind"] in ("period", "days", "months", "line", "pack"):
                told = "\n".join(line for line in lines(str(key), value, 1, "zh") if "版本" not in line)
                assert not bare(told), told


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("screens") / "year.db"
    dualguard("demo", "--json", "--db", str(made), "--lang", "zh")
    return made


def screen(file: Path, *arguments: str) -> str:
    return dualguard(*arguments, "--db", str(file), "--lang", "zh").stdout


@pytest.mark.slow
def test_simulation_and_reports_of_the_demo_are_chinese(file: Path) -> None:
    assert not bare(screen(file, "clock", "simulate", "--until", "2027-12-31"))
    assert not bare(screen(file, "rules", "list"), *rule_files())
    for code in ("major-risk-report.2026-09", "risk-list-report.2026-Q3"):
        shown = screen(file, "report", "show", code, "--body", "NJ-G66")
        shown, keys = re.subn(r"│ [\w./\-]+ *│\n", "│\n", shown)
        assert keys, "the last column is the key of each figure"
        assert not bare(shown, *rule_files()), "a citation names the rule by its code"
        assert "None" not in shown
        assert "{" not in shown


@pytest.mark.slow
@pytest.mark.parametrize("line", screens.WORDED)
def test_a_screen_of_the_demo_has_no_bare_word(file: Path, line: str) -> None:
    """Here people wrote Chinese too, so that any word of lower-case letters would be one of ours."""
    code, printed, _ = screens.shown(shlex.split(line), "zh", file)
    assert code == 0
    assert not screens.faults(printed)
    assert not bare(printed, *rule_files(), *CODES)


def test_mine_without_a_person_is_refused_and_an_unpublished_year_is_said_to_be_provisional(
    tmp_path: Path,
) -> None:
    empty = str(tmp_path / "a.db")
    dualguard("init", "--db", empty)
    for verb in (["duty", "list"], ["clock", "simulate", "--until", "2099-01-01"]):
        ran = dualguard(*verb, "--mine", "--db", empty, "--lang", "en", code=1)
        assert "--mine needs --as" in ran.stderr
    told = dualguard("calendar", "show", "--year", "2031", "--db", empty, "--lang", "en").stdout
    assert "no notice is known for 2031" in told
    assert "┃" not in told, "no table without a row"


def test_the_words_are_there_without_a_database() -> None:
    ran = subprocess.run(
        [sys.executable, "cli.py", "rules", "show", "measures-check", "--lang", "zh"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        encoding="utf-8",
    )
    assert "末日遇休息日 = 不变" in ran.stdout
