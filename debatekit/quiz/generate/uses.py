"""What the two cases do with each passage and each fact.

Stage: part of ``generate``: the map turned round, from evidence to argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.kit import Kit


@dataclass(frozen=True)
class Use:
    """A passage or fact put to use: by which side, and about which contention.

    ``evidence`` is None where a rebuttal leans on it; the contention is then the
    other side's, which it answers.
    """

    ground: str
    side: model.Side
    contention: model.Contention
    evidence: model.Evidence | None
    rebuttal: model.Rebuttal | None


def uses(kit: Kit) -> Iterator[Use]:
    """Every use of a passage or a fact in the two cases, in the order written."""
    for side, file in kit.sides.items():
        for contention in file.contentions:
            for evidence in contention.evidence:
                ground = evidence.passage or evidence.fact or ""
                yield Use(ground, side, contention, evidence, None)
        for rebuttal in file.rebuttals:
            answered = kit.contentions[rebuttal.answers]
            for support in rebuttal.support:
                ground = support.passage or support.fact or ""
                yield Use(ground, side, answered, None, rebuttal)


@dataclass(frozen=True)
class Map:
    """The uses of a kit, to be looked up."""

    kit: Kit
    all: tuple[Use, ...]

    def of(self, ground: str) -> tuple[Use, ...]:
        return tuple(use for use in self.all if use.ground == ground)

    def contentions_of(self, ground: str) -> frozenset[str]:
        """The contentions that a passage or fact has to do with, on either side."""
        return frozenset(use.contention.id for use in self.of(ground))

    def sides_of(self, ground: str) -> frozenset[model.Side]:
        return frozenset(use.side for use in self.of(ground))

    def evidence(self) -> Iterator[tuple[Use, model.Evidence]]:
        """The uses as evidence, not as support of a reply."""
        for use in self.all:
            if use.evidence is not None:
                yield use, use.evidence


def map_of(kit: Kit) -> Map:
    return Map(kit, tuple(uses(kit)))


def other(side: model.Side) -> model.Side:
    return "con" if side == "pro" else "pro"


def argued(contention: model.Contention) -> str:
    """A contention's whole argument, to compare with other texts."""
    return " ".join([contention.claim, contention.warrant, contention.impact])


def voice_id(kit: Kit, passage: model.Passage) -> str:
    """Who is speaking in a passage: two passages of one voice have the same.

    A reader is known by the screen name alone: one name may stand over two comments.
    """
    if passage.speaker:
        return f"speaker {passage.speaker.casefold()}"
    if passage.at.comment is not None:
        return f"reader {passage.at.name.casefold()}"
    source = kit.source_of[passage.id]
    if source.author != "not known":
        return f"author {source.author.casefold()}"
    return f"source {source.id}"
