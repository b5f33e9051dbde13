"""term-to-meaning, meaning-to-term, word-left-out: the words of the glossary.

Stage: part of ``generate``. Two terms whose meanings name each other, or share much,
never stand in one item.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.chance import draw
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    item_id,
    nearest,
    passage_proof,
)
from debatekit.quiz.generate.nearness import forms_in, shared, stems

SHARED_MEANING = 3
PASSAGES_A_TERM = 2


def term_to_meaning(kit: Kit) -> Iterator[Generated]:
    """What does this term mean? Beside a passage that uses it, where there is one."""
    for term in kit.terms.values():
        used = _passages(kit, term)
        passage, form = used[-1] if used else (None, term.term)
        where = "As used in the passage" if passage else "In this debate"
        key = Answer(term.id, "So the glossary explains it.", text=term.meaning)
        wrong = [
            Answer(other.id, f"This is the meaning of '{other.term}'.", other.meaning)
            for other in _apart_from(kit, term)
        ]
        question = Question(
            kind="term-to-meaning",
            about=(term.id,),
            origin=term.origin,
            skill="word",
            stem=f"{where}, what does '{form}' mean?",
            proof=_proof(term, passage),
            reads=(passage,) if passage else (),
        )
        rank = _near(kit, term)
        made = choice(question, key, nearest(wrong, question.id, key, rank))
        if made:
            yield made


def meaning_to_term(kit: Kit) -> Iterator[Generated]:
    """Which term has this meaning? Not where the meaning holds a word of the term."""
    for term in kit.terms.values():
        if stems(term.term) & stems(term.meaning):
            continue
        key = Answer(term.id, "So the glossary explains it.", text=term.term)
        wrong = [
            Answer(other.id, f"'{other.term}' means this: {other.meaning}", other.term)
            for other in _apart_from(kit, term)
        ]
        question = Question(
            kind="meaning-to-term",
            about=(term.id,),
            origin=term.origin,
            skill="word",
            stem=f"{term.meaning} Which term has this meaning?",
            proof=_proof(term, None),
        )
        rank = _near(kit, term)
        made = choice(question, key, nearest(wrong, question.id, key, rank))
        if made:
            yield made


def _apart_from(kit: Kit, term: model.Term) -> Iterator[model.Term]:
    """The terms that cannot be taken for this one."""
    for other in kit.terms.values():
        if other is term:
            continue
        names = {form.casefold() for form in (term.term, *term.also)}
        named = any(
            forms_in(form, text)
            for one, text in ((term, other.meaning), (other, term.meaning))
            for form in (one.term, *one.also)
        )
        same = names & {form.casefold() for form in (other.term, *other.also)}
        if (
            not named
            and not same
            and shared(term.meaning, other.meaning) < SHARED_MEANING
        ):
            yield other


def _near(kit: Kit, term: model.Term) -> dict[str, int]:
    """Terms by how much their meaning has in common with this one's: most is least."""
    return {
        other.id: -min(shared(term.meaning, other.meaning), SHARED_MEANING)
        for other in kit.terms.values()
    }


def _proof(term: model.Term, passage: model.Passage | None) -> tuple[model.Proof, ...]:
    named = model.Proof(origin=term.origin, term=term.id)
    return (named, passage_proof(passage)) if passage else (named,)


def word_left_out(kit: Kit) -> Iterator[Generated]:
    """Find the word of the passage that has this meaning, and write it.

    Only where the term stands in the passage once, and no other term's meaning is near.
    """
    for term in kit.terms.values():
        if stems(term.term) & stems(term.meaning):
            continue
        apart = {other.id for other in _apart_from(kit, term)}
        free = [
            (passage, form)
            for passage, form in _passages(kit, term)
            if _others_in(kit, passage, term) <= apart
            and not any(forms_in(form, kit.checks[c].says) for c in passage.checks)
        ]
        for passage, form in free[:PASSAGES_A_TERM]:
            yield _cloze(term, passage, form)


def _others_in(kit: Kit, passage: model.Passage, term: model.Term) -> set[str]:
    """The other terms that stand in a passage, in any form."""
    return {
        other.id
        for other in kit.terms.values()
        if other is not term
        and any(forms_in(form, passage.text) for form in (other.term, *other.also))
    }


def _cloze(term: model.Term, passage: model.Passage, form: str) -> Generated:
    words = "word" if len(form.split()) == 1 else f"{len(form.split())} words"
    others = [
        one
        for one in _own_forms(term)
        if one != form and (one == term.term or stems(one) == stems(form))
    ]
    item = model.Item(
        origin=term.origin,
        id=item_id("word-left-out", term.id, passage.id),
        type="cloze",
        skill="word",
        reads=(passage.id,),
        stem=f"{term.meaning} Find the {words} of the passage with this meaning: ____",
        answers=(form, *others),
        why=f"'{term.term}' in the glossary: {term.meaning}",
        proof=_proof(term, passage),
    )
    return Generated("word-left-out", item)


def _passages(kit: Kit, term: model.Term) -> list[tuple[model.Passage, str]]:
    """The passages that hold this term once, with the form it has there, as drawn."""
    found = []
    for passage in kit.passages.values():
        standing = [form for form in _own_forms(term) if forms_in(form, passage.text)]
        once = [form for form in standing if forms_in(form, passage.text) == 1]
        if len(standing) == 1 and once:
            found.append((passage, standing[0]))
    return sorted(found, key=lambda pair: draw(0, term.id, pair[0].id))


def _own_forms(term: model.Term) -> list[str]:
    """The forms that mean what the term means: not those with a word more.

    'IP theft' is listed so that it is found, but it is not what 'IP' is.
    """
    forms = [term.term, *term.also]
    return [
        form
        for form in forms
        if not any(
            set(one.casefold().split()) < set(form.casefold().split()) for one in forms
        )
    ]
