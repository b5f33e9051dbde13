"""`debatekit build`"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from debatekit.cli.card_options import card_options, printed_so
from debatekit.cli.options import Name, bundled_formats, kit_folder, kit_option
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.documents.handouts import Handout
    from debatekit.kit.kit import Kit
    from debatekit.quiz.records import Forms
    from debatekit.render.build import Built

DEFAULT_SEED = 1
DEFAULT_FORMAT = "public-forum"
DEFAULT_CLASS = 28


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
    "--generated",
    metavar="N",
    type=click.IntRange(0, 500),
    help="How many items of the quiz are made from the kit's map [default: kit.yaml].",
)
@click.option(
    "--manifest",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Print the forms again that a manifest.json records.",
)
@click.option(
    "--form-code",
    metavar="CODE",
    help="Print the forms again whose code stands at the foot of their pages.",
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
@click.option(
    "--class-size",
    metavar="N",
    type=click.IntRange(2, 60),
    default=DEFAULT_CLASS,
    show_default=True,
    help="Students that the lesson plans count copies for.",
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
@click.option(
    "--fillable", is_flag=True, help="Quiz and organizers to fill in on screen."
)
@click.option(
    "--copies",
    metavar="N",
    type=click.IntRange(1, 200),
    help="With --fillable: numbered copies, one a student, to merge when returned.",
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
    generated: int | None,
    manifest: Path | None,
    form_code: str | None,
    format_id: str,
    class_size: int,
    card_mode: str,
    card_size: str,
    back_offset: tuple[float, float],
    packet: Any,
    pages: str,
    fillable: bool,
    copies: int | None,
    html: bool,
    docx: bool,
) -> None:
    """Build handouts as PDF, ready to print.

    Students get brief-pro, brief-con, sources, sources-plain, measures, glossary,
    timeline, map, cards, flow, organizer, quiz and exit, in OUT/KIT-ID/student; the
    teacher key, lesson, roles, balance and ballot, in OUT/KIT-ID/teacher. None named
    means all that the kit has the files for.
    """
    from debatekit.documents.handouts import handouts, printed_forms
    from debatekit.documents.packets import packets
    from debatekit.kit.review import sound_kit
    from debatekit.quiz.reprint import record
    from debatekit.render import build
    from debatekit.render.lines import with_lines
    from debatekit.render.manifest import (
        forms_to_keep,
        keep_forms,
        made_from,
        write_manifest,
    )

    if html and docx:
        raise click.UsageError("--html and --docx make different files; choose one")
    if packet and (html or docx):
        raise click.UsageError("--packet binds PDFs; leave out --html and --docx")
    _check_fillable(fillable, copies, html, docx or bool(packet))
    kit = sound_kit(kit_folder(kit_dir))
    if not (html or docx):
        kit = with_lines(kit)
    if manifest or form_code:
        forms, seed = _printed_before(kit, out, manifest, form_code)
    else:
        forms = printed_forms(kit, count, seed, generated)
    recorded = record(kit, forms, seed)
    made = list(handouts(kit, names, forms, format_id, fillable, class_size))
    if fillable and not any(build.is_fillable(handout) for handout in made):
        raise click.UsageError("--fillable is for quiz and organizer; name one of them")
    made = printed_so(made, card_mode, card_size, back_offset)
    of_a_quiz = any(handout.template in ("quiz", "key") for handout in made)
    kept = forms_to_keep(out, kit, recorded) if of_a_quiz else None
    if html:
        built = build.build_pages(kit, made, out, _progress)
    elif docx:
        built = build.build_word(kit, _with_word(made, names), paper, out, _progress)
    else:
        packed = tuple(packets(made, packet)) if packet else ()
        two_sided = pages == "two-sided"
        built = build.build_pdfs(
            kit, made, paper, out, _progress, theme, packed, two_sided, copies or 0
        )
        inputs = made_from(kit, paper, theme, format_id, fillable, class_size)
        write_manifest(out, inputs, recorded, built)
    if kept:
        keep_forms(out, kept)
    _summary(built, out / kit.id)


# What decides a drawing, and so nothing where the forms are recorded.
DRAWING = {"count": "--forms", "seed": "--seed", "generated": "--generated"}


def _printed_before(
    kit: Kit, out: Path, manifest: Path | None, form_code: str | None
) -> tuple[Forms, int]:
    """The forms that are recorded, and their seed. Raises UserError."""
    from debatekit.quiz.reprint import reprinted
    from debatekit.render.manifest import forms_of_code, kit_sha256, recorded_forms

    if manifest and form_code:
        raise click.UsageError("--manifest and --form-code name forms; choose one")
    source = click.get_current_context().get_parameter_source
    for name, option in DRAWING.items():
        if source(name) == ParameterSource.COMMANDLINE:
            raise click.UsageError(f"the forms are drawn already; leave out {option}")
    if manifest:
        known = recorded_forms(manifest)
    else:
        known = forms_of_code(out, form_code or "")
    forms = reprinted(kit, known)
    if known.kit_sha256 != kit_sha256(kit):
        click.echo(
            "warning: the kit has changed since these forms were printed; items and "
            "options are the same, other words may differ",
            err=True,
        )
    return forms, known.seed


def _check_fillable(
    fillable: bool, copies: int | None, html: bool, other: bool
) -> None:
    if copies and not fillable:
        raise click.UsageError("--copies is for files to fill in: add --fillable")
    if fillable and html:
        raise click.UsageError(
            "--fillable makes PDFs, as a web page keeps no answers; for a quiz on a "
            "page use `debatekit export html`"
        )
    if fillable and other:
        raise click.UsageError(
            "--fillable makes single PDFs; leave out --docx and --packet"
        )


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
    # By name, as numbered copies of a handout are one to a student.
    pages = {b.handout.name: b for b in single}.values()
    students = sum(b.pages for b in pages if b.handout.audience == "student")
    teachers = sum(b.pages for b in pages if b.handout.audience == "teacher")
    files = f"{len(built)} file{'s' if len(built) != 1 else ''}"
    click.echo(safe(f"{files} in {folder.as_posix()}"))
    if students or teachers:
        click.echo(
            f"To print all: {students} pages a student, {teachers} for the teacher."
        )
