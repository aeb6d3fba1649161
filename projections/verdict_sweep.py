"""After a change of law: which open hazards were judged under an edition that no longer binds, and what that means.

Nothing is judged anew by itself. Each row is a proposal: the same item under the new edition, what would be asked
there, and, where the answers given already decide it, the verdict that would follow. What no item takes up is unmapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from domain.hazard_verdicts import asked, items_of, matches
from domain.language import Day
from domain.rulebook import Adoptions, Rulebook, Wording

Row = dict[str, Any]


def verdict_sweep(
    acts: Sequence[Row],
    open_codes: Iterable[tuple[str, str]],
    bodies: Sequence[Row],
    rules: Rulebook,
    day: Day,
) -> list[Row]:
    """One row for each standing verdict of an open hazard whose edition does not bind on that day.

    ``proposal`` is ``would_differ``, ``same``, ``answer_anew`` (the new item asks what was not answered), ``unmapped``
    (no item takes it up, by our own comparison), or ``no_edition`` (nothing binds the body that day).
    """
    wanted = set(open_codes)
    about = {row["body"]: row for row in bodies}
    rows: list[Row] = []
    for key, verdicts in _standing(acts).items():
        if key not in wanted:
            continue
        for act in verdicts:
            now = _binding(about[key[0]], act["data"]["pack"], rules, day)
            if now is not None and now.version == act["data"]["edition"]:
                continue
            rows += _proposals(key, act, now)
    return rows


def unmapped_items(rules: Rulebook) -> list[Row]:
    """Items of an earlier edition that no item of the one after takes up, and new ones that take up none."""
    rows: list[Row] = []
    for pack, editions in rules.wordings.items():
        if not editions or editions[0].kind != "criteria":
            continue
        for older, newer in pairwise(editions):
            taken = {was for item in items_of(newer) for was in item.get("was", ())}
            for edition, which in ((older, "dropped"), (newer, "new")):
                for item in items_of(edition):
                    free = item["code"] not in taken if which == "dropped" else not item.get("was")
                    if free:
                        rows.append(
                            {
                                "pack": pack,
                                "edition": edition.version,
                                "item": item["code"],
                                "which": which,
                                "zh": item["zh"],
                                "en": item["en"],
                                "verified": item["verified"],
                            }
                        )
    return rows


def _standing(acts: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """The last verdict on each item of each hazard; one under a newer edition takes the older edition's place."""
    found: dict[tuple[str, str], list[Row]] = {}
    for act in acts:
        if act["kind"] != "hazard-judged":
            continue
        said = act["data"]
        held = found.setdefault((act["body"], act["code"]), [])
        held[:] = [
            one
            for one in held
            if one["data"]["pack"] != said["pack"]
            or (one["data"]["edition"] == said["edition"] and one["data"]["item"] != said["item"])
        ]
        held.append(act)
    return found


def _binding(body: Row, pack: str, rules: Rulebook, day: Day) -> Wording | None:
    risk = "high_risk" if body["classes"] else "other"
    who = (body["kind"], risk, f"sector_{body['sector']}", *body["classes"])
    adopted = Adoptions({one["pack"]: (one["version"], one["since"]) for one in body["adoptions"]})
    found = rules.binding(pack, day, body["area"], who, adopted)
    return None if found is None else found[0]


def _proposals(key: tuple[str, str], act: Row, now: Wording | None) -> list[Row]:
    said = act["data"]
    row = {
        "body": key[0],
        "code": key[1],
        "position": act["position"],
        "pack": said["pack"],
        "edition": said["edition"],
        "item": said["item"],
        "verdict": said["verdict"],
        "edition_now": None if now is None else now.version,
    }
    if now is None:
        return [{**row, "item_now": None, "verdict_now": None, "asks": [], "proposal": "no_edition"}]
    heirs = [item for item in items_of(now) if said["item"] in item.get("was", ())]
    if not heirs:
        return [{**row, "item_now": None, "verdict_now": None, "asks": [], "proposal": "unmapped"}]
    return [{**row, **_under(item, said)} for item in heirs]


def _under(item: Mapping[str, Any], said: Row) -> Row:
    answers = dict(said["answers"])
    if list(answers) == [said["item"]]:  # an item without conditions was answered as a whole
        answers[item["code"]] = answers[said["item"]]
    missing = [one for one in asked(item) if one not in answers]
    if missing:
        return {"item_now": item["code"], "verdict_now": None, "asks": missing, "proposal": "answer_anew"}
    verdict = "major" if matches(item, answers) else "not_major"
    proposal = "same" if verdict == said["verdict"] else "would_differ"
    return {"item_now": item["code"], "verdict_now": verdict, "asks": [], "proposal": proposal}
