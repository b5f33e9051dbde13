"""`debatekit quiz`"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from debatekit.cli.options import (
    SIDES,
    Name,
    data_folder,
    kit_folder,
    kit_option,
    seed_option,
)

if TYPE_CHECKING:
    from debatekit.terminal.kinds import Wanted
    from debatekit.terminal.page import Page

KINDS = ("review", "drill", "exam", "blind")
# An option that only one kind has, and options that a drill has not.
ONLY = {"debate_on": "review", "seconds": "drill", "out": "exam"}
NO_DRILL = ("skill", "source", "generated", "confidence")


def _skills() -> Iterable[str]:
    from debatekit.kit.model import Skill

    return get_args(Skill)


@click.command(epilog="Example: debatekit quiz --items 5 --side con")
@kit_option
@click.option(
    "--items",
    "count",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help="How many items.",
)
@click.option(
    "--side",
    type=SIDES,
    help="Only items on passages of this side; in a drill, the side you speak for.",
)
@click.option(
    "--skill", type=Name("skill", _skills), metavar="S", help="Only this skill."
)
@click.option("--source", metavar="ID", help="Only items on this source.")
@click.option(
    "--generated", is_flag=True, help="Also items made from the kit's map of arguments."
)
@click.option("--review", is_flag=True, help="What is due again.")
@click.option(
    "--debate-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="With --review: everything comes back before this day (YYYY-MM-DD).",
)
@click.option(
    "--drill", is_flag=True, help="Reply to the other side's contentions, in turn."
)
@click.option(
    "--seconds",
    type=click.IntRange(1),
    metavar="N",
    help="With --drill: how long a reply should take.",
)
@click.option(
    "--exam", is_flag=True, help="One sitting; nothing is told before the end."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --exam: the result [default: KIT-exam-FORM.json here].",
)
@click.option(
    "--blind", is_flag=True, help="Without the passages: what can be guessed?"
)
@click.option("--confidence", is_flag=True, help="Ask each time how sure you are.")
@click.option("--minutes", type=click.IntRange(1), metavar="N", help="A limit of time.")
@seed_option
@click.option(
    "--check-result",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Verify and score the result of an exam anew, instead.",
)
def command(kit_dir: str | None, check_result: Path | None, **options: Any) -> int:
    """Practise a kit's quiz in the terminal.

    Type a letter and press Enter; ? shows the other keys. Leave at any time: what you
    answered is kept, and the next start offers to go on.
    """
    from debatekit.terminal.page import Page

    kind = _kind(options)
    folder = kit_folder(kit_dir)
    page = Page(sys.stdout, shutil.get_terminal_size().columns)
    if check_result is not None:
        if kind != "fresh":
            raise click.UsageError(f"--check-result does not go with --{kind}")
        return _check(page, folder, check_result)
    return _practise(page, folder, _wanted(options), options)


def _kind(options: Mapping[str, Any]) -> str:
    """The one kind asked for. Raises UsageError where options do not go together."""
    chosen = [kind for kind in KINDS if options[kind]]
    if len(chosen) > 1:
        raise click.UsageError(
            f"--{chosen[0]} and --{chosen[1]} do not go together: choose one"
        )
    kind = chosen[0] if chosen else "fresh"
    for option, needed in ONLY.items():
        if options[option] is not None and kind != needed:
            spelled = option.replace("_", "-")
            raise click.UsageError(f"--{spelled} goes with --{needed}")
    for option in NO_DRILL:
        if kind == "drill" and options[option]:
            raise click.UsageError(f"--{option} does not go with --drill")
    return kind


def _wanted(options: Mapping[str, Any]) -> Wanted:
    from debatekit.quiz.choose import Filter
    from debatekit.quiz.session import SessionKind
    from debatekit.terminal.kinds import Wanted

    name = _kind(options)
    kind = next(kind for kind in get_args(SessionKind) if kind == name)
    seed, day = options["seed"], options["debate_on"]
    return Wanted(
        kind=kind,
        filter=Filter(options["side"], options["skill"], options["source"]),
        count=options["count"],
        seed=int.from_bytes(os.urandom(4), "big") if seed is None else seed,
        minutes=options["minutes"] or 0,
        seconds=options["seconds"] or 0,
        debate_on=day.date() if day else None,
        out=options["out"],
    )


def _practise(
    page: Page, folder: Path, wanted: Wanted, options: Mapping[str, Any]
) -> int:
    import time
    from datetime import datetime

    from debatekit.cli.main import EXIT_INTERRUPTED
    from debatekit.quiz.choose import matching
    from debatekit.terminal import kinds
    from debatekit.terminal.kits import open_kit
    from debatekit.terminal.quiz import Terminal
    from debatekit.terminal.store import Store

    made = options["generated"]
    kit, keep = open_kit(folder, data_folder() / "kits")
    if made:
        kit = kinds.with_generated(folder)
    store = Store(data_folder(), kit.id)
    terminal = Terminal(page, sys.stdin, store, time.monotonic, options["confidence"])
    saved = store.load()
    met = list(saved.orders) if saved else []
    if wanted.kind == "review":
        met += [answer.item for answer in store.answers()]
    if kinds.needs_generated(met) and not made:
        kit = kinds.with_generated(folder)
    if wanted.kind != "drill":
        matching(kit, wanted.filter)
    try:
        if saved is None or not kinds.go_on(terminal, kit, saved, wanted):
            kinds.begin(terminal, kit, wanted, datetime.now().astimezone())
    except KeyboardInterrupt:
        click.echo("\nSaved. The next `debatekit quiz` offers to go on.")
        return EXIT_INTERRUPTED
    finally:
        keep()
    return 0


def _check(page: Page, folder: Path, path: Path) -> int:
    """Verify a result; 1 where its points are not those of its responses."""
    from debatekit.cli.main import EXIT_PROBLEMS
    from debatekit.kit.review import sound_kit
    from debatekit.quiz.result import checked, decoded
    from debatekit.terminal.exam import show_checked
    from debatekit.terminal.kinds import needs_generated, with_generated

    result, claimed = decoded(path.read_bytes(), str(path))
    made = needs_generated([row.id for row in result.items])
    kit = with_generated(folder) if made else sound_kit(folder)
    found = checked(result, claimed, kit)
    show_checked(page, found)
    return 0 if found.points == claimed else EXIT_PROBLEMS
