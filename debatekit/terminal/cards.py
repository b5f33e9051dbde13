"""Argument cards as lines of text; what is read aloud stands in [brackets]."""

from __future__ import annotations

from collections.abc import Iterable

from debatekit.documents.cards import Card
from debatekit.terminal.page import Page


def show(page: Page, cards: Iterable[Card]) -> None:
    for card in cards:
        page.say(f"{card.label}  {card.side_name}  (read aloud: {card.seconds} s)")
        page.say(card.tag)
        who = f"; {card.who}" if card.who else ""
        page.say(f"{card.quote.cite}{who} ({card.quote.kind})", indent="  ")
        body = "".join(f"[{run.text}]" if run.aloud else run.text for run in card.body)
        page.say(f"“{body}”" if card.quote.quoted else card.quote.text, indent="  ")
        for note in card.quote.notes:
            page.say(f"Source check: {note}", indent="  ")
        page.say(f"Supports {card.side_name} {card.contention}: {card.claim}")
        page.say()
