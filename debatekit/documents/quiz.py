"""The printed quiz: a form as the student gets it. Made from data that has no key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from debatekit.documents.common import Head, head_for
from debatekit.kit.kit import Kit
from debatekit.quiz.passages import nested
from debatekit.quiz.records import FormBlock, FormOption, FormPassage, QuizForm


@dataclass(frozen=True)
class Quiz:
    """``fields``: how the names of its fields begin, empty where it has none."""

    head: Head
    motion: str
    form: str
    minutes: int
    points: int
    items: int
    how: str
    blocks: tuple[FormBlock, ...]
    fields: str = ""


def quiz(kit: Kit, form: QuizForm, fillable: bool = False) -> Quiz:
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
        how=_how(form),
        blocks=tuple(_set(block) for block in form.blocks),
        fields=form.code if fillable else "",
    )


def _how(form: QuizForm) -> str:
    """What to do, in a sentence or two that fit the items of this form."""
    types = {item.type for item in form.items}
    read = [bool(block.passages) for block in form.blocks]
    if types <= {"choice"}:
        mark = "mark one letter for each item"
    elif types <= {"choice", "two-part"}:
        mark = "mark one letter for each question"
    else:
        mark = "mark one letter, or do what the item says"
    if not any(read):
        return f"For each item, {mark}." if len(types) > 1 else f"{mark.capitalize()}."
    answer = "Answer from the passage, not from what you know or think."
    if not all(read):
        answer = "Where there is a passage, answer from it, not from what you know."
    lead = "Read each passage, then"
    if mark.endswith("says"):
        lead += " answer its items:"
    return f"{lead} {mark}. {answer}"


def _set(block: FormBlock) -> FormBlock:
    """The block with quotations set inside quotation marks."""
    passages = tuple(
        FormPassage(p.id, p.letter, nested(p.text), p.cite, p.context, p.notes)
        for p in block.passages
    )
    items = tuple(
        replace(
            item,
            options=_options(item.options),
            second=item.second
            and replace(item.second, options=_options(item.second.options)),
        )
        for item in block.items
    )
    return FormBlock(passages, items)


def _options(options: tuple[FormOption, ...]) -> tuple[FormOption, ...]:
    return tuple(replace(o, text=nested(o.text)) if o.quoted else o for o in options)
