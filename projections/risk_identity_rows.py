"""What an identification puts into the risk list: the columns of its facet, from the first record or a correction."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from domain.risk_identity import Identity
from projections.bulk import written

IDENTITY = tuple(field.name for field in fields(Identity))
"""The columns of the facet."""


def identity_values(said: Identity) -> dict[str, Any]:
    """The facet's columns as an event says them; why it was corrected stays in the record."""
    values = {name: getattr(said, name) for name in IDENTITY}
    return {**values, "accident_types": written(said.accident_types)}
