"""How a list stands on a screen: a table where it fits, else each row as a block of its own; never folded words.

What goes into a pipe or a file is always the whole table, so that a script finds every column.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from domain.labels import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Cells = Sequence[Sequence["Text"]]
LEAST = 14
"""A text may be wrapped to columns of so many letters, not narrower."""
TALLEST = 4
"""More lines than these in one row of a table, and the rows are shown as blocks."""
PIECE = re.compile(r"[^\s\u2e80-\uffff]+")
"""What cannot be wrapped without tearing it: letters without a blank; Chinese may be wrapped anywhere."""


def console_of(width: int | None) -> Console:
    """A rich console that leaves a closed pipe to the command line instead of exiting by itself."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Plain(width=width)


def print_list(headings: Sequence[str], rows: Cells, title: str, lang: Lang) -> None:
    """Show the rows under their headings as wide as they are, or as it suits the terminal."""
    if not sys.stdout.isatty():
        console = console_of(max(160, 24 * len(headings)))
        console.print(_table(headings, rows, title, None))
        return
    console = console_of(None)
    widths = fitting(headings, rows, console.width)
    if widths is None and rows:  # what says nothing in any row goes first
        used = [at for at in range(len(headings)) if any(row[at].plain for row in rows)]
        empty = [name for at, name in enumerate(headings) if at not in used]
        headings, rows = [headings[at] for at in used], [[row[at] for at in used] for row in rows]
        widths = fitting(headings, rows, console.width)
    else:
        empty = []
    if widths is not None:
        console.print(_table(headings, rows, title, widths))
    else:
        _blocks(console, headings, rows, title, lang)
    if empty:
        comma = "、" if lang == "zh" else ", "
        told = f"（均为空，未列出：{comma.join(empty)}）" if lang == "zh" else f"(empty: {comma.join(empty)})"
        console.print(told, markup=False, highlight=False)


def fitting(headings: Sequence[str], rows: Cells, width: int) -> list[int] | None:
    """How wide each column of a table may be, or None where a table would tear words or grow too tall."""
    from rich.cells import cell_len

    columns = [[row[at].plain for row in rows] for at in range(len(headings))]
    full = [max(map(cell_len, [name, *cells])) for name, cells in zip(headings, columns, strict=True)]
    least = [
        max(_least(name, 1), *(_least(one, LEAST) for one in cells)) if cells else _least(name, 1)
        for name, cells in zip(headings, columns, strict=True)
    ]
    spare = width - (3 * len(headings) + 1) - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    waiting = sorted(range(len(full)), key=lambda at: full[at] - least[at])
    for done, at in enumerate(waiting):  # the shortest wishes first; the rest share what is left
        more = min(full[at] - least[at], spare // (len(waiting) - done))
        widths[at], spare = widths[at] + more, spare - more
    tall = max(
        (-(-cell_len(row[at].plain) // widths[at]) for row in rows for at in range(len(full))), default=1
    )
    return widths if tall <= TALLEST else None


def _least(text: str, enough: int) -> int:
    """The narrowest column that tears nothing of a text."""
    from rich.cells import cell_len

    longest = max((cell_len(piece) for piece in PIECE.findall(text)), default=0)
    return max(longest, min(cell_len(text), max(enough, 2)))


def _table(headings: Sequence[str], rows: Cells, title: str, widths: Sequence[int] | None) -> Any:
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", header_style="bold")
    for at, name in enumerate(headings):
        table.add_column(name, overflow="fold", width=None if widths is None else widths[at])
    for row in rows:
        table.add_row(*row)
    return table


def _blocks(console: Console, headings: Sequence[str], rows: Cells, title: str, lang: Lang) -> None:
    """Each row as lines of "heading: value"; a pair is broken only where it is longer than a line."""
    from rich.padding import Padding
    from rich.text import Text

    if title:
        console.print(title, markup=False, highlight=False)
    room = console.width - 2
    for number, row in enumerate(rows, 1):
        lines = [Text()]
        for name, value in zip(headings, row, strict=True):
            if not value.plain:
                continue
            pair = Text.assemble((name + ("：" if lang == "zh" else ": "), "dim"), value)
            if lines[-1] and lines[-1].cell_len + 2 + pair.cell_len > room:
                lines.append(Text())
            lines[-1] += Text("  ") + pair if lines[-1] else pair
        console.rule(str(number), align="left", style="dim", characters="─")
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2), expand=False), highlight=False)
