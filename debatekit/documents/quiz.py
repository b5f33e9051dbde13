"""The printed quiz: a form as the student gets it. Made from data that has no key."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import Head, head_for, nested
from debatekit.kit.load import Kit
from debatekit.quiz.forms import FormBlock, FormItem, FormOption, FormPassage, QuizForm


@dataclass(frozen=True)
class Quiz:
    head: Head
    motion: str
    form: str
    minutes: int
    points: int
    items: int
    blocks: tuple[FormBlock, ...]


def quiz(kit: Kit, form: QuizForm) -> Quiz:
    """One form. Takes the form and the kit's head only: there is no key to leak."""
    return Quiz(
        head=head_for(
            kit,
            "quiz",
            f"Quiz · form {form.letter}",
            kit.head.title,
            code=form.code,
        ),
        motion=kit.head.motion.sentence,
        form=form.letter,
        minutes=form.minutes,
        points=form.points,
        items=len(form.items),
        blocks=tuple(_set(block) for block in form.blocks),
    )


def _set(block: FormBlock) -> FormBlock:
    """The block with quotations set inside quotation marks."""
    passages = tuple(
        FormPassage(p.id, p.letter, nested(p.text), p.cite, p.context, p.notes)
        for p in block.passages
    )
    items = tuple(
        FormItem(
            i.number,
            i.id,
            i.skill,
            i.stem,
            tuple(
                FormOption(o.letter, nested(o.text) if o.quoted else o.text, o.quoted)
                for o in i.options
            ),
            i.points,
        )
        for i in block.items
    )
    return FormBlock(passages, items)
