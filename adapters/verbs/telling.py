"""How the command line ends badly: one sentence, the name of the reason, and the designed exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

import click

from adapters.verbs.frame import Frame, write_json
from domain.refused import FaultError, NoGrant, Refused, Told, UnknownPerson


def react(frame: Frame) -> None:
    """Let the policies react to what was just recorded; where they cannot, say so: the next tick does it.

    What has begun to be owed is raised before: a policy may have the answer to it.
    """
    from adapters.verbs.clock import ports_of
    from domain.language import day_of

    try:
        ports = ports_of(frame)
        frame.wiring["raise"](ports, day_of(ports.now()))
        frame.app.react()
    except FaultError as fault:
        click.echo(
            frame.say(
                "已记录；后续处理推迟到下一次时钟运行：",
                "recorded; what follows from it waits for the next tick: ",
            )
            + fault.because(frame.lang),
            err=True,
        )


_NO_ROOM = frozenset({errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EBADF})


def _complain(sentence: str) -> None:
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)


def _advice(told: Told, frame: Frame) -> str:
    """Who is refused under the name of the machine's account is told how to say who they are."""
    if frame.person or not isinstance(told, (NoGrant, UnknownPerson)):
        return ""
    person = told.values.get("person")
    try:
        if person is None or person != frame.app.person(None):
            return ""
    except FaultError:
        return ""
    return frame.say(
        f"。没有用 --as 指明操作人员，所以按本机账户“{person}”办理；请用 --as 人员编号 指明是谁",
        f". Without --as the account of this machine, '{person}', was taken; say who acts with --as PERSON",
    )


def tell(told: Exception, frame: Frame) -> int:
    """Say why in one sentence: 1 for a refusal, 3 for a fault; an unforeseen error is a fault too."""
    if isinstance(told, OSError) and told.errno in _NO_ROOM and told.filename is None:
        # What was asked may be done all the same: only the answer could not be written out.
        problem = told.strerror or type(told).__name__
        _complain(
            frame.say(f"故障：结果无法输出：{problem}", f"fault: the answer cannot be written: {problem}")
        )
        with contextlib.suppress(OSError):
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is left unwritten must not fail again at the end
        return 3
    if not isinstance(told, Told):
        from adapters.logs import logger

        logger().error("unforeseen", exc_info=told)
        click.echo(
            frame.say(f"程序内部错误：{type(told).__name__}", f"internal error: {type(told).__name__}"),
            err=True,
        )
        return 3
    sentence = told.because(frame.lang) + _advice(told, frame)
    refused = isinstance(told, Refused)
    if frame.json:
        values = {key: str(value) for key, value in told.values.items()}
        kind = "refused" if refused else "fault"
        write_json({"ok": False, kind: told.name, "because": sentence, "values": values})
    sys.stdout.flush()
    start = (
        ("拒绝：" if refused else "故障：") if frame.lang == "zh" else ("refused: " if refused else "fault: ")
    )
    click.echo(start + sentence, err=True)
    return 1 if refused else 3
