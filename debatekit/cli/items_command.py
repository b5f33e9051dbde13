"""`debatekit items`"""

from __future__ import annotations

import dataclasses
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from debatekit.cli.options import SIDES, Name, kit_folder, kit_option
from debatekit.terminal.safe import safe

if TYPE_CHECKING:
    from debatekit.kit.kit import Kit
    from debatekit.kit.model import Item, Part
    from debatekit.terminal.page import Page

# What kind of question each item is: a generator's name, or the type of a curated item.
Kinds = Mapping[str, str]

_INDENT = "    "


def _kinds() -> Iterable[str]:
    from debatekit.kit.model import ItemType
    from debatekit.quiz.generate import KINDS

    return (*get_args(ItemType), *KINDS)


def _skills() -> Iterable[str]:
    from debatekit.kit.model import Skill

    return get_args(Skill)


@click.command(epilog="Example: debatekit items --generated --kind which-side")
@kit_option
@click.option(
    "--generated",
    "made",
    is_flag=True,
    help="The items made from the kit's map, in place of the curated ones.",
)
@click.option(
    "--kind",
    type=Name("kind", _kinds),
    metavar="K",
    help="Only this type, or with --generated this kind of question.",
)
@click.option(
    "--skill", type=Name("skill", _skills), metavar="S", help="Only this skill."
)
@click.option("--side", type=SIDES, help="Only items on what this side can use.")
@click.option("--source", metavar="ID", help="Only items on this source.")
@click.option("--show", metavar="ID", help="Print one whole item, with its key.")
@click.option("--pin", metavar="ID", help="Write a generated item into the kit.")
def command(
    kit_dir: str | None,
    made: bool,
    kind: str | None,
    skill: str | None,
    side: str | None,
    source: str | None,
    show: str | None,
    pin: str | None,
) -> None:
    """List a kit's quiz items, or show one; take over a generated one.

    Generated items are made from what the kit's author has curated: who says what,
    which passage supports which claim. --pin copies one into items/pinned.yaml; from
    then on it is the kit's own, to be changed like any other.
    """
    from debatekit.kit.review import sound_kit

    folder = kit_folder(kit_dir)
    kit = sound_kit(folder)
    if pin is not None:
        _pin(folder, kit, pin)
        return
    page = _page()
    if show is not None:
        _show(page, kit, *_named(kit, show))
        return
    items, kinds = _offered(kit) if made else _curated(kit)
    fitting = [
        item
        for item in items
        if kind in (None, kinds[item.id])
        and skill in (None, item.skill)
        and (side is None or side in _sides(kit, item))
        and (source is None or source in _sources(kit, item))
    ]
    if not fitting:
        _refused(kit, made, kind, source)
    _list(fitting, kinds)


def _page() -> Page:
    from debatekit.terminal.page import Page

    return Page(sys.stdout, shutil.get_terminal_size().columns)


def _curated(kit: Kit) -> tuple[Sequence[Item], Kinds]:
    items = list(kit.items.values())
    return items, {item.id: item.type for item in items}


def _offered(kit: Kit) -> tuple[Sequence[Item], Kinds]:
    from debatekit.quiz.generate import generated

    found = generated(kit)
    return [one.item for one in found], {one.item.id: one.kind for one in found}


def _named(kit: Kit, name: str) -> tuple[Item, str]:
    """An item by its id, curated or generated. Raises UserError."""
    from debatekit.kit.problems import UserError, did_you_mean

    known, kinds = _curated(kit)
    if name not in kinds:
        more, their_kinds = _offered(kit)
        known, kinds = [*known, *more], {**kinds, **their_kinds}
    if name not in kinds:
        hint = did_you_mean(name, kinds) or "`debatekit items` lists those there are"
        raise UserError(f'no item "{name}"', hint)
    return next(item for item in known if item.id == name), kinds[name]


def _refused(kit: Kit, made: bool, kind: str | None, source: str | None) -> None:
    from debatekit.kit.problems import UserError, did_you_mean
    from debatekit.quiz.generate import KINDS

    sources = [one.id for one in kit.sources]
    if source is not None and source not in sources:
        listed = f"this kit has: {', '.join(sources)}"
        raise UserError(
            f'no source "{source}"', did_you_mean(source, sources) or listed
        )
    hint = "leave out a filter"
    if kind is not None and (kind in KINDS) != made:
        hint = "add --generated" if kind in KINDS else "leave out --generated"
    raise UserError("no item fits all that was asked for", hint)


def _passages(item: Item) -> set[str]:
    """The passages an item reads or offers."""
    options = [o for part in item.parts for o in part.options.values()]
    return {*item.reads, *(o.passage for o in options if o.passage is not None)}


def _sides(kit: Kit, item: Item) -> set[str]:
    """The sides that can use what an item is on: passages, contentions, replies."""
    sides: set[str] = {kit.passages[p].stance for p in _passages(item)}
    named = {proof.contention for proof in item.proof}
    return sides | {side for name, side in kit.side_of.items() if name in named}


def _sources(kit: Kit, item: Item) -> set[str]:
    checks = {proof.check for proof in item.proof if proof.check is not None}
    named = {proof.source for proof in item.proof if proof.source is not None}
    return named | {kit.source_of[p].id for p in _passages(item) | checks}


def _list(items: Sequence[Item], kinds: Kinds) -> None:
    from debatekit.kit.problems import counted

    room = shutil.get_terminal_size().columns - len(_INDENT)
    for item in items:
        # The id is never cut: it is what --show takes.
        click.echo(safe(f"{item.id}  {kinds[item.id]}  {item.skill}"))
        stem = " ".join(item.stem.split())
        cut = stem if len(stem) <= room else f"{stem[: room - 1]}…"
        click.echo(safe(f"{_INDENT}{cut}"))
    click.echo(counted(len(items), "item"))


def _pin(folder: Path, kit: Kit, name: str) -> None:
    from debatekit.files import write_whole
    from debatekit.kit.problems import UserError
    from debatekit.kit.write import PINNED, with_item

    if name in kit.items:
        raise UserError(f'"{name}" is an item of this kit already', "nothing to pin")
    item, _ = _named(kit, name)
    path = folder / PINNED
    before = path.read_bytes() if path.exists() else None
    write_whole(path, with_item(before, item))
    click.echo(safe(f"wrote {name} to {path.as_posix()}"))


def _show(page: Page, kit: Kit, item: Item, kind: str) -> None:
    from debatekit.kit.problems import counted
    from debatekit.quiz.forms import make_forms
    from debatekit.quiz.passages import form_passage

    click.echo(safe(item.id))
    page.say(f"({kind}; skill {item.skill}; {counted(item.points, 'point')})")
    for name in item.reads:
        passage = form_passage(kit, name)
        page.say(f"“{passage.text}”", indent="    ", first="  ")
        page.say(passage.cite, indent="    ")
        page.say(f"Context: {passage.context}", indent="    ")
        for note in passage.notes:
            page.say(f"Source check: {note}", indent="    ")
    parts = item.parts or (item,)
    for part in parts:
        page.say()
        page.say(part.stem)
        _options(page, kit, part)
    _shapes(page, item)
    if item.guide is not None:
        page.say(f"Sample answer: {item.sample}")
        page.say(f"Full points: {item.guide.full}")
        page.say(f"Part: {item.guide.part}")
        page.say(f"None: {item.guide.none}")
    page.say()
    # The key says what a proof holds; it is made of forms, and those of a kit's items.
    held = dataclasses.replace(kit, items={item.id: item})
    for proof in make_forms(held, [item], 1, 0).keys[0][item.id].proofs:
        words = f"“{proof.words}”" if proof.quoted else proof.words
        page.say(f"{words} ({proof.cite})", indent="  ", first="Proof: ")


def _options(page: Page, kit: Kit, part: Part) -> None:
    from debatekit.kit.checks.items import option_text

    for letter, option in part.options.items():
        text = option_text(kit, option)
        shown = f"“{text}”" if option.passage is not None else text
        key = "  [key]" if letter in part.right else ""
        page.say(f"{shown}{key}", indent="    ", first=f"  {letter}. ")
        mistake = f" ({option.mistake})" if option.mistake else ""
        page.say(f"Why: {option.why}{mistake}", indent="     ")


def _shapes(page: Page, item: Item) -> None:
    """What items without options have in their place."""
    for pair in item.pairs:
        page.say(f"{pair.left} = {pair.right}", indent="    ", first="  - ")
        page.say(f"Why: {pair.why}", indent="     ")
    for extra in item.extra:
        page.say(f"(no partner) {extra.text}", indent="    ", first="  - ")
        page.say(f"Why: {extra.why}", indent="     ")
    for number, step in enumerate(item.steps, start=1):
        page.say(step.text, indent="     ", first=f"  {number}. ")
        page.say(f"Why: {step.why}", indent="     ")
    if item.true is not None:
        page.say(f"Key: {'true' if item.true else 'false'}")
    if item.correction:
        page.say(f"Correction: {item.correction}")
    if item.answers:
        page.say(f"Key: {'; or '.join(item.answers)}")
    if item.why:
        page.say(f"Why: {item.why}")
