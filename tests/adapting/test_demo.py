"""``dualguard demo`` fills a practice file with a year of a mine, shows it, and adds nothing when it runs again."""

import contextlib
import csv
import itertools
import json
import re
import shlex
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from adapters.data.nanjing import SECTORS
from adapters.data.nanjing import enterprises as listed
from adapters.demo import enterprises, hazards, mine, risks, rounds
from adapters.demo.steps import T
from adapters.demo.story import AWAY, note, story, ticks
from domain.language import Moment, as_datetime, parse_moment
from tests.adapting import screens
from tests.adapting.practice import ask, copied, dualguard, process, year

ENDED = parse_moment("2026-11-21T00:00+08:00")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return year(tmp_path_factory)


@pytest.fixture(scope="module")
def first(file: Path) -> dict[str, Any]:
    """What the first run said as JSON."""
    summary: dict[str, Any] = json.loads((file.parent / "first.json").read_text("utf-8"))
    return summary


@pytest.fixture(scope="module")
def text(file: Path, first: dict[str, Any]) -> str:
    """What a person reads of that file, in a pipe."""
    ran = process("demo", "--file", str(file), "--lang", "en")
    assert ran.stderr == "", "no progress where nobody watches"
    return ran.stdout


LISTS = (
    "risk list",
    "risk show J-001 --body NJ-G66",
    "risk tags",
    "risk distribution",
    "risk diff --from 2026-06-01 --to 2026-08-01",
    "unit tree --body NJ-G66",
    "unit gaps --body NJ-G66",
    "area list",
    "org who --on 2026-06-01 --body NJ-G66",
    "org tree --body NJ-G66",
    "stop list",
    "hold list",
    "confirm list",
    "checklist list",
    "inspection list",
    "inspection coverage",
    "training list",
    "document list",
    "duty list",
    "report list",
    "hazard list",
    "risk matrix",
    "risk gaps",
    "risk what-if --method lec --version classic-5level",
    "report list",
    "rules list",
    "calendar show",
    "feed episodes --ever",
    *(
        "feed status",
        "feed warnings",
        "feed events",
        "feed mappings",
        "feed unknown",
        "notify list",
        "notify status",
        "notify messages",
        "notify outbox --told",
        "monitor list",
        "monitor show",
        "monitor periods",
        "monitor warnings",
        "neighbour list",
        "work list --ever",
        "work notices",
        "holiday list --body NJ-G66",
        "campaign list",
    ),
    "risk uplifts --ever --body NJ-G66",
)


# --- the first run ----------------------------------------------------------------------------------------------------


def test_the_first_run_says_what_it_made(file: Path, first: dict[str, Any]) -> None:
    assert first["practice"] is True
    assert first["file"] == file.name, "without naming one, it goes into the current folder"
    assert first["records"] == first["new_records"] > 300
    assert first["enterprises"] == 120
    assert first["risks"] == sum(first["risks_by_level"].values()) >= 12
    assert set(first["risks_by_level"]) == {"major", "larger", "general", "low"}
    assert all(first["risks_by_level"].values())
    assert first["plant_risks"] == sum(first["plant_risks_by_level"].values()) >= 150
    assert all(first["plant_risks_by_level"].values())
    assert first["plant_controls"] > 2 * first["plant_risks"]
    assert first["hazards"] == sum(first["hazards_by_step"].values()) == 25
    assert first["hazards_by_step"] == {
        "closed": 18,
        "planned": 2,
        "completed": 1,
        "registered": 2,
        "dismissed": 1,
        "duplicate": 1,
    }
    # the rectifications, eight leaders in eleven months, thirteen rounds, ten house duties
    assert first["duties"] == 18 + 8 * 11 + 13 + 10
    assert first["overdue"] == 5
    assert len(bytes.fromhex(first["root"])) == 32
    assert first["verified"] is True
    assert first["seconds"] > 0


def test_the_first_record_says_that_it_is_practice(file: Path, first: dict[str, Any]) -> None:
    with sqlite3.connect(file) as journal:
        kinds = journal.execute("SELECT topic FROM records ORDER BY rowid").fetchall()
    assert kinds[0] == ("practice-opened.1",)
    assert ("policy-refused.1",) not in kinds
    assert ("clock-disagreed.1",) not in kinds
    assert kinds.count(("clock-was-away.1",)) == 1


def test_the_enterprises_are_those_of_the_list(file: Path, first: dict[str, Any]) -> None:
    rows = ask(file, "body-list")
    rows = [row for row in rows if row["kind"] == "enterprise"]
    told = {row["body"]: (row["name"], row["sector"], row["area"]) for row in rows}
    assert told == {one.code: (one.name, one.sector, one.area) for one in listed()}
    assert Counter(row["sector"] for row in rows) == SECTORS


def test_one_hazard_is_rejected_and_extended_before_it_closes(file: Path, first: dict[str, Any]) -> None:
    ran = dualguard("hazard", "history", hazards.BRAKE, "--json", "--db", str(file))
    life = json.loads(ran.stdout)
    kinds = [record["kind"].removesuffix(".1") for record in life if record["stream"].startswith("hazard/")]
    assert kinds == [
        "hazard-registered",
        "hazard-evaluated",
        "rectification-planned",
        "extension-asked",
        "extension-approved",
        "rectification-completed",
        "rectification-rejected",
        "rectification-completed",
        "rectification-verified",
        "hazard-closed",
    ]
    assert {"duty-raised.1", "duty-extended.1", "duty-resumed.1"} <= {record["kind"] for record in life}
    assert any("rectification-days" in (record["citation"] or "") for record in life)
    assert any(record["happened_at"] < record["recorded_at"] for record in life)


def test_what_was_overdue_stays_late(file: Path, first: dict[str, Any]) -> None:
    ledger = {row["code"]: row for row in ask(file, "hazard-ledger", body=mine.MINE)}
    assert {code for code, row in ledger.items() if row["overdue"]} == {
        "YH-0002",
        "YH-0004",
        "YH-0006",
        "YH-0007",
    }
    lights, duct = ledger["YH-0004"], ledger["YH-0002"]
    assert (lights["step"], lights["days_late"]) == ("closed", 8)
    assert (duct["step"], duct["days_late"], duct["days_late_recorded"]) == ("closed", 0, 9)
    assert ledger["YH-0007"]["step"] == "planned"


@pytest.mark.clause("NJ-060", "NJ-062")
def test_the_year_holds_rounds_done_entered_late_missed_made_late_and_unfinished(
    file: Path, first: dict[str, Any]
) -> None:
    made = {row["code"][-10:-3]: row for row in ask(file, "inspection-list", body=mine.MINE)}
    assert {month for month, row in made.items() if row["missed"]} == {
        "2026-05",
        "2026-06",
        "2026-08",
        "2026-09",
    }
    told = {month: (row["step"], row["days_late"], row["days_late_recorded"]) for month, row in made.items()}
    assert told["2026-03"] == ("completed", 0, 0)
    assert told["2026-05"] == ("completed", 0, 5)
    assert told["2026-06"] == ("planned", None, None)
    assert told["2026-08"] == ("completed", 3, 3)
    assert told["2026-09"] == ("started", None, None)
    ledger = {row["code"]: row for row in ask(file, "hazard-ledger", body=mine.MINE)}
    assert ledger[rounds.hazard_of(*rounds.FAILED)]["step"] == "closed"


def test_the_year_lowers_one_risk_raises_another_and_ends_a_third(file: Path, first: dict[str, Any]) -> None:
    def levels(**parameters: Any) -> dict[str, str]:
        return {row["code"]: row["level"] for row in ask(file, "risk-list", body=mine.MINE, **parameters)}

    now, spring = levels(), levels(as_of="2026-03-01", known_at="2026-03-01")
    assert (spring["R-0001"], now["R-0001"]) == ("major", "larger")
    assert (spring["R-0009"], now["R-0009"]) == ("larger", "major")
    assert "R-0016" in spring
    assert "R-0016" not in now
    assert levels(as_of="2026-06-20", known_at="2026-06-20")["R-0011"] == "larger"
    assert levels(as_of="2026-06-20")["R-0011"] == "general"


# --- the second run ---------------------------------------------------------------------------------------------------


def test_a_second_run_adds_nothing(file: Path, first: dict[str, Any]) -> None:
    again = json.loads(process("demo", "--json", "--file", str(file), "--lang", "zh").stdout)
    assert again["new_records"] == 0
    told = {"file": str(file), "seconds": 0, "new_records": 0}
    assert {**again, **told} == {**first, **told}


def test_without_its_views_a_run_still_adds_nothing(
    tmp_path: Path, file: Path, first: dict[str, Any]
) -> None:
    copy = copied(file, tmp_path)
    again = json.loads(process("demo", "--json", "--file", str(copy)).stdout)
    assert (again["new_records"], again["root"]) == (0, first["root"])


def test_what_a_person_did_since_stays_and_nothing_is_added(tmp_path: Path, file: Path, text: str) -> None:
    copy = copied(file, tmp_path)
    done = ["--body", mine.MINE, "--hazard", "YH-0007", "--done", "two doors fitted", "--as", mine.AIR_LEAD]
    dualguard("hazard", "complete", *done, "--now", "2026-12-01T09:00:00+08:00", "--db", str(copy))
    before = json.loads(dualguard("audit", "root", "--json", "--db", str(copy)).stdout)
    again = json.loads(process("demo", "--json", "--file", str(copy)).stdout)
    assert (again["new_records"], again["records"], again["root"]) == (0, before["size"], before["root"])


# --- what a person reads ----------------------------------------------------------------------------------------------


def test_both_languages_say_that_it_is_practice(text: str, file: Path) -> None:
    assert text.startswith("[practice file: nothing here is real]")
    chinese = process("--lang", "zh", "demo", "--file", str(file)).stdout
    assert chinese.startswith("【演练文件，非真实记录】")
    assert "接下来看什么" in chinese
    assert "以英文写成" in chinese
    assert "以英文写成" not in text


def test_a_pipe_gets_plain_text_and_no_progress(text: str) -> None:
    assert "\x1b" not in text


def test_the_text_shows_every_part(text: str, first: dict[str, Any]) -> None:
    for part in ("nanjing-pilot-2018; adopted; expired 2018-12-31", "R-0001", "YH-0010", first["root"]):
        assert part in text
    assert "major · red" in text
    assert "under: " in text


def test_every_command_to_look_next_runs(tmp_path: Path, text: str) -> None:
    told = text[text.index("Where to look next") :].splitlines()[1:]
    commands = [shlex.split(line, comments=True) for line in told]
    assert 5 <= len(commands) <= 18
    for name, *arguments in commands:
        assert name == "dualguard"
        with contextlib.chdir(tmp_path):
            assert dualguard(*arguments).stdout


@pytest.mark.parametrize("listing", LISTS)
def test_no_list_of_the_file_is_empty(file: Path, first: dict[str, Any], listing: str) -> None:
    rows = json.loads(dualguard(*shlex.split(listing), "--json", "--db", str(file)).stdout)
    assert isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    assert rows


def test_the_works_has_a_deputy_a_contractor_and_a_risk_by_every_kind_of_method(
    file: Path, first: dict[str, Any]
) -> None:
    who = ask(file, "org-who", body="NJ-G66", on="2026-11-20")
    assert {"deputy", "engagement"} <= {row["part"] for row in who}
    methods = {one["method"] for row in ask(file, "risk-list", body="NJ-G66") for one in row["methods"]}
    assert {"lec", "mes", "ls", "direct"} <= methods


def test_a_lower_level_that_waits_is_shown_with_the_higher_one_that_counts(
    file: Path, first: dict[str, Any]
) -> None:
    waiting = [row for row in ask(file, "risk-list", body="NJ-G66") if row["pending_level"]]
    assert [(row["level"], row["pending_level"]) for row in waiting] == [("major", "general")]


def test_one_monthly_report_came_late_and_a_notice_ran_out_while_the_clock_had_no_power(
    file: Path, first: dict[str, Any]
) -> None:
    rows = {row["report"]: row for row in ask(file, "report-list", body="NJ-G66")}
    late = {code: row["days_late"] for code, row in rows.items()}
    assert late == {
        "major-risk-report.2026-08": 0,
        "major-risk-report.2026-09": 9,
        "major-risk-report.2026-10": 0,
        "risk-list-report.2026-Q3": 0,
        "risk-list-update-notice.2026-08-06": 3,
        "risk-list-update-notice.2026-09-03": 0,
        "risk-list-update-notice.2026-10-13": 0,
    }


@pytest.mark.clause("YT-16c")
def test_the_last_major_risk_of_a_works_is_lowered_in_mid_month_and_the_duty_ends_with_that_month(
    file: Path, first: dict[str, Any]
) -> None:
    duties = {row["code"]: row for row in ask(file, "duty-list", body="NJ-G64")}
    monthly = sorted(code for code in duties if code.startswith("major-risk-report"))
    assert monthly == ["major-risk-report.NJ-G64.2026-08", "major-risk-report.NJ-G64.2026-09"]
    last = duties[monthly[-1]]
    assert (last["step"], last["last_on"], last["last_because"]) == (
        "answered",
        "2026-09-15",
        "major_risk_exists",
    )
    life = dualguard("duty", "show", monthly[-1], "--db", str(file), "--lang", "en").stdout
    assert "R-01" in life, "the risk that was lowered is named"


@pytest.mark.clause("YT-10c", "YT-14c", "YT-35a", "YT-35b", "YT-35c", "YT-36")
def test_authorities_owe_inspections_updates_an_assessment_with_its_circulation_and_those_drawn(
    file: Path, first: dict[str, Any]
) -> None:
    rows = [row for body in ("GC-JD", "GC-GX") for row in ask(file, "duty-list", body=body)]
    told = {(row["body"], row["code"]): (row["step"], row["days_late"]) for row in rows}
    half_year = "inspection-of-major-risk.NJ-G66.2026-H1"
    assert told["GC-JD", half_year] == ("answered", 0)
    assert told["GC-GX", half_year] == ("answered", 8)
    assert told["GC-JD", "inspection-of-larger-risk.NJ-G64.2026"] == ("open", None)
    assert told["GC-JD", "risk-point-update.GC-JD.2026-Q3"] == ("answered", 12)
    assert told["GC-GX", "assessment-circulation.GC-GX.2026-05-20"] == ("answered", 0)
    drawn = {code: step for (_, code), (step, _) in told.items() if code.startswith("drawn-inspection")}
    assert sorted(drawn.values()) == ["answered", "open"]
    assert not any(code.startswith("assessment-period") for _, code in told), "that is for those who produce"


def test_overdue_matters_were_reminded_and_went_up_the_line(file: Path, first: dict[str, Any]) -> None:
    with sqlite3.connect(file) as journal:
        kinds = Counter(kind for (kind,) in journal.execute("SELECT topic FROM records"))
    assert kinds["duty-reminded.1"] > 20
    assert kinds["duty-escalated.1"] >= 5
    assert kinds["duty-waived.1"] == 2  # a report of July, and an assessment whose risk somebody excluded


@pytest.mark.clause("YT-16c", "NJ-047")
def test_the_month_of_the_mine_tells_confirmations_made_and_missed_and_a_measure_that_failed(
    file: Path, first: dict[str, Any]
) -> None:
    code = "major-risk-report.2026-09"
    ran = dualguard("report", "render", code, "--body", "NJ-K01", "--format", "json", "--db", str(file))
    [roof] = [one for one in json.loads(ran.stdout)["risks"] if one["code"] == "R-0006"]
    effect = {name: one["value"] for name, one in roof["effect"].items() if isinstance(one, dict)}
    assert (effect["confirmations"], effect["post_days_without"]) == (19, 11)
    assert (effect["exceptions"], effect["rechecks"], effect["holds"]) == (1, 2, 1)
    assert (effect["checks"], effect["checks_failed"], effect["failures"]) == (2, 1, 1)
    assert {(one["kind"], one["person"]) for one in roof["done"]} == {
        ("post_confirmation", "YM-09"),
        ("recheck", "YM-03"),
        ("check", "YM-08"),
    }


def test_a_rainstorm_is_warned_of_raised_to_red_and_lifted_and_lifts_the_levels_meanwhile(
    file: Path, first: dict[str, Any]
) -> None:
    [episode] = ask(file, "episode-list", ever=True)
    assert [(one["turn"], one["level"]) for one in episode["turns"]] == [
        ("opened", "orange"),
        ("raised", "red"),
        ("ended", "red"),
    ]
    assert (episode["how"], episode["goes_on"]) == ("lifted", False)
    changes = [one for one in episode["changes"] if one["body"] == "NJ-G66"]
    assert [(one["step"], one["risks"]) for one in changes] == [("closed", 3), ("closed", 3)]

    def levels(at: str) -> list[str]:
        rows = {row["code"]: row["level"] for row in ask(file, "risk-list", body="NJ-G66", as_of=at)}
        return [rows[code] for code in ("J-150", "J-151", "J-152")]

    assert levels("2026-06-24T13:00:00+08:00") == ["larger", "low", "low"]
    assert levels("2026-06-24T15:00:00+08:00") == ["major", "general", "general"]
    assert levels("2026-06-24T21:00:00+08:00") == ["major", "larger", "larger"]
    assert levels("2026-06-25T17:00:00+08:00") == ["larger", "low", "low"]
    assert ask(file, "uplift-list", body="NJ-G66") == []
    waiting = ask(file, "change-risks", body="NJ-G66", waiting_only=True)
    assert [row["risk"] for row in waiting] == ["J-136", "J-137"]


def test_an_equipment_system_s_batch_becomes_a_change_a_hazard_and_two_things_for_a_person(
    file: Path, first: dict[str, Any]
) -> None:
    rows = {row["type"].rpartition(".")[2]: row for row in ask(file, "equipment-events", body="NJ-G66")}
    assert {name: (row["step"], row["why"]) for name, row in rows.items()} == {
        "replaced": ("gone_on", ""),
        "started": ("waiting", "unknown_equipment"),
        "failed": ("gone_on", ""),
        "meter-read": ("waiting", "unknown_type"),
    }
    changes = {row["code"]: row for row in ask(file, "change-list", body="NJ-G66")}
    assert (changes[rows["replaced"]["change"]]["step"], changes[rows["replaced"]["change"]]["touched"]) == (
        "closed",
        3,
    )
    [hazard] = [
        row for row in ask(file, "hazard-ledger", body="NJ-G66") if row["code"] == rows["failed"]["hazard"]
    ]
    assert (hazard["unit"], hazard["step"]) == ("W2-PRE5", "registered")


def test_a_whole_rainstorm_is_one_message_for_each_who_hears_of_it_and_a_second_one_tells_of_its_end(
    file: Path, first: dict[str, Any]
) -> None:
    sent = [row for row in ask(file, "notify-messages", recipient="JX-03") if row["channel"] == "board"]
    assert {row["step"] for row in sent} == {"delivered"}
    storm, after = sent[0], sent[1]
    told = ask(file, "notify-outbox", told=True, recipient="JX-03", positions=storm["positions"])
    assert Counter(row["topic"] for row in told) == {"change": 4, "uplift": 12}
    assert all("2026-06-24" in row["recorded_at"] for row in told)
    assert any(
        row["about"]["what"] == "uplift_ended"
        for row in ask(file, "notify-outbox", told=True, recipient="JX-03", positions=after["positions"])
    )
    lines = (file.parent / f"{file.name}-board" / "JX-03.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["message"] for row in sent]


def test_a_limit_is_crossed_answered_in_minutes_and_a_week_without_a_reading_stays_so(
    file: Path, first: dict[str, Any]
) -> None:
    [warning] = ask(file, "monitor-warnings", body="NJ-G66")
    assert (warning["crossed"], warning["delay_minutes"], warning["late"]) == (["LEL"], 4, False)
    standing = {row["first"]: row["standing"] for row in ask(file, "monitor-periods", body="NJ-G66")}
    assert {day for day, one in standing.items() if one == "not_read"} == {"2026-11-02"}


def test_neighbours_are_told_and_heard_before_one_work_and_the_next_one_may_not_begin(
    file: Path, first: dict[str, Any]
) -> None:
    works = {row["code"]: row for row in ask(file, "work-list", body="NJ-G66", ever=True)}
    assert {code: (row["step"], row["ready"]) for code, row in works.items()} == {
        "ZY-01": ("ended", None),
        "ZY-02": ("declared", False),
    }
    told = {
        (row["work"], row["neighbour"]): row["standing"] for row in ask(file, "work-notices", body="NJ-G66")
    }
    assert told == {
        ("ZY-01", "ZB-01"): "objection_weighed",
        ("ZY-01", "ZB-02"): "consent",
        ("ZY-02", "ZB-01"): "not_told",
    }


SCREENS = ("feed events", "feed unknown", "feed status", "monitor list", "monitor show", "monitor periods")
SCREENS += (
    "monitor warnings",
    "work list --ever",
    "work notices",
    "campaign list",
    "notify list",
    "notify messages",
)
RAW = re.compile(
    r"\d{4}-\d\d-\d\dT|(?<![\w.])(?:waiting|running|declared|ended|irreducible|gone_on|delivered)(?![\w.])"
)


@pytest.mark.parametrize("listing", SCREENS)
def test_a_chinese_list_shows_words_and_china_s_time(file: Path, first: dict[str, Any], listing: str) -> None:
    shown = dualguard(*listing.split(), "--db", str(file), "--lang", "zh").stdout
    assert len(shown.splitlines()) > 5
    assert not RAW.findall(shown), shown


def test_an_episode_is_told_in_china_s_time(file: Path, first: dict[str, Any]) -> None:
    told = dualguard("feed", "episodes", "--ever", "--db", str(file), "--lang", "zh").stdout
    assert "2026-06-24 14:00" in told
    assert "2026-06-25 16:00" in told
    assert "如何结束" in told


# --- files that are not its own ---------------------------------------------------------------------------------------


def test_a_real_file_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    real = tmp_path / "real.db"
    body = ["--body", "A", "--name", "A", "--kind", "enterprise", "--area", "320113", "--sector", "x"]
    dualguard("body", "register", *body, "--db", str(real))
    before = dualguard("audit", "root", "--json", "--db", str(real)).stdout
    ran = process("demo", "--db", str(real), "--lang", "en", code=1)
    assert "already holds records" in ran.stderr
    assert dualguard("audit", "root", "--json", "--db", str(real)).stdout == before


def test_another_practice_file_is_refused(tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    dualguard("init", "--practice", "--db", other)
    ran = process("demo", "--file", other, "--lang", "en", code=1)
    assert "holds another practice" in ran.stderr


def test_a_foreign_file_is_a_fault(tmp_path: Path) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_text("not a database, " * 100)
    ran = process("demo", "--file", str(foreign), "--lang", "en", code=3)
    assert "is not a Dualguard file" in ran.stderr
    assert foreign.read_text().startswith("not a database")


def test_only_an_sqlite_file_will_do(tmp_path: Path) -> None:
    for other in ("postgresql://localhost/x", "sqlite://"):
        assert "SQLite" in process("demo", "--db", other, cwd=tmp_path, code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    process("demo", "--file", str(tmp_path / "a.db"), "--db", str(tmp_path / "b.db"), code=2)
    assert list(tmp_path.iterdir()) == []


# --- the story itself -------------------------------------------------------------------------------------------------


def test_every_command_of_the_story_has_one_id_in_both_tellings() -> None:
    chinese, english = story("zh"), story("en")
    ids = [step.line["id"] for step in chinese]
    assert ids == [step.line["id"] for step in english]
    assert len(set(ids)) == len(ids)
    assert note("zh") != note("en")


def test_nothing_of_the_story_is_entered_before_it_happened_or_after_its_end() -> None:
    for step in story("en"):
        assert parse_moment(step.line["at"]) <= step.entered < ENDED


def test_hazards_and_risks_have_codes_of_their_own() -> None:
    for command, field in (("RegisterHazard", "hazard"), ("IdentifyRisk", "risk"), ("RegisterUnit", "unit")):
        codes = [step.line["data"][field] for step in story("en") if step.line["command"] == command]
        assert len(set(codes)) == len(codes) >= 10


def test_every_risk_has_controls_in_more_than_one_layer() -> None:
    layers: dict[str, set[str]] = {}
    for line in risks.lines():
        if line["command"] == "AdoptReviewedControl":
            layers.setdefault(line["data"]["risk"], set()).add(line["data"]["layer"])
    identified = [line["data"]["risk"] for line in risks.lines() if line["command"] == "IdentifyRisk"]
    assert all(len(layers[risk]) >= 2 for risk in identified)


def test_the_units_are_those_of_table_a() -> None:
    names = {unit: name.zh for unit, _, name in mine.UNITS}
    children = {unit: unit.rpartition("-")[0] for unit in names}
    assert all(parent == "U" or parent in names for parent in children.values())
    assert [names[unit] for unit in ("U-1", "U-2", "U-3", "U-4")] == ["开拓", "采矿", "提升运输", "通风防尘"]
    printed = {
        "竖井（罐笼）": "提升运输",
        "机房": "竖井（罐笼）",
        "操作台": "机房",
        "提升装置": "竖井（罐笼）",
        "提升机": "提升装置",
        "制动装置": "竖井（罐笼）",
        "工作制动": "制动装置",
        "保护装置": "竖井（罐笼）",
        "过卷保护装置": "保护装置",
    }
    above = {names[unit]: names[parent] for unit, parent in children.items() if parent in names}
    assert printed.items() <= above.items()


def test_a_name_is_in_no_record() -> None:
    lines = json.dumps([step.line for lang in ("zh", "en") for step in story(lang)], ensure_ascii=False)
    for person, name in mine.NAMES.items():
        if person != enterprises.OFFICE:
            assert name.zh not in lines
            assert name.en not in lines


def test_every_text_of_the_story_is_told_in_both_languages() -> None:
    def texts(value: Any) -> list[T]:
        if isinstance(value, T):
            return [value]
        parts = (
            value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
        )
        return [text for part in parts for text in texts(part)]

    found = texts([*mine.lines(), *risks.lines(), *hazards.lines()])
    assert len(found) > 200
    assert all(text.zh and text.en and text.zh != text.en for text in found)


def test_a_high_risk_class_comes_from_sector_and_name() -> None:
    classes = {one.name: enterprises.classes(one) for one in listed()}
    assert classes["南京银茂铅锌矿业有限公司"] == ["non_coal_mine"]
    assert classes["江浦经贸滨江油库"] == ["dangerous_goods_storage"]
    assert classes["南京清江石化经销有限公司"] == ["dangerous_goods_trade"]
    assert classes["江苏德纳化学股份有限公司"] == ["dangerous_goods_production"]
    assert classes["南京钢铁股份有限公司"] == []


def test_the_clock_looks_every_morning_except_when_it_had_no_power() -> None:
    moments: list[Moment] = list(ticks(ENDED))
    gaps = {
        (as_datetime(later) - as_datetime(earlier)).days for earlier, later in itertools.pairwise(moments)
    }
    assert gaps == {1, len(AWAY) + 1}


# --- who answers for what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [
        "risk matrix",
        "risk gaps",
        "risk table a",
        "risk table b",
        "risk table c",
        "control list",
        "control colours",
        "org who --part control --on 2026-08-01",
        "org who --part risk --on 2026-08-01",
    ],
)
def test_the_demo_answers_who_controls_what(file: Path, first: dict[str, Any], verb: str) -> None:
    rows = json.loads(dualguard(*verb.split(), "--db", str(file), "--json").stdout)
    assert rows
    assert all("position" in row for row in rows)


def test_the_demo_shows_a_gap_of_every_kind_that_the_law_names(file: Path, first: dict[str, Any]) -> None:
    rows = json.loads(dualguard("risk", "gaps", "--db", str(file), "--json").stdout)
    assert {"lower_tiers_missing", "control_aspects_missing", "waits_for_review"} <= {
        row["gap"] for row in rows
    }
    assert all(row["sentence"] for row in rows)
    assert first["records"] > 1000


def test_the_papers_and_the_coming_eighteen_months_are_left_in_a_folder(file: Path, tmp_path: Path) -> None:
    """Three months of the works, one handed in late; every page and table as the file itself would give it again."""
    from icalendar import Calendar

    told = process("demo", "--file", str(file), "--out", str(tmp_path), "--lang", "en").stdout
    left = {one.name for one in tmp_path.iterdir()}
    assert {one.rsplit("/", 1)[1] for one in told.splitlines() if one.startswith(str(tmp_path))} == left
    months = [f"NJ-G66.major-risk-report.2026-{month}" for month in ("08", "09", "10")]
    assert left >= {f"{one}.{end}" for one in months for end in ("json", "zh.html", "en.html")}
    rows = json.loads(dualguard("report", "list", "--body", "NJ-G66", "--db", str(file), "--json").stdout)
    late = {row["report"]: row["days_late"] for row in rows}
    assert [late[one.removeprefix("NJ-G66.")] for one in months] == [0, 9, 0]
    effect = json.loads((tmp_path / f"{months[1]}.json").read_text("utf-8"))["totals"]["effect"]
    assert effect["confirmations"]["value"] == len(effect["confirmations"]["records"]) > 10
    assert effect["rechecks_faulty"]["value"] == 1
    with (tmp_path / "coming.csv").open(encoding="utf-8-sig", newline="") as table:
        coming = list(csv.DictReader(table))
    assert {row["month"] for row in coming} >= {"2026-12", "2027-12", "2028-05"}
    assert {row["body"] for row in coming} >= {mine.MINE, "NJ-G66", "GC-JD"}
    entries = Calendar.from_ical((tmp_path / "coming.ics").read_bytes()).walk("VEVENT")
    assert len(entries) == len({(row["body"], row["code"]) for row in coming})


# --- in the reader's language, in words -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", screens.WORDED)
def test_a_screen_is_told_in_words(file: Path, first: dict[str, Any], line: str) -> None:
    code, printed, said = screens.shown(shlex.split(line), "zh", file)
    assert (code, said) == (0, "")
    assert len(printed.splitlines()) > 3, "so that something is looked at"
    assert screens.faults(printed) == set()


def test_what_is_not_told_in_words_is_found() -> None:
    table = "┃ 编号 ┃ inspection ┃\n│ YH-1 │ long │\n│ YH-2 │ 检查层级 workshop_lead │\n"
    assert screens.faults(table) == {"inspection", "long", "workshop_lead"}
    assert screens.faults("  policy：x，身份依据 os-local") == {"  policy", "os-local"}
    assert screens.faults("命令：X {'body': None} 2026-03-01T01:00:00.000000Z") == {
        "{'",
        "None",
        "01:00:00.000000Z",
    }


def test_the_demo_holds_one_photo_of_two_findings(file: Path, first: dict[str, Any]) -> None:
    [equal] = json.loads(dualguard("evidence", "equal", "--db", str(file), "--json").stdout)
    assert equal["streams"] == ["hazard/NJ-K01/YH-0009", "hazard/NJ-K01/YH-0010"]
    assert len(equal["evidence"]) == 2
    held = json.loads(dualguard("evidence", "check", "--db", str(file), "--json", code=1).stdout)
    assert {row["evidence"] for row in held if row["state"] == "held"} == set(equal["evidence"])


def test_the_demo_holds_a_verdict_that_todays_criteria_ask_again(file: Path, first: dict[str, Any]) -> None:
    [row] = ask(file, "verdict-sweep")
    assert (row["code"], row["edition"], row["edition_now"]) == ("YH-0023", "AJZG1-2017-98", "KA-2022-88")
    assert (row["verdict"], row["proposal"]) == ("major", "answer_anew")
    assert "no-ladder（全部井筒均无梯子间）" in screens.shown(["hazard", "sweep"], "zh", file)[1].replace(
        "\n", ""
    )
