"""What a field of a command may have held, told from the events that the command became.

Most fields stand in an event under their own name. Lists became one event an entry, or a list of another shape; who
acted was added to a list of persons; what was left out was filled in. Each possibility is offered, the likeliest first.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from domain.checklist_items import ItemEntry
from domain.language import Command, Event
from domain.trainings import CardRead, DocumentRead


def values(
    one: dataclasses.Field[Any], hint: Any, events: Sequence[Any], actors: tuple[str, ...] = ()
) -> list[Any]:
    """What a field may have held; nothing where no event says and no default stands."""
    core = core_of(hint)
    said = _said(one.name, events)[:1]
    if get_origin(core) is Literal:
        words = list(get_args(core))
        first = [value for value in said if value in words]
        free = [] if core is hint else [None]
        return first + [word for word in (*free, *words) if word not in first]
    if core is bool:
        return [*said, *(value for value in (True, False) if value not in said)]
    if get_origin(core) is tuple:
        inner = core_of(get_args(core)[0])
        if dataclasses.is_dataclass(inner):
            return _unlike([*_entries(inner, events), *_reshaped(inner, said), *_default(one)])
        return _unlike([*_persons(said, actors), *_gathered(said, events), *_default(one)])
    fitting = [value for value in said if value is not None or not _default(one)]
    if core is str:  # one person of a command may stand in an event as everybody behind the act
        fitting = [each for value in fitting for each in (value if isinstance(value, tuple) else (value,))]
    return _unlike([*fitting, *_default(one)])


def values_of(command: Command) -> Mapping[str, Any]:
    """A command's fields, for showing."""
    return {one.name: getattr(command, one.name) for one in dataclasses.fields(command)}


def core_of(shape: Any) -> Any:
    """The type without notes and without "or nothing"."""
    if get_origin(shape) is Annotated:
        return core_of(get_args(shape)[0])
    if get_origin(shape) in (Union, types.UnionType):
        return core_of(next(one for one in get_args(shape) if one is not type(None)))
    return shape


def _said(name: str, events: Sequence[Any]) -> list[Any]:
    """What the events, or the parts that they consist of, hold under a name."""
    found = [getattr(event, name) for event in events if hasattr(event, name)]
    for event in events:
        for one in dataclasses.fields(event):
            part = getattr(event, one.name)
            if dataclasses.is_dataclass(part) and hasattr(part, name):
                found.append(getattr(part, name))
    return found


def _persons(said: list[Any], actors: tuple[str, ...]) -> list[Any]:
    """A list as it stands, and without who acted, who may have been added to it."""
    return [
        *said,
        *(tuple(one for one in value if one not in actors) for value in said if isinstance(value, tuple)),
    ]


def _gathered(said: list[Any], events: Sequence[Any]) -> list[Any]:
    """Persons of whom each became an event of its own."""
    persons = tuple(event.person for event in events if hasattr(event, "person"))
    return [persons] if persons and not said else []


def _entries(kind: Any, events: Sequence[Any]) -> list[tuple[Any, ...]]:
    """A list of a command, told from the events that its entries became."""
    made = [entry for event in events if (entry := _entry(kind, event)) is not None]
    return [tuple(made)] if made else []


def _entry(kind: Any, source: Any) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    held: dict[str, Any] = {}
    for one in dataclasses.fields(kind):
        if not hasattr(source, one.name) and not _default(one):
            return None
        options = values(one, hints[one.name], [source])
        if not options:
            return None
        held[one.name] = options[0]
    return kind(**held)


def _reshaped(kind: Any, said: list[Any]) -> list[Any]:
    """A list that an event keeps in a shape of its own: entries by their names, or by their places."""
    found: list[Any] = []
    for value in said:
        made: list[Any] = []
        for entry in value if isinstance(value, tuple) else ():
            if isinstance(entry, kind):
                made.append(entry)
            elif dataclasses.is_dataclass(entry):
                made.append(_entry(kind, entry))
            elif isinstance(entry, tuple) and len(entry) <= len(dataclasses.fields(kind)):
                made.append(kind(*entry))
        if None not in made and isinstance(value, tuple):
            found.append(tuple(made))
    return found


def _default(one: dataclasses.Field[Any]) -> list[Any]:
    if one.default is not dataclasses.MISSING:
        return [one.default]
    if one.default_factory is not dataclasses.MISSING:
        return [one.default_factory()]
    return []


def _unlike(options: list[Any]) -> list[Any]:
    """Each option once, in order."""
    found: list[Any] = []
    for one in options:
        if one not in found:
            found.append(one)
    return found


def _read(kind: str, made: Callable[[str, str], Any]) -> Callable[[Sequence[Event]], list[Any]]:
    def told(events: Sequence[Event]) -> list[Any]:
        read = getattr(events[0], "read", ())
        return [tuple(made(one.code, one.version) for one in read if one.kind == kind)]

    return told


def _written(events: Sequence[Event]) -> list[Any]:
    """The items of a checklist that somebody wrote, as they gave them."""
    written = [[one for one in items if one.source != "control"] for items in _said("items", events)[:1]]
    return [tuple(_entry(ItemEntry, one) for one in items) for items in written]


def _from_controls(name: str) -> Callable[[Sequence[Event]], list[Any]]:
    """The risks whose controls gave items, in their order."""

    def told(events: Sequence[Event]) -> list[Any]:
        given = [[one.risk for one in items if one.source == "control"] for items in _said(name, events)[:1]]
        return _unlike([*(tuple(dict.fromkeys(risks)) for risks in given), ()])

    return told


TOLD_OTHERWISE: Mapping[tuple[str, str], Callable[[Sequence[Event]], list[Any]]] = {
    ("FormLeadingGroup", "coordinator"): lambda events: _said("department", events)[:1],
    ("PlanInspection", "person"): lambda events: _said("owed_by", events)[:1],
    ("StartInspection", "companions"): lambda events: [one[1:] for one in _said("inspectors", events)[:1]],
    ("StopForRisk", "declared_by"): lambda events: _said("stopped_by", events)[:1],
    ("StopForRisk", "evacuated"): lambda events: [*_said("evacuated", events)[:1], ""],
    ("StopForRisk", "zone"): lambda events: [*_said("zone", events)[:1], ""],
    ("StartInspection", "instead"): lambda events: _said("instead_because", events)[:1],
    ("RecordRound", "instead"): lambda events: _said("instead_because", events)[:1],
    ("DrawUpChecklist", "items"): _written,
    ("DropDuty", "dropped_by"): lambda events: _said("waived_by", events)[:1],
    ("NoteWithdrawal", "source"): lambda events: _said("source", events)[:1],
    ("RecordReading", "values"): lambda events: [
        {row.parameter: row.value for row in rows} or None for rows in _said("values", events)[:1]
    ],
    ("DrawUpChecklist", "risks"): _from_controls("items"),
    ("RenewChecklist", "risks"): _from_controls("put"),
    ("RecordTraining", "documents"): _read("document", DocumentRead),
    ("RecordTraining", "cards"): _read("card", CardRead),
    # A place without a code goes by a hash.
    ("TellEpisode", "area"): lambda events: _said("area", events)[:1],
    ("TellEpisode", "area_name"): lambda events: [*_said("area_name", events)[:1], ""],
    ("UnlistFromEpisode", "area_name"): lambda events: [""],
}
"""Fields that no event holds under their name: (command, field) -> what they may have held."""
