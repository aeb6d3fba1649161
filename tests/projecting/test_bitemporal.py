"""Whatever the order in which facts become known, the answer about a day, as known at a record, is what a replay says."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)

from projections import bitemporal
from projections.bitemporal import KNOWN_FOREVER, TRUE_FOREVER, BitemporalError, Entry
from tests import postgres

SCOPES = ["plant-a", "plant-b"]
CODES = ["R-0001", "R-0002", "风险-3"]
MOMENTS = [f"2024-0{month}-01T00:00:00.000000Z" for month in range(1, 7)]
ASKED_MOMENTS = ["2023-12-31T23:59:59.999999Z", *MOMENTS, "2024-03-15T12:00:00.000001Z", TRUE_FOREVER]
FACETS = ["level", "standing"]

type Change = tuple[str, str, str, str, int]  # facet, scope, code, moment, value
type History = list[list[Change]]  # the changes that each record states; the first record has position 1
type Apply = Callable[[Connection, Table, Table, Sequence[Entry]], None]
