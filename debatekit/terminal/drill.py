"""A drill in lines of text: answer a contention of the other side, then compare.

Stage: beside ``quiz``. A terminal read line by line cannot be interrupted everywhere,
so the time is told when the answer has been given.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from debatekit.documents.common import quote_of
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.quiz.chance import shuffled
from debatekit.quiz.session import Event, Session
from debatekit.terminal.page import Page
from debatekit.terminal.prompt import Prompt
from debatekit.terminal.quiz import SAVED, Terminal
from debatekit.terminal.watch import spelled

POINTS = 2
COMMANDS = {"s": "skip", "q": "quit", "?": "help"}
HELP = """One line answers. The other keys, each with Enter:
s  skip this contention
q  save and leave; the next start offers to resume
?  show this help
The words skip, quit and help do the same; pause stops the clock."""


def contentions(kit: Kit, side: str | None, count: int, seed: int) -> tuple[str, ...]:
    """What a drill asks: contentions that have replies, one side's, then the other's.

    ``side`` is the side the student speaks for. Raises UserError where there is none.
    """
    columns = []
    for of in model.SIDES:
        file = kit.sides.get(of)
        known = [c.id for c in file.contentions] if file and of != side else []
        columns.append(shuffled([c for c in known if kit.rebuttals.get(c)], seed, of))
    rows = zip_longest(*columns)
    found = tuple(name for row in rows for name in row if name is not None)[:count]
    if not found:
        raise UserError(
            "this kit has no replies to drill",
            "a drill needs contentions in pro.yaml and con.yaml, and rebuttals to them",
        )
    return found


def run(terminal: Terminal, kit: Kit, session: Session) -> bool:
    """Ask until the drill is done (True) or the student leaves (False)."""
    prompt, page = terminal.prompt(session), terminal.page
    page.say(f"{kit.head.title}: drill, {_counted(len(session.items))}.")
    page.say("Answer each in one line, as in a speech. ? shows the other keys.")
    if session.reply_limit:
        each = spelled(session.reply_limit)
        page.say(f"You have {each} for each; what it took is told afterwards.")
    if session.limit:
        page.say(f"In all you have {spelled(session.limit)}.")
    while session.current is not None and not prompt.watch.over:
        event = _asked(prompt, kit, session, session.current)
        if event is None:
            page.say()
            page.say(SAVED)
            return False
        terminal.store.append(event)
        if event.kind == "skip":
            page.say("Skipped.")
        session = session.after(event)
    if session.current is not None:
        page.say()
        page.say("Time is up.")
    _summary(page, kit, session)
    terminal.store.finish()
    return True


def _counted(number: int) -> str:
    return "1 contention" if number == 1 else f"{number} contentions"


def _asked(prompt: Prompt, kit: Kit, session: Session, name: str) -> Event | None:
    page, contention = prompt.page, kit.contentions[name]
    other = kit.side_of[name]
    mine = "con" if other == "pro" else "pro"
    page.say()
    number = session.place + 1
    page.say(f"{number} of {len(session.items)}: you speak for {mine.upper()}.")
    if prompt.watch.warning:
        page.say(prompt.watch.warning)
    page.say(f"{other.upper()} says: {contention.claim}")
    page.say(contention.warrant)
    page.say(f"Why it matters: {contention.impact}")
    draft = session.draft
    if draft is not None:
        words, seconds = draft.text, draft.seconds
        page.say(f"You wrote: {words}")
    else:
        prompt.watch.lap()
        line = _line(prompt)
        if line is None:
            return None
        seconds = prompt.watch.lap()
        if COMMANDS.get(line.lower(), line.lower()) == "skip":
            return Event("skip", name, seconds=seconds)
        words = line
        prompt.store.append(Event("draft", name, text=words, seconds=seconds))
    page.say()
    if seconds:
        limit = f" of {session.reply_limit} s" if session.reply_limit else ""
        page.say(f"That took {seconds} s{limit}.")
    _replies(page, kit, name)
    score = prompt.own_score(
        "Your answer had it in full (2), in part (1), or missed it (0): ",
        ("2", "1", "0"),
    )
    if score is None:
        return None
    points = int(score)
    rated = Event("answer", name, score, points == POINTS, points, words, of=POINTS)
    return replace(rated, seconds=seconds)


def _line(prompt: Prompt) -> str | None:
    """An answer or 'skip'; None for leaving."""
    while True:
        line = prompt.line("Your reply, in one line: ")
        match line if line is None else COMMANDS.get(line.lower(), line.lower()):
            case None | "quit":
                return None
            case "":
                prompt.page.say("Type your reply; ? shows the other keys.")
            case "help":
                prompt.page.say(HELP)
            case "pause":
                prompt.pause()
            case _:
                return line


def _replies(page: Page, kit: Kit, name: str) -> None:
    """The curated replies, with what each leans on and the answer it will get."""
    for number, reply in enumerate(kit.rebuttals[name], 1):
        page.say(reply.text, indent="   ", first=f"{number}. ")
        for support in reply.support:
            quote = quote_of(kit, support)
            words = f"“{quote.text}”" if quote.quoted else quote.text
            page.say(f"Support: {words} ({quote.cite})", indent="   ")
            for note in quote.notes:
                page.say(f"Source check: {note}", indent="   ")
        page.say(f"They may answer: {reply.answer}", indent="   ")


def _summary(page: Page, kit: Kit, session: Session) -> None:
    """How the student rated themselves, for each side they spoke for."""
    page.say()
    answers = session.answers
    page.say(f"Done: {len(answers)} of {len(session.items)} answered.")
    for side in model.SIDES:
        rated = [e.points for name, e in answers.items() if kit.side_of[name] != side]
        if rated:
            full, part = rated.count(2), rated.count(1)
            page.say(
                f"For {side.upper()}: {full} in full, {part} in part, "
                f"{rated.count(0)} missed.",
                indent="  ",
            )
