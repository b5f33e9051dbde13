"""The balance sheet: how fair a kit is, for teachers, families and heads of school.

Stage: documents. Counts of both sides, how much is quoted, what the sources get wrong,
how the comments were coded, and the kit's own statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from debatekit.documents.common import Head, head_for, reference_line
from debatekit.kit import model
from debatekit.kit.balance import balance, rows
from debatekit.kit.kit import Kit
from debatekit.kit.quotes.usage import Use
from debatekit.quiz.passages import nested

STANCES: tuple[model.Stance, ...] = ("pro", "con", "mixed", "neutral")


@dataclass(frozen=True)
class CountRow:
    label: str
    pro: str
    con: str


@dataclass(frozen=True)
class QuotationRow:
    letter: str
    title: str
    quoted: int
    words: int
    percent: str
    limit: int


@dataclass(frozen=True)
class CheckLine:
    place: str
    says: str
    fault: str
    record: str
    reference: str


@dataclass(frozen=True)
class CheckedSource:
    letter: str
    title: str
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True)
class GroundRow:
    ground: str
    meaning: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Coding:
    """Comments of one source, counted by ground and stance."""

    source: str
    stances: tuple[str, ...]
    rows: tuple[GroundRow, ...]
    totals: tuple[int, ...]
    near_duplicates: int


@dataclass(frozen=True)
class Paragraph:
    heading: str
    text: str


@dataclass(frozen=True)
class BalanceSheet:
    """``quotations`` is empty where no lock says how long the texts are."""

    head: Head
    motion: str
    counts: tuple[CountRow, ...]
    mixed: int
    neutral: int
    quotations: tuple[QuotationRow, ...]
    checked: tuple[CheckedSource, ...]
    coding: Coding | None
    statement: tuple[Paragraph, ...]


def balance_sheet(kit: Kit, uses: Iterable[Use]) -> BalanceSheet:
    """All that a kit can say of its own fairness; ``uses`` is its quotation table."""
    found = balance(kit)
    return BalanceSheet(
        head=head_for(kit, "balance", "Balance sheet", kit.head.title, "teacher"),
        motion=kit.head.motion.sentence,
        counts=tuple(CountRow(*row) for row in rows(found)),
        mixed=found.mixed_passages,
        neutral=found.neutral_passages,
        quotations=tuple(
            _quotation(use) for use in sorted(uses, key=lambda u: u.source.letter)
        ),
        checked=tuple(
            CheckedSource(
                source.letter,
                nested(source.title),
                tuple(_check(check) for check in source.checks),
            )
            for source in sorted(kit.sources, key=lambda s: s.letter)
            if source.checks
        ),
        coding=_coding(kit),
        statement=tuple(Paragraph(s.heading, s.text) for s in kit.extras.fairness),
    )


def _quotation(use: Use) -> QuotationRow:
    return QuotationRow(
        letter=use.source.letter,
        title=nested(use.source.title),
        quoted=use.quoted,
        words=use.words,
        percent=f"{use.percent:.1f}",
        limit=use.source.quotation_limit,
    )


def _check(check: model.SourceCheck) -> CheckLine:
    at = check.at
    return CheckLine(
        place=f"comment {at.comment}" if at.comment else f"¶{at.paragraph}",
        says=nested(check.says),
        fault=check.fault,
        record=check.record,
        reference=reference_line(check.reference) if check.reference else "",
    )


def _coding(kit: Kit) -> Coding | None:
    coding = kit.extras.coding
    if coding is None:
        return None
    counts = Counter((c.ground, c.stance) for c in coding.comments)
    grounds = tuple(
        GroundRow(ground, meaning, tuple(counts[ground, s] for s in STANCES))
        for ground, meaning in coding.grounds.items()
    )
    stances = Counter(c.stance for c in coding.comments)
    letters = {source.id: source.letter for source in kit.sources}
    return Coding(
        source=f"Source {letters.get(coding.source, '')}".strip(),
        stances=STANCES,
        rows=grounds,
        totals=tuple(stances[s] for s in STANCES),
        near_duplicates=sum(c.near_duplicate_of is not None for c in coding.comments),
    )
