"""A file is deposited once, erased by a person with a reason, and its salted hash stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.evidence import DepositEvidence, EraseEvidence, EvidenceDeposited, EvidenceErased
from domain.refused import AlreadyRegistered, BeforePredecessor, InTheFuture, Unfit, UnknownThing
from tests.deciding.given import BODY, at, given, on

HASH = "ab" * 32
DEPOSIT = DepositEvidence(BODY, HASH, "jpeg", 2_000_000, "2026-02-01T09:00:00+08:00", "shaft head")
DEPOSITED = EvidenceDeposited("jpeg", 2_000_000, at("2026-02-01T09:00+08:00"), "shaft head")
ERASE = EraseEvidence(BODY, HASH, "a face")


def test_a_file_is_deposited_once_under_its_salted_hash() -> None:
    given().when(DEPOSIT).then(DEPOSITED)
    given().when(replace(DEPOSIT, taken_at=None)).then(replace(DEPOSITED, taken_at=None))
    given(DEPOSITED).when(DEPOSIT).then(AlreadyRegistered, kind="evidence", code=HASH)


def test_an_empty_file_and_a_picture_of_tomorrow_are_refused() -> None:
    given().when(replace(DEPOSIT, size=0)).then(Unfit, given=0)
    given().when(replace(DEPOSIT, taken_at="2026-02-03T09:00:00+08:00")).then(InTheFuture)
    given().when(replace(DEPOSIT, body="KS-09")).then(UnknownThing, kind="body")


def test_erasing_is_an_event_with_its_reason_and_repeating_it_adds_nothing() -> None:
    given(DEPOSITED).when(ERASE).then(EvidenceErased("a face"))
    given(DEPOSITED, EvidenceErased("a face")).when(ERASE).then()
    given().when(ERASE).then(UnknownThing, kind="evidence", code=HASH)
    given(on("2026-02-01", DEPOSITED)).when(ERASE, at="2026-01-31").then(BeforePredecessor)


@pytest.mark.clause("NJ-062")
def test_an_erased_file_is_not_deposited_again_under_the_same_hash() -> None:
    given(DEPOSITED, EvidenceErased("a face")).when(DEPOSIT).then(AlreadyRegistered)
