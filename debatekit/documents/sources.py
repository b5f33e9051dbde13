"""Source excerpts: what a source is, its quoted passages, and how to question it."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import (
    Gloss,
    Head,
    glosses_in,
    head_for,
    nested,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.load import Kit


@dataclass(frozen=True)
class Excerpt:
    """``label`` is what items and debaters call it by, e.g. D3."""

    label: str
    place: str
    context: str
    text: str
    notes: tuple[int, ...]


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
    excerpts: tuple[Excerpt, ...]
    checks: tuple[CheckNote, ...]
    glosses: tuple[Gloss, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sources:
    head: Head
    motion: str
    sheets: tuple[SourceSheet, ...]


def sources(kit: Kit) -> Sources:
    """A sheet a source, in the order of their letters."""
    ordered = sorted(kit.sources, key=lambda source: source.letter)
    return Sources(
        head=head_for(kit, "sources", "Sources", kit.head.title),
        motion=kit.head.motion.sentence,
        sheets=tuple(_sheet(kit, source) for source in ordered),
    )


def _sheet(kit: Kit, source: model.Source) -> SourceSheet:
    shown = [c for c in source.checks if any(c.id in p.checks for p in source.passages)]
    numbers = {check.id: number for number, check in enumerate(shown, start=1)}
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
        excerpts=tuple(
            Excerpt(
                label=f"{source.letter}{number}",
                place=_place(passage.at),
                context=passage.context,
                text=nested(passage.text),
                notes=tuple(numbers[check] for check in passage.checks),
            )
            for number, passage in enumerate(source.passages, start=1)
        ),
        checks=tuple(
            CheckNote(
                number=numbers[check.id],
                says=nested(check.says),
                fault=check.fault,
                record=check.record,
                reference=_reference(check.reference),
            )
            for check in shown
        ),
        glosses=glosses_in(kit, *texts),
        questions=(
            ("Sourcing", asked.sourcing),
            ("Context", asked.context),
            ("Close reading", asked.close_reading),
            ("Corroboration", asked.corroboration),
        ),
    )


def _place(at: model.Locator) -> str:
    if at.comment is None:
        return f"¶{at.paragraph}"
    where = f", {at.place}" if at.place else ""
    return f"comment {at.comment}, screen name {at.name}{where}"


def _reference(reference: model.Reference | None) -> str:
    if reference is None:
        return ""
    date = "" if reference.date == "not known" else f", {long_date(reference.date)}"
    return f"{reference.issuer}, {reference.document}{date}"
