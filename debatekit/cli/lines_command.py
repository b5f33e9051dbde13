"""`debatekit lines`"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from debatekit.cli.options import kit_folder, kit_option
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.kit.kit import Kit


@click.command(epilog="Example: debatekit lines --kit my-kit --lock")
@kit_option
@click.option(
    "--lock",
    is_flag=True,
    help="Keep the numbers in lines.lock, for every copy and machine.",
)
def command(kit_dir: str | None, lock: bool) -> None:
    """Show on which lines of the sources handout each passage stands.

    Lines that are not in lines.lock yet are broken as the standard page breaks them,
    which needs the PDF library.
    """
    from debatekit.files import write_whole
    from debatekit.kit.lines import LINES_NAME, write_lines
    from debatekit.kit.review import sound_kit
    from debatekit.render.lines import with_lines

    kit = with_lines(sound_kit(kit_folder(kit_dir)))
    click.echo(safe("\n".join(_rows(kit))))
    if lock:
        path = kit.folder / LINES_NAME
        write_whole(path, write_lines(kit.lines))
        click.echo(safe(f"wrote {path.as_posix()}"), err=True)


def _rows(kit: Kit) -> Iterator[str]:
    from debatekit.kit.lines import spelled

    for source in sorted(kit.sources, key=lambda source: source.letter):
        known = kit.lines[source.id]
        told = [
            f"{name} retelling: {spelled(1, block.last)}"
            for name, block in known.levels.items()
        ]
        own = spelled(known.passages.first, known.passages.last)
        yield f"Source {source.letter}  {'; '.join([*told, f'own words: {own}'])}"
        for number, passage in enumerate(source.passages, start=1):
            lines = str(kit.passage_lines[passage.id])
            yield f"  {source.letter}{number:<3} {lines:<14} {passage.id}"
