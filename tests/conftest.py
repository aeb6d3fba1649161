"""What every test may lean on: the mark that ties a test to a clause of the founding documents.

Hundreds of tests run the command line as a process of its own. Its byte code is kept in a folder of the run, also where
the machine keeps none: it is compiled once, as wherever it is installed.
"""

import os
import shutil
import tempfile

import pytest

from tests import clauses

KNOWN = pytest.StashKey[dict[str, clauses.Clause]]()
BYTE_CODE = pytest.StashKey[str]()
PREFIX, NONE_KEPT = "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KNOWN] = clauses.known()
    if PREFIX not in os.environ:  # pytest's own workers inherit it
        config.stash[BYTE_CODE] = os.environ[PREFIX] = tempfile.mkdtemp(prefix="dualguard-byte-code-")
        os.environ.pop(NONE_KEPT, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(BYTE_CODE, None):
        shutil.rmtree(folder, ignore_errors=True)


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
