"""Cards → sheets of paper → PDF. A card that is too full is set smaller, then refused.

Stage: render. Where things stand is ``sheets``'s; how they look is the templates'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from debatekit.documents.cards import Card, Cards
from debatekit.documents.common import Head
from debatekit.kit.problems import UserError
from debatekit.render.html import Paper, to_html
from debatekit.render.pdf import NoRoom, Pdf, Printer
from debatekit.render.sheets import Layout, Place, layout

# The body of a card at each step, in points; the style sheet has a rule for each.
STEPS = (10, 9.5, 9, 8.5, 8)
# A small card starts further down.
SMALL_STEP = 2


@dataclass(frozen=True)
class Face:
    """One side of a card in its place; ``fit`` names it when it is too full."""

    card: Card
    front: bool
    place: Place
    step: int
    fit: str


@dataclass(frozen=True)
class Page:
    """One side of a sheet. ``front`` pages carry the marks and the check rule."""

    faces: tuple[Face, ...]
    front: bool
    ids: str


@dataclass(frozen=True)
class CardSheets:
    """What the template is given: pages in the order in which they are printed."""

    head: Head
    layout: Layout
    pages: tuple[Page, ...]


def print_cards(printer: Printer, name: str, document: Cards, paper: Paper) -> Pdf:
    """Lay out cards as their ``printing`` says. Raises UserError naming every card
    that does not fit with its body at 8 points."""
    laid = layout(document.printing, paper)
    steps: dict[str, int] = {}
    while True:
        sheets = card_sheets(document, laid, steps)
        try:
            html = to_html("cardsheets", sheets)
            return printer.print(html, name, len(sheets.pages))
        except NoRoom as failure:
            at = {face.fit: face.step for page in sheets.pages for face in page.faces}
            last = len(STEPS) - 1
            lost = [fit for fit in at if fit in failure.boxes and at[fit] == last]
            if lost or not failure.boxes & at.keys():
                raise _refusal(name, lost, failure) from failure
            steps |= {fit: at[fit] + 1 for fit in failure.boxes & at.keys()}


def _refusal(name: str, lost: list[str], failure: NoRoom) -> UserError:
    if not lost:
        return failure
    one = len(lost) == 1
    return UserError(
        f"{name}: card{'' if one else 's'} {', '.join(lost)} "
        f"do{'es' if one else ''} not fit, even with the text at {STEPS[-1]} points",
        "shorten the tag or the passage, or choose a larger --card-size",
    )


def card_sheets(document: Cards, laid: Layout, steps: Mapping[str, int]) -> CardSheets:
    """The pages of the cards, fronts and backs, each with its place."""
    mode = document.printing.mode
    a_sheet = len(laid.fronts)
    cards = document.cards
    piles = [cards[at : at + a_sheet] for at in range(0, len(cards), a_sheet)]
    fronts, backs = [], []
    for number, pile in enumerate(piles, start=1):
        start = SMALL_STEP if laid.small else 0
        front = tuple(_faces(pile, laid.fronts, True, steps, start))
        back = tuple(_faces(pile, laid.backs, False, steps, start))
        labels = " · ".join(card.label for card in pile)
        ids = f"Sheet {number} of {len(piles)}: {labels}"
        if mode == "fold":
            front, back = (*front, *back), ()
        fronts.append(Page(front, True, ids))
        if back:
            backs.append(Page(back, False, f"Backs of {labels}"))
    if mode in ("long-edge", "short-edge"):
        pairs = zip(fronts, backs, strict=True)
        pages = tuple(page for pair in pairs for page in pair)
    else:
        pages = (*fronts, *backs)
    return CardSheets(document.head, laid, pages)


def _faces(
    pile: tuple[Card, ...],
    places: tuple[Place, ...],
    front: bool,
    steps: Mapping[str, int],
    start: int,
) -> Iterator[Face]:
    # No places: there are no backs. Fewer cards than places: the last sheet.
    for card, place in zip(pile, places, strict=False):
        fit = card.label if front else f"{card.label} (back)"
        yield Face(card, front, place, steps.get(fit, start), fit)
