"""Cards on sheets of paper: where fronts, backs and marks stand, in millimetres.

Stage: render, before HTML. Pure arithmetic over a size, a mode and a paper; nothing
here knows what a card says. The origin is the upper left corner of the page as it is
looked at, also for the page of the backs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from debatekit.documents.cards import CardMode, CardSize, Printing
from debatekit.kit.problems import UserError
from debatekit.render.html import Paper

PAPERS: dict[Paper, tuple[float, float]] = {
    "letter": (215.9, 279.4),
    "a4": (210.0, 297.0),
}
# No text on a card comes nearer to a cut: printers and scissors are out by as much.
SAFE = 4.0
# Most printers leave about this much of the paper's edge blank.
EDGE = 4.0
RULE_WIDTH, RULE_HEIGHT = 100.0, 2.2
# Index cards lie, as Avery 5388 and 5389 do; A6 and A7 stand or lie as more fit.
FIXED: dict[CardSize, tuple[float, float]] = {
    "3x5": (127.0, 76.2),
    "4x6": (152.4, 101.6),
    "a6": (105.0, 148.0),
    "a7": (74.0, 105.0),
}
# Below this area in mm² a card has no room for lines to write on.
SMALL = 12_000.0
_MARK, _GAP, _TICK = 3.0, 2.0, 2.0

Flip = Literal["long", "short"]


@dataclass(frozen=True)
class Place:
    """Where a face of a card stands; ``turned`` is upside down on the page."""

    left: float
    top: float
    width: float
    height: float
    turned: bool = False

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def safe(self) -> Place:
        """The part in which text may stand."""
        return Place(
            self.left + SAFE,
            self.top + SAFE,
            self.width - 2 * SAFE,
            self.height - 2 * SAFE,
            self.turned,
        )


@dataclass(frozen=True)
class Line:
    """A straight line, across or down the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """One sheet: ``fronts[n]`` and ``backs[n]`` are the faces of one card.

    ``backs`` are on the page with the fronts where cards are folded, else on the other
    side of the sheet; none where only fronts are printed. ``marks`` say where to cut,
    ``guides`` are dashed: cuts across a full sheet, or folds. ``ids`` is the room in
    the waste for the cards' labels, None where the cards fill the sheet.
    """

    width: float
    height: float
    fronts: tuple[Place, ...]
    backs: tuple[Place, ...]
    marks: tuple[Line, ...]
    guides: tuple[Line, ...]
    rule: Place
    ids: Place | None

    @property
    def small(self) -> bool:
        return self.fronts[0].width * self.fronts[0].height < SMALL


def layout(printing: Printing, paper: Paper) -> Layout:
    """How cards of a size stand on a sheet of paper. Raises UserError for an offset
    that has no back to move, or moves one off the paper."""
    mode = printing.mode
    width, height = PAPERS[paper]
    card = _card(printing.size, mode, paper)
    unit = (2 * card[0], card[1]) if mode == "fold" else card
    columns, rows = _count(unit, paper)
    left, top = (width - columns * unit[0]) / 2, (height - rows * unit[1]) / 2
    fronts = tuple(
        Place(left + column * unit[0], top + row * unit[1], *card)
        for row in range(rows)
        for column in range(columns)
    )
    across = [left + column * unit[0] for column in range(columns + 1)]
    down = [top + row * unit[1] for row in range(rows + 1)]
    # Enough waste above and below the cards for the check rule and the labels.
    waste = top >= 2 * EDGE + _MARK
    foot = height - EDGE - RULE_HEIGHT - 0.4
    rule_left = EDGE if not waste else 2 * EDGE
    ids_left = rule_left + RULE_WIDTH + EDGE
    ids = Place(ids_left, foot, width - ids_left - EDGE, RULE_HEIGHT)
    return Layout(
        width=width,
        height=height,
        fronts=fronts,
        backs=_backs(printing, paper, fronts),
        marks=_marks(across, down, width, height),
        guides=_guides(mode, fronts, across, down, width, height),
        rule=Place(rule_left, foot if waste else EDGE, RULE_WIDTH, RULE_HEIGHT),
        ids=ids if waste else None,
    )


def behind(place: Place, flip: Flip, paper: Paper) -> Place:
    """The place on the back page that lies behind one on the front page.

    Turned over its short edge, a sheet has its other side upside down: so is the back,
    and a card that is turned like a page then reads upright.
    """
    width, height = PAPERS[paper]
    if flip == "long":
        return replace(place, left=width - place.right)
    return replace(place, top=height - place.bottom, turned=not place.turned)


def _backs(
    printing: Printing, paper: Paper, fronts: tuple[Place, ...]
) -> tuple[Place, ...]:
    right, down = printing.back_offset
    if (right or down) and not printing.two_sided:
        raise UserError(
            "a back offset is for cards with backs on the other side of the sheet",
            "add --cards long-edge, short-edge or fronts-then-backs",
        )
    if printing.mode == "fronts":
        return ()
    if printing.mode == "fold":
        return tuple(replace(front, left=front.right) for front in fronts)
    flip: Flip = "short" if printing.mode == "short-edge" else "long"
    straight = [behind(front, flip, paper) for front in fronts]
    moved = tuple(
        replace(back, left=back.left + right, top=back.top + down) for back in straight
    )
    if not all(on_paper(back.safe, paper) for back in moved):
        raise UserError(
            f"a back offset of {right:g},{down:g} mm moves text off the paper",
            f"cards of the size {printing.size} have room for {SAFE:g} mm each way",
        )
    return moved


def on_paper(place: Place, paper: Paper) -> bool:
    width, height = PAPERS[paper]
    tolerance = 0.001
    return (
        min(place.left, place.top) >= -tolerance
        and place.right <= width + tolerance
        and place.bottom <= height + tolerance
    )


def _card(size: CardSize, mode: CardMode, paper: Paper) -> tuple[float, float]:
    """Width and height of a card as it stands on the paper."""
    width, height = PAPERS[paper]
    if size == "quarter":
        return width / 2, height / 2
    if size == "eighth":
        return width / 2, height / 4
    card = FIXED[size]
    if size in ("3x5", "4x6") and mode != "fold":
        return card

    def room(way: tuple[float, float]) -> tuple[int, float]:
        unit = (2 * way[0], way[1]) if mode == "fold" else way
        columns, rows = _count(unit, paper)
        waste = min(width - columns * unit[0], height - rows * unit[1])
        return columns * rows, waste

    return max((card, (card[1], card[0])), key=room)


def _count(unit: tuple[float, float], paper: Paper) -> tuple[int, int]:
    """Columns and rows of a unit on the paper."""
    width, height = PAPERS[paper]
    return int((width + 0.01) // unit[0]), int((height + 0.01) // unit[1])


def _marks(
    across: list[float], down: list[float], width: float, height: float
) -> tuple[Line, ...]:
    """A short line at both ends of every cut, but for one along the paper's edge."""
    near, far = _mark(down[0]), _mark(across[0])
    lines = []
    for x in across:
        if 1 <= x <= width - 1:
            lines += [
                Line(x, near[0], x, near[1]),
                Line(x, height - near[1], x, height - near[0]),
            ]
    for y in down:
        if 1 <= y <= height - 1:
            lines += [
                Line(far[0], y, far[1], y),
                Line(width - far[1], y, width - far[0], y),
            ]
    return tuple(lines)


def _mark(waste: float) -> tuple[float, float]:
    """From where to where a mark runs, counted from the paper's edge: in the waste,
    or a tick between the margins of the cards where there is none."""
    if waste < EDGE + 1:
        return EDGE, EDGE + _TICK
    end = waste - min(_GAP, (waste - EDGE) / 4)
    return max(EDGE, end - _MARK), end


def _guides(
    mode: CardMode,
    fronts: tuple[Place, ...],
    across: list[float],
    down: list[float],
    width: float,
    height: float,
) -> tuple[Line, ...]:
    if mode == "fold":
        folds = [Line(f.right, f.top, f.right, f.bottom) for f in fronts]
        return tuple(folds)
    if across[0] > 0.01 or down[0] > 0.01:
        return ()
    rows = [Line(0, y, width, y) for y in down[1:-1]]
    return (*rows, *(Line(x, 0, x, height) for x in across[1:-1]))
