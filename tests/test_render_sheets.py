"""Where cards stand on paper: backs behind fronts, nothing off the page or at a cut."""

from __future__ import annotations

from itertools import combinations, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.documents.cards import CardMode, CardSize, Printing
from debatekit.kit.problems import UserError
from debatekit.render.html import Paper
from debatekit.render.sheets import (
    EDGE,
    PAPERS,
    RULE_WIDTH,
    SAFE,
    Layout,
    Line,
    Place,
    layout,
)

MODES: tuple[CardMode, ...] = get_args(CardMode)
SIZES: tuple[CardSize, ...] = get_args(CardSize)
TURNING = ("long-edge", "short-edge", "fronts-then-backs")
ALL = list(product(PAPERS, SIZES, MODES))
near = pytest.approx

papers = st.sampled_from(sorted(PAPERS))
sizes = st.sampled_from(SIZES)
modes = st.sampled_from(MODES)
inside = st.floats(0, 1)
offsets = st.tuples(st.floats(-SAFE, SAFE), st.floats(-SAFE, SAFE))


def laid(paper: Paper, size: CardSize, mode: CardMode) -> Layout:
    return layout(Printing(mode, size), paper)


def through(mode: str, paper: Paper, x: float, y: float) -> tuple[float, float]:
    """The point of the front page behind which a point of the back page lies: the
    paper is turned over along its long edge, as a page of a book, or its short one."""
    width, height = PAPERS[paper]
    return (x, height - y) if mode == "short-edge" else (width - x, y)


def point(place: Place, across: float, down: float) -> tuple[float, float]:
    """A point of a card, told from its own upper left corner as one reads it."""
    if place.turned:
        across, down = 1 - across, 1 - down
    return place.left + across * place.width, place.top + down * place.height


@given(papers, sizes, st.sampled_from(TURNING), inside, inside)
def test_backs_land_behind_their_fronts(
    paper: Paper, size: CardSize, mode: CardMode, across: float, down: float
) -> None:
    """Every point of a back is behind the point of its front that it is behind when
    the cut card is turned like a page: same height, other side, and upright."""
    sheet = laid(paper, size, mode)
    assert len(sheet.backs) == len(sheet.fronts) > 0
    for front, back in zip(sheet.fronts, sheet.backs, strict=True):
        on_front = through(mode, paper, *point(back, across, down))
        assert on_front == near(point(front, 1 - across, down), abs=1e-6)


@pytest.mark.parametrize("paper", [*PAPERS])
def test_a_back_flipped_over_the_wrong_edge_would_be_noticed(paper: Paper) -> None:
    sheet = laid(paper, "quarter", "long-edge")
    wrong = through("short-edge", paper, *point(sheet.backs[0], 0.2, 0.3))
    assert wrong != near(point(sheet.fronts[0], 0.8, 0.3), abs=1)


@pytest.mark.parametrize(("paper", "size"), [*product(PAPERS, SIZES)])
def test_folded_halves_touch_at_the_fold(paper: Paper, size: CardSize) -> None:
    sheet = laid(paper, size, "fold")
    assert len(sheet.backs) == len(sheet.fronts) == len(sheet.guides)
    for front, back, fold in zip(sheet.fronts, sheet.backs, sheet.guides, strict=True):
        assert (fold.left, fold.right) == near((front.right, back.left))
        assert (front.top, front.width, front.height) == near(
            (back.top, back.width, back.height)
        )
        assert not back.turned


@pytest.mark.parametrize(("paper", "size", "mode"), ALL)
def test_no_card_leaves_the_page_or_covers_another(
    paper: Paper, size: CardSize, mode: CardMode
) -> None:
    sheet = laid(paper, size, mode)
    pages = [sheet.fronts, sheet.backs]
    if mode == "fold":
        pages = [(*sheet.fronts, *sheet.backs)]
    assert sheet.fronts
    assert (sheet.width, sheet.height) == PAPERS[paper]
    for page in pages:
        assert all(holds(whole(paper), place) for place in page)
        assert not any(covers(*two) for two in combinations(page, 2))


@pytest.mark.parametrize(("paper", "size", "mode"), ALL)
def test_text_keeps_4_mm_from_every_cut(
    paper: Paper, size: CardSize, mode: CardMode
) -> None:
    for place in (*laid(paper, size, mode).fronts, *laid(paper, size, mode).backs):
        safe = place.safe
        assert safe.left - place.left == near(4)
        assert safe.top - place.top == near(4)
        assert place.right - safe.right == near(4)
        assert place.bottom - safe.bottom == near(4)
        assert min(safe.width, safe.height) > 50


@pytest.mark.parametrize(
    ("size", "across", "down"),
    [
        ("3x5", 127, 76.2),
        ("4x6", 152.4, 101.6),
        ("a6", 105, 148),
        ("a7", 74, 105),
    ],
)
@pytest.mark.parametrize(("paper", "mode"), [*product(PAPERS, MODES)])
def test_cards_have_the_size_they_are_named_for(
    paper: Paper, mode: CardMode, size: CardSize, across: float, down: float
) -> None:
    for place in laid(paper, size, mode).fronts:
        assert sorted((place.width, place.height)) == near(sorted((across, down)))


@pytest.mark.parametrize("paper", [*PAPERS])
def test_cards_a_sheet(paper: Paper) -> None:
    def count(mode: CardMode) -> list[int]:
        return [len(laid(paper, size, mode).fronts) for size in SIZES]

    letter = paper == "letter"
    assert SIZES == ("quarter", "3x5", "4x6", "a6", "a7", "eighth")
    assert count("fronts") == [4, 3, 2, 2 if letter else 4, 6 if letter else 8, 8]
    assert count("fold") == [2, 2, 1, 1 if letter else 2, 3 if letter else 4, 4]


@pytest.mark.parametrize(("paper", "size", "mode"), ALL)
def test_marks_stand_outside_the_cards_or_on_a_cut_clear_of_text(
    paper: Paper, size: CardSize, mode: CardMode
) -> None:
    sheet = laid(paper, size, mode)
    on_front = (*sheet.fronts, *(sheet.backs if mode == "fold" else ()))
    assert sheet.marks
    for mark in sheet.marks:
        assert holds(whole(paper), box(mark))
        assert mark.right - mark.left + mark.bottom - mark.top > 0.5
        assert not any(covers(place.safe, box(mark)) for place in on_front)
    left, top = sheet.fronts[0].left, sheet.fronts[0].top
    down = [m for m in sheet.marks if m.left == m.right]
    across = [m for m in sheet.marks if m.top == m.bottom]
    for marks, waste in ((down, top), (across, left)):
        if waste >= EDGE + 1:
            cut = [m for m in marks if any(covers(p, box(m)) for p in on_front)]
            assert not cut, "there is waste to put the mark in"


@pytest.mark.parametrize(("paper", "size", "mode"), ALL)
def test_every_cut_between_cards_has_a_mark_at_both_ends(
    paper: Paper, size: CardSize, mode: CardMode
) -> None:
    sheet = laid(paper, size, mode)
    cut = sheet.backs if mode == "fold" else sheet.fronts
    width, height = PAPERS[paper]
    for x in {round(p, 3) for f in sheet.fronts for p in (f.left,)} | {
        round(back.right, 3) for back in cut
    }:
        if 1 <= x <= width - 1:
            ends = [m for m in sheet.marks if m.left == m.right == near(x, abs=0.01)]
            assert sorted(m.top < height / 2 for m in ends) == [False, True]
    for y in {round(p, 3) for f in sheet.fronts for p in (f.top, f.bottom)}:
        if 1 <= y <= height - 1:
            ends = [m for m in sheet.marks if m.top == m.bottom == near(y, abs=0.01)]
            assert sorted(m.left < width / 2 for m in ends) == [False, True]


@pytest.mark.parametrize(("paper", "size", "mode"), ALL)
def test_the_check_rule_is_100_mm_and_in_the_waste_or_the_margin(
    paper: Paper, size: CardSize, mode: CardMode
) -> None:
    sheet = laid(paper, size, mode)
    assert sheet.rule.width == RULE_WIDTH == 100
    parts = [sheet.rule, *([sheet.ids] if sheet.ids else [])]
    page = Place(EDGE, EDGE, sheet.width - 2 * EDGE, sheet.height - 2 * EDGE)
    on_front = (*sheet.fronts, *(sheet.backs if mode == "fold" else ()))
    for part in parts:
        assert holds(page, part)
        assert not any(covers(part, box(mark)) for mark in sheet.marks)
        if sheet.ids:
            assert not any(covers(part, place) for place in on_front)
    # On a full sheet the style sheet keeps the first 6.5 mm of a card free.
    reach = sheet.rule.bottom - sheet.fronts[0].top
    assert sheet.ids or reach <= 6.5
    assert not sheet.ids or not covers(sheet.rule, sheet.ids)


@given(papers, sizes, modes, offsets)
def test_an_offset_moves_backs_and_nothing_else(
    paper: Paper, size: CardSize, mode: CardMode, offset: tuple[float, float]
) -> None:
    still = laid(paper, size, mode)
    printing = Printing(mode, size, offset)
    if mode not in TURNING and any(offset):
        with pytest.raises(UserError, match="other side of the sheet"):
            layout(printing, paper)
        return
    moved = layout(printing, paper)
    assert moved.fronts == still.fronts
    assert moved.marks == still.marks
    for before, after in zip(still.backs, moved.backs, strict=True):
        assert after.left - before.left == near(offset[0], abs=1e-6)
        assert after.top - before.top == near(offset[1], abs=1e-6)
        assert holds(whole(paper), after.safe)


@pytest.mark.parametrize("paper", [*PAPERS])
def test_an_offset_that_moves_text_off_the_paper_is_refused(paper: Paper) -> None:
    with pytest.raises(UserError, match="5,0 mm moves text off the paper"):
        layout(Printing("long-edge", "quarter", (5, 0)), paper)
    assert layout(Printing("long-edge", "4x6", (5, 0)), paper)


# -------------------------------------------------------------------- boxes


def whole(paper: Paper) -> Place:
    return Place(0, 0, *PAPERS[paper])


def box(line: Line) -> Place:
    width, height = line.right - line.left, line.bottom - line.top
    assert min(width, height) == 0
    return Place(line.left, line.top, width, height)


def holds(outer: Place, inner: Place) -> bool:
    slack = 0.001
    return (
        inner.left >= outer.left - slack
        and inner.top >= outer.top - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def covers(one: Place, other: Place) -> bool:
    """Whether they share more than an edge."""
    slack = 0.001
    return (
        one.left < other.right - slack
        and other.left < one.right - slack
        and one.top < other.bottom - slack
        and other.top < one.bottom - slack
    )
