"""Laid-out pages → where lines break, where things stand, where text found no room.

Stage: between layout and bytes. WeasyPrint lets text run out of a box of fixed size,
over its neighbour or off the page, and says nothing; nor can CSS count lines. Its
boxes are not a public interface: this module is the only one that looks at them, and
tests/test_render_boxes.py fails where a new version changes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

# In CSS pixels, 96 to the inch: what rounding in the layout can amount to.
TOLERANCE = 0.5


def misfits(document: Any) -> Iterator[str]:
    """A line for every text that does not fit: how it begins and on which page.

    Looks at boxes whose height the style sheet fixes, such as a card, and at lines
    wider than their column. What a style hides on purpose is left out.
    """
    for number, page in enumerate(document.pages, start=1):
        for box in _overfull(page._page_box):
            yield f"“{_beginning(box)}” does not fit its space on page {number}"


def full_boxes(document: Any) -> set[str]:
    """The ``data-fit`` names of the boxes in which something does not fit."""
    return {
        name
        for page in document.pages
        for box in page._page_box.descendants(placeholders=True)
        if (name := _fit_name(box)) and _overfull(box)
    }


def text_lines(document: Any, name: str) -> dict[str, list[str]]:
    """The text of every line of the elements with an attribute ``name``, by its value,
    in the order in which the lines stand."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    found: dict[str, list[str]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if not isinstance(box, LineBox) or box.element is None:
                continue
            value = box.element.get(name)
            if value is not None:
                texts = [b.text for b in box.descendants() if isinstance(b, TextBox)]
                found.setdefault(value, []).append("".join(texts))
    return found


def pages_of(document: Any, name: str) -> dict[str, list[int]]:
    """The pages, counted from 1, on which elements with an attribute ``name`` stand."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in page._page_box.descendants(placeholders=True):
            value = None if box.element is None else box.element.get(name)
            if value is not None and number not in found.setdefault(value, []):
                found[value].append(number)
    return found


def _fit_name(box: Any) -> str:
    return "" if box.element is None else str(box.element.get("data-fit", ""))


def _overfull(box: Any) -> list[Any]:
    """The innermost boxes in a box, itself included, that hold more than they can."""
    # What is placed by the style sheet, such as a card, stands wrapped in the tree.
    box = getattr(box, "_box", box)
    if box.style["overflow"] == "hidden":
        return []
    inside = [found for child in box.all_children() for found in _overfull(child)]
    if inside:
        return inside
    full = _too_wide(box) or (_has_fixed_height(box) and _too_tall(box))
    return [box] if full else []


def _has_fixed_height(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import BlockBox

    # A block only: the line in an inline box, such as an option's letter in its ring,
    # may be higher than the box, and its letter is inside all the same.
    return isinstance(box, BlockBox) and bool(box.style["height"] != "auto")


def _too_wide(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox

    edge: float = box.content_box_x() + box.width + TOLERANCE
    return any(
        piece.position_x + piece.margin_width() > edge
        for line in box.children
        if isinstance(line, LineBox)
        for piece in line.children
        if not _is_placed(piece)
    )


def _too_tall(box: Any) -> bool:
    # Text that is set at the foot of a box takes its room from what flows above.
    feet = [c.position_y for c in box.children if _is_placed(c) and _beginning(c)]
    floor: float = min([box.content_box_y() + box.height, *feet])
    return _bottom(box) > floor + TOLERANCE


def _bottom(box: Any) -> float:
    """The lower edge of the last line of text that flows in a box."""
    from weasyprint.formatting_structure.boxes import LineBox

    if isinstance(box, LineBox):
        return float(box.position_y + box.height)
    inside = [_bottom(child) for child in box.children if not _is_placed(child)]
    return max(inside, default=-math.inf)


def _is_placed(box: Any) -> bool:
    return bool(box.is_absolutely_positioned())


def _beginning(box: Any, words: int = 6) -> str:
    """The first words in a box."""
    texts = (getattr(part, "text", "") for part in box.descendants(placeholders=True))
    found = " ".join(text for text in texts if text).split()
    return " ".join(found[:words]) + (" …" if len(found) > words else "")
