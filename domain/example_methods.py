"""The example mine takes methods as its own: whole examples of commands and events about methods."""

from __future__ import annotations

from domain.language import Event
from domain.own_methods import Cell, MethodAdopted, OwnMethodAdopted, Scale, Step

__all__ = ["METHODS", "METHOD_EVENTS"]

BODY, OWN = "KS-01", "ks-matrix"
TITLE = "临时作业风险矩阵（本矿）"
BASIS = "2026年3月安全生产委员会会议通过，用于一次性临时作业"
LIKELIHOOD = (("1", "措施齐全", "every measure in place"), ("2", "措施有缺项", "a measure is missing"))
SEVERITY = (
    ("1", "轻伤", "slight injury"),
    ("2", "重伤", "severe injury"),
    ("3", "死亡", "death"),
)
CELLS = (
    ("1", "1", "low"),
    ("1", "2", "general"),
    ("1", "3", "larger"),
    ("2", "1", "general"),
    ("2", "2", "larger"),
    ("2", "3", "major"),
)

METHODS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "AdoptMethod",
        "P-PRINCIPAL",
        "2026-03-20T08:20",
        {"body": BODY, "method": "ls", "version": "5x5-shandong-type"},
    ),
    (
        "AdoptOwnMethod",
        "P-PRINCIPAL",
        "2026-03-20T08:30",
        {
            "body": BODY,
            "method": OWN,
            "version": "2026-1",
            "title": TITLE,
            "scales": [
                {
                    "key": key,
                    "zh": zh,
                    "en": en,
                    "values": [{"value": value, "zh": of, "en": means} for value, of, means in steps],
                }
                for key, zh, en, steps in (
                    ("L", "可能性", "likelihood", LIKELIHOOD),
                    ("S", "严重性", "severity", SEVERITY),
                )
            ],
            "cells": [{"inputs": {"L": one, "S": two}, "level": level} for one, two, level in CELLS],
            "basis": BASIS,
        },
    ),
)

METHOD_EVENTS: tuple[Event, ...] = (
    MethodAdopted("ls", "5x5-shandong-type", "风险矩阵法（LS，5×5）", "2026-03-20", {}),
    OwnMethodAdopted(
        OWN,
        "2026-1",
        TITLE,
        "2026-03-20",
        "method-matrix",
        (
            Scale("L", "可能性", tuple(Step(*one) for one in LIKELIHOOD), "likelihood"),
            Scale("S", "严重性", tuple(Step(*one) for one in SEVERITY), "severity"),
        ),
        (),
        tuple(Cell({"L": one, "S": two}, level) for one, two, level in CELLS),  # type: ignore[arg-type]  # four levels
        (),
        BASIS,
    ),
)
