"""What a document from a feed holds: alerts of its own, alerts within an envelope or an index, or links to more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from adapters.feeds.cap import Alert, Life, in_order, read_alert
from adapters.feeds.current_list import read_list
from adapters.feeds.safe_xml import children, local, outermost, read_xml, text
from domain.refused import Refused
from domain.refused_feeds import NoWarning

ROOTS = ("alert", "alerts", "feed", "entry", "rss", "RDF", "channel", "EDXLDistribution")
CAP_TYPES = ("application/cap+xml", "application/common-alerting-protocol+xml")


@dataclass(frozen=True)
class Document:
    """``refused`` are alerts within it that could not be read; ``links`` lead to alerts that it only names.

    ``whole`` is said of lists of what is in force: all of it is here, so what is not in it is not in force.
    """

    alerts: tuple[Alert, ...] = ()
    links: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    listed: bool = False
    whole: bool = False
    entries: int = field(default=0)


def read_document(raw: bytes, life: Life) -> Document:
    """Reads XML and JSON; refuses what is neither, and what holds no place for a warning."""
    if _looks_like_json(raw):
        listing = read_list(raw)
        return Document(
            tuple(in_order(listing.alerts)),
            refused=listing.refused,
            listed=True,
            whole=listing.whole,
            entries=len(listing.alerts) + len(listing.refused),
        )
    root = read_xml(raw)
    if local(root) not in ROOTS:
        raise NoWarning(found=f"<{local(root)[:40]}>")
    alerts: list[Alert] = []
    refused: list[Refused] = []
    for one in _alerts(root):
        try:
            alerts.append(read_alert(one, life))
        except Refused as refusal:
            refused.append(refusal)
    entries = [one for name in ("entry", "item") for one in outermost(root, name)]
    links = tuple(dict.fromkeys(link for entry in entries if (link := _link(entry))))
    return Document(tuple(in_order(alerts)), links, tuple(refused), entries=len(entries))


def is_document(raw: bytes) -> bool:
    """Whether the bytes begin as XML or JSON do: what lies beside warnings in a folder may be anything."""
    start = raw[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    return start[:1] in (b"<", b"{", b"[")


def _looks_like_json(raw: bytes) -> bool:
    return raw[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1] in (b"{", b"[")


def _alerts(root: Element) -> Iterator[Element]:
    """Alerts wherever they stand, and those that an entry holds as text: none is passed over for its place."""
    yield from outermost(root, "alert")
    for name in ("content", "description", "encoded", "embeddedXMLContent"):
        for element in outermost(root, name):
            held = (element.text or "").strip()
            if held.startswith("<") and "alert" in held[:2000] and not len(element):
                yield from _within(held)


def _within(held: str) -> Iterator[Element]:
    """Alerts in a text; a text that is no document of alerts, such as HTML, holds none."""
    try:
        inner = read_xml(held.encode())
    except Refused:
        return
    yield from outermost(inner, "alert")


def _link(entry: Element) -> str:
    """Where an entry says that its alert is; empty where the entry holds the alert itself, or no link."""
    if any(True for _ in outermost(entry, "alert")):
        return ""
    links = [
        (one.get("type", ""), one.get("rel", "alternate"), _href(one)) for one in children(entry, "link")
    ]
    for kind, _, href in links:
        if href and kind in CAP_TYPES:
            return href
    for enclosure in children(entry, "enclosure"):
        if enclosure.get("url"):
            return enclosure.get("url", "").strip()
    for kind, rel, href in links:
        if href and rel in ("alternate", "related") and kind != "text/html":
            return href
    guid = text(entry, "guid")
    return guid if guid.startswith("https://") else ""


def _href(link: Element) -> str:
    return (link.get("href") or text(link)).strip()
