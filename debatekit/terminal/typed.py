"""Items that are answered in words: statements to correct, gaps, written answers.

Stage: part of ``terminal.ask``. In an exam nothing is asked back or shown: what only a
person can score waits for the end.
"""

from __future__ import annotations

from debatekit.quiz.answers import match
from debatekit.quiz.records import KeyGuide
from debatekit.quiz.scoring import for_correction
from debatekit.quiz.session import Event
from debatekit.terminal.prompt import OTHER_KEYS, Prompt, Question, is_command, words

TRUTH = {"t": "T", "true": "T", "f": "F", "false": "F"}


def true_false(prompt: Prompt, asked: Question) -> Event | None:
    """T, or F with a correction: asked for whatever the statement is, so that the
    question gives nothing away."""
    item, entry, half = asked.item, asked.entry, asked.half
    said: str | Event | None
    if half.letter == "F":
        prompt.page.say("You said: false.")
        said = "F"
    else:
        hint = f"Type T or F; {OTHER_KEYS}"
        question = "True or false (T or F): "
        said = prompt.until(asked, question, lambda x: TRUTH.get(x.lower()), hint)
    if not isinstance(said, str):
        return said
    if said == "T":
        prompt.ask_sure(asked)
        return asked.answered("T", entry.earned("T"))
    typed: str | Event | None
    if half.text:
        typed = half.text
        prompt.page.say(f"You wrote: {typed}")
    else:
        prompt.keep(asked, "F")
        typed = prompt.until(asked, "Correct it, in one line: ", words)
    if not isinstance(typed, str):
        return typed
    prompt.keep(asked, "F", typed)
    prompt.ask_sure(asked)
    to_score = entry.letter == "F" and bool(for_correction(item.points))
    if asked.exam:
        if to_score:
            return asked.to_score("F", typed)
        return asked.answered("F", entry.earned("F"), typed)
    corrected: str | None = "n"
    if to_score:
        prompt.page.say()
        prompt.page.say(f"A right correction: {entry.correction}")
        corrected = correction_score(prompt)
    if corrected is None:
        return None
    return asked.answered("F", entry.earned("F", corrected == "y"), typed)


def correction_score(prompt: Prompt) -> str | None:
    """Whether a correction is right, as the student judges it: y or n."""
    return prompt.own_score("Is yours right (y or n): ", ("y", "n"))


def cloze(prompt: Prompt, asked: Question) -> Event | None:
    """Typed words; those near an answer are asked for once more."""
    accepted = asked.entry.answers

    def reading(line: str) -> str | None:
        if not line:
            return ""
        # A gap may be filled by a word that is a command elsewhere.
        right = match(line, accepted) == "right"
        return line if right or not is_command(line) else None

    typed: str | Event | None
    if asked.half.text:
        typed = asked.half.text
        prompt.page.say(f"You typed: {typed}")
    else:
        question = "What is missing (Enter alone skips): "
        typed = prompt.until(asked, question, reading)
    near = isinstance(typed, str) and match(typed, accepted) == "near"
    if near and not asked.exam and isinstance(typed, str):
        prompt.keep(asked, text=typed)
        prompt.page.say("Close: check the spelling. Your next answer counts.")
        question = "Type it again (Enter alone skips): "
        typed = prompt.until(asked, question, reading)
    if not isinstance(typed, str):
        return typed
    if not typed:
        return asked.left("skip")
    prompt.ask_sure(asked)
    if near and asked.exam:
        return asked.to_score("", typed)
    return asked.answered("", asked.entry.earned(typed), typed)


def written(prompt: Prompt, asked: Question, guide: KeyGuide) -> Event | None:
    """Take an answer in words, show the guide, and let the student score it."""
    typed: str | Event | None
    if asked.half.text:
        typed = asked.half.text
        prompt.page.say(f"You wrote: {typed}")
    else:
        typed = prompt.until(asked, "Your answer, in one line: ", words)
        if not isinstance(typed, str):
            return typed
        prompt.keep(asked, text=typed)
    prompt.ask_sure(asked)
    if asked.exam:
        return asked.to_score("", typed)
    prompt.page.say()
    score = written_score(prompt, guide)
    if score is None:
        return None
    return asked.answered(score, int(score) * asked.item.points // 2, typed)


def written_score(prompt: Prompt, guide: KeyGuide) -> str | None:
    """What the student gives their own words, by the guide: 2, 1 or 0."""
    prompt.page.say(f"A full answer: {guide.sample}")
    prompt.page.say(f"2 points: {guide.full}")
    prompt.page.say(f"1 point: {guide.part}")
    prompt.page.say(f"0 points: {guide.none}")
    return prompt.own_score("Your points (2, 1 or 0): ", ("2", "1", "0"))
