"""Documents and context information stand on a register, in versions of which none is ever replaced."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from adapters.border import read_command
from domain.bodies import BODY as BODIES
from domain.documents import (
    DOCUMENT,
    EXTERNAL,
    INTERNAL,
    DocumentKind,
    DocumentRegistered,
    DocumentVersionIssued,
    DocumentWithdrawn,
)
from domain.refused import AlreadyRegistered, BadField, EndsBeforeItBegins, Retired, UnknownThing
from tests.deciding.given import BODY, example, folded
from tests.deciding.organised import organised

REGISTERED = DocumentRegistered("WJ-TSJ", "rule", "竖井提升机操作规程", "QSL-AQ-07")
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def version(name: str, since: str, supersedes: str | None = None) -> DocumentVersionIssued:
    return DocumentVersionIssued(name, since, supersedes, None, "", "")


def issue(name: str, since: str, sha256: str | None = None) -> Any:
    return example("IssueDocumentVersion", version=name, valid_from=since, sha256=sha256, place="", remark="")


def registered(kind: str) -> None:
    organised().when(example("RegisterDocument", kind=kind)).then(
        DocumentRegistered("WJ-TSJ", kind, "竖井提升机操作规程", "QSL-AQ-07")
    )


@pytest.mark.clause("NJ-013")
@pytest.mark.parametrize("kind", ["law", "standard", "nature", "neighbours", "accident_case"])
def test_external_information_is_registered(kind: str) -> None:
    registered(kind)
    assert kind in [one for group in EXTERNAL for one in group]


@pytest.mark.clause("NJ-014")
@pytest.mark.parametrize(
    "kind", ["management_status", "knowledge", "workforce", "process", "report", "accident_history"]
)
def test_internal_information_is_registered(kind: str) -> None:
    registered(kind)
    assert kind in [one for group in INTERNAL for one in group]


@pytest.mark.clause("NJ-020")
def test_a_handbook_of_hazardous_factors_is_registered() -> None:
    registered("handbook")


@pytest.mark.clause("NJ-011")
def test_the_body_s_own_rules_are_registered() -> None:
    registered("rule")


def test_every_kind_is_external_internal_a_handbook_or_a_rule() -> None:
    known = {kind for group in (*EXTERNAL, *INTERNAL) for kind in group} | {"handbook", "rule"}
    shown_to_people = {"risk_card", "notice_board", "colour_map", "comparison_chart"}  # YT Art. 22
    assert known | shown_to_people == set(get_args(DocumentKind))


def test_a_document_is_registered_once_in_a_body_that_is_registered() -> None:
    organised(REGISTERED).when(example("RegisterDocument")).then(AlreadyRegistered, kind="document")
    organised().knowing(BODIES, BODY, holds=[]).when(example("RegisterDocument")).then(
        UnknownThing, kind="body"
    )


# --- versions


@pytest.mark.clause("NJ-011", "NJ-013")
def test_a_new_version_supersedes_the_one_that_was_valid_and_both_stay() -> None:
    first, second = version("1", "2026-01-01"), version("2", "2026-02-01", "1")
    organised(REGISTERED, first).when(issue("2", "2026-02-01")).then(second)
    state = folded(DOCUMENT, [REGISTERED, first, second])
    assert [state.version_on(day) for day in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01")] == [
        None,
        "1",
        "1",
        "2",
    ]


def test_an_older_version_entered_late_finds_its_place() -> None:
    newest = version("2", "2026-02-01")
    organised(REGISTERED, newest).when(issue("1", "2026-01-01")).then(version("1", "2026-01-01"))
    state = folded(DOCUMENT, [REGISTERED, newest, version("1", "2026-01-01")])
    assert state.version_on("2026-01-15") == "1"
    assert state.version_on("2026-03-01") == "2"


def test_a_version_names_its_file_by_hash_or_has_none() -> None:
    organised(REGISTERED).when(issue("1", "2026-01-01", HASH)).then(
        DocumentVersionIssued("1", "2026-01-01", None, HASH, "", "")
    )
    organised(REGISTERED).when(issue("1", "2026-01-01")).then(version("1", "2026-01-01"))


@pytest.mark.parametrize("bad", ["", "abc", HASH.upper(), HASH + "0", HASH[:-1] + "g", "sha256:" + HASH[:57]])
def test_a_hash_is_64_hexadecimal_digits_in_lower_case(bad: str) -> None:
    line = {"body": BODY, "document": "WJ-TSJ", "version": "1", "valid_from": "2026-01-01", "sha256": bad}
    with pytest.raises(BadField) as caught:
        read_command("IssueDocumentVersion", line)
    assert caught.value.values["field"] == "data.sha256"


def test_a_version_is_issued_once_and_only_of_what_is_registered() -> None:
    organised(REGISTERED, version("1", "2026-01-01")).when(issue("1", "2026-03-01")).then(
        AlreadyRegistered, kind="document_version", code="WJ-TSJ 1"
    )
    organised().when(issue("1", "2026-01-01")).then(UnknownThing, kind="document", code="WJ-TSJ")


# --- the end


def test_a_document_is_withdrawn_from_a_day_on_and_has_no_version_then() -> None:
    first = version("1", "2026-01-01")
    withdrawn = DocumentWithdrawn("2026-02-02", "废止")
    organised(REGISTERED, first).when(example("WithdrawDocument", until=None, reason="废止")).then(withdrawn)
    state = folded(DOCUMENT, [REGISTERED, first, withdrawn])
    assert state.version_on("2026-02-01") == "1"
    assert state.version_on("2026-02-02") is None


def test_it_is_not_withdrawn_before_its_last_version_is_valid() -> None:
    organised(REGISTERED, version("1", "2026-03-01")).when(example("WithdrawDocument", until=None)).then(
        EndsBeforeItBegins, since="2026-03-01", until="2026-02-02"
    )


def test_nothing_follows_the_withdrawal() -> None:
    gone = organised(REGISTERED, version("1", "2026-01-01"), DocumentWithdrawn("2026-02-01", ""))
    gone.when(issue("2", "2026-03-01")).then(Retired, kind="document", code="WJ-TSJ")
    gone.when(example("WithdrawDocument")).then(Retired, command="WithdrawDocument")
