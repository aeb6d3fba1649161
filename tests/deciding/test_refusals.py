"""Every refusal and every fault says its reason in both languages, with the values of the case."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import domain
from domain import refused
from domain.bodies import BodyKind
from domain.hazards import BEFORE
from domain.index import DECIDERS
from domain.labels import LABELS, Term, Thing, label, shown
from domain.labels_commands import COMMANDS
from domain.language import COLOUR, LEVELS
from domain.refused import (
    FaultError,
    Incomplete,
    InTheFuture,
    NoGrant,
    NotIndependent,
    OutOfTurn,
    Refused,
    Told,
)
from domain.roles import Role
from domain.units import UnitKind
from tests.deciding.given import sayable

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("domain", "projections", "adapters", "scheduler")


def told() -> list[type[Told]]:
    """Every class of refusal and fault there is."""
    for module in pkgutil.iter_modules(domain.__path__):
        import_module(f"domain.{module.name}")
    found: list[type[Told]] = []
    waiting: list[type[Told]] = [Refused, FaultError]
    while waiting:
        for one in waiting.pop().__subclasses__():
            found.append(one)
            waiting.append(one)
    return sorted(
        (one for one in set(found) if one.__module__.startswith(refused.__name__)),
        key=lambda one: one.__name__,
    )


TOLD = told()
NAMED = {one.__name__: one for one in TOLD}


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_there_are_refusals_and_faults() -> None:
    assert len([one for one in TOLD if issubclass(one, Refused)]) > 20
    assert len([one for one in TOLD if issubclass(one, FaultError)]) > 5


@pytest.mark.parametrize("one", TOLD)
def test_the_sentence_stands_in_both_languages_with_the_same_values(one: type[Told]) -> None:
    assert one.__dict__["zh"]
    assert one.__dict__["en"]
    assert {hole.removesuffix("_zh") for hole in holes(one.zh)} == {
        hole.removesuffix("_en") for hole in holes(one.en)
    }


@pytest.mark.parametrize("one", TOLD)
def test_the_chinese_sentence_is_chinese_and_the_english_one_is_not(one: type[Told]) -> None:
    assert any("\u4e00" <= char <= "\u9fff" for char in one.zh)
    assert not any("\u4e00" <= char <= "\u9fff" for char in one.en)


@pytest.mark.parametrize("one", TOLD)
def test_it_can_be_said(one: type[Told]) -> None:
    assert sayable(one(**{hole: f"<{hole}>" for hole in holes(one.zh) | holes(one.en)}))


def test_faults_end_in_error_and_refusals_name_their_reason() -> None:
    for one in TOLD:
        assert one.__name__.endswith("Error") is issubclass(one, FaultError), one


# --- every place that raises one gives it its values


def raised(tree: ast.Module) -> Iterator[tuple[int, str, set[str]]]:
    """(line, class, names of the values) of every refusal or fault that is made."""
    names = set(NAMED)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in names:
                assert not node.args, f"line {node.lineno}: values are named"
                yield node.lineno, called, {str(keyword.arg) for keyword in node.keywords}


def misfits(tree: ast.Module) -> list[str]:
    found = []
    for line, name, values in raised(tree):
        one = NAMED[name]
        needed = holes(one.zh) | holes(one.en)
        if values != needed:
            found.append(
                f"line {line}: {name} is given {sorted(values)}, its sentences need {sorted(needed)}"
            )
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_place_that_makes_one_gives_the_values_of_its_sentences(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {one}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for one in misfits(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'raise NotLater(asked="2026-01-01")',
        'raise NotLater(asked="2026-01-01", due="2026-01-02", more=1)',
        'raise refused.NotLater(due="2026-01-02")',
    ],
)
def test_a_missing_or_needless_value_is_noticed(planted: str) -> None:
    assert len(misfits(ast.parse(planted))) == 1


def test_every_refusal_is_made_somewhere() -> None:
    made = {
        name
        for folder in (*FOLDERS, "cli.py")
        for path in ([ROOT / folder] if folder.endswith(".py") else sorted((ROOT / folder).rglob("*.py")))
        if path.exists()
        for _, name, _ in raised(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert {one.__name__ for one in TOLD if issubclass(one, Refused)} - made == set()


# --- values inside a sentence


def test_identifiers_are_shown_by_their_label_and_plain_text_never_is() -> None:
    told = OutOfTurn(
        what=Thing("hazard", "YH-0001"), step=Term("planned"), command="CloseHazard", needs=[Term("verified")]
    )
    assert told.because("zh") == "事故隐患 YH-0001 处于“治理中”，不能执行“销号”；可执行的前提：已验收"
    assert told.because("en") == (
        "hazard YH-0001 is at step 'under rectification', so nobody can close the hazard; "
        "it would have to be at: verified"
    )
    assert shown("planned", "zh") == "planned"


def test_lists_are_joined_as_each_language_does() -> None:
    told = Incomplete(what="lec", missing=[Term("level"), "L"])
    assert told.because("zh") == "lec还缺少：风险等级、L"
    assert told.because("en") == "lec still lacks: level, L"


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    told = NotIndependent(person="{what}", part=Term("asker"), what="{0}", command="%s")
    assert told.because("en") == "{what} took part in {0} as asker of the extension and may not also %s"


def test_a_sentence_calls_a_command_by_what_it_does_and_machines_keep_its_name() -> None:
    told = NoGrant(person="p", scope="B", command="DecideLowering", roles=[Term("principal")])
    assert "审批等级下调" in told.because("zh")
    assert told.because("en").startswith("'p' holds no role in 'B' that may approve or reject a lower level")
    assert told.values["command"] == "DecideLowering"


def test_every_command_has_a_name_in_both_languages_and_no_two_share_one() -> None:
    named = {command.__name__ for one in DECIDERS for command in (*one.commands, *one.machine)}
    assert named - set(COMMANDS) == set(), "add what it is called to domain/labels_commands.py"
    assert set(COMMANDS) - named == set()
    for side in (0, 1):
        assert len({pair[side] for pair in COMMANDS.values()}) == len(COMMANDS)


def test_moments_are_told_in_chinas_time_and_machines_keep_them() -> None:
    told = InTheFuture(at="2026-07-10T00:00:00.000000Z", now="2026-07-09T23:59:58.500000Z")
    assert told.because("zh") == "发生时间 北京时间 2026-07-10 08:00 晚于现在 北京时间 2026-07-10 07:59:58"
    assert told.because("en") == (
        "it cannot have happened at 2026-07-10 08:00 (UTC+8): now is 2026-07-10 07:59:58 (UTC+8)"
    )
    assert told.values["at"] == "2026-07-10T00:00:00.000000Z"


def test_the_values_stay_for_machines() -> None:
    told = Incomplete(what="lec", missing=["L"])
    assert told.name == "Incomplete"
    assert told.values == {"what": "lec", "missing": ["L"]}


# --- labels


def terms(path: Path) -> Iterator[str]:
    """The identifiers that a module writes out as Term or as the kind of a Thing, and the parts somebody took."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in ("Term", "Thing") and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)
        if node.func.id == "need_independent":
            yield from (str(keyword.arg) for keyword in node.keywords)


def test_every_identifier_that_a_sentence_shows_has_a_label() -> None:
    written = {one for path in sorted((ROOT / "domain").glob("*.py")) for one in terms(path)}
    steps = {step for before in BEFORE.values() for step in before} | {"identified", "assessed", "retired"}
    shown_too = {*LEVELS, *COLOUR.values(), *get_args(Role), *get_args(UnitKind), *get_args(BodyKind)}
    names = {decider.name for decider in DECIDERS}
    assert (written | steps | shown_too | names) - set(LABELS) == set()
    assert "responsible_person" in written


def test_every_label_stands_in_both_languages() -> None:
    for identifier in LABELS:
        assert label(identifier, "zh"), identifier
        assert label(identifier, "en"), identifier


def test_an_identifier_without_a_label_is_shown_as_it_is() -> None:
    assert label("no-such-identifier", "zh") == "no-such-identifier"
