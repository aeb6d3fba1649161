"""What every test may lean on: the mark that ties a test to a clause of the founding documents."""

import pytest

from tests import clauses

KNOWN = pytest.StashKey[dict[str, clauses.Clause]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KNOWN] = clauses.known()


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
