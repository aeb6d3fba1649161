"""The rules as dated data: which wording of a rule binds which body on which day, and where it is written.

Nothing here reads a file: the adapters read the TOML under ``domain/rules`` and hand the parsed tables in. A wording
that is not in force is not replaced by a default: ``NoRuleInForce``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.language import Day


@dataclass(frozen=True)
class Citation:
    """Where a wording is written; ``source``: law, sector, standard, house or method; ``standing``: how it binds."""

    rule: str
    version: str
    title: str
    number: str = ""
    article: str = ""
    source: str = "law"
    standing: str = "in force"


@dataclass(frozen=True)
class Wording:
    """One version of a rule: from when to when, where, for whom, and what it says."""

    rule: str
    kind: str
    version: str
    since: Day
    until: Day | None
    where: tuple[str, ...]
    who: tuple[str, ...]
    source: str
    verified: str
    checked: Day
    title_zh: str
    title_en: str
    cited: Mapping[str, str]
    value: Mapping[str, Any]

    def holds_on(self, day: Day) -> bool:
        """Whether the text itself is in force on that day (both ends included)."""
        return self.since <= day and (self.until is None or day <= self.until)

    def covers(self, area: str, classes: Iterable[str]) -> bool:
        """Whether place and class of a body fall under it; an empty list means everywhere, everybody."""
        here = not self.where or any(area.startswith(code) for code in self.where)
        return here and (not self.who or any(one in self.who for one in classes))

    def citation(self, standing: str) -> Citation:
        return Citation(
            rule=self.rule,
            version=self.version,
            title=self.cited.get("title", ""),
            number=self.cited.get("number", ""),
            article=self.cited.get("article", ""),
            source=self.source,
            standing=standing,
        )


@dataclass(frozen=True)
class TakenMethod:
    """One version of a method that a body took by its name; ``own`` is the body's own table, else it is shipped.

    ``levels`` say which of the four levels each of the method's own is, where the method leaves that to the body.
    """

    version: str
    since: Day
    levels: Mapping[str, str] = field(default_factory=dict)
    own: Wording | None = None

    def applied(self, shipped: Wording | None) -> Wording | None:
        """The wording with the body's levels in it; None where this installation does not know the version."""
        wording = self.own or shipped
        if wording is None or not self.levels:
            return wording
        bands = [{**band, "level": self.levels[band["local"]]} for band in wording.value["thresholds"]]
        value = {key: one for key, one in wording.value.items() if key != "levels"}
        return replace(wording, value={**value, "thresholds": bands})


@dataclass(frozen=True)
class Adoptions:
    """Which packs a body adopted, and from which day: pack -> (version, day); and which methods by their name."""

    packs: Mapping[str, tuple[str, Day]] = field(default_factory=dict)
    methods: Mapping[str, TakenMethod] = field(default_factory=dict)


BY_THEMSELVES = ("sector", "law", "standard")
"""The sources whose wordings bind without adoption, in this order."""


@dataclass(frozen=True)
class Rulebook:
    """Every wording this installation knows, by rule; an argument of ``decide``."""

    wordings: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)

    def pack(self, pack: str, version: str) -> Wording | None:
        """The named version of a pack, or None."""
        for wording in self.wordings.get(pack, ()):
            if wording.kind == "pack" and wording.version == version:
                return wording
        return None

    def packs_with(self, rule: str | None = None) -> list[str]:
        """The packs, each with its version, that hold the rule (without one: all), in the order of their names."""
        held = [
            one for _, wordings in sorted(self.wordings.items()) for one in wordings if one.kind == "pack"
        ]
        return [
            f"{one.rule} {one.version}"
            for one in held
            if rule is None or any(member["rule"] == rule for member in one.value.get("members", ()))
        ]

    def of_kinds(self, kinds: Iterable[str]) -> list[str]:
        """The rules that have a wording of one of the kinds, by name."""
        wanted = frozenset(kinds)
        return sorted(rule for rule, held in self.wordings.items() if any(one.kind in wanted for one in held))

    def version(self, rule: str, version: str) -> Wording | None:
        """The named version of a rule, in force or not."""
        return next((one for one in self.wordings.get(rule, ()) if one.version == version), None)

    def binds_by_itself(self, rule: str) -> bool:
        """Whether any wording of the rule may bind a body that adopted nothing."""
        return any(one.source in BY_THEMSELVES for one in self.wordings.get(rule, ()))

    def binding(
        self, rule: str, day: Day, area: str, classes: Iterable[str], adopted: Adoptions
    ) -> tuple[Wording, Citation] | None:
        """What binds a body on a day: the law of its place, else what it adopted (the latest adoption wins); or None.

        Law binds without adoption where it is in force and covers the body, a sector's own standard before the general
        law (YT Art. 17), and no adoption displaces it; so does the edition in force of a standard
        (YT Art. 42). Methods, house rules, foreign and expired wordings bind only by
        adoption, and the citation then says so; a method taken by its name goes before one in a pack.
        """
        classes = tuple(classes)
        for source in BY_THEMSELVES:
            for wording in self.wordings.get(rule, ()):
                if wording.source == source and wording.holds_on(day) and wording.covers(area, classes):
                    return wording, wording.citation("in force")
        named = adopted.methods.get(rule)
        if named is not None and named.since <= day:
            taken = named.applied(self.version(rule, named.version))
            if taken is not None:
                return taken, taken.citation("adopted; own method" if named.own else "adopted; method")
        found: tuple[Day, Wording] | None = None
        for pack, (version, since) in adopted.packs.items():
            held = self.pack(pack, version)
            if held is None or since > day:
                continue
            for member in held.value.get("members", ()):
                if member["rule"] != rule:
                    continue
                own = self.version(rule, member["version"])
                if own is None or (own.who and not any(one in own.who for one in classes)):
                    continue
                if found is None or since >= found[0]:
                    found = (since, own)
        if found is not None:
            return found[1], found[1].citation(self._standing(found[1], day, area, classes))
        return None

    @staticmethod
    def _standing(wording: Wording, day: Day, area: str, classes: Iterable[str]) -> str:
        if wording.source in ("house", "method"):
            return "adopted; house rule" if wording.source == "house" else "adopted; method"
        if day < wording.since:
            return f"adopted; in force from {wording.since}"
        if wording.until is not None and day > wording.until:
            return f"adopted; expired {wording.until}"
        if not wording.covers(area, classes):
            return "adopted; foreign"
        return "in force"
