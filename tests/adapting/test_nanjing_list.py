"""The shipped list of Nanjing's pilot enterprises is the list that the city printed."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from adapters.data import nanjing

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"

SECTOR = re.compile(r"[一二三]、(?P<name>.+)试点企业")
DISTRICT = re.compile(r"（[一二三四五六七八九十]+）(?P<name>.+?)[（(](?P<count>\d+)家[）)]")
ENTERPRISE = re.compile(r"(?P<number>\d+)、(?P<name>.+)")

# Division codes of Nanjing's districts, kept apart from the file so that a slip in a row shows.
AREAS = {
    "玄武区": ("xuanwu", "320102"),
    "秦淮区": ("qinhuai", "320104"),
    "建邺区": ("jianye", "320105"),
    "鼓楼区": ("gulou", "320106"),
    "浦口区": ("pukou", "320111"),
    "栖霞区": ("qixia", "320113"),
    "雨花台区": ("yuhuatai", "320114"),
    "江宁区": ("jiangning", "320115"),
    "六合区": ("liuhe", "320116"),
    "溧水区": ("lishui", "320117"),
    "高淳区": ("gaochun", "320118"),
    "江北新区": ("jiangbei-new-area", "320100"),
    "江宁经济技术开发区": ("jiangning-development-zone", "320100"),
    "南京经济技术开发区": ("nanjing-development-zone", "320100"),
}

Row = tuple[str, str, int, str]


@pytest.fixture(scope="module")
def annex() -> str:
    """Annex 1 as printed; the text is a judge of ours and is never copied into the project."""
    found = sorted(SEEDS.glob("000*.txt"))
    if not found:
        pytest.skip("the printed plan (../shared/seeds/000*.txt) is not on this machine")
    text = found[0].read_text(encoding="utf-8")
    start = text.index("\n附件1\n")
    return text[start : text.index("\n附件2\n", start)]


def printed(annex: str) -> tuple[list[Row], dict[tuple[str, str], int]]:
    """The rows (sector, district, number, name) and the counts printed behind each district."""
    rows: list[Row] = []
    counts: dict[tuple[str, str], int] = {}
    sector = district = ""
    for line in map(str.strip, annex.splitlines()):
        if match := SECTOR.fullmatch(line):
            sector = match["name"]
        elif match := DISTRICT.fullmatch(line):
            district = match["name"]
            counts[sector, district] = int(match["count"])
        elif match := ENTERPRISE.fullmatch(line):
            rows.append((sector, district, int(match["number"]), match["name"].strip()))
    return rows, counts


def test_names_districts_and_order_are_those_of_the_printed_plan(annex: str) -> None:
    rows, _ = printed(annex)
    shipped = [(e.sector_zh, e.district_zh, e.number, e.name) for e in nanjing.enterprises()]
    assert shipped == rows


def test_every_district_has_as_many_enterprises_as_its_printed_heading_says(annex: str) -> None:
    _, counts = printed(annex)
    assert Counter((e.sector_zh, e.district_zh) for e in nanjing.enterprises()) == counts


def test_a_changed_name_would_be_seen(annex: str) -> None:
    rows, _ = printed(annex)
    changed, _ = printed(annex.replace("南京造币有限公司", "南京造纸有限公司"))
    assert changed != rows


def test_the_list_holds_4_mines_30_chemical_and_86_other_enterprises() -> None:
    assert nanjing.count_by_sector() == nanjing.SECTORS
    assert len(nanjing.enterprises()) == 120


def test_no_code_and_no_name_occurs_twice() -> None:
    assert len({e.code for e in nanjing.enterprises()}) == 120
    assert len({e.name for e in nanjing.enterprises()}) == 120


def test_a_code_is_the_sector_letter_and_the_printed_number() -> None:
    letters = {"non_coal_mine": "K", "hazardous_chemicals": "W", "industry_and_trade": "G"}
    for e in nanjing.enterprises():
        assert e.code == f"NJ-{letters[e.sector]}{e.number:02}"


def test_numbers_run_through_each_sector_without_a_gap() -> None:
    for sector, count in nanjing.SECTORS.items():
        numbers = [e.number for e in nanjing.enterprises() if e.sector == sector]
        assert numbers == list(range(1, count + 1))


def test_each_district_has_one_slug_and_one_area_code() -> None:
    for e in nanjing.enterprises():
        assert (e.district, e.area) == AREAS[e.district_zh]


def test_names_carry_no_blanks_at_their_ends() -> None:
    assert all(e.name == e.name.strip() and e.name for e in nanjing.enterprises())


def test_an_enterprise_cannot_be_changed_after_reading() -> None:
    with pytest.raises(FrozenInstanceError):
        nanjing.enterprises()[0].name = "another"  # type: ignore[misc]
