"""Argument cards: tag, cite, body, and the words to read aloud marked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from debatekit.documents.backs import Back, back_of
from debatekit.documents.common import (
    SIDE_NAMES,
    Head,
    Quote,
    card_labels,
    evidence_of,
    head_for,
    quote_of,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.quotes import find, word_count
from debatekit.quiz.passages import nested

# School speaking speed; Verbatim counts 250 for trained speakers (debate guide, 4.5).
WORDS_A_MINUTE = 150

CardMode = Literal["fronts", "fold", "long-edge", "short-edge", "fronts-then-backs"]
CardSize = Literal["quarter", "3x5", "4x6", "a6", "a7", "eighth"]


@dataclass(frozen=True)
class Printing:
    """How cards are to be printed and cut. ``back_offset`` moves the backs to the
    right and down, in mm, for a printer that is out by as much."""

    mode: CardMode = "fronts"
    size: CardSize = "quarter"
    back_offset: tuple[float, float] = (0.0, 0.0)

    @property
    def two_sided(self) -> bool:
        return self.mode not in ("fronts", "fold")


@dataclass(frozen=True)
class Run:
    """A stretch of a card's body, to be read aloud or not."""

    text: str
    aloud: bool


@dataclass(frozen=True)
class Card:
    label: str
    side: model.Side
    side_name: str
    contention: int
    contention_id: str
    claim: str
    tag: str
    body: tuple[Run, ...]
    quote: Quote
    who: str
    seconds: int
    back: Back


@dataclass(frozen=True)
class Cards:
    head: Head
    motion: str
    cards: tuple[Card, ...]
    printing: Printing = Printing()


def cards(kit: Kit) -> Cards:
    """Every card of both sides, in the order of the contentions."""
    return Cards(
        head=head_for(kit, "cards", "Cards", kit.head.title),
        motion=kit.head.motion.sentence,
        cards=tuple(card for side in model.SIDES for card in side_cards(kit, side)),
    )


def side_cards(kit: Kit, side: model.Side) -> tuple[Card, ...]:
    labels = card_labels(kit)
    numbers = {c.id: n for n, c in enumerate(kit.sides[side].contentions, start=1)}
    return tuple(
        _card(kit, side, numbers[contention.id], contention, evidence, labels)
        for contention, evidence in evidence_of(kit, side)
    )


def _card(
    kit: Kit,
    side: model.Side,
    number: int,
    contention: model.Contention,
    evidence: model.Evidence,
    labels: dict[str, str],
) -> Card:
    quote = quote_of(kit, evidence)
    body = read_aloud(quote.text, tuple(nested(words) for words in evidence.read))
    spoken = [evidence.tag, *(run.text for run in body if run.aloud)]
    return Card(
        label=labels[evidence.id],
        side=side,
        side_name=SIDE_NAMES[side],
        contention=number,
        contention_id=contention.id,
        claim=contention.claim,
        tag=evidence.tag,
        body=body,
        quote=quote,
        who=_who(kit, evidence),
        seconds=seconds(" ".join(spoken)),
        back=back_of(kit, side, contention, evidence),
    )


def read_aloud(text: str, read: tuple[str, ...]) -> tuple[Run, ...]:
    """The body cut into runs; without marked words all of it is read aloud."""
    if not read:
        return (Run(text, True),)
    runs: list[Run] = []
    start = 0
    for words in read:
        spans = find(words, text[start:])
        if spans is None:
            continue
        at, end = start + spans[0][0], start + spans[-1][1]
        if at > start:
            runs.append(Run(text[start:at], False))
        runs.append(Run(text[at:end], True))
        start = end
    if start < len(text):
        runs.append(Run(text[start:], False))
    return tuple(runs)


def seconds(text: str) -> int:
    """Time to say a text at school speed, rounded up to a whole second."""
    return -(-word_count(re.sub(r"[—–]", " ", text)) * 60 // WORDS_A_MINUTE)


def _who(kit: Kit, evidence: model.Evidence) -> str:
    """Who is speaking and why believe them: the cite's qualification."""
    if evidence.passage is None:
        return ""
    source = kit.source_of[evidence.passage]
    # A reader comment's cite says 'identity and expertise not verified' already.
    return "" if source.text.layout == "comments" else source.author_is
