"""Starts the worker as a process of its own, and ends the ones it started."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.architecture import tree


class Child:
    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.scheduling.worker", *arguments],
            cwd=tree.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> str:
        """Its next line; empty when it ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def tell(self, line: str = "") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.kill()
        self.process.wait(30)


@contextmanager
def started(*each: tuple[str, ...]) -> Iterator[list[Child]]:
    children = [Child(*arguments) for arguments in each]
    try:
        yield children
    finally:
        for child in children:
            child.end()
