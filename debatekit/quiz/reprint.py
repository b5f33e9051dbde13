"""Forms that were printed before: what is recorded of them, and the same forms again.

Stage: beside drawing forms; a record is plain data, and nothing here reads files. The
permutation is taken from the record, so that no later way of drawing can change it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.quiz import orders
from debatekit.quiz.forms import Blocks, form_of
from debatekit.quiz.records import AnswerKey, Forms, QuizForm

CODE = re.compile(r"([0-9A-F]{4})-([A-H])")


def record(kit: Kit, forms: Forms, seed: int) -> dict[str, Any]:
    """What must be known to print these forms again, and of what they were drawn.

    ``forms`` has the items of each form in printed order, with the order of their
    options; ``items`` a hash of what form A says in them.
    """
    quiz, first, key = kit.head.quiz, forms.forms[0], forms.keys[0]
    asked = {
        name: dict(getattr(quiz, name))
        for name in ("skills", "sides", "sources", "types")
    }
    return {
        "seed": seed,
        "quiz": {
            "minutes": first.minutes,
            "points": first.points,
            "blueprint": {name: counts for name, counts in asked.items() if counts},
            "generated": [i.id for i in first.items if i.id not in kit.items],
            "items": _said(first, key),
        },
        "forms": {
            key.code: {entry.item: entry.order for entry in key.entries}
            for key in forms.keys
        },
    }


def _said(form: QuizForm, key: AnswerKey) -> dict[str, str]:
    """A hash of an item's options as they are printed, and of what is right, by id."""
    found = {}
    for item, entry in zip(form.items, key.entries, strict=True):
        shown = [*item.options, *(item.second.options if item.second else ())]
        right = [entry.letter, entry.second.letter if entry.second else ""]
        said = [item.type, item.prompts, [o.text for o in shown], right, entry.answers]
        found[item.id] = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    return found


@dataclass(frozen=True)
class Recorded:
    """A record as it was read. ``said`` is empty, and ``minutes`` 0, where a record of
    an earlier version does not have them."""

    kit: str
    kit_version: str
    kit_sha256: str
    seed: int
    forms: Mapping[str, Mapping[str, str]]
    said: Mapping[str, str]
    minutes: int

    @property
    def code(self) -> str:
        """The code of all these forms, without a letter."""
        return next(iter(self.forms)).partition("-")[0]

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(code.partition("-")[2] for code in self.forms)

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of the items, in the order of the first form."""
        return tuple(next(iter(self.forms.values())))


def recorded(data: Any) -> Recorded | None:
    """A record, from a manifest or from a file of forms; None where it is not one."""
    try:
        kit = data["kit"] if "kit" in data else data["made_from"]["kit"]
        quiz = data.get("quiz", {})
        found = Recorded(
            kit=kit["id"],
            kit_version=kit["version"],
            kit_sha256=kit["sha256"],
            seed=data["seed"],
            forms=data["forms"],
            said=quiz.get("items", {}),
            minutes=quiz.get("minutes", 0),
        )
        known = data["version"] in (1, 2) and _is_sound(found)
    except (AttributeError, KeyError, TypeError):
        return None
    return found if known else None


def _is_sound(found: Recorded) -> bool:
    """Whether every value is of its kind, and all forms are of one set of items."""
    texts = [found.kit, found.kit_version, found.kit_sha256, *found.said.values()]
    texts += [order for form in found.forms.values() for order in form.values()]
    numbers = [found.seed, found.minutes]
    codes = [CODE.fullmatch(code) for code in found.forms]
    return (
        bool(found.forms)
        and all(codes)
        and len({code[1] for code in codes if code}) == 1
        and len({tuple(form) for form in found.forms.values()}) == 1
        and bool(found.items)
        and all(isinstance(text, str) for text in texts)
        and all(type(number) is int and number >= 0 for number in numbers)
    )


def reprinted(kit: Kit, known: Recorded) -> Forms:
    """The forms of a record, from this kit.

    Raises UserError, naming the item, where one has gone or its options are others.
    """
    if known.kit != kit.id:
        raise UserError(
            f'the forms {known.code} are of the kit "{known.kit}", not of "{kit.id}"',
            "name their kit with --kit",
        )
    blocks = _blocks(kit, known)
    minutes = known.minutes or kit.head.quiz.minutes
    made = [
        form_of(kit, blocks, drawn, code.partition("-")[2], code, minutes)
        for code, drawn in sorted(known.forms.items())
    ]
    forms = Forms(tuple(form for form, _ in made), tuple(key for _, key in made))
    for item_id, said in _said(forms.forms[0], forms.keys[0]).items():
        if known.said and known.said.get(item_id) != said:
            raise _changed(known, item_id, "says something else in its options")
    return forms


def _blocks(kit: Kit, known: Recorded) -> Blocks:
    """The items of a record with their passages, in the order they were printed."""
    groups: dict[tuple[str, ...], list[model.Item]] = {}
    for item in _items(kit, known):
        if not all(orders.fits(item, form[item.id]) for form in known.forms.values()):
            raise _changed(known, item.id, "has other options")
        groups.setdefault(item.reads, []).append(item)
    now = [item.id for members in groups.values() for item in members]
    for then, item_id in zip(known.items, now, strict=True):
        if then != item_id:
            raise _changed(known, then, "is read with other passages")
    return list(groups.items())


def _items(kit: Kit, known: Recorded) -> list[model.Item]:
    there = dict(kit.items)
    if not there.keys() >= set(known.items):
        from debatekit.quiz.generate import generated

        there = {made.item.id: made.item for made in generated(kit)} | there
    for item_id in known.items:
        if item_id not in there:
            raise _changed(known, item_id, "is no longer in the kit")
    return [there[item_id] for item_id in known.items]


def _changed(known: Recorded, item_id: str, how: str) -> UserError:
    return UserError(
        f'item "{item_id}" of the forms {known.code} {how}; nothing was printed',
        f"they are of version {known.kit_version} of the kit: print them from that "
        "one, or draw new forms",
    )
