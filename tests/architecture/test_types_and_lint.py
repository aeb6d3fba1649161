"""The types hold and the linter is content, in the same run as everything else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree


def run(*arguments: str, cwd: Path = tree.ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)


def test_the_types_hold() -> None:
    ran = run("mypy")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_linter_is_content() -> None:
    ran = run("ruff", "check", "--quiet", "--output-format", "concise")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_planted_fault_is_seen_by_both(tmp_path: Path) -> None:
    """Strict is in force where it should be: an untyped function in the domain, a naive time."""
    copy = tree.copy(tmp_path)
    (copy / "domain/planted.py").write_text('"""Planted."""\n\n\ndef untyped(x):\n    return x\n')
    types = run("mypy", "domain/planted.py", "--cache-dir", str(tree.ROOT / ".mypy_cache/planted"), cwd=copy)
    assert types.returncode == 1, types.stdout + types.stderr
    assert "no-untyped-def" in types.stdout

    (copy / "domain/planted.py").write_text(
        '"""Planted."""\n\nfrom datetime import datetime\n\nx = datetime(2026, 1, 1)\n'
    )
    lint = run("ruff", "check", "--no-cache", "--output-format", "concise", "domain/planted.py", cwd=copy)
    assert lint.returncode == 1, lint.stdout + lint.stderr
    assert "DTZ001" in lint.stdout


# Codes, then words.
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>.*)")
REASONED = re.compile(r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])\W+\w+")


def unreasoned(text: str) -> list[str]:
    """The lines that silence mypy or ruff without saying which rule and why."""
    return [
        line.strip()
        for line in text.splitlines()
        if (found := EXCEPTION.search(line)) and not REASONED.match(found["rest"])
    ]


def test_who_silences_a_check_says_why() -> None:
    offenders = [
        f"{path}: {line}"
        for path in tree.shipped()
        if path.suffix == ".py"
        for line in unreasoned((tree.ROOT / path).read_text(encoding="utf-8"))
    ]
    assert offenders == []


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("x = f()  # type: ignore", False),
        ("x = f()  # type: ignore[no-untyped-call]", False),
        ("x = f()  # type: ignore[no-untyped-call]  # the library ships no types", True),
        ("except Exception:  # noqa: BLE001", False),
        ("except Exception:  # noqa: BLE001 - whatever fails, the lag is shown", True),
        ("x = 1  # a plain comment", True),
    ],
)
def test_a_silenced_check_needs_its_code_and_its_reason(line: str, fine: bool) -> None:
    assert (unreasoned(line) == []) == fine
