"""Lists on a narrow terminal tear no word and hide no value; in a pipe they stay whole tables."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.text import Text

import cli
from adapters.verbs.tables import fitting, print_list
from tests.adapting.pages import HOWTO, Reader
from tests.adapting.screens import shown

WIDTH = 80
LISTS = ("risk list", "duty list", "hazard list", "change list", "rules list --body MINE")


Watched = Callable[..., str]


class Terminal(io.StringIO):
    """An output that a person watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Calls something on a terminal of 80 columns; what it printed."""
    for name, value in {"COLUMNS": str(WIDTH), "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)

    def call(shows: Callable[..., None], *given: Any) -> str:
        screen = Terminal()
        with contextlib.redirect_stdout(screen), contextlib.suppress(SystemExit):
            shows(*given)
        return screen.getvalue()

    return call


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("narrow")
    reader = Reader(folder)
    reader.follow((HOWTO / "practice.md").read_text("utf-8"))
    by = "--as P-WANG --body MINE"
    for line in (
        "dualguard rules adopt --as P-ZHAO --body MINE --pack house-changes-2026 --version 1",
        f"dualguard change report {by} --change B-1 --kind process --what 更换压力机的控制系统 --scope unit:U-1-1",
        f"dualguard hazard register {by} --hazard YH-0001 --unit U-1-1 --title 光幕失灵 --description 遮挡后滑块未停",
        "dualguard report compile --as P-LI --body MINE --kind major-risk-report --period 2026-05",
    ):
        reader.does(line)
    return folder / "practice.db"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("line", LISTS)
def test_a_list_fits_a_narrow_terminal_and_tears_no_code(
    line: str, lang: str, file: Path, watched: Watched
) -> None:
    printed = watched(cli.main, [*line.split(), "--db", str(file), "--lang", lang])
    banner = "【演练文件，非真实记录】" if lang == "zh" else "[practice file: nothing here is real]"
    assert printed.splitlines()[0] == banner
    assert [one for one in printed.splitlines() if cell_len(one) > WIDTH] == []
    rows = json.loads(shown([*line.split(), "--json"], lang, file)[1])
    assert rows
    codes = {row[name] for row in rows for name in ("code", "person", "unit") if row.get(name)}
    assert {one for one in codes if one not in printed} == set()


@pytest.mark.parametrize("line", LISTS[:4])
def test_in_a_pipe_a_list_is_the_whole_table(line: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    _, piped, _ = shown(line.split(), "en", file)
    assert piped.splitlines()[1].startswith("┏")
    assert len(piped.splitlines()[1]) > WIDTH


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "line",
    [
        "risk list",
        "risk show R-1",
        "unit tree",
        "org tree",
        "clock status",
        "change show B-1",
        "report show major-risk-report.2026-05",
        "hazard history YH-0001",
        "hazard replay YH-0001",
    ],
)
def test_a_practice_file_says_so_once_above_all_else(line: str, lang: str, file: Path) -> None:
    _, printed, _ = shown(line.split(), lang, file)
    banner = "【演练文件，非真实记录】" if lang == "zh" else "[practice file: nothing here is real]"
    assert printed.startswith(f"{banner}\n")
    assert printed.count(banner) == 1


def texts(*rows: tuple[str, ...]) -> list[list[Text]]:
    return [[Text(one) for one in row] for row in rows]


def test_a_table_is_as_wide_as_the_terminal_where_only_sentences_are_wrapped(watched: Watched) -> None:
    rows = texts(
        ("R-0001", "a sentence that goes on for longer than the line is wide, but not for much longer")
    )
    printed = watched(print_list, ["code", "name"], rows, "", "en")
    assert printed.startswith("┏")
    assert max(map(cell_len, printed.splitlines())) <= WIDTH


def test_columns_without_any_value_go_first_and_are_named(watched: Watched) -> None:
    headings = [f"heading number {number}" for number in range(9)]
    printed = watched(print_list, headings, texts(("A" * 20, "B" * 20, *[""] * 7)), "", "en")
    assert printed.startswith("┏")
    assert "(empty: heading number 2, " in printed.replace("\n", " ")


def test_blocks_hold_every_value_where_no_table_fits(watched: Watched) -> None:
    headings, row = ["code", *"abcdefgh"], ("X" * 34, *(f"{'v' * 12}{at}" for at in range(8)))
    printed = watched(print_list, headings, texts(row, row), "duties", "zh")
    assert "┏" not in printed
    assert printed.startswith("duties\n1 ─")
    assert all(printed.count(f"{name}：{value}") == 2 for name, value in zip(headings, row, strict=True))


def test_a_value_in_brackets_is_shown_as_it_is(watched: Watched) -> None:
    assert "[bold]x" in watched(print_list, ["a"], texts(("[bold]x",)), "", "en")


def test_a_table_is_refused_that_would_tear_a_code_or_grow_too_tall() -> None:
    assert fitting(["code"], texts(("C" * 90,)), WIDTH) is None
    assert fitting(["what", "code"], texts(("word " * 80, "C" * 40)), WIDTH) is None
    assert fitting(["what", "code"], texts(("word " * 10, "C" * 40)), WIDTH) == [33, 40]
