"""Items that are answered by letters: one a part, or several in a row.

Stage: part of ``terminal.ask``.
"""

from __future__ import annotations

import re

from debatekit.quiz.records import FormOption
from debatekit.quiz.session import Event
from debatekit.terminal import show
from debatekit.terminal.prompt import OTHER_KEYS, Prompt, Question


def choice(prompt: Prompt, asked: Question) -> str | Event | None:
    """The letter of an option, or of one in each part."""
    item, page = asked.item, prompt.page
    first: str | Event | None
    if item.second and asked.half.letter in [o.letter for o in item.options]:
        first = asked.half.letter
        page.say(f"You chose {first}.")
    else:
        first = _letter(prompt, asked, item.options)
    if item.second is None or not isinstance(first, str):
        return first
    prompt.keep(asked, first)
    asked.in_second = True
    page.say()
    page.say(f"Part B. {item.second.stem}")
    show.choices(page, item.second.options)
    second = _letter(prompt, asked, item.second.options)
    return first + second if isinstance(second, str) else second


def _letter(
    prompt: Prompt, asked: Question, options: tuple[FormOption, ...]
) -> str | Event | None:
    letters = [option.letter for option in options]
    numbers = {str(number): letter for number, letter in enumerate(letters, 1)}
    choices = f"{', '.join(letters[:-1])} or {letters[-1]}"

    def reading(line: str) -> str | None:
        letter = numbers.get(line, line.upper())
        return letter if letter in letters else None

    hint = f"Type {choices}; {OTHER_KEYS}"
    return prompt.until(asked, f"Your answer ({choices}): ", reading, hint)


def in_a_row(prompt: Prompt, asked: Question) -> str | Event | None:
    """Letters in a row: several right ones, one a number, or all in order."""
    item = asked.item
    letters = [option.letter for option in item.options]
    span = f"{letters[0]} to {letters[-1]}"
    count = len(asked.entry.letter)
    if item.type == "multiple":
        question = f"Your {count} letters ({span}): "
        hint = f"Type {count} different letters from {span}; {OTHER_KEYS}"
    elif item.type == "matching":
        question = f"The letters for 1 to {count} ({span}): "
        hint = (
            f"Type {count} different letters from {span}, "
            f"the first for 1 and so on; {OTHER_KEYS}"
        )
    else:
        question = f"All letters in order, first to last ({span}): "
        hint = f"Type each letter from {span} once, the first first; {OTHER_KEYS}"

    def reading(line: str) -> str | None:
        typed = re.sub(r"[\s,;.]+", "", line).upper()
        good = len(typed) == len(set(typed)) == count and set(typed) <= {*letters}
        if not good:
            return None
        return "".join(sorted(typed)) if item.type == "multiple" else typed

    return prompt.until(asked, question, reading, hint)
