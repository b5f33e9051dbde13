"""What every handout has: its head, and quotations ready to be set.

Stage: documents. A document is frozen data, already chosen, ordered and numbered, in
plain unescaped text; how it looks is for ``templates``. Nothing here knows HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit
from debatekit.quiz.passages import cite, nested

Audience = Literal["student", "teacher"]

SIDE_NAMES = {"pro": "PRO", "con": "CON"}


@dataclass(frozen=True)
class Head:
    """The furniture of a handout. ``code`` is a form code or empty."""

    handout: str
    label: str
    title: str
    audience: Audience
    language: str
    kit_title: str
    edition: str
    notice: str
    side: model.Side | None = None
    code: str = ""

    @property
    def pdf_title(self) -> str:
        return f"{self.label}: {self.title}"


def head_for(
    kit: Kit,
    handout: str,
    label: str,
    title: str,
    audience: Audience = "student",
    side: model.Side | None = None,
    code: str = "",
) -> Head:
    return Head(
        handout=handout,
        label=label,
        title=title,
        audience=audience,
        language=kit.head.language,
        kit_title=kit.head.title,
        edition=f"kit {kit.head.version}",
        notice=kit.head.notice,
        side=side,
        code=code,
    )


@dataclass(frozen=True)
class Quote:
    """Words on a handout with their attribution.

    ``quoted`` is false for a fact, which is our own statement of a public document.
    ``notes`` are the source checks that touch the words.
    """

    text: str
    cite: str
    kind: str
    quoted: bool
    notes: tuple[str, ...] = ()


def quote_of(kit: Kit, record: model.Evidence | model.Support) -> Quote:
    """The quotation or fact that a piece of evidence names."""
    if record.passage is not None:
        return passage_quote(kit, record.passage)
    return fact_quote(kit.facts[record.fact or ""])


def short_cite(kit: Kit, support: model.Support) -> str:
    """A few words that find the source again: letter and place, or issuer and year."""
    if support.passage is not None:
        at = kit.passages[support.passage].at
        place = f"comment {at.comment}" if at.comment else f"¶{at.paragraph}"
        lines = kit.passage_lines.get(support.passage)
        return f"Source {kit.source_of[support.passage].letter}, {lines or place}"
    reference = kit.facts[support.fact or ""].reference
    issuer = reference.issuer.partition(",")[0]
    year = reference.date[:4] if reference.date != "not known" else "undated"
    return f"{issuer}, {year}"


def passage_quote(kit: Kit, passage_id: str) -> Quote:
    passage = kit.passages[passage_id]
    notes = tuple(kit.checks[check].record for check in passage.checks)
    kind = kit.source_of[passage_id].kind
    line = f"{cite(kit, passage_id)}{before_the_measure(kit, passage_id)}"
    return Quote(nested(passage.text), line, kind, True, notes)


def before_the_measure(kit: Kit, passage_id: str) -> str:
    """A warning that words cannot be about the measure debated: they are older."""
    written = kit.source_of[passage_id].date
    measure = kit.measure
    if measure is None or "not known" in (written, measure.date):
        return ""
    # As exactly as both dates are known: 'May 2019' is not before 16 May 2019.
    known = min(len(written), len(measure.date))
    if written[:known] >= measure.date[:known]:
        return ""
    name = measure.name.removeprefix("The ")
    return f"; written before the {name}"


def fact_quote(fact: model.Fact) -> Quote:
    sure = "" if fact.confidence == "high" else f"; {fact.confidence} confidence"
    line = f"{reference_line(fact.reference)}{sure}"
    return Quote(fact.statement, line, "fact, in our words", False)


def reference_line(reference: model.Reference) -> str:
    """A public document: issuer, title, date."""
    date = "" if reference.date == "not known" else f", {long_date(reference.date)}"
    return f"{reference.issuer}, {reference.document}{date}"


@dataclass(frozen=True)
class Gloss:
    term: str
    meaning: str


def glosses_in(kit: Kit, *texts: str) -> tuple[Gloss, ...]:
    """The glossary terms that occur in the texts, in alphabetical order."""
    joined = " ".join(texts).casefold()
    found = [term for term in kit.terms.values() if _occurs(term, joined)]
    found.sort(key=lambda term: term.term.casefold())
    return tuple(Gloss(term.term, term.meaning) for term in found)


def _occurs(term: model.Term, text: str) -> bool:
    words = (term.term, *term.also)
    return any(
        re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text) for word in words
    )


def card_labels(kit: Kit) -> dict[str, str]:
    """Evidence id → what is printed on its card: P1, P2 … and C1, C2 …"""
    labels = {}
    for side in model.SIDES:
        for number, (_, evidence) in enumerate(evidence_of(kit, side), start=1):
            labels[evidence.id] = f"{side[0].upper()}{number}"
    return labels


def evidence_of(
    kit: Kit, side: model.Side
) -> Iterator[tuple[model.Contention, model.Evidence]]:
    """A side's evidence in the order of its contentions."""
    if side in kit.sides:
        for contention in kit.sides[side].contentions:
            for evidence in contention.evidence:
                yield contention, evidence


def source_line(source: model.Source) -> str:
    """The full source line: creator, title, publication, date."""
    who = source.author
    if who == "not known":
        who = "Author not known"
    if source.author_is:
        who = f"{who} ({source.author_is})"
    where = source.publication
    if where == "not known":
        where = "publication not known"
    when = long_date(source.date)
    if source.date_note:
        when = f"{when} ({source.date_note.rstrip('.')})"
    return f"{who}. “{nested(source.title)}”. {where}, {when}."
