"""The back of a card: who says it and why believe them, and the best answer to it.

Stage: documents. All of it stands in the kit already, in sources and rebuttals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from debatekit.documents.common import card_labels, evidence_of
from debatekit.kit import model
from debatekit.kit.kit import Kit

# A sentence ends where white space and a capital follow, but not after 'Mr.' or 'U.S.'.
_END = re.compile(r"(?<=[.!?])[”’')\]]*\s+(?=[“‘'(]?[A-Z0-9])")
_SHORT = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Inc|Co|Ltd|vs))\.$")


@dataclass(frozen=True)
class Back:
    """``reply`` is what the other side says against the contention, ``answer`` what
    this side says to that, ``reply_card`` the label of the card the reply stands on;
    each is empty where the kit has none."""

    who: str
    kind: str
    trust: str
    reply: str
    answer: str
    reply_card: str


def back_of(
    kit: Kit, side: model.Side, contention: model.Contention, evidence: model.Evidence
) -> Back:
    reply = next(iter(kit.rebuttals.get(contention.id, ())), None)
    who, kind, trust = _who(kit, evidence)
    return Back(
        who=who,
        kind=kind,
        trust=trust,
        reply=reply.text if reply else "",
        answer=reply.answer if reply else "",
        reply_card=_card_of(kit, side, reply) if reply else "",
    )


def first_sentence(text: str) -> str:
    """The first sentence of a text, with its marks."""
    for match in _END.finditer(text):
        head = text[: match.end()].rstrip()
        if not _SHORT.search(text[: match.start()]):
            return head
    return text


def _who(kit: Kit, evidence: model.Evidence) -> tuple[str, str, str]:
    """Who says it, what kind of source that is, and how far to trust it."""
    if evidence.passage is None:
        fact = kit.facts[evidence.fact or ""]
        note = f"; {fact.reference.note.rstrip('.')}" if fact.reference.note else ""
        trust = f"Held with {fact.confidence} confidence{note}."
        return fact.reference.issuer, "fact, in our words", trust
    source = kit.source_of[evidence.passage]
    passage = kit.passages[evidence.passage]
    trust = first_sentence(source.trust)
    if source.text.layout == "comments":
        # A comment's writer is nobody known, and no author answers for it.
        return f"{passage.at.name}, a reader", source.kind, trust
    name = source.author if source.author != "not known" else "Author not known"
    author = f"{name}, {source.author_is}" if source.author_is else name
    who = f"{passage.speaker}, quoted by {author}" if passage.speaker else author
    return who, source.kind, trust


def _card_of(kit: Kit, side: model.Side, reply: model.Rebuttal) -> str:
    """The first card of the other side that holds what a reply leans on."""
    labels = card_labels(kit)
    other: model.Side = "con" if side == "pro" else "pro"
    for support in reply.support:
        for _, evidence in evidence_of(kit, other):
            if (evidence.passage, evidence.fact) == (support.passage, support.fact):
                return labels[evidence.id]
    return ""
