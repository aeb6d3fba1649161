"""What the next decision on a risk needs to know; nothing that is only told to readers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.language import Moment


@dataclass(frozen=True)
class Risk:
    """What the next decision needs: the step, the level that counts and since when, and the controls' codes."""

    step: str = "unknown"
    level: str = ""
    assessed_at: Moment = ""
    controls: tuple[str, ...] = ()
    tags: tuple[tuple[str, str, Moment, bool], ...] = ()
    """Of every tag ever said of it the latest word: kind, code, since when, and whether it holds."""
    focus: tuple[Moment, tuple[str, ...]] = ("", ())
    """The latest word on focus control: since when, and its reasons; none where it ended."""
