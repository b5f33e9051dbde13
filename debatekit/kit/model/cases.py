"""facts.yaml, glossary.yaml, pro.yaml, con.yaml: what the two sides argue with."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from debatekit.kit.model.base import (
    Confidence,
    DateText,
    Id,
    Line,
    Prose,
    Record,
    Reference,
)


class Fact(Record, frozen=True, kw_only=True):
    """A statement in our words that a public document bears out.

    ``date`` is the day it is about, ``as_of`` how far it has been followed, and
    ``overtakes`` names passages that it came after and makes out of date.
    """

    id: Id
    statement: Prose
    reference: Reference
    date: DateText
    confidence: Confidence
    as_of: DateText | None = None
    overtakes: tuple[Id, ...] = ()


class Term(Record, frozen=True, kw_only=True):
    """A word of the glossary; ``also`` lists other forms found in the texts."""

    id: Id
    term: Line
    meaning: Prose
    also: tuple[Line, ...] = ()


class FactsFile(Record, frozen=True, kw_only=True):
    """facts.yaml"""

    facts: tuple[Fact, ...]


class GlossaryFile(Record, frozen=True, kw_only=True):
    """glossary.yaml"""

    terms: tuple[Term, ...]


class Evidence(Record, frozen=True, kw_only=True):
    """One piece of evidence: a debate card when it is printed.

    Exactly one of ``passage`` and ``fact``. ``tag`` is our claim about it and must
    not say more than it does; ``read`` holds the words to read aloud, verbatim.
    """

    id: Id
    tag: Prose
    passage: Id | None = None
    fact: Id | None = None
    read: tuple[Line, ...] = ()


class Weighing(Record, frozen=True, kw_only=True):
    """An impact weighed: how much, how likely, how soon, and can it be undone."""

    magnitude: Prose
    probability: Prose
    timeframe: Prose
    reversibility: Prose


class Support(Record, frozen=True, kw_only=True):
    """What our prose leans on: exactly one of a passage and a fact."""

    passage: Id | None = None
    fact: Id | None = None


class Contention(Record, frozen=True, kw_only=True):
    """An argument for one side: claim, warrant, evidence, impact.

    ``support`` is what its prose leans on beside the evidence.
    """

    id: Id
    claim: Prose
    warrant: Prose
    impact: Prose
    evidence: Annotated[tuple[Evidence, ...], Meta(min_length=1)]
    support: tuple[Support, ...] = ()
    weighing: Weighing | None = None
    weak_point: str = ""
    questions: tuple[Prose, ...] = ()


class Rebuttal(Record, frozen=True, kw_only=True):
    """This side's reply to a contention of the other, and the answer it will get."""

    id: Id
    answers: Id
    text: Prose
    answer: Prose
    support: tuple[Support, ...] = ()


class SideFile(Record, frozen=True, kw_only=True):
    """pro.yaml or con.yaml: one side's whole case."""

    contentions: Annotated[tuple[Contention, ...], Meta(min_length=1)]
    rebuttals: tuple[Rebuttal, ...] = ()
