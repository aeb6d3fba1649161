"""An identifier has one word in each language, whichever part of the labels defines it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.architecture import tree

Defined = dict[str, dict[tuple[str, str], set[str]]]


def defined(root: Path, paths: Iterable[Path]) -> Defined:
    """Every identifier of the labels' literals -> its words, and the modules that define them so."""
    found: Defined = {}
    for path in paths:
        for node in ast.walk(ast.parse((root / path).read_text("utf-8"))):
            if not isinstance(node, ast.Dict):
                continue
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple):
                    words = ast.literal_eval(value)
                    found.setdefault(str(key.value), {}).setdefault(words, set()).add(path.name)
    return found


def quarrels(root: Path, paths: Iterable[Path]) -> list[str]:
    """Identifiers that two modules give different words, of which the later would silently win."""
    return [f"{name}: {words}" for name, words in sorted(defined(root, paths).items()) if len(words) > 1]


def labels() -> list[Path]:
    return [path for path in tree.files() if path.parts[0] == "domain" and path.name.startswith("labels")]


def test_no_identifier_has_different_words_in_two_parts_of_the_labels() -> None:
    assert len(labels()) > 10
    assert len(defined(tree.ROOT, labels())) > 500
    assert quarrels(tree.ROOT, labels()) == []


def test_a_second_word_for_an_identifier_is_noticed(tmp_path: Path) -> None:
    for name, told in {"labels.py": "未知", "labels_a.py": "未知", "labels_b.py": "未登记"}.items():
        (tmp_path / name).write_text(f'X = {{"unknown": ("{told}", "unknown")}}\n', "utf-8")
    assert quarrels(tmp_path, [Path("labels.py"), Path("labels_a.py")]) == []
    assert len(quarrels(tmp_path, [Path("labels.py"), Path("labels_b.py")])) == 1
