"""One answer out of all that a student ever gave to a kit.

Stage: beside ``session``: what the store remembers of it, and what ``schedule`` and
``mastery`` are worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """An answer as it was given; ``when`` is a moment in UTC, as ISO 8601.

    ``session`` tells sittings apart and ``kind`` is the session's. ``of`` is what could
    be earned, 0 where that was not kept. ``sure`` is 'sure', 'unsure' or empty.
    """

    item: str
    kind: str
    when: str
    session: int
    right: bool
    points: int = 0
    of: int = 0
    letter: str = ""
    text: str = ""
    sure: str = ""
    hints: int = 0
    seconds: int = 0


def in_time(answers: Iterable[Answer]) -> list[Answer]:
    """The answers that count, by the time they were given.

    Those of one moment stay as they came. In an exam an answer may be changed: the last
    one counts, and nothing was told before it.
    """
    ordered = sorted(answers, key=lambda answer: answer.when)
    last = {(a.session, a.item): a for a in ordered}
    return [a for a in ordered if a.kind != "exam" or last[a.session, a.item] is a]


def first_tries(answers: Iterable[Answer]) -> Iterator[Answer]:
    """The first answer to each item in each sitting: what comes back was just told."""
    met: set[tuple[int, str]] = set()
    for answer in in_time(answers):
        if (answer.session, answer.item) not in met:
            met.add((answer.session, answer.item))
            yield answer
