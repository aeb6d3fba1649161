"""Shows a thing's state after each of its records, forwards and backwards: what each record changed."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from adapters.tell import sentence
from adapters.verbs.field_words import field_word, value_word
from adapters.verbs.frame import Frame, Noun, local, write_json
from adapters.verbs.history import streams_of
from adapters.verbs.needing import need_journal
from domain.decider import Decider
from domain.labels import Lang
from domain.records import Record
from domain.refused import BadField


def replay_verb(noun: Noun, decider: Decider[Any]) -> None:
    """Add the verb ``replay`` for things of this kind."""

    @noun.verb(
        "replay",
        "逐条回放：每条记录之后的状态",
        "the state after each record; --step N shows one (from the end when negative), --backwards the last first",
        [
            click.Argument(["code"]),
            click.Option(["--body"]),
            click.Option(["--step"], type=int),
            click.Option(["--backwards"], is_flag=True, default=False),
        ],
    )
    def replay(frame: Frame, code: str, body: str | None, step: int | None, backwards: bool) -> None:
        need_journal(frame)
        records = frame.app.journal.stream(streams_of(frame.app, decider.name, code, body)[0])
        steps = replayed(decider, records, frame.lang)
        if step is not None:
            most = len(steps)
            if step == 0 or abs(step) > most:
                raise BadField(
                    field="--step",
                    problem_zh=f"可取 1 至 {most}，或从末尾数起 -1 至 -{most}",
                    problem_en=f"is 1 to {most}, or -1 to -{most} from the end",
                )
            steps = [steps[step - 1 if step > 0 else step]]
        elif backwards:
            steps.reverse()
        if frame.json:
            write_json(steps)
            return
        frame.banner()
        for one in steps:
            click.echo(f"{one['step']:>3}  {local(one['happened_at'])}  {one['sentence']}")
            shown = one["state"].items() if step is not None else one["changed"].items()
            for name, value in shown:
                click.echo(
                    f"       {field_word(name, frame.lang)}{frame.say('：', ': ')}{_now(name, value, step, frame)}"
                )


def replayed(decider: Decider[Any], records: list[Record], lang: Lang) -> list[dict[str, Any]]:
    """One entry a record: what it says, what it changed (before, after), and the whole state after it."""
    state = decider.initial
    steps: list[dict[str, Any]] = []
    for number, record in enumerate(records, start=1):
        before, state = state, decider.evolve(state, record.event)
        was, now = _fields(before), _fields(state)
        steps.append(
            {
                "step": number,
                "position": record.position,
                "kind": record.kind,
                "happened_at": record.happened_at,
                "recorded_at": record.recorded_at,
                "sentence": sentence(record, lang),
                "changed": {name: [was[name], now[name]] for name in now if was[name] != now[name]},
                "state": now,
            }
        )
    return steps


def _fields(state: Any) -> dict[str, Any]:
    return {one.name: getattr(state, one.name) for one in dataclasses.fields(state)}


def _now(name: str, value: Any, step: int | None, frame: Frame) -> str:
    """The state of one step has values; what a step changed has the value before and the one after."""
    if step is not None:
        return value_word(name, value, frame.lang)
    before, after = (value_word(name, one, frame.lang) for one in value)
    return f"{before} -> {after}"
