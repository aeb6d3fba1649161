"""XML from strangers: no document type, no entities, nothing fetched, no file larger than it may be, by local names.

Feeds begin with byte order marks, name encodings of their own, pad values with line ends, and use namespaces that are
not theirs; all of that is read. What is no XML, or asks for a document type, is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from adapters.problems import problem_of
from domain.labels import Both
from domain.refused_feeds import DocumentTooLarge, DocumentTypeForbidden, NotReadable

MOST_BYTES = 5_000_000
"""A list of five hundred alerts with all their texts stays below it."""
DEEPEST = 200
"""Elements within elements; alerts need eight."""
MULTIBYTE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
    "euc-tw": "",
    "shift_jis": "shift_jis",
    "euc-jp": "euc_jp",
    "euc-kr": "euc_kr",
}
"""Encodings that the parser itself cannot read, and what reads them."""
_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}?\?>"""
)


def read_xml(raw: bytes) -> Element:
    """The root of a document; refuses what is too large, holds a document type, or is not well-formed."""
    if len(raw) > MOST_BYTES:
        raise DocumentTooLarge(most=MOST_BYTES)
    try:
        root = fromstring(_decoded(raw), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise DocumentTypeForbidden(found=type(error).__name__) from None
    except (ParseError, ValueError, LookupError) as error:
        raise NotReadable(problem=problem_of(error)) from None
    if _too_deep(root):
        raise NotReadable(problem=Both(f"more than {DEEPEST} elements deep", f"元素层次超过 {DEEPEST} 层"))
    return root  # type: ignore[no-any-return]  # the library ships no types


def _decoded(raw: bytes) -> bytes:
    """The same in UTF-8 where the parser cannot read the encoding that the document names."""
    raw = raw.lstrip(b" \t\r\n") if raw[:1].isspace() else raw
    declared = _DECLARED.match(raw)
    if declared is None:
        return raw
    codec = MULTIBYTE.get(declared[1].decode().lower())
    if not codec:
        return raw
    return raw[declared.end() :].decode(codec).encode()


def _too_deep(root: Element) -> bool:
    level, rows = 0, [root]
    while rows:
        level += 1
        rows = [child for row in rows for child in row]
        if level > DEEPEST:
            return True
    return False


def local(element: Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def text(element: Element, *names: str) -> str:
    """The element's own text, or that of its first child of these names that has any, with white space joined."""
    held = (element,) if not names else (child for name in names for child in children(element, name))
    return next((said for one in held if (said := " ".join((one.text or "").split()))), "")


def outermost(root: Element, name: str) -> Iterator[Element]:
    """Every element of the name that stands in no other of that name, in the order of the document."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local(element) == name:
            yield element
        else:
            waiting += reversed(element)
