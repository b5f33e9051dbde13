"""`debatekit doctor`"""

from __future__ import annotations

import platform
import sys

import click

from debatekit import __version__
from debatekit.cli.main import EXIT_PROBLEMS
from debatekit.terminal.safe import safe


@click.command(epilog="Example: debatekit doctor")
def command() -> int:
    """Test this installation and say what to do.

    Prints versions, looks for Pango and the fonts, checks the bundled kit and sets a
    trial page.
    """
    from debatekit import system
    from debatekit.kit.problems import UserError

    click.echo(f"debatekit {__version__}, Python {platform.python_version()}")
    click.echo(safe(f"  {sys.executable}"))
    missing = system.missing_libraries()
    if missing:
        click.echo(f"missing: {', '.join(missing)}")
        click.echo(f"  run: {system.install_command()}")
        click.echo("Everything but PDFs works: check, quiz, cards, build --html.")
        return EXIT_PROBLEMS
    try:
        _trial()
    except UserError as failure:
        click.echo(safe(f"failed: {failure.message}"))
        if failure.hint:
            click.echo(safe(f"  {failure.hint}"))
        return EXIT_PROBLEMS
    click.echo("All is well.")
    return 0


def _trial() -> None:
    from debatekit.assets import bundled_kit
    from debatekit.documents.handouts import handouts, printed_forms
    from debatekit.kit.review import sound_kit
    from debatekit.render.html import to_html
    from debatekit.render.pdf import Printer, font_paths, versions

    for name, version in versions().items():
        click.echo(f"  {name}: {version}")
    click.echo(f"  fonts: {', '.join(path.stem for path in font_paths())}")
    kit = sound_kit(bundled_kit())
    click.echo(safe(f"  kit: {kit.id}, {len(kit.passages)} passages"))
    (trial,) = handouts(kit, ["brief-pro"], printed_forms(kit, 1, 1))
    pdf = Printer("letter").print(to_html(trial.template, trial.document), trial.name)
    click.echo(f"  trial page: {pdf.pages} pages, {len(pdf.data) // 1000} kB")
