"""Progress as a page: small plots, one a group, each beside the table it draws.

Stage: documents. Every number and every point of a line is worked out here; the
template only places them. A solid line is the group, a dashed one all items.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from debatekit.kit.dates import long_date
from debatekit.kit.problems import counted
from debatekit.quiz.progress import FEW, LAST_TRIES, Course, Progress, Share, Table

# The plot's own units: the frame stands so far in and is so large.
LEFT, TOP, WIDTH, HEIGHT = 40, 10, 260, 100


@dataclass(frozen=True)
class Mark:
    x: float
    y: float


@dataclass(frozen=True)
class Plot:
    """One frame: the line of a group, and that of all items to compare it with.

    ``alt`` says in words what is drawn.
    """

    id: str
    title: str
    alt: str
    marks: tuple[Mark, ...]
    compared: tuple[Mark, ...]
    first: str
    last: str


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading with its plots and the same numbers as a table."""

    heading: str
    plots: tuple[Plot, ...]
    days: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ProgressPage:
    title: str
    language: str
    day: str
    answers: str
    few: int
    last_tries: int
    sections: tuple[Section, ...]
    due: tuple[Row, ...]
    sure: tuple[Row, ...]
    blind: tuple[Row, ...]
    index: str


def progress_page(found: Progress) -> ProgressPage:
    """The page of one student's practice; ``Progress`` is worked out before."""
    tables = (Table("All items", (found.overall,)), *found.tables)
    if found.drills:
        tables = (*tables, Table("Replies in drills, as rated", found.drills))
    pairs = (("sure", found.sure), ("unsure", found.unsure))
    trial = (("with the passage", found.with_passage), ("blind", found.blind))
    return ProgressPage(
        title=found.title,
        language=found.language,
        day=long_date(found.today.isoformat()),
        answers=counted(found.answers, "answer"),
        few=FEW,
        last_tries=LAST_TRIES,
        sections=tuple(
            _section(number, table, found.overall)
            for number, table in enumerate(tables)
            if any(course.points for course in table.courses)
        ),
        due=tuple(
            Row(long_date(day.isoformat()), (str(count),)) for day, count in found.due
        ),
        sure=tuple(Row(*_shown(name, share)) for name, share in pairs if share.answers),
        blind=tuple(
            Row(*_shown(name, share)) for name, share in trial if found.blind.answers
        ),
        index="" if found.index is None else f"{100 * found.index:+.0f}",
    )


def _shown(name: str, share: Share) -> tuple[str, tuple[str, ...]]:
    return name, (_percent(share), str(share.answers))


def _percent(share: Share) -> str:
    return f"{100 * share.value:.0f} %" if share.told else "too few"


def _section(number: int, table: Table, overall: Course) -> Section:
    days = sorted({p.day for course in table.courses for p in course.points})
    return Section(
        heading=table.heading,
        plots=tuple(
            _plot(f"plot-{number}-{place}", course, overall, days[0], days[-1])
            for place, course in enumerate(table.courses)
            if any(point.share.told for point in course.points)
        ),
        days=tuple(long_date(day.isoformat()) for day in days),
        rows=tuple(_row(course, days) for course in table.courses),
    )


def _row(course: Course, days: list[date]) -> Row:
    by_day = {point.day: point.share for point in course.points}
    cells = (
        f"{_percent(by_day[day])} (n {by_day[day].answers})" if day in by_day else ""
        for day in days
    )
    return Row(course.label, tuple(cells))


def _plot(name: str, course: Course, overall: Course, first: date, last: date) -> Plot:
    told = [point for point in course.points if point.share.told]
    start, end = told[0], told[-1]
    alt = (
        f"Mastery of {course.label}: {_percent(end.share)} on "
        f"{long_date(end.day.isoformat())}"
    )
    if start is not end:
        began = long_date(start.day.isoformat())
        alt += f", from {_percent(start.share)} on {began}"
    return Plot(
        id=name,
        title=course.label,
        alt=f"{alt}. The table below has every number.",
        marks=_marks(course, first, last),
        compared=() if course is overall else _marks(overall, first, last),
        first=long_date(first.isoformat()),
        last=long_date(last.isoformat()) if last > first else "",
    )


def _marks(course: Course, first: date, last: date) -> tuple[Mark, ...]:
    """Where the days of a course stand in the frame; one day stands in its middle."""
    span = (last - first).days
    return tuple(
        Mark(
            round(LEFT + WIDTH * ((p.day - first).days / span if span else 0.5), 1),
            round(TOP + HEIGHT * (1 - p.share.value), 1),
        )
        for p in course.points
        if p.share.told and first <= p.day <= last
    )
