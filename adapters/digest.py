"""The daily digest: for each person what is overdue, due today and coming, with subject, age and the rule behind it.

It names persons by their references, as the records do; what falls to a role nobody holds stands under the role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.tell import cited
from domain.duty_state import PERSON
from domain.labels import Lang, label
from domain.language import Day, day_after
from domain.rulebook import Citation

Row = Mapping[str, Any]
Holders = Mapping[tuple[str, str], Sequence[str]]
"""Who holds a role in a body: (body, role) -> persons."""

PARTS = ("overdue", "due_today", "coming")


@dataclass(frozen=True)
class Digest:
    """The text of the file, and the rows it tells: one for each person and duty."""

    text: str
    rows: list[dict[str, Any]]


def owing(row: Row, holders: Holders) -> tuple[str, ...]:
    """Who owes it: the person, whoever holds the role, or the role itself where nobody does."""
    if row["owed_as"] == PERSON:
        return (row["owed_by"],)
    return tuple(holders.get((row["body"], row["owed_by"]), ())) or (row["owed_by"],)


def holders_of(grants: Sequence[Row]) -> dict[tuple[str, str], list[str]]:
    """(body, role) -> persons, from the grants in force."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in grants:
        persons = found.setdefault((one["body"], one["role"]), [])
        if one["person"] not in persons:
            persons.append(one["person"])
    return found


def citation_text(row: Row, lang: Lang) -> str:
    """The clause behind a duty as a person writes it; of one that no adopted rule gave its day, what gave it."""
    found = row["citation"]
    if found is not None:
        return cited(Citation(**found), lang)
    if row["rule"] == "assigned":
        by = row["assigned_by"]
        return f"{by} 交办" if lang == "zh" else f"assigned by {by}"
    return _UNCITED.get(row["rule"], _NO_RULE)[0 if lang == "zh" else 1]


_NO_RULE = ("未采用有关规则", "no rule on it adopted")
_UNCITED = {
    "change-reassessment": ("未采用规定天数的规则，即时办理", "no rule on days adopted: at once"),
    "rectification": ("按整改计划", "by the plan of the rectification"),
    "inspection-round": ("按检查计划", "by the plan of inspections"),
    "authority-order": ("按监管部门要求", "as the authority ordered"),
}
"""What gave a duty its day where no adopted rule did, by the duty's rule."""


def subject_text(row: Row, lang: Lang) -> str:
    """What a duty is about: the kind of thing and its code; a tier by its name."""
    kind, subject = row["subject_kind"], row["subject"]
    return f"{label(kind, lang)} {label(subject, lang) if kind == 'tier' else subject}"


def digest_of(rows: Sequence[Row], holders: Holders, today: Day, days: int, lang: Lang) -> Digest:
    """Of these open duties what is overdue, due today, or due within so many days, by person."""
    last = day_after(today, days)
    told: list[dict[str, Any]] = []
    for row in rows:
        if row["due"] <= last:
            told += [{"person": person, **row} for person in owing(row, holders)]
    told.sort(key=lambda one: (one["person"], one["due"], one["body"], one["code"]))
    zh = lang == "zh"
    lines = [f"# {'应办事项摘要' if zh else 'Duties'} {today}", ""]
    if not told:
        lines.append("没有到期或将到期的事项。" if zh else "Nothing is overdue, due or coming.")
    for person in dict.fromkeys(one["person"] for one in told):
        lines.append(f"## {label(person, lang)}")
        own = [one for one in told if one["person"] == person]
        for part in PARTS:
            listed = [one for one in own if one["when"] == part]
            if listed:
                lines += ["", f"### {label(part, lang)} ({len(listed)})", ""]
                lines += [_line(one, lang) for one in listed]
        lines.append("")
    return Digest("\n".join(lines).rstrip() + "\n", told)


def _line(row: Row, lang: Lang) -> str:
    zh = lang == "zh"
    name = row["title"] or label(row["rule"], lang)
    age = row["age"]
    if age > 0:
        when = f"逾期 {age} 天" if zh else f"{age} days overdue"
    elif age == 0:
        when = "今日" if zh else "today"
    else:
        when = f"还有 {-age} 天" if zh else f"in {-age} days"
    marks = [
        *(["本期未办" if zh else "missed"] if row["missed"] else []),
        *(["暂定" if zh else "provisional"] if row["provisional"] else []),
    ]
    extra = f" [{'、'.join(marks) if zh else ', '.join(marks)}]" if marks else ""
    about = subject_text(row, lang)
    under = citation_text(row, lang)
    colon, comma = ("：", "，") if zh else (": ", ", ")
    return (
        f"- {row['due']} ({when}){extra} {row['body']} {row['code']}{colon}{name}{comma}{about}{comma}{under}"
    )
