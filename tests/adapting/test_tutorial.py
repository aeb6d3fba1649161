"""The tutorial's commands are run as they stand, and what it promises is in what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapting.pages import ROOT, Reader, blocks, whole


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_every_command_of_the_tours_does_what_it_says(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text("utf-8")
    assert sum(len(whole(lines)) for kind, lines in blocks(page) if kind == "sh") > 12
    Reader(tmp_path).follow(page)


def test_a_broken_promise_or_exit_code_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(AssertionError, match="not printed"):
        Reader(tmp_path / "a").follow("```sh\ndualguard rules list\n```\n```text\nno such thing\n```")
    with pytest.raises(AssertionError):
        Reader(tmp_path / "b").follow("```sh\ndualguard rules list # exit 1\n```")
