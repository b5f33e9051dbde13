"""event-order, event-before: what came first, and what was known at the time.

Stage: part of ``generate``. Dates are as exact as the author wrote them: 2019 and
2019-05 cannot be put in order. An event whose own text holds a year or a month tells
its place, and is refused.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence

from debatekit.kit import model
from debatekit.kit.dates import MONTHS, long_date
from debatekit.kit.kit import Kit
from debatekit.quiz.chance import draw
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    item_id,
    nearest,
)

Span = tuple[datetime.date, datetime.date]
STEPS = 4
# A class knows what came a season later, not what came a week later.
LEAST_DAYS = 90
APART_DAYS = 30
STRIDES = (1, 3)
TELLS_ITS_DATE = re.compile(rf"\b((19|20)\d\d|{'|'.join(MONTHS)})\b")


def event_order(kit: Kit) -> Iterator[Generated]:
    """Four events to put in order, each at least a season after the one before."""
    events = _undated(kit)
    seen: set[frozenset[str]] = set()
    for start in range(len(events)):
        steps = _steps(events[start:], STRIDES[start % len(STRIDES)])
        ids = frozenset(event.id for event in steps)
        if len(steps) == STEPS and ids not in seen:
            seen.add(ids)
            yield _ordering(steps)


def _undated(kit: Kit) -> list[model.Event]:
    """The events that do not tell their own date, by date."""
    return sorted(
        (
            event
            for event in kit.extras.events.values()
            if span(event.date) and not TELLS_ITS_DATE.search(event.event)
        ),
        key=lambda event: (event.date, event.id),
    )


def _steps(events: Sequence[model.Event], stride: int) -> list[model.Event]:
    """The first event, then every ``stride``-th of those that come clearly later."""
    steps = [events[0]]
    waiting = stride
    for event in events[1:]:
        if not clearly_before(steps[-1].date, event.date, LEAST_DAYS):
            continue
        waiting -= 1
        if waiting == 0:
            steps.append(event)
            waiting = stride
        if len(steps) == STEPS:
            break
    return steps


def _ordering(steps: Sequence[model.Event]) -> Generated:
    item = model.Item(
        origin=steps[0].origin,
        id=item_id("event-order", *(event.id for event in steps)),
        type="ordering",
        skill="locate",
        stem="Put these events in the order in which they happened, earliest first.",
        steps=tuple(
            model.OrderStep(
                origin=event.origin,
                text=event.event,
                why=_when(event.date),
            )
            for event in steps
        ),
        proof=tuple(model.Proof(origin=e.origin, event=e.id) for e in steps),
        points=len(steps) - 1,
    )
    return Generated("event-order", item)


def event_before(kit: Kit) -> Iterator[Generated]:
    """Which of these had happened before the motion's measure, which came after it?"""
    measure = kit.measure
    if measure is None or not span(measure.date):
        return
    events = [
        event
        for event in _undated(kit)
        if event.measure != measure.id and event.date != measure.date
    ]
    earlier = [e for e in events if clearly_before(e.date, measure.date, APART_DAYS)]
    later = [e for e in events if clearly_before(measure.date, e.date, APART_DAYS)]
    for keys, wrong, ask in (
        (earlier, later, "had already happened by then"),
        (later, earlier, "came only after that"),
    ):
        for event in keys:
            made = _one_of(measure, event, wrong, ask)
            if made:
                yield made


def _one_of(
    measure: model.Measure,
    event: model.Event,
    wrong: Sequence[model.Event],
    ask: str,
) -> Generated | None:
    question = Question(
        kind="event-before",
        about=(event.id,),
        origin=event.origin,
        skill="source",
        stem=f"The motion is about a step of {long_date(measure.date)}. "
        f"Which of these {ask}?",
        proof=(
            model.Proof(origin=event.origin, event=event.id),
            model.Proof(origin=measure.origin, measure=measure.id),
        ),
    )
    key = _answer(event)
    answers = [_answer(one) for one in wrong]
    days = {one.id: abs(_days(one.date, event.date)) for one in wrong}
    rank = {name: count // 365 for name, count in days.items()}
    # Neighbours in time first, but not the same few for every event.
    rank = {name: years + draw(0, event.id, name) % 3 for name, years in rank.items()}
    return choice(question, key, nearest(answers, question.id, key, rank))


def _answer(event: model.Event) -> Answer:
    return Answer(event.id, _when(event.date), text=event.event)


def _when(date: str) -> str:
    on = "on" if len(date) == len("2019-05-16") else "in"
    return f"This was {on} {long_date(date)}."


def span(date: str) -> Span | None:
    """The first and the last day that a date as written may mean."""
    if date == "not known":
        return None
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        day = datetime.date(*parts)
        return day, day
    year, month = parts[0], parts[1:]
    first = datetime.date(year, month[0] if month else 1, 1)
    end = month[0] if month else 12
    return first, datetime.date(year, end, calendar.monthrange(year, end)[1])


def clearly_before(one: str, other: str, days: int) -> bool:
    """Whether the whole of one date is so many days before the whole of the other."""
    first, second = span(one), span(other)
    return bool(first and second and (second[0] - first[1]).days >= days)


def _days(one: str, other: str) -> int:
    first, second = span(one), span(other)
    return (second[0] - first[0]).days if first and second else 0
