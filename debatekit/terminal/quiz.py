"""A practice session in lines of text: ask, read a line, say why.

Stage: runs a ``quiz.session``; ``ask`` reads an answer, ``show`` draws.
Streams, width and the store are passed in; no meaning is carried by colour or position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from debatekit.quiz.records import FormBlock, FormItem, FormPassage, QuizForm
from debatekit.quiz.session import Session
from debatekit.terminal import show
from debatekit.terminal.ask import Ask, Question
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice
from debatekit.terminal.store import Saved, Store


@dataclass
class Terminal:
    """One student at one terminal."""

    page: Page
    read: TextIO
    store: Store

    @property
    def ask(self) -> Ask:
        return Ask(self.page, self.read, self.store)

    def offer_resume(self, saved: Saved) -> bool | None:
        """Ask whether to go on with the session left; None to leave it for later."""
        done = len(saved.session.first_answers)
        total = len(saved.session.items)
        self.page.say(f"You left a session with {done} of {total} items answered.")
        while True:
            line = self.ask.line("Go on with it? y or n: ")
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
            question = Question(session, block, item, what.key[item.id])
            event = self.ask.event(question)
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

    def _skipped(self, session: Session, item: FormItem) -> None:
        first = session.first_answers.get(item.id)
        if session.repeating or (first and first.right):
            self.page.say("Skipped.")
        else:
            self.page.say("Skipped; it comes back at the end.")


def _find(form: QuizForm, item_id: str) -> tuple[FormBlock, FormItem]:
    for block in form.blocks:
        for item in block.items:
            if item.id == item_id:
                return block, item
    raise LookupError(item_id)
