"""The machine doors: ``schema`` tells every shape, ``do`` takes commands as JSON, ``ask`` answers questions as JSON.

They keep clients and tests honest: everything a person can do passes through the same border and the same engine.
"""

from __future__ import annotations

import codecs
import io
import select
import stat
import sys
from collections.abc import Iterator, Mapping
from os import fstat
from typing import Any, BinaryIO

import click

from adapters.app import App, answer_line
from adapters.border import bad_json, model, read_command, read_line, read_order
from adapters.canonical import MAX_BYTES, BadJsonError, read_json
from adapters.verbs.frame import Frame, Verb, frame_of, write_json
from adapters.verbs.telling import react
from domain.labels import Lang, Term
from domain.language import stream_name
from domain.refused import BadField, BadLine, Refused, Told, UnknownThing
from domain.reports import SubmitReport


def schema(lang: Lang) -> click.Command:
    def call() -> None:
        frame = frame_of(click.get_current_context())
        told = whole_schema()
        if frame.json:
            write_json(told)
            return
        for part, members in told.items():
            click.echo(f"{part}:")
            for name, member in members.items():
                about = str(member["schema"].get("description", "")).split("\n")[0]
                click.echo(f"  {name:28} {about}")

    text = (
        "列出全部命令、事件和查询的格式"
        if lang == "zh"
        else "every command, event and question with its shape"
    )
    return Verb("schema", callback=call, help=text, lang=lang)


def whole_schema() -> dict[str, dict[str, Any]]:
    """JSON Schema and one canonical example of every command, machine command, event and question."""
    import msgspec

    from adapters.projector.questions import QUESTIONS
    from domain.example_events import EVENT_EXAMPLES
    from domain.examples import COMMAND_EXAMPLES, MACHINE_EXAMPLES
    from domain.index import COMMANDS, EVENTS, MACHINE_COMMANDS

    examples = {str(example["command"]): example for example in COMMAND_EXAMPLES}
    return {
        "commands": {
            name: {"schema": model(COMMANDS[name]).model_json_schema(), "example": example}
            for name, example in examples.items()
        },
        "machine_commands": {
            name: {"schema": model(command).model_json_schema(), "example": MACHINE_EXAMPLES[name]}
            for name, command in MACHINE_COMMANDS.items()
        },
        "events": {
            kind: {"schema": msgspec.json.schema(event), "example": msgspec.to_builtins(EVENT_EXAMPLES[kind])}
            for kind, event in EVENTS.items()
        },
        "questions": {
            name: {"schema": question.parameters.model_json_schema(), "example": question.example}
            for name, question in QUESTIONS.items()
        },
    }


# ------------------------------------------------------------------------------------------------- do

BOM = codecs.BOM_UTF8
"""What some editors write before the first character; it is no part of it."""


def given_in() -> BinaryIO:
    """Standard input as bytes; nothing where it was closed."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def do(lang: Lang) -> click.Command:
    zh = lang == "zh"

    def call(command: str | None, batch: bool, on_error: str) -> None:
        frame = frame_of(click.get_current_context())
        if batch == (command is not None):
            raise click.UsageError(
                "写明一个 COMMAND，或用 --batch" if zh else "name one COMMAND, or use --batch"
            )
        if command is not None:
            _do_one(frame, command)
        else:
            _do_batch(frame, stop=on_error == "stop")

    text = (
        "由标准输入读取 JSON 命令并执行；--batch 每行一条"
        if zh
        else "give a command whose fields come as JSON on standard input; many, one a line, with --batch"
    )
    return Verb(
        "do",
        callback=call,
        help=text,
        params=[
            click.Argument(["command"], required=False),
            click.Option(["--batch"], is_flag=True, help="JSON lines"),
            click.Option(
                ["--on-error"],
                type=click.Choice(["continue", "stop"]),
                default="continue",
                show_default=True,
                help="某行被拒绝后：继续或停止" if zh else "after a refused line: go on, or stop",
            ),
        ],
        lang=lang,
    )


def _do_one(frame: Frame, name: str) -> None:
    raw = given_in().read(MAX_BYTES + 1).removeprefix(BOM)
    try:
        given = read_line(raw, 1)
        line: dict[str, Any] = dict(given) if "data" in given else {"data": given}
        if line.setdefault("command", name) != name:
            raise BadField(field="command", problem_zh=f"与 {name} 不同", problem_en=f"is not {name}")
        if frame.command_id:
            line["id"] = frame.command_id
        app = frame.app
        read_command(name, line["data"])
        answer = app.submit(
            read_order(line, app.person(frame.person), "os-local", need_id=False, at=frame.at)
        )
    except Refused as refused:
        write_json(_refused(refused, frame.lang))
        sys.stdout.flush()
        start = frame.say("拒绝：", "refused: ")
        click.echo(start + refused.because(frame.lang), err=True)
        raise SystemExit(1) from None
    _print(answer_line(answer))
    if answer.records and not answer.repeated:
        react(frame)


LOOK_AT_DUTIES = frozenset({SubmitReport.__name__})
"""What names the duties that it answers: those that earlier lines of the batch make owed are raised before."""


def _do_batch(frame: Frame, stop: bool) -> None:
    """Each line is answered by one line, printed only when it is durable; a refused line leaves no trace."""
    refused_any: Refused | None = None
    appended = False
    app: App | None = None
    person = None
    for number, raw in _lines():
        try:
            line = read_line(raw, number)
            if app is None:
                app = frame.app
                person = app.person(frame.person)
            assert person is not None
            if appended and line.get("command") in LOOK_AT_DUTIES:
                react(frame)
                appended = False
            answer = app.submit(read_order(line, person, "os-local", need_id=True, at=frame.at))
        except Refused as refused:
            refused_any = refused
            _print(_refused(refused, frame.lang))
            if stop:
                break
            continue
        appended = appended or bool(answer.records and not answer.repeated)
        _print(answer_line(answer))
    if appended:
        react(frame)
    if refused_any is not None:
        sys.stdout.flush()
        raise SystemExit(1)


def _lines() -> Iterator[tuple[int, bytes]]:
    """The lines of standard input with their numbers, blank ones left out; one that is too long is still one line."""
    number, given = 0, given_in()
    while raw := given.readline(MAX_BYTES + 2):
        number += 1
        if number == 1:
            raw = raw.removeprefix(BOM)
        while not raw.endswith(b"\n") and len(raw) > MAX_BYTES:
            more = given.readline(MAX_BYTES)
            if not more or more.endswith(b"\n"):
                break
        if raw.strip():
            yield number, raw.rstrip(b"\r\n")


def _print(value: Mapping[str, Any]) -> None:
    write_json(value)
    sys.stdout.flush()


def _refused(refused: Told, lang: Lang) -> dict[str, Any]:
    return {"ok": False, "refused": refused.name, "because": refused.because(lang)}


# ------------------------------------------------------------------------------------------------- ask


def ask(lang: Lang) -> click.Command:
    def call(question: str, parameters: str | None) -> None:
        frame = frame_of(click.get_current_context())
        write_json(answer_question(frame, question, _parameters(parameters)))

    text = (
        "回答一个查询；参数为 JSON（第二个参数，或标准输入）"
        if lang == "zh"
        else "answer a question; its parameters are JSON, as second argument or on standard input"
    )
    return Verb(
        "ask",
        callback=call,
        help=text,
        params=[click.Argument(["question"]), click.Argument(["parameters"], required=False)],
        lang=lang,
    )


def answer_question(frame: Frame, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that answer a question; refuses an unknown question and bad parameters by field."""
    from adapters.projector.questions import answer
    from adapters.verbs.needing import need_journal

    need_journal(frame)
    body = parameters.get("body")
    if isinstance(body, str) and not frame.app.ledger.read_stream(stream_name("body", body), 0):
        raise UnknownThing(kind=Term("body"), code=body[:64], body=body[:64])
    return answer(frame.app.projector, name, parameters)


def _parameters(given: str | None) -> Mapping[str, Any]:
    if given == "-":
        raw = given_in().read(MAX_BYTES + 1).removeprefix(BOM)
    elif given is not None:
        raw = given.encode("utf-8", "surrogateescape")
    else:
        raw = _waiting_input()
    if not raw.strip():
        return {}
    try:
        value = read_json(raw)
    except BadJsonError as error:
        raise bad_json(error, 1) from None
    if not isinstance(value, dict):
        raise BadLine(line=1, problem_zh="必须是 JSON 对象", problem_en="it must be a JSON object")
    return value


def _waiting_input() -> bytes:
    """What was piped or redirected in; a terminal, or a pipe that stays silent for a second, gives nothing."""
    try:
        mode = fstat(0).st_mode
    except OSError:
        return b""
    if stat.S_ISREG(mode) or (
        (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)) and select.select([0], [], [], 1.0)[0]
    ):
        return given_in().read(MAX_BYTES + 1).removeprefix(BOM)
    return b""
