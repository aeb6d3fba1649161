"""One risk for a person, line by line: what warns, its parts with their records, controls, tags, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.verbs.cells import accident
from adapters.verbs.columns import column
from adapters.verbs.frame import Frame, local
from domain.labels import Lang, Thing, label, shown

SHOWN = (
    *(
        "name",
        "standing",
        "level",
        "assessed_level",
        "score",
        "method",
        "version",
        "assessed_at",
        "assessors",
    ),
    *("rating", "reason", "computed", "override", "approved_by", "approved_at", "pending_level"),
    *("chosen_method", "inherent_level", "inherent_score", "inherent_method", "inherent_version"),
    *("unit", "category", "factor"),
    *(
        "accident_types",
        "cause",
        "consequence",
        "features",
        "parameters",
        "impact",
        "provenance",
        "reference",
    ),
    *("responsible_body", "responsible_units", "responsible_persons"),
)
"""The parts of a risk that are shown line by line, in this order."""
LABELLED = (
    *("standing", "level", "assessed_level", "provenance"),
    *("rating", "reason", "computed", "pending_level", "inherent_level"),
)
"""Parts that are shown by their label."""

WARNINGS: dict[str, tuple[str, str]] = {
    "uncontrollable": ("{who} 宣布该风险无法管控：{about}", "{who} declared it uncontrollable: {about}"),
    "stop": ("{who} 停止了{unit} 的作业：{about}", "{who} stopped {unit}: {about}"),
    "hold": ("{who} 暂停了{unit} 的作业：{about}", "{who} put {unit} on hold: {about}"),
    "reassessment_proposed": (
        "{control} 反复失效（{about}），建议重新评估",
        "{control} failed repeatedly ({about}): a reassessment is proposed",
    ),
}
"""What each warning says, in Chinese and in English."""


PERSONS = frozenset({"assessors", "responsible_persons"})
"""Parts that are references of persons."""


def named(names: Mapping[str, str], persons: Sequence[str]) -> list[str]:
    """References of persons, each with the name that the directory has for it."""
    return [f"{one} {names[one]}" if names.get(one) else one for one in persons]


def warning_sentence(row: Mapping[str, Any], lang: Lang, names: Mapping[str, str]) -> str:
    """One warning as a sentence."""
    return WARNINGS[row["warning"]][0 if lang == "zh" else 1].format(
        who=shown(named(names, row["who"]), lang),
        about=shown(row["about"], lang),
        unit=shown(Thing("unit", str(row["unit"])), lang),
        control=shown(Thing("control", row["what"]), lang),
    )


def _grounds(frame: Frame, said: Mapping[str, Any]) -> Iterator[str]:
    """What the assessment that counts rests on: basis, standards, the four elements, evidence."""
    lang, colon = frame.lang, frame.say("：", ": ")
    if "basis" in said:
        yield f"  {column('basis', lang)}{colon}{said['basis']}"
    if "standards_met" in said:
        met = frame.say("是", "yes") if said["standards_met"] else frame.say("否", "no")
        yield f"  {column('standards_met', lang)}{colon}{met}"
    for name, text in said.get("analysis", {}).items():
        yield f"  {column(name, lang)}{colon}{text}"
    for one in said.get("evidence", ()):
        file = f" [{one['salted_sha256'][:12]}…]" if one["salted_sha256"] else ""
        yield f"  {label('evidence_' + one['kind'], lang)}{colon}{one['what']}{file}"


def _uplifts(frame: Frame, row: Mapping[str, Any]) -> Iterator[str]:
    """What lifts the risk for a while, since when, and what is to be done meanwhile."""
    lang = frame.lang
    for one in row["uplifts"]:
        level = label(one["level"], lang) if one["level"] else "—"
        since = frame.say(f"自 {local(one['since'])}，记录", f"since {local(one['since'])}, record")
        about = " ".join(label(one[name], lang) for name in ("weather", "signal") if one[name])
        told = f"{level} ({one['change']} {about}) [{since} {one['position']}]"
        yield f"  ↑ {label('uplift', lang)}{frame.say('：', ': ')}{told}"
        for measure in one["measures"]:
            yield f"      {measure[lang]} ({label(measure['owner'], lang)}, {measure['due']})"


def risk_lines(frame: Frame, row: dict[str, Any]) -> Iterator[str]:
    """A risk for a person: each part, since when it is so and which record says so, then controls, tags and gaps."""
    lang, names = frame.lang, frame.app.directory.names()
    level = "" if row["level"] is None else f"  {label(row['level'], lang)} / {label(row['colour'], lang)}"
    yield f"{row['body']} {row['code']}  {row['name']}{level}"
    for one in row["warnings"]:
        since = frame.say(f"自 {local(one['since'])}，记录", f"since {local(one['since'])}, record")
        told = f"{warning_sentence(one, lang, names)} [{since} {one['position']}]"
        yield f"  ! {label(one['warning'], lang)}{frame.say('：', ': ')}{told}"
    yield from _uplifts(frame, row)
    for name in SHOWN[1:]:
        value = row.get(name)
        if value in (None, "", []):
            continue
        if isinstance(value, list):
            if name == "accident_types":
                value = [accident(one, lang) for one in value]
            value = ", ".join(named(names, value) if name in PERSONS else map(str, value))
        text = label(str(value), lang) if name in LABELLED else str(value)
        if name == "factor":
            text = f"{text} {row['factor_name']} ({row['factor_edition']})"
        if name == "accident_types":
            text = f"{text} ({row['accident_edition']})"
        if name == "unit" and row["location"]["path"]:
            text = f"{text} {row['location']['path']}"
        yield f"  {column(name, lang)}: {local(text) if name.endswith('_at') else text}"
    for part, since in row["since"].items():
        if since is not None:
            told = frame.say(
                f"{column(part, lang)}自 {local(since)}，记录 {row['positions'][part]}",
                f"{column(part, lang)} since {local(since)}, record {row['positions'][part]}",
            )
            yield f"  [{told}]"
    yield from _grounds(frame, row["grounds"] or {})
    for control in row["controls"]:
        yield f"  {label('control', lang)} {control['control']}: {control['measure']} ({label(control['layer'], lang)})"
    for tag in row["tags"]:
        yield f"  {label('tag_' + tag['kind'], lang)}: {label(tag['code'], lang)}"
    if row["focus"]:
        yield f"  {label('focus', lang)}: " + ", ".join(label(one, lang) for one in row["focus"]["reasons"])
    if row["missing"]:
        missing = ", ".join(column(one, lang) for one in row["missing"])
        yield frame.say(
            f"  清单（第二十五条、第十六条）缺少：{missing}", f"  the list (Art. 25, 16) lacks: {missing}"
        )
