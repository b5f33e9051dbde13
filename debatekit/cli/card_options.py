"""Options of `debatekit build` for cards, and what they make of the handouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from debatekit.documents.handouts import Handout

F = TypeVar("F", bound=Callable[..., Any])

# As CardMode and CardSize have them, which are not loaded for --help.
MODES = ("fronts", "fold", "long-edge", "short-edge", "fronts-then-backs")
SIZES = ("quarter", "3x5", "4x6", "a6", "a7", "eighth")


class Offset(click.ParamType[tuple[float, float]]):
    """Two numbers of millimetres, such as 0.5,-1."""

    name = "offset"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        if isinstance(value, tuple):
            return value
        try:
            right, down = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f'"{value}" is not two numbers such as 0.5,-1', param, ctx)
        if not max(abs(right), abs(down)) <= 25:
            self.fail(f'"{value}" is more than 25 mm', param, ctx)
        return right, down


def card_options(function: F) -> F:
    for option in (
        click.option(
            "--back-offset",
            metavar="X,Y",
            type=Offset(),
            default=(0.0, 0.0),
            show_default="0,0",
            help="Move the backs of cards X mm right and Y mm down.",
        ),
        click.option(
            "--card-size",
            type=click.Choice(SIZES),
            default="quarter",
            show_default=True,
            help="Size of a card: a part of the sheet, inches, or A6 and A7.",
        ),
        click.option(
            "--cards",
            "card_mode",
            type=click.Choice(MODES),
            default="fronts",
            show_default=True,
            help="Fronts alone, or with backs: to fold, or flipped on an edge.",
        ),
    ):
        function = option(function)
    return function


def printed_so(
    made: Iterable[Handout], mode: Any, size: Any, offset: tuple[float, float]
) -> list[Handout]:
    """The handouts, with their cards to be printed as the options say."""
    from dataclasses import replace

    from debatekit.documents.cards import Cards, Printing

    printing = Printing(mode, size, offset)
    return [
        replace(one, document=replace(one.document, printing=printing))
        if isinstance(one.document, Cards)
        else one
        for one in made
    ]
