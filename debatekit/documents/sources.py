"""Source excerpts: what a source is, its quoted passages, and how to question it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from debatekit.documents.common import (
    Gloss,
    Head,
    glosses_in,
    head_for,
    reference_line,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.lines import Lines
from debatekit.quiz.passages import nested

# What begins a question, alone or as a further part of one ('…, and for what reader').
ASKING = re.compile(
    r"\?|, (?:and |or )?(?:(?:by|for|from|in|to) )?"
    r"(?:who|whose|what|which|where|when|why|how|does|did|is)\b"
)
MOST_LINES = 3
# The level's mark in the foot, for the teacher who sorts the copies.
MARKS = {"standard": "•", "plain": "◊"}


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
class Question:
    """``lines`` is the room to answer in: one for each thing that is asked."""

    kind: str
    text: str
    lines: int


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
    questions: tuple[Question, ...]


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
    paragraphs, so that one class can work on both with the same items; all that tells
    them apart is a mark in the foot.
    """
    name = "sources" if level == "standard" else "sources-plain"
    ordered = sorted(kit.sources, key=lambda source: source.letter)
    head = head_for(kit, name, "Sources", kit.head.title)
    if kit.extras.readings:
        head = replace(head, edition=f"{head.edition} {MARKS[level]}")
    return Sources(
        head=head,
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
        questions=tuple(
            Question(kind, text, _lines_for(text))
            for kind, group in (
                ("Sourcing", asked.sourcing),
                ("Context", asked.context),
                ("Close reading", asked.close_reading),
                ("Corroboration", asked.corroboration),
            )
            for text in group
        ),
    )


def _lines_for(question: str) -> int:
    return max(1, min(len(ASKING.findall(question)), MOST_LINES))


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
        return f"original ¶{at.paragraph}"
    where = f", {at.place}" if at.place else ""
    return f"comment {at.comment}, screen name {at.name}{where}"
