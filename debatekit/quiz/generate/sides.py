"""which-side: which side of the debate can use these words?

Stage: part of ``generate``. The answer is the passage's stance. A mixed passage is
refused, and so is one whose stance and use in the cases do not agree.
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
    passage_proof,
)
from debatekit.quiz.generate.uses import map_of

TEXTS: dict[model.Stance, str] = {
    "pro": "PRO, as a reason for the motion",
    "con": "CON, as a reason against the motion",
    "neutral": "Neither, since they give no reason",
}
GIVES: dict[model.Stance, str] = {
    "pro": "a reason for it, whether or not the writer would vote for the motion",
    "con": "a reason against it, or against the way it was pursued",
    "neutral": "no reason for either side: they report or describe",
}


def which_side(kit: Kit) -> Iterator[Generated]:
    """One item a passage that is pro, con or neutral."""
    found = map_of(kit)
    for passage in kit.passages.values():
        fits = found.sides_of(passage.id) <= {passage.stance}
        if passage.stance == "mixed" or not fits:
            continue
        question = Question(
            kind="which-side",
            about=(passage.id,),
            origin=passage.origin,
            skill="position",
            stem="Which side of the debate can best use these words, by themselves?",
            proof=(passage_proof(passage),),
            reads=(passage,),
        )
        answers = {stance: _answer(passage, stance) for stance in TEXTS}
        key = answers.pop(passage.stance)
        made = choice(question, key, list(answers.values()))
        if made:
            yield made


def _answer(passage: model.Passage, stance: model.Stance) -> Answer:
    given = GIVES[passage.stance]
    why = f"The words give somebody who judges the motion {given}."
    if stance != passage.stance:
        why = f"No: the words give somebody who judges the motion {given}."
    turned = {stance, passage.stance} == {"pro", "con"}
    return Answer(
        id=stance,
        text=TEXTS[stance],
        why=why,
        mistake="other-side" if turned else "misread",
    )
