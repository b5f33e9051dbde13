"""Options that several commands share, and what they resolve to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

SIDES = click.Choice(["pro", "con"])


def kit_option(function: F) -> F:
    return click.option(
        "--kit",
        "kit_dir",
        metavar="DIR",
        type=click.Path(),
        help="Folder of the kit [default: here, else the bundled kit].",
    )(function)


def seed_option(function: F) -> F:
    return click.option(
        "--seed",
        type=click.IntRange(0),
        default=None,
        metavar="N",
        help="Number that decides what is drawn; the same gives the same.",
    )(function)


def kit_folder(wanted: str | None) -> Path:
    """The folder of the kit a command is to use. Raises UserError."""
    from debatekit.assets import bundled_kit
    from debatekit.kit.load import find_kit

    return find_kit(wanted, Path(), bundled_kit())
