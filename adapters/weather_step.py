"""Follows the weather: what ran out ends, what goes on is a change of the bodies that it touches, uplifts follow it.

It touches a body in its area if a risk in use hangs on that weather, or a criterion of major hazards is asked again.

Such a step needs the views, so it is no policy; like one it runs by the clock's tick and after what was recorded, and
gives commands whose ids follow from what they say: running it twice, or after a crash in its middle, adds nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adapters.change_reach import VIEWS, reached
from adapters.policies import submit_noting
from adapters.positions import STRIDE
from adapters.response_turns import looked, turned
from domain.bodies import BODY, Body, BodyReclassified, BodyRegistered
from domain.change_state import DONE, OPEN, ScopeRow
from domain.changes import CHANGE, ChangeClosed, ChangeEnded, ChangeReported, ChangeResolved, EndChange
from domain.decider import Decider
from domain.duties import DUTY
from domain.duty_ending import DropDuty
from domain.duty_raising import RaiseDuty
from domain.engine import Order
from domain.labels import label
from domain.language import Command, Day, Moment, day_of, start_of, stream_name
from domain.policies import NAMESPACE
from domain.risk_tags import RiskTagged
from domain.risk_uplift import RESPONSES, EndUplift, FollowUplift, RiskUplifted
from domain.rule_adoption import ADOPTED, Adopted, RulePackAdopted
from domain.rulebook import BY_THEMSELVES
from domain.weather_changes import (
    JUDGED_BY,
    Asked,
    asked_again,
    change_code,
    counts,
    judging_code,
    rank_of_change,
    report,
    touches,
)
from domain.weather_episodes import (
    EPISODE,
    EpisodeEnded,
    EpisodeLowered,
    EpisodeOpened,
    EpisodeRaised,
    PassEpisode,
)
from domain.weather_words import RANKS
from projections.body_register import BODY_REGISTER, body_list
from projections.changes import CHANGES, change_risks
from projections.risk_marks import RISK_MARKS, tagged_since
from projections.uplifts import UPLIFTS, uplift_list
from projections.weather_episodes import WEATHER_EPISODES, going_on, open_changes, reported, running_out

if TYPE_CHECKING:
    from adapters.app import App

NAME = "weather"
"""Under which it is kept how far this step has come, and how its records name their source."""
KINDS = tuple(
    one.KIND
    for one in (
        *(EpisodeOpened, EpisodeRaised, EpisodeLowered, EpisodeEnded),
        *(ChangeReported, ChangeResolved, ChangeEnded, ChangeClosed),
        *(RiskUplifted, RiskTagged, BodyRegistered, BodyReclassified, RulePackAdopted),
    )
)
"""What can make a change of a warning, or turn an uplift."""
RULE = RESPONSES["extreme_weather"]
CLOSED = "变更已关闭 / the change was closed"
RAISED = "预警升级，另行报告 / the warning was raised and is reported anew"
Row = dict[str, Any]


def follow_weather(app: App) -> int:
    """Do what follows from time and from what was recorded since; returns how many orders recorded something.

    Its cost follows what runs out and what is news. Raises ``FaultError`` where journal or views cannot serve; what was
    done stays, the rest is done the next time.
    """
    new = _run_out(app)
    head, since = app.journal.head().size, app.positions.of(NAME)
    turn = turned(app, NAME)
    if turn is None and (since >= head or not app.journal.records(since, 1, KINDS, until=head)):
        if head - since > STRIDE:
            app.positions.advance(NAME, head)
        return new
    adopting = {
        one.scope: one.happened_at for one in app.journal.every(since, (RulePackAdopted.KIND,), until=head)
    }
    step = _Step(app, head, adopting, turn)
    new += sum(step.report(episode) for episode in step.going)
    new += step.turn()  # before anything ends: what ended earlier was let down by the policy already
    new += step.end()
    if turn is not None:
        looked(app, NAME, turn)
    app.positions.advance(NAME, head)
    return new


def _run_out(app: App) -> int:
    """The clock's word that a warning ran out, each at its own moment and under its own id."""
    app.projector.wait_for(app.journal.head().size, (WEATHER_EPISODES.name,))
    with app.projector.reader(WEATHER_EPISODES.name) as (connection, tables):
        due = running_out(connection, tables, app.now())
    new = 0
    for code, moment in due:
        stream = stream_name(EPISODE.name, "*", code)
        command_id = str(uuid.uuid5(NAMESPACE, f"clock\n{stream}\nrun out\n{moment}"))
        new += submit_noting(
            app,
            Order(command=PassEpisode(code), by="clock", id=command_id, content=b"", at=moment, auth="clock"),
        )
    return new


class _Step:
    """One run over what the views say at one position; ``turn``: on that day another response came to bind all."""

    def __init__(self, app: App, head: int, adopting: dict[str, Moment], turn: Day | None) -> None:
        self._app, self._head, self._adopting = app, head, adopting
        app.projector.wait_for(head, (WEATHER_EPISODES.name, UPLIFTS.name, BODY_REGISTER.name))
        with app.projector.reader(WEATHER_EPISODES.name) as (connection, tables):
            self.going = going_on(connection, tables)
            self._open = open_changes(connection, tables)
        with app.projector.reader(BODY_REGISTER.name) as (connection, tables):
            self._bodies = body_list(connection, tables) if self.going else []
        if turn is not None:
            adopting |= {one["body"]: adopting.get(one["body"], start_of(turn)) for one in self._bodies}
        with app.projector.reader(UPLIFTS.name) as (connection, tables):
            self._uplifts = uplift_list(connection, tables)

    def report(self, episode: Row) -> int:
        """Report the episode to each body in its area that wants it, once for each level above the former ones."""
        bodies = [row["body"] for row in self._bodies if touches(episode["area"], row["area"])]
        if not bodies:
            return 0
        higher = [one for one in RANKS if RANKS[one] >= RANKS[episode["level"]]]
        keys = [(body, change_code(episode["episode"], level)) for body in bodies for level in higher]
        with self._app.projector.reader(WEATHER_EPISODES.name) as (connection, tables):
            held = {body for body, _ in reported(connection, tables, keys)}
        tagged = self._tagged(episode["kind"], [body for body in bodies if body not in held])
        new = sum(self._report(episode, body, tagged.get(body)) for body in bodies if body not in held)
        for row in self._open:  # who adopted its response after the report is asked now
            if row["episode"] == episode["episode"] and row["body"] in self._adopting:
                new += self._ask_again(episode, row["body"], row["change"], None)
        return new

    def _tagged(self, kind: str, bodies: list[str]) -> dict[str, Moment]:
        """The bodies of which a risk in use hangs on that weather, with the moment since when the first one does."""
        if not bodies:
            return {}
        self._app.projector.wait_for(self._head, VIEWS)
        with self._app.projector.reader(RISK_MARKS.name) as (connection, tables):
            since = tagged_since(connection, tables, bodies, "weather", kind)
        scope = [ScopeRow("weather", kind)]
        return {body: at for body, at in since.items() if reached(self._app.projector, body, scope)}

    def _report(self, episode: Row, body: str, tagged: Moment | None) -> int:
        """A person's own risks go on with the episode: those taken into its change at a lower level.

        Where nothing was to be reported as the weather turned, what the body adopted meanwhile may ask for it.
        """
        turned, adopted = max(episode["turned_at"], tagged or ""), self._adopting.get(body, "")
        taken = self._taken(episode["episode"], body)
        for at in (turned, adopted) if adopted > turned else (turned,):
            day = day_of(at)
            value = self._response(body, day)
            if not counts(value, episode["kind"], episode["level"]):
                continue
            if tagged is None and not taken and not self._asked(value, episode, body, day):
                continue
            command = report(body, episode, day, taken)
            new = int(self._give(command, f"report\n{body}\n{command.change}", at, episode["last_position"]))
            return new + self._ask_again(episode, body, command.change, at)
        return 0

    def _taken(self, episode: str, body: str) -> list[str]:
        """The risks that people took into the changes that the episode is so far, and nobody left out."""
        changes = [row["change"] for row in self._open if (row["body"], row["episode"]) == (body, episode)]
        if not changes:
            return []
        self._app.projector.wait_for(self._head, (CHANGES.name,))
        with self._app.projector.reader(CHANGES.name) as (connection, tables):
            rows = [one for change in changes for one in change_risks(connection, tables, body, change)]
        by_hand = [one for one in rows if all(path == f"risk:{one['risk']}" for path in one["paths"])]
        return sorted({one["risk"] for one in by_hand if one["step"] in (OPEN, DONE)})

    def _asked(self, value: Mapping[str, Any] | None, episode: Row, body: str, day: Day) -> list[Asked]:
        """The criteria of major hazards that the body's response asks again in that weather."""
        if value is None:
            return []
        state: Body = self._folded(BODY, body)
        adopted: Adopted = self._folded(ADOPTED, body)
        about = (episode["kind"], episode["level"], state, adopted, self._app.engine.rules, day)
        return list(asked_again(value, *about))

    def _ask_again(self, episode: Row, body: str, change: str, at: Moment | None) -> int:
        """Raise the duty to judge each of these criteria again, as of a moment or of now, where it was not raised."""
        day, new = day_of(at or self._app.now()), 0
        for rule, item, citation in self._asked(self._response(body, day), episode, body, day):
            duty = judging_code(change, item)
            if self._folded(DUTY, body, duty).step != "unknown":
                continue
            subject = ("change", change, JUDGED_BY, day, citation)
            asked = RaiseDuty(body, duty, rule, *subject, owed_as="role", period=item)
            new += self._give(asked, f"judge\n{body}\n{change}\n{item}", at, episode["last_position"])
        return new

    def end(self) -> int:
        """End the changes whose weather is over, and those that a higher level took the place of."""
        highest: dict[tuple[str, str], int] = {}
        for row in self._open:
            rank = rank_of_change(row["change"])
            if row["resolved"] and rank is not None:
                key = (row["body"], row["episode"])
                highest[key] = max(rank, highest.get(key, rank))
        new = 0
        for row in self._open:
            rank = rank_of_change(row["change"])
            if not row["goes_on"]:
                how = row["how"]
                reason = f"预警过程结束：{label(how, 'zh')} / the weather is over: {label(how, 'en')}"
                new += self._end(row, reason, row["ended_at"])
            elif rank is not None and rank < highest.get((row["body"], row["episode"]), rank):
                new += self._end(row, RAISED, row["turned_at"])
        return new

    def _end(self, row: Row, reason: str, at: Moment) -> int:
        body, change = row["body"], row["change"]
        if self._folded(CHANGE, body, change).step != "open":
            return 0
        of = f"{body}\n{change}"
        new = int(self._give(EndChange(body, change, reason), f"end\n{of}", at, row["last_position"]))
        for item in self._ever_asked(body):
            duty = judging_code(change, item)
            if self._folded(DUTY, body, duty).is_open:
                dropped = DropDuty(body, duty, NAME, reason)
                new += self._give(dropped, f"dropped\n{of}\n{item}", at, row["last_position"])
        return new

    def turn(self) -> int:
        """Let each uplift follow its weather, and end those whose change was closed."""
        levels = {row["episode"]: row for row in self.going}
        steps: dict[tuple[str, str], str] = {}
        new = 0
        for row in self._uplifts:
            key = (row["body"], row["change"])
            if key not in steps:
                steps[key] = self._folded(CHANGE, *key).step
            of = f"{row['body']}\n{row['change']}\n{row['risk']}"
            place = (row["body"], row["risk"], row["change"])
            episode = levels.get(row["cause"].partition(":")[2])
            if steps[key] in ("ended", "closed"):
                new += self._give(EndUplift(*place, CLOSED), f"closed\n{of}", None, row["position"])
            elif episode is not None and episode["level"] != row["signal"]:
                turned = f"follow\n{of}\n{episode['last_position']}"
                new += self._give(
                    FollowUplift(*place), turned, episode["turned_at"], episode["last_position"]
                )
        return new

    def _response(self, body: str, day: str) -> Mapping[str, Any] | None:
        """What the body adopted as its response on that day."""
        state: Body = self._folded(BODY, body)
        adopted = self._folded(ADOPTED, body).on(day)
        found = self._app.engine.rules.binding(RULE, day, state.area, state.who, adopted)
        return None if found is None else found[0].value

    def _ever_asked(self, body: str) -> list[str]:
        """The items of every response that bound the body: what an earlier version asked ends with the weather too."""
        rules, taken = self._app.engine.rules, set()
        for name, version, _ in self._folded(ADOPTED, body).packs:
            pack = rules.pack(name, version)
            members = () if pack is None else pack.value.get("members", ())
            taken |= {one["version"] for one in members if one["rule"] == RULE}
        bound = [
            one for one in rules.wordings.get(RULE, ()) if one.version in taken or one.source in BY_THEMSELVES
        ]
        return sorted(
            {item for one in bound for part in one.value.get("criteria", ()) for item in part["items"]}
        )

    def _folded(self, decider: Decider[Any], body: str, code: str = "") -> Any:
        return self._app.engine.memory.folded(
            decider, stream_name(decider.name, body, code), fresh=True
        ).state

    def _give(self, command: Command, what: str, at: Moment | None, caused_by: int) -> bool:
        order = Order(
            command=command,
            by="policy",
            id=str(uuid.uuid5(NAMESPACE, f"{NAME}\n{what}")),
            content=b"",
            at=at,
            auth="policy",
            caused_by=caused_by,
            source=NAME,
        )
        return submit_noting(self._app, order)
