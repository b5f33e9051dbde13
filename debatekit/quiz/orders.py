"""In which order an item's options, pairs and steps are printed: draws and checks.

Stage: part of ``forms``. An order is a text for the manifest and for saved sessions:
the author's letters in printed order. The parts of a two-part item, and the left and
right side of a matching item, are parted by '/'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from debatekit.kit import model
from debatekit.quiz.chance import shuffled
from debatekit.quiz.places import Slot
from debatekit.quiz.records import OPTION_LETTERS

# What has no letters of its author's is counted: the first step is a.
COUNTED = OPTION_LETTERS.lower()
DRAWS = 64


def slots(item: model.Item) -> tuple[Slot, ...]:
    """The places for a single key that an item asks for: one a question."""
    if item.type not in ("choice", "two-part"):
        return ()
    return tuple(_slot(part) for part in item.parts)


def _slot(part: model.Part) -> Slot:
    kept = list(part.options).index(part.key or "") if part.keep_order else None
    return Slot(len(part.options), kept)


def drawn(
    item: model.Item,
    places: Iterator[int],
    before: Sequence[str],
    seed: int,
    form: str,
) -> str:
    """The order of an item in a form.

    Single keys go where ``places`` says. For the others a draw is taken whose right
    response no earlier form has (``before`` are their orders); where all are used up,
    one that is not the last form's.
    """
    if item.type in ("choice", "two-part"):
        names = ("options", "evidence")
        return "/".join(
            _around(part, next(places), seed, form, name, item.id)
            for name, part in zip(names, item.parts, strict=False)
        )
    if not _letters(item) or (item.type == "multiple" and item.keep_order):
        return "/".join(_letters(item))
    used = [response(item, order) for order in before]
    best, fewest = "", (True, True, True)
    for attempt in range(DRAWS):
        order = _any(item, seed, form, str(attempt))
        right = response(item, order)
        faults = _told(item, order), right in used, right in used[-1:]
        if not best or faults < fewest:
            best, fewest = order, faults
        if not any(faults):
            break
    return best


def _around(part: model.Part, place: int, seed: int, *names: str) -> str:
    """The author's letters in printed order, the key at its place."""
    if part.keep_order:
        return "".join(part.options)
    rest = [letter for letter in part.options if letter != part.key]
    order = shuffled(rest, seed, *names)
    order.insert(place, part.key or "")
    return "".join(order)


def _any(item: model.Item, seed: int, form: str, attempt: str) -> str:
    return "/".join(
        "".join(shuffled(letters, seed, form, "letters", index, item.id, attempt))
        for index, letters in enumerate(_letters(item))
    )


def _told(item: model.Item, order: str) -> bool:
    """Whether what is printed is the answer already: steps in their order, pairs side
    by side."""
    right = response(item, order)
    return item.type != "multiple" and right == OPTION_LETTERS[: len(right)]


def _letters(item: model.Item) -> tuple[str, ...]:
    """The author's letters, part by part."""
    if item.type == "matching":
        rights = len(item.pairs) + len(item.extra)
        return COUNTED[: len(item.pairs)], COUNTED[:rights]
    if item.type == "ordering":
        return (COUNTED[: len(item.steps)],)
    return tuple("".join(part.options) for part in item.parts)


def fits(item: model.Item, order: str) -> bool:
    """Whether an order holds the letters of an item, part by part, each once."""
    saved = [sorted(letters) for letters in order.split("/")] if order else []
    return saved == [sorted(letters) for letters in _letters(item)]


def response(item: model.Item, order: str) -> str:
    """The right response to an item printed in an order, in its letters; empty where
    words are typed or written."""
    if item.type == "true-false":
        return "T" if item.true else "F"
    shown = order.split("/")
    match item.type:
        case "matching":
            prompts, rights = shown
            return "".join(OPTION_LETTERS[rights.index(letter)] for letter in prompts)
        case "ordering":
            steps = _letters(item)[0]
            return "".join(OPTION_LETTERS[order.index(letter)] for letter in steps)
        case "multiple":
            return "".join(sorted(OPTION_LETTERS[order.index(k)] for k in item.right))
    return "".join(
        OPTION_LETTERS[letters.index(part.key or "")]
        for part, letters in zip(item.parts, shown, strict=False)
    )
