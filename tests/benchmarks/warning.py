"""How long five hundred warnings take from files to records, with everything that follows from them."""

from __future__ import annotations

import time
from pathlib import Path

from tests.adapting.cap_documents import alert, area, document, info
from tests.benchmarks.measuring import Bench, Figure, Figures, significant
from tests.faults.command_line import call, examples, rows_of

KINDS = ("暴雨", "大风", "雷电", "高温", "大雾", "冰雹", "台风", "道路结冰")
COLOURS = ("蓝色", "黄色", "橙色", "红色")


def generated(number: int) -> bytes:
    """One of many alerts: two languages, an area and a kind of its own, every fifth an update, every tenth a lift."""
    code = f"{320100 + number % 90:06}"
    identifier = f"{code}41600000_20260615{number // 60:02}{number % 60:02}00"
    before = (
        f"{320100 + (number - 1) % 90:06}41600000_20260615{(number - 1) // 60:02}{(number - 1) % 60:02}00"
    )
    kind, colour = KINDS[number % len(KINDS)], COLOURS[number % len(COLOURS)]
    says = "解除" if number % 10 == 9 else "更新" if number % 5 == 4 else "发布"
    blocks = (
        info("Observatory issued a warning", language="en-US", event="gale", areas=[area(f"{code}000000")]),
        info(f"示例市气象台{says}{kind}{colour}预警", event=kind, areas=[area(f"{code}000000")]),
    )
    told = alert(
        *blocks,
        identifier=identifier,
        sent=f"2026-06-15T{number // 60:02}:{number % 60:02}:00+08:00",
        message="Cancel" if says == "解除" else "Update" if says == "更新" else "Alert",
        references=f"office,{before},t" if says != "发布" else "",
    )
    return document(told)


def five_hundred(bench: Bench) -> Figures:
    """SQLite: one call of the command line over a folder of so many alerts, on a database that holds the example mine."""
    count, rounds = bench.pick(tiny=(8, 1), quick=(500, 1), full=(500, 3))
    folder = bench.file("warnings")
    Path(folder).mkdir()
    for number in range(count):
        (Path(folder) / f"{number:04}.xml").write_bytes(generated(number))
    runs = []
    for turn in range(rounds):
        db = str(bench.file(f"warnings-{turn}.db"))
        call(["--db", db, "do", "--batch"], examples())
        before = len(rows_of(db))
        begin = time.perf_counter()
        done = call(["--db", db, "--json", "feed", "weather", str(folder)])
        runs.append(time.perf_counter() - begin)
        added = sum(row.kind == "warning-received.1" for row in rows_of(db)[before:])
        if done.returncode or added != count:
            raise AssertionError(f"{added} of {count} warnings received: {done.stderr[-500:]}")
    how = (
        f"`feed weather FOLDER` in this process over {count:,} generated alerts (two languages, updates and lifts) on SQLite "
        f"FULL: read, kept by hash and made durable each, recorded in a transaction each, views followed, policies run"
    )
    details = {"how": how, "alerts": count, "per_s": significant(count / sorted(runs)[len(runs) // 2])}
    return {"weather_500_alerts_s": Figure(runs, details)}
