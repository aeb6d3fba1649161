"""The how-to pages are run line by line, each on its own practice file; what they name exists."""

from __future__ import annotations

import functools
import re
import shutil
from pathlib import Path

import pytest

from tests.adapting.pages import HOWTO, Reader, apart, blocks, whole
from tests.adapting.screens import verbs

START = "practice.md"
PAGES = sorted(page.name for page in HOWTO.glob("*.md") if page.name != START)
APART = {
    "equipment-feeds.md": 2,  # watches a folder for ever; a program of somebody else's
    "notify.md": 1,  # runs for ever
    "postgresql.md": 5,  # another server; tests/adapting/test_journal_contract.py and tests/faults have one
    "weather-feeds.md": 4,  # the network
}
"""Lines that no test runs, by page."""

INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    Reader(folder).follow((HOWTO / START).read_text("utf-8"))
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_every_line_of_a_how_to_page_does_what_the_page_says(
    name: str, practice: Path, tmp_path: Path
) -> None:
    page = (HOWTO / name).read_text("utf-8")
    shutil.copytree(practice, tmp_path, dirs_exist_ok=True)
    Reader(tmp_path, {"DUALGUARD_DB": "practice.db"}).follow(page)
    assert len(apart(page)) == APART.get(name, 0)
    runs = any(kind == "sh" for kind, _ in blocks(page))
    assert "(practice.md)" in page or not runs, "the page does not say what its lines work in"


@functools.cache
def index() -> dict[tuple[str, ...], frozenset[str]]:
    """Every verb by the words that call it, and its options."""
    return {
        tuple(words): frozenset(flag for one in verb.params for flag in one.opts)
        for words, verb in verbs("en")
    }


def named(page: str) -> list[tuple[list[str], list[str]]]:
    """The commands that a page names anywhere, with the options that stand behind each."""
    known = index()
    nouns = {words[0] for words in known}
    told = [word.group(1) for word in INLINE.finditer(re.sub(r"```.*?```", "", page, flags=re.DOTALL))]
    told += [part for line in apart(page) for part in line.split("|")]
    found = []
    for text in told:
        words = re.sub(r"^(\w+=\S+ )?dualguard ", "", text.strip()).split()
        for size in (2, 1):
            if tuple(words[:size]) in known:
                found.append((words[:size], OPTION.findall(text)))
                break
        else:
            called = text.strip().startswith("dualguard ")
            if called or (len(words) > 1 and words[0] in nouns and re.fullmatch("[a-z-]+", words[1])):
                found.append((words[:2], []))
    return found


@pytest.mark.parametrize("name", [START, *PAGES])
def test_every_command_that_a_how_to_page_names_exists_with_its_options(name: str) -> None:
    missing = []
    for words, options in named((HOWTO / name).read_text("utf-8")):
        have = index().get(tuple(words))
        missing += [words] if have is None else [(words, one) for one in options if one not in have]
    assert missing == []


def test_a_command_or_option_that_does_not_exist_is_found_in_a_page() -> None:
    assert named("see `hazard vanish` and `dualguard nothing here`") == [
        (["hazard", "vanish"], []),
        (["nothing", "here"], []),
    ]
    assert named("`risk list --nowhere X`, not `risk`") == [(["risk", "list"], ["--nowhere"])]


def test_lines_with_continuations_and_documents_are_one_line_each() -> None:
    text = "a \\\n  b\ncat > f <<'EOF'\nx \\\ny\nEOF\nc"
    assert whole(text.splitlines()) == ["a  b", "cat > f <<'EOF'\nx \\\ny\nEOF", "c"]
