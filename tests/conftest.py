"""What every test may lean on: the mark that ties a test to a clause of the founding documents.

Hundreds of tests run the command line as a process of its own. Its byte code is kept in a folder of the run, also where
the machine keeps none: it is compiled once, as wherever it is installed.

With ``-n auto`` there is one worker more than cores, because much of the time is spent waiting for a disk or a server,
and the modules that take longest are begun first, so that none of them runs alone at the end.
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests import clauses

KNOWN = pytest.StashKey[dict[str, clauses.Clause]]()
BYTE_CODE = pytest.StashKey[str]()
LONGEST = (
    "adapting/test_demo.py",
    "adapting/test_auditing.py",
    "faults/test_many_writers.py",
    "faults/test_kill.py",
    "adapting/test_papers.py",
    "scheduling/test_many_clocks.py",
    "deciding/test_properties.py",
    "scheduling/test_holder.py",
    "projecting/test_controls.py",
    "projecting/test_rebuilding.py",
    "faults/test_bad_input.py",
    "faults/test_equipment_feed.py",
    "adapting/test_report_verbs.py",
    "adapting/test_duty_verbs.py",
    "adapting/test_paper_months.py",
    "benchmarks/test_smoke.py",
    "adapting/test_weather_step.py",
    "scheduling/test_raising.py",
)
PREFIX, NONE_KEPT = "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KNOWN] = clauses.known()
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False  # the order below, not by how many tests a module has
    if PREFIX not in os.environ:  # pytest's own workers inherit it
        config.stash[BYTE_CODE] = os.environ[PREFIX] = tempfile.mkdtemp(prefix="dualguard-byte-code-")
        os.environ.pop(NONE_KEPT, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(BYTE_CODE, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_xdist_auto_num_workers() -> int:
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # before "not slow" leaves tests out: an unknown clause is wrong there too
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Stops the run when a test claims a clause that docs/clauses.toml does not hold."""
    for item in items:
        for mark in item.iter_markers("clause"):
            for clause in mark.args or ("",):
                if clause not in config.stash[KNOWN]:
                    raise pytest.UsageError(
                        f"{item.nodeid} claims the clause {clause!r}, which docs/clauses.toml does not hold."
                    )
    here = Path(__file__).parent
    if gone := [name for name in LONGEST if not (here / name).is_file()]:
        raise pytest.UsageError(f"tests/conftest.py begins with modules that are not there: {gone}.")
    first = {here / name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: the collector of garbage need not walk them again and again."""
    gc.collect()
    gc.freeze()
