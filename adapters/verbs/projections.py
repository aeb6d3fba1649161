"""Verbs for the views: how far they are, rebuild them beside the live ones, and compare every row."""

from __future__ import annotations

from dataclasses import asdict

import click

from adapters.verbs.frame import Frame, Noun, show_rows, write_json
from adapters.verbs.needing import need_journal
from domain.labels import Lang


def projections(lang: Lang) -> click.Group:
    noun = Noun("projections", lang=lang, help="视图" if lang == "zh" else "views over the journal")
    names = click.Argument(["names"], nargs=-1, metavar="[PROJECTION]...")

    @noun.verb("status", "各视图进度", "how far each view is")
    def status(frame: Frame) -> None:
        need_journal(frame)
        rows = [asdict(one) for one in frame.app.projector.status()]
        show_rows(frame, rows, ("name", "version", "generation", "position", "head", "lag", "failed"))

    @noun.verb("rebuild", "在旁重建并替换", "rebuild beside the live view and swap", [names])
    def rebuild(frame: Frame, names: tuple[str, ...]) -> None:
        need_journal(frame)
        done = [frame.app.projector.rebuild(name) for name in names or frame.app.projector.names()]
        if frame.json:
            write_json([asdict(one) for one in done])
        else:
            for one in done:
                click.echo(
                    frame.say(
                        f"{one.name}：重建到位置 {one.position}", f"{one.name}: rebuilt up to {one.position}"
                    )
                )

    @noun.verb("check", "重建并逐行比对", "rebuild aside and compare every row with the live one", [names])
    def check(frame: Frame, names: tuple[str, ...]) -> int:
        need_journal(frame)
        frame.app.projector.follow(names or None)  # else a view that lags would be found equal about nothing
        results = [frame.app.projector.check(name) for name in names or frame.app.projector.names()]
        if frame.json:
            write_json([asdict(one) for one in results])
        else:
            for one in results:
                equal = frame.say("一致", "equal") if one.equal else frame.say("不一致", "DIFFERENT")
                click.echo(
                    f"{one.name:20} {equal}  {one.rows}"
                    + "".join(f"\n    {each}" for each in one.differences)
                )
        return 0 if all(one.equal for one in results) else 1

    return noun
