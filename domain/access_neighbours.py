"""Which roles may give the commands about neighbours and declared works; a part of the access table."""

from __future__ import annotations

from domain import neighbours, work_telling, works
from domain.language import Command

_LEADS = ("principal", "safety_officer")
_WORKSHOP = (*_LEADS, "workshop_lead")

NEIGHBOURS: dict[type[Command], tuple[str, ...]] = {
    neighbours.RegisterNeighbour: _LEADS,
    neighbours.RecordWatch: _WORKSHOP,
    neighbours.EndNeighbour: _LEADS,
    works.DeclareWork: _WORKSHOP,
    work_telling.AffectNeighbour: _WORKSHOP,
    work_telling.TellNeighbour: _WORKSHOP,
    work_telling.RecordNeighbourAnswer: _WORKSHOP,
    work_telling.WeighObjection: _LEADS,
    works.MoveWork: _WORKSHOP,
    works.StartWork: _WORKSHOP,
    works.EndWork: _WORKSHOP,
}
"""Command -> roles that may give it."""
