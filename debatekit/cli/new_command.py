"""`debatekit new`"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from debatekit.terminal.safe import safe


@click.command(epilog="Example: debatekit new my-kit")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a small commented kit to start from.

    It is complete: it passes `debatekit check` and can be printed as it is.
    """
    from debatekit.assets import starter_kit
    from debatekit.files import write_whole
    from debatekit.kit.problems import UserError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            f"{folder} is there already and is not empty",
            "name a folder that does not exist yet",
        )
    root = starter_kit()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            write_whole(folder / path.relative_to(root), path.read_bytes())
    name = shlex.quote(safe(folder.as_posix()))
    click.echo(f"wrote a kit to {name}")
    click.echo(f"  check it:   debatekit check {name} --texts {name}/texts")
    click.echo(f"  print it:   debatekit build --kit {name}")
    click.echo("  write it:   docs/authoring.md explains every field")
