"""The bodies of the event examples, as today's code writes them and as they stand in the files here."""

from __future__ import annotations

from pathlib import Path

from adapters.journal.codec import Codec
from domain.examples import EVENT_EXAMPLES
from domain.index import EVENTS
from domain.language import Event
from domain.records import Meta

FOLDER = Path(__file__).parent
STREAM, VERSION = "example/KS-01/0001", 7
META = Meta(
    scope="KS-01",
    by="P-SAFETY",
    auth="os-local",
    happened_at="2026-01-20T02:00:00.000000Z",
    command_id="example",
    on_behalf_of="P-PRINCIPAL",
    caused_by=6,
    source="line 7 of a batch",
)
"""Fixed, with every field that a record may have."""

CODEC = Codec(EVENTS)


def body(event: Event) -> bytes:
    """The canonical bytes of one record's body."""
    return CODEC.body(STREAM, VERSION, META, event)


def file_of(kind: str) -> Path:
    return FOLDER / f"{kind}.json"


def written() -> dict[str, bytes]:
    """Kind -> body, as today's code writes it."""
    return {kind: body(event) for kind, event in EVENT_EXAMPLES.items()}


def golden(folder: Path = FOLDER) -> dict[str, bytes]:
    """Kind -> body, as it stands in the files."""
    return {path.name.removesuffix(".json"): path.read_bytes() for path in sorted(folder.glob("*.json"))}


def differences(stands: dict[str, bytes], writes: dict[str, bytes]) -> list[str]:
    """A sentence for every kind whose file is missing, needless, or holds other bytes."""
    found = [f"{kind} has no file" for kind in sorted(writes.keys() - stands.keys())]
    found += [f"{kind} is no kind that is written" for kind in sorted(stands.keys() - writes.keys())]
    found += [
        f"{kind} is written otherwise"
        for kind in sorted(stands.keys() & writes.keys())
        if stands[kind] != writes[kind]
    ]
    return found
