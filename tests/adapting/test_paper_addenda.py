"""An addendum is a paper of its own: it names what it corrects, and comes out byte for byte."""

from __future__ import annotations

import pytest

from adapters.papers.compiling import addendum_papers
from domain.reports import Correction, CorrectReport
from tests.adapting.paper_plant import BODY, CHECKER, MONTHLY, PaperPlant
from tests.adapting.test_papers import compiled_of, more_records


@pytest.mark.clause("YT-16c")
def test_an_addendum_is_printed_and_stays_the_same_after_many_further_records() -> None:
    plant = PaperPlant().march()
    plant.compile()
    plant.hand_in()
    stream = f"report/{BODY}/{MONTHLY}.2024-03"
    for number in ("1", "2"):
        one = Correction("totals/effect/confirmations", "2", f"3 <第{number}次>")
        plant.give(CHECKER, CorrectReport(BODY, f"{MONTHLY}.2024-03", f"漏录 {number}", (one,)))
    papers = [paper for _, paper in addendum_papers(plant.journal, plant.journal.stream(stream))]
    assert [one.report.addendum for one in papers] == [1, 2]
    assert papers[0].report.content == compiled_of(plant).content, "the edition that it corrects, by its hash"
    page = papers[0].html["zh"].decode()
    assert "更正说明" in page
    assert "岗位安全确认" in page, "the figure in words"
    assert "3 &lt;第1次&gt;" in page
    assert "漏录 2" not in page
    more_records(plant, 50)
    again = [paper for _, paper in addendum_papers(plant.journal, plant.journal.stream(stream))]
    assert [(one.content, one.html) for one in again] == [(one.content, one.html) for one in papers]
    assert again[0].hashes() != again[1].hashes()
