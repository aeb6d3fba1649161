"""Everything a person reads is in their language, in words: fields, options, problems, refusals, sentences."""

from __future__ import annotations

import dataclasses
import json
import re
import sqlite3
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import click
import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.problems import in_chinese, problem, problem_of, quoted
from adapters.retracing_fields import core_of
from adapters.tell import event_sentence
from adapters.verbs.cells import cell, percent, word
from adapters.verbs.columns import OWN, column
from adapters.verbs.commanding import FieldOption
from adapters.verbs.field_words import field_word, value_word
from domain.duty_raising import DutyAssigned
from domain.hazard_state import Hazard
from domain.index import COMMANDS, MACHINE_COMMANDS
from domain.inspection_answers import ItemAnswered
from domain.labels import ANY_BODY, Both, Term, Thing, shown
from domain.refused import Incomplete, UnknownThing
from domain.reports import ReportSubmitted
from tests.adapting import screens
from tests.adapting.screens import CHINESE
from tests.faults.command_line import run


def fields_of(shape: type, seen: set[type]) -> set[str]:
    names: set[str] = set()
    hints = get_type_hints(shape, include_extras=True)
    for one in dataclasses.fields(shape):
        names.add(one.name)
        core = core_of(hints[one.name])
        core = core_of(core.__args__[0]) if get_origin(core) is tuple else core
        if dataclasses.is_dataclass(core) and isinstance(core, type) and core not in seen:
            names |= fields_of(core, seen | {core})
    return names


def test_every_field_of_a_command_and_of_a_hazards_state_has_a_name_in_chinese() -> None:
    shapes: list[type] = [Hazard, *COMMANDS.values(), *MACHINE_COMMANDS.values()]
    names = {name for shape in shapes for name in fields_of(shape, set())}
    assert len(names) > 300
    assert {name for name in names if not CHINESE.search(field_word(name, "zh"))} == set()
    assert field_word("no_such_field", "zh") == "no such field", "so a field without a name is found"


def json_options(lang: str) -> list[tuple[str, FieldOption, str]]:
    """Every option whose value has a form of its own: the verb, the option, and what its help says."""
    found = []
    for words, verb in screens.verbs(lang):
        verb.get_help(click.Context(verb, info_name=words[-1]))  # words the options
        found += [(" ".join(words), one, one.help or "") for one in verb.params if isinstance(one, FieldOption)]
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_of_an_option_names_the_fields_of_its_json_and_the_words_of_a_choice(lang: str) -> None:
    fields = words = 0
    for verb, option, told in json_options(lang):
        if dataclasses.is_dataclass(option.shape):
            for one in dataclasses.fields(option.shape):
                assert f'"{one.name}": ' in told, (verb, option.name, one.name)
            fields += 1
        for one in get_args(option.shape) if get_origin(option.shape) is Literal else ():
            assert str(one) in told, (verb, option.name, one)
            words += 1
    assert fields > 20
    assert words > 20


MIXED = re.compile(f"{CHINESE.pattern} / [A-Za-z]")
ENGLISH = re.compile(r"(?:\b[a-z]{2,} ){3}[a-z]{2,}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_of_every_verb_speaks_one_language(lang: str) -> None:
    told = screens.verbs(lang)
    assert len(told) > 250
    mixed: list[str] = []
    for words, verb in told:
        out = verb.get_help(click.Context(verb, info_name=" ".join(words)))
        about = out.partition("\n\n")[2].partition("\n\n")[0]
        assert bool(CHINESE.search(about)) == (lang == "zh"), (words, about)
        mixed += [f"{words}: {line}" for line in out.splitlines() if MIXED.search(line)]
        if lang == "zh":
            assert "[选项]" in out
            lines = [line for line in out.splitlines() if ENGLISH.search(line) and not CHINESE.search(line)]
            mixed += [
                f"{words}: {line}" for line in lines if "KIND:CODE" not in line and words[0] != "change"
            ]
    assert mixed == []


def test_a_line_in_two_languages_is_found() -> None:
    assert MIXED.search("  --store FOLDER  证据库 / evidence store")
    assert ENGLISH.search("  --withdrawn  what was withdrawn before too")


class Guarded(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(max_length=3, min_length=1)]
    kind: Literal["a", "b"] = "a"
    many: list[int] = Field(default=[], max_length=1)
    code: Annotated[str, Field(pattern="^[A-Z]+$")] = "A"
    count: int = Field(default=1, ge=1)
    flag: bool = False
    inner: dict[str, str] = {}


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({}, "必填", "is required"),
        ({"name": 3}, "必须是文字", "must be text"),
        ({"name": ""}, "不能为空", "must not be empty"),
        ({"name": "long"}, "超过 3 个字符", "is longer than 3 characters"),
        ({"name": "a", "other": 1}, "没有这个字段", "is not a field here"),
        ({"name": "a", "kind": "c"}, "可选值：'a'、'b'", "must be one of 'a' or 'b'"),
        ({"name": "a", "many": [1, 2]}, "超过 1 项", "has more than 1 items"),
        ({"name": "a", "many": {}}, "必须是列表", "must be a list"),
        ({"name": "a", "code": "a"}, "写法不符", "is not written as it must be"),
        ({"name": "a", "count": 0}, "不能小于 1", "must be 1 or more"),
        ({"name": "a", "count": "1"}, "必须是整数", "must be a whole number"),
        ({"name": "a", "flag": "yes"}, "必须是 true 或 false", "must be true or false"),
        ({"name": "a", "inner": []}, "必须是对象", "must be an object"),
    ],
)
def test_a_validations_common_errors_are_told_in_both_languages(
    given: dict[str, Any], zh: str, en: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Guarded.model_validate(given)
    assert problem(refused.value.errors()[0]) == (zh, en)


def test_an_error_without_a_translation_is_quoted_as_english() -> None:
    told = problem({"type": "never_heard_of", "msg": "something is odd"})
    assert told == ("（英文原文）something is odd", "something is odd")


def caught(call: Any, *given: Any) -> BaseException:
    with pytest.raises(Exception) as found:
        call(*given)
    return found.value


@pytest.mark.parametrize(
    ("call", "given", "zh"),
    [
        (tomllib.loads, "a = \nb", "第 1 行第 5 列：TOML 写法有误"),
        (json.loads, '{"a":1,', "第 1 行第 8 列：此处应有带双引号的名称"),
        (json.loads, "[1] 2", "第 1 行第 5 列：后面还有多余的内容"),
        (bytes.decode, b"\xff", "不是 UTF-8 文字"),
        (open, "/no/such/file", "文件或文件夹不存在"),
        (open, "/", "它是文件夹"),
        (sqlite3.connect, "/no/such/file", "无法打开数据库文件"),
    ],
)
def test_what_the_system_and_libraries_say_is_translated(call: Any, given: Any, zh: str) -> None:
    told = problem_of(caught(call, given))
    assert told.zh == zh
    assert not CHINESE.search(told)
    assert shown(told, "zh") == zh
    assert shown(told, "en") == str(told)


def test_a_text_of_a_library_that_stands_in_no_table_is_quoted() -> None:
    assert in_chinese("the moon is full") == quoted("the moon is full")
    assert problem_of(RuntimeError()).zh == quoted("RuntimeError")
    assert str(Both("x", "某")) == "x"


def test_bad_xml_is_told_by_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<a>\n<b></a>")
    screens.shown(["init", "--practice"], file=tmp_path / "a.db")
    code, _, said = screens.shown(["feed", "weather", str(tmp_path / "bad.xml")], file=tmp_path / "a.db")
    assert code == 1
    assert "第 2 行第 6 列：起止标记不匹配" in said


def test_whoever_is_refused_as_the_machines_account_is_told_how_to_say_who_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    about = ["--kind", "enterprise", "--area", "320115", "--sector", "non_coal_mine", "--name", "x"]
    screens.shown(["body", "register", "--body", "KS-01", *about, "--as", "P-9"], file=file)
    rename = ["unit", "rename", "--body", "KS-01", "--unit", "U-1", "--name", "x"]
    assert "请用 --as" in screens.shown(rename, file=file)[2]
    assert "--as PERSON" in screens.shown(rename, "en", file)[2]
    assert "--as" not in screens.shown([*rename, "--as", "P-1"], file=file)[2]


def test_what_all_bodies_share_is_said_in_words() -> None:
    shared = UnknownThing(kind=Term("feed"), code="F-1", body="*")
    assert shared.because("zh") == "没有登记过数据源“F-1”（责任单位：全体共用）"
    assert "*" not in shared.because("en")
    assert "不限" in UnknownThing(kind=Term("hazard"), code="F-1", body=ANY_BODY).because("zh")


def test_a_code_is_set_off_from_the_word_after_it() -> None:
    told = Incomplete(what=Thing("hazard", "YH-0007"), missing=[Term("funds")])
    assert told.because("zh") == "事故隐患 YH-0007 还缺少：资金"


def test_a_sentence_leaves_out_what_its_record_does_not_say() -> None:
    said = ItemAnswered("1", "pass", "", (), "", "", "2026-03-01T01:00:00.000000Z", ("P-1",), None)
    assert event_sentence(said, "zh") == "检查项 1：符合。（P-1 于 北京时间 2026-03-01 09:00）"
    assert event_sentence(said, "en") == "item 1: pass. (by P-1 at 2026-03-01 09:00 (UTC+8))"


def test_cells_are_words() -> None:
    assert word("zh", "path", "on_the_spot") == "即查即改"
    assert word("zh", "path", "long") == "完整流程"
    assert word("en", "anything", "on_the_spot") == "fixed on the spot"
    assert word("zh", "title", "long") == "long", "a text of one word that somebody wrote stays"
    assert word("zh", "weekday", 1) == "周一"
    assert word("zh", "by", "policy") == "系统联动"
    assert word("zh", "rate", "0.8000") == "80%"
    assert (percent("1.0000"), percent("0.3333"), percent("0.0000")) == ("100%", "33.33%", "0%")
    assert str(cell("zh", "working", True)) == "是"
    assert str(cell("zh", "drawn_at", "2026-03-01T01:00:00.000000Z")) == "2026-03-01 09:00"
    assert word("zh", "what", "since 2026-03-01T01:00:00Z") == "since 2026-03-01 09:00"


def test_a_heading_is_that_of_its_own_screen() -> None:
    assert column("overdue", "zh", "hazard list") == "曾逾期"
    assert column("overdue", "zh", "hazard rates") == "逾期未完成"
    assert column("overdue", "zh", "duty list") == "曾逾期"
    assert column("failed", "zh", "projections status") == "故障"
    assert column("failed", "zh", "inspection list") == "不符合"
    assert all(CHINESE.search(zh) for own in OWN.values() for zh, _ in own.values())


def test_values_of_fields_are_words() -> None:
    assert value_word("step", "unknown", "zh") == "未登记"
    assert value_word("found_at", "2026-03-01T01:00:00.000000Z", "zh") == "2026-03-01 09:00"
    assert value_word("answers", {"I-1": "yes"}, "zh") == "（I-1：是）"
    assert value_word("rectifiers", (), "zh") == "—"


def test_what_may_be_given_is_named_with_its_words_and_a_json_field_with_its_form(tmp_path: Path) -> None:
    file = str(tmp_path / "words.db")
    grant = ("role", "grant", "--as", "P-1", "--body", "B", "--lang", "zh", "--grants")
    told = run(file, *grant, '{"person": "P-1", "role": "安全员"}', expect=1).stderr
    assert "'safety_officer'（安全管理人员）、'workshop_lead'（车间负责人）" in told
    assert """应写成 '{"person": …, "role": …}'""" in run(file, *grant, "安全员", expect=1).stderr


def test_a_reason_or_a_due_day_that_nobody_gave_is_not_told() -> None:
    assigned = DutyAssigned("演练", "body", "B", "P-1", "person", "2026-07-10", "P-2", "", ())
    assert event_sentence(assigned, "zh") == "P-2 交办“演练”：P-1 须在 2026-07-10 前完成"
    assert event_sentence(dataclasses.replace(assigned, reason="年度"), "zh").endswith("前完成；原因：年度")
    submitted = ReportSubmitted(2, "sub_district", "7", None, None, (), "2026-02-28", 41)
    assert event_sentence(submitted, "zh") == "第 2 稿报送街道办事处（7）"
    assert event_sentence(submitted, "en").endswith("(7)")
