"""The tables of the organisation: what people hold, and how departments and posts stand, as facets on both clocks."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table

from projections import bitemporal
from projections.bulk import TEXT

TERMS = ("part", "of", "kind", "person", "department", "instead_of", "since", "until", "risk", "post")
"""What is said of a holding: as what, at which post, group or control, who, and from which day to which."""
HELD, OVER = "held", "over"
"""Whether a holding holds."""


class Tables(NamedTuple):
    """``holdings``, ``departments`` and ``posts`` list things; the others are their facets."""

    holdings: Table
    terms: Table
    holds: Table
    departments: Table
    place: Table
    name: Table
    standing: Table
    posts: Table
    post: Table
    post_standing: Table


def tables(metadata: MetaData, prefix: str) -> Tables:
    terms = bitemporal.facet_table(
        metadata, f"{prefix}terms", [*(Column(name, TEXT) for name in TERMS), Column("number", Integer)]
    )
    Index(f"ix_{prefix}terms_person", terms.c.scope, terms.c.person)
    Index(f"ix_{prefix}terms_risk", terms.c.scope, terms.c.risk)
    flags = [Column("key_post", Boolean), Column("dangerous_place", Boolean)]
    return Tables(
        bitemporal.entity_table(metadata, f"{prefix}holdings"),
        terms,
        bitemporal.facet_table(metadata, f"{prefix}holds", [Column("holds", TEXT)]),
        bitemporal.entity_table(metadata, f"{prefix}departments"),
        bitemporal.facet_table(metadata, f"{prefix}place", [Column("kind", TEXT), Column("parent", TEXT)]),
        bitemporal.facet_table(metadata, f"{prefix}name", [Column("name", TEXT)]),
        bitemporal.facet_table(metadata, f"{prefix}standing", [Column("stands", Boolean)]),
        bitemporal.entity_table(metadata, f"{prefix}posts"),
        bitemporal.facet_table(
            metadata, f"{prefix}post", [Column("name", TEXT), Column("department", TEXT), *flags]
        ),
        bitemporal.facet_table(metadata, f"{prefix}post_standing", [Column("stands", Boolean)]),
    )
