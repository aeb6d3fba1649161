"""Special campaigns of an authority (专项整治): its notice names what is looked at, from when to when (YT-24(8)).

The enterprise records the notice; by policy it is a change of the same scope, which ends with the campaign.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import need_body
from domain.change_scope import ScopeEntry, scope_of
from domain.change_state import ScopeRow
from domain.changes import EndChange, ReportChange
from domain.check_periods import code_from
from domain.decider import Decider, Facts
from domain.labels import Term, Thing
from domain.language import Code, Command, Day, DayOf, Event, Hash, Remark, Title, Words, but, day_of
from domain.records import Record
from domain.refused import (
    AlreadyRegistered,
    BeforePredecessor,
    EndsBeforeItBegins,
    OutOfTurn,
    UnknownThing,
)
from domain.rulebook import Rulebook


@dataclass(frozen=True)
class AnnounceCampaign(Command):
    """Record an authority's notice of a campaign: which authority, which number, what it is about, from when to when.

    ``notice`` is the salted hash of the paper. Without ``ends`` a person ends it.
    """

    body: Code
    campaign: Code
    title: Title
    authority: Title
    number: Title
    what: Words
    scope: tuple[ScopeEntry, ...]
    starts: DayOf
    ends: DayOf | None = None
    notice: Hash | None = None


@dataclass(frozen=True)
class EndCampaign(Command):
    """The authority ended the campaign, or it ends earlier than announced, and why."""

    body: Code
    campaign: Code
    reason: Words
    remark: Remark = ""


@dataclass(frozen=True)
class CampaignAnnounced(Event):
    KIND = "campaign-announced.1"
    campaign: str
    title: str
    authority: str
    number: str
    what: str
    scope: tuple[ScopeRow, ...]
    starts: str
    ends: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class CampaignEnded(Event):
    KIND = "campaign-ended.1"
    reason: str
    remark: str
    on: str


@dataclass(frozen=True)
class Campaign:
    """``step``: unknown, running or ended."""

    step: str = "unknown"
    ends: Day | None = None


def evolve(state: Campaign, event: CampaignAnnounced | CampaignEnded) -> Campaign:
    match event:
        case CampaignAnnounced():
            return Campaign("running", event.ends)
        case CampaignEnded():
            return but(state, step="ended")


def decide(
    command: AnnounceCampaign | EndCampaign, state: Campaign, facts: Facts, rules: Rulebook
) -> list[Event]:
    """Refuses a code taken, a scope of unknown things, an end before the beginning, and ending what is over."""
    need_body(facts, command.body)
    what = Thing("campaign", command.campaign)
    if isinstance(command, AnnounceCampaign):
        if state.step != "unknown":
            raise AlreadyRegistered(kind=Term("campaign"), code=command.campaign, body=command.body)
        if command.ends is not None and command.ends < command.starts:
            raise EndsBeforeItBegins(what=what, since=command.starts, until=command.ends)
        scope = scope_of(command.body, what, command.scope, facts, rules)
        return [
            CampaignAnnounced(
                command.campaign,
                command.title,
                command.authority,
                command.number,
                command.what,
                scope,
                command.starts,
                command.ends,
                () if command.notice is None else (command.notice,),
            )
        ]
    if state.step == "unknown":
        raise UnknownThing(kind=Term("campaign"), code=command.campaign, body=command.body)
    today = day_of(facts.at)
    if state.step == "ended" or (state.ends is not None and state.ends < today):
        raise OutOfTurn(
            what=what, step=Term("campaign_ended"), command="EndCampaign", needs=[Term("campaign_running")]
        )
    if facts.at < facts.previous_at:
        raise BeforePredecessor(what=what, previous=facts.previous_at, at=facts.at)
    return [CampaignEnded(command.reason, command.remark, today)]


CAMPAIGN: Decider[Campaign] = Decider(
    name="campaign",
    initial=Campaign(),
    evolve=evolve,
    decide=decide,
    events=(CampaignAnnounced, CampaignEnded),
    commands=(AnnounceCampaign, EndCampaign),
    place=lambda command: (command.body, command.campaign),
    keyed=True,
)
KINDS = (CampaignAnnounced.KIND, CampaignEnded.KIND)


def campaign_change(record: Record) -> list[tuple[str, Command]]:
    """A campaign is a change of its scope, and ends as one when somebody ends it; its stated last day ends it too."""
    body, event, campaign = record.scope, record.event, record.stream.rsplit("/", 1)[1]
    change = change_code(campaign)
    match event:
        case CampaignAnnounced():
            scope = tuple(
                ScopeEntry(one.kind, one.code or None)  # type: ignore[arg-type]  # a recorded scope holds known kinds
                for one in event.scope
            )
            what = f"{event.title}（{event.authority}，{event.number}）：{event.what}"[:4000]
            dates = (event.starts, event.ends, f"campaign:{campaign}")
            return [(change, ReportChange(body, change, "campaign", what, scope, *dates))]
        case CampaignEnded():
            return [(f"{change}/end", EndChange(body, change, event.reason))]
        case _:
            return []


def change_code(campaign: str) -> Code:
    """The code of the change that a campaign is."""
    return code_from("campaign", campaign, most=64)
