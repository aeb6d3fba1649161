"""Warnings through the command line: from files, folders, standard input and addresses; and feeds that fall silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import pytest

from adapters.feeds import fetching, sources
from tests.adapting.cap_documents import alert, area, document, info
from tests.faults.command_line import Done, call, rows_of, run

FEED = "https://feeds.example.org/index.xml"


def asked(db: str, *arguments: str, expect: int | None = 0, text: str = "") -> Any:
    return json.loads(run(db, "--json", *arguments, expect=expect, text=text).stdout)


def outcomes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["outcome"] for row in rows]


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "feeds.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


# --- files, folders, standard input


@pytest.mark.clause("YT-24")
def test_a_file_is_read_without_anybody_s_role_and_on_an_empty_database(db: str, folder: Path) -> None:
    (folder / "one.xml").write_bytes(document())
    [row] = asked(db, "feed", "weather", str(folder / "one.xml"))
    assert (row["outcome"], row["position"], row["sent"]) == ("received", 1, "2026-06-15T06:05:12.000000Z")
    assert row["parts"][0]["level"] == "orange"
    [record] = [one for one in rows_of(db) if one.stream.startswith("weather-message/")]
    assert record.kind == "warning-received.1"
    assert "张三".encode() not in record.state


def test_standard_input_is_read(db: str) -> None:
    [row] = asked(db, "feed", "weather", "-", text=document().decode())
    assert (row["document"], row["outcome"]) == ("-", "received")
    [again] = asked(db, "feed", "weather", "-", text=document().decode())
    assert (again["outcome"], again["position"]) == ("known", None)


def test_the_source_keeps_equal_numbers_of_two_feeds_apart(db: str) -> None:
    for source in ("cma", "line"):
        [row] = asked(db, "feed", "weather", "-", "--source", source, text=document().decode())
        assert row["outcome"] == "received"
    assert [row["source"] for row in asked(db, "feed", "warnings")] == ["cma", "line"]


def test_a_source_that_is_no_code_is_refused(db: str) -> None:
    done = run(db, "feed", "weather", "-", "--source", "a/b", text=document().decode(), expect=1)
    assert "--source" in done.stderr
    assert not Path(db).exists() or not rows_of(db)


def test_a_folder_is_read_with_all_its_folders_in_the_order_of_sending(db: str, folder: Path) -> None:
    (folder / "below").mkdir()
    later = alert(
        info("更新暴雨红色预警"), identifier="A", message="Update", sent="2026-06-15T15:00:00+08:00"
    )
    (folder / "a.xml").write_bytes(document(later))
    (folder / "below" / "b.xml").write_bytes(document())
    (folder / "readme.txt").write_text("no alert")
    (folder / "schema.xsd").write_text("<schema/>")
    (folder / ".hidden.xml").write_bytes(document(alert(identifier="H")))
    rows = asked(db, "feed", "weather", str(folder))
    assert [(row["identifier"], row["outcome"]) for row in rows] == [
        ("32011341600000_20260615140512", "received"),
        ("A", "received"),
        (None, "skipped"),
        (None, "skipped"),
    ]
    size = len(rows_of(db))
    assert set(outcomes(asked(db, "feed", "weather", str(folder)))) == {"known", "skipped"}
    assert len(rows_of(db)) == size


def test_one_bad_file_in_a_folder_hides_no_other_and_ends_with_1(db: str, folder: Path) -> None:
    (folder / "a.xml").write_bytes(b"<alert>")
    (folder / "b.xml").write_bytes(document())
    done = run(db, "--json", "feed", "weather", str(folder), expect=1)
    rows = json.loads(done.stdout)
    assert outcomes(rows) == ["received", "refused"]
    assert (rows[1]["document"], rows[1]["refused"]) == ("a.xml", "NotReadable")
    assert "a.xml" in done.stderr


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"<alert>", "NotReadable"),
        (b"", "NotReadable"),
        (b"<html/>", "NoWarning"),
        (document("<!DOCTYPE a>" + alert()), "DocumentTypeForbidden"),
        (document(alert(identifier="")), "WarningLacks"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_like_anything_else(
    db: str, folder: Path, raw: bytes, refused: str
) -> None:
    (folder / "one.xml").write_bytes(raw)
    answer = asked(db, "feed", "weather", str(folder / "one.xml"), expect=1)
    assert (answer["ok"], answer["refused"]) == (False, refused)
    assert not rows_of(db)


def test_a_file_that_is_not_there_is_refused(db: str) -> None:
    assert asked(db, "feed", "weather", "nowhere.xml", expect=1)["refused"] == "FileNotThere"


def test_an_index_on_disk_leads_to_files_beside_it_and_nowhere_else(
    db: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.xml").write_bytes(document(alert(identifier="OUT")))
    (folder / "one.xml").write_bytes(document())
    (folder / "leads-out.xml").symlink_to(tmp_path / "outside.xml")
    names = (
        "one.xml",
        "../outside.xml",
        "leads-out.xml",
        str(tmp_path / "outside.xml"),
        "gone.xml",
        "index.xml",
    )
    names += ("https://example.org/one.xml", f"file://{tmp_path}/outside.xml", "%2e%2e/outside.xml", "")
    links = "".join(f'<entry><link href="{name}"/></entry>' for name in names)
    (folder / "index.xml").write_bytes(document(f"<feed>{links}</feed>"))
    rows = asked(db, "feed", "weather", str(folder / "index.xml"))
    assert [row["identifier"] for row in rows if row["identifier"]] == ["32011341600000_20260615140512"]
    [left] = [row for row in rows if row["outcome"] == "links_left"]
    assert left["notes"] == [str(len(names) - 2)], "all but the one that was read and the empty one"


def test_other_content_under_a_known_number_is_shown_and_kept(db: str, folder: Path) -> None:
    (folder / "a.xml").write_bytes(document())
    (folder / "b.xml").write_bytes(document(alert(info("发布暴雨红色预警"))))
    rows = asked(db, "feed", "weather", str(folder))
    assert outcomes(rows) == ["received", "differed"]
    [row] = asked(db, "feed", "warnings")
    assert (row["differed"], row["parts"][0]["level"]) == (1, "orange")
    kept = [one for one in Path(f"{db}-evidence", "received").rglob("*") if one.is_file()]
    assert sorted(one.read_bytes() for one in kept) == sorted(one.read_bytes() for one in folder.iterdir())


def test_a_claimed_person_stands_beside_the_feed_and_never_in_its_place(db: str) -> None:
    run(db, "--as", "P-SAFETY", "feed", "weather", "-", "--source", "cma", text=document().decode())
    [told] = [one for one in rows_of(db) if one.kind == "warning-received.1"]
    assert (
        b'"by":"cma"' in told.state
        and b'"on_behalf_of":"P-SAFETY"' in told.state
        and b'"auth":"feed"' in told.state
    )


IN_FORCE = "2026-06-15T15:00+08:00"
LATER = "2026-06-20T08:00+08:00"


@pytest.mark.parametrize(("lang", "said"), [("zh", "读取时已失效"), ("en", "had run out when it was read")])
def test_a_warning_that_had_run_out_when_it_was_read_says_that_it_has_no_consequence(
    db: str, lang: str, said: str
) -> None:
    practice(db)
    given = ("--now", LATER, "--lang", lang, "feed", "weather", "-")
    done = run(db, *given, text=document().decode())
    assert said in done.stderr and ("没有后果" if lang == "zh" else "no consequence") in done.stderr
    assert said not in run(db, *given, text=document().decode()).stderr, "known already"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_exercise_says_that_it_has_no_consequence(db: str, lang: str) -> None:
    practice(db)
    given = ("--now", IN_FORCE, "--lang", lang, "feed", "weather", "-")
    done = run(db, *given, text=document(alert(status="Exercise")).decode())
    assert ("演练信息，仅存档" if lang == "zh" else "of the kind 'exercise' is kept") in done.stderr


def test_a_warning_in_force_and_one_that_ends_another_by_having_run_out_say_nothing_of_the_kind(
    db: str,
) -> None:
    practice(db)
    [row] = asked(db, "--now", IN_FORCE, "feed", "weather", "-", text=document().decode())
    assert row["ran_out"] is None
    update = alert(
        info(expires="2026-06-15T14:30:00+08:00"),
        identifier="SECOND",
        sent="2026-06-15T14:20:00+08:00",
        message="Update",
        references="office@example.org,32011341600000_20260615140512,2026-06-15T14:05:12+08:00",
    )
    done = run(db, "--now", IN_FORCE, "--lang", "en", "feed", "weather", "-", text=document(update).decode())
    assert "no consequence" not in done.stderr
    [episode] = asked(db, "feed", "episodes", "--ever")
    assert episode["ended_at"] is not None


@pytest.mark.parametrize(
    ("lang", "idle", "reported"),
    [
        ("zh", "没有责任单位受其影响", "已报告为变更"),
        ("en", "touches no responsible body", "reported as the change"),
    ],
)
def test_whoever_feeds_is_told_which_change_a_warning_became_or_that_it_touches_nobody(
    db: str, lang: str, idle: str, reported: str
) -> None:
    practice(db)
    given = ("--now", IN_FORCE, "--lang", lang, "feed", "weather", "-")
    done = run(db, *given, text=document().decode())
    assert idle in done.stderr and reported not in done.stderr
    mine = {
        "body": "B",
        "name": "Works",
        "kind": "enterprise",
        "area": "320114",
        "sector": "industry_and_trade",
    }
    run(db, "do", "RegisterBody", "--as", "P-A", "--command-id", "1", text=json.dumps(mine))
    unit = {"body": "B", "unit": "U", "name": "Hall", "kind": "main", "parent": None}
    run(db, "do", "RegisterUnit", "--as", "P-A", "--command-id", "2", text=json.dumps(unit))
    words = {
        "name": "flood",
        "factor": "2101",
        "factor_edition": "GB/T 13861-2022",
        "accident_types": ["淹溺"],
    }
    told = {"cause": "rain", "consequence": "drowned", "impact": "workers"}
    risk = {"body": "B", "risk": "R", "unit": "U", **words, **told}
    run(db, "do", "IdentifyRisk", "--as", "P-A", "--command-id", "3", text=json.dumps(risk))
    tags = {"body": "B", "risk": "R", "tags": [{"kind": "weather", "code": "rainstorm"}]}
    run(db, "do", "TagRisk", "--as", "P-A", "--command-id", "4", text=json.dumps(tags))
    next_door = alert(info(areas=(area("320114000000"),)), identifier="NEXT")
    done = run(db, *given, text=document(next_door).decode())
    assert reported in done.stderr and "weather.320114.rainstorm.1.orange" in done.stderr
    assert idle not in done.stderr


def test_machines_read_when_a_warning_had_run_out(db: str) -> None:
    practice(db)
    ends = document(alert(info(expires="2026-06-15T18:00:00+08:00"))).decode()
    [row] = asked(db, "--now", LATER, "feed", "weather", "-", text=ends)
    assert row["ran_out"] == "2026-06-15T10:00:00.000000Z"


def test_the_table_speaks_both_languages(db: str) -> None:
    told = run(db, "--lang", "zh", "feed", "weather", "-", text=document().decode()).stdout
    assert "暴雨 橙" in told and "新收到 1" in told
    told = run(db, "--lang", "en", "feed", "weather", "-", text=document().decode()).stdout
    assert "rainstorm orange" in told and "known already 1" in told


# --- lists of what is in force


def listing(*identifiers: str, count: int | None = None) -> str:
    rows = [
        {
            "alertid": one,
            "issuetime": "2026/06/15 11:42",
            "title": "南京市发布暴雨橙色预警信号",
            "pic": "x/0002002.png",
        }
        for one in identifiers
    ]
    return json.dumps({"data": {"page": {"list": rows, "count": len(rows) if count is None else count}}})


ONE, TWO = "32011341600000_20260615114200", "32010041600000_20260615114200"


def test_what_disappears_from_a_whole_list_is_over(db: str) -> None:
    given = ("feed", "weather", "-", "--source", "nmc")
    assert outcomes(asked(db, *given, text=listing(ONE, TWO))) == ["received", "received"]
    rows = asked(db, *given, text=listing(TWO))
    assert [(row["identifier"], row["outcome"]) for row in rows] == [
        (TWO, "known"),
        (ONE, "no_longer_listed"),
    ]
    assert outcomes(asked(db, *given, text=listing(TWO))) == ["known"]
    assert sorted(outcomes(asked(db, *given, text=listing(ONE, TWO)))) == ["known", "received"]
    assert [row["gone_at"] for row in asked(db, "feed", "warnings")] == [None, None]


@pytest.mark.parametrize(
    "text", [listing(TWO, count=2), '{"data": null}', "", "<html/>", '{"data": {"page": {"list": []}}}']
)
def test_a_list_that_did_not_come_whole_ends_nothing(db: str, text: str) -> None:
    given = ("feed", "weather", "-", "--source", "nmc")
    asked(db, *given, text=listing(ONE, TWO))
    run(db, *given, text=text, expect=None)
    assert [row["gone_at"] for row in asked(db, "feed", "warnings")] == [None, None]


def test_an_empty_list_that_came_whole_ends_all(db: str) -> None:
    given = ("feed", "weather", "-", "--source", "nmc")
    asked(db, *given, text=listing(ONE, TWO))
    assert outcomes(asked(db, *given, text=listing())) == ["no_longer_listed"] * 2


def test_the_list_of_one_source_says_nothing_of_another(db: str) -> None:
    asked(db, "feed", "weather", "-", "--source", "nmc", text=listing(ONE))
    asked(db, "feed", "weather", "-", "--source", "other", text=listing(TWO))
    asked(db, "feed", "weather", "-", "--source", "line", text=document().decode())
    rows = asked(db, "feed", "weather", "-", "--source", "other", text=listing())
    assert [row["identifier"] for row in rows] == [TWO]


def test_every_record_that_feeds_made_is_decided_again_the_same(db: str, folder: Path) -> None:
    (folder / "a.xml").write_bytes(document())
    (folder / "b.xml").write_bytes(document(alert(info("发布暴雨红色预警"))))
    (folder / "c.xml").write_bytes(document(alert(identifier="X-1")))
    (folder / "e.xml").write_bytes(document(alert(info(areas=[area("", "somewhere")]), identifier="X-2")))
    ended = alert(identifier="E", message="Cancel", references="a,X-1,t a,E,t").replace(info(), "")
    (folder / "d.xml").write_bytes(document(ended))
    practice(db)
    followed(db)
    at = ("--now", "2026-06-15T14:30+08:00")
    run(db, *at, "feed", "weather", str(folder))
    for text in (listing(ONE, TWO), listing(TWO), listing(ONE)):
        run(db, *at, "feed", "weather", "-", "--source", "nmc", text=text)
    run(db, "--now", "2026-06-16T14:30+08:00", "clock", "tick")
    kinds = {row.kind for row in rows_of(db)}
    assert {"warning-differed.1", "warning-no-longer-listed.1", "feed-stale.1"} <= kinds
    told = asked(db, "audit", "why", "--all", expect=None)
    assert told["differing"] == []
    assert told["same"] > 10


# --- addresses

Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """The command with a network of our own: a resolver, and answers by path."""
    made = fetching.Fetching
    state: dict[str, Any] = {"paths": {}, "asked": []}

    def answer(request: httpx.Request) -> httpx.Response:
        state["asked"].append(request.url.path)
        found = state["paths"].get(request.url.path)
        return httpx.Response(404) if found is None else httpx.Response(200, content=found)

    def build(allowed: Any, **more: Any) -> fetching.Fetching:
        return made(
            allowed, resolve=lambda host, port: ["93.184.216.34"], transport=httpx.MockTransport(answer)
        )

    monkeypatch.setattr(fetching, "Fetching", build)
    monkeypatch.setattr(sources, "PAUSE", 0)

    def give(db: str, *arguments: str, paths: dict[str, bytes], hosts: str = "feeds.example.org") -> Done:
        state["paths"], state["asked"] = paths, []
        done = call(["--db", db, "--json", *arguments], variables={fetching.HOSTS: hosts})
        give.asked = list(state["asked"])  # type: ignore[attr-defined]  # what the last call asked for
        return done

    return give


def index(*links: str) -> bytes:
    items = "".join(f"<item><link>{one}</link></item>" for one in links)
    return document(f"<rss><channel>{items}</channel></rss>")


def test_an_address_is_polled_and_each_document_behind_its_links_asked_for_once(db: str, online: Any) -> None:
    paths = {"/index.xml": index("https://feeds.example.org/1.xml", "2.xml"), "/1.xml": document()}
    paths["/2.xml"] = document(alert(identifier="B"))
    done = online(db, "feed", "weather", FEED, paths=paths)
    assert (done.returncode, outcomes(json.loads(done.stdout))) == (0, ["received", "received"])
    assert online.asked == ["/index.xml", "/1.xml", "/2.xml"]
    done = online(db, "feed", "weather", FEED, paths=paths)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert online.asked == ["/index.xml"]
    assert {row["source"] for row in asked(db, "feed", "warnings")} == {"feeds.example.org"}


def test_a_document_that_failed_is_asked_for_again(db: str, online: Any) -> None:
    paths = {"/index.xml": index("1.xml", "2.xml"), "/1.xml": document()}
    assert online(db, "feed", "weather", FEED, paths=paths).returncode == 1
    paths["/2.xml"] = document(alert(identifier="B"))
    assert online(db, "feed", "weather", FEED, paths=paths).returncode == 0
    assert online.asked == ["/index.xml", "/2.xml"]


def test_what_was_fetched_and_not_recorded_is_asked_for_again(db: str, online: Any) -> None:
    paths = {"/index.xml": index("1.xml"), "/1.xml": document()}
    with patch("adapters.feeds.taking.Taking._one", side_effect=OSError("killed")):
        assert online(db, "feed", "weather", FEED, paths=paths).returncode == 3
    assert outcomes(json.loads(online(db, "feed", "weather", FEED, paths=paths).stdout)) == ["received"]
    assert online.asked == ["/index.xml", "/1.xml"]


def test_a_link_to_a_host_that_was_not_named_is_not_followed(db: str, online: Any) -> None:
    paths = {"/index.xml": index("https://inside.example.org/1.xml", "http://feeds.example.org/1.xml")}
    paths["/1.xml"] = document()
    done = online(db, "feed", "weather", FEED, paths=paths)
    rows = json.loads(done.stdout)
    assert (done.returncode, [row["refused"] for row in rows]) == (1, ["HostNotAllowed", "AddressUnfit"])
    assert online.asked == ["/index.xml"]


def test_without_a_list_of_hosts_nothing_is_asked(db: str, online: Any) -> None:
    done = online(db, "feed", "weather", FEED, paths={}, hosts="")
    assert (done.returncode, json.loads(done.stdout)["refused"]) == (1, "HostNotAllowed")
    assert online.asked == []


def test_what_an_address_asks_for_stands_in_no_record(db: str, online: Any) -> None:
    online(db, "feed", "weather", f"{FEED}?key=hunter2", paths={"/index.xml": document()})
    assert rows_of(db)
    assert all(b"hunter2" not in row.state for row in rows_of(db))


# --- followed feeds


def followed(db: str) -> None:
    more = ("--feed", "cma", "--every", "10", "--missed", "3", "--address", FEED)
    run(db, "--as", "P-ADMIN", "feed", "follow", *more)


def practice(db: str) -> None:
    run(db, "--now", "2026-06-15T12:00+08:00", "init", "--practice")


@pytest.mark.clause("YT-24")
def test_a_silent_feed_is_stale_and_says_so_loudly(db: str) -> None:
    practice(db)
    followed(db)
    [row] = asked(db, "--now", "2026-06-15T12:25+08:00", "feed", "status")
    assert (row["standing"], row["missed_polls"], row["last_poll"]) == ("heard", 2, None)
    done = run(db, "--json", "--now", "2026-06-15T12:35+08:00", "feed", "status", expect=1)
    [row] = json.loads(done.stdout)
    assert (row["standing"], row["missed_polls"]) == ("stale", 3)
    assert "no good weather" in done.stderr


@pytest.mark.parametrize("verb", [("clock", "status"), ("feed", "warnings"), ("feed", "episodes")])
def test_a_silent_feed_is_told_wherever_somebody_could_take_it_for_good_weather(
    db: str, verb: tuple[str, str]
) -> None:
    practice(db)
    followed(db)
    for minute, told in (("25", False), ("35", True)):
        done = run(db, "--json", "--now", f"2026-06-15T12:{minute}+08:00", *verb)
        assert ("'cma' is stale (3 missed): silence is no good weather" in done.stderr) is told
    if verb[0] == "clock":
        assert [row["feed"] for row in json.loads(done.stdout)["stale_feeds"]] == ["cma"]


def test_what_somebody_handed_in_is_called_so_and_not_by_an_identifier(db: str) -> None:
    asked(db, "feed", "weather", "-", text=document().decode())
    for lang, words in (("zh", "人工提交"), ("en", "handed in by hand")):
        for verb in ("status", "warnings"):
            shown = run(db, "--lang", lang, "feed", verb).stdout
            assert words in shown and "by-hand" not in shown
    assert {row["feed"] for row in asked(db, "feed", "status")} == {"by-hand"}, "machines read the code"


def test_the_tick_records_that_a_feed_is_stale_once_and_as_of_when(db: str) -> None:
    practice(db)
    followed(db)
    for minutes, kinds in ((20, 0), (40, 1), (50, 1)):
        run(db, "--now", f"2026-06-15T12:{minutes}+08:00", "clock", "tick")
        assert sum(row.kind == "feed-stale.1" for row in rows_of(db)) == kinds
    [stale] = [row for row in rows_of(db) if row.kind == "feed-stale.1"]
    assert b"2026-06-15T04:30:00.000000Z" in stale.state, "it happened at the third missed poll"


def test_a_feed_that_is_read_again_is_back(db: str) -> None:
    practice(db)
    followed(db)
    run(db, "--now", "2026-06-15T12:40+08:00", "clock", "tick")
    given = ("feed", "weather", "-", "--source", "cma")
    run(db, "--now", "2026-06-15T12:45+08:00", *given, text=document().decode())
    [row] = asked(db, "--now", "2026-06-15T12:46+08:00", "feed", "status")
    assert (row["standing"], row["stale_since"], row["missed_polls"]) == ("heard", None, 0)
    assert [row.kind for row in rows_of(db)].count("feed-returned.1") == 1
    run(db, "--now", "2026-06-15T13:30+08:00", "clock", "tick")
    assert sum(row.kind == "feed-stale.1" for row in rows_of(db)) == 2


def test_what_could_not_be_read_is_no_sign_of_life(db: str) -> None:
    practice(db)
    followed(db)
    run(
        db,
        "--now",
        "2026-06-15T12:25+08:00",
        "feed",
        "weather",
        "-",
        "--source",
        "cma",
        text="<html/>",
        expect=1,
    )
    run(db, "--now", "2026-06-15T12:31+08:00", "clock", "tick")
    assert [row.kind for row in rows_of(db)][-1] == "feed-stale.1"


def test_silence_of_a_feed_ends_no_warning(db: str) -> None:
    practice(db)
    followed(db)
    run(db, "feed", "weather", "-", "--source", "cma", text=listing(ONE))
    run(db, "--now", "2026-06-17T12:00+08:00", "clock", "tick")
    assert "feed-stale.1" in [row.kind for row in rows_of(db)]
    assert [row["gone_at"] for row in asked(db, "feed", "warnings")] == [None]


def test_a_feed_that_is_no_longer_followed_is_no_longer_missed(db: str) -> None:
    practice(db)
    followed(db)
    run(db, "--as", "P-ADMIN", "feed", "unfollow", "--feed", "cma", "--reason", "over")
    run(db, "--now", "2026-06-17T12:00+08:00", "clock", "tick")
    assert "feed-stale.1" not in [row.kind for row in rows_of(db)]
    [row] = asked(db, "feed", "status")
    assert (row["standing"], row["missed_polls"]) == ("not_followed", None)


def test_every_followed_feed_with_an_address_is_polled(db: str, online: Any) -> None:
    followed(db)
    run(db, "--as", "P-ADMIN", "feed", "follow", "--feed", "folder", "--every", "10")
    done = online(db, "feed", "poll", paths={"/index.xml": document()})
    assert (done.returncode, outcomes(json.loads(done.stdout))) == (0, ["received"])
    assert [row["source"] for row in asked(db, "feed", "warnings")] == ["cma"]
    [cma, folder] = asked(db, "feed", "status")
    assert cma["last_poll"] is not None and folder["last_poll"] is None
    done = online(db, "feed", "weather", FEED, paths={"/index.xml": document()})
    assert outcomes(json.loads(done.stdout)) == ["known"], "the address is that of the followed feed"


def test_a_poll_that_failed_is_no_sign_of_life(db: str, online: Any) -> None:
    followed(db)
    assert online(db, "feed", "poll", paths={}).returncode == 1
    [row] = asked(db, "feed", "status")
    assert row["last_poll"] is None
    only_broken_links = {"/index.xml": index("1.xml")}
    assert online(db, "feed", "poll", paths=only_broken_links).returncode == 1
    assert asked(db, "feed", "status")[0]["last_poll"] is None


def test_status_and_poll_need_a_database(tmp_path: Path) -> None:
    for verb in ("status", "poll"):
        done = run(str(tmp_path / "none.db"), "feed", verb, expect=3)
        assert "none.db" in done.stderr


def test_a_disk_that_cannot_keep_a_message_takes_none(db: str, folder: Path) -> None:
    (folder / "one.xml").write_bytes(document())
    with patch("adapters.feeds.keeping.os.fsync", side_effect=OSError(28, "No space left on device")):
        done = run(db, "feed", "weather", str(folder / "one.xml"), expect=3)
    assert "No space left" in done.stderr
    assert not Path(db).exists() or not rows_of(db)
    assert [one for one in Path(f"{db}-evidence").rglob("*") if one.is_file()] == []


def test_areas_of_one_message_are_told_together(db: str) -> None:
    several = info(areas=[area(f"3201{n:02}000000", f"区{n}") for n in range(1, 9)])
    told = run(db, "feed", "weather", "-", text=document(alert(several)).decode()).stdout
    assert "+3" in told
