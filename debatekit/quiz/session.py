"""A practice session as a value: a fixed order of items and the events so far.

Stage: beside forms; knows nothing of terminals or files. Everything about a session
(where it stands, what comes back, the score) is worked out from its events, so saving
is appending one event, and a session cut off anywhere resumes where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

Kind = Literal["answer", "skip", "back", "draft"]


@dataclass(frozen=True)
class Event:
    """One thing the student did with the item in front of them.

    ``letter`` holds a letter a part; ``text`` a written answer. ``right`` means all
    points earned. A draft is an answer half done: its first part, or words not scored
    yet; it is kept, and moves nothing.
    """

    kind: Kind
    item: str
    letter: str = ""
    right: bool = False
    points: int = 0
    text: str = ""


@dataclass(frozen=True)
class Score:
    right: int
    answered: int


@dataclass(frozen=True)
class Session:
    """``items`` in the order asked; ``events`` in the order they happened."""

    items: tuple[str, ...]
    events: tuple[Event, ...] = ()

    @cached_property
    def _replayed(self) -> tuple[tuple[str, ...], int, Mapping[str, Event]]:
        """Queue, place and first answers, from one pass over the events.

        Items that were not right come back once, in their order, when the last item
        has been met for the first time; going back later does not change that. An
        event on another item than the current one is passed over: a second window
        wrote it.
        """
        queue, place, extended = list(self.items), 0, False
        answers: dict[str, Event] = {}
        for event in self.events:
            if event.kind == "draft" or event.item not in queue[place : place + 1]:
                continue
            if event.kind == "back":
                place = max(0, place - 1)
                continue
            if event.kind == "answer":
                answers.setdefault(event.item, event)
            place += 1
            if place == len(self.items) and not extended:
                extended = True
                queue += [
                    item
                    for item in self.items
                    if item not in answers or not answers[item].right
                ]
        return tuple(queue), place, answers

    @property
    def queue(self) -> tuple[str, ...]:
        """All items, then once more those that were not answered right."""
        return self._replayed[0]

    @property
    def place(self) -> int:
        """Index into the queue of the item to ask now; len(queue) when done."""
        return self._replayed[1]

    @property
    def first_answers(self) -> Mapping[str, Event]:
        """Item → the answer that counts: its first."""
        return self._replayed[2]

    @property
    def current(self) -> str | None:
        queue, place = self.queue, self.place
        return queue[place] if place < len(queue) else None

    @property
    def draft(self) -> Event | None:
        """The half of an answer that was given to the current item before a break."""
        last = self.events[-1] if self.events else None
        if last and last.kind == "draft" and last.item == self.current:
            return last
        return None

    @property
    def repeating(self) -> bool:
        """Whether the current item has come back."""
        return self.place >= len(self.items)

    @property
    def score(self) -> Score:
        answered = self.first_answers.values()
        return Score(sum(event.right for event in answered), len(answered))

    def after(self, event: Event) -> Session:
        return replace(self, events=(*self.events, event))


def tally(session: Session, labels: Mapping[str, tuple[str, ...]]) -> dict[str, Score]:
    """Scores by label (a skill, a side), from first answers; labels in item order.

    ``labels`` maps an item id to the labels it counts for.
    """
    table: dict[str, Score] = {}
    for item in session.items:
        event = session.first_answers.get(item)
        if event is None:
            continue
        for label in labels[item]:
            old = table.get(label, Score(0, 0))
            table[label] = Score(old.right + event.right, old.answered + 1)
    return table
