"""An alert with one thing changed at a time: what a schema must notice, and what it must let pass."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from xml.etree.ElementTree import Element

TEXTS = ("", " ", "x", "Actual", "\nAlert\n", "5", "1.5", "2026-06-15T14:05:12+08:00", "2026-06-15T14:05:12Z")
TEXTS += (
    "2026-02-30T14:05:12+08:00",
    "2026-06-15T14:05:12",
    "zh-CN",
    "zh_CN",
    " 2026-06-15T14:05:12-08:00 ",
    "Met",
)


def paths(element: Element, before: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    for at, child in enumerate(element):
        yield (*before, at)
        yield from paths(child, (*before, at))


def at(root: Element, path: tuple[int, ...]) -> Element:
    for one in path:
        root = root[one]
    return root


def changed(alert: Element) -> Iterator[tuple[str, Element]]:
    """(what was changed, the alert with it)"""
    for path in paths(alert):
        *above, last = path
        for name in (
            "left out",
            "doubled",
            "last",
            "first",
            "renamed",
            "elsewhere",
            "attribute",
            "schema",
            "child",
            "tail",
        ):
            root = copy.deepcopy(alert)
            parent, one = at(root, tuple(above)), at(root, path)
            match name:
                case "left out":
                    parent.remove(one)
                case "doubled":
                    parent.insert(last, copy.deepcopy(one))
                case "last":
                    parent.remove(one)
                    parent.append(one)
                case "first":
                    parent.remove(one)
                    parent.insert(0, one)
                case "renamed":
                    one.tag += "s"
                case "elsewhere":
                    one.tag = "{urn:none}" + one.tag.rpartition("}")[2]
                case "attribute":
                    one.set("lang", "zh")
                case "schema":
                    one.set("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "urn:a b.xsd")
                case "child":
                    one.append(copy.deepcopy(alert[0]))
                case _:
                    one.tail = "words"
            yield f"{name} {path} {one.tag}", root
        if not len(at(alert, path)):
            for text in TEXTS:
                root = copy.deepcopy(alert)
                at(root, path).text = text
                yield f"{text!r} in {path}", root
