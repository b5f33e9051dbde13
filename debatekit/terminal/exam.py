"""An exam in lines of text: nothing is told before the end, then the score and a file.

Stage: beside ``quiz``, which asks the items. What only a person can score is scored by
the student when the exam has been handed in. A name is asked for once, for the file;
the store never gets it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from debatekit.files import write_whole
from debatekit.quiz.records import FormItem, KeyEntry
from debatekit.quiz.result import Checked, Result, encoded, form_code, rows
from debatekit.quiz.session import Event, Session
from debatekit.terminal import show
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice
from debatekit.terminal.prompt import Prompt
from debatekit.terminal.quiz import SAVED, Shown, Terminal, asked, found
from debatekit.terminal.typed import correction_score, written_score
from debatekit.terminal.watch import MINUTE, spelled


@dataclass
class Exam:
    """One sitting; ``seed`` is what the form was drawn with, ``out`` the file wanted,
    ``started`` the moment the exam was begun."""

    terminal: Terminal
    what: Practice
    seed: int
    started: str
    out: Path | None = None

    def run(self, session: Session) -> bool:
        """From the first item, or where it was broken off, to the file; False where it
        is broken off again."""
        prompt = self.terminal.prompt(session)
        handed_in = self._asked(prompt, session)
        if handed_in is None:
            prompt.page.say()
            prompt.page.say(f"{SAVED} The result will say that it was broken off.")
            return False
        scored = self._scored(prompt, handed_in)
        if scored is None:
            prompt.page.say()
            prompt.page.say(SAVED)
            return False
        self._explain(prompt.page, scored)
        show.summary(prompt.page, self.what, scored, scored.seconds)
        self._write(prompt, scored)
        self.terminal.store.finish()
        return True

    def _asked(self, prompt: Prompt, session: Session) -> Session | None:
        """Ask until the exam is handed in; None where it is broken off."""
        if session.ended:
            return session
        show.greeting(prompt.page, self.what, session)
        shown: Shown = None
        while not session.ended:
            event: Event | None
            if prompt.watch.over:
                prompt.page.say()
                prompt.page.say("Time is up: the exam is handed in.")
                event = Event("end", session.current or "")
            elif session.current is None:
                event = _hand_in(prompt, session)
                shown = None
            else:
                event, shown = asked(prompt, self.what, session, shown)
                if event and event.kind == "skip":
                    prompt.page.say(_skipped(session, event.item))
            if event is None:
                return None
            self.terminal.store.append(event)
            session = session.after(event)
        return session

    def _scored(self, prompt: Prompt, session: Session) -> Session | None:
        """Let the student score their own words; None where it is broken off."""
        for item_id, event in session.words.items():
            _, item = found(self.what.form, item_id)
            entry = self.what.key[item_id]
            prompt.page.say()
            prompt.page.say(f"Item {item.number}, for you to score: {show.stem(item)}")
            prompt.page.say(f"You wrote: {event.text}")
            answer = _own(prompt, item, entry, event)
            if answer is None:
                return None
            self.terminal.store.append(answer)
            session = session.after(answer)
        return session

    def _explain(self, page: Page, session: Session) -> None:
        """Feedback on every answer, now that it can help no more."""
        for item in self.what.form.items:
            event = session.answers.get(item.id)
            page.say()
            page.say(f"Item {item.number}: {show.stem(item)}")
            entry = self.what.key[item.id]
            if event is not None:
                show.feedback(page, self.what, item, event)
            elif entry.guide is not None:
                page.say(f"No answer. A full one: {entry.guide.sample}")
            else:
                page.say(f"No answer. Right: {entry.answer}.")

    def _write(self, prompt: Prompt, session: Session) -> None:
        """The result as a file. Raises UserError where it cannot be written."""
        kit = self.what.kit
        name = prompt.line("Your name for the file (Enter alone: none): ")
        result = Result(
            kit=kit.id,
            kit_version=kit.head.version,
            form=form_code(kit, session.items, self.seed),
            seed=self.seed,
            name=name or "",
            started=self.started,
            finished=self.terminal.store.now(),
            minutes=session.limit // MINUTE,
            interrupted=session.interrupted,
            items=rows(self.what.key, session),
        )
        path = _free(self.out or Path(f"{kit.id}-exam-{result.form}.json"))
        write_whole(path, encoded(result))
        if name is None:
            prompt.page.say()
        prompt.page.say(f"{result.points} of {result.of} points. Result: {path}")
        prompt.page.say(f"`debatekit quiz --check-result {path}` scores it again.")


def _hand_in(prompt: Prompt, session: Session) -> Event | None:
    """Ask once more before the end; None at the end of input."""
    given = {*session.answers, *session.words}
    missing = sum(item not in given for item in session.items)
    prompt.page.say()
    prompt.page.say("That was the last item.")
    if missing:
        prompt.page.say(f"Without an answer: {missing}.")
    said = prompt.one_of(
        "y hands the exam in, < goes back: ",
        ("y", "<", "back"),
        "Type y to hand it in, or < to go back.",
    )
    if said is None:
        return None
    return Event("end" if said == "y" else "back", "")


def _skipped(session: Session, item: str) -> str:
    if item in session.answers or item in session.words:
        return "Kept as it was."
    return "Skipped." if session.repeating else "Skipped; it comes back at the end."


def _own(prompt: Prompt, item: FormItem, entry: KeyEntry, event: Event) -> Event | None:
    """The answer that words come to, as the student judges them; None for leaving."""
    letter = event.letter
    if entry.guide is not None:
        said = written_score(prompt, entry.guide)
        points = int(said or 0) * item.points // 2
        letter = said or ""
    elif entry.type == "true-false":
        prompt.page.say(f"The statement is false. Corrected: {entry.correction}")
        said = correction_score(prompt)
        points = entry.earned(event.letter, said == "y")
    else:
        prompt.page.say(f"The answer is {entry.answer}.")
        said = prompt.own_score("Only a slip in spelling (y or n): ", ("y", "n"))
        points = item.points if said == "y" else 0
    if said is None:
        return None
    right = points == item.points
    return replace(event, kind="answer", letter=letter, points=points, right=right)


def _free(path: Path) -> Path:
    """The path, or one with a number where there is such a file already."""
    number = 2
    found = path
    while found.exists():
        found = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return found


def show_checked(page: Page, checked: Checked) -> None:
    """What a result is worth, scored anew."""
    result = checked.result
    page.say(f"Kit {result.kit}, version {result.kit_version}, form {result.form}.")
    page.say(f"Name: {result.name or 'none'}")
    page.say(f"From {result.started} to {result.finished}.")
    if result.minutes:
        page.say(f"Limit: {spelled(result.minutes * MINUTE)}.")
    if result.interrupted:
        page.say("It was broken off and gone on with.")
    for row in checked.rows:
        given = " ".join(part for part in (row.letters, row.text) if part)
        own = f" (own judgement: {row.own})" if row.own else ""
        points = f"{row.points} of {row.of}"
        page.say(f"{row.id}: {given or 'no answer'}{own}: {points}", indent="  ")
    page.say(f"Points, scored anew: {checked.points} of {checked.of}.")
    if checked.own:
        page.say(f"The student's own judgement gave {checked.own} of these.")
    if checked.points != checked.claimed:
        page.say(f"Points by the file: {checked.claimed}; that is not so.")
    page.say("The signature fits. It shows accidents, not forgery.")
