"""What the machine recorded in both languages is told in the reader's; what people wrote is left alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.halves import half
from adapters.verbs.cells import word
from domain.equipment_types import TYPES, Said, told
from domain.holidays import PROVISIONAL, ComingHoliday, change_of
from domain.law_reports import LATE
from domain.weather_changes import report
from tests.adapting.screens import CHINESE
from tests.architecture import tree

BOTH = re.compile(r"[\u4e00-\u9fff].* / [A-Za-z]")
"""How a sentence in both languages looks."""
PIECES = ("施行 / in force from", "失效 / ended as of", "（事后补录")
"""Of the sentence on a text that turned, which a test of its own puts together."""
SAMPLES = {"day": "2026-03-05", "one.until": "2026-03-05", "days": "2026-03-05 – 2026-03-07"}


def written(root: Path, path: Path) -> Iterator[str]:
    """The sentences in both languages that a module's code makes, with something in each gap."""
    whole = ast.parse((root / path).read_text("utf-8"))
    pieces = {id(one) for node in ast.walk(whole) if isinstance(node, ast.JoinedStr) for one in node.values}
    for node in ast.walk(whole):
        if id(node) in pieces:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [
                str(one.value) if isinstance(one, ast.Constant) else SAMPLES.get(ast.unparse(one.value), "Xy")
                for one in node.values
                if isinstance(one, ast.Constant | ast.FormattedValue)
            ]
            text = "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if BOTH.search(text) and "\n" not in text:
            yield text


def sources() -> list[Path]:
    """Where the machine's own sentences are written; examples and labels are no code that writes records."""
    places = ("domain", "scheduler", "adapters")
    return [
        path
        for path in tree.files()
        if path.suffix == ".py"
        and path.parts[0] in places
        and (len(path.parts) == 2 or path.parts[1] == "feeds")
        if not path.name.startswith(("example", "labels", "halves"))
    ]


def test_every_sentence_that_the_machine_writes_in_both_languages_is_told_in_one() -> None:
    found = [text for path in sources() for text in written(tree.ROOT, path) if not text.startswith(PIECES)]
    assert len(found) > 10
    assert [text for text in found if half(text, "zh") == text] == []
    assert [text for text in found if BOTH.search(half(text, "zh") + half(text, "en"))] == []
    assert [text for text in found if CHINESE.search(half(text, "en"))] == []
    assert [text for text in found if not CHINESE.search(half(text, "zh"))] == []


def test_a_sentence_of_a_shape_that_nobody_knows_is_found(tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text('def f(x): return f"新的原因 {x} / a new reason {x}"\n', "utf-8")
    [text] = written(tmp_path, Path("new.py"))
    assert half(text, "zh") == text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stands_in_both_halves_stays(lang: str) -> None:
    zh = lang == "zh"
    episode = {"episode": "320115.rainstorm.1", "area_name": "某区", "area": "320115", "kind": "rainstorm"}
    weather = report("B", {**episode, "level": "orange"}, "2026-06-15").what
    assert half(weather, lang) == ("某区暴雨橙色预警" if zh else "orange warning of rainstorm in 某区")
    days = ("2027-02-05", "2027-02-08", "2027-01-29")
    holiday = change_of("B", "C", ComingHoliday("2027-s", "春节", "Spring Festival", *days, True), ("R",))
    told_days = "2027-02-05 – 2027-02-08"
    assert half(holiday.what, lang) == (f"春节假期：{told_days}" if zh else f"Spring Festival: {told_days}")
    assert half(PROVISIONAL, lang) in PROVISIONAL.split(" / ")
    assert half("恢复生产 / restart: 光幕 / 24 V", lang) == (
        "恢复生产：光幕 / 24 V" if zh else "restart: 光幕 / 24 V"
    )
    assert half("恢复生产 / restart: 所定最后一日已过 / its stated last day has passed", lang) == (
        "恢复生产：所定最后一日已过" if zh else "restart: its stated last day has passed"
    )
    turned = f"某办法 某令第1号 施行 / in force from 2026-07-01{LATE}"
    told_turn = (
        "某办法 某令第1号：2026-07-01 施行（" if zh else "某办法 某令第1号 in force from 2026-07-01 (for"
    )
    assert half(turned, lang).startswith(told_turn)
    for name, one in TYPES.items():
        assert half(told(name, Said(equipment="P-1")), lang).rstrip() == (
            f"{one.zh}：P-1" if zh else f"{one.en}: P-1"
        )


@pytest.mark.parametrize(
    "text",
    [
        "更换光幕 / new light curtain",
        "恢复生产 / 复工",
        "预警 / warning",
        "24 V / 10 A",
        "风险已停用 / the risk was retired, says P-LI",
        "2026 / 27",
    ],
)
def test_what_somebody_wrote_is_left_alone(text: str) -> None:
    assert (half(text, "zh"), half(text, "en")) == (text, text)
    assert word("zh", "change_what", text) == text


def test_a_cell_holds_the_readers_half() -> None:
    assert word("zh", "change_what", "风险已停用 / the risk was retired") == "风险已停用"
    assert word("en", "change_what", "风险已停用 / the risk was retired") == "the risk was retired"
