"""Every rule that ships is tried by a test of its own, which says so with `@pytest.mark.rule("name-of-the-rule")`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SILENT = frozenset({"skip", "skipif", "xfail"})


def tried(tree: ast.Module) -> Iterator[str]:
    """The rules that the module's tests name; a test that may be left out shows nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = [one for decorator in node.decorator_list for one in ast.walk(decorator)]
            if not any(isinstance(one, ast.Attribute) and one.attr in SILENT for one in marks):
                yield from (rule for one in marks for rule in _named(one))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rule":
        yield from (
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )


def untried(rules: set[str], sources: Iterator[str]) -> set[str]:
    """The rules that no test names."""
    return rules - {rule for source in sources for rule in tried(ast.parse(source))}


def shipped() -> set[str]:
    return {path.stem for path in (ROOT / "domain" / "rules").glob("*.toml")}


def sources() -> Iterator[str]:
    return (path.read_text("utf-8") for path in sorted((ROOT / "tests" / "deciding").rglob("test_*.py")))


def test_every_rule_that_ships_has_a_test_of_its_own() -> None:
    assert untried(shipped(), sources()) == set(), 'name the rule on its test: @pytest.mark.rule("…")'


def test_no_test_names_a_rule_that_does_not_ship() -> None:
    named = {rule for source in sources() for rule in tried(ast.parse(source))}
    assert named - shipped() == set()


def test_a_rule_without_a_test_is_noticed() -> None:
    assert "planted-rule" in untried(shipped() | {"planted-rule"}, sources())


@pytest.mark.parametrize(
    "source",
    [
        '@pytest.mark.rule("planted")\ndef test_it() -> None: ...',
        '@pytest.mark.parametrize("a", [pytest.param(1, marks=pytest.mark.rule("planted"))])\ndef test_it(a): ...',
    ],
    ids=["a mark", "a mark of a parameter"],
)
def test_a_mark_is_read_where_it_stands(source: str) -> None:
    assert untried({"planted"}, iter([source])) == set()


@pytest.mark.parametrize(
    "source",
    [
        '@pytest.mark.skip(reason="later")\n@pytest.mark.rule("planted")\ndef test_it() -> None: ...',
        '@pytest.mark.rule("planted")\ndef helper() -> None: ...',
        'def test_it() -> None:\n    assert "planted"',
    ],
    ids=["a test left out", "no test", "a name in passing"],
)
def test_what_does_not_run_tries_nothing(source: str) -> None:
    assert untried({"planted"}, iter([source])) == {"planted"}
