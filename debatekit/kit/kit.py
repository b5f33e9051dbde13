"""The Kit: everything that the files of a folder say, ready to be looked up.

Stage: what ``load`` gives and every later stage takes; it knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from debatekit.kit import model
from debatekit.kit.lines import Lines, SourceLines, level_lines, passage_lines
from debatekit.kit.problems import Location


@dataclass(frozen=True)
class Quotation:
    """Words a record takes from a source: a passage, or what a source check quotes."""

    name: str
    record: model.Passage | model.SourceCheck
    source: model.Source
    text: str
    location: Location


@dataclass(frozen=True)
class Extras:
    """What surrounds the two cases; a kit may have none of it."""

    explainers: Mapping[str, model.Explainer] = field(default_factory=dict)
    events: Mapping[str, model.Event] = field(default_factory=dict)
    people: Mapping[str, model.Person] = field(default_factory=dict)
    readings: Mapping[str, model.Reading] = field(default_factory=dict)
    coding: model.CommentsFile | None = None
    lessons: Mapping[str, model.Lesson] = field(default_factory=dict)
    moves: tuple[model.Move, ...] = ()
    standards: tuple[model.Standard, ...] = ()
    fairness: tuple[model.Statement, ...] = ()
    formats: Mapping[str, model.DebateFormat] = field(default_factory=dict)


@dataclass(frozen=True)
class Kit:
    """Everything a folder says, ready to be looked up. Only readable records are in it.

    Parts that were not asked for are empty. What could not be read must not be
    reported a second time as missing: ``broken`` holds the ids in files with faults,
    ``faulty`` the parts (``kit``, ``sources``, ``facts``, ``pro`` …) with a fault in
    them, ``unread`` those of which a whole file is not in this Kit. ``lines`` holds
    the line numbers, by source, as far as they are known.
    """

    folder: Path
    shown: str
    head: model.KitFile
    sources: tuple[model.Source, ...]
    facts: Mapping[str, model.Fact]
    terms: Mapping[str, model.Term]
    sides: Mapping[model.Side, model.SideFile]
    items: Mapping[str, model.Item]
    extras: Extras
    broken: frozenset[str]
    faulty: frozenset[str]
    unread: frozenset[str]
    lines: Mapping[str, SourceLines]

    @property
    def id(self) -> str:
        return self.head.kit

    @cached_property
    def passages(self) -> Mapping[str, model.Passage]:
        return {p.id: p for s in self.sources for p in s.passages}

    @cached_property
    def source_of(self) -> Mapping[str, model.Source]:
        """Passage id or source-check id → its source."""
        pairs = [(p.id, s) for s in self.sources for p in s.passages]
        return dict([*pairs, *((c.id, s) for s in self.sources for c in s.checks)])

    @cached_property
    def checks(self) -> Mapping[str, model.SourceCheck]:
        return {c.id: c for s in self.sources for c in s.checks}

    @cached_property
    def contentions(self) -> Mapping[str, model.Contention]:
        return {c.id: c for side in self.sides.values() for c in side.contentions}

    @cached_property
    def side_of(self) -> Mapping[str, model.Side]:
        """Contention id → the side that argues it."""
        return {c.id: side for side, f in self.sides.items() for c in f.contentions}

    @cached_property
    def rebuttals(self) -> Mapping[str, tuple[model.Rebuttal, ...]]:
        """Contention id → the other side's rebuttals, in the order written."""
        found: dict[str, tuple[model.Rebuttal, ...]] = {}
        for file in self.sides.values():
            for rebuttal in file.rebuttals:
                known = found.get(rebuttal.answers, ())
                found[rebuttal.answers] = (*known, rebuttal)
        return found

    @cached_property
    def passage_lines(self) -> Mapping[str, Lines]:
        """Passage id → its lines on the sheet of its source, where they are known."""
        found: dict[str, Lines] = {}
        for source in self.sources:
            if source.id in self.lines:
                found |= passage_lines(source, self.lines[source.id])
        return found

    def reading_lines(self, source_id: str, level: str) -> tuple[Lines, ...]:
        """The lines of each paragraph of a retelling; none where they are not known."""
        known = self.lines.get(source_id)
        return level_lines(known, level) if known else ()

    @property
    def measure(self) -> model.Measure | None:
        wanted = self.head.motion.measure
        return next((m for m in self.head.measures if m.id == wanted), None)

    def quotations(self) -> Iterator[Quotation]:
        """Every text of the kit that must stand verbatim in a source text."""
        for source in self.sources:
            for p in source.passages:
                at = p.origin.at("text")
                yield Quotation(f"passage:{p.id}", p, source, p.text, at)
            for c in source.checks:
                at = c.origin.at("says")
                yield Quotation(f"check:{c.id}", c, source, c.says, at)
