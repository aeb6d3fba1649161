"""The house has the rooms it was given, and no room is too large to know."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture import tree

# Fixed; beside them only dot files.
TOP = frozenset(
    {*tree.PLACES, "cli.py", "tests", "docs", "pyproject.toml", "README.md", "README.zh.md", "LICENSE"}
)
LINES = 400


def top_level(paths: Iterable[Path]) -> set[str]:
    return {path.parts[0] for path in paths if not path.parts[0].startswith(".")}


def test_the_top_level_is_as_it_was_fixed() -> None:
    assert top_level(tree.files()) == TOP


@pytest.mark.parametrize("planted", ["setup.py", "__init__.py", "conftest.py", "scripts/x.sh", "notes.md"])
def test_another_entry_at_the_top_is_noticed(planted: str) -> None:
    assert top_level([*tree.files(), Path(planted)]) - TOP == {Path(planted).parts[0]}


def too_large(root: Path, paths: Iterable[Path]) -> list[str]:
    """The modules outside tests/ over the limit, with their length."""
    return [
        f"{path}: {lines} lines"
        for path in paths
        if path.suffix == ".py" and path.parts[0] != "tests"
        if (lines := len((root / path).read_text(encoding="utf-8").splitlines())) > LINES
    ]


def test_no_module_is_over_400_lines() -> None:
    assert too_large(tree.ROOT, tree.files()) == []


def test_a_module_over_the_limit_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name, lines in {"just.py": LINES, "over.py": LINES + 1, "tests/long.py": 5 * LINES}.items():
        (tmp_path / name).write_text("x = 1\n" * lines)
    found = too_large(tmp_path, [Path("just.py"), Path("over.py"), Path("tests/long.py")])
    assert found == ["over.py: 401 lines"]
