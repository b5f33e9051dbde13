"""which-contention, which-passage, which-tag, which-reply: the two cases as a map.

Stage: part of ``generate``. Evidence is evidence for the contention it stands under. A
passage or fact may serve a second contention without the map saying so: a wrong answer
that shares as many words with the question as the right one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    first_sentence,
    nearest,
    option_of,
    passage_proof,
)
from debatekit.quiz.generate.nearness import shared
from debatekit.quiz.generate.uses import Map, Use, argued, map_of, other


def which_contention(kit: Kit) -> Iterator[Generated]:
    """Which contention is this evidence for? The student reads the passage, or, where
    the evidence is a fact, its tag."""
    found = map_of(kit)
    for use, evidence in found.evidence():
        passage = kit.passages.get(use.ground)
        ground = passage.text if passage else kit.facts[use.ground].statement
        side, tag = use.side.upper(), evidence.tag
        if _used_twice(found, use.ground):
            continue
        asked = "is this passage evidence for" if passage else "does this support"
        question = Question(
            kind="which-contention",
            about=(evidence.id,),
            origin=evidence.origin,
            skill="evidence",
            stem=f"{'' if passage else f'{tag} '}Which contention of {side} {asked}?",
            proof=(
                *((passage_proof(passage),) if passage else ()),
                _contention_proof(use.contention),
            ),
            reads=(passage,) if passage else (),
        )
        key = _claim(use.contention, f"{side} uses it here. {tag}")
        wrong = list(_other_claims(found, use, use.ground, f"{ground} {tag}"))
        made = choice(question, key, nearest(wrong, question.id, key, {}))
        if made:
            yield made


def _used_twice(found: Map, ground: str) -> bool:
    return len(found.contentions_of(ground)) > 1


def _other_claims(found: Map, use: Use, ground: str, text: str) -> Iterator[Answer]:
    """Claims of the same side that the passage or fact has nothing to do with."""
    closest = shared(text, argued(use.contention))
    for contention in found.kit.sides[use.side].contentions:
        if contention.id in found.contentions_of(ground):
            continue
        if shared(text, argued(contention)) < closest:
            why = f"This contention rests on other evidence. {_first_tag(contention)}"
            yield _claim(contention, why, "misread")


def _first_tag(contention: model.Contention) -> str:
    return f"Its first: {contention.evidence[0].tag}"


def _claim(
    contention: model.Contention, why: str, mistake: model.Mistake = "misread"
) -> Answer:
    return Answer(contention.id, why, text=contention.claim, mistake=mistake)


def _contention_proof(contention: model.Contention) -> model.Proof:
    return model.Proof(origin=contention.origin, contention=contention.id)


def which_passage(kit: Kit) -> Iterator[Generated]:
    """Which passage supports this claim? Every option is a passage, verbatim."""
    found = map_of(kit)
    for use, evidence in found.evidence():
        passage = kit.passages.get(evidence.passage or "")
        if passage is None or _used_twice(found, passage.id):
            continue
        side, contention = use.side.upper(), use.contention
        if passage.stance not in (use.side, "neutral"):
            continue
        question = Question(
            kind="which-passage",
            about=(evidence.id,),
            origin=evidence.origin,
            skill="evidence",
            stem=f"{side} claims: {contention.claim} Which passage supports it?",
            proof=(passage_proof(passage), _contention_proof(contention)),
        )
        key = option_of(
            passage, f"{side} uses these words here. {evidence.tag}", "misread"
        )
        wrong = list(_other_passages(found, use, passage))
        rank = {
            answer.id: 2 * (kit.passages[answer.id].stance != passage.stance)
            + (kit.source_of[answer.id] is not kit.source_of[passage.id])
            for answer in wrong
        }
        made = choice(question, key, nearest(wrong, question.id, key, rank))
        if made:
            yield made


def _other_passages(found: Map, use: Use, key: model.Passage) -> Iterator[Answer]:
    """Passages that serve another claim of this side, or only the other side.

    Not a passage of this side without a place in its case: it might fit this claim too.
    """
    case = argued(use.contention)
    for passage in found.kit.passages.values():
        placed = found.contentions_of(passage.id)
        if use.contention.id in placed or passage.stance == "mixed":
            continue
        if shared(passage.text, case) >= shared(key.text, case):
            continue
        if passage.stance == other(use.side) and use.side not in found.sides_of(
            passage.id
        ):
            why = f"These words serve {other(use.side).upper()}. {passage.context}"
            yield option_of(passage, why, "other-side")
        elif passage.stance == use.side and placed:
            why = f"These words support another claim. {passage.context}"
            yield option_of(passage, why, "misread")


def which_tag(kit: Kit) -> Iterator[Generated]:
    """Which tag line says what this passage bears out, and no more?"""
    found = map_of(kit)
    cards = [
        (use, evidence)
        for use, evidence in found.evidence()
        if evidence.passage in kit.passages
    ]
    for use, evidence in cards:
        passage = kit.passages[evidence.passage or ""]
        question = Question(
            kind="which-tag",
            about=(evidence.id,),
            origin=evidence.origin,
            skill="paraphrase",
            stem="A card needs a tag line. Which one fits this passage?",
            proof=(passage_proof(passage),),
            reads=(passage,),
        )
        why = "It says what the words bear out, and whose words they are."
        key = Answer(evidence.id, why, text=evidence.tag)
        wrong, rank = [], {}
        for that, evidence_of_it in cards:
            elsewhere = kit.passages[evidence_of_it.passage or ""]
            if elsewhere is passage:
                continue
            if shared(evidence_of_it.tag, passage.text) >= shared(
                evidence.tag, passage.text
            ):
                continue
            reason = f"This tag belongs to other words. {elsewhere.context}"
            wrong.append(
                Answer(
                    evidence_of_it.id,
                    reason,
                    text=evidence_of_it.tag,
                    mistake="other-source",
                )
            )
            kinds = {kit.source_of[p.id].kind for p in (passage, elsewhere)}
            rank[evidence_of_it.id] = (len(kinds) > 1) * 2 + (that.side != use.side)
        made = choice(question, key, nearest(wrong, question.id, key, rank))
        if made:
            yield made


def which_reply(kit: Kit) -> Iterator[Generated]:
    """Which reply answers this contention? The wrong ones answer others."""
    grounds = {
        r.id: {s.passage or s.fact for s in r.support}
        for file in kit.sides.values()
        for r in file.rebuttals
    }
    for side, file in kit.sides.items():
        for rebuttal in file.rebuttals:
            contention = kit.contentions[rebuttal.answers]
            question = Question(
                kind="which-reply",
                about=(rebuttal.id,),
                origin=rebuttal.origin,
                skill="evaluate",
                stem=f"{other(side).upper()} claims: {contention.claim} Which reply "
                "answers this claim?",
                proof=(
                    model.Proof(origin=rebuttal.origin, rebuttal=rebuttal.id),
                    _contention_proof(contention),
                ),
            )
            why = f"The whole reply: {rebuttal.text}"
            key = Answer(rebuttal.id, why, text=first_sentence(rebuttal.text))
            closest = shared(rebuttal.text, argued(contention))
            about = {e.passage or e.fact for e in contention.evidence}
            taken = about.union(
                *(grounds[r.id] for r in kit.rebuttals.get(contention.id, ()))
            )
            wrong = []
            for reply in file.rebuttals:
                if reply.answers == contention.id or grounds[reply.id] & taken:
                    continue
                if shared(first_sentence(reply.text), argued(contention)) >= closest:
                    continue
                answered = kit.contentions[reply.answers].claim
                reason = f"This reply answers another claim: {answered}"
                text = first_sentence(reply.text)
                wrong.append(Answer(reply.id, reason, text=text))
            made = choice(question, key, nearest(wrong, question.id, key, {}))
            if made:
                yield made
