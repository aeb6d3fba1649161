"""After the assessments of a change come its measures: set by their result and carried out (NJ Annex 2, part 5 (2)).

Owed once for a change, when it is closed and some risk was assessed again. Which kinds of change, by whom and in how
many days is a house rule; who adopted none owes nothing by itself.
"""

from __future__ import annotations

from domain.change_state import DONE, Change
from domain.check_periods import code_from
from domain.decider import Facts
from domain.language import Code, Day, day_after
from domain.rule_adoption import find_rule
from domain.rulebook import Citation, Rulebook

RULE = "change-measures"


def measures_code(change: str) -> str:
    """The code of the duty to set and carry out the measures of that change."""
    return code_from("measures", change, most=64)


def measures_terms(
    body: Code, state: Change, day: Day, facts: Facts, rules: Rulebook
) -> tuple[str, Day, Citation] | None:
    """Which role owes the measures of a change closed on that day, by when and by which rule; None where none does."""
    if not state.at(DONE):
        return None
    found = find_rule(facts, rules, RULE, body, day)
    if found is None or state.kind not in found[0].value["kinds"]:
        return None
    value = found[0].value
    return str(value["owner"]), day_after(day, int(value["days"])), found[1]
