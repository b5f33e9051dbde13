"""`debatekit check`"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from debatekit.cli.main import EXIT_PROBLEMS
from debatekit.cli.options import kit_folder
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.kit.review import Review


@click.command(epilog="Example: debatekit check my-kit --texts my-texts --lock")
@click.argument(
    "folder", required=False, metavar="[DIR]", type=click.Path(file_okay=False)
)
@click.option(
    "--texts",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the source texts: prove every quotation in them.",
)
@click.option("--lock", is_flag=True, help="Write what was proved to quotes.lock.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def command(
    folder: str | None, texts: Path | None, lock: bool, style: str, strict: bool
) -> int:
    """Check a kit: its fields, its arguments and every quotation.

    Exits with 0 when all is well and with 1 when there are errors.
    """
    from debatekit.kit import problems
    from debatekit.kit.review import review

    if lock and texts is None:
        raise click.UsageError("--lock needs --texts DIR, to prove the quotations in")
    root = kit_folder(folder)
    found = review(root, texts, datetime.date.today().isoformat())
    bad = len(found.problems) if strict else problems.errors_in(found.problems)
    printed = problems.FORMATS[style](found.problems)
    if printed:
        click.echo(safe(printed))
    if style == "text":
        _summary(found)
    if lock and problems.errors_in(found.problems):
        click.echo("quotes.lock is not written: mend the errors first", err=True)
    elif lock and found.lock:
        _write_lock(root, found)
    return EXIT_PROBLEMS if bad else 0


def _summary(found: Review) -> None:
    from debatekit.kit.problems import counted, errors_in

    if found.usage:
        click.echo("Quoted words, by source:")
        for use in found.usage:
            click.echo(
                safe(
                    f"  {use.source.letter}  {use.source.id:<12} {use.quoted:>5} of "
                    f"{use.words:>5} words  {use.percent:4.1f} %  "
                    f"(limit {use.source.quotation_limit} %)"
                )
            )
    if found.kit is not None:
        from debatekit.kit.balance import balance, rows

        click.echo(f"{'Balance:':<28}{'pro':>12}{'con':>12}")
        for label, pro, con in rows(balance(found.kit)):
            click.echo(f"  {label:<26}{pro:>12}{con:>12}")
    errors = errors_in(found.problems)
    warnings = len(found.problems) - errors
    proved = f", {counted(found.proved, 'quotation')} proved" if found.lock else ""
    click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}{proved}")


def _write_lock(root: Path, found: Review) -> None:
    from debatekit.files import write_whole
    from debatekit.kit.quotes import LOCK_NAME, write_lock

    assert found.lock is not None
    write_whole(root / LOCK_NAME, write_lock(found.lock))
    click.echo(safe(f"wrote {(root / LOCK_NAME).as_posix()}"), err=True)
