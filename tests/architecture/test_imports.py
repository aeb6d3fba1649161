"""Imports point inwards, and each contract that says so breaks when something is planted against it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import tree

# What is planted where, for each contract of pyproject.toml: module, its text.
PLANTED = {
    "inwards": [
        ("domain/planted.py", "import projections"),
        ("domain/planted.py", "from adapters import journal"),
        ("projections/planted.py", "def late() -> None:\n    import adapters.journal"),
        ("projections/planted.py", "import scheduler"),
    ],
    "apart": [
        ("adapters/verbs/planted.py", "import scheduler"),
        ("scheduler/planted.py", "from adapters.journal import __doc__"),
    ],
    "pure": [
        ("domain/planted.py", "import msgspec"),
        ("domain/planted.py", "from sqlalchemy.engine import Engine"),
        (
            "domain/rules/planted.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import nobody_listed_me",
        ),
    ],
    "index": [
        ("adapters/verbs/planted.py", "from cli import main"),
        ("scheduler/planted.py", "import dualguard.domain"),
    ],
}


def contracts() -> dict[str, str]:
    """The contracts' ids and names."""
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def verdicts(root: Path) -> tuple[dict[str, bool], str]:
    """What import-linter says of each contract in the tree at `root`, and its whole output."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        env={"PATH": "", "COLUMNS": "200", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", ran.stdout, flags=re.MULTILINE))
    verdict = {key: said[name] == "KEPT" for key, name in contracts().items() if name in said}
    assert len(verdict) == len(contracts()), ran.stdout + ran.stderr
    assert (ran.returncode == 0) == all(verdict.values()), ran.stdout + ran.stderr
    return verdict, ran.stdout


def test_imports_point_inwards() -> None:
    verdict, output = verdicts(tree.ROOT)
    assert all(verdict.values()), output


def test_every_contract_has_a_planted_violation() -> None:
    assert set(PLANTED) == set(contracts())


def test_an_untouched_copy_keeps_every_contract(tmp_path: Path) -> None:
    verdict, output = verdicts(tree.copy(tmp_path))
    assert all(verdict.values()), output


@pytest.mark.parametrize(
    ("contract", "module", "text"),
    [(contract, module, text) for contract, plants in PLANTED.items() for module, text in plants],
)
def test_a_planted_import_breaks_its_contract(tmp_path: Path, contract: str, module: str, text: str) -> None:
    copy = tree.copy(tmp_path)
    (copy / module).write_text(f'"""Planted."""\n\n{text}\n', encoding="utf-8")
    verdict, output = verdicts(copy)
    assert not verdict[contract], output


def installed_name_imports(source: str) -> list[int]:
    """The lines that import our own code by its installed name."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        if any(name.partition(".")[0] == "dualguard" for name in names):
            lines.append(node.lineno)
    return lines


def test_the_command_line_and_the_tests_use_flat_names_only() -> None:
    """import-linter does not read cli.py and tests/: a module imported there by both names would exist twice."""
    offenders = [
        f"{path}:{line}"
        for path in tree.files()
        if path.suffix == ".py"
        for line in installed_name_imports((tree.ROOT / path).read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_an_import_by_the_installed_name_is_seen() -> None:
    source = "import dualguard.domain\nfrom dualguard import cli\nfrom domain import records\n"
    assert installed_name_imports(source) == [1, 2]
