"""The map of the clash: both sides' contentions, and who answers whom.

The drawing is computed here, in numbers only: boxes in rows of one height, and between
the two columns a numbered mark for every reply at the contention that it answers. A
line comes to it from the contention of its own side whose evidence it uses.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from debatekit.documents.common import SIDE_NAMES, Head, head_for, short_cite
from debatekit.kit import model
from debatekit.kit.kit import Kit

# All in em of the map's type, as in handout.css (.clash li, .drawn li). The narrowest
# column is 22.4 em inside, and a letter of English prose takes at most 0.53 em of it,
# so that 42 letters find room.
LETTERS_A_LINE, LINE, PADDING, BETWEEN = 42, 1.2, 0.65, 0.4
# What a landscape page has room for, in em of the largest type a map is drawn in.
TALLEST = 37.0
MOST_LINES = 6
GUTTER, RADIUS, INSET, LEAD = 16.0, 0.75, 1.9, 3.4
# Marks side by side at a box with many replies, and how many of them.
BESIDE, MOST_BESIDE = 1.7, 2


@dataclass(frozen=True)
class Box:
    """A contention; ``top`` and ``height`` are in em from the top of its column."""

    side: model.Side
    side_name: str
    number: int
    claim: str
    answered_by: tuple[int, ...]
    top: float
    height: float


@dataclass(frozen=True)
class MapReply:
    """``uses`` names its own side's contentions whose evidence it leans on."""

    number: int
    side: model.Side
    side_name: str
    text: str
    support: tuple[str, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A contention with the replies it gets."""

    box: Box
    replies: tuple[MapReply, ...]


@dataclass(frozen=True)
class Mark:
    """A reply's number; ``edge`` is where the box begins that it stands at."""

    number: int
    side: model.Side
    x: float
    y: float
    edge: float


@dataclass(frozen=True)
class Line:
    """From the contention whose evidence a reply uses to the reply's mark: level, then
    straight across, then level again."""

    number: int
    side: model.Side
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Drawing:
    """``lines_a_box`` is how many lines of text each box has room for."""

    lines_a_box: int
    width: float
    height: float
    radius: float
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ClashMap:
    """``drawing`` is None where a page has no room for it."""

    head: Head
    motion: str
    pro: tuple[Box, ...]
    con: tuple[Box, ...]
    drawing: Drawing | None
    answered: tuple[Answered, ...]


def clash_map(kit: Kit) -> ClashMap:
    """Both sides' contentions, and every rebuttal under the one it answers."""
    order = [c for side in model.SIDES for c in kit.sides[side].contentions]
    lines = _lines(kit, order)
    height = round(lines * LINE + PADDING, 2)
    numbers = _numbers(kit, order)
    boxes = {c.id: _box(kit, c, height, numbers) for c in order}
    columns = {side: _column(boxes, side) for side in model.SIDES}
    return ClashMap(
        head=head_for(kit, "map", "Map of the clash", kit.head.title),
        motion=kit.head.motion.sentence,
        pro=columns["pro"],
        con=columns["con"],
        drawing=_drawing(kit, boxes, numbers, lines),
        answered=tuple(
            Answered(boxes[c.id], _replies(kit, c, numbers))
            for c in order
            if c.id in kit.rebuttals
        ),
    )


def _column(boxes: dict[str, Box], side: model.Side) -> tuple[Box, ...]:
    return tuple(box for box in boxes.values() if box.side == side)


def _lines(kit: Kit, order: Sequence[model.Contention]) -> int:
    """The lines of text in every box: as many as the fullest one needs."""
    texts = [f"■ {SIDE_NAMES[kit.side_of[c.id]]} 10 {c.claim}" for c in order]
    return max(len(textwrap.wrap(text, LETTERS_A_LINE)) for text in texts)


def _numbers(kit: Kit, order: Sequence[model.Contention]) -> dict[str, int]:
    """Rebuttal id → its number, running down one column and then the other."""
    replies = [r.id for c in order for r in kit.rebuttals.get(c.id, ())]
    return {reply: number for number, reply in enumerate(replies, start=1)}


def _box(
    kit: Kit, contention: model.Contention, height: float, numbers: dict[str, int]
) -> Box:
    side = kit.side_of[contention.id]
    own = [c.id for c in kit.sides[side].contentions]
    place = own.index(contention.id)
    return Box(
        side=side,
        side_name=SIDE_NAMES[side],
        number=place + 1,
        claim=contention.claim,
        answered_by=tuple(numbers[r.id] for r in kit.rebuttals.get(contention.id, ())),
        top=round(place * (height + BETWEEN), 2),
        height=height,
    )


def _replies(
    kit: Kit, contention: model.Contention, numbers: dict[str, int]
) -> tuple[MapReply, ...]:
    side: model.Side = "con" if kit.side_of[contention.id] == "pro" else "pro"
    places = {c.id: n for n, c in enumerate(kit.sides[side].contentions, start=1)}
    return tuple(
        MapReply(
            number=numbers[reply.id],
            side=side,
            side_name=SIDE_NAMES[side],
            text=reply.text,
            support=tuple(short_cite(kit, support) for support in reply.support),
            uses=tuple(
                f"{SIDE_NAMES[side]} {places[used]}" for used in _uses(kit, reply, side)
            ),
        )
        for reply in kit.rebuttals[contention.id]
    )


def _uses(kit: Kit, reply: model.Rebuttal, side: model.Side) -> tuple[str, ...]:
    """The contentions of a side that use a piece of evidence a reply leans on."""
    leans = {(support.passage, support.fact) for support in reply.support}
    return tuple(
        contention.id
        for contention in kit.sides[side].contentions
        if any((e.passage, e.fact) in leans for e in contention.evidence)
    )


# ------------------------------------------------------------------- the drawing


def _drawing(
    kit: Kit, boxes: dict[str, Box], numbers: dict[str, int], lines: int
) -> Drawing | None:
    height = max(box.height for box in boxes.values())
    tall = max(box.top for box in boxes.values()) + height
    most = max((len(box.answered_by) for box in boxes.values()), default=0)
    beside = math.ceil(most * 2 * (RADIUS + 0.05) / height)
    if tall > TALLEST or beside > MOST_BESIDE or lines > MOST_LINES:
        return None
    marks = {m.number: m for box in boxes.values() for m in _marks(box, max(beside, 1))}
    routes = [
        (numbers[reply.id], used)
        for contention, replies in kit.rebuttals.items()
        if contention in boxes
        for reply in replies
        for used in _uses(kit, reply, marks[numbers[reply.id]].side)
    ]
    routes.sort()
    return Drawing(
        lines_a_box=lines,
        width=GUTTER,
        height=round(tall, 2),
        radius=RADIUS,
        marks=tuple(marks[number] for number in sorted(marks)),
        lines=tuple(
            _line(boxes[used], marks[number], _lane(boxes[used], routes, used, number))
            for number, used in routes
        ),
    )


def _marks(box: Box, beside: int) -> list[Mark]:
    """A box's marks, one below the other; every second further in if it has many."""
    side: model.Side = "con" if box.side == "pro" else "pro"
    edge, into = (0.0, 1) if box.side == "pro" else (GUTTER, -1)
    share = box.height / max(len(box.answered_by), 1)
    return [
        Mark(
            number,
            side,
            round(edge + into * (INSET + (n % beside) * BESIDE), 2),
            round(box.top + (n + 0.5) * share, 2),
            edge,
        )
        for n, number in enumerate(box.answered_by)
    ]


def _lane(box: Box, routes: Sequence[tuple[int, str]], used: str, number: int) -> float:
    """Where on a box's edge a line begins: between its marks, or between two lines."""
    leaving = [n for n, contention in routes if contention == used]
    share = box.height / max(len(box.answered_by), 1)
    middle = share if len(box.answered_by) > 1 else share / 8
    spread = max(share - 2 * RADIUS, 0.2) * 0.7
    place = (leaving.index(number) + 0.5) / len(leaving) - 0.5
    return round(box.top + middle + place * spread, 2)


def _line(box: Box, mark: Mark, begin: float) -> Line:
    edge, into = (0.0, 1) if box.side == "pro" else (GUTTER, -1)
    points = (
        (edge, begin),
        (round(edge + into * LEAD, 2), begin),
        (round(mark.edge - into * LEAD, 2), mark.y),
        (mark.x, mark.y),
    )
    return Line(mark.number, mark.side, points)
