"""Every claim to a clause is to a clause there is, and the table of them says what the tests say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests import clauses
from tests.architecture import tree


def planted(root: Path, test: str, data: str = "") -> Path:
    """A small project with two clauses and one test module."""
    (root / "tests").mkdir()
    (root / "docs").mkdir()
    (root / clauses.DATA).write_text(
        data
        or '[documents]\nYT = "Rules"\n[clauses]\n'
        'YT-01 = { ref = "Art. 1", actor = "all", force = "must", title = "One" }\n'
        'YT-02 = { ref = "Art. 2", actor = "all", force = "must", title = "Two" }\n',
        encoding="utf-8",
    )
    (root / "tests/test_planted.py").write_text(f"import pytest\n\n{test}\n", encoding="utf-8")
    return root


def test_the_table_of_clauses_says_what_the_tests_say() -> None:
    assert not clauses.stale(), "docs/reference/clauses.md is stale: run `python -m tests.clauses`"


def test_a_stale_table_is_noticed(tmp_path: Path) -> None:
    root = planted(tmp_path, '@pytest.mark.clause("YT-01")\ndef test_one(): pass')
    assert clauses.stale(root)
    assert clauses.main(root) == 0
    assert not clauses.stale(root)
    module = root / "tests/test_planted.py"
    module.write_text(module.read_text().replace("YT-01", "YT-02"))
    assert clauses.stale(root)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('@pytest.mark.clause("YT-01")\ndef test_one(): pass', [("YT-01", "test_one")]),
        (
            '@pytest.mark.clause("YT-01", "YT-02")\nasync def test_a(): pass',
            [("YT-01", "test_a"), ("YT-02", "test_a")],
        ),
        ('@pytest.mark.clause("YT-01")\nclass TestIt:\n    def test_a(self): pass', [("YT-01", "TestIt")]),
        (
            'class TestIt:\n    @pytest.mark.clause("YT-01")\n    def test_a(self): pass',
            [("YT-01", "TestIt::test_a")],
        ),
        ('pytestmark = [pytest.mark.slow, pytest.mark.clause("YT-02")]', [("YT-02", "")]),
        (
            '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.clause("YT-02"))])\ndef test_a(x): pass',
            [("YT-02", "test_a")],
        ),
        ('@pytest.mark.xfail\n@pytest.mark.clause("YT-01")\ndef test_one(): pass', []),
        ('@pytest.mark.skip(reason="later")\n@pytest.mark.clause("YT-01")\ndef test_one(): pass', []),
        ("def test_one(): pass", []),
    ],
)
def test_a_claim_is_read_wherever_a_mark_may_stand(
    tmp_path: Path, test: str, expected: list[tuple[str, str]]
) -> None:
    found = [(claim.clause, claim.name) for claim in clauses.claims(planted(tmp_path, test))]
    assert found == expected


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("clause = pytest.mark.clause\n", "in full"),
        ("@pytest.mark.clause(ID)\ndef test_one(): pass", "written out"),
        ("@pytest.mark.clause()\ndef test_one(): pass", "names its clauses"),
        ('@pytest.mark.clause("YT-99")\ndef test_one(): pass', "YT-99"),
    ],
)
def test_a_claim_that_cannot_be_read_is_an_error(tmp_path: Path, test: str, reason: str) -> None:
    with pytest.raises(clauses.ClauseError, match=reason):
        clauses.table(planted(tmp_path, test))


def test_a_clause_is_met_partly_or_not_yet(tmp_path: Path) -> None:
    root = planted(tmp_path, '@pytest.mark.clause("YT-01")\ndef test_one(): pass')
    table = clauses.table(root)
    assert "2 clauses: 1 met, 0 partly, 1 not yet." in table
    assert "| YT-01 | Art. 1 | all | must | One | met | [test_one](../../tests/test_planted.py) |" in table
    assert "| YT-02 | Art. 2 | all | must | Two | not yet |  |" in table

    data = root / clauses.DATA
    data.write_text(data.read_text().replace('"One"', '"One", partly = "no photographs"'))
    assert "| One | partly: no photographs |" in clauses.table(root)


def test_nothing_is_partly_met_without_a_test(tmp_path: Path) -> None:
    root = planted(tmp_path, "def test_one(): pass")
    data = root / clauses.DATA
    data.write_text(data.read_text().replace('"Two"', '"Two", partly = "no photographs"'))
    with pytest.raises(clauses.ClauseError, match="YT-02 is said to be partly met"):
        clauses.table(root)


def collected(root: Path, test: str) -> subprocess.CompletedProcess[str]:
    """What pytest says when it collects a planted test in a copy of the project."""
    module = tree.copy(root) / "tests/architecture/test_planted.py"
    module.write_text(f'"""Planted."""\n\nimport pytest\n\n\n{test}\n', encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(module)],
        cwd=root,
        capture_output=True,
        text=True,
        env=environment,
    )


@pytest.mark.parametrize("clause", ['"YT-99z"', ""])
@pytest.mark.parametrize("also", ["", "@pytest.mark.slow\n"])
def test_an_unknown_clause_stops_the_collection(tmp_path: Path, clause: str, also: str) -> None:
    ran = collected(tmp_path, f"{also}@pytest.mark.clause({clause})\ndef test_one() -> None: ...")
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR, ran.stdout + ran.stderr
    assert "test_planted.py::test_one claims the clause" in ran.stdout + ran.stderr


def test_a_known_clause_is_collected(tmp_path: Path) -> None:
    ran = collected(tmp_path, '@pytest.mark.clause("YT-16a")\ndef test_one() -> None: ...')
    assert ran.returncode == pytest.ExitCode.OK, ran.stdout + ran.stderr


def test_the_clauses_are_those_that_were_researched() -> None:
    """The researcher's list lies outside the project; the ids, places, actors and forces here must be its own."""
    source = tree.ROOT.parent / "shared" / "facts" / "requirements.yaml"
    if not source.exists():
        pytest.skip("no ../shared/facts beside the checkout")
    researched = {
        entry["id"]: (entry["ref"], entry["actor"], entry["force"])
        for entry in yaml.safe_load(source.read_text(encoding="utf-8"))["requirements"]
    }
    assert {key: (c.ref, c.actor, c.force) for key, c in clauses.known().items()} == researched
