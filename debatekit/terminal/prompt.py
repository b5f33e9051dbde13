"""Lines typed at one item until one of them does something.

Stage: part of ``terminal.ask``: what every type of item shares (commands, hints, how
sure one is, one's own scores).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TextIO

from debatekit.kit.kit import Kit
from debatekit.quiz.records import FormBlock, FormItem, KeyEntry
from debatekit.quiz.session import Event, Kind, Session
from debatekit.terminal import show
from debatekit.terminal.page import Page
from debatekit.terminal.store import Store
from debatekit.terminal.watch import Watch

# Back, hint and pause have no letters of their own: B is an option of every item, and
# H of a matching item with many.
COMMANDS = {
    "p": "passage",
    "s": "skip",
    "<": "back",
    "!": "hint",
    "pause": "pause",
    "q": "quit",
    "?": "help",
}
OTHER_KEYS = "? shows the other keys."

# What a line says as an answer; None where it says nothing of the kind.
Reading = Callable[[str], str | None]


@dataclass
class Question:
    """The item in front of the student, where it stands, and its key.

    What the student has done with it so far: the ``half`` of an answer, how many hints
    were taken, and whether they are ``sure``.
    """

    kit: Kit
    session: Session
    block: FormBlock
    item: FormItem
    entry: KeyEntry
    sure: str = ""
    in_second: bool = False
    half: Event = field(init=False)

    def __post_init__(self) -> None:
        taken = [e.hints for e in self.session.events if e.item == self.item.id]
        half = self.session.draft or Event("draft", self.item.id)
        self.half = replace(half, hints=max(taken, default=0))

    @property
    def exam(self) -> bool:
        return self.session.kind == "exam"

    def answered(self, letters: str, points: int, text: str = "") -> Event:
        right = points == self.item.points
        event = Event("answer", self.item.id, letters, right, points, text)
        return self._told(event)

    def to_score(self, letters: str, text: str) -> Event:
        """An answer that is scored at the end of an exam."""
        return self._told(Event("words", self.item.id, letters, text=text))

    def left(self, kind: Kind) -> Event:
        """The item is left without an answer; the hints taken stay taken."""
        return Event(kind, self.item.id, hints=self.half.hints)

    def _told(self, event: Event) -> Event:
        hints, of = self.half.hints, self.item.points
        return replace(event, sure=self.sure, hints=hints, of=of)


@dataclass(frozen=True)
class Prompt:
    """Asks one student at one terminal; ``confidence`` asks how sure they are."""

    page: Page
    read: TextIO
    store: Store
    watch: Watch = field(default_factory=Watch)
    confidence: bool = False

    def line(self, prompt: str) -> str | None:
        """One line as typed, without space around it; None at the end of input."""
        self.page.ask(prompt)
        line = self.read.readline()
        return line.strip() if line else None

    def one_of(self, prompt: str, allowed: tuple[str, ...], hint: str) -> str | None:
        """One of some answers; None at the end of input."""
        while True:
            line = self.line(prompt)
            if line is None or line.lower() in allowed:
                return line if line is None else line.lower()
            self.page.say(hint)

    def until(
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
            done, event = self.command(asked, line.lower())
            if done:
                return event
            if hint and not is_command(line):
                self.page.say(hint)

    def keep(self, asked: Question, letter: str = "", text: str = "") -> None:
        """Save the half of an answer."""
        hints = asked.half.hints
        asked.half = Event("draft", asked.item.id, letter, text=text, hints=hints)
        self.store.append(asked.half)

    def ask_sure(self, asked: Question) -> None:
        """Ask how sure they are, where that is wanted."""
        if not self.confidence or asked.sure:
            return
        hint = "Type y or n; Enter alone leaves it open."
        said = self.one_of("Sure? y or n: ", ("y", "n", ""), hint)
        asked.sure = {"y": "sure", "n": "unsure"}.get(said or "", "")

    def own_score(self, prompt: str, allowed: tuple[str, ...]) -> str | None:
        """How a student scores their own words; None for leaving."""
        *most, last = allowed
        hint = f"Type {', '.join(most)} or {last}; q leaves."
        said = self.one_of(prompt, (*allowed, "q", "quit"), hint)
        return None if said in ("q", "quit") else said

    def command(self, asked: Question, typed: str) -> tuple[bool, Event | None]:
        """Do what a command asks; (True, event) where the item is left by it."""
        match COMMANDS.get(typed, typed):
            case "quit" if asked.exam:
                return self._end_exam(asked)
            case "quit":
                return True, None
            case "skip":
                return True, asked.left("skip")
            case "back" if asked.session.place:
                return True, asked.left("back")
            case "back":
                self.page.say("This is the first item.")
            case "passage":
                self._passage(asked)
            case "hint":
                self._hint(asked)
            case "pause":
                self.pause(asked.exam)
            case "help":
                self.page.say(help_text(asked.session.kind))
        return False, None

    def pause(self, exam: bool = False) -> None:
        """Stop the clock until Enter is pressed; an exam goes on."""
        if exam:
            self.page.say("An exam has no pause.")
            return
        with self.watch.stopped():
            self.line("The clock stands still. Enter goes on: ")

    def _passage(self, asked: Question) -> None:
        if asked.session.kind == "blind":
            self.page.say("The passage is shown after your answer.")
        elif asked.block.passages:
            show.passages(self.page, asked.block)
        else:
            self.page.say("This item has no passage.")

    def _hint(self, asked: Question) -> None:
        """The next hint; that it was taken is kept at once."""
        if asked.session.kind in ("exam", "blind"):
            self.page.say("There are no hints now.")
            return
        from debatekit.quiz.hints import hints

        told = hints(asked.kit, asked.entry, asked.in_second)
        taken = asked.half.hints
        if taken >= len(told):
            self.page.say("There is no other hint." if taken else "There is no hint.")
            return
        self.page.say(f"Hint {taken + 1} of {len(told)}: {told[taken]}")
        asked.half = replace(asked.half, hints=taken + 1)
        self.store.append(asked.half)

    def _end_exam(self, asked: Question) -> tuple[bool, Event | None]:
        """Leaving hands an exam in: there is no second sitting."""
        self.page.say("Leaving ends the exam; it is scored as it stands.")
        said = self.one_of("End it? y or n: ", ("y", "n"), "Type y or n.")
        if said == "n":
            return False, None
        return True, Event("end", asked.item.id) if said else None


def is_command(line: str) -> bool:
    return COMMANDS.get(line.lower(), line.lower()) in COMMANDS.values()


def words(line: str) -> str | None:
    """Words that answer, and are no command."""
    return line if line and not is_command(line) else None


def help_text(kind: str) -> str:
    """The keys that work in a kind of session."""
    keys = [
        "p  show the passage again",
        "s  skip this item for now",
        "<  go back to the item before",
        "!  a hint; the next one says more",
        "q  save and leave; the next start offers to resume",
        "?  show this help",
    ]
    last = "The words passage, skip, back, hint, quit and help do the same; pause stops"
    last += " the clock."
    if kind == "exam":
        keys[3:5] = ["q  end the exam; you are asked once more"]
        last = "The words passage, skip, back, quit and help do the same."
    if kind == "blind":
        keys = [*keys[1:3], *keys[4:]]
        last = "The words skip, back, quit and help do the same; pause stops the clock."
    return "\n".join(
        [
            "A letter (or its number) answers. Where several letters are asked for, "
            "type them in a row, such as AB or A B. The other keys, each with Enter:",
            *keys,
            last,
        ]
    )
