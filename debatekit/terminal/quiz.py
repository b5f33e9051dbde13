"""A practice session in lines of text: ask, read a line, say why.

Stage: draws a ``quiz.session`` and turns typed lines into its events. Streams, width
and the store are passed in; no meaning is carried by colour or position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from debatekit.kit.load import Kit
from debatekit.quiz.forms import (
    AnswerKey,
    FormBlock,
    FormItem,
    FormPassage,
    QuizForm,
    blocks_of,
    form_of,
)
from debatekit.quiz.session import Event, Score, Session, tally
from debatekit.terminal.page import Page
from debatekit.terminal.store import Saved, Store

HELP = """A letter (or its number) answers. The other keys, each with Enter:
p  show the passage again
s  skip this item for now
b  go back to the item before
q  save and leave; the next start offers to resume
?  show this help"""


@dataclass(frozen=True)
class Practice:
    """What a session is about: the form, its key, and labels for the summary."""

    title: str
    form: QuizForm
    key: AnswerKey
    skills: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, tuple[str, ...]]

    @property
    def orders(self) -> dict[str, str]:
        return {entry.item: entry.order for entry in self.key.entries}


def practice(kit: Kit, form: QuizForm, key: AnswerKey) -> Practice:
    items = [kit.items[item.id] for item in form.items]
    return Practice(
        title=kit.head.title,
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
        if item is None or sorted(order) != sorted(item.options):
            return None
    known = [item for item in items if item is not None]
    form, key = form_of(kit, blocks_of(kit, known), saved.orders, "A", "", 0)
    if [item.id for item in form.items] != list(saved.orders):
        return None
    return practice(kit, form, key)


@dataclass
class Terminal:
    """One student at one terminal."""

    page: Page
    read: TextIO
    store: Store

    def offer_resume(self, saved: Saved) -> bool | None:
        """Ask whether to go on with the session left; None when the input has ended."""
        done = len(saved.session.first_answers)
        total = len(saved.session.items)
        self.page.say(f"You left a session with {done} of {total} items answered.")
        while True:
            line = self._line("Go on with it? y or n: ")
            if line is None:
                return None
            if line[:1].lower() in ("y", "n"):
                return line[:1].lower() == "y"
            self.page.say("Type y to go on with it, or n to start a new one.")

    def run(self, what: Practice, session: Session) -> bool:
        """Ask until the session is done (True) or the student leaves (False)."""
        self._greet(what, session)
        shown: tuple[FormPassage, ...] | None = None
        while (item_id := session.current) is not None:
            block, item = _find(what.form, item_id)
            shown = self._item(what, session, block, item, shown)
            event = self._event(what, block, item)
            if event is None:
                self.page.say()
                self.page.say("Saved. The next `debatekit quiz` offers to go on.")
                return False
            self.store.append(event)
            session = session.after(event)
            if event.kind == "back":
                shown = None
            if event.kind == "answer":
                self._feedback(what, item, event)
        self._summary(what, session)
        self.store.forget()
        return True

    def _greet(self, what: Practice, session: Session) -> None:
        total = len(session.items)
        items = "1 item" if total == 1 else f"{total} items"
        self.page.say(f"{what.title}: {items}.")
        self.page.say("Type a letter and press Enter. ? shows the other keys.")

    def _item(
        self,
        what: Practice,
        session: Session,
        block: FormBlock,
        item: FormItem,
        shown: tuple[FormPassage, ...] | None,
    ) -> tuple[FormPassage, ...]:
        again = ", once more" if session.repeating else ""
        self.page.say()
        self.page.say(f"Item {item.number} of {len(session.items)}{again}")
        if block.passages == shown:
            self.page.say("The same passage; p shows it again.")
        else:
            self._passages(block)
        self.page.say()
        self.page.say(item.stem)
        for option in item.options:
            text = f"“{option.text}”" if option.quoted else option.text
            self.page.say(text, indent="     ", first=f"  {option.letter}  ")
        return block.passages

    def _passages(self, block: FormBlock) -> None:
        for passage in block.passages:
            self.page.say()
            self.page.say(f"{passage.context} ({passage.cite})")
            self.page.say(f"“{passage.text}”", indent="  ")
            for note in passage.notes:
                self.page.say(f"Source check: {note}")

    def _event(self, what: Practice, block: FormBlock, item: FormItem) -> Event | None:
        """Read lines until one of them does something; None means leave."""
        letters = [option.letter for option in item.options]
        choices = f"{', '.join(letters[:-1])} or {letters[-1]}"
        while True:
            line = self._line(f"Your answer ({choices}): ")
            if line is None or line.lower() == "q":
                return None
            typed = line.upper()
            if typed.isdigit() and 1 <= int(typed) <= len(letters):
                typed = letters[int(typed) - 1]
            if typed in letters:
                right = what.key[item.id].letter == typed
                return Event("answer", item.id, typed, right)
            if typed == "S":
                self.page.say("Skipped; it comes back at the end.")
                return Event("skip", item.id)
            if typed == "B":
                return Event("back", item.id)
            if typed == "P":
                self._passages(block)
            elif typed == "?":
                self.page.say(HELP)
            else:
                self.page.say(f"Type {choices}; ? shows the other keys.")

    def _line(self, prompt: str) -> str | None:
        self.page.ask(prompt)
        line = self.read.readline()
        if not line:
            return None
        return line.strip()

    def _feedback(self, what: Practice, item: FormItem, event: Event) -> None:
        entry = what.key[item.id]
        chosen = next(o for o in entry.options if o.letter == event.letter)
        right = next(o for o in entry.options if o.right)
        self.page.say()
        if chosen.right:
            self.page.say(f"Right: {right.letter}. {right.why}")
        else:
            self.page.say(f"Wrong: you chose {chosen.letter}. {chosen.why}")
            self.page.say(f"The answer is {right.letter}. {right.why}")
        for proof in entry.proofs:
            words = f"“{proof.words}”" if proof.quoted else proof.words
            self.page.say(f"Proof: {words} ({proof.cite})")

    def _summary(self, what: Practice, session: Session) -> None:
        score = session.score
        self.page.say()
        self.page.say(
            f"Done: {score.right} of {len(session.items)} right at the first answer."
        )
        skipped = len(session.items) - score.answered
        if skipped:
            self.page.say(f"Never answered: {skipped}.")
        self._table("By skill", tally(session, what.skills))
        self._table("By side of the passage", tally(session, what.sides))

    def _table(self, title: str, scores: Mapping[str, Score]) -> None:
        if not scores:
            return
        self.page.say(f"{title}:")
        for label, score in scores.items():
            self.page.say(f"{label}: {score.right} of {score.answered}", indent="  ")


def _find(form: QuizForm, item_id: str) -> tuple[FormBlock, FormItem]:
    for block in form.blocks:
        for item in block.items:
            if item.id == item_id:
                return block, item
    raise LookupError(item_id)
