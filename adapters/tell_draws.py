"""The sentences of records about random draws; a part of those of ``adapters.tell``."""

from __future__ import annotations

DRAWS: dict[str, tuple[str, str]] = {
    "draw-announced.1": (
        "公布抽取（{of}）：{population} 抽 {count} 个，各由 {inspectors} 中 {each} 人检查；种子为 {seed_day} 的 {seed_from}",
        "announced a draw ({of}): {count} of {population}, each for {each} of {inspectors}; seed: {seed_from} {seed_day}",
    ),
    "draw-held.1": ("以种子 {seed} 抽取（{of}）：{drawn}", "drew by the seed {seed} ({of}): {drawn}"),
}
