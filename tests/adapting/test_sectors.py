"""Which sectors rules know of is said in the help, and to whoever gives another word; none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.rules import load_rulebook
from adapters.verbs.sectors import known_sectors
from tests.adapting.screens import shown

REGISTER = "body register --as P-A --body B --name N --kind enterprise --area 320113 --sector"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", ["register", "reclassify"])
def test_the_help_names_the_sectors_that_rules_are_written_for(verb: str, lang: str) -> None:
    _, told, _ = shown(["body", verb, "--help"], lang)
    flowing = "".join(told.split())
    for one in ("coal_mine", "non_coal_mine", "fireworks", "hazardous_chemicals", "industry_and_trade"):
        assert one in flowing


def test_every_sector_named_is_one_that_a_rule_binds() -> None:
    bound = {one for held in load_rulebook().wordings.values() for wording in held for one in wording.who}
    assert known_sectors()
    assert {f"sector_{one}" for one in known_sectors()} <= bound


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "没有规则提到行业“mining”"), ("en", "no rule names the sector 'mining'")]
)
def test_a_sector_that_no_rule_names_is_recorded_and_told(lang: str, said: str, tmp_path: Path) -> None:
    code, printed, complained = shown([*REGISTER.split(), "mining"], lang, tmp_path / "a.db")
    assert code == 0
    assert "body-registered" in printed
    assert said in complained


def test_a_sector_that_a_rule_names_is_not_remarked_upon(tmp_path: Path) -> None:
    code, _, complained = shown([*REGISTER.split(), "coal_mine"], "en", tmp_path / "a.db")
    assert (code, complained) == (0, "")
