"""One item of a session: its question, until an answer or something else is given.

Stage: part of ``terminal.quiz``: typed lines → one event. Each type of item has its own
question, in ``lettered`` or ``typed``.
"""

from __future__ import annotations

from debatekit.quiz.session import Event
from debatekit.terminal import lettered, typed
from debatekit.terminal.prompt import Prompt, Question


def ask(prompt: Prompt, asked: Question) -> Event | None:
    """Read lines until one of them does something; None means leave."""
    if asked.entry.guide is not None:
        return typed.written(prompt, asked, asked.entry.guide)
    match asked.item.type:
        case "true-false":
            return typed.true_false(prompt, asked)
        case "cloze":
            return typed.cloze(prompt, asked)
        case "multiple" | "matching" | "ordering":
            letters = lettered.in_a_row(prompt, asked)
        case _:
            letters = lettered.choice(prompt, asked)
    if not isinstance(letters, str):
        return letters
    prompt.ask_sure(asked)
    return asked.answered(letters, asked.entry.earned(letters))
