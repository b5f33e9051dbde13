"""`debatekit progress`"""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from debatekit.cli.options import data_folder, kit_folder, kit_option
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.quiz.history import Answer
    from debatekit.terminal.store import Store


@click.command(epilog="Example: debatekit progress --html progress.html")
@kit_option
@click.option(
    "--debate-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of the debate: every item comes back before it.",
)
@click.option(
    "--html",
    "page_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write one web page with plots instead.",
)
@click.option(
    "--export",
    "export_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write every answer instead: .json, .csv, or - for JSON here.",
)
@click.option("--forget", is_flag=True, help="Delete every answer to this kit.")
@click.option("--yes", is_flag=True, help="With --forget: do not ask.")
def command(
    kit_dir: str | None,
    debate_on: datetime.datetime | None,
    page_file: Path | None,
    export_file: Path | None,
    forget: bool,
    yes: bool,
) -> None:
    """Show how your practice goes, and what is due for review.

    Mastery by skill, side and source, day by day; how often you were sure and right.
    It is all on this machine, and no name is kept.
    """
    from debatekit.kit.review import practice_kit
    from debatekit.quiz.progress import progress
    from debatekit.terminal.kinds import needs_generated, with_generated
    from debatekit.terminal.store import Store

    if yes and not forget:
        raise click.UsageError("--yes goes with --forget")
    if forget and (page_file or export_file):
        raise click.UsageError("--forget stands alone; export first")
    folder = kit_folder(kit_dir)
    if forget:
        _forget(Store(data_folder(), _kit_id(folder)), yes)
        return
    kit = practice_kit(folder)
    answers = Store(data_folder(), kit.id).answers()
    if export_file:
        _export(export_file, kit.id, answers)
    if export_file and not page_file:
        return
    now = datetime.datetime.now().astimezone()
    day = debate_on.date() if debate_on else None
    if needs_generated([a.item for a in answers if a.item not in kit.items]):
        kit = with_generated(folder)
    found = progress(kit, answers, now, day)
    if page_file:
        from debatekit.documents.progress import progress_page
        from debatekit.files import write_whole
        from debatekit.render.html import to_html

        write_whole(page_file, to_html("progress", progress_page(found)).encode())
        click.echo(safe(f"wrote {page_file}"), err=str(export_file) == "-")
        return
    from debatekit.terminal.page import Page
    from debatekit.terminal.progress import show

    show(Page(sys.stdout, shutil.get_terminal_size().columns), found)


def _export(path: Path, kit: str, answers: Iterable[Answer]) -> None:
    from debatekit.files import write_whole
    from debatekit.kit.problems import UserError
    from debatekit.quiz.export import as_csv, as_json

    writers = {".json": as_json, ".csv": as_csv}
    if str(path) == "-":
        click.echo(as_json(kit, answers), nl=False)
        return
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UserError(
            f"{path}: the ending says what is written", "name it .json or .csv"
        )
    write_whole(path, writer(kit, answers).encode(errors="replace"))
    click.echo(safe(f"wrote {path}"))


def _kit_id(folder: Path) -> str:
    """The id of a kit that may otherwise be full of faults."""
    from debatekit.kit.load import load
    from debatekit.kit.problems import UserError

    kit = load(folder, frozenset({"kit.yaml"})).kit
    if kit is None:
        raise UserError(
            f"{folder}: its kit.yaml cannot be read, so its id is not known",
            "`debatekit check` says what to mend",
        )
    return kit.id


def _forget(store: Store, yes: bool) -> None:
    from debatekit.kit.problems import counted

    count = len(store.answers())
    if not yes:
        click.echo(
            f"This deletes {counted(count, 'answer')} to {store.kit} and any "
            "session you left, for good."
        )
        click.echo("Delete them? y or n: ", nl=False)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            click.echo("Nothing was deleted.")
            return
    store.forget()
    click.echo(f"Deleted {counted(count, 'answer')} to {store.kit}.")
