"""Writes the pages under docs/reference from the code, so that none of them can say what the code does not do.

``python -m tests.references`` writes them; ``tests/architecture/test_references.py`` fails when one is stale.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Generated from the code by python -m tests.references; do not edit. -->\n"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "verbs.md": verbs(),
        "commands.md": commands(),
        "events.md": events(),
        "questions.md": questions(),
        "refusals.md": refusals(),
        "rules.md": rules(),
    }


def verbs() -> str:
    """Every verb of the command line with its options."""
    from cli import INDEX, build

    index, _ = build([])
    context = click.Context(index, info_name="dualguard")
    lines = [NOTE, "# Verbs\n"]
    shared = {flag for option in index.params for flag in option.opts}
    lines.append("Accepted everywhere, before and after the verb:\n")
    lines += [_option(option) for option in index.params if isinstance(option, click.Option)]
    for name, (_, _, zh, en) in INDEX.items():
        lines.append(f"\n## {name}\n\n{en} ({zh}).\n")
        command = index.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            for verb in sorted(command.commands):
                lines += _verb(f"{name} {verb}", command.commands[verb], shared)
        else:
            lines += _verb(name, command, shared)
    return "\n".join(lines) + "\n"


def _verb(path: str, command: click.Command, shared: set[str]) -> list[str]:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    usage = " ".join([f"dualguard {path}", *(one.make_metavar(click.Context(command)) for one in arguments)])
    lines = [f"### `{usage}`\n", f"{(command.help or '').strip()}.\n"]
    own = [
        one for one in command.params if isinstance(one, click.Option) and not shared.intersection(one.opts)
    ]
    return lines + [_option(option) for option in own] + ([""] if own else [])


def _option(option: click.Option) -> str:
    shape = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('x')))}"
    marks = [*(["required"] if option.required else []), *(["repeatable"] if option.multiple else [])]
    about = "; ".join([*marks, *([option.help] if option.help else [])])
    return f"- `{' / '.join(option.opts)}{shape}`{': ' + about if about else ''}"


def commands() -> str:
    """Every command that people may give, its fields, who may give it, and its canonical example."""
    from adapters.verbs.machine import whole_schema
    from domain.access import ROLL, TABLE
    from domain.index import COMMANDS

    told = whole_schema()
    lines = [NOTE, "# Commands\n"]
    for name, member in told["commands"].items():
        roles = ", ".join(TABLE[COMMANDS[name]])
        who = "everybody on the body's roll, with a role or without" if COMMANDS[name] in ROLL else roles
        lines += _member(name, member, f"May be given by: {who}.")
    lines.append(
        "# Commands of the machine\n\nGiven only by the clock, policies and feeds; `do` refuses them.\n"
    )
    for name, member in told["machine_commands"].items():
        lines += _member(name, member, "")
    return "\n".join(lines) + "\n"


def events() -> str:
    """Every stored kind with its canonical example."""
    from adapters.verbs.machine import whole_schema
    from domain.index import EVENTS

    lines = [NOTE, "# Events\n"]
    for kind, member in whole_schema()["events"].items():
        about = re.sub(r"\s+", " ", EVENTS[kind].__doc__ or "")
        about = "" if about.startswith(EVENTS[kind].__name__ + "(") else about
        lines += [f"## {kind}\n", *([about + "\n"] if about else []), *_block(member["example"])]
    return "\n".join(lines) + "\n"


def questions() -> str:
    """Every question of ``ask`` with its parameters."""
    from adapters.verbs.machine import whole_schema

    lines = [
        NOTE,
        "# Questions\n",
        "`dualguard ask QUESTION 'PARAMETERS'` answers each as an array of objects.\n",
    ]
    for name, member in whole_schema()["questions"].items():
        lines += _member(name, member, "")
    return "\n".join(lines) + "\n"


def refusals() -> str:
    """Every refusal and fault with its sentence in both languages."""
    import pkgutil
    from importlib import import_module

    import adapters
    import domain
    from domain import refused

    for place in (domain, adapters):  # whatever was imported before, every refusal is known
        for module in pkgutil.walk_packages(place.__path__, f"{place.__name__}."):
            import_module(module.name)
    lines = [NOTE, "# Refusals and faults\n"]
    for base, title in ((refused.Refused, "Refusals (exit 1)"), (refused.FaultError, "Faults (exit 3)")):
        lines += [f"## {title}\n", "| name | Chinese | English |", "|---|---|---|"]
        for one in sorted(base.__subclasses__(), key=lambda kind: kind.__name__):
            if one.__module__.partition(".")[0] not in ("domain", "adapters"):
                continue  # a test's own
            lines.append(f"| {one.__name__} | {one.zh} | {one.en} |".replace("\n", " "))
        lines.append("")
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Every version of every rule, where it is written, and how far that was verified."""
    from adapters.rules import load_rulebook

    lines = [NOTE, "# Rules\n"]
    lines.append(
        "Verified: V in a text that was read, V2 in two or more, P partly, G general knowledge or a house rule.\n"
    )
    lines += [
        "| rule | version | kind | source | from | until | where | verified | checked | citation |",
        "|" + "---|" * 10,
    ]
    for wordings in load_rulebook().wordings.values():
        for one in wordings:
            cited = " ".join(one.cited.get(part, "") for part in ("title", "number", "article")).strip()
            since = "" if one.since.startswith("0001") else one.since
            row = [one.rule, one.version, one.kind, one.source, since, one.until or "", " ".join(one.where)]
            lines.append("| " + " | ".join([*row, one.verified, one.checked, cited]) + " |")
    return "\n".join(lines) + "\n"


def _member(name: str, member: dict[str, Any], note: str) -> list[str]:
    schema = member["schema"]
    about = re.sub(r"\s+", " ", str(schema.get("description", ""))).strip()
    lines = [f"## {name}\n", *([about + "\n"] if about else []), *([note + "\n"] if note else [])]
    required = set(schema.get("required", ()))
    fields = schema.get("properties", {})
    if fields:
        lines += ["| field | required | shape |", "|---|---|---|"]
        for field, shape in fields.items():
            lines.append(f"| {field} | {'yes' if field in required else ''} | {_shape(shape)} |")
        lines.append("")
    return lines + _block(member["example"])


def _shape(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " or ".join(_shape(one) for one in shape["anyOf"])
    if "enum" in shape:
        return ", ".join(f"`{one}`" for one in shape["enum"])
    if "const" in shape:
        return f"`{shape['const']}`"
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[-1]
    if shape.get("type") == "array":
        return f"list of {_shape(shape.get('items', {}))}"
    if shape.get("format") == "date":
        return "day"
    most = f", up to {shape['maxLength']} characters" if "maxLength" in shape else ""
    return f"{shape.get('type', 'any')}{most}"


def _block(value: object) -> list[str]:
    return ["```json", json.dumps(value, ensure_ascii=False, indent=2), "```", ""]


def stale(folder: Path = FOLDER) -> list[str]:
    """The pages whose file differs from what the code says now."""
    return [
        name
        for name, page in pages().items()
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != page
    ]


def write(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, "utf-8")


if __name__ == "__main__":
    write()
