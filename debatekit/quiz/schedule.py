"""Which items are due again, and when: spaced practice that ends at the debate.

Stage: beside ``session``; answers → days, by the algorithm of the ``fsrs`` package.
Nothing is stored: every card is built anew from all answers to its item, so that the
same answers always give the same days. The clock is passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from debatekit.quiz.history import Answer, in_time

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9
# What was answered without its passage, and one's own rating of a reply, say nothing of
# when an item should come back.
NOT_SCHEDULED = ("blind", "drill")

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


@dataclass(frozen=True)
class Due:
    """When an item comes back, and how likely it is remembered now (0 to 1)."""

    item: str
    on: date
    retrievability: float


def rating(answer: Answer, earlier: Sequence[Answer]) -> int:
    """How well an item was known: 1 again, 2 hard, 3 good, 4 easy.

    Nothing is easy in the sitting in which it is met: its answer was just told there.
    """
    if not answer.right:
        return AGAIN
    if answer.hints or answer.sure == "unsure":
        return HARD
    before = any(one.session != answer.session for one in earlier)
    return EASY if answer.sure == "sure" and before else GOOD


def schedule(
    answers: Iterable[Answer], now: datetime, debate_on: date | None = None
) -> tuple[Due, ...]:
    """Every item answered, the one least likely remembered first.

    ``now`` is aware of its time zone: days are the student's days.
    """
    from fsrs import Scheduler

    # Steps of minutes are for cards that are turned over and over in one sitting.
    scheduler = Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    by_item: dict[str, list[Answer]] = {}
    for answer in in_time(answers):
        if answer.kind not in NOT_SCHEDULED:
            by_item.setdefault(answer.item, []).append(answer)
    found = []
    for item, given in by_item.items():
        card = _card(scheduler, given)
        retrievability = scheduler.get_card_retrievability(card, now.astimezone(UTC))
        day = _day(card.due, now.tzinfo)
        last = _day(_moment(given[-1]), now.tzinfo)
        found.append(Due(item, _in_time_for(debate_on, day, last), retrievability))
    return tuple(sorted(found, key=lambda due: (due.retrievability, due.on, due.item)))


def due(
    answers: Iterable[Answer], now: datetime, debate_on: date | None = None
) -> tuple[str, ...]:
    """The items that are due today or overdue, the least likely remembered first."""
    today = now.date()
    found = schedule(answers, now, debate_on)
    return tuple(one.item for one in found if one.on <= today)


def next_due(
    answers: Iterable[Answer], now: datetime, debate_on: date | None = None
) -> date | None:
    """The first day after today on which an item is due; None where there is none."""
    today = now.date()
    days = (one.on for one in schedule(answers, now, debate_on))
    return min((day for day in days if day > today), default=None)


def due_items(
    kit_items: Iterable[str],
    answers: Iterable[Answer],
    now: datetime,
    debate_on: date | None,
    count: int,
) -> tuple[str, ...]:
    """At most so many of the items given that are due, most urgent first."""
    wanted = set(kit_items)
    known = (answer for answer in answers if answer.item in wanted)
    return due(known, now, debate_on)[:count]


def _card(scheduler: Scheduler, given: Sequence[Answer]) -> Card:
    from fsrs import Card, Rating

    card = Card(card_id=0, due=_moment(given[0]))
    for number, answer in enumerate(given):
        rated = Rating(rating(answer, given[:number]))
        card, _ = scheduler.review_card(card, rated, _moment(answer))
    return card


def _in_time_for(debate_on: date | None, day: date, last: date) -> date:
    """The day of an item last answered on ``last``, so that it is met once more on the
    eve of the debate at the latest; what was answered on the eve, on the day itself."""
    if debate_on is None:
        return day
    for limit in (debate_on - timedelta(days=1), debate_on):
        if last < limit:
            return min(day, limit)
    return day


def _moment(answer: Answer) -> datetime:
    return datetime.fromisoformat(answer.when).astimezone(UTC)


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()
