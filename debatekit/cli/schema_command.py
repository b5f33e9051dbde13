"""`debatekit schema`"""

from __future__ import annotations

import json

import click


@click.command(epilog="Example: debatekit schema > kit.schema.json")
def command() -> None:
    """Print the JSON Schema of the kit's files, for editors.

    In VS Code with the YAML extension, put this line at the top of a kit file:
    # yaml-language-server: $schema=kit.schema.json
    """
    from debatekit.kit.schema import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
