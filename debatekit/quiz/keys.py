"""What the answer key says of an item: the right response, why, and what proves it.

Stage: part of ``forms``, which hands over the order an item is printed in.
"""

from __future__ import annotations

from collections.abc import Sequence

from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit
from debatekit.quiz import orders
from debatekit.quiz.passages import cite
from debatekit.quiz.records import (
    OPTION_LETTERS,
    KeyEntry,
    KeyGuide,
    KeyOption,
    KeyPart,
    KeyProof,
)


def key_entry(kit: Kit, item: model.Item, order: str, number: int) -> KeyEntry:
    """The key of one item of a form."""
    right = orders.response(item, order)
    second = None
    if item.evidence is not None:
        letters = order.split("/")[1]
        second = KeyPart(right[1:], _of_options(item.evidence, letters))
        right = right[:1]
    guide = None
    if item.guide is not None:
        guide = KeyGuide(item.guide.full, item.guide.part, item.guide.none, item.sample)
    return KeyEntry(
        number=number,
        item=item.id,
        type=item.type,
        skill=item.skill,
        letter=right,
        options=_options(item, order),
        second=second,
        guide=guide,
        proofs=tuple(_proof(kit, proof) for proof in item.proof),
        points=item.points,
        order=order,
        answers=item.answers,
        correction=item.correction,
        why=item.why,
    )


def _options(item: model.Item, order: str) -> tuple[KeyOption, ...]:
    """What is said of whatever has a letter."""
    if item.type == "matching":
        pairs = [(True, pair.why) for pair in item.pairs]
        extra = [(False, text.why) for text in item.extra]
        return _of_texts([*pairs, *extra], order.split("/")[1])
    if item.type == "ordering":
        return _of_texts([(True, step.why) for step in item.steps], order)
    if not item.parts:
        return ()
    return _of_options(item.parts[0], order.partition("/")[0])


def _of_texts(told: Sequence[tuple[bool, str]], order: str) -> tuple[KeyOption, ...]:
    return tuple(
        KeyOption(OPTION_LETTERS[place], *told[orders.COUNTED.index(author)], None)
        for place, author in enumerate(order)
    )


def _of_options(part: model.Part, order: str) -> tuple[KeyOption, ...]:
    return tuple(
        KeyOption(
            letter=OPTION_LETTERS[place],
            right=author in part.right,
            why=part.options[author].why,
            mistake=part.options[author].mistake,
        )
        for place, author in enumerate(order)
    )


def _proof(kit: Kit, proof: model.Proof) -> KeyProof:
    if proof.passage is not None:
        return KeyProof(proof.words, cite(kit, proof.passage, proof.words), True)
    if proof.source is not None:
        source = next(s for s in kit.sources if s.id == proof.source)
        return KeyProof(proof.words, f"about Source {source.letter}", False)
    return KeyProof(*_own_words(kit, proof), False)


def _own_words(kit: Kit, proof: model.Proof) -> tuple[str, str]:
    """What a thing of the kit says, and where to find it."""
    if proof.check is not None:
        letter = kit.source_of[proof.check].letter
        return kit.checks[proof.check].record, f"source check, Source {letter}"
    if proof.fact is not None:
        fact = kit.facts[proof.fact]
        return fact.statement, _issued(fact.reference)
    if proof.term is not None:
        term = kit.terms[proof.term]
        return f"{term.term}: {term.meaning}", "glossary"
    if proof.event is not None:
        event = kit.extras.events[proof.event]
        return event.event, f"{long_date(event.date)}; {_issued(event.reference)}"
    if proof.measure is not None:
        measure = next(m for m in kit.head.measures if m.id == proof.measure)
        return measure.what, measure.name
    if proof.contention is not None:
        contention = kit.contentions[proof.contention]
        side = kit.side_of[contention.id]
        number = [c.id for c in kit.sides[side].contentions].index(contention.id) + 1
        return contention.claim, f"{side.upper()} contention {number}"
    side, rebuttal = next(
        (side, rebuttal)
        for side, file in kit.sides.items()
        for rebuttal in file.rebuttals
        if rebuttal.id == proof.rebuttal
    )
    return rebuttal.text, f"{side.upper()} reply"


def _issued(reference: model.Reference) -> str:
    return f"{reference.issuer}, {reference.document}"
