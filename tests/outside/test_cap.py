"""Every alert that others publish for tests is read, or refused with a reason, and nothing is ever fetched for it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from adapters.feeds.cap_schema import schema_verdict
from adapters.feeds.documents import Document, read_document
from adapters.feeds.safe_xml import namespace, outermost, read_xml
from domain.refused import Refused
from domain.refused_feeds import DocumentTypeForbidden
from tests.adapting.cap_documents import NAMESPACES, alert, document, info
from tests.deciding.given import sayable
from tests.faults.command_line import call, rows_of, run
from tests.outside.cap_changes import changed

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDER, SAMPLES, SCHEMAS = (
    SHARED / "outside" / "cap",
    SHARED / "facts" / "weather_samples",
    SHARED / "outside" / "cap" / "schema",
)
pytestmark = pytest.mark.skipif(
    not (FOLDER.is_dir() and SAMPLES.is_dir()),
    reason="the alerts (shared/outside/cap, shared/facts) are not here",
)
FILES = sorted(
    one for folder in (FOLDER, SAMPLES) if folder.is_dir() for one in folder.iterdir() if one.is_file()
)
HOSTILE = ("xee.atom", "xee.cap")
REFUSED = {
    **dict.fromkeys(HOSTILE, "DocumentTypeForbidden"),
    "environment_canada_x509_cert.pem": "NotReadable",
    "naads_x509_cert.pem": "NotReadable",
    "bushfire_invalid.edxlde": "WarningLacks",
}
WITHOUT_ALERTS = {
    *(
        "earthquake_index.atom",
        "empty_weather_index.atom",
        "invalid.rss",
        "invalid_element.atom",
        "no_id.atom",
    ),
    *("no_link.atom", "no_title.atom", "ny_index.rss", "weather_index.atom"),
}


class NetworkUsedError(Exception):
    """Somebody opened a socket or looked a name up."""


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No network: every attempt is noted and fails."""
    attempts: list[str] = []

    def refuse(*given: Any, **more: Any) -> Any:
        attempts.append(repr(given))
        raise NetworkUsedError(given)

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return attempts


def life(kind: str, level: str) -> int:
    return 24


def read(file: Path) -> Document:
    return read_document(file.read_bytes(), life)


def alerts_in(file: Path) -> list[Element]:
    try:
        return list(outermost(read_xml(file.read_bytes()), "alert"))
    except Refused:
        return []


def test_all_files_are_there() -> None:
    assert len(FILES) == 38
    assert {*REFUSED, *WITHOUT_ALERTS} <= {one.name for one in FILES}


@pytest.mark.clause("YT-24")
@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_every_file_is_read_by_the_command_or_refused_with_a_reason(
    file: Path, tmp_path: Path, cut_off: list[str]
) -> None:
    done = call(["--db", str(tmp_path / "one.db"), "--json", "feed", "weather", str(file)])
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert done.returncode == (1 if file.name in REFUSED else 0), done
    assert cut_off == []
    rows = json.loads(done.stdout)
    if file.name not in REFUSED:
        assert {one["outcome"] for one in rows} <= {"received", "known", "empty", "links_left"}
        assert any(one["outcome"] == "received" for one in rows) is (file.name not in WITHOUT_ALERTS)
    elif isinstance(rows, dict):
        assert rows["refused"] == REFUSED[file.name] and rows["because"]
    else:
        assert [one["refused"] for one in rows if one["because"]] == [REFUSED[file.name]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_that_would_fetch_and_read_files_is_refused_untouched(
    name: str, cut_off: list[str]
) -> None:
    with pytest.raises(DocumentTypeForbidden) as caught:
        read(FOLDER / name)
    assert sayable(caught.value)
    assert cut_off == []


def test_the_watch_over_the_network_would_have_seen_an_attempt(cut_off: list[str]) -> None:
    with pytest.raises(NetworkUsedError):
        socket.create_connection(("localhost", 8080))
    assert len(cut_off) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_plain_parser_would_not_have_refused_it_for_its_document_type(name: str) -> None:
    """The control: without the guard the file is taken, or stumbles over an entity that nobody declared to it."""
    from xml.etree.ElementTree import ParseError, XMLParser

    parser = XMLParser()  # noqa: S314 - the control: what the guard guards against
    try:
        parser.feed((FOLDER / name).read_bytes())
        taken = parser.close() is not None
    except ParseError as error:
        taken = "undefined entity" in str(error)
    assert taken


def test_the_same_folder_fed_twice_adds_nothing(tmp_path: Path, cut_off: list[str]) -> None:
    db = str(tmp_path / "twice.db")
    for folder, code in ((FOLDER, 1), (SAMPLES, 0)):
        first = json.loads(run(db, "--json", "feed", "weather", str(folder), expect=code).stdout)
        before = len(rows_of(db))
        assert any(one["outcome"] == "received" for one in first)
        again = json.loads(run(db, "--json", "feed", "weather", str(folder), expect=code).stdout)
        assert len(rows_of(db)) == before
        assert not {one["outcome"] for one in again} & {"received", "differed"}
    assert cut_off == []


def test_what_was_received_can_be_read_again_by_its_hash(tmp_path: Path) -> None:
    db = str(tmp_path / "kept.db")
    run(db, "feed", "weather", str(SAMPLES))
    held = {
        one.name: one.read_bytes()
        for one in (tmp_path / "kept.db-evidence" / "received").rglob("*")
        if one.is_file()
    }
    rows = json.loads(run(db, "--json", "feed", "warnings").stdout)
    assert len(rows) == 6
    assert {held[one["sha256"]] for one in rows} == {one.read_bytes() for one in SAMPLES.iterdir()}


# --- the samples: structure of public Chinese documents


def sample(name: str) -> Any:
    [found] = read(SAMPLES / name).alerts
    return found


@pytest.mark.clause("YT-24")
def test_an_orange_rainstorm_is_raised_to_red_and_lifted() -> None:
    given = [sample(f"cap_cma_rainstorm_{one}.xml") for one in ("orange_alert", "red_update", "cancel")]
    assert [one.message for one in given] == ["alert", "update", "cancel"]
    parts = [part for one in given for part in one.parts]
    assert [(one.area, one.kind, one.level, one.lifts, one.assumed) for one in parts] == [
        ("999901", "rainstorm", "orange", False, True),
        ("999901", "rainstorm", "red", False, True),
        ("999901", "rainstorm", "red", True, False),
    ]
    assert [one.references for one in given[1:]] == [(given[0].identifier,), (given[1].identifier,)]


def test_a_message_that_names_itself_has_no_reference() -> None:
    assert sample("cap_cma_self_reference.xml").references == ()


def test_an_exercise_is_an_exercise() -> None:
    found = sample("cap11_exercise.xml")
    assert (found.status, found.parts[0].kind, found.parts[0].level) == ("exercise", "lightning", "yellow")


def test_a_stated_end_stands() -> None:
    [part] = sample("cap_with_expiry_and_polygon.xml").parts
    assert (part.kind, part.level, part.assumed) == ("heat", "yellow", False)


# --- the verdict on the form


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    xmlschema = pytest.importorskip("xmlschema")
    numbers = {"1.0": "10", "1.1": "11", "1.2": "12"}
    return {
        NAMESPACES[one]: xmlschema.XMLSchema(str(SCHEMAS / f"cap{number}.xsd"))
        for one, number in numbers.items()
    }


def unsigned(told: Element) -> Element:
    """Without the signature, on which our verdict says nothing: of it the schema of signatures judges."""
    for one in [one for one in told if "xmldsig" in namespace(one)]:
        told.remove(one)
    return told


def test_the_verdict_on_every_alert_is_that_of_the_official_schema(official: dict[str, Any]) -> None:
    judged = []
    for file in FILES:
        for one in alerts_in(file):
            judged_by = official[namespace(one)]
            told = unsigned(one) if namespace(one) == NAMESPACES["1.2"] else one
            verdict = judged_by.is_valid(told)
            assert schema_verdict(told) is verdict, file.name
            judged.append(verdict)
    assert len(judged) > 30
    assert {True, False} == set(judged)


def test_the_verdict_on_thousands_of_changed_alerts_is_that_of_the_official_schema(
    official: dict[str, Any],
) -> None:
    """Each element of each alert left out, doubled, moved, renamed, emptied or filled otherwise."""
    seen = {True: 0, False: 0}
    old = read_xml(
        document(
            alert(info(areas=["<area><areaDesc>x</areaDesc><geocode>a=b</geocode></area>"]), version="1.0")
        )
    )
    named = ("cap_with_expiry_and_polygon.xml", "cap11_exercise.xml")
    for told in (
        old,
        *(one for name in named for one in alerts_in(SAMPLES / name)),
        *alerts_in(FOLDER / "weather.cap"),
    ):
        for what, one in changed(told):
            verdict = official[namespace(one)].is_valid(one)
            assert schema_verdict(one) is verdict, what
            seen[verdict] += 1
    assert seen[True] > 500 and seen[False] > 1_000, seen


def test_an_alert_that_does_not_keep_its_form_is_read_all_the_same() -> None:
    assert [one.schema_valid for one in read(FOLDER / "invalid.cap").alerts] == [False]
