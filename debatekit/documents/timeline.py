"""The time line: every event as text beside a rule on which years are to scale.

Two drawings are computed here, in numbers only. The overview has a dot an event, above
the day it happened. In the list, the empty rule before an entry is as long as the time
since the entry before it, so that quiet years show as distance at any size of type.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from debatekit.documents.common import Head, head_for
from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit

# The rule, in em of the body: a year, all empty stretches together, and the longest.
EM_A_YEAR, EM_IN_ALL, EM_AT_MOST = 1.6, 50.0, 24.0
# The distance of two year labels, in em, below which some are left out.
LABEL_PITCH = 1.4
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# The overview, in tenths of a millimetre.
WIDTH, MARGIN, DOT, YEAR_LABEL, SHORTEST_RULE = 1700, 60, 30, 170, 90


@dataclass(frozen=True)
class Tick:
    """A year on a rule; ``at`` is its distance from the rule's beginning."""

    year: int
    at: float


@dataclass(frozen=True)
class Dot:
    """An event in the overview: its middle, and whether it is about a measure."""

    x: float
    y: float
    measure: bool


@dataclass(frozen=True)
class Overview:
    """All events on one straight rule, in tenths of a millimetre from the top left."""

    width: float
    height: float
    rule: float
    radius: float
    first: int
    last: int
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class TimelineEvent:
    """``gap`` is the empty rule before it, in em, with the ``ticks`` of its years;
    ``later`` says in words how much time it stands for.

    ``at`` is the place in time, in years; ``measure`` names the measure it is about.
    """

    number: int
    date: str
    text: str
    measure: str
    debated: bool
    confidence: str
    reference: str
    at: float
    gap: float
    later: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Timeline:
    head: Head
    overview: Overview
    events: tuple[TimelineEvent, ...]
    measures: bool
    unsure: bool


def timeline(kit: Kit) -> Timeline:
    """Every event of timeline.yaml, in its order, which is that of the dates."""
    events = tuple(kit.extras.events.values())
    places = _places(events)
    years = _em_a_year(places)
    names = _measure_names(kit)
    lines = tuple(
        _event(kit, event, number, names, places, years)
        for number, event in enumerate(events, start=1)
    )
    return Timeline(
        head=head_for(kit, "timeline", "Time line", kit.head.title),
        overview=_overview(places, tuple(bool(e.measure) for e in events)),
        events=lines,
        measures=any(line.measure for line in lines),
        unsure=any(line.confidence for line in lines),
    )


def _event(
    kit: Kit,
    event: model.Event,
    number: int,
    names: dict[str, str],
    places: Sequence[float],
    em_a_year: float,
) -> TimelineEvent:
    at = places[number - 1]
    before = places[number - 2] if number > 1 else math.floor(at)
    date = event.reference.date
    when = "" if date == "not known" else f", {long_date(date)}"
    return TimelineEvent(
        number=number,
        date=long_date(event.date),
        text=event.event,
        measure=names.get(event.measure or "", ""),
        debated=event.measure == kit.head.motion.measure,
        confidence="" if event.confidence == "high" else event.confidence,
        reference=f"{event.reference.issuer}{when}",
        at=at,
        gap=round((at - before) * em_a_year, 2),
        later="The rule begins" if number == 1 else _later(at - before),
        ticks=tuple(_ticks(before, at, em_a_year, first=number == 1)),
    )


def _later(years: float) -> str:
    """A stretch of time in words, in years and whole months."""
    whole, months = divmod(round(years * 12), 12)
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((whole, "year"), (months, "month"))
        if number
    ]
    return f"{' '.join(parts) or 'Less than a month'} later"


def _measure_names(kit: Kit) -> dict[str, str]:
    """Measure id → its name, with its number on the page that explains the measures."""
    explained = [m.id for m in kit.head.measures if m.id in kit.extras.explainers]
    numbers = {measure: f" {n}" for n, measure in enumerate(explained, start=1)}
    return {
        m.id: f"measure{numbers.get(m.id, '')}: {m.name}" for m in kit.head.measures
    }


def _places(events: Sequence[model.Event]) -> tuple[float, ...]:
    """Where each event stands in time, in years; never before the one above it.

    An event with no known date stands where the one above it does.
    """
    places: list[float] = []
    for event in events:
        known = [place for place in (_year_of(event.date),) if place is not None]
        places.append(max([*places[-1:], *known], default=0.0))
    return tuple(places)


def _year_of(date: str) -> float | None:
    """A date as years; one without a day or a month counts from its beginning."""
    if date == "not known":
        return None
    year, month, day = (*(int(part) for part in date.split("-")), 1, 1)[:3]
    return round(year + (month - 1) / 12 + (day - 1) / 372, 4)


def _em_a_year(places: Sequence[float]) -> float:
    """The scale of the rule: less for a long story, so that it still fits on pages."""
    span = max(places[-1] - math.floor(places[0]), 1.0)
    pairs = itertools.pairwise(places)
    longest = max((later - earlier for earlier, later in pairs), default=1.0)
    return min(EM_A_YEAR, EM_IN_ALL / span, EM_AT_MOST / max(longest, 1.0))


def _ticks(before: float, at: float, em_a_year: float, first: bool) -> Iterator[Tick]:
    """The years that begin in a stretch of the rule, with its beginning if first."""
    step = next((s for s in STEPS if s * em_a_year >= LABEL_PITCH), STEPS[-1])
    begin = math.floor(before) if first else math.floor(before) + 1
    for year in range(begin, math.floor(at) + 1):
        if first or year % step == 0:
            yield Tick(year, round((year - before) * em_a_year, 2))


def _overview(places: Sequence[float], measures: Sequence[bool]) -> Overview:
    """A dot an event over a straight rule, piled up where the days are close."""
    first, last = math.floor(places[0]), math.floor(places[-1]) + 1
    a_year = (WIDTH - 2 * MARGIN) / (last - first)
    piles: dict[int, int] = {}
    spots: list[tuple[int, int]] = []
    for place in places:
        column = int((place - first) * a_year / DOT)
        spots.append((column, piles.get(column, 0)))
        piles[column] = piles.get(column, 0) + 1
    rule = max(max(piles.values()) * DOT + DOT // 2, SHORTEST_RULE)
    step = next((s for s in STEPS if s * a_year >= YEAR_LABEL), STEPS[-1])
    every = next((s for s in STEPS if s * a_year >= DOT), STEPS[-1])
    return Overview(
        width=WIDTH,
        height=rule + 75,
        rule=rule,
        radius=DOT * 0.4,
        first=first,
        last=last,
        ticks=tuple(_marks(first, last, every, a_year)),
        labels=tuple(_marks(first, last, step, a_year)),
        dots=tuple(
            Dot(MARGIN + (column + 0.5) * DOT, rule - (row + 0.75) * DOT, measure)
            for (column, row), measure in zip(spots, measures, strict=True)
        ),
    )


def _marks(first: int, last: int, step: int, a_year: float) -> Iterator[Tick]:
    for year in range(-(-first // step) * step, last + 1, step):
        yield Tick(year, round(MARGIN + (year - first) * a_year, 1))
