"""Verbs made from commands: every command that people may give has a verb whose options are the command's fields.

``dualguard hazard register --body NJ-K01 --hazard YH-0001 …`` and one line of ``dualguard do --batch`` are the same
act through the same border.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from adapters.app import answer_line
from adapters.border import read_order
from adapters.problems import problem_of
from adapters.verbs.frame import Frame, Noun, write_json
from adapters.verbs.telling import react
from domain.engine import Answer
from domain.language import Command
from domain.refused import BadField


def add_command(
    noun: Noun,
    name: str,
    command: type[Command],
    zh: str,
    en: str,
    more: Sequence[click.Parameter] = (),
    give: Callable[..., None] | None = None,
) -> None:
    """Add the verb of a command to its noun.

    ``give`` takes the place of ``give_command``, and gets the values of the options in ``more``, which are no fields.
    """
    hints = get_type_hints(command, include_extras=True)
    fields = dataclasses.fields(command)
    params: list[click.Parameter] = [*(_option(field, hints[field.name]) for field in fields), *more]
    giving = give or give_command

    @noun.verb(name, zh, en, params)
    def called(frame: Frame, **values: Any) -> None:
        data = {
            field.name: _read(field.name, hints[field.name], values[field.name])
            for field in fields
            if values[field.name] not in (None, ())
        }
        own = {str(one.name): values[str(one.name)] for one in more}
        giving(frame, command.__name__, data, **own)


def give_command(frame: Frame, name: str, data: Mapping[str, Any]) -> None:
    """Give one command from the command line and show where its records stand; then let the policies react."""
    app = frame.app
    line: dict[str, Any] = {"command": name, "data": dict(data)}
    if frame.command_id:
        line["id"] = frame.command_id
    order = read_order(line, app.person(frame.person), "os-local", need_id=False, at=frame.at)
    answer = app.submit(order)
    _show(frame, answer)
    sys.stdout.flush()
    if answer.records and not answer.repeated:
        react(frame)


def _show(frame: Frame, answer: Answer) -> None:
    if frame.json:
        write_json(answer_line(answer))
        return
    if not answer.records:
        click.echo(frame.say("已经如此，没有新记录", "it is so already; nothing was recorded"))
    for one in answer.records:
        click.echo(
            frame.say(
                f"已记录：位置 {one.position}，{one.stream} 第 {one.version} 条（{one.kind}）",
                f"recorded at position {one.position}: {one.stream}, version {one.version} ({one.kind})",
            )
        )


def _core(shape: Any) -> Any:
    """The type without notes and without "or nothing"."""
    if get_origin(shape) is Annotated:
        return _core(get_args(shape)[0])
    if get_origin(shape) in (Union, types.UnionType):
        return _core(next(one for one in get_args(shape) if one is not type(None)))
    return shape


class FieldOption(click.Option):
    """An option of a command's field; ``shape`` is the type of one value of it, which its help spells out."""

    def __init__(self, *args: Any, shape: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.shape = shape


def _option(field: dataclasses.Field[Any], shape: Any) -> click.Option:
    flag = "--" + field.name.replace("_", "-")
    required = field.default is dataclasses.MISSING
    core = _core(shape)
    origin = get_origin(core)
    if origin is Literal:
        return click.Option(
            [flag, field.name], type=click.Choice([str(one) for one in get_args(core)]), required=required
        )
    if core is bool and field.default is None:  # yes, no, or not said
        return click.Option([f"{flag}/--no-{flag.removeprefix('--')}", field.name], default=None)
    if core is bool:
        return click.Option([flag, field.name], is_flag=True, default=None)
    if core is int:
        return click.Option([flag, field.name], type=int, required=required)
    if origin is tuple:
        inner = _core(get_args(core)[0])
        metavar, more = (
            ("JSON", "可重复，或给一个列表 / repeat it, or give a list")
            if dataclasses.is_dataclass(inner)
            else ("TEXT", "可重复 / repeat it")
        )
        names = [flag, field.name]
        return FieldOption(names, shape=inner, multiple=True, required=required, metavar=metavar, help=more)
    if origin in (dict, Mapping):
        return click.Option([flag, field.name], multiple=True, required=required, metavar="KEY=VALUE")
    if dataclasses.is_dataclass(core):
        return FieldOption([flag, field.name], shape=core, required=required, metavar="JSON")
    return click.Option(
        [flag, field.name], required=required, metavar=re.sub("[^A-Z]", "", field.name.upper())
    )


def _one_or_list(given: Any) -> list[Any]:
    """The objects of one text: an object, or a list of them."""
    return given if isinstance(given, list) else [given]


def _read(name: str, shape: Any, given: Any) -> Any:
    """A field's value from the texts of the command line."""
    core = _core(shape)
    origin = get_origin(core)
    if origin is tuple:
        inner = _core(get_args(core)[0])
        if not dataclasses.is_dataclass(inner):
            return list(given)
        return [one for text in given for one in _one_or_list(_json(name, text, inner))]
    if origin in (dict, Mapping):
        return pairs(name, given)
    return _json(name, given, core) if dataclasses.is_dataclass(core) else given


def pairs(name: str, given: Iterable[str]) -> dict[str, str]:
    """Texts of the form KEY=VALUE as a table; refuses others by the field's name."""
    parted = [text.partition("=") for text in given]
    for key, equals, _ in parted:
        if not equals:
            raise BadField(
                field=name, problem_zh=f"“{key}”应写成 键=值", problem_en=f"'{key}' should be KEY=VALUE"
            )
    return {key: value for key, _, value in parted}


def _json(name: str, text: str, shape: Any) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        needed = [one.name for one in dataclasses.fields(shape) if one.default is dataclasses.MISSING]
        form = "{" + ", ".join(f'"{one}": …' for one in needed) + "}"
        raise BadField(
            field=name,
            problem_zh=f"不是有效的 JSON：{problem_of(error).zh}；应写成 '{form}'",
            problem_en=f"is not JSON: {error}; it should be '{form}'",
        ) from None
