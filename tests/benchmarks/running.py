"""What ``python -m tests.benchmarks`` does: measure every key, show them beside their bars, and write them as JSON."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.index import BARS, BENCHMARKS, KEYS, Bar
from tests.benchmarks.measuring import Bench, Figure, flush_ms, significant


def main(given: Sequence[str] | None = None) -> int:
    """Returns 0 when every key that was asked for was measured, met or not, and 1 when one could not be."""
    asked = _parser().parse_args(given)
    keys = asked.only or list(KEYS)
    before = tempfile.tempdir
    if asked.dir:
        tempfile.tempdir = (
            asked.dir
        )  # the throw-away PostgreSQL makes its folder there too, and removes it at exit
    try:
        with tempfile.TemporaryDirectory(prefix="dualguard-benchmarks-") as folder:
            figures = measure(Bench(Path(folder), asked.scale, _tell), keys)
    finally:
        tempfile.tempdir = before
    if asked.json:
        Path(asked.json).write_text(
            json.dumps(as_json(figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    print(table(figures))
    missing = [key for key in keys if key not in figures]
    if missing:
        print(f"not measured: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


def measure(bench: Bench, keys: Sequence[str]) -> dict[str, Figure]:
    """Run the benchmarks that give the wanted keys; one that fails is told and leaves its keys out."""
    found: dict[str, Figure] = {}
    begin = time.monotonic()
    bench.tell(f"{bench.scale} run; this disk keeps 8 KiB in {flush_ms(bench.folder)} ms")
    for gives, run in BENCHMARKS:
        if not set(gives).intersection(keys):
            continue
        bench.tell(", ".join(gives))
        started = time.monotonic()
        try:
            figures = run(bench)
        except Exception:  # noqa: BLE001  # the other keys are still worth having; the exit code tells
            traceback.print_exc()
            continue
        seconds = time.monotonic() - started
        for key in gives:
            if key in keys:
                found[key] = figures[key]
                found[key].details |= {"scale": bench.scale, "took_s": significant(seconds, 3)}
                bench.tell(f"  {key} = {significant(figures[key].median)}")
        bench.tell(f"  {seconds:.0f} s, {time.monotonic() - begin:.0f} s in all")
    return found


def as_json(figures: dict[str, Figure]) -> dict[str, Any]:
    """What is written: key -> median, smallest, largest, the runs, the bars, and how it was measured."""
    return {
        bar.key: {**figures[bar.key].as_json(), "bar": bar.first, "met": met(bar, figures[bar.key])}
        for bar in BARS
        if bar.key in figures
    }


def met(bar: Bar, figure: Figure) -> bool:
    return bar.met(figure.median) and figure.holds


def table(figures: dict[str, Figure]) -> str:
    """The figures beside their bars, for a person."""
    head = f"{'key':<28} {'work':<52} {'median':>9} {'bar':>12} {'met':>4} {'going to':>10}"
    lines = [head, "-" * len(head)]
    for bar in BARS:
        if bar.key in figures:
            sign = ">=" if bar.side == "at least" else "<="
            value, yes = _short(figures[bar.key].median), "yes" if met(bar, figures[bar.key]) else "NO"
            lines.append(
                f"{bar.key:<28} {bar.work:<52} {value:>9} {sign + ' ' + _short(bar.first):>12} {yes:>4} "
                f"{_short(bar.going_to):>10}"
            )
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument(
        "--quick", dest="scale", action="store_const", const="quick", help="smaller logs, fewer rounds"
    )
    scale.add_argument(
        "--tiny", dest="scale", action="store_const", const="tiny", help="only shows that they run"
    )
    parser.set_defaults(scale="full")
    parser.add_argument("--json", metavar="OUT", help="write the figures to this file")
    parser.add_argument("--only", nargs="+", metavar="KEY", choices=KEYS, help="measure these keys alone")
    parser.add_argument(
        "--dir", metavar="FOLDER", help="where temporary files go (default: TMPDIR); on a real disk"
    )
    return parser
