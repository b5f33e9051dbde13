"""What all answers to a kit say: mastery, calibration, what is due, what is guessed.

Stage: beside ``schedule``; answers → frozen data that a terminal or a page draws. The
mastery of an item is the mean share of points of the last three first tries at it; that
of a group is the mean over its items that were answered. The clock is passed in.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.history import Answer, first_tries, in_time
from debatekit.quiz.schedule import schedule

LAST_TRIES = 3
# Of fewer answers no share is told: one more could move it by a fifth.
FEW = 5
# A contention is rated by the student: missed, part or full.
DRILL_POINTS = 2


@dataclass(frozen=True)
class Share:
    """A mean from 0 to 1 and the number of answers it is made of."""

    value: float
    answers: int

    @property
    def told(self) -> bool:
        """Whether it is made of enough answers to be told."""
        return self.answers >= FEW


@dataclass(frozen=True)
class Point:
    """The mastery of a group when a day of practice was over."""

    day: date
    share: Share


@dataclass(frozen=True)
class Course:
    """A group of items (a skill, a side, a source) over the days it was practised."""

    label: str
    points: tuple[Point, ...]

    @property
    def now(self) -> Share:
        return self.points[-1].share if self.points else Share(0.0, 0)

    @property
    def before(self) -> Share | None:
        """As it stood before the last day on which the group was practised."""
        return self.points[-2].share if len(self.points) > 1 else None


@dataclass(frozen=True)
class Table:
    """Courses beside each other, under a heading."""

    heading: str
    courses: tuple[Course, ...]


@dataclass(frozen=True)
class Progress:
    """All that is told of one student's practice of one kit.

    ``due`` counts items by day, what is overdue on today; ``unknown`` answers are to
    items that the kit no longer has. ``with_passage`` and ``blind`` are of items
    with a passage by how they were met for the first time, so that none is remembered.
    ``drills`` are by the side replied to.
    """

    title: str
    language: str
    today: date
    answers: int
    unknown: int
    hinted: int
    overall: Course
    tables: tuple[Table, ...]
    due: tuple[tuple[date, int], ...]
    sure: Share
    unsure: Share
    with_passage: Share
    blind: Share
    drills: tuple[Course, ...]

    @property
    def index(self) -> float | None:
        """p(with) - p(without); None where either is made of too few answers."""
        if not (self.with_passage.told and self.blind.told):
            return None
        return self.with_passage.value - self.blind.value


def progress(
    kit: Kit,
    answers: Iterable[Answer],
    now: datetime,
    debate_on: date | None = None,
) -> Progress:
    """What the answers say; a kit may have items among its own made from its map."""
    given = in_time(answers)
    drills = [a for a in given if a.kind == "drill" and a.item in kit.contentions]
    known = [a for a in given if a.kind != "drill" and a.item in kit.items]
    tries = [a for a in first_tries(known) if a.kind != "blind"]
    met = _first_met(a for a in known if kit.items[a.item].reads)
    course = _Courses(kit.items, now.tzinfo)
    rated = _Courses({}, now.tzinfo)
    sides = _grouped(drills, lambda a: (f"to {kit.side_of[a.item]}",))
    return Progress(
        title=kit.head.title,
        language=kit.head.language,
        today=now.date(),
        answers=len(drills) + len(known),
        unknown=len(given) - len(drills) - len(known),
        hinted=sum(a.hints > 0 for a in tries),
        overall=course.of("All items", tries),
        tables=tuple(
            Table(
                heading,
                tuple(course.of(name, found) for name, found in groups.items()),
            )
            for heading, groups in _tables(kit, tries)
            if groups
        ),
        due=_due(known, now, debate_on),
        sure=course.right(a for a in tries if a.sure == "sure"),
        unsure=course.right(a for a in tries if a.sure == "unsure"),
        with_passage=course.right(a for a in met if a.kind != "blind"),
        blind=course.right(a for a in met if a.kind == "blind"),
        drills=tuple(rated.of(side, found) for side, found in sides.items()),
    )


@dataclass(frozen=True)
class _Courses:
    """Makes courses of answers to some items, on the days of a time zone."""

    items: Mapping[str, model.Item]
    zone: tzinfo | None

    def of(self, label: str, tries: Sequence[Answer]) -> Course:
        last: dict[str, deque[float]] = {}
        points = []
        for day, given in groupby(tries, self._day):
            for answer in given:
                kept = last.setdefault(answer.item, deque(maxlen=LAST_TRIES))
                kept.append(self._earned(answer))
            means = [sum(shares) / len(shares) for shares in last.values()]
            count = sum(len(shares) for shares in last.values())
            points.append(Point(day, Share(sum(means) / len(means), count)))
        return Course(label, tuple(points))

    def right(self, answers: Iterable[Answer]) -> Share:
        """How many of the answers earned all points."""
        found = [answer.right for answer in answers]
        return Share(sum(found) / len(found) if found else 0.0, len(found))

    def _earned(self, answer: Answer) -> float:
        item = self.items.get(answer.item)
        of = answer.of or (item.points if item else DRILL_POINTS)
        # An author may have changed what an item is worth since.
        return min(1.0, max(0.0, answer.points / of))

    def _day(self, answer: Answer) -> date:
        moment = datetime.fromisoformat(answer.when).astimezone(UTC)
        return moment.astimezone(self.zone).date()


def _tables(
    kit: Kit, tries: Sequence[Answer]
) -> Iterable[tuple[str, dict[str, list[Answer]]]]:
    def read(answer: Answer) -> Iterable[str]:
        return (p for p in kit.items[answer.item].reads if p in kit.passages)

    yield "By skill", _grouped(tries, lambda a: (kit.items[a.item].skill,))
    yield (
        "By side of the passage",
        _grouped(tries, lambda a: (kit.passages[p].stance for p in read(a))),
    )
    yield (
        "By source",
        _grouped(
            tries, lambda a: (f"Source {kit.source_of[p].letter}" for p in read(a))
        ),
    )


def _grouped(
    answers: Iterable[Answer], labels: Callable[[Answer], Iterable[str]]
) -> dict[str, list[Answer]]:
    """The answers by their labels; an answer stands once under each of its own."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        for label in dict.fromkeys(labels(answer)):
            found.setdefault(label, []).append(answer)
    return dict(sorted(found.items()))


def _first_met(known: Iterable[Answer]) -> list[Answer]:
    """The very first answer to each item, blind or not."""
    first: dict[str, Answer] = {}
    for answer in known:
        first.setdefault(answer.item, answer)
    return list(first.values())


def _due(
    known: Iterable[Answer], now: datetime, debate_on: date | None
) -> tuple[tuple[date, int], ...]:
    today = now.date()
    days = Counter(max(one.on, today) for one in schedule(known, now, debate_on))
    return tuple(sorted(days.items()))
