"""Which clause of the founding documents is shown to be met by which test.

The claims are read from the tests' source, so that no test need run: `@pytest.mark.clause("YT-16a")` on a test or a
class, in `pytestmark`, or among the marks of a `pytest.param`. `python -m tests.clauses` writes the table that people
read, docs/reference/clauses.md; tests/architecture/test_clauses.py fails when it is stale.
"""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path("docs/clauses.toml")
TABLE = Path("docs/reference/clauses.md")
# A test that is not expected to pass, or to run, shows nothing.
SILENT = frozenset({"skip", "xfail"})


class ClauseError(Exception):
    """A claim, or an entry of docs/clauses.toml, that cannot stand. Says which, and why."""


@dataclass(frozen=True)
class Clause:
    """One entry of docs/clauses.toml. `partly` says what its tests do not show, or is empty."""

    id: str
    ref: str
    actor: str
    force: str
    title: str
    partly: str = ""


@dataclass(frozen=True)
class Claim:
    """A test (`path::name`, or the path alone for a whole module) that says it shows a clause."""

    clause: str
    path: str
    name: str


def known(root: Path = ROOT) -> dict[str, Clause]:
    """The clauses by id, in the documents' order."""
    data = tomllib.loads((root / DATA).read_text(encoding="utf-8"))
    return {key: Clause(id=key, **entry) for key, entry in data["clauses"].items()}


def claims(root: Path = ROOT) -> list[Claim]:
    """Every claim under tests/, sorted by path. Refuses a mark that cannot be read without running it."""
    found = set()
    for path in sorted((root / "tests").rglob("*.py")):
        relative = path.relative_to(root).as_posix()
        for clause, name in _claims_in(ast.parse(path.read_text(encoding="utf-8")), relative):
            found.add(Claim(clause, relative, name))
    return sorted(found, key=lambda claim: (claim.path, claim.name, claim.clause))


def _claims_in(module: ast.Module, path: str) -> Iterator[tuple[str, str]]:
    """(clause, name of the test) of one module; the name is empty for the module as a whole."""
    for statement in module.body:
        yield from _claims_of(statement, path, "")


def _claims_of(statement: ast.stmt, path: str, within: str) -> Iterator[tuple[str, str]]:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        name = f"{within}::{statement.name}" if within else statement.name
        if any(_marks(decorator, SILENT) for decorator in statement.decorator_list):
            return
        for decorator in statement.decorator_list:
            yield from ((clause, name) for clause in _ids(decorator, path))
        if isinstance(statement, ast.ClassDef):
            for inner in statement.body:
                yield from _claims_of(inner, path, name)
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        yield from ((clause, within) for clause in _ids(statement.value, path))


def _marks(node: ast.AST, names: frozenset[str]) -> list[ast.Attribute]:
    """The uses of `….mark.NAME` below a node."""
    return [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and inner.attr in names
        and isinstance(inner.value, ast.Attribute)
        and inner.value.attr == "mark"
    ]


def _ids(node: ast.expr, path: str) -> Iterator[str]:
    """The ids that the clause marks below an expression name."""
    called: set[int] = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and call.func in (marks := _marks(call.func, frozenset({"clause"}))):
            called.update(map(id, marks))
            if not call.args or call.keywords:
                raise ClauseError(f"{path}:{call.lineno}: a clause mark names its clauses, and nothing else.")
            for argument in call.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise ClauseError(
                        f"{path}:{call.lineno}: a clause mark takes ids written out as strings."
                    )
                yield argument.value
    for mark in _marks(node, frozenset({"clause"})):
        if id(mark) not in called:
            raise ClauseError(
                f'{path}:{mark.lineno}: write the clause mark in full: pytest.mark.clause("…").'
            )


def render(clauses: dict[str, Clause], claimed: list[Claim], documents: dict[str, str]) -> str:
    """The table, as Markdown. Refuses a claim to an unknown clause, and a `partly` that no test stands behind."""
    tests: dict[str, list[Claim]] = defaultdict(list)
    for claim in claimed:
        if claim.clause not in clauses:
            raise ClauseError(
                f"{claim.path}: {claim.name or 'the module'} claims {claim.clause}, which is unknown."
            )
        tests[claim.clause].append(claim)
    for clause in clauses.values():
        if clause.partly and not tests[clause.id]:
            raise ClauseError(f"{DATA}: {clause.id} is said to be partly met, and no test claims it.")

    met = sum(1 for clause in clauses.values() if tests[clause.id] and not clause.partly)
    partly = sum(1 for clause in clauses.values() if clause.partly)
    lines = [
        "# Clauses and the tests that show them",
        "",
        f"Written by `python -m tests.clauses` from `{DATA}` and the marks on the tests; not edited by hand.",
        "",
        f"{len(clauses)} clauses: {met} met, {partly} partly, {len(clauses) - met - partly} not yet.",
    ]
    for prefix, document in documents.items():
        lines += [
            "",
            f"## {prefix}",
            "",
            f"{document}.",
            "",
            "| id | place | who | force | what | status | tests |",
            "|---|---|---|---|---|---|---|",
        ]
        for clause in clauses.values():
            if clause.id.startswith(f"{prefix}-"):
                lines.append(_row(clause, tests[clause.id]))
    return "\n".join(lines) + "\n"


def _row(clause: Clause, tests: list[Claim]) -> str:
    status = f"partly: {clause.partly}" if clause.partly else "met" if tests else "not yet"
    cells = [
        clause.id,
        clause.ref,
        clause.actor.replace("_", " "),
        clause.force,
        clause.title,
        status,
        "<br>".join(_link(claim) for claim in tests),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _link(claim: Claim) -> str:
    up = "../" * (len(TABLE.parts) - 1)
    return f"[{claim.name or Path(claim.path).stem}]({up}{claim.path})"


def table(root: Path = ROOT) -> str:
    """What docs/reference/clauses.md has to say, from the data and the tests at `root`."""
    documents = tomllib.loads((root / DATA).read_text(encoding="utf-8"))["documents"]
    return render(known(root), claims(root), documents)


def stale(root: Path = ROOT) -> bool:
    """Whether docs/reference/clauses.md is missing or says something else."""
    written = root / TABLE
    return not written.exists() or written.read_text(encoding="utf-8") != table(root)


def main(root: Path = ROOT) -> int:
    """Writes docs/reference/clauses.md. Exit code 1, and nothing written, when a claim cannot stand."""
    try:
        text = table(root)
    except ClauseError as error:
        print(error, file=sys.stderr)
        return 1
    (root / TABLE).parent.mkdir(parents=True, exist_ok=True)
    (root / TABLE).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
