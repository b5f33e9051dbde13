"""A quiz → pages on which a passage and its items are seen together.

Stage: render. A reader sees one opening of a stapled quiz: page 1, pages 2 and 3, pages
4 and 5. Who must turn the page between text and question loses the thread (split
attention), so a block that runs over a turn is moved, at the price of white paper.
"""

from __future__ import annotations

from typing import Any

from debatekit.render.boxes import pages_of
from debatekit.render.html import to_html
from debatekit.render.pdf import Pdf, Printer

# What is tried in turn: the next page; then, for a block longer than one, a left page.
_STEPS = ("page", "left")


def print_openings(printer: Printer, name: str, template: str, document: Any) -> Pdf:
    """Print a document with every ``data-block`` on one opening, as far as it fits.

    A block longer than two pages stays as it falls. Raises UserError.
    """
    tried: dict[str, int] = {}
    while True:
        html = to_html(template, document, _moves(tried))
        pdf = printer.print(html, name)
        turned = (
            block
            for block, pages in pages_of(pdf.layout, "data-block").items()
            if _is_turned(pages) and tried.get(block, 0) < len(_STEPS)
        )
        block = next(turned, None)
        if block is None:
            return pdf
        tried[block] = tried.get(block, 0) + 1


def _is_turned(pages: list[int]) -> bool:
    """Whether a block on up to two pages runs over the turn of a leaf."""
    return len(pages) == 2 and pages[0] % 2 == 1


def _moves(tried: dict[str, int]) -> str:
    rules = (
        f'[data-block="{block}"] {{ break-before: {_STEPS[step - 1]}; }}'
        for block, step in tried.items()
    )
    return "\n".join(rules)
