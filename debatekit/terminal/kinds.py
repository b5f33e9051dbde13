"""The kinds of session: which items each asks, and how it is begun and gone on with.

Stage: between ``cli`` and ``quiz``, ``exam``, ``drill``; what a kind needs is imported
when it is begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.quiz.choose import Filter, choose_any, matching
from debatekit.quiz.forms import make_forms
from debatekit.quiz.session import Event, Session, SessionKind
from debatekit.terminal.practice import Practice, practice, resumed
from debatekit.terminal.quiz import Terminal
from debatekit.terminal.store import Saved
from debatekit.terminal.watch import MINUTE

GENERATED = "gen-"


@dataclass(frozen=True)
class Wanted:
    """What a student asked for. ``minutes`` limit the session, ``seconds`` each reply
    of a drill; 0 is no limit."""

    kind: SessionKind
    filter: Filter
    count: int = 10
    seed: int = 0
    minutes: int = 0
    seconds: int = 0
    debate_on: date | None = None
    out: Path | None = None


def needs_generated(items: Sequence[str]) -> bool:
    """Whether some of the items are made from the map of a kit."""
    return any(item.startswith(GENERATED) for item in items)


def with_generated(folder: Path) -> Kit:
    """The whole kit, and among its items those made from its map."""
    from debatekit.kit.review import sound_kit
    from debatekit.quiz.generate import generated

    kit = sound_kit(folder)
    made = {one.item.id: one.item for one in generated(kit)}
    return replace(kit, items={**kit.items, **made})


def go_on(terminal: Terminal, kit: Kit, saved: Saved, wanted: Wanted) -> bool:
    """Offer a session that was left; False where a new one is to begin."""
    session = of_kind(saved)
    drilled = session.kind == "drill"
    what = None if drilled else resumed(kit, saved)
    if not (_still_there(kit, session) if drilled else what):
        terminal.page.say(
            "The kit has changed since you left a session: a new one starts."
        )
        return False
    said = terminal.offer_resume(session)
    if not said:
        return said is None
    if what is None:
        from debatekit.terminal import drill

        drill.run(terminal, kit, session)
    elif session.kind == "exam":
        _exam_again(terminal, what, session, saved, wanted)
    else:
        terminal.run(what, session)
    return True


def of_kind(saved: Saved) -> Session:
    """A session as it was left, with its kind: what counts depends on it."""
    kinds: dict[str, SessionKind] = {kind: kind for kind in get_args(SessionKind)}
    return replace(saved.session, kind=kinds.get(saved.kind, "fresh"))


def _still_there(kit: Kit, session: Session) -> bool:
    return all(
        name in kit.contentions and kit.rebuttals.get(name) for name in session.items
    )


def _exam_again(
    terminal: Terminal, what: Practice, session: Session, saved: Saved, wanted: Wanted
) -> None:
    from debatekit.terminal.exam import Exam

    if not session.ended:
        again = Event("resume", "")
        terminal.store.append(again)
        session = session.after(again)
    Exam(terminal, what, saved.seed, saved.began, wanted.out).run(session)


def begin(terminal: Terminal, kit: Kit, wanted: Wanted, now: datetime) -> None:
    """Begin a session of the kind wanted and run it."""
    if wanted.kind == "drill":
        _drill(terminal, kit, wanted)
        return
    items = _chosen(terminal, kit, wanted, now)
    if not items:
        return
    forms = make_forms(kit, items, 1, wanted.seed)
    what = practice(kit, forms.forms[0], forms.keys[0])
    session = _begun(terminal, what.orders, wanted)
    if wanted.kind != "exam":
        terminal.run(what, session)
        return
    from debatekit.terminal.exam import Exam

    started = terminal.store.now()
    Exam(terminal, what, wanted.seed, started, wanted.out).run(session)


def _drill(terminal: Terminal, kit: Kit, wanted: Wanted) -> None:
    from debatekit.terminal import drill

    side = wanted.filter.side
    names = drill.contentions(kit, side, wanted.count, wanted.seed)
    drill.run(terminal, kit, _begun(terminal, dict.fromkeys(names, ""), wanted))


def _begun(terminal: Terminal, orders: dict[str, str], wanted: Wanted) -> Session:
    """A session on disk; a limit of time is its first event."""
    terminal.store.begin(orders, wanted.kind, wanted.seed)
    session = Session(tuple(orders), kind=wanted.kind)
    if not wanted.minutes and not wanted.seconds:
        return session
    limit = Event("start", "", seconds=wanted.minutes * MINUTE, of=wanted.seconds)
    terminal.store.append(limit)
    return session.after(limit)


def _chosen(
    terminal: Terminal, kit: Kit, wanted: Wanted, now: datetime
) -> Sequence[model.Item]:
    """The items of a new session; none where nothing is due."""
    items = matching(kit, wanted.filter)
    if wanted.kind == "review":
        return _due(terminal, items, wanted, now)
    if wanted.kind == "blind":
        items = tuple(item for item in items if item.reads)
        if not items:
            raise UserError("none of these items has a passage to leave out")
    return choose_any(kit, items, wanted.count, wanted.seed)


def _due(
    terminal: Terminal, items: Sequence[model.Item], wanted: Wanted, now: datetime
) -> Sequence[model.Item]:
    from debatekit.quiz.schedule import due_items, next_due

    by_id = {item.id: item for item in items}
    answers = [a for a in terminal.store.answers() if a.item in by_id]
    due = due_items(by_id, answers, now, wanted.debate_on, wanted.count)
    if due:
        return [by_id[name] for name in due]
    coming = next_due(answers, now, wanted.debate_on)
    if coming is None:
        terminal.page.say("Nothing to review: `debatekit quiz` asks new items.")
    else:
        day = long_date(coming.isoformat())
        terminal.page.say(f"Nothing is due today. The next review: {day}.")
    return ()
