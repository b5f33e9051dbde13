"""`debatekit timer`"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from debatekit.cli.main import EXIT_INTERRUPTED
from debatekit.cli.options import bundled_formats, kit_folder, kit_option


@click.command(epilog="Example: debatekit timer public-forum --log round.txt")
@click.argument("wanted", metavar="FORMAT", shell_complete=bundled_formats)
@kit_option
@click.option(
    "--speech",
    "first",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Begin with speech N, counted from 1.",
)
@click.option(
    "--log",
    "log_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the log of the round to this file, too.",
)
def command(wanted: str, kit_dir: str | None, first: int, log_file: Path | None) -> int:
    """Time a round of debate in the terminal.

    It counts down every speech and both sides' prep time, and rings one minute before
    the end, at the end and in overtime. `debatekit formats` lists the formats.
    """
    from debatekit.kit.formats import one_format
    from debatekit.kit.problems import UserError
    from debatekit.terminal.formats import timings
    from debatekit.terminal.keys import TypedLines
    from debatekit.terminal.page import Page
    from debatekit.terminal.round import round_of
    from debatekit.terminal.timer import Timer

    form = one_format(kit_folder(kit_dir), wanted)
    if first > len(form.speeches):
        raise UserError(
            f"{form.id} has no speech {first}",
            f"it has {len(form.speeches)}; `debatekit formats {form.id}` lists them",
        )
    if log_file is not None and log_file.exists():
        raise UserError(
            f"{log_file} is there already", "name a file that does not exist yet"
        )
    began = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    title = f"{form.name} ({form.id}), {began}"

    def save(log: Sequence[str]) -> None:
        if log_file is not None:
            _write(log_file, [title, *log, timings(form)])

    shown = sys.stdout.isatty()
    timer = Timer(
        round=round_of(form, first),
        out=sys.stdout,
        keys=TypedLines(sys.stdin),
        now=lambda: time.monotonic_ns() // 1_000_000,
        columns=lambda: shutil.get_terminal_size().columns,
        moving=shown and _can_move(),
        rings=shown,
        echoes=sys.stdin.isatty(),
        save=save,
    )
    page = Page(sys.stdout, shutil.get_terminal_size().columns)
    page.say(f"{form.name}: {len(form.speeches)} speeches. {timings(form)}")
    return 0 if timer.run() else EXIT_INTERRUPTED


def _can_move() -> bool:
    """Whether this terminal can go back to the start of a line."""
    unknown = "xterm" if sys.platform == "win32" else "dumb"
    return os.environ.get("TERM", unknown) not in ("dumb", "unknown", "")


def _write(path: Path, lines: Sequence[str]) -> None:
    from debatekit.files import write_whole
    from debatekit.terminal.safe import safe

    text = safe("\n".join(lines))
    write_whole(path, f"{text}\n".encode())
