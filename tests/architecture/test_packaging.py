"""What is installed is what is in the tree, under one name; and the project names nobody's machine."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# --- the list of packages and the wheel -------------------------------------------------------------------------------


def packages_of(shipped: Iterable[Path]) -> set[str]:
    """The packages a list of shipped files needs: one for each folder."""
    return {".".join(("dualguard", *path.parent.parts)) for path in shipped}


def test_the_list_of_packages_is_the_tree() -> None:
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages_of(tree.shipped())


def test_a_folder_left_out_of_the_list_is_noticed() -> None:
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert packages_of([*tree.shipped(), Path("adapters/planted/table.csv")]) - listed == {
        "dualguard.adapters.planted"
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from a copy, so that no `build/` is left behind or swept in."""
    copy = tree.copy(tmp_path_factory.mktemp("tree"))
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-w",
            out,
            ".",
        ],
        cwd=copy,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (only,) = out.glob("*.whl")
    return only


def contents(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(name for name in archive.namelist() if not name.endswith("/"))


def test_the_wheel_brings_one_name_and_nothing_else(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in contents(wheel)}
    assert roots == {"dualguard", f"dualguard-{PROJECT['project']['version']}.dist-info"}


def test_the_wheel_holds_the_tree(wheel: Path) -> None:
    held = [name for name in contents(wheel) if name.startswith("dualguard/")]
    assert held == sorted(f"dualguard/{path.as_posix()}" for path in tree.shipped())


def test_the_wheel_carries_its_licence_and_its_script(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = f"dualguard-{PROJECT['project']['version']}.dist-info"
        assert "Apache License" in archive.read(f"{info}/licenses/LICENSE").decode()
        assert "dualguard = dualguard.cli:main" in archive.read(f"{info}/entry_points.txt").decode()


# --- one module, one name ---------------------------------------------------------------------------------------------

# Runs a line of Python, then prints every file that was loaded under more than one name.
TWICE = """
import os, sys
sys.path.insert(0, {site!r})
{run}
names = {{}}
for name, module in list(sys.modules.items()):
    path = getattr(module, "__file__", None)
    if path and os.path.realpath(path).startswith(os.path.realpath({site!r})) and name != "__main__":
        names.setdefault(os.path.realpath(path), []).append(name)
assert names, "nothing of ours was loaded"
for path, known_as in sorted(names.items()):
    if len(known_as) > 1:
        print(*sorted(known_as))
"""
HELP = """
import dualguard.cli
sys.argv = ["dualguard", "--help"]
stdout, sys.stdout = sys.stdout, open(os.devnull, "w")
try:
    dualguard.cli.main()
except SystemExit as stopped:
    assert not stopped.code, stopped.code
finally:
    sys.stdout = stdout
"""


def loaded_twice(site: Path, run: str) -> list[str]:
    """The names of modules loaded more than once by `run`, with the package installed in `site`."""
    ran = subprocess.run(
        [sys.executable, "-c", TWICE.format(site=str(site), run=run)],
        cwd=site.parent,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


needs_cli = pytest.mark.skipif(not (tree.ROOT / "cli.py").exists(), reason="there is no cli.py yet")


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like site-packages, with the wheel in it."""
    folder = tmp_path_factory.mktemp("site") / "packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@needs_cli
def test_no_module_is_loaded_under_two_names(site: Path) -> None:
    assert loaded_twice(site, HELP) == []


@needs_cli
def test_every_module_loads_under_its_flat_name_alone(site: Path) -> None:
    modules = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in tree.shipped()
        if path.suffix == ".py" and path != Path("cli.py")
    ]
    assert loaded_twice(site, HELP + "\n".join(f"import {module}" for module in modules)) == []


@needs_cli
def test_a_module_loaded_under_two_names_is_noticed(site: Path) -> None:
    twice = loaded_twice(site, HELP + "import domain, dualguard.domain")
    assert twice == ["domain dualguard.domain"]


# --- what is declared -------------------------------------------------------------------------------------------------


def imported_roots(source: str) -> set[str]:
    """The top-level names a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def undeclared(sources: dict[str, str], declared: Iterable[str]) -> list[str]:
    """Who imports what that no declared distribution brings."""
    providers = importlib.metadata.packages_distributions()
    allowed = {_normal(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]) for requirement in declared}
    ours = {*tree.PLACES, "cli", "tests"} | sys.stdlib_module_names
    return sorted(
        f"{path} imports {root}"
        for path, source in sources.items()
        for root in imported_roots(source) - ours
        if allowed.isdisjoint(_normal(name) for name in providers.get(root, [root]))
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sources(paths: Iterable[Path]) -> dict[str, str]:
    return {
        path.as_posix(): (tree.ROOT / path).read_text(encoding="utf-8")
        for path in paths
        if path.suffix == ".py"
    }


def test_what_the_program_imports_is_declared() -> None:
    assert undeclared(sources(tree.shipped()), PROJECT["project"]["dependencies"]) == []


def test_what_the_tests_import_is_declared() -> None:
    declared = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"]
    tests = [path for path in tree.files() if path.parts[0] == "tests"]
    # the linter's own graph library comes with it
    assert undeclared(sources(tests), [*declared, "grimp"]) == []


def test_an_undeclared_import_is_noticed() -> None:
    assert undeclared({"x.py": "import yaml, nobody_declared_me\nimport click"}, ["click>=8", "PyYAML"]) == [
        "x.py imports nobody_declared_me"
    ]


# --- nobody's machine -------------------------------------------------------------------------------------------------

# Written so that this file does not match itself.
MACHINES = re.compile(
    r"""
      (?<![\w.~-]) / (?: work | root | farm | tmp | home ) / [\w.]   # a folder of one machine
    | (?: extra-)? index [-_] url | find [-_] links | trusted [-_] host
    | pypi\.org | pythonhosted\.org | registry\.npmjs | deb\.debian
    | https?://\S*/simple/
    """,
    re.VERBOSE | re.IGNORECASE,
)


def machines_named(text: str) -> list[str]:
    """The lines that name a package registry's host, its options, or a path of one machine."""
    return [line.strip() for line in text.splitlines() if MACHINES.search(line)]


def test_no_file_names_a_registry_host_or_a_machine_path() -> None:
    offenders = [
        f"{path}: {line}"
        for path in tree.files()
        for line in machines_named((tree.ROOT / path).read_text(encoding="utf-8", errors="replace"))
    ]
    assert offenders == []


@pytest.mark.parametrize(
    "planted",
    [
        "/" + "work/main/cli.py",
        "sqlite:////" + "tmp/journal.db",
        "cd /" + "root/.cache",
        '"/' + 'farm/x"',
        "pip install --index" + "-url x",
        "PIP_FIND" + "_LINKS=x",
        "https://pypi" + ".org/project/x",
        "http://mirror/" + "simple/x",
    ],
)
def test_a_planted_machine_is_noticed(planted: str) -> None:
    assert machines_named(f"plain\n{planted}\nplain") == [planted]


@pytest.mark.parametrize(
    "plain",
    ["tests/work/list.csv", "the home/work balance", "~/work/x", "https://example.com/root/x", "and/or"],
)
def test_an_ordinary_path_is_no_machine(plain: str) -> None:
    assert machines_named(plain) == []
