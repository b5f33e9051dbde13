"""A brief in Word: the motion a pocket, a contention a hat, its parts blocks.

Stage: one document → a sheet. Every part has a heading of its own, unlike on paper: a
heading is what Word's navigation pane moves, and what ends a card in Verbatim.
"""

from __future__ import annotations

from debatekit.documents.brief import (
    Brief,
    BriefContention,
    BriefEvidence,
    Document,
    Exchange,
)
from debatekit.render.word.looks import KIND
from debatekit.render.word.sheet import Piece, Sheet, Words, cited, strong

BLANK = "_" * 12


def write_brief(sheet: Sheet, doc: Brief) -> None:
    sheet.heading(1, doc.motion)
    measure = f"The measure debated: {doc.measure}."
    sheet.line("Lead", strong(measure), " ", doc.measure_text)
    sheet.line("Normal", doc.info)
    update = f" By {BLANK} this had changed: {BLANK * 4}"
    sheet.line("Normal", strong("Update, by the teacher."), update)
    sheet.heading(2, "Both sides accept")
    with sheet.kept():
        sheet.bullets(doc.both_accept, "Accepted")
    if doc.definitions:
        sheet.heading(2, "Words to agree on")
        for gloss in doc.definitions:
            sheet.line("Gloss", strong(f"{gloss.term}:"), " ", gloss.meaning)
    for contention in doc.contentions:
        _contention(sheet, contention)
    if doc.norms:
        sheet.heading(2, "Ground rules")
        sheet.bullets(doc.norms)
    sheet.heading(2, "Sources")
    sheet.bullets(doc.sources)
    if doc.documents:
        sheet.heading(2, "Documents behind the facts")
        sheet.bullets(tuple(_document(document) for document in doc.documents))


def _contention(sheet: Sheet, contention: BriefContention) -> None:
    sheet.heading(2, f"{contention.number}. ", contention.claim)
    sheet.heading(3, "Why it would be true")
    sheet.line("Normal", contention.warrant)
    if contention.evidence:
        sheet.heading(3, "Evidence")
    for evidence in contention.evidence:
        _evidence(sheet, evidence)
    sheet.heading(3, "Why it matters")
    beside = "; ".join(contention.support)
    support = f" (Beside the cards: {beside})" if beside else ""
    sheet.line("Normal", contention.impact, support)
    if contention.exchanges:
        sheet.heading(3, "What they will say, what you answer")
        rows = [_exchange(exchange) for exchange in contention.exchanges]
        sheet.table(("They will say", "You answer"), rows)
    if contention.weak_point:
        sheet.heading(3, "Weakest point")
        sheet.line("Normal", contention.weak_point)
    if contention.questions:
        sheet.heading(3, "Ask them")
        sheet.bullets(contention.questions)


def _document(document: Document) -> str:
    note = f"; {document.note}" if document.note else ""
    url = f" {document.url}" if document.url else ""
    return f"{document.line}{note}.{url}"


def _evidence(sheet: Sheet, evidence: BriefEvidence) -> None:
    """A card as Verbatim has it: tag, cite and words, in exactly three paragraphs."""
    quote = evidence.quote
    with sheet.kept():
        sheet.heading(4, evidence.tag)
        kind = Words(quote.kind, KIND)
        sheet.line("Cite line", cited(quote.cite), " ", kind, f" card {evidence.card}")
        if quote.quoted:
            sheet.line("Quotation", Words(f"“{quote.text}”", ""))
        else:
            sheet.line("Fact", quote.text)
        sheet.checks(quote.notes)


def _exchange(exchange: Exchange) -> list[list[Piece]]:
    says: list[Piece] = [exchange.they_say]
    if exchange.support:
        says.append(f" ({'; '.join(exchange.support)})")
    return [says, [exchange.you_answer]]
