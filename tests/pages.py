"""What is wrong with the pages of a layout, seen as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, MarginBox, TextBox

# Classes of what must stand on one page, unless it is longer than one.
WHOLE = {"item", "explained", "excerpt", "event", "check", "box", "ticket", "statement"}
# Where a page begins on purpose, the one before it may be nearly empty.
PIECES = {
    "source",
    "source-answers",
    "measure",
    "organizer",
    "flow-sheet",
    "sheet",
    "tickets",
    "plan",
    "roles",
    "ballot",
}
LEAST = 0.2


def faults(document: Any) -> Iterator[str]:
    """A line for every fault of a page: a heading that ends it, an item that was
    split, a page with less than a fifth of its height filled."""
    pages = [list(_content(page)) for page in document.pages]
    for number, boxes in enumerate(pages, start=1):
        lines = [box for box in boxes if _text(box)]
        if not lines:
            yield f"page {number} is empty"
            continue
        low = max(lines, key=lambda box: box.position_y + box.height)
        end = max(_bottom(box) for box in boxes)
        if _heading(low) and end <= low.position_y + low.height:
            yield f"page {number} ends with the heading {_text(low)!r}"
        height = document.pages[number - 1]._page_box.height
        top = document.pages[number - 1]._page_box.content_box_y()
        filled = (end - top) / height
        last = number == len(pages) or _starts_piece(pages[number])
        if filled < LEAST and not last:
            yield f"page {number} is filled to {filled:.0%}: {_text(lines[0])!r}"
    yield from _split(pages, document)


def _content(page: Any) -> Iterator[Any]:
    for child in page._page_box.children:
        if not isinstance(child, MarginBox):
            yield child
            yield from child.descendants(placeholders=True)


def _text(box: Any) -> str:
    if not isinstance(box, LineBox):
        return ""
    texts = (b.text for b in box.descendants() if isinstance(b, TextBox))
    return "".join(texts).strip()[:50]


def _bottom(box: Any) -> float:
    """The lower edge of what is seen of a box: its text, or its own rule."""
    if _text(box):
        return float(box.position_y + box.height)
    rule = getattr(box, "border_bottom_width", 0)
    return float(box.position_y + box.margin_height()) if rule else 0.0


def _heading(line: Any) -> bool:
    return line.element is not None and line.element.tag in ("h1", "h2", "h3", "h4")


def _classes(box: Any) -> set[str]:
    if box.element is None:
        return set()
    return set(str(box.element.get("class", "")).split())


def _starts_piece(boxes: list[Any]) -> bool:
    """Whether the first words of a page are the first of a piece."""
    first = next((box for box in boxes if _text(box)), None)
    started = [b for b in boxes if _classes(b) & PIECES]
    return first is not None and any(
        _text(next(line for line in piece.descendants() if _text(line))) == _text(first)
        for piece in started
        if any(_text(line) for line in piece.descendants())
    )


def _split(pages: list[list[Any]], document: Any) -> Iterator[str]:
    seen: dict[int, tuple[int, Any]] = {}
    heights: dict[int, float] = {}
    for number, boxes in enumerate(pages, start=1):
        for box in boxes:
            if _classes(box) & WHOLE:
                key = id(box.element)
                heights[key] = heights.get(key, 0) + box.height
                first, _ = seen.setdefault(key, (number, box))
                page = document.pages[0]._page_box.height
                if first != number and heights[key] < page:
                    kind = ", ".join(sorted(_classes(box) & WHOLE))
                    lines = (_text(line) for line in box.descendants())
                    words = next(filter(None, lines), "")
                    yield f"{kind} split on pages {first} and {number}: {words!r}"
