"""How much of every source a kit quotes, and where that is more than its limit.

Stage: part of ``quotes``; counts from the lock's spans, so it needs no texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.kit import Kit, Quotation
from debatekit.kit.problems import Problem, error
from debatekit.kit.quotes.folding import Span, pieces
from debatekit.kit.quotes.lock import Lock, words_sha256


@dataclass(frozen=True)
class Use:
    """How much of a source the kit quotes. Words counted once where quotes overlap."""

    source: model.Source
    quoted: int
    words: int

    @property
    def percent(self) -> float:
        return 100 * self.quoted / self.words if self.words else 0.0

    @property
    def over(self) -> bool:
        return self.percent > self.source.quotation_limit


def usage(kit: Kit, lock: Lock | None) -> tuple[Use, ...]:
    """The quotation table, from the lock's spans; empty without a lock."""
    if lock is None:
        return ()
    rows = []
    for source in kit.sources:
        text = lock.texts.get(source.id)
        if text is None:
            continue
        quotes = [q for q in kit.quotations() if q.source is source]
        rows.append(Use(source, _words_once(quotes, lock), text.words))
    return tuple(rows)


def _words_once(quotes: Iterable[Quotation], lock: Lock) -> int:
    """Words under the union of spans; a span's share of its words by its length."""
    marked: list[tuple[Span, int]] = []
    for quote in quotes:
        entry = lock.quotes.get(quote.name)
        if entry is None or entry.sha256 != words_sha256(quote.text):
            continue  # its spans are those of other words
        parts = pieces(quote.text)
        for span, part in zip(entry.spans, parts, strict=False):
            marked.append((span, len(part.split())))
    total = 0.0
    covered = -1
    # The longer of two that begin together first: what lies inside adds nothing.
    for (start, end), words in sorted(marked, key=lambda m: (m[0][0], -m[0][1])):
        fresh = end - max(start, covered)
        if fresh > 0:
            total += words * fresh / (end - start)
        covered = max(covered, end)
    return round(total)


def over_limit(uses: Iterable[Use]) -> list[Problem]:
    return [
        error(
            use.source.origin.at("id"),
            "quote-limit",
            f'the kit quotes {use.percent:.1f} % of source "{use.source.id}" '
            f"({use.quoted} of {use.words} words); "
            f"the limit is {use.source.quotation_limit} %",
            "quote less of it, or leave passages out",
        )
        for use in uses
        if use.over
    ]
