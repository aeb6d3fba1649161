"""The domain knows no clock, no disk, no network and no chance: the same records always give the same answer.

Read from the source: which modules it imports (an allow-list: a new one is a decision), and what it calls.
"""

import ast

import pytest

from tests.architecture import tree

# Nothing here reads the machine; what of it can (datetime.now, uuid4) is named below.
LANGUAGE = {
    "__future__",
    "abc",
    "collections",
    "contextlib",
    "copy",
    "dataclasses",
    "enum",
    "functools",
    "typing",
}
NUMBERS = {
    "bisect",
    "calendar",
    "datetime",
    "decimal",
    "fractions",
    "heapq",
    "itertools",
    "math",
    "statistics",
}
TEXT = {"base64", "difflib", "hashlib", "json", "re", "string", "struct", "textwrap", "unicodedata", "uuid"}
# threading: a lock may stand in the domain, for it decides no answer.
ALLOWED = LANGUAGE | NUMBERS | TEXT | {"graphlib", "numbers", "operator", "threading", "types"}
# What stands in the domain all the same, and why it changes no answer. One that is no longer needed fails.
LOCKS = "chooses the lock at which a stream's writers queue; decides nothing"
EXCEPTIONS = {("domain/engine.py", "calls hash()"): LOCKS}
# Built-ins that reach outside, run text, or differ from one process to the next.
FORBIDDEN_CALLS = {"open", "input", "print", "eval", "exec", "compile", "__import__", "breakpoint"}
FORBIDDEN_CALLS |= {"hash", "id", "globals", "vars"}
CLOCK = {"now", "utcnow", "today"}
# Random, or made from the machine's address and clock; uuid3 and uuid5 are computed from what they are given.
CHANCE = {"uuid1", "uuid4", "uuid6", "uuid7", "uuid8", "getnode"}
# Local time depends on the machine's zone, unless a zone is handed in.
LOCAL = {"astimezone": 1, "fromtimestamp": 2}


class Impurities(ast.NodeVisitor):
    """Collects (line, what is wrong) of one module."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.clocks = {"datetime", "date"}  # names under which the classes with a clock go
        self.in_hash = False

    def say(self, node: ast.stmt | ast.expr, what: str) -> None:
        self.found.append((node.lineno, what))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imported(node, alias.name)
            if alias.name == "datetime":
                self.clocks.add(alias.asname or alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        self.imported(node, module)
        for alias in node.names:
            if module == "uuid" and alias.name in CHANCE:
                self.say(node, f"imports {alias.name}")
            if module == "datetime" and alias.name in {"datetime", "date"}:
                self.clocks.add(alias.asname or alias.name)

    def imported(self, node: ast.stmt, module: str) -> None:
        root = module.partition(".")[0]
        if root != "domain" and root not in ALLOWED:
            self.say(node, f"imports {module}")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, self.in_hash = self.in_hash, node.name == "__hash__"
        self.generic_visit(node)
        self.in_hash = outer

    def visit_Attribute(self, node: ast.Attribute) -> None:
        base = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if node.attr in CLOCK and base in self.clocks:
            self.say(node, f"reads the clock: {base}.{node.attr}")
        if node.attr in CHANCE:
            self.say(node, f"leaves it to chance: {node.attr}")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id="hash") if self.in_hash:
                pass
            case ast.Name(id=name) if name in FORBIDDEN_CALLS:
                self.say(node, f"calls {name}()")
            case ast.Attribute(attr=name) if (
                name in LOCAL and len(node.args) + len(node.keywords) < LOCAL[name]
            ):
                self.say(node, f"asks for the machine's time zone: {name}()")
        self.generic_visit(node)


def impurities(source: str) -> list[tuple[int, str]]:
    visitor = Impurities()
    visitor.visit(ast.parse(source))
    return sorted(visitor.found)


def test_the_domain_is_pure() -> None:
    modules = [path for path in tree.files() if path.parts[0] == "domain" and path.suffix == ".py"]
    assert modules
    found = [
        (path.as_posix(), line, what)
        for path in modules
        for line, what in impurities((tree.ROOT / path).read_text(encoding="utf-8"))
    ]
    assert [f"{path}:{line}: {what}" for path, line, what in found if (path, what) not in EXCEPTIONS] == []
    assert EXCEPTIONS.keys() <= {(path, what) for path, _, what in found}, "an exception is no longer needed"


@pytest.mark.parametrize(
    "planted",
    [
        "import time",
        "import os",
        "import random",
        "import secrets",
        "import socket",
        "import pathlib",
        "import zoneinfo",
        "import urllib.request",
        "from importlib import import_module",
        "from uuid import uuid4",
        "import uuid\nx = uuid.uuid4()",
        "import uuid\nx = uuid.uuid1",
        "x = open('journal')",
        "x = hash('a')",
        "x = id(object())",
        "x = __import__('os')",
        "x = eval('1')",
        "from datetime import datetime\nx = datetime.now()",
        "from datetime import datetime as moment\nx = moment.utcnow()",
        "from datetime import date\nx = date.today()",
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
        "import datetime as dt\nx = dt.date.today()",
        "from dataclasses import field\nfrom datetime import datetime\nx = field(default_factory=datetime.now)",
        "from datetime import datetime\nx = datetime.fromtimestamp(0)",
        "def local(x):\n    return x.astimezone()",
        "def late():\n    import subprocess",
    ],
)
def test_a_planted_impurity_is_seen(planted: str) -> None:
    assert impurities(planted)


@pytest.mark.parametrize(
    "pure",
    [
        "from uuid import UUID, uuid5\nx = uuid5(UUID(int=0), 'policy')",
        "from datetime import UTC, datetime, time, timedelta\nx = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=1)",
        "def late(command):\n    return command.now.astimezone(command.zone)",
        "class Code:\n    def __hash__(self):\n        return hash(('code', 1))",
        "from domain import records",
    ],
)
def test_what_is_computed_from_its_inputs_passes(pure: str) -> None:
    assert impurities(pure) == []
