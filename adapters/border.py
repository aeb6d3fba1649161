"""The border: what comes from outside becomes a typed command here, or gets one clear sentence naming the field.

pydantic checks shape, types and lengths against the very dataclasses of the domain, strictly and with unknown fields
refused; the same models give the JSON Schema. Nothing past this point sees unchecked input.
"""

from __future__ import annotations

import dataclasses
import re
import types
import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from adapters.canonical import BadJsonError, NotCanonicalError, encode, read_json
from adapters.problems import PROBLEMS, in_chinese, problem
from domain.language import (
    SHARED,
    AreaText,
    CodeText,
    Command,
    DayText,
    DecimalText,
    HashText,
    Limit,
    MomentText,
    NaiveMomentError,
    ScopeText,
    is_code,
    is_day,
    is_hash,
    parse_moment,
)
from domain.refused import BadField, BadLine, NaiveTime, NotForPeople, UnknownCommand

if TYPE_CHECKING:
    from domain.engine import Order

LINE_FIELDS = {
    "command": "name of the command",
    "by": "reference of the person who gives it",
    "at": "when it happened, ISO 8601 with offset",
    "id": "unique text of up to 200 characters, for ever",
    "data": "fields of the command",
    "on_behalf_of": "person for whom it is given",
    "source": "where it came from",
}
MAX_ID = 200

# ------------------------------------------------------------------------------------------------- models


def _code(text: str) -> str:
    if not is_code(text):
        raise PydanticCustomError("code", "is not a code")
    return text


def _scope(text: str) -> str:
    return text if text == SHARED else _code(text)


def _day(text: str) -> str:
    if not is_day(text):
        raise PydanticCustomError("day", "is not a day")
    return text


def _decimal(text: str) -> str:
    try:
        fine = Decimal(text).is_finite() and len(text) <= 40 and "e" not in text.lower() and "_" not in text
    except InvalidOperation:
        fine = False
    if not fine or text != text.strip() or not text.isascii():
        raise PydanticCustomError("decimal", "is not a decimal")
    return text


def _area(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4, 6, 9, 12)):
        raise PydanticCustomError("area", "is not an area")
    return text


def _hash(text: str) -> str:
    if not is_hash(text):
        raise PydanticCustomError("hash", "is not a SHA-256")
    return text


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What no paper shows and some turn around: controls but line feed and tab, marks of direction, spaces of no width."""


def _moment(text: str) -> str:
    try:
        parse_moment(text)
    except ValueError:
        raise PydanticCustomError("moment", "is not a moment") from None
    return text


def _clean(text: str) -> str:
    if _UNSEEN.search(text):
        raise PydanticCustomError("control", "holds control characters")
    if text and not text.strip():
        raise PydanticCustomError("blank", "is blank")
    return text


def _schema(**extra: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **extra})


_TEXTS: dict[type, tuple[Any, ...]] = {
    CodeText: (AfterValidator(_code), _schema(pattern=r"^[^\W_][\w.\-]{0,63}$", maxLength=64)),
    ScopeText: (AfterValidator(_scope), _schema(pattern=r"^(\*|[^\W_][\w.\-]{0,63})$", maxLength=64)),
    DayText: (AfterValidator(_day), _schema(format="date")),
    DecimalText: (AfterValidator(_decimal), _schema(pattern=r"^-?[0-9]+(\.[0-9]+)?$")),
    MomentText: (AfterValidator(_moment), _schema(format="date-time")),
    HashText: (AfterValidator(_hash), _schema(pattern=r"^[0-9a-f]{64}$")),
    AreaText: (AfterValidator(_area), _schema(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")),
}


def guarded(shape: Any) -> Any:
    """The pydantic type that guards one type of the domain."""
    origin, args = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _annotated(args)
    if origin is Literal:
        return shape
    if origin in (Union, types.UnionType):
        return Union[tuple(guarded(one) for one in args)]  # noqa: UP007 - the members are known at run time only
    if origin is tuple:
        return Annotated[types.GenericAlias(list, (guarded(args[0]),)), Field(max_length=5000)]
    if origin in (dict, Mapping):
        return types.GenericAlias(dict, (guarded(args[0]), guarded(args[1])))
    if isinstance(shape, type) and dataclasses.is_dataclass(shape):
        return model(shape)
    if shape is int:
        return Annotated[int, Field(gt=-(2**53), lt=2**53)]
    return shape


def _annotated(args: tuple[Any, ...]) -> Any:
    base, notes = args[0], args[1:]
    extra: list[Any] = []
    for note in notes:
        if isinstance(note, Limit):
            extra += [Field(min_length=note.least, max_length=note.most), AfterValidator(_clean)]
        elif type(note) in _TEXTS:
            extra += _TEXTS[type(note)]
    return Annotated[(guarded(base), *extra)]


_MODELS: dict[type, type[BaseModel]] = {}


def model(shape: type) -> type[BaseModel]:
    """The pydantic model that guards a dataclass of the domain: strict, unknown fields refused; made once."""
    if shape not in _MODELS:
        _MODELS[shape] = _make_model(shape)
    return _MODELS[shape]


def _make_model(shape: type) -> type[BaseModel]:
    hints = get_type_hints(shape, include_extras=True)
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(shape):
        default = ... if field.default is dataclasses.MISSING else field.default
        if isinstance(default, tuple):
            default = list(default)
        fields[field.name] = (guarded(hints[field.name]), default)
    doc = (shape.__doc__ or "").strip()
    config = ConfigDict(extra="forbid", strict=True, title=shape.__name__)
    made: type[BaseModel] = create_model(shape.__name__, __config__=config, __doc__=doc, **fields)
    return made


# ------------------------------------------------------------------------------------------------- sentences


def path_of(steps: tuple[str | int, ...], before: str = "") -> str:
    """A field's path as a person writes it: ``data.people[0].person``."""
    text = before
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "data"


def bad_field(error: ValidationError, before: str = "") -> BadField:
    """The first problem of a validation as a refusal."""
    first = error.errors(include_url=False, include_input=False)[0]
    zh, en = problem(first)
    return BadField(field=path_of(first["loc"], before), problem_zh=zh, problem_en=en)


# ------------------------------------------------------------------------------------------------- commands


def read_command(name: object, data: object, machine: bool = False) -> Command:
    """A command from its name and its fields as parsed JSON.

    Refuses ``UnknownCommand``, ``NotForPeople`` (a machine command), and ``BadField`` naming the field.
    """
    from domain.index import COMMANDS, MACHINE_COMMANDS  # the whole domain, which a question does without

    table = {**COMMANDS, **MACHINE_COMMANDS} if machine else COMMANDS
    kind = table.get(name) if isinstance(name, str) else None
    if kind is None:
        if isinstance(name, str) and name in MACHINE_COMMANDS:
            raise NotForPeople(command=name)
        raise UnknownCommand(command=str(name)[:80])
    try:
        model(kind).model_validate(data)
    except ValidationError as error:
        raise bad_field(error, "data") from None
    return msgspec.convert(data, kind)


def read_line(raw: bytes, number: int) -> Any:
    """One line of a batch as parsed JSON, or ``BadLine`` with its number."""
    try:
        line = read_json(raw)
    except BadJsonError as error:
        raise bad_json(error, number) from None
    if not isinstance(line, dict):
        raise BadLine(line=number, problem_zh="必须是 JSON 对象", problem_en="it must be a JSON object")
    return line


def bad_json(error: BadJsonError, number: int) -> BadLine:
    """What is wrong with a JSON text as a refusal; the place is told in the reader's language, the cause in both."""
    zh = f"第 {error.position + 1} 个字符处：{in_chinese(error.reason)}"
    return BadLine(line=number, problem_zh=zh, problem_en=str(error))


def read_order(line: Mapping[str, Any], by: str, auth: str, need_id: bool, at: str | None = None) -> Order:
    """An order from a line's fields; ``by`` and ``at`` fill in what the line leaves out.

    The content that an id is bound to is what the caller gave: command, person, given time and given fields.
    """
    from domain.engine import Order  # with who may give which command: the whole domain again

    for field in line:
        if field not in LINE_FIELDS:
            raise BadField(field=str(field)[:80], problem_zh="没有这个字段", problem_en="is not a field here")
    if line.get("command") is None:
        raise _missing("command")
    if not isinstance(line["command"], str):
        raise BadField(
            field="command", problem_zh=PROBLEMS["string_type"][0], problem_en=PROBLEMS["string_type"][1]
        )
    person = _text(line, "by", 64) or by
    if not is_code(person):
        raise BadField(field="by", problem_zh=PROBLEMS["code"][0], problem_en=PROBLEMS["code"][1])
    behalf = _text(line, "on_behalf_of", 64)
    given_id = _text(line, "id", MAX_ID)
    if given_id is None and need_id:
        raise _missing("id")
    when = moment_field("at", _text(line, "at", 64) or at)
    data = line.get("data", {})
    command = read_command(line["command"], data)
    content: dict[str, Any] = {"command": line["command"], "by": person, "data": data}
    if when is not None:
        content["at"] = when
    if behalf is not None:
        content["on_behalf_of"] = behalf
    try:
        digest = sha256(encode(content)).digest()
    except NotCanonicalError as error:
        raise BadField(
            field=path_of(error.steps), problem_zh=in_chinese(error.reason), problem_en=error.reason
        ) from None
    return Order(
        command=command,
        by=person,
        id=own_id(given_id) if given_id else str(uuid.uuid4()),
        content=digest,
        at=when,
        on_behalf_of=behalf,
        auth=auth,
        source=_text(line, "source", 200),
    )


def own_id(given: str) -> str:
    """The id under which a person's command is kept: the given one, marked where it looks like one of the machine's.

    The clock and the policies use UUIDs of version 5, which anybody can compute beforehand: without the mark a person
    could take such an id first, and the machine's command would count as done.
    """
    if given.startswith("~"):
        return f"~{given}"
    try:
        machine_like = uuid.UUID(given).version == 5
    except ValueError:
        return given
    return f"~{given}" if machine_like else given


def moment_field(field: str, given: str | None) -> str | None:
    """A moment given from outside; ``NaiveTime`` without offset, ``BadField`` when it is no time at all."""
    if given is None:
        return None
    try:
        return parse_moment(given)
    except NaiveMomentError:
        raise NaiveTime(field=field, given=given) from None
    except ValueError:
        raise BadField(
            field=field,
            problem_zh=f"“{given[:40]}”不是时间（例如 2026-07-10T08:00:00+08:00）",
            problem_en=f"'{given[:40]}' is not a time such as 2026-07-10T08:00:00+08:00",
        ) from None


def _text(line: Mapping[str, Any], field: str, most: int) -> str | None:
    value = line.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadField(field=field, problem_zh="必须是文字", problem_en="must be text")
    if not value.strip():
        raise BadField(field=field, problem_zh="不能为空", problem_en="must not be empty")
    if _UNSEEN.search(value) or "\n" in value or "\t" in value:
        raise BadField(field=field, problem_zh=PROBLEMS["control"][0], problem_en=PROBLEMS["control"][1])
    if len(value) > most:
        raise BadField(
            field=field, problem_zh=f"超过 {most} 个字符", problem_en=f"is longer than {most} characters"
        )
    return value


def _missing(field: str) -> BadField:
    return BadField(field=field, problem_zh="必填", problem_en="is required")
