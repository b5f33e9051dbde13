"""`debatekit formats`"""

from __future__ import annotations

import json
import shutil
import sys

import click

from debatekit.cli.options import bundled_formats, kit_folder, kit_option
from debatekit.terminal.safe import safe


@click.command(epilog="Example: debatekit formats public-forum")
@click.argument(
    "wanted", required=False, metavar="[FORMAT]", shell_complete=bundled_formats
)
@kit_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(wanted: str | None, kit_dir: str | None, as_json: bool) -> None:
    """List the debate formats, or show one in full.

    A kit's formats.yaml can add formats, or give one of these other times.
    """
    from debatekit.kit.formats import formats_of, one_format
    from debatekit.terminal import formats
    from debatekit.terminal.page import Page

    folder = kit_folder(kit_dir)
    page = Page(sys.stdout, shutil.get_terminal_size().columns)
    if wanted is not None:
        form = one_format(folder, wanted)
        if as_json:
            _print(formats.as_data(form))
        else:
            formats.show(page, form)
    elif as_json:
        _print([formats.as_data(form) for form in formats_of(folder).values()])
    else:
        formats.show_all(page, formats_of(folder).values())


def _print(data: object) -> None:
    click.echo(safe(json.dumps(data, ensure_ascii=False, indent=2)))
