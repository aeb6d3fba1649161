"""What the machines run is what README.md tells people to run."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture import tree

README = "# Title\n\n```\nfirst demo\n```\n\npytest in a sentence\n\n```sh\n{command}\npytest -m slow\n```\n"


def run(root: Path, readme: str | None) -> subprocess.CompletedProcess[str]:
    (root / ".ci").mkdir()
    shutil.copy2(tree.ROOT / ".ci/run", root / ".ci/run")
    if readme is not None:
        (root / "README.md").write_text(readme, encoding="utf-8")
    return subprocess.run(
        ["bash", ".ci/run"], cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("code", [0, 1, 5])
def test_the_command_of_the_readme_is_run_word_for_word(tmp_path: Path, code: int) -> None:
    ran = run(tmp_path, README.format(command=f"echo 'one  two' && echo \"$PWD\" && (exit {code}) # pytest"))
    assert ran.stdout.splitlines()[1:] == ["one  two", str(tmp_path)]
    assert ran.returncode == code


@pytest.mark.parametrize("readme", [None, "# Title\n\npytest\n\n```\ndemo\n```\n"])
def test_a_readme_without_a_test_command_fails_loudly(tmp_path: Path, readme: str | None) -> None:
    ran = run(tmp_path, readme)
    assert ran.returncode == 1
    assert "README.md" in ran.stderr


def test_the_readme_has_a_test_command_that_makes_its_own_environment() -> None:
    lines = (tree.ROOT / "README.md").read_text(encoding="utf-8").split("```")[1::2]
    commands = [line for block in lines for line in block.splitlines() if "pytest" in line]
    assert commands
    assert commands[0].startswith("python3 -m venv .venv && .venv/bin/pip install")
