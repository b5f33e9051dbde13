"""The brief: one side's case, the replies it will meet and what to answer."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import (
    SIDE_NAMES,
    Gloss,
    Head,
    Quote,
    card_labels,
    head_for,
    quote_of,
    reference_line,
    short_cite,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit


@dataclass(frozen=True)
class BriefEvidence:
    card: str
    tag: str
    quote: Quote


@dataclass(frozen=True)
class Exchange:
    """What the other side will say, what it leans on, and what to answer."""

    they_say: str
    support: tuple[str, ...]
    you_answer: str


@dataclass(frozen=True)
class BriefContention:
    number: int
    claim: str
    warrant: str
    support: tuple[str, ...]
    evidence: tuple[BriefEvidence, ...]
    impact: str
    exchanges: tuple[Exchange, ...]
    weak_point: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A public document that the brief leans on, and where to look for it."""

    line: str
    note: str
    url: str


@dataclass(frozen=True)
class Brief:
    head: Head
    side_name: str
    motion: str
    measure: str
    measure_text: str
    info: str
    definitions: tuple[Gloss, ...]
    both_accept: tuple[str, ...]
    norms: tuple[str, ...]
    contentions: tuple[BriefContention, ...]
    sources: tuple[str, ...]
    documents: tuple[Document, ...]


def brief(kit: Kit, side: model.Side) -> Brief:
    """The brief of one side, contentions in the order written."""
    motion = kit.head.motion
    measure = kit.measure
    labels = card_labels(kit)
    name = SIDE_NAMES[side]
    return Brief(
        head=head_for(
            kit, f"brief-{side}", f"Brief · {name}", motion.sentence, side=side
        ),
        side_name=name,
        motion=motion.sentence,
        measure=measure.name if measure else "",
        measure_text=measure.what if measure else "",
        info=motion.info,
        definitions=tuple(
            Gloss(kit.terms[term].term, kit.terms[term].meaning)
            for term in motion.definitions
        ),
        both_accept=kit.head.both_accept,
        norms=kit.head.norms,
        contentions=tuple(
            _contention(kit, contention, number, labels)
            for number, contention in enumerate(kit.sides[side].contentions, start=1)
        ),
        sources=tuple(
            f"Source {s.letter}: {source_line(s)}"
            for s in sorted(kit.sources, key=lambda s: s.letter)
        ),
        documents=_documents(kit, side),
    )


def _documents(kit: Kit, side: model.Side) -> tuple[Document, ...]:
    """Every document behind a fact in this brief, in the order of the short cites."""
    found: dict[str, list[model.Reference]] = {}
    for contention in kit.sides[side].contentions:
        against = kit.rebuttals.get(contention.id, ())
        support = [*contention.support, *(s for r in against for s in r.support)]
        grounds: list[model.Evidence | model.Support] = [*contention.evidence, *support]
        for ground in grounds:
            if ground.fact is not None:
                fact = kit.facts[ground.fact]
                line = reference_line(fact.reference)
                found.setdefault(line, []).append(fact.reference)
    return tuple(_document(line, found[line]) for line in sorted(found, key=_as_read))


def _as_read(line: str) -> tuple[str, str]:
    return line.casefold(), line


def _document(line: str, references: list[model.Reference]) -> Document:
    """One document; where facts read it in different places, all of these."""
    notes = dict.fromkeys(r.note for r in references if r.note)
    return Document(line, "; ".join(notes), references[0].url)


def _contention(
    kit: Kit, contention: model.Contention, number: int, labels: dict[str, str]
) -> BriefContention:
    return BriefContention(
        number=number,
        claim=contention.claim,
        warrant=contention.warrant,
        support=tuple(short_cite(kit, support) for support in contention.support),
        evidence=tuple(
            BriefEvidence(labels[e.id], e.tag, quote_of(kit, e))
            for e in contention.evidence
        ),
        impact=contention.impact,
        exchanges=tuple(
            Exchange(r.text, _support(kit, r), r.answer)
            for r in kit.rebuttals.get(contention.id, ())
        ),
        weak_point=contention.weak_point,
        questions=contention.questions,
    )


def _support(kit: Kit, rebuttal: model.Rebuttal) -> tuple[str, ...]:
    return tuple(short_cite(kit, support) for support in rebuttal.support)
