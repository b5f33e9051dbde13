"""What a practice session is about: a form with its key, drawn now or saved before.

Stage: between the forms of ``quiz`` and the terminal; a saved session is only resumed
on the items and options it was begun with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from debatekit.kit.kit import Kit
from debatekit.quiz.forms import blocks_of, form_of
from debatekit.quiz.orders import fits
from debatekit.quiz.records import AnswerKey, QuizForm
from debatekit.terminal.store import Saved


@dataclass(frozen=True)
class Practice:
    """What a session is about: the form, its key, and labels for the summary."""

    kit: Kit
    form: QuizForm
    key: AnswerKey
    skills: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        return self.kit.head.title

    @property
    def orders(self) -> dict[str, str]:
        return {entry.item: entry.order for entry in self.key.entries}


def practice(kit: Kit, form: QuizForm, key: AnswerKey) -> Practice:
    """A form of a kit, with the labels of its items."""
    items = [kit.items[item.id] for item in form.items]
    return Practice(
        kit=kit,
        form=form,
        key=key,
        skills={item.id: (item.skill,) for item in items},
        sides={
            item.id: tuple(dict.fromkeys(kit.passages[p].stance for p in item.reads))
            for item in items
        },
    )


def resumed(kit: Kit, saved: Saved) -> Practice | None:
    """The practice a saved session belongs to; None where the kit has changed so that
    its items or options are no longer the same."""
    items = [kit.items.get(item_id) for item_id in saved.orders]
    for item, order in zip(items, saved.orders.values(), strict=True):
        if item is None or not fits(item, order):
            return None
    known = [item for item in items if item is not None]
    form, key = form_of(kit, blocks_of(kit, known), saved.orders, "A", "", 0)
    if [item.id for item in form.items] != list(saved.orders):
        return None
    return practice(kit, form, key)
