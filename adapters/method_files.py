"""A method in a TOML file of the form of a rule file becomes the fields of a command: a table is typed once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.problems import problem_of
from domain.refused import BadField


def read_method_file(path: str, field: str = "file", version: str | None = None) -> dict[str, Any]:
    """The fields of ``AdoptOwnMethod`` without its body; of several versions the named one, else the last.

    Refuses (``BadField``) what cannot be read, is no TOML, or is not of the form of a rule file.
    """
    try:
        parsed = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadField(
            field=field,
            problem_zh=f"无法读取文件：{problem_of(error).zh}",
            problem_en=f"cannot read the file: {error}",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise BadField(
            field=field, problem_zh=f"不是 TOML：{problem_of(error).zh}", problem_en=f"is not TOML: {error}"
        ) from None
    try:
        return _fields(parsed, version)
    except (KeyError, TypeError, AttributeError, IndexError, StopIteration) as error:
        told = f"{type(error).__name__} {error}"
        raise BadField(
            field=field,
            problem_zh=f"不是规则文件的格式（见 docs/reference/rule-format.md）：{told}",
            problem_en=f"is not of the form of a rule file (docs/reference/rule-format.md): {told}",
        ) from None


def _fields(parsed: Mapping[str, Any], version: str | None) -> dict[str, Any]:
    entries = parsed["version"]
    entry = entries[-1] if version is None else next(one for one in entries if one["version"] == version)
    value = entry["value"]
    found: dict[str, Any] = {
        "method": parsed["id"],
        "version": entry["version"],
        "title": parsed["title"]["zh"],
        "basis": entry.get("note", ""),
    }
    if "conditions" in value:
        rows = [
            {"condition": one["id"], "zh": one["zh"], "en": one.get("en", ""), "level": one["level"]}
            for one in value["conditions"]
        ]
        return {**found, "conditions": rows}
    found["scales"] = [
        {
            "key": scale["key"],
            "zh": scale["zh"],
            "en": scale.get("en", ""),
            "values": [
                {"value": step["value"], "zh": step.get("zh", step["value"]), "en": step.get("en", "")}
                for step in scale["values"]
            ],
        }
        for scale in value["inputs"]
    ]
    if "cells" in value:
        found["cells"] = [
            {"inputs": {key: one for key, one in cell.items() if key != "level"}, "level": cell["level"]}
            for cell in value["cells"]
        ]
    else:
        bounds = ("level", "min", "max")
        found["bands"] = [{key: band[key] for key in bounds if key in band} for band in value["thresholds"]]
    return found
