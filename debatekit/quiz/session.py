"""A practice session as a value: a fixed order of items and the events so far.

Stage: beside forms; knows nothing of terminals or files. Everything about a session
(where it stands, what comes back, the score) is worked out from its events, so saving
is appending one event, and a session cut off anywhere resumes where it was.

``fresh`` and ``review`` tell after each answer, and what was not right comes back. An
``exam`` tells nothing before its end: answers may be changed, and only items without
one come back. ``blind`` (without the passages) and ``drill`` (replies to contentions)
ask everything once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

Kind = Literal["answer", "skip", "back", "draft", "words", "start", "resume", "end"]
SessionKind = Literal["fresh", "review", "exam", "blind", "drill"]


@dataclass(frozen=True)
class Event:
    """One thing the student did with the item in front of them.

    ``letter`` holds a letter a part; ``text`` a written answer. ``right`` means all
    points earned, ``of`` how many could be. ``sure`` is 'sure', 'unsure' or empty;
    ``hints`` and ``seconds`` are what the answer took.

    A draft is an answer half done: its first part, words not scored yet, or a hint
    taken; it is kept, and moves nothing. In an exam ``words`` are an answer that is
    scored at the end. ``start`` says in ``seconds`` how long the session may take, and
    in ``of`` how long each reply of a drill; ``resume`` that it was broken off before;
    ``end`` that an exam was handed in.
    """

    kind: Kind
    item: str
    letter: str = ""
    right: bool = False
    points: int = 0
    text: str = ""
    sure: str = ""
    hints: int = 0
    seconds: int = 0
    of: int = 0


@dataclass(frozen=True)
class Score:
    right: int
    answered: int


@dataclass(frozen=True)
class _Replay:
    """What the events come to; see the properties of Session."""

    queue: tuple[str, ...]
    place: int
    answers: Mapping[str, Event]
    words: Mapping[str, Event]
    ended: bool


@dataclass(frozen=True)
class Session:
    """``items`` in the order asked; ``events`` in the order they happened."""

    items: tuple[str, ...]
    events: tuple[Event, ...] = ()
    kind: SessionKind = "fresh"

    @cached_property
    def _replayed(self) -> _Replay:
        """One pass over the events.

        What comes back does so once, in its order, when the last item has been met for
        the first time; going back later does not change that. An event on another item
        than the current one is passed over: a second window wrote it.
        """
        queue, place = list(self.items), 0
        answers: dict[str, Event] = {}
        words: dict[str, Event] = {}
        extended = ended = False
        for event in self.events:
            if event.kind in ("draft", "start", "resume"):
                continue
            if ended:
                if event.kind == "answer" and event.item in words:
                    del words[event.item]
                    answers[event.item] = event
                continue
            here = queue[place] if place < len(queue) else ""
            if event.item != here:
                continue
            if event.kind == "end":
                ended = True
                continue
            if event.kind == "back":
                place = max(0, place - 1)
                continue
            if not here:
                continue
            self._answered(event, answers, words)
            place += 1
            if place == len(self.items) and not extended:
                extended = True
                queue += [i for i in self.items if self._returns(i, answers, words)]
        return _Replay(tuple(queue), place, answers, words, ended)

    def _answered(
        self, event: Event, answers: dict[str, Event], words: dict[str, Event]
    ) -> None:
        """The first answer counts, in an exam the last one."""
        if self.kind == "exam" and event.kind in ("answer", "words"):
            answers.pop(event.item, None)
            words.pop(event.item, None)
            kept = answers if event.kind == "answer" else words
            kept[event.item] = event
        elif event.kind == "answer":
            answers.setdefault(event.item, event)

    def _returns(
        self, item: str, answers: Mapping[str, Event], words: Mapping[str, Event]
    ) -> bool:
        if self.kind == "exam":
            return item not in answers and item not in words
        if self.kind in ("blind", "drill"):
            return False
        return item not in answers or not answers[item].right

    @property
    def queue(self) -> tuple[str, ...]:
        """All items, then once more those that come back."""
        return self._replayed.queue

    @property
    def place(self) -> int:
        """Index into the queue of the item to ask now; len(queue) when done."""
        return self._replayed.place

    @property
    def answers(self) -> Mapping[str, Event]:
        """Item → the answer that counts: its first, in an exam its last."""
        return self._replayed.answers

    @property
    def words(self) -> Mapping[str, Event]:
        """Item → the answer that is still to be scored, after an exam."""
        return self._replayed.words

    @property
    def ended(self) -> bool:
        """Whether an exam was handed in."""
        return self._replayed.ended

    @property
    def limit(self) -> int:
        """How many seconds it may take; 0 where there is no limit."""
        return next((e.seconds for e in self.events if e.kind == "start"), 0)

    @property
    def reply_limit(self) -> int:
        """How many seconds a reply of a drill should take; 0 where that is open."""
        return next((e.of for e in self.events if e.kind == "start"), 0)

    @property
    def seconds(self) -> int:
        """How long it has taken."""
        return sum(event.seconds for event in self.events if event.kind != "start")

    @property
    def interrupted(self) -> bool:
        return any(event.kind == "resume" for event in self.events)

    @property
    def current(self) -> str | None:
        done = self.ended or self.place >= len(self.queue)
        return None if done else self.queue[self.place]

    @property
    def draft(self) -> Event | None:
        """The half of an answer that was given to the current item before a break."""
        done = [e for e in self.events if e.kind not in ("start", "resume")]
        last = done[-1] if done else None
        if last and last.kind == "draft" and last.item == self.current:
            return last
        return None

    @property
    def repeating(self) -> bool:
        """Whether the current item has come back."""
        return self.place >= len(self.items)

    @property
    def score(self) -> Score:
        answered = self.answers.values()
        return Score(sum(event.right for event in answered), len(answered))

    def after(self, event: Event) -> Session:
        return replace(self, events=(*self.events, event))


def tally(session: Session, labels: Mapping[str, tuple[str, ...]]) -> dict[str, Score]:
    """Scores by label (a skill, a side), from what counts; labels in item order.

    ``labels`` maps an item id to the labels it counts for.
    """
    table: dict[str, Score] = {}
    for item in session.items:
        event = session.answers.get(item)
        if event is None:
            continue
        for label in labels[item]:
            old = table.get(label, Score(0, 0))
            table[label] = Score(old.right + event.right, old.answered + 1)
    return table


def certainty(session: Session) -> dict[str, Score]:
    """Scores of the answers that were 'sure' and 'unsure', where that was said."""
    found: dict[str, Score] = {}
    for event in session.answers.values():
        if event.sure:
            old = found.get(event.sure, Score(0, 0))
            found[event.sure] = Score(old.right + event.right, old.answered + 1)
    return found
