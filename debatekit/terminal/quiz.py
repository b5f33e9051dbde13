"""A session in lines of text: ask, read a line, say why.

Stage: runs a ``quiz.session``; ``ask`` reads an answer, ``show`` draws.
Streams, width, clock and the store are passed in; no meaning is carried by colour or
position.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TextIO

from debatekit.quiz.records import FormBlock, FormItem, FormPassage, QuizForm
from debatekit.quiz.session import Event, Session
from debatekit.terminal import show
from debatekit.terminal.ask import ask
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice
from debatekit.terminal.prompt import Prompt, Question
from debatekit.terminal.store import Store
from debatekit.terminal.watch import Clock, Watch, no_clock

SAVED = "Saved. The next `debatekit quiz` offers to go on."
LEFT = {
    "review": "a review",
    "exam": "an exam",
    "blind": "a trial without the passages",
    "drill": "a drill",
}


@dataclass
class Terminal:
    """One student at one terminal."""

    page: Page
    read: TextIO
    store: Store
    clock: Clock = no_clock
    confidence: bool = False

    def prompt(self, session: Session) -> Prompt:
        """What reads the answers to a session, its clock going on where it stood."""
        watch = Watch(self.clock, session.seconds, session.limit)
        sure = self.confidence or any(event.sure for event in session.events)
        return Prompt(self.page, self.read, self.store, watch, sure)

    def offer_resume(self, session: Session) -> bool | None:
        """Ask whether to go on with a session left; None to leave it for later."""
        done = len(session.answers) + len(session.words)
        total = len(session.items)
        left = LEFT.get(session.kind, "a session")
        self.page.say(f"You left {left} with {done} of {total} items answered.")
        prompt = self.prompt(session)
        while True:
            line = prompt.line("Go on with it? y or n: ")
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
        prompt = self.prompt(session)
        show.greeting(self.page, what, session)
        shown: Shown = None
        while session.current is not None and not prompt.watch.over:
            event, shown = asked(prompt, what, session, shown)
            if event is None:
                self.page.say()
                self.page.say(SAVED)
                return False
            self.store.append(event)
            self._told(what, session, event)
            session = session.after(event)
        if session.current is not None:
            self.page.say()
            self.page.say("Time is up.")
        show.summary(self.page, what, session, prompt.watch.used)
        self.store.finish()
        return True

    def _told(self, what: Practice, session: Session, event: Event) -> None:
        """What is said after an event."""
        block, item = found(what.form, event.item)
        if event.kind == "answer":
            show.feedback(self.page, what, item, event)
            if session.kind == "blind":
                show.passages(self.page, block)
        if event.kind != "skip":
            return
        first = session.answers.get(item.id)
        returns = session.kind != "blind" and not session.repeating
        if returns and not (first and first.right):
            self.page.say("Skipped; it comes back at the end.")
        else:
            self.page.say("Skipped.")


# The passages in front of the student; None where they have to be shown again.
Shown = tuple[FormPassage, ...] | None


def asked(
    prompt: Prompt, what: Practice, session: Session, shown: Shown
) -> tuple[Event | None, Shown]:
    """Ask the current item; what was done, and which passages are now in sight."""
    block, item = found(what.form, session.current or "")
    shown = show.question(
        prompt.page, session, block, item, shown, prompt.watch.warning
    )
    question = Question(what.kit, session, block, item, what.key[item.id])
    event = ask(prompt, question)
    if event is None:
        return None, shown
    event = replace(event, seconds=prompt.watch.lap())
    return event, None if event.kind == "back" else shown


def found(form: QuizForm, item_id: str) -> tuple[FormBlock, FormItem]:
    """An item of a form and the block it stands in."""
    for block in form.blocks:
        for item in block.items:
            if item.id == item_id:
                return block, item
    raise LookupError(item_id)
