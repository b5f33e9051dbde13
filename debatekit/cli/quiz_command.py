"""`debatekit quiz`"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click

from debatekit.cli.options import SIDES, Name, kit_folder, kit_option, seed_option


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
@click.option("--side", type=SIDES, help="Only items on passages of this side.")
@click.option(
    "--skill", type=Name("skill", _skills), metavar="S", help="Only this skill."
)
@click.option("--source", metavar="ID", help="Only items on this source.")
@seed_option
def command(
    kit_dir: str | None,
    count: int,
    side: str | None,
    skill: str | None,
    source: str | None,
    seed: int | None,
) -> int:
    """Practise a kit's quiz in the terminal.

    Type a letter and press Enter; ? shows the other keys. Leave at any time: what you
    answered is kept, and the next start offers to go on.
    """
    from debatekit.cli.main import EXIT_INTERRUPTED
    from debatekit.kit.review import practice_kit
    from debatekit.quiz.choose import Filter, choose_any, matching
    from debatekit.quiz.forms import make_forms
    from debatekit.quiz.session import Session
    from debatekit.terminal.page import Page
    from debatekit.terminal.practice import practice, resumed
    from debatekit.terminal.quiz import Terminal
    from debatekit.terminal.store import Store

    kit = practice_kit(kit_folder(kit_dir))
    items = matching(kit, Filter(side, skill, source))
    store = Store(_data_folder() / kit.id / "session.jsonl")
    page = Page(sys.stdout, shutil.get_terminal_size().columns)
    terminal = Terminal(page, sys.stdin, store)
    try:
        saved = store.load()
        old = resumed(kit, saved) if saved else None
        if saved and old is None:
            page.say("The kit has changed since you left a session: a new one starts.")
        if saved and old:
            go_on = terminal.offer_resume(saved)
            if go_on is None:
                return 0
            if go_on:
                terminal.run(old, saved.session)
                return 0
        drawn = _any_seed() if seed is None else seed
        forms = make_forms(kit, choose_any(kit, items, count, drawn), 1, drawn)
        what = practice(kit, forms.forms[0], forms.keys[0])
        store.begin(kit.id, what.orders)
        terminal.run(what, Session(tuple(what.orders)))
    except KeyboardInterrupt:
        click.echo("\nSaved. The next `debatekit quiz` offers to go on.")
        return EXIT_INTERRUPTED
    return 0


def _any_seed() -> int:
    return int.from_bytes(os.urandom(4), "big")


def _data_folder() -> Path:
    """Where sessions are kept: DEBATEKIT_DATA, else the user's data folder."""
    named = os.environ.get("DEBATEKIT_DATA")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("debatekit", appauthor=False)
