"""A control is carried by equipment that wears out or has to be proved again: the day given for that is owed (NJ-044).

When a control is adopted, each asset with a day is owed by that day; another version, a withdrawal or the risk's
retirement ends what its days no longer say. Who renewed an asset answers the duty. The day is the body's own; who owes
it is said by the house rule ``asset-renewal``, and without it by who answers for the body.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.control_review import ControlAdopted
from domain.decider import Decider, Facts
from domain.duties import RaiseDuty
from domain.duty_ending import DropDuty
from domain.language import Code, Command, DayOf, Event, PersonRef, Words, but, day_of
from domain.records import Record
from domain.risk_controls import ControlWithdrawn
from domain.risks import RiskRetired
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

RULE = "asset-renewal"
HEAD = "principal"
"""Who owes it where the body adopted no rule on it: its main responsible person (YT Art. 15)."""
ANOTHER_VERSION = "措施已采用新版本 / another version of the control was adopted"


@dataclass(frozen=True)
class DatedAsset:
    """Equipment, a sensor or an interlock, and the day by which it is to be renewed."""

    kind: Code
    code: Code
    renew_by: DayOf


@dataclass(frozen=True)
class OweRenewals(Command):
    """These assets of the control, and no others of it, are to be renewed by their days."""

    body: Code
    risk: Code
    control: Code
    assets: tuple[DatedAsset, ...]
    by: PersonRef
    reason: Words


@dataclass(frozen=True)
class EndRenewals(Command):
    """The risk is no longer there: nothing of its controls is to be renewed for it."""

    body: Code
    risk: Code
    by: PersonRef
    reason: Words


@dataclass(frozen=True)
class RenewalOwed(Event):
    """``number`` counts those of the risk; ``citation`` is the rule that says who owes it, None where none does."""

    KIND = "renewal-owed.1"
    number: int
    control: str
    kind: str
    code: str
    renew_by: str
    owed_by: str
    citation: Citation | None


@dataclass(frozen=True)
class RenewalEnded(Event):
    """The day is owed no more, because of what ``ended_by`` recorded."""

    KIND = "renewal-ended.1"
    number: int
    control: str
    kind: str
    code: str
    renew_by: str
    ended_by: str
    reason: str


@dataclass(frozen=True)
class _Owed:
    number: int
    control: str
    asset: DatedAsset


@dataclass(frozen=True)
class Renewals:
    """What is owed of a risk's controls, and how many were ever."""

    owed: tuple[_Owed, ...] = ()
    count: int = 0


def evolve(state: Renewals, event: RenewalOwed | RenewalEnded) -> Renewals:
    match event:
        case RenewalOwed():
            asset = DatedAsset(event.kind, event.code, event.renew_by)
            return but(
                state, owed=(*state.owed, _Owed(event.number, event.control, asset)), count=event.number
            )
        case RenewalEnded():
            return but(state, owed=tuple(one for one in state.owed if one.number != event.number))


def decide(command: OweRenewals | EndRenewals, state: Renewals, facts: Facts, rules: Rulebook) -> list[Event]:
    """What stands with the same day stays; the rest of the control's days end, and new ones are owed."""
    if isinstance(command, EndRenewals):
        return [_ended(one, command) for one in state.owed]
    held = [one for one in state.owed if one.control == command.control]
    kept = [one.asset for one in held if one.asset in command.assets]
    events: list[Event] = [_ended(one, command) for one in held if one.asset not in command.assets]
    new = [one for one in dict.fromkeys(command.assets) if one not in kept]
    owed_by, citation = _owner(command.body, facts, rules) if new else (HEAD, None)
    for number, one in enumerate(new, state.count + 1):
        events.append(
            RenewalOwed(number, command.control, one.kind, one.code, one.renew_by, owed_by, citation)
        )
    return events


def _owner(body: str, facts: Facts, rules: Rulebook) -> tuple[str, Citation | None]:
    found = find_rule(facts, rules, RULE, body, day_of(facts.at))
    if found is None:
        return HEAD, None
    wording, citation = found
    return str(wording.value["owner"]), citation


def _ended(one: _Owed, command: OweRenewals | EndRenewals) -> RenewalEnded:
    asset = one.asset
    return RenewalEnded(
        one.number, one.control, asset.kind, asset.code, asset.renew_by, command.by, command.reason
    )


RENEWALS: Decider[Renewals] = Decider(
    name="renewals",
    initial=Renewals(),
    evolve=evolve,
    decide=decide,
    events=(RenewalOwed, RenewalEnded),
    commands=(),
    machine=(OweRenewals, EndRenewals),
    place=lambda command: (command.body, command.risk),
)

Asked = list[tuple[str, Command]]
ASSET_KINDS = (ControlAdopted.KIND, ControlWithdrawn.KIND, RiskRetired.KIND)
DUTY_KINDS = (RenewalOwed.KIND, RenewalEnded.KIND)


def dated_assets(record: Record) -> Asked:
    """What the adopted version of a control says of its assets; nothing once it is withdrawn or its risk retired."""
    body, risk, event = record.scope, record.stream.rsplit("/", 1)[1], record.event
    match event:
        case ControlAdopted():
            assets = tuple(
                DatedAsset(one.kind, one.code, one.renew_by)
                for one in event.assets
                if one.renew_by is not None
            )
            owe = OweRenewals(body, risk, event.control, assets, record.by, ANOTHER_VERSION)
            return [(f"{risk}/{event.control}", owe)]
        case ControlWithdrawn():
            return [
                (
                    f"{risk}/{event.control}",
                    OweRenewals(body, risk, event.control, (), record.by, event.reason),
                )
            ]
        case RiskRetired():
            return [(risk, EndRenewals(body, risk, record.by, event.reason))]
        case _:
            return []


def renewal_duty(record: Record) -> Asked:
    """Each owed renewal is a duty about the asset, which whoever owes it answers; an ended one is dropped."""
    body, risk, event = record.scope, record.stream.rsplit("/", 1)[1], record.event
    match event:
        case RenewalOwed():
            duty = _duty(risk, event.number)
            raised = RaiseDuty(
                body,
                duty,
                RULE,
                event.kind,
                event.code,
                event.owed_by,
                event.renew_by,
                event.citation,
                owed_as="role",
            )
            return [(duty, raised)]
        case RenewalEnded():
            duty = _duty(risk, event.number)
            return [(duty, DropDuty(body, duty, event.ended_by, event.reason))]
        case _:
            return []


def _duty(risk: str, number: int) -> str:
    return f"renew.{risk}.{number}"
