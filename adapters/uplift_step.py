"""Lifts later what a change touches and nothing lifted when it was reached, or what another response now asks for.

The body had adopted no response yet, the risk had no level yet (its first assessment says what is lifted), or the
weather was milder and turns again. What is lifted late is lifted from the level that counted when the change began.
What is lifted already follows a new version of the response at once, and does not wait for the weather to turn; so does
what a warning that came late lifted as of a day before that version bound.
Such a step needs the views, so it is no policy; like one it runs by the clock's tick and after what was recorded, and
running it twice adds nothing.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from adapters.policies import submit_noting
from adapters.positions import STRIDE
from adapters.response_turns import looked, turned
from domain.engine import Order
from domain.language import Command, Day, Moment, day_of
from domain.policies import NAMESPACE
from domain.records import Record
from domain.risk_assessment import RiskAssessed
from domain.risk_uplift import RESPONSES, WEATHER_CAUSE, FollowUplift, LayUplift, RiskUplifted
from domain.rule_adoption import RulePackAdopted
from domain.weather_changes import rank_of_change
from domain.weather_episodes import EpisodeRaised, episode_name
from domain.weather_words import RANKS
from projections.changes import CHANGES, touched_meanwhile
from projections.uplifts import UPLIFTS, uplift_list

if TYPE_CHECKING:
    from adapters.app import App

NAME = "uplifts"
"""Under which it is kept how far this step has come, and how its records name their source."""
KINDS = (RulePackAdopted.KIND, RiskAssessed.KIND, EpisodeRaised.KIND, RiskUplifted.KIND)
Row = dict[str, Any]


def follow_uplifts(app: App) -> int:
    """Lift what adoptions and first assessments since the last look let be lifted; returns how many are new.

    Raises ``FaultError`` where journal or views cannot serve; what was lifted stays, the rest is lifted the next time.
    """
    head, since = app.journal.head().size, app.positions.of(NAME)
    every = app.journal.every(since, KINDS, until=head) if since < head else ()
    news = [one for one in every if not isinstance(one.event, RiskUplifted) or _late(one.event, app.now())]
    new, turn = 0, turned(app, NAME)
    if news or turn is not None:
        app.projector.wait_for(head, (CHANGES.name, UPLIFTS.name))
        with app.projector.reader(CHANGES.name) as (connection, tables):
            rows = touched_meanwhile(connection, tables, tuple(RESPONSES))
        new = _lift(app, rows, _News(news, turn)) if rows else 0
    if turn is not None:
        looked(app, NAME, turn)
    if news or head - since > STRIDE:
        app.positions.advance(NAME, head)
    return new


def _late(event: RiskUplifted, now: Moment) -> bool:
    """Whether it was lifted as of a former day, after which another version may have come to bind."""
    return day_of(event.since) < day_of(now)


class _News:
    """What may lift a risk now: bodies that adopted rules, risks first assessed, episodes that were raised.

    ``late``: what was lifted as of a former day, by the position of that.
    ``turn``: the day on which a response turned that binds by itself, so that every body is asked.
    """

    def __init__(self, news: list[Record], turn: Day | None) -> None:
        self.turn = turn
        self.bodies: dict[str, int] = {}
        self.risks: set[tuple[str, str]] = set()
        self.levels: dict[str, str] = {}
        self.late: dict[tuple[str, str, str], int] = {}
        for record in news:
            code, event = record.stream.rsplit("/", 1)[1], record.event
            if isinstance(event, EpisodeRaised):
                self.levels[f"{WEATHER_CAUSE}{episode_name(code, event.number)}"] = event.level
            elif isinstance(event, RiskAssessed):
                self.risks.add((record.scope, code))
            elif isinstance(event, RiskUplifted):
                self.late[record.scope, code, event.change] = record.position
            else:
                self.bodies[record.scope] = record.position

    def rules(self, body: str) -> str | None:
        """What may make another response bind the body, in one word: its last adoption, or the day of the turn."""
        if body in self.bodies:
            return str(self.bodies[body])
        return self.turn

    def raised(self, row: Row) -> bool:
        """Whether its episode was raised, to no more than this change was reported for: higher is a new change."""
        level, reported = self.levels.get(row["cause"]), rank_of_change(row["change"])
        return level is not None and (reported is None or reported >= RANKS[level])


def _lift(app: App, rows: list[Row], news: _News) -> int:
    with app.projector.reader(UPLIFTS.name) as (connection, tables):
        held = {(one["body"], one["change"], one["risk"]): one for one in uplift_list(connection, tables)}
    new = 0
    for row in rows:
        lifting, raised = held.get((row["body"], row["change"], row["risk"])), news.raised(row)
        rules, place = news.rules(row["body"]), (row["body"], row["risk"], row["change"])
        late = news.late.get(place)
        if not (raised or rules or late or (row["body"], row["risk"]) in news.risks):
            continue
        if lifting is not None:
            if lifting["base"] is None:
                new += _give(app, FollowUplift(*place), "assessed", row)
            if rules:
                new += _give(app, FollowUplift(*place), f"rules\n{rules}", row)
            elif late:
                new += _give(app, FollowUplift(*place), f"came late\n{late}", row)
        else:
            new += _give(app, LayUplift(*place, row["kind"], row["cause"], row["since"]), "late", row)
    return new


def _give(app: App, command: Command, what: str, row: Row) -> bool:
    of = f"{row['body']}\n{row['change']}\n{row['risk']}"
    order = Order(
        command=command,
        by="policy",
        id=str(uuid.uuid5(NAMESPACE, f"{NAME}\n{what}\n{of}")),
        content=b"",
        auth="policy",
        caused_by=row["position"],
        source=NAME,
    )
    return submit_noting(app, order)
