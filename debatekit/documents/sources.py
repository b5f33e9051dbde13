"""Source excerpts: what a source is, its quoted passages, and how to question it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from debatekit.documents.common import (
    Gloss,
    Head,
    glosses_in,
    head_for,
    nested,
    reference_line,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.lines import Lines


@dataclass(frozen=True)
class Excerpt:
    """``label`` is what items and debaters call it by, e.g. D3."""

    label: str
    place: str
    context: str
    text: str
    notes: tuple[int, ...]
    lines: Lines | None


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph of our retelling, with the terms glossed beside it."""

    number: int
    text: str
    glosses: tuple[Gloss, ...]
    lines: Lines | None


@dataclass(frozen=True)
class CheckNote:
    number: int
    says: str
    fault: str
    record: str
    reference: str


@dataclass(frozen=True)
class SourceSheet:
    letter: str
    title: str
    kind: str
    line: str
    head_note: str
    trust: str
    focus: str
    reading: tuple[Paragraph, ...]
    excerpts: tuple[Excerpt, ...]
    checks: tuple[CheckNote, ...]
    glosses: tuple[Gloss, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sources:
    """``numbered`` says whether the lines have numbers to find them by."""

    head: Head
    motion: str
    numbered: bool
    sheets: tuple[SourceSheet, ...]


Level = Literal["standard", "plain"]


def sources(kit: Kit, level: Level = "standard") -> Sources:
    """A sheet a source, in the order of their letters.

    ``level`` chooses the retelling. Both levels hold the same quotations in the same
    paragraphs, so that one class can work on both with the same items; the level is
    not printed.
    """
    name = "sources" if level == "standard" else "sources-plain"
    ordered = sorted(kit.sources, key=lambda source: source.letter)
    return Sources(
        head=head_for(kit, name, "Sources", kit.head.title),
        motion=kit.head.motion.sentence,
        numbered=bool(kit.lines),
        sheets=tuple(_sheet(kit, source, level) for source in ordered),
    )


def _sheet(kit: Kit, source: model.Source, level: Level) -> SourceSheet:
    shown = [c for c in source.checks if any(c.id in p.checks for p in source.passages)]
    numbers = {check.id: number for number, check in enumerate(shown, start=1)}
    reading = _reading(kit, source, level)
    texts = [p.text for p in source.passages]
    asked = source.questions
    return SourceSheet(
        letter=source.letter,
        title=source.title,
        kind=source.kind,
        line=source_line(source),
        head_note=source.head_note,
        trust=source.trust,
        focus=source.focus,
        reading=reading,
        excerpts=tuple(
            Excerpt(
                label=f"{source.letter}{number}",
                place=_place(passage.at),
                context=passage.context,
                text=nested(passage.text),
                notes=tuple(numbers[check] for check in passage.checks),
                lines=kit.passage_lines.get(passage.id),
            )
            for number, passage in enumerate(source.passages, start=1)
        ),
        checks=tuple(
            CheckNote(
                number=numbers[check.id],
                says=nested(check.says),
                fault=check.fault,
                record=check.record,
                reference=reference_line(check.reference) if check.reference else "",
            )
            for check in shown
        ),
        glosses=_all_glosses(reading, glosses_in(kit, *texts)),
        questions=(
            ("Sourcing", asked.sourcing),
            ("Context", asked.context),
            ("Close reading", asked.close_reading),
            ("Corroboration", asked.corroboration),
        ),
    )


def _all_glosses(
    reading: tuple[Paragraph, ...], others: tuple[Gloss, ...]
) -> tuple[Gloss, ...]:
    """Those beside the text and those of the passages, once more in one list."""
    beside = {gloss for paragraph in reading for gloss in paragraph.glosses}
    return tuple(sorted({*beside, *others}, key=lambda gloss: gloss.term.casefold()))


def _reading(kit: Kit, source: model.Source, level: Level) -> tuple[Paragraph, ...]:
    reading = kit.extras.readings.get(source.id)
    if reading is None:
        return ()
    lines = kit.reading_lines(source.id, level)
    return tuple(
        Paragraph(
            number=number,
            text=paragraph.plain if level == "plain" else paragraph.standard,
            glosses=tuple(
                Gloss(kit.terms[term].term, kit.terms[term].meaning)
                for term in paragraph.terms
            ),
            lines=lines[number - 1] if lines else None,
        )
        for number, paragraph in enumerate(reading.paragraphs, start=1)
    )


def _place(at: model.Locator) -> str:
    if at.comment is None:
        return f"¶{at.paragraph}"
    where = f", {at.place}" if at.place else ""
    return f"comment {at.comment}, screen name {at.name}{where}"
