"""A control is carried by equipment that wears out or has to be proved again: the day given for that is owed (NJ-044).

When a control is adopted, each asset with a day is owed by that day; another version, a withdrawal or the risk's
retirement ends what its days no longer say. Who renewed an asset answers the duty. The day is the body's own; who owes
it is said by the house rule ``asset-renewal``, and without it by who answers for the body.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.check_periods import code_from
from domain.control_review import ControlAdopted
from domain.decider import Decider, Facts
from domain.duties import RaiseDuty
from domain.duty_ending import DropDuty
from domain.language import Code, Command, DayOf, Event, PersonRef, Remark, Words, but, day_of
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
    """These assets of the control, and no others of it, are to be renewed by their days.

    So says its ``version``, or its withdrawal (None) with the ``reason``; ``by`` recorded that.
    """

    body: Code
    risk: Code
    control: Code
    version: int | None
    assets: tuple[DatedAsset, ...]
    by: PersonRef
    reason: Remark = ""


@dataclass(frozen=True)
class EndRenewals(Command):
    """The risk is no longer there: nothing of its controls is to be renewed for it."""

    body: Code
    risk: Code
    by: PersonRef
    reason: Words


@dataclass(frozen=True)
class Renewal:
    """``number`` counts those of the risk."""

    number: int
    kind: str
    code: str
    renew_by: str

    @property
    def asset(self) -> DatedAsset:
        return DatedAsset(self.kind, self.code, self.renew_by)


@dataclass(frozen=True)
class RenewalsSet(Event):
    """``assets`` is all that is owed of the control now, ``new`` and ``ended`` the numbers of what came and went.

    ``version`` of the control says so, None: it was withdrawn. ``citation`` is the rule that says who owes the new
    ones, None where none does.
    """

    KIND = "renewals-set.1"
    control: str
    version: int | None
    assets: tuple[Renewal, ...]
    new: tuple[int, ...]
    ended: tuple[int, ...]
    owed_by: str
    citation: Citation | None
    by: str
    reason: str


@dataclass(frozen=True)
class RenewalsEnded(Event):
    """Nothing is owed of the risk's controls; ``ended`` are the numbers of what was."""

    KIND = "renewals-ended.1"
    ended: tuple[int, ...]
    by: str
    reason: str


@dataclass(frozen=True)
class Renewals:
    """What is owed by control, and how many were ever owed of the risk.

    ``said`` holds of each control the version by which its days stand, None once it is withdrawn: what an older one
    says, asked again, is no news. ``over``: the risk is gone.
    """

    owed: tuple[tuple[str, Renewal], ...] = ()
    count: int = 0
    said: tuple[tuple[str, int | None], ...] = ()
    over: bool = False

    def of(self, control: str) -> tuple[Renewal, ...]:
        return tuple(one for code, one in self.owed if code == control)


def evolve(state: Renewals, event: RenewalsSet | RenewalsEnded) -> Renewals:
    match event:
        case RenewalsSet():
            others = tuple(one for one in state.owed if one[0] != event.control)
            owed = (*others, *((event.control, one) for one in event.assets))
            said = dict(state.said) | {event.control: event.version}
            return but(state, owed=owed, count=max((state.count, *event.new)), said=tuple(said.items()))
        case RenewalsEnded():
            return but(state, owed=(), over=True)


def decide(command: OweRenewals | EndRenewals, state: Renewals, facts: Facts, rules: Rulebook) -> list[Event]:
    """What stands with the same day stays; the rest of the control's days end, and new ones are owed."""
    if isinstance(command, EndRenewals):
        gone = tuple(one.number for _, one in state.owed)
        return [RenewalsEnded(gone, command.by, command.reason)] if gone else []
    if state.over or _is_old(command, state):
        return []
    held = {one.asset: one for one in state.of(command.control)}
    assets: list[Renewal] = []
    count = state.count
    for asset in dict.fromkeys(command.assets):
        if asset not in held:
            count += 1
        assets.append(held.get(asset) or Renewal(count, asset.kind, asset.code, asset.renew_by))
    new = tuple(one.number for one in assets if one.number > state.count)
    ended = tuple(one.number for asset, one in held.items() if asset not in command.assets)
    if not new and not ended:
        return []
    owed_by, citation = _owner(command.body, facts, rules) if new else (HEAD, None)
    owed = (command.control, command.version, tuple(assets), new, ended)
    return [RenewalsSet(*owed, owed_by, citation, command.by, command.reason)]


def _is_old(command: OweRenewals, state: Renewals) -> bool:
    """Whether a later version, or the withdrawal, said otherwise already."""
    said = dict(state.said).get(command.control, 0)
    return command.version is not None and (said is None or command.version < said)


def _owner(body: str, facts: Facts, rules: Rulebook) -> tuple[str, Citation | None]:
    found = find_rule(facts, rules, RULE, body, day_of(facts.at))
    if found is None:
        return HEAD, None
    wording, citation = found
    return str(wording.value["owner"]), citation


RENEWALS: Decider[Renewals] = Decider(
    name="renewals",
    initial=Renewals(),
    evolve=evolve,
    decide=decide,
    events=(RenewalsSet, RenewalsEnded),
    commands=(),
    machine=(OweRenewals, EndRenewals),
    place=lambda command: (command.body, command.risk),
)

Asked = list[tuple[str, Command]]
ASSET_KINDS = (ControlAdopted.KIND, ControlWithdrawn.KIND, RiskRetired.KIND)
DUTY_KINDS = (RenewalsSet.KIND, RenewalsEnded.KIND)


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
            owe = OweRenewals(body, risk, event.control, event.version, assets, record.by)
            return [(f"{risk}/{event.control}", owe)]
        case ControlWithdrawn():
            none = OweRenewals(body, risk, event.control, None, (), record.by, event.reason)
            return [(f"{risk}/{event.control}", none)]
        case RiskRetired():
            return [(risk, EndRenewals(body, risk, record.by, event.reason))]
        case _:
            return []


def renewal_duty(record: Record) -> Asked:
    """Each new renewal is a duty about the asset, which whoever owes it answers; an ended one is dropped."""
    body, risk, event = record.scope, record.stream.rsplit("/", 1)[1], record.event
    match event:
        case RenewalsSet():
            new = [one for one in event.assets if one.number in event.new]
            raised = [(_duty(risk, one.number), _raised(body, risk, one, event)) for one in new]
            return [*_dropped(body, risk, event), *raised]
        case RenewalsEnded():
            return _dropped(body, risk, event)
        case _:
            return []


def _raised(body: str, risk: str, one: Renewal, event: RenewalsSet) -> Command:
    duty, about = _duty(risk, one.number), (one.kind, one.code)
    return RaiseDuty(body, duty, RULE, *about, event.owed_by, one.renew_by, event.citation, owed_as="role")


def _dropped(body: str, risk: str, event: RenewalsSet | RenewalsEnded) -> Asked:
    duties = [_duty(risk, number) for number in event.ended]
    return [(duty, DropDuty(body, duty, event.by, event.reason or ANOTHER_VERSION)) for duty in duties]


def _duty(risk: str, number: int) -> str:
    return code_from("renew", risk, str(number), most=64)
