"""One item of a practice session: read lines until one of them does something.

Stage: part of ``terminal.quiz``: typed lines → one event. Each type of item has its own
question and its own sentence on what can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from debatekit.quiz.answers import match
from debatekit.quiz.records import FormBlock, FormItem, FormOption, KeyEntry, KeyGuide
from debatekit.quiz.scoring import for_correction
from debatekit.quiz.session import Event, Session
from debatekit.terminal import show
from debatekit.terminal.page import Page
from debatekit.terminal.store import Store

HELP = """A letter (or its number) answers. Where several letters are asked for, type
them in a row, such as AB or A B. The other keys, each with Enter:
p  show the passage again
s  skip this item for now
<  go back to the item before
q  save and leave; the next start offers to resume
?  show this help
The words passage, skip, back, quit and help do the same."""

# Back has no letter of its own: B is an option of every item.
COMMANDS = {
    "p": "passage",
    "s": "skip",
    "<": "back",
    "q": "quit",
    "?": "help",
}
TRUTH = {"t": "T", "true": "T", "f": "F", "false": "F"}
OTHER_KEYS = "? shows the other keys."

# What a line says as an answer; None where it says nothing of the kind.
Reading = Callable[[str], str | None]


@dataclass(frozen=True)
class Question:
    """The item in front of the student, where it stands, and its key."""

    session: Session
    block: FormBlock
    item: FormItem
    entry: KeyEntry

    @property
    def draft(self) -> Event | None:
        return self.session.draft

    def answered(self, letters: str, points: int, text: str = "") -> Event:
        right = points == self.item.points
        return Event("answer", self.item.id, letters, right, points, text)


@dataclass(frozen=True)
class Ask:
    """Asks one student at one terminal."""

    page: Page
    read: TextIO
    store: Store

    def event(self, asked: Question) -> Event | None:
        """Read lines until one of them does something; None means leave."""
        if asked.entry.guide is not None:
            return self._written(asked, asked.entry.guide)
        match asked.item.type:
            case "true-false":
                return self._true_false(asked)
            case "cloze":
                return self._cloze(asked)
            case "multiple" | "matching" | "ordering":
                letters = self._letters(asked)
            case _:
                letters = self._choice(asked)
        if isinstance(letters, str):
            return asked.answered(letters, asked.entry.earned(letters))
        return letters

    def line(self, prompt: str) -> str | None:
        """One line as typed, without space around it; None at the end of input."""
        self.page.ask(prompt)
        line = self.read.readline()
        return line.strip() if line else None

    def _until(
        self, asked: Question, prompt: str, reading: Reading, hint: str = ""
    ) -> str | Event | None:
        """An answer, an event that leads away from the item, or None for leaving."""
        while True:
            line = self.line(prompt)
            if line is None:
                return None
            answer = reading(line)
            if answer is not None:
                return answer
            done, event = self._command(asked, line.lower())
            if done:
                return event
            if hint and not _is_command(line):
                self.page.say(hint)

    def _choice(self, asked: Question) -> str | Event | None:
        """The letter of an option, or of one in each part."""
        item, draft = asked.item, asked.draft
        first: str | Event | None
        if item.second and draft and draft.letter in [o.letter for o in item.options]:
            first = draft.letter
            self.page.say(f"You chose {first}.")
        else:
            first = self._letter(asked, item.options)
        if item.second is None or not isinstance(first, str):
            return first
        self.store.append(Event("draft", item.id, first))
        self.page.say()
        self.page.say(f"Part B. {item.second.stem}")
        show.choices(self.page, item.second.options)
        second = self._letter(asked, item.second.options)
        return first + second if isinstance(second, str) else second

    def _letter(
        self, asked: Question, options: tuple[FormOption, ...]
    ) -> str | Event | None:
        letters = [option.letter for option in options]
        numbers = {str(number): letter for number, letter in enumerate(letters, 1)}
        choices = f"{', '.join(letters[:-1])} or {letters[-1]}"

        def reading(line: str) -> str | None:
            letter = numbers.get(line, line.upper())
            return letter if letter in letters else None

        hint = f"Type {choices}; {OTHER_KEYS}"
        return self._until(asked, f"Your answer ({choices}): ", reading, hint)

    def _letters(self, asked: Question) -> str | Event | None:
        """Letters in a row: several right ones, one a number, or all in order."""
        item = asked.item
        letters = [option.letter for option in item.options]
        span = f"{letters[0]} to {letters[-1]}"
        count = len(asked.entry.letter)
        if item.type == "multiple":
            prompt = f"Your {count} letters ({span}): "
            hint = f"Type {count} different letters from {span}; {OTHER_KEYS}"
        elif item.type == "matching":
            prompt = f"The letters for 1 to {count} ({span}): "
            hint = (
                f"Type {count} different letters from {span}, "
                f"the first for 1 and so on; {OTHER_KEYS}"
            )
        else:
            prompt = f"All letters in order, first to last ({span}): "
            hint = f"Type each letter from {span} once, the first first; {OTHER_KEYS}"

        def reading(line: str) -> str | None:
            typed = re.sub(r"[\s,;.]+", "", line).upper()
            good = len(typed) == len(set(typed)) == count and set(typed) <= {*letters}
            if not good:
                return None
            return "".join(sorted(typed)) if item.type == "multiple" else typed

        return self._until(asked, prompt, reading, hint)

    def _true_false(self, asked: Question) -> Event | None:
        """T, or F with a correction: asked for whatever the statement is, so that the
        question gives nothing away."""
        item, entry, draft = asked.item, asked.entry, asked.draft
        if draft and draft.letter == "F":
            self.page.say("You said: false.")
            said: str | Event | None = "F"
        else:
            hint = f"Type T or F; {OTHER_KEYS}"
            prompt = "True or false (T or F): "
            said = self._until(asked, prompt, lambda x: TRUTH.get(x.lower()), hint)
        if not isinstance(said, str):
            return said
        if said == "T":
            return asked.answered("T", entry.earned("T"))
        words: str | Event | None
        if draft and draft.text:
            words = draft.text
            self.page.say(f"You wrote: {words}")
        else:
            self.store.append(Event("draft", item.id, "F"))
            words = self._until(asked, "Correct it, in one line: ", _words)
        if not isinstance(words, str):
            return words
        self.store.append(Event("draft", item.id, "F", text=words))
        corrected = False
        if entry.letter == "F":
            self.page.say()
            self.page.say(f"A right correction: {entry.correction}")
        if entry.letter == "F" and for_correction(item.points):
            judged = self._own_score("Is yours right (y or n): ", ("y", "n"))
            if judged is None:
                return None
            corrected = judged == "y"
        return asked.answered("F", entry.earned("F", corrected), words)

    def _cloze(self, asked: Question) -> Event | None:
        """Typed words; those near an answer are asked for once more."""
        item, accepted = asked.item, asked.entry.answers

        def reading(line: str) -> str | None:
            if not line:
                return ""
            # A gap may be filled by a word that is a command elsewhere.
            right = match(line, accepted) == "right"
            return line if right or not _is_command(line) else None

        typed: str | Event | None
        if asked.draft and asked.draft.text:
            typed = asked.draft.text
            self.page.say(f"You typed: {typed}")
        else:
            prompt = "What is missing (Enter alone skips): "
            typed = self._until(asked, prompt, reading)
        if isinstance(typed, str) and match(typed, accepted) == "near":
            self.store.append(Event("draft", item.id, text=typed))
            self.page.say("Close: check the spelling. Your next answer counts.")
            prompt = "Type it again (Enter alone skips): "
            typed = self._until(asked, prompt, reading)
        if not isinstance(typed, str):
            return typed
        if not typed:
            return Event("skip", item.id)
        return asked.answered("", asked.entry.earned(typed), typed)

    def _written(self, asked: Question, guide: KeyGuide) -> Event | None:
        """Take an answer in words, show the guide, and let the student score it."""
        item = asked.item
        words: str | Event | None
        if asked.draft and asked.draft.text:
            words = asked.draft.text
            self.page.say(f"You wrote: {words}")
        else:
            words = self._until(asked, "Your answer, in one line: ", _words)
            if not isinstance(words, str):
                return words
            self.store.append(Event("draft", item.id, text=words))
        self.page.say()
        self.page.say(f"A full answer: {guide.sample}")
        self.page.say(f"2 points: {guide.full}")
        self.page.say(f"1 point: {guide.part}")
        self.page.say(f"0 points: {guide.none}")
        score = self._own_score("Your points (2, 1 or 0): ", ("2", "1", "0"))
        if score is None:
            return None
        return asked.answered(score, int(score) * item.points // 2, words)

    def _own_score(self, prompt: str, allowed: tuple[str, ...]) -> str | None:
        """How a student scores their own words; None for leaving."""
        *most, last = allowed
        while True:
            line = self.line(prompt)
            typed = "quit" if line is None else line.lower()
            if COMMANDS.get(typed, typed) == "quit":
                return None
            if typed in allowed:
                return typed
            self.page.say(f"Type {', '.join(most)} or {last}; q leaves.")

    def _command(self, asked: Question, typed: str) -> tuple[bool, Event | None]:
        """Do what a command asks; (True, event) where the item is left by it."""
        match COMMANDS.get(typed, typed):
            case "quit":
                return True, None
            case "skip":
                return True, Event("skip", asked.item.id)
            case "back" if asked.session.place:
                return True, Event("back", asked.item.id)
            case "back":
                self.page.say("This is the first item.")
            case "passage" if asked.block.passages:
                show.passages(self.page, asked.block)
            case "passage":
                self.page.say("This item has no passage.")
            case "help":
                self.page.say(HELP)
        return False, None


def _is_command(line: str) -> bool:
    return COMMANDS.get(line.lower(), line.lower()) in COMMANDS.values()


def _words(line: str) -> str | None:
    return line if line and not _is_command(line) else None
