"""What people read of changes: paths, scopes and causes in words with names, refusals as sentences."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.change_words import cause_words, path_words, reached_words, scope_words
from adapters.tell import event_sentence
from domain.change_state import DONE, EXCLUDED, OPEN, PROPOSED, RETIRED, Reached, ScopeRow
from domain.change_state import Path as Way
from domain.changes import ChangeClosed
from domain.labels import LABELS
from projections.changes import LEFT
from tests.faults.command_line import examples, run

BODY, RISK = "KS-01", "R-0777"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example mine with one risk in use, set up once; every test adds changes of its own."""
    file = tmp_path_factory.mktemp("founded") / "mine.db"
    run(f"sqlite:///{file}", "do", "--batch", text=examples())
    lines = (json.loads(line) for line in examples().splitlines())
    data = next(line["data"] for line in lines if line["command"] == "IdentifyRisk")
    again = {
        "command": "IdentifyRisk",
        "data": {**data, "risk": RISK, "accident_types": ["触电"]},
        "id": "in-use",
    }
    run(f"sqlite:///{file}", "do", "--batch", "--as", "P-SAFETY", text=json.dumps(again))
    return file


@pytest.fixture(scope="module")
def db(founded: Path) -> str:
    return f"sqlite:///{founded}"


def copied(founded: Path, folder: Path) -> str:
    for one in founded.parent.iterdir():
        shutil.copy(one, folder / one.name)
    return f"sqlite:///{folder / founded.name}"


def unit_of(db: str) -> tuple[str, str, str, str]:
    """A risk in use with its name, and its unit with its name."""
    risks = json.loads(run(db, "ask", "risk-list", json.dumps({"body": BODY})).stdout)
    risk = next(row for row in risks if row["code"] == RISK)
    units = json.loads(run(db, "ask", "unit-tree", json.dumps({"body": BODY})).stdout)
    name = next(row["name"] for row in units if row["code"] == risk["unit"])
    return risk["code"], risk["name"], risk["unit"], name


def report(db: str, change: str, *more: str, lang: str = "en", expect: int = 0) -> tuple[str, str]:
    given = ("--body", BODY, "--change", change, "--kind", "material", "--what", "another oil")
    done = run(db, "change", "report", *given, *more, "--as", "P-SAFETY", "--lang", lang, expect=expect)
    return done.stdout, done.stderr


@pytest.mark.parametrize(("lang", "unit"), [("zh", "评估单元"), ("en", "assessment unit")])
def test_paths_and_scopes_are_said_with_names_in_the_readers_language(db: str, lang: str, unit: str) -> None:
    risk, risk_name, code, name = unit_of(db)
    _, said = report(db, f"SAID-{lang}", "--scope", f"unit:{code}", lang=lang)
    assert f"change show SAID-{lang}" in said
    for verb in (("show", f"SAID-{lang}"), ("waiting",), ("preview", "--scope", f"unit:{code}")):
        shown = run(db, "change", *verb, "--body", BODY, "--lang", lang).stdout.replace("\n", " ")
        words = " ".join(shown.replace("│", " ").split())
        assert risk in words and f"unit:{code}" not in words, verb
        assert f"{unit} {code}" in words, verb
        assert name.split()[0] in words and risk_name.split()[0] in words, verb
    life = run(db, "change", "history", f"SAID-{lang}", "--body", BODY, "--lang", lang).stdout
    begin = "（" if lang == "zh" else " ("
    assert f"{unit} {code}" in life and f"{risk}{begin}{unit} {code}" in life
    assert f"unit:{code}" not in life


@pytest.mark.parametrize(
    ("lang", "said", "idle", "under"),
    [
        ("zh", "没有采用规定天数的规则", "没有风险与 行业 nowhere 相连", "未采用规定天数的规则"),
        (
            "en",
            "adopted no rule that gives days",
            "no risk in use hangs on sector nowhere",
            "no rule on days adopted",
        ),
    ],
)
def test_who_adopted_no_days_is_told_why_it_is_owed_at_once(
    db: str, lang: str, said: str, idle: str, under: str
) -> None:
    change = f"NO-DAYS-{lang}"
    _, told = report(db, change, "--scope", f"risk:{RISK}", "--scope", "sector:nowhere", lang=lang)
    assert said in told and idle in told
    assert said in run(db, "change", "show", change, "--lang", lang).stdout
    duty = run(db, "duty", "show", f"reassess.{change}.{RISK}", "--lang", lang).stdout
    words = "".join(duty.replace("│", " ").split())
    assert under.replace(" ", "") in words and "内部规则" not in words and "houserule" not in words
    row = json.loads(run(db, "change", "show", change, "--json").stdout)[0]
    assert row["citation"] is None and row["due"] == row["starts"]


@pytest.mark.parametrize(
    ("lang", "rule"), [("zh", "内部规则：变更后"), ("en", "house rule: Assessing risks anew")]
)
def test_who_adopted_days_is_told_under_which_rule(
    founded: Path, tmp_path: Path, lang: str, rule: str
) -> None:
    url = copied(founded, tmp_path)
    adopted = {"body": BODY, "pack": "house-changes-2026", "version": "1"}
    run(url, "do", "AdoptRulePack", "--as", "P-PRINCIPAL", "--command-id", "days", text=json.dumps(adopted))
    _, told = report(url, "DAYS", "--scope", f"risk:{RISK}", lang=lang)
    assert rule in told and "house-changes-2026" in told


@pytest.mark.clause("NJ-072")
def test_a_closed_change_says_when_and_why_and_whose_the_new_measures_are(
    founded: Path, tmp_path: Path
) -> None:
    url = copied(founded, tmp_path)
    adopted = {"body": BODY, "pack": "house-changes-2026", "version": "1"}
    run(url, "do", "AdoptRulePack", "--as", "P-PRINCIPAL", "--command-id", "days", text=json.dumps(adopted))
    given = ("--body", BODY, "--kind", "geology", "--what", "water came in", "--as", "P-SAFETY")
    run(url, "change", "report", *given, "--change", "GEO", "--scope", f"risk:{RISK}")
    inputs = ("--inputs", "L=1", "--inputs", "E=6", "--inputs", "C=15", "--reason", "change")
    run(
        url,
        "risk",
        "assess",
        "--body",
        BODY,
        "--risk",
        RISK,
        "--method",
        "lec",
        *inputs[:6],
        "--as",
        "P-SAFETY",
    )
    zh = run(url, "change", "show", "GEO", "--lang", "zh").stdout
    en = run(url, "change", "show", "GEO", "--lang", "en").stdout
    assert "自行关闭" in zh and "新的管控措施：安全管理人员" in zh and "未了" in zh
    assert "closed itself" in en and "new measures: safety officer" in en
    run(
        url,
        "duty",
        "answer",
        "--as",
        "P-SAFETY",
        "--body",
        BODY,
        "--duty",
        "measures.GEO",
        "--done",
        "a dam was built",
    )
    assert "已办结" in run(url, "change", "show", "GEO", "--lang", "zh").stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_change_that_a_person_closed_says_who_and_why(db: str, lang: str) -> None:
    report(db, f"SHUT-{lang}", "--scope", "sector:nowhere")
    closing = ("--change", f"SHUT-{lang}", "--reason", "reported twice")
    run(db, "change", "close", "--body", BODY, *closing, "--as", "P-PRINCIPAL")
    shown = run(db, "change", "show", f"SHUT-{lang}", "--lang", lang).stdout
    assert "P-PRINCIPAL" in shown and "reported twice" in shown


def test_an_accident_elsewhere_says_that_it_only_proposes(db: str) -> None:
    given = (
        "--body",
        BODY,
        "--kind",
        "sector_accident",
        "--what",
        "a cage fell elsewhere",
        "--as",
        "P-SAFETY",
    )
    for lang, word in (("zh", "change take"), ("en", "nothing is owed until a person takes them in")):
        told = run(
            db,
            "change",
            "report",
            *given,
            "--change",
            f"ELSE-{lang}",
            "--scope",
            f"risk:{RISK}",
            "--lang",
            lang,
        )
        assert word in told.stderr
        assert "adopted no rule" not in told.stderr and "没有采用" not in told.stderr
        shown = run(db, "change", "show", f"ELSE-{lang}", "--lang", lang).stdout
        assert ("建议待确认 1 项" if lang == "zh" else "proposed: 1") in shown
        assert "P-SAFETY" not in shown.split("\n", 5)[-1], "nothing is owed, so nobody owes it"


def test_a_report_that_stands_is_no_failure_where_the_views_stopped(founded: Path, tmp_path: Path) -> None:
    url = copied(founded, tmp_path)
    with closing(sqlite3.connect(f"{tmp_path / founded.name}-views.sqlite")) as views, views:
        stopped = (
            "UPDATE generations SET problem='broken', problem_at='1' WHERE name='changes' AND role='live'"
        )
        assert views.execute(stopped).rowcount == 1
    shown, said = report(url, "STANDS", "--scope", "everything")
    assert "change-reported.1" in shown
    assert "recorded; what follows from it waits" in said


def test_machines_read_paths_as_they_are(db: str) -> None:
    _, _, code, _ = unit_of(db)
    rows = json.loads(
        run(db, "change", "preview", "--body", BODY, "--scope", f"unit:{code}", "--json").stdout
    )
    assert [(row["risk"], row["paths"]) for row in rows] == [(RISK, [f"unit:{code}"])]


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有风险与其相连"), ("en", "no risk in use hangs on it")])
def test_a_report_that_touches_nothing_says_so(db: str, lang: str, said: str) -> None:
    recorded, told = report(db, f"NONE-{lang}", "--scope", "equipment:NOPE", lang=lang)
    assert "change-reported.1" in recorded
    assert said in told


@pytest.mark.parametrize(
    ("scope", "zh", "en"),
    [
        ("unit:NOPE", "没有登记过评估单元“NOPE”", "no assessment unit 'NOPE' is registered"),
        ("weather:rain", "thunderstorm_gale、", "rainstorm, "),
        ("everything:x", "后面不带编码", "takes no code"),
        ("colour:red", "应写成 类别:编码", "should be KIND:CODE"),
        ("unit", "应写成 类别:编码", "should be KIND:CODE"),
        ("standard:GB1", "没有登记过标准规范“GB1”", "no standard 'GB1' is registered"),
    ],
)
def test_an_unknown_thing_in_a_scope_is_refused_by_a_sentence(db: str, scope: str, zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        assert said in report(db, "BAD", "--scope", scope, lang=lang, expect=1)[1]
        preview = ("change", "preview", "--body", BODY, "--scope", scope, "--lang", lang)
        assert said in run(db, *preview, expect=1).stderr


def test_what_ends_before_it_starts_is_refused(db: str) -> None:
    days = ("--starts", "2026-11-10", "--ends", "2026-11-01")
    for lang, said in (("zh", "没有一天有效"), ("en", "not for one day")):
        assert said in report(db, "BAD", "--scope", "everything", *days, lang=lang, expect=1)[1]


def test_what_left_a_change_is_left_out_once_and_never_without_a_reason(db: str) -> None:
    risk, _, code, _ = unit_of(db)
    report(db, "OUT", "--scope", f"unit:{code}", "--ends", "2099-12-31")
    leave = ("change", "exclude", "--body", BODY, "--change", "OUT", "--risk", risk, "--as", "P-PRINCIPAL")
    assert "--reason" in run(db, *leave, expect=2).stderr
    assert "must not be empty" in run(db, *leave, "--reason", "", "--lang", "en", expect=1).stderr
    run(db, *leave, "--reason", "as before")
    assert "left out" in run(db, *leave, "--reason", "again", "--lang", "en", expect=1).stderr


def test_who_owes_the_assessments_does_not_close_the_change_and_nobody_closes_it_twice(db: str) -> None:
    _, _, code, _ = unit_of(db)
    report(db, "CLOSE", "--scope", f"unit:{code}")
    close = ("change", "close", "--body", BODY, "--change", "CLOSE", "--reason", "enough", "--lang", "en")
    assert "as who owes it" in run(db, *close, "--as", "P-SAFETY", expect=1).stderr
    run(db, *close, "--as", "P-PRINCIPAL")
    assert "closed" in run(db, *close, "--as", "P-PRINCIPAL", expect=1).stderr
    end = ("change", "end", "--body", BODY, "--change", "CLOSE", "--reason", "over", "--as", "P-PRINCIPAL")
    run(db, *end)
    assert "at step 'over'" in run(db, *end, "--lang", "en", expect=1).stderr


# --- words


@pytest.mark.parametrize(
    ("cause", "zh", "en"),
    [
        ("weather:320113.rainstorm.2", "320113 暴雨预警第 2 次过程", "episode 2 of rainstorm in 320113"),
        ("stop:U-2-1.3", "U-2-1 第 3 次停产", "stop 3 of U-2-1"),
        ("feed:0123456789abcdef", "设备事件 0123456789ab", "equipment event 0123456789ab"),
        (
            "holiday:2027-spring-festival",
            "重大节假日 2027-spring-festival",
            "major holiday 2027-spring-festival",
        ),
        ("change:BG-1", "变更 BG-1", "change BG-1"),
        ("weather:odd", "weather:odd", "weather:odd"),
        ("stop: worn rope", "stop: worn rope", "stop: worn rope"),
        ("worn rope", "worn rope", "worn rope"),
        ("", "", ""),
    ],
)
def test_what_brought_a_change_is_said_in_words_and_free_text_stands(cause: str, zh: str, en: str) -> None:
    assert (cause_words(cause, "zh"), cause_words(cause, "en")) == (zh, en)


def test_a_law_that_brought_a_change_is_called_by_its_title() -> None:
    for lang in ("zh", "en"):
        told = cause_words("law:risk-list-report@yantian-2021", lang)
        assert "yantian-2021" in told and "risk-list-report" not in told


def test_a_path_is_said_step_by_step() -> None:
    names = {("unit", "W-1"): "stamping shop"}
    steps = "equipment:CY-03 > unit:W-1"
    assert path_words(steps, "en", names) == "equipment CY-03 → assessment unit W-1 stamping shop"
    assert path_words("everything", "zh") == "全部风险"
    assert path_words("weather:rainstorm", "zh") == "天气种类 暴雨"
    assert (
        scope_words([ScopeRow("area", "320113"), ScopeRow("risk", "R-1")], "zh")
        == "行政区划 320113、安全风险 R-1"
    )
    ways = (Way(("equipment:CY-03",)), Way(("unit:W-1",)))
    assert reached_words([Reached("R-1", ways)], "en") == "R-1 (equipment CY-03; assessment unit W-1)"


def test_a_change_that_closed_itself_says_so_and_nothing_more() -> None:
    assert event_sentence(ChangeClosed("", "", ()), "zh") == "变更关闭"
    assert event_sentence(ChangeClosed("", "", ()), "en") == "the change is closed"
    assert "enough" in event_sentence(ChangeClosed("P-1", "enough", ("R-1",)), "en")


@pytest.mark.parametrize("step", [OPEN, PROPOSED, DONE, EXCLUDED, RETIRED, LEFT])
def test_every_step_of_a_touched_risk_has_a_word(step: str) -> None:
    assert f"touched_{step}" in LABELS
