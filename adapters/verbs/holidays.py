"""Verbs for what the calendar and the authorities bring: important holidays, and special campaigns."""

from __future__ import annotations

from typing import Any

import click

from adapters.holiday_step import coming_holidays, reported_holidays, unreported_holidays
from adapters.problems import day_field
from adapters.projector.questions import answer
from adapters.verbs.commanding import add_command
from adapters.verbs.frame import Frame, Noun, show_rows
from adapters.verbs.history import history_verb
from adapters.verbs.holidays_unknown import row_of, tell_unreported
from adapters.verbs.machine import answer_question
from adapters.verbs.needing import need_journal
from adapters.verbs.risks import given
from domain.campaigns import AnnounceCampaign, EndCampaign
from domain.labels import Lang
from domain.language import day_after, day_of


def holiday(lang: Lang) -> click.Group:
    noun = Noun("holiday", lang=lang, help="重要节假日" if lang == "zh" else "important holidays")

    @noun.verb(
        "list",
        "将到的重要节假日及触发的变更",
        "important holidays to come, and the changes that they are",
        [
            click.Option(["--body"]),
            click.Option(["--until"], help="日期；缺省一年内 / day; default within a year"),
        ],
    )
    def list_holidays(frame: Frame, body: str | None, until: str | None) -> None:
        need_journal(frame)
        app = frame.app
        today = day_of(app.now())
        last = day_field("until", until) or day_after(today, 365)
        rows: list[dict[str, Any]] = []
        unknown: list[dict[str, Any]] = []
        for code in [body] if body else [row["body"] for row in answer(app.projector, "body-list", {})]:
            coming = coming_holidays(app, code, today, last)
            reported = reported_holidays(app, code, coming)
            for one in coming:
                change = next((name for name in (one.settled_change, one.change) if name in reported), None)
                told = {"body": code, "holiday": one.code, "name": one.zh if frame.lang == "zh" else one.en}
                told |= {"first": one.first, "last": one.last, "report_on": one.report_on}
                rows.append({**told, "provisional": one.provisional, "change": change})
            for missing in unreported_holidays(app, code, today, last):
                told = row_of(frame, missing)
                unknown.append({**told, "bodies": [code]})
                days = dict.fromkeys(("first", "last", "report_on", "provisional", "change"))
                rows.append({"body": code, "holiday": told["holiday"], "name": told["name"], **days})
        show_rows(
            frame, rows, ("body", "holiday", "name", "first", "last", "report_on", "provisional", "change")
        )
        tell_unreported(frame, unknown)

    return noun


def campaign(lang: Lang) -> click.Group:
    noun = Noun("campaign", lang=lang, help="专项整治" if lang == "zh" else "special campaigns")
    add_command(noun, "announce", AnnounceCampaign, "记录专项整治通知", "record an authority's notice")
    add_command(noun, "end", EndCampaign, "专项整治结束", "the campaign is over")

    @noun.verb(
        "list",
        "专项整治",
        "campaigns that go on",
        [
            click.Option(["--body"]),
            click.Option(["--ever"], is_flag=True, default=None, help="ended ones too"),
        ],
    )
    def list_campaigns(frame: Frame, **asked: Any) -> None:
        rows = answer_question(frame, "campaign-list", given(asked))
        columns = ("body", "code", "title", "authority", "number", "starts", "ends", "standing", "change")
        show_rows(frame, rows, columns)

    history_verb(noun, "campaign")
    return noun
