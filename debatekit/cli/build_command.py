"""`debatekit build`"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from debatekit.cli.card_options import card_options, printed_so
from debatekit.cli.options import Name, bundled_formats, kit_folder, kit_option
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.documents.handouts import Handout
    from debatekit.render.build import Built

DEFAULT_SEED = 1
DEFAULT_FORMAT = "public-forum"


def _handouts() -> Iterable[str]:
    from debatekit.documents.handouts import HANDOUTS

    return HANDOUTS


@click.command(epilog="Example: debatekit build quiz key --forms 2 --paper a4")
@click.argument(
    "names", nargs=-1, metavar="[HANDOUT]...", type=Name("handout", _handouts)
)
@kit_option
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("handouts"),
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--paper",
    type=click.Choice(["letter", "a4"]),
    default="letter",
    show_default=True,
    help="Paper size.",
)
@click.option(
    "--theme",
    type=click.Choice(["standard", "easy", "large"]),
    default="standard",
    show_default=True,
    help="Size of the print: 11.5, 14 or 18 points.",
)
@click.option(
    "--forms",
    "count",
    metavar="N",
    type=click.IntRange(1, 8),
    default=1,
    show_default=True,
    help="Parallel forms of the quiz, A, B, C …",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0),
    default=DEFAULT_SEED,
    show_default=True,
    help="Number that decides what is drawn; the same gives the same quiz.",
)
@click.option(
    "--format",
    "format_id",
    metavar="ID",
    default=DEFAULT_FORMAT,
    show_default=True,
    shell_complete=bundled_formats,
    help="Debate format of flow and ballot; `debatekit formats` lists them.",
)
@card_options
@click.option(
    "--packet",
    type=click.Choice(["student", "teacher", "all"]),
    help="Also bind them into one PDF, in printing order, with bookmarks.",
)
@click.option(
    "--pages",
    type=click.Choice(["two-sided", "one-sided"]),
    default="two-sided",
    show_default=True,
    help="Two-sided: a blank page where a piece of a packet ends on a front.",
)
@click.option("--html", is_flag=True, help="Write web pages instead of PDFs.")
@click.option(
    "--docx", is_flag=True, help="Write Word files instead: briefs, quiz, key, cards."
)
def command(
    names: tuple[str, ...],
    kit_dir: str | None,
    out: Path,
    paper: Any,
    theme: Any,
    count: int,
    seed: int,
    format_id: str,
    card_mode: str,
    card_size: str,
    back_offset: tuple[float, float],
    packet: Any,
    pages: str,
    html: bool,
    docx: bool,
) -> None:
    """Build handouts as PDF, ready to print.

    Students get brief-pro, brief-con, sources, sources-plain, measures, glossary,
    timeline, map, cards, flow, organizer, quiz and exit, in OUT/KIT-ID/student; the
    teacher key, lesson, balance and ballot, in OUT/KIT-ID/teacher. None named means all
    that the kit has the files for.
    """
    from debatekit.documents.handouts import handouts, printed_forms
    from debatekit.documents.packets import packets
    from debatekit.kit.review import sound_kit
    from debatekit.render import build
    from debatekit.render.lines import with_lines

    if html and docx:
        raise click.UsageError("--html and --docx make different files; choose one")
    if packet and (html or docx):
        raise click.UsageError("--packet binds PDFs; leave out --html and --docx")
    kit = sound_kit(kit_folder(kit_dir))
    if not (html or docx):
        kit = with_lines(kit)
    forms = printed_forms(kit, count, seed)
    made = list(handouts(kit, names, forms, format_id))
    made = printed_so(made, card_mode, card_size, back_offset)
    if html:
        built = build.build_pages(kit, made, out, _progress)
    elif docx:
        built = build.build_word(kit, _with_word(made, names), paper, out, _progress)
    else:
        packed = tuple(packets(made, packet)) if packet else ()
        two_sided = pages == "two-sided"
        built = build.build_pdfs(
            kit, made, paper, out, _progress, theme, packed, two_sided
        )
        inputs = build.made_from(kit, paper, theme, format_id)
        build.write_manifest(out, inputs, forms, seed, built)
    _summary(built, out / kit.id)


def _with_word(made: list[Handout], names: tuple[str, ...]) -> list[Handout]:
    from debatekit.kit.problems import UserError
    from debatekit.render.word import WORD

    without = [handout.name for handout in made if handout.template not in WORD]
    if names and without:
        raise UserError(
            f"{', '.join(without)}: no Word file is made of this",
            "there are Word files of brief-pro, brief-con, cards, quiz and key; "
            "the others are PDFs or web pages (--html)",
        )
    return [handout for handout in made if handout.template in WORD]


def _progress(one: Built) -> None:
    pages = ""
    if one.pages:
        pages = f"{one.pages:>3} page{'s' if one.pages != 1 else ' '}  "
    click.echo(safe(f"  {one.handout.name:<10} {pages}{one.path.as_posix()}"))


def _summary(built: list[Built], folder: Path) -> None:
    single = [b for b in built if not b.handout.name.startswith("packet")]
    students = sum(b.pages for b in single if b.handout.audience == "student")
    teachers = sum(b.pages for b in single if b.handout.audience == "teacher")
    files = f"{len(built)} file{'s' if len(built) != 1 else ''}"
    click.echo(safe(f"{files} in {folder.as_posix()}"))
    if students or teachers:
        click.echo(
            f"To print all: {students} pages a student, {teachers} for the teacher."
        )
