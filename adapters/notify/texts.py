"""What a message says, in Chinese and in English: what happened to which thing, by which day; no person's data.

The same records always give the same bytes, so a message that is sent again is the same message.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from domain.labels import Lang, label

Row = Mapping[str, Any]
LINES_MOST = 20
"""How many things the text names; the list beside it holds all of them."""


def payload(message: Row, items: Sequence[Row], practice: bool) -> dict[str, Any]:
    """The message as receivers get it: type, time and data, as the Standard Webhooks convention has them."""
    return {
        "type": "dualguard.notice" if message["positions"] else "dualguard.test",
        "timestamp": message["composed_at"],
        "data": {
            "body": message["body"],
            "recipient": message["recipient"],
            "number": message["number"],
            "practice": practice,
            "text": {lang: text(message, items, practice, lang) for lang in ("zh", "en")},
            "counts": dict(sorted(Counter(str(item["topic"]) for item in items).items())),
            "items": [_item(item) for item in items],
        },
    }


def encoded(content: Mapping[str, Any]) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def text(message: Row, items: Sequence[Row], practice: bool, lang: Lang) -> str:
    """A heading with counts, then one line for each thing, with the last that is said of it."""
    zh = lang == "zh"
    mark = ("【演练】" if zh else "[PRACTICE] ") if practice else ""
    if not message["positions"]:
        told = "双控测试消息：通道可用。" if zh else "Dualguard test: this channel works."
        return f"{mark}{told}"
    last = {(item["kind"], item["code"]): item for item in items}
    items = sorted(last.values(), key=lambda item: int(item["position"]))
    counted = Counter(str(item["topic"]) for item in items)
    parts = [f"{label(topic, lang)} {count}" for topic, count in counted.most_common()]
    heading = (
        f"{mark}双控通知（{message['body']}）：{'，'.join(parts)}"
        if zh
        else f"{mark}Dualguard ({message['body']}): {', '.join(parts)}"
    )
    lines = [heading, *(f"- {line(item, lang)}" for item in items[:LINES_MOST])]
    if len(items) > LINES_MOST:
        rest = len(items) - LINES_MOST
        lines.append(
            f"……另有 {rest} 项，共 {len(items)} 项" if zh else f"... and {rest} more, {len(items)} in all"
        )
    return "\n".join(lines)


def line(item: Row, lang: Lang) -> str:
    """One thing: what happened, to what, by which day, on whose behalf, and the record that says so."""
    zh = lang == "zh"
    about: Mapping[str, str] = item["about"]
    what = label(about.get("what") or item["topic"], lang)
    thing = _thing(item, about, lang)
    more = []
    if about.get("due"):
        more.append(f"期限 {about['due']}" if zh else f"due {about['due']}")
    if about.get("risks"):
        more.append(f"涉及风险 {about['risks']} 项" if zh else f"risks: {about['risks']}")
    if item["instead_of"]:
        more.append(f"代 {item['instead_of']} 处理" if zh else f"in place of {item['instead_of']}")
    more.append(f"记录 {item['position']}" if zh else f"record {item['position']}")
    return f"{what}：{thing}；{'，'.join(more)}" if zh else f"{what}: {thing}; {', '.join(more)}"


def _thing(item: Row, about: Mapping[str, str], lang: Lang) -> str:
    zh = lang == "zh"
    title = about.get("title", "")
    if item["kind"] == "duty" and "rule" in about:
        name = title if about["rule"] == "assigned" and title else label(about["rule"], lang)
        code = about["subject"]
        code = label(code, lang) if about["subject_kind"] == "tier" else code  # a tier is named by a role
        subject = f"{label(about['subject_kind'], lang)} {code}"
        of = about.get("subject_title", "")
        named = (f"{subject}“{of}”" if zh else f"{subject} '{of}'") if of else subject
        return f"{name}（{named}）" if zh else f"{name} ({named})"
    kind = "periodic_report" if item["kind"] == "report" else item["kind"]  # a report elsewhere is a document
    thing = f"{label(kind, lang)} {item['code']}"
    if not title:
        return thing
    return f"{thing}“{title}”" if zh else f"{thing} '{title}'"


def _item(item: Row) -> dict[str, Any]:
    """One thing for machines: what it is, where the record stands, and both sentences."""
    return {
        "position": item["position"],
        "topic": item["topic"],
        "kind": item["kind"],
        "code": item["code"],
        "about": item["about"],
        "instead_of": item["instead_of"],
        "text": {lang: line(item, lang) for lang in ("zh", "en")},
    }
