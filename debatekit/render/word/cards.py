"""Argument cards in Word: side, contention and card as hat, block and tag.

Stage: one document → a sheet. Tag, cite and body are exactly three paragraphs, with
nothing between them: by that Verbatim and its kin know a card. What the printed card
has above its tag therefore stands below the body.
"""

from __future__ import annotations

from itertools import groupby

from debatekit.documents.cards import Card, Cards
from debatekit.render.word.looks import KIND
from debatekit.render.word.sheet import Sheet, Words, aloud, cited, strong


def write_cards(sheet: Sheet, doc: Cards) -> None:
    sheet.heading(1, doc.head.title, ": argument cards")
    sheet.line("Lead", doc.motion)
    for side, cards in groupby(doc.cards, key=lambda card: card.side_name):
        sheet.heading(2, side)
        for _, ours in groupby(cards, key=lambda card: card.contention):
            group = list(ours)
            sheet.heading(3, f"{side} {group[0].contention}: ", group[0].claim)
            for card in group:
                _card(sheet, card)
                if doc.printing.mode != "fronts":
                    _back(sheet, card)


def _card(sheet: Sheet, card: Card) -> None:
    with sheet.kept():
        sheet.heading(4, card.tag)
        who = f"; {card.who} " if card.who else " "
        kind = Words(card.quote.kind, KIND)
        sheet.line("Cite line", cited(card.quote.cite), who, kind)
        if card.quote.quoted:
            body = (
                aloud(run.text) if run.aloud else Words(run.text, "")
                for run in card.body
            )
            sheet.line("Quotation", Words("“", ""), *body, Words("”", ""))
        else:
            sheet.line("Fact", card.quote.text)
        sheet.checks(card.quote.notes)
        label = f"{card.side_name} · {card.label} · read aloud: {card.seconds} s"
        sheet.line("Read aloud", label)


def _back(sheet: Sheet, card: Card) -> None:
    back = card.back
    with sheet.kept():
        sheet.line("Label", "Who says it, and why believe them?")
        sheet.line("Normal", strong(back.who), " ", Words(back.kind, KIND))
        sheet.line("Normal", back.trust)
        sheet.line("Label", "Say the link yourself")
        holds = f"So {card.side_name} {card.contention} holds, because …"
        sheet.line("Normal", f"This evidence shows that … {holds}")
        if back.reply:
            theirs = f" (Their card: {back.reply_card})" if back.reply_card else ""
            sheet.line("Label", "Best answer")
            says = strong("They will say:")
            sheet.line("Normal", says, " ", back.reply, strong(theirs))
            sheet.line("Normal", strong("You answer:"), " ", back.answer)
