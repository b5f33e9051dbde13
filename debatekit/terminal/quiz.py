"""A practice session in lines of text: ask, read a line, say why.

Stage: turns typed lines into the events of a ``quiz.session``; ``show`` draws it.
Streams, width and the store are passed in; no meaning is carried by colour or position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from debatekit.quiz.records import (
    FormBlock,
    FormItem,
    FormOption,
    FormPassage,
    KeyGuide,
    QuizForm,
)
from debatekit.quiz.session import Event, Session
from debatekit.terminal import show
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice
from debatekit.terminal.store import Saved, Store

HELP = """A letter (or its number) answers. The other keys, each with Enter:
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


@dataclass
class Terminal:
    """One student at one terminal."""

    page: Page
    read: TextIO
    store: Store

    def offer_resume(self, saved: Saved) -> bool | None:
        """Ask whether to go on with the session left; None to leave it for later."""
        done = len(saved.session.first_answers)
        total = len(saved.session.items)
        self.page.say(f"You left a session with {done} of {total} items answered.")
        while True:
            line = self._line("Go on with it? y or n: ")
            typed = "q" if line is None else line[:1].lower()
            if typed == "q":
                self.page.say()
                return None
            if typed in ("y", "n"):
                return typed == "y"
            self.page.say(
                "Type y to go on with it, n to start a new one, or q to leave it."
            )

    def run(self, what: Practice, session: Session) -> bool:
        """Ask until the session is done (True) or the student leaves (False)."""
        show.greeting(self.page, what, session)
        shown: tuple[FormPassage, ...] | None = None
        while (item_id := session.current) is not None:
            block, item = _find(what.form, item_id)
            shown = show.question(self.page, what, session, block, item, shown)
            event = self._event(what, session, block, item)
            if event is None:
                self.page.say()
                self.page.say("Saved. The next `debatekit quiz` offers to go on.")
                return False
            self.store.append(event)
            if event.kind == "skip":
                self._skipped(session, item)
            if event.kind == "back":
                shown = None
            if event.kind == "answer":
                show.feedback(self.page, what, item, event)
            session = session.after(event)
        show.summary(self.page, what, session)
        self.store.forget()
        return True

    def _event(
        self, what: Practice, session: Session, block: FormBlock, item: FormItem
    ) -> Event | None:
        """Read lines until one of them does something; None means leave."""
        entry = what.key[item.id]
        if entry.guide is not None:
            return self._written(session, block, item, entry.guide)
        first: str | Event | None
        draft = session.draft
        if item.second and draft and draft.letter in [o.letter for o in item.options]:
            first = draft.letter
            self.page.say(f"You chose {first}.")
        else:
            first = self._letter(session, block, item, item.options)
        if first is None or isinstance(first, Event):
            return first
        letters = first
        if item.second is not None:
            self.store.append(Event("draft", item.id, first))
            self.page.say()
            self.page.say(f"Part B. {item.second.stem}")
            show.choices(self.page, item.second.options)
            second = self._letter(session, block, item, item.second.options)
            if second is None or isinstance(second, Event):
                return second
            letters += second
        points = entry.earned(letters)
        return Event("answer", item.id, letters, points == item.points, points)

    def _letter(
        self,
        session: Session,
        block: FormBlock,
        item: FormItem,
        options: tuple[FormOption, ...],
    ) -> str | Event | None:
        """The letter of an option, an event that leads away from it, or None."""
        letters = [option.letter for option in options]
        numbers = {str(number): letter for number, letter in enumerate(letters, 1)}
        choices = f"{', '.join(letters[:-1])} or {letters[-1]}"
        while True:
            line = self._line(f"Your answer ({choices}): ")
            typed = "quit" if line is None else line.lower()
            letter = numbers.get(typed, typed.upper())
            if letter in letters:
                return letter
            done, event = self._command(session, block, item, typed)
            if done:
                return event
            if COMMANDS.get(typed, typed) not in COMMANDS.values():
                self.page.say(f"Type {choices}; ? shows the other keys.")

    def _written(
        self, session: Session, block: FormBlock, item: FormItem, guide: KeyGuide
    ) -> Event | None:
        """Take an answer in words, show the guide, and let the student score it."""
        if session.draft:
            words = session.draft.text
            self.page.say(f"You wrote: {words}")
        else:
            words = ""
        while not words:
            line = self._line("Your answer, in one line: ")
            typed = "quit" if line is None else line.lower()
            done, event = self._command(session, block, item, typed)
            if done:
                return event
            if line and COMMANDS.get(typed, typed) not in COMMANDS.values():
                words = line
                self.store.append(Event("draft", item.id, text=words))
        self.page.say()
        self.page.say(f"A full answer: {guide.sample}")
        self.page.say(f"2 points: {guide.full}")
        self.page.say(f"1 point: {guide.part}")
        self.page.say(f"0 points: {guide.none}")
        while True:
            score = self._line("Your points (2, 1 or 0): ")
            typed = "quit" if score is None else score.lower()
            if COMMANDS.get(typed, typed) == "quit":
                return None
            if typed in ("0", "1", "2"):
                points = int(typed) * item.points // 2
                right = points == item.points
                return Event("answer", item.id, typed, right, points, words)
            self.page.say("Type 2, 1 or 0; q leaves.")

    def _command(
        self, session: Session, block: FormBlock, item: FormItem, typed: str
    ) -> tuple[bool, Event | None]:
        """Do what a command asks; (True, event) where the item is left by it."""
        match COMMANDS.get(typed, typed):
            case "quit":
                return True, None
            case "skip":
                return True, Event("skip", item.id)
            case "back" if session.place:
                return True, Event("back", item.id)
            case "back":
                self.page.say("This is the first item.")
            case "passage":
                show.passages(self.page, block)
            case "help":
                self.page.say(HELP)
        return False, None

    def _skipped(self, session: Session, item: FormItem) -> None:
        first = session.first_answers.get(item.id)
        if session.repeating or (first and first.right):
            self.page.say("Skipped.")
        else:
            self.page.say("Skipped; it comes back at the end.")

    def _line(self, prompt: str) -> str | None:
        self.page.ask(prompt)
        line = self.read.readline()
        if not line:
            return None
        return line.strip()


def _find(form: QuizForm, item_id: str) -> tuple[FormBlock, FormItem]:
    for block in form.blocks:
        for item in block.items:
            if item.id == item_id:
                return block, item
    raise LookupError(item_id)
