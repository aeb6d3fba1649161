"""A report says what was known at its record, and comes out byte for byte whatever is recorded afterwards."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.canonical import encode
from adapters.journal.opening import open_ledger
from adapters.papers import printing
from adapters.papers.compiling import TEMPLATES, Paper, render_again
from adapters.papers.english_1 import ACCIDENTS, TITLES
from adapters.papers.past import end_of, past_of
from adapters.papers.printing import ranges
from adapters.rule_titles import titles_in_english
from adapters.rules import load_rulebook, rule_files, rulebook_of
from domain.control_assignment import AssignControl
from domain.inspection_answers import InspectionStarted, ItemAnswered
from domain.inspection_rounds import InspectionMissed, InspectionPlanned
from domain.inspection_state import RoundItem, RoundPlan
from domain.language import but
from domain.logbook import OpenPractice
from domain.reports import ReportCompiled, ReturnReport
from projections.risk_list import RISK_LIST, risk_list
from tests.adapting.paper_plant import BODY, CHECKER, MONTHLY, NOTICE, QUARTERLY, PaperPlant
from tests.projecting.plant import ANSWERS, LEAD, WORKER, at

PERIODS = ((MONTHLY, "2024-03"), (QUARTERLY, "2024-Q1"), (NOTICE, "2024-03-12_2024-03-15"))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def march() -> PaperPlant:
    return PaperPlant().march()


def values(paper: Paper) -> dict[str, Any]:
    return {key: figure.value for key, figure in paper.figures().items()}


def compiled_of(plant: PaperPlant, report: str = f"{MONTHLY}.2024-03") -> ReportCompiled:
    events = [one.event for one in plant.journal.stream(f"report/{BODY}/{report}")]
    return next(one for one in reversed(events) if isinstance(one, ReportCompiled))


def more_records(plant: PaperPlant, count: int) -> None:
    """What a year brings: risks of that month assessed anew, a late entry for that very month, and much else."""
    plant.on("2024-06-01").fill(count)
    for code in ("R-1", "R-2", "R-4"):
        plant.reassess(code, "3", body=BODY)
    plant.reassess("R-3", "3", happened=at("2024-03-20"), body=BODY)
    plant.confirm("2024-06-03")


# --- what a month says


@pytest.mark.clause("YT-16c")
def test_a_month_tells_every_risk_that_was_major_in_it_with_its_levels(march: PaperPlant) -> None:
    paper, _ = march.compiled()
    told = values(paper)
    assert [one.code for one in paper.report.risks] == ["R-1", "R-2", "R-3"]
    assert (told["totals/major_at_start"], told["totals/major_at_end"]) == (2, 2)
    assert (told["totals/became_major"], told["totals/ceased_to_be"]) == (1, 1)
    second, third = paper.report.risks[1:]
    assert [(one.since, one.level.value) for one in second.levels] == [
        ("2024-02-10", "larger"),
        ("2024-03-12", "major"),
    ]
    assert [(one.since, one.level.value) for one in third.levels] == [
        ("2024-02-10", "major"),
        ("2024-03-15", "general"),
    ]


@pytest.mark.clause("YT-16c")
def test_a_month_tells_the_effect_as_it_was_recorded_at_the_posts(march: PaperPlant) -> None:
    told = values(march.compiled()[0])
    assert told["risks/R-1/effect/confirmations"] == 2
    assert told["risks/R-1/effect/exceptions"] == 1
    assert told["risks/R-1/effect/post_days_without"] == 29
    assert told["risks/R-1/effect/rechecks_faulty"] == 1
    assert told["totals/effect/confirmations"] == 2, "what three risks at one unit share counts once"


@pytest.mark.clause("YT-16c")
def test_a_month_tells_the_checks_of_a_risk_those_that_failed_and_the_rounds_that_were_missed() -> None:
    plant = PaperPlant().march()
    done, items = at("2024-03-20"), (RoundItem("1", "U-1", "R-1", "C-1"), RoundItem("2", "U-1", "R-2", None))
    own = InspectionStarted("JC", 1, "team", None, items, (WORKER,), (), (), (), "", done)
    answers = [
        ItemAnswered(item, answer, "", (), "", "", done, (WORKER,), None)
        for item, answer in (("1", "fail"), ("2", "pass"))
    ]
    plant.written("inspection", "JC-1", own, *answers)
    plan = RoundPlan("JC", "team", "2024-03", ANSWERS, "2024-03-01", "2024-03-10", False, None)
    planned = InspectionPlanned(plan)
    started = but(own, started_at=at("2024-03-09"))
    plant.written("inspection", "JC-2", planned, started, InspectionMissed(plan, "started", 0, 2))
    told = values(plant.compiled()[0])
    assert (told["risks/R-1/effect/checks"], told["risks/R-1/effect/checks_failed"]) == (1, 1)
    assert (told["risks/R-2/effect/checks"], told["risks/R-2/effect/checks_failed"]) == (1, 0)
    assert (told["totals/effect/checks"], told["totals/effect/rounds_missed"]) == (2, 1)
    assert values(plant.on("2024-05-02").compiled(period="2024-04")[0])["totals/effect/checks"] == 0


@pytest.mark.clause("YT-16c")
def test_a_month_tells_each_measure_and_who_answered_for_it_when() -> None:
    plant = PaperPlant().settle().on("2024-02-10")
    plant.found_risk("R-1", "3")
    plant.control("R-1", "C-1", 1, body=BODY)
    plant.give(LEAD, AssignControl(BODY, "R-1", "C-1", "team", person=ANSWERS, since="2024-02-10"))
    plant.on("2024-03-10")
    plant.give(LEAD, AssignControl(BODY, "R-1", "C-1", "team", person=WORKER, since="2024-03-10"))
    plant.on("2024-04-02")
    paper, _ = plant.compiled()
    [control] = paper.report.risks[0].controls
    assert (control.code, control.measure, control.layer) == ("C-1", "guard C-1", "engineering")
    assert [(one.tier, one.persons, one.since, one.until) for one in control.responsible] == [
        ("team", (ANSWERS,), "2024-02-10", "2024-03-10"),
        ("team", (WORKER,), "2024-03-10", None),
    ]
    assert "responsible_person" not in {one.what for one in paper.report.missing}
    [listed] = plant.compiled(QUARTERLY, "2024-Q1")[0].report.risks
    assert listed.responsible_person == (WORKER,)
    [update] = plant.compiled(NOTICE, "2024-03-10")[0].report.updates
    assert [(one.field, one.control, one.was, one.now) for one in update.fields] == [
        ("responsible", "C-1", f"team {ANSWERS}", f"team {WORKER}")
    ]
    april = plant.on("2024-05-02").compiled(period="2024-04")[0]
    assert [one.persons for one in april.report.risks[0].controls[0].responsible] == [(WORKER,)]


def test_every_figure_names_the_records_that_say_so(march: PaperPlant) -> None:
    figures = march.compiled()[0].figures()
    kinds = {record.position: record.kind for record in march.records()}
    [said] = figures["risks/R-2/level_at_end"].records
    assert kinds[said] == "risk-reassessed.1"
    assert {kinds[one] for one in figures["totals/effect/confirmations"].records} == {"posts-confirmed.1"}
    assert {kinds[one] for one in figures["totals/effect/rechecks_faulty"].records} == {
        "confirmation-rechecked.1"
    }
    for key in ("totals/major_at_end", "totals/became_major", "totals/effect/confirmations", "totals/late"):
        assert len(figures[key].records) == figures[key].value


def test_what_is_not_held_is_named_and_never_made_up(march: PaperPlant) -> None:
    report = march.compiled()[0].report
    missing = {one.what for one in report.missing}
    assert {"monitoring_readings", "shift_plan", "control_measures"} <= missing
    assert all(one.controls == () for one in report.risks)


def test_the_last_major_risk_ends_the_report_with_the_day_on_which_it_ceased_to_be_one() -> None:
    plant = PaperPlant().settle().on("2024-02-10")
    plant.found_risk("R-1", "3")
    plant.on("2024-03-15").lower("R-1")
    plant.on("2024-04-02")
    paper, fields = plant.compiled()
    assert paper.report.ended.value == "2024-03-15"
    assert fields["figures"]["major_risks"] == "0"
    assert "2024-03-15" in paper.html["zh"].decode()
    assert plant.compiled(period="2024-04")[0].report.risks == ()


def test_a_lower_level_that_nobody_approved_yet_is_told_as_waiting() -> None:
    plant = PaperPlant().settle().on("2024-02-10")
    plant.found_risk("R-1", "3")
    plant.on("2024-03-15").reassess("R-1", "0.5", body=BODY)
    plant.on("2024-04-02")
    told = values(plant.compiled()[0])
    assert (told["risks/R-1/level_at_end"], told["risks/R-1/waiting"]) == ("major", "general")


@pytest.mark.clause("YT-16a", "YT-25a")
def test_a_quarter_lists_every_risk_with_the_six_fields_by_name(march: PaperPlant) -> None:
    paper, _ = march.compiled(QUARTERLY, "2024-Q1")
    told = values(paper)
    assert told["risks_total"] == 4
    assert (told["levels/major/now"], told["levels/general/now"], told["levels/major/before"]) == (2, 2, 0)
    page = paper.html["zh"].decode()
    for heading in ("风险名称", "风险描述", "风险等级", "管控措施", "责任部门", "责任人", "可能影响范围"):
        assert heading in page
    assert {"responsible_unit", "responsible_person"} <= {one.what for one in paper.report.missing}


@pytest.mark.clause("YT-16b")
def test_a_notice_tells_each_update_field_by_field(march: PaperPlant) -> None:
    paper, _ = march.compiled(NOTICE, "2024-03-12_2024-03-15")
    first = paper.report.updates[0]
    assert [one.code for one in paper.report.updates] == ["R-2", "R-3"]
    assert ("level", "larger", "major") in [(one.field, one.was, one.now) for one in first.fields]
    assert first.updated_on == ("2024-03-12",)
    alone, _ = march.compiled(NOTICE, "2024-03-12")
    assert [one.code for one in alone.report.updates] == ["R-2"]
    added, _ = march.compiled(NOTICE, "2024-02-10")
    assert added.report.added.value == 4


def test_a_risk_taken_off_the_list_is_told_with_the_record_that_took_it_off() -> None:
    from domain.risks import RetireRisk

    plant = PaperPlant().settle().on("2024-02-10")
    plant.found_risk("R-1", "3")
    plant.on("2024-03-08")
    gone = plant.give(CHECKER, RetireRisk(BODY, "R-1", "拆除"))
    plant.on("2024-04-02")
    report = plant.compiled(NOTICE, "2024-03-08")[0].report
    assert (report.removed.value, report.removed.records) == (1, (gone.records[0].position,))
    month = plant.compiled()[0].report
    assert [(one.code, one.level_at_end.value) for one in month.risks] == [("R-1", None)]
    assert month.ended.value == "2024-03-08"


# --- the words

HEADED = re.compile(r"<thead>(.*?)</thead>\s*(<tfoot>.*?</tfoot>)?", re.DOTALL)


def test_the_english_paper_names_accident_types_and_texts_in_english_with_the_chinese_behind() -> None:
    """The Chinese is what the record and the law say; the Chinese paper has it alone."""
    plant = PaperPlant().march()
    for kind, period in PERIODS[:2]:
        paper = plant.compiled(kind, period)[0]
        english, chinese = (paper.html[lang].decode() for lang in ("en", "zh"))
        assert "fall from height (高处坠落)" in english
        rules = "Yantian District implementing rules on the graded control of safety risks"
        assert f"{rules} (盐田区安全风险分级管控实施细则)" in english
        assert "fall from height" not in chinese
        assert rules not in chinese


def test_the_papers_own_english_names_are_those_of_the_rules() -> None:
    listed = [one for wording in load_rulebook().wordings["accident-types"] for one in wording.value["items"]]
    assert {one["zh"]: one["en"] for one in listed} == ACCIDENTS
    assert TITLES.items() <= titles_in_english().items()
    cited = (one.cited["title"] for rule in REPORTED for one in load_rulebook().wordings[rule])
    assert set(cited) <= TITLES.keys()


REPORTED = (MONTHLY, QUARTERLY, NOTICE, "lec", "ls", "mes", "direct")


def test_a_change_of_accident_types_is_told_in_english_too() -> None:
    row = {"risk": "R-1", "field": "accident_types", "control": None, "was": "高处坠落、火灾", "now": None}
    source = '{% import "macros-1.html" as m with context %}{{ m.changes(rows) }}'
    for lang, told in (("en", "fall from height (高处坠落), fire (火灾)"), ("zh", "高处坠落、火灾")):
        environment = printing._environment(lang)  # type: ignore[arg-type]  # one of the two languages
        rows = [{**row, "since": None, "records": (1,)}]
        assert f"<td>{told}</td>" in environment.from_string(source).render(rows=rows)


@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_every_table_with_a_head_has_a_foot_of_its_width_that_closes_it_on_each_page(
    march: PaperPlant, kind: str, period: str
) -> None:
    paper = march.compiled(kind, period)[0]
    found = HEADED.findall(paper.html["zh"].decode())
    assert found
    for head, foot in found:
        columns = len(re.findall(r"<th[ >]", head))
        assert foot == f'<tfoot><tr><td colspan="{columns}"></td></tr></tfoot>'


# --- as known at its record


@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_two_compilations_at_the_same_record_have_the_same_hashes(
    march: PaperPlant, kind: str, period: str
) -> None:
    assert march.compiled(kind, period)[0].hashes() == march.compiled(kind, period)[0].hashes()


@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_a_report_comes_out_the_same_after_many_further_records(kind: str, period: str) -> None:
    plant = PaperPlant().march()
    first = plant.compile(kind, period)
    event = compiled_of(plant, f"{kind}.{period}")
    more_records(plant, 300)
    again = render_again(plant.journal, BODY, event)
    assert (again.content, again.html) == (first.content, first.html)
    assert again.hashes() == {name: getattr(event, name) for name in ("content", "html_zh", "html_en")}
    unpinned = render_again(plant.journal, BODY, but(event, position=plant.head()))
    assert unpinned.hashes() != again.hashes(), "the control: without the pinned record it would differ"


def test_the_replay_up_to_a_record_says_what_the_view_says_as_known_at_it() -> None:
    plant = PaperPlant().march()
    more_records(plant, 10)
    moments = [end_of(day) for day in ("2024-02-09", "2024-02-10", "2024-03-14", "2024-03-31", "2024-06-30")]
    with past_of(plant.journal, BODY, plant.head()) as whole:
        for position in range(17, plant.head() + 1, 6):
            with past_of(plant.journal, BODY, position) as past:
                for true_at in moments:
                    tables = whole.tables[RISK_LIST.name]
                    seen = risk_list(whole.connection, tables, BODY, true_at, position)
                    assert past.risks(true_at) == seen


AGAIN = """
import sys
from adapters.journal.journal import EventJournal
from adapters.journal.opening import open_ledger
from adapters.papers.compiling import compile_paper, render_again
from domain.reports import ReportCompiled
from tests.adapting.test_papers import BODY, PERIODS, newer_rules
journal = EventJournal(open_ledger(sys.argv[1], None), lambda: "2024-07-01T00:00:00.000000Z")
rules = newer_rules()
for kind, period in PERIODS:
    events = [one.event for one in journal.stream(f"report/{BODY}/{kind}.{period}")]
    [event] = [one for one in events if isinstance(one, ReportCompiled)]
    print(*render_again(journal, BODY, event).hashes().values())
    _, today = compile_paper(journal, rules, BODY, kind, period, journal.head().size, journal.now())
    print(today["citation"]["version"])
"""


def newer_rules() -> Any:
    """The shipped rules, and a newer wording of each report's rule that binds in 2024 in place of the old one."""
    files = {name: dict(data) for name, data in rule_files().items()}
    for kind in (MONTHLY, QUARTERLY, NOTICE):
        [old] = [one for one in files[kind]["version"] if one["version"] == "yantian-2021"]
        files[kind]["version"] = [{**old, "version": "newer-2024"}, *files[kind]["version"]]
    return rulebook_of(files)


def rendered_elsewhere(count: int, tmp_path: Path) -> None:
    """The three papers in a new process, after ``count`` more records, with another rule version in force."""
    path = str(tmp_path / "papers.db")

    def ledger(clock: Any) -> Any:
        return open_ledger(path, clock)

    plant = PaperPlant(ledger).march()
    papers = [plant.compile(kind, period) for kind, period in PERIODS]
    more_records(plant, count)
    plant.journal.close()
    done = subprocess.run([sys.executable, "-c", AGAIN, path], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[::2]] == [list(paper.hashes().values()) for paper in papers]
    assert set(lines[1::2]) == {"newer-2024"}, "the control: compiled today it would cite the newer wording"


@pytest.mark.clause("YT-16c")
def test_in_a_new_process_under_another_rule_version_after_thousands_of_records_it_is_the_same(
    tmp_path: Path,
) -> None:
    rendered_elsewhere(2_500, tmp_path)


@pytest.mark.slow
def test_and_after_fifty_thousand(tmp_path: Path) -> None:
    rendered_elsewhere(50_000, tmp_path)


def test_a_late_entry_changes_the_next_edition_and_not_the_last_one() -> None:
    plant = PaperPlant().march()
    plant.compile()
    first = compiled_of(plant)
    plant.hand_in()
    plant.reassess("R-3", "3", happened=at("2024-03-20"), body=BODY)
    plant.give(CHECKER, ReturnReport(BODY, f"{MONTHLY}.2024-03", "街道", "R-3 三月二十日又升级"))
    second = plant.compile()
    assert compiled_of(plant).edition == 2
    assert values(render_again(plant.journal, BODY, first))["totals/major_at_end"] == 2
    assert values(second)["totals/major_at_end"] == 3


# --- the paper itself


@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_the_json_has_its_shape_and_one_way_to_be_written(march: PaperPlant, kind: str, period: str) -> None:
    paper, fields = march.compiled(kind, period)
    shape = TEMPLATES[fields["template"]].shape
    read = msgspec.json.decode(paper.content, type=shape)
    assert read == paper.report
    assert encode(read) == paper.content
    assert fields["content"] == sha256(paper.content).hexdigest()
    assert msgspec.json.schema(shape)["$ref"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_a_page_escapes_what_people_wrote_and_asks_for_nothing_from_outside(
    march: PaperPlant, kind: str, period: str, lang: Any
) -> None:
    page = march.compiled(kind, period)[0].html[lang].decode()
    assert escape("盐田港冷库 <一期>") in page
    assert "<一期>" not in page
    for outside in ("http:", "https", "src=", "url(", "<script", "@import", "<link"):
        assert outside not in page
    assert "size: A4" in page


@pytest.mark.parametrize(("kind", "period"), PERIODS)
def test_every_figure_on_the_page_has_a_key_that_explains_it(
    march: PaperPlant, kind: str, period: str
) -> None:
    paper, _ = march.compiled(kind, period)
    printed = re.findall(r'data-figure="([^"]*)">([^<]*)<', paper.html["en"].decode())
    figures = paper.figures()
    assert len(printed) >= 4
    for key, text in printed:
        value = figures[key].value
        assert text in (str(value), "—", "not assessed"), key
    silent = {key for key, one in figures.items() if one.value is None and key.endswith(("ended", "waiting"))}
    told = set(figures) - silent
    assert {key for key, _ in printed} == told, "and every figure is on the page"


def test_the_words_of_a_page_are_in_one_language(march: PaperPlant) -> None:
    english = march.compiled(NOTICE, "2024-03-12")[0].html["en"].decode()
    without_data = re.sub(r"<title>.*?</title>|盐田\S*|制冷\S*", "", english)
    assert "Notice that the risk list was updated" in english
    assert not re.search(r"报告期|风险等级|期末", without_data)


def test_the_paper_of_a_practice_file_says_so_and_no_other_does(march: PaperPlant) -> None:
    practice = PaperPlant()
    practice.give("init", OpenPractice("新员工培训"), auth="init")
    practice.march()
    for kind, period in PERIODS:
        page = practice.compiled(kind, period)[0].html["zh"].decode()
        assert "演练文件，非真实记录" in page
        assert "新员工培训" in page
        assert "演练文件" not in march.compiled(kind, period)[0].html["zh"].decode()


def test_the_rule_is_printed_as_it_was_cited(march: PaperPlant) -> None:
    page = march.compiled()[0].html["zh"].decode()
    assert "盐田区安全风险分级管控实施细则" in page
    assert "盐应急规〔2021〕1号" in page


@pytest.mark.clause("YT-45")
def test_when_the_rule_has_ended_and_nobody_adopted_it_the_paper_says_that_nothing_asks_for_it() -> None:
    plant = PaperPlant().march().on("2024-12-02")
    paper, fields = plant.compiled(period="2024-11")
    assert (fields["citation"], fields["recipients"]) == (None, [])
    assert "自愿编制" in paper.html["zh"].decode()
    plant.compile(period="2024-11")
    assert compiled_of(plant, f"{MONTHLY}.2024-11").due is None


def test_positions_are_printed_as_stretches() -> None:
    assert ranges(()) == "—"
    assert ranges((3,)) == "3"
    assert ranges((3, 5, 6, 7, 9)) == "3, 5–7, 9"
    assert ranges(tuple(range(1, 200, 2))).endswith(" …")


# --- the duty


@pytest.mark.clause("YT-16c")
def test_a_report_handed_in_late_answers_the_duty_late_and_that_stays() -> None:
    plant = PaperPlant().march()
    plant.compile()
    plant.hand_in()
    end = end_of("2024-04-30")
    with past_of(plant.journal, BODY, plant.head()) as past:
        [duty] = past.duties()
    assert (duty["step"], duty["days_late"]) == ("answered", 2)
    plant.give(CHECKER, ReturnReport(BODY, f"{MONTHLY}.2024-03", "街道", "补充"))
    plant.react()
    with past_of(plant.journal, BODY, plant.head()) as past:
        [owed] = past.duties()
        assert past.risks(end)
    assert (owed["step"], owed["days_late"]) == ("open", 2)
    april = plant.on("2024-05-02").compiled(period="2024-04")[0].report
    assert [(one.kind, one.code, one.days_late) for one in april.late if one.kind == "duty"] == [
        ("duty", f"{MONTHLY}.{BODY}.2024-03", 2)
    ]


def test_json_of_a_report_is_readable_by_anybody(march: PaperPlant) -> None:
    read = json.loads(march.compiled()[0].content)
    assert read["head"]["pinned"]["position"] == march.head()
    assert read["totals"]["major_at_end"]["value"] == 2


def test_another_body_s_records_are_not_in_the_paper() -> None:
    plant = PaperPlant().march()
    before = plant.compiled()[0]
    plant.found("NJ-K01")
    plant.risk("R-9", "3", "NJ-K01")
    after = plant.compiled()[0]
    assert [one.code for one in after.report.risks] == [one.code for one in before.report.risks]
