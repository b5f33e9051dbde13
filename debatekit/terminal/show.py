"""What a practice session writes: the question, why an answer is right, the summary.

Stage: draws for ``terminal.quiz``; it reads nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from debatekit.kit.model import GAP
from debatekit.quiz.passages import nested
from debatekit.quiz.records import (
    FormBlock,
    FormItem,
    FormOption,
    FormPassage,
    KeyEntry,
    KeyOption,
)
from debatekit.quiz.scoring import for_correction
from debatekit.quiz.session import Event, Score, Session, certainty, tally
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice
from debatekit.terminal.watch import spelled

KINDS = {
    "review": "Review: what is due again.",
    "exam": "Exam: nothing is told before the end, and answers may be changed until "
    "then. One sitting: leaving ends it.",
    "blind": "A trial without the passages: it measures what can be guessed, and "
    "nothing else. Each passage is shown after your answer.",
}


def greeting(page: Page, what: Practice, session: Session) -> None:
    total = len(session.items)
    items = "1 item" if total == 1 else f"{total} items"
    limit = f", {spelled(session.limit)}" if session.limit else ""
    page.say(f"{what.title}: {items}{limit}.")
    if session.kind in KINDS:
        page.say(KINDS[session.kind])
    page.say("Type a letter and press Enter. ? shows the other keys.")


def question(
    page: Page,
    session: Session,
    block: FormBlock,
    item: FormItem,
    shown: tuple[FormPassage, ...] | None,
    warning: str = "",
) -> tuple[FormPassage, ...]:
    """Write an item with its passages, unless they are ``shown``; return these."""
    again = ", once more" if session.repeating else ""
    page.say()
    page.say(f"Item {item.number} of {len(session.items)}{again}")
    if warning:
        page.say(warning)
    if session.kind == "blind":
        page.say("The passage is shown after your answer.")
    elif not block.passages:
        page.say("Without a passage.")
    elif block.passages == shown:
        page.say("The same passage; p shows it again.")
    else:
        passages(page, block)
    page.say()
    page.say(f"Part A. {stem(item)}" if item.second else stem(item))
    for number, prompt in enumerate(item.prompts, 1):
        page.say(prompt, indent="     ", first=f"  {number}  ")
    if item.prompts:
        page.say()
    choices(page, item.options)
    given = session.answers.get(item.id) or session.words.get(item.id)
    if session.kind == "exam" and given:
        said = " ".join(part for part in (given.letter, given.text) if part)
        page.say(f"Your answer so far: {said}. s keeps it.")
    return block.passages


def stem(item: FormItem) -> str:
    """What is asked, with a gap that can be read out."""
    return item.stem.replace(GAP, "[gap]") if item.type == "cloze" else item.stem


def choices(page: Page, options: tuple[FormOption, ...]) -> None:
    for option in options:
        text = f"“{nested(option.text)}”" if option.quoted else option.text
        page.say(text, indent="     ", first=f"  {option.letter}  ")
        for note in option.notes:
            page.say(f"Source check: {note}", indent="     ")


def passages(page: Page, block: FormBlock) -> None:
    for passage in block.passages:
        page.say()
        page.say(f"{passage.context} ({passage.cite})")
        page.say(f"“{nested(passage.text)}”", indent="  ")
        for note in passage.notes:
            page.say(f"Source check: {note}")


def feedback(page: Page, what: Practice, item: FormItem, event: Event) -> None:
    """Say why first, then what was right, what it earned, and where the proof stands:
    who only looks for the verdict has read the reason by then."""
    entry = what.key[item.id]
    page.say()
    if entry.guide is not None:
        page.say(f"You gave yourself {event.points} of {item.points} points.")
    elif entry.type in VERDICTS:
        VERDICTS[entry.type](page, entry, event)
        if item.points > 1:
            page.say(f"{event.points} of {item.points} points.")
    elif entry.second is not None:
        _verdict(page, "Part A: ", event.letter[:1], entry.options)
        _verdict(page, "Part B: ", event.letter[1:], entry.second.options)
        page.say(f"{event.points} of {item.points} points.")
    else:
        _verdict(page, "", event.letter, entry.options)
    for proof in entry.proofs:
        words = f"“{nested(proof.words)}”" if proof.quoted else proof.words
        page.say(f"Proof: {words} ({proof.cite})")


def _verdict(
    page: Page, part: str, letter: str, options: tuple[KeyOption, ...]
) -> None:
    chosen = next(o for o in options if o.letter == letter)
    right = next(o for o in options if o.right)
    page.say(f"{part}{chosen.why}")
    if chosen.right:
        page.say(f"Right: {right.letter}.")
    else:
        page.say(f"Wrong: you chose {chosen.letter}.")
        page.say(f"The answer is {right.letter}. {right.why}")


def _several(page: Page, entry: KeyEntry, event: Event) -> None:
    """Several right letters: every letter that is right or was chosen is explained."""
    for option in entry.options:
        if option.right or option.letter in event.letter:
            word = "right" if option.right else "wrong"
            page.say(f"{option.letter}, {word}: {option.why}")
    chosen = ", ".join(event.letter)
    if event.right:
        page.say(f"Right: {chosen}.")
    else:
        page.say(f"Not all right: you chose {chosen}. The answer is {entry.answer}.")


def _matched(page: Page, entry: KeyEntry, event: Event) -> None:
    """Every number with its letter; texts without a partner come after them."""
    told = {option.letter: option for option in entry.options}
    rows = zip(entry.letter, event.letter, strict=False)
    for number, (letter, chosen) in enumerate(rows, 1):
        word = "right" if chosen == letter else f"not {chosen}"
        page.say(f"{number} is {letter}, {word}: {told[letter].why}")
    for option in entry.options:
        if not option.right:
            page.say(f"{option.letter} is left over: {option.why}")
    if event.right:
        page.say("Right, all of them.")
    else:
        page.say(f"Not all right. The answer is {entry.answer}.")


def _ordered(page: Page, entry: KeyEntry, event: Event) -> None:
    """Why each step stands where it does, and the right order."""
    told = {option.letter: option for option in entry.options}
    for letter in entry.letter:
        page.say(f"{letter}: {told[letter].why}")
    if event.right:
        page.say(f"Right: {entry.answer}.")
    else:
        page.say(f"Not all right: you put {' '.join(event.letter)}.")
        page.say(f"The order is {entry.answer}.")


def _judged(page: Page, entry: KeyEntry, event: Event) -> None:
    """Whether the statement is true; what puts it right, unless that was shown."""
    word = "Right" if event.letter == entry.letter else "Wrong"
    page.say(entry.why)
    page.say(f"{word}: the statement is {entry.answer}.")
    if entry.correction and (event.letter == "T" or not for_correction(entry.points)):
        page.say(f"A right correction: {entry.correction}")


def _filled(page: Page, entry: KeyEntry, event: Event) -> None:
    """What fills the gap."""
    page.say(entry.why)
    if event.right:
        page.say(f"Right: {entry.answer}.")
    else:
        page.say(f"Wrong: you typed {event.text}")
        page.say(f"The answer is {entry.answer}.")
    if len(entry.answers) > 1:
        page.say(f"Right too: {', '.join(entry.answers[1:])}.")


VERDICTS: Mapping[str, Callable[[Page, KeyEntry, Event], None]] = {
    "multiple": _several,
    "matching": _matched,
    "ordering": _ordered,
    "true-false": _judged,
    "cloze": _filled,
}


HOW = {"exam": "", "blind": " without the passages"}


def summary(page: Page, what: Practice, session: Session, used: int = 0) -> None:
    """What was right, by skill and side, and how sure the student was of it."""
    score = session.score
    page.say()
    how = HOW.get(session.kind, " at the first answer")
    page.say(f"Done: {score.right} of {len(session.items)} right{how}.")
    skipped = len(session.items) - score.answered
    if skipped:
        page.say(f"Never answered: {skipped}.")
    if session.limit:
        page.say(f"Time: {spelled(used)} of {spelled(session.limit)}.")
    hinted = sum(event.hints > 0 for event in session.answers.values())
    if hinted:
        page.say(f"Answered after a hint: {hinted}.")
    _table(page, "By skill", tally(session, what.skills))
    _table(page, "By side of the passage", tally(session, what.sides))
    sure = certainty(session)
    named = {"sure": "sure", "unsure": "not sure"}
    _table(page, "Right when", {named[k]: s for k, s in sorted(sure.items())})


def _table(page: Page, title: str, scores: Mapping[str, Score]) -> None:
    if not scores:
        return
    page.say(f"{title}:")
    for label, score in scores.items():
        page.say(f"{label}: {score.right} of {score.answered}", indent="  ")
