"""`debatekit export`"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click

from debatekit.cli.options import SIDES, Name, kit_folder, kit_option
from debatekit.terminal.safe import safe

DEFAULT_SEED = 1


def _formats() -> Iterable[str]:
    from debatekit.exports import EXPORTERS

    return EXPORTERS


def _skills() -> Iterable[str]:
    from debatekit.kit.model import Skill

    return get_args(Skill)


@click.command(epilog="Example: debatekit export html --items 20 --out quiz.html")
@click.argument("name", metavar="FORMAT", type=Name("format", _formats))
@kit_option
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write [default: KIT-ID-quiz, here].",
)
@click.option(
    "--items",
    "count",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many items.",
)
@click.option("--side", type=SIDES, help="Only items on passages of this side.")
@click.option(
    "--skill", type=Name("skill", _skills), metavar="S", help="Only this skill."
)
@click.option("--source", metavar="ID", help="Only items on this source.")
@click.option("--generated", is_flag=True, help="Also items made from the kit's map.")
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0),
    default=DEFAULT_SEED,
    show_default=True,
    help="Number that decides what is drawn; the same gives the same file.",
)
def command(
    name: str,
    kit_dir: str | None,
    out: Path | None,
    count: int,
    side: str | None,
    skill: str | None,
    source: str | None,
    generated: bool,
    seed: int,
) -> None:
    """Write a kit's quiz as a file for another program.

    FORMAT html is one web page to practise with, for any browser, without a network.
    The answers are in the file.
    """
    from debatekit.exports import exporter
    from debatekit.files import write_whole
    from debatekit.kit.review import sound_kit
    from debatekit.quiz.choose import Filter, choose_any, matching
    from debatekit.quiz.forms import make_forms

    kit = sound_kit(kit_folder(kit_dir))
    if generated:
        from debatekit.quiz.generate import generated as made_from

        made = {one.item.id: one.item for one in made_from(kit)}
        kit = dataclasses.replace(kit, items={**kit.items, **made})
    items = matching(kit, Filter(side, skill, source))
    forms = make_forms(kit, choose_any(kit, items, count, seed), 1, seed)
    module = exporter(name)
    path = out or Path(f"{kit.id}-quiz{module.SUFFIX}")
    write_whole(path, module.export(kit, forms.forms[0], forms.keys[0], seed))
    drawn = len(forms.forms[0].items)
    items_word = "item" if drawn == 1 else "items"
    click.echo(safe(f"wrote {path}: {drawn} {items_word}"))
