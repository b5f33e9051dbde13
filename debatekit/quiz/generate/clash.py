"""who-disagrees: which two voices disagree, and on which claim.

Stage: part of ``generate``. A rebuttal's passage stands against the passages of the
contention it answers, where one is PRO and the other CON and two voices speak.
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
    nearest,
    option_of,
    passage_proof,
)
from debatekit.quiz.generate.nearness import shared
from debatekit.quiz.generate.uses import Map, argued, map_of, other, voice_id

Pair = tuple[model.Rebuttal, model.Passage, model.Passage]


def who_disagrees(kit: Kit) -> Iterator[Generated]:
    """Two items a pair: which passage speaks against this one, and on what claim."""
    found = map_of(kit)
    for rebuttal, against, claimed in _pairs(kit):
        for made in (
            _on_what(found, rebuttal, against, claimed),
            _with_whom(found, rebuttal, against, claimed),
        ):
            if made:
                yield made


def _pairs(kit: Kit) -> Iterator[Pair]:
    """A reply's passage and a passage of what it answers, by two voices."""
    for side, file in kit.sides.items():
        for rebuttal in file.rebuttals:
            contention = kit.contentions[rebuttal.answers]
            for support in rebuttal.support:
                against = kit.passages.get(support.passage or "")
                for evidence in contention.evidence:
                    claimed = kit.passages.get(evidence.passage or "")
                    if against is None or claimed is None:
                        continue
                    opposed = (against.stance, claimed.stance) == (side, other(side))
                    if opposed and voice_id(kit, against) != voice_id(kit, claimed):
                        yield rebuttal, against, claimed


def _on_what(
    found: Map,
    rebuttal: model.Rebuttal,
    against: model.Passage,
    claimed: model.Passage,
) -> Generated | None:
    kit = found.kit
    contention = kit.contentions[rebuttal.answers]
    busy = found.contentions_of(against.id) | found.contentions_of(claimed.id)
    text = f"{against.text} {claimed.text} {rebuttal.text}"
    wrong = [
        Answer(
            one.id,
            "Neither passage is used on this claim by the cases.",
            text=one.claim,
        )
        for one in kit.sides[kit.side_of[contention.id]].contentions
        if one.id not in busy
        and shared(text, argued(one)) < shared(text, argued(contention))
    ]
    question = Question(
        kind="who-disagrees",
        about=("what", rebuttal.id, claimed.id),
        origin=rebuttal.origin,
        skill="corroborate",
        stem="The two passages pull in opposite directions. On which claim?",
        proof=(passage_proof(claimed), passage_proof(against)),
        reads=_in_order(kit, claimed, against),
    )
    why = f"One passage is evidence for it, the other against it: {rebuttal.text}"
    key = Answer(contention.id, why, text=contention.claim)
    return choice(question, key, nearest(wrong, question.id, key, {}))


def _with_whom(
    found: Map,
    rebuttal: model.Rebuttal,
    against: model.Passage,
    claimed: model.Passage,
) -> Generated | None:
    """The wrong answers are passages of the same side: they do not disagree with it."""
    kit = found.kit
    side = claimed.stance
    wrong = [
        option_of(
            passage, f"This passage is on the same side. {passage.context}", "misread"
        )
        for passage in kit.passages.values()
        if passage.stance == side
        and found.sides_of(passage.id) == {side}
        and voice_id(kit, passage) != voice_id(kit, claimed)
    ]
    contention = kit.contentions[rebuttal.answers]
    question = Question(
        kind="who-disagrees",
        about=("who", rebuttal.id, claimed.id),
        origin=rebuttal.origin,
        skill="corroborate",
        stem="Which other passage speaks against what this passage is used for? "
        f"The claim: {contention.claim}",
        proof=(passage_proof(against), passage_proof(claimed)),
        reads=(claimed,),
    )
    key = option_of(against, f"It stands in this reply: {rebuttal.text}", "misread")
    rank = {
        answer.id: int(
            kit.source_of[answer.id] is not kit.source_of[against.id],
        )
        for answer in wrong
    }
    return choice(question, key, nearest(wrong, question.id, key, rank))


def _in_order(kit: Kit, *passages: model.Passage) -> tuple[model.Passage, ...]:
    """Passages in the order of the kit, in which they are printed."""
    place = {passage: index for index, passage in enumerate(kit.passages)}
    return tuple(sorted(passages, key=lambda passage: place[passage.id]))
