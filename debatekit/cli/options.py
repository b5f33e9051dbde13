"""Options that several commands share, and what they resolve to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])

SIDES = click.Choice(["pro", "con"])


class Name(click.ParamType[str]):
    """One of some known names: completed by the shell, corrected by the message.

    The names are asked for late, so that `--help` loads no more than it shows.
    """

    def __init__(self, name: str, known: Callable[[], Iterable[str]]):
        self.name = name
        self.known = known

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        from debatekit.kit.problems import did_you_mean

        known = list(self.known())
        if value in known:
            return value
        hint = did_you_mean(value, known) or f"there are: {', '.join(known)}"
        return self.fail(f'there is no {self.name} "{value}"; {hint}', param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(n) for n in self.known() if n.startswith(incomplete)]


def bundled_formats(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The bundled debate formats that begin so, for the shell."""
    from debatekit.kit.formats import bundled

    return [name for name in bundled() if name.startswith(incomplete)]


def kit_option(function: F) -> F:
    return click.option(
        "--kit",
        "kit_dir",
        metavar="DIR",
        type=click.Path(file_okay=False),
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
    from debatekit.kit.find import find_kit

    return find_kit(wanted, Path(), bundled_kit())


def data_folder() -> Path:
    """Where answers are kept: DEBATEKIT_DATA, else the user's data folder."""
    named = os.environ.get("DEBATEKIT_DATA")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("debatekit", appauthor=False)
