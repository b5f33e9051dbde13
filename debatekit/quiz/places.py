"""Where the key stands in each item of a form: fair, and hard to guess or copy.

Stage: part of drawing forms; knows nothing of kits, only of how many options an item
has and whether its order is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from debatekit.quiz.chance import pick, shuffled

LONGEST_RUN = 3
DEALS = 64


@dataclass(frozen=True)
class Slot:
    """An item as far as its key's place goes; ``kept`` is that place where the author
    fixed the order of the options."""

    options: int
    kept: int | None = None


def key_places(
    slots: Sequence[Slot], before: Sequence[int], seed: int, form: str
) -> list[int]:
    """A place for every key, counted from 0.

    No place comes four times in a row; among items of equally many options every place
    holds the key equally often, or once more; no drawn place is that of ``before``, the
    form handed to the next seat. Where kept items leave no room for all three, they
    give way from the last to the first.

    The places are dealt from a shuffled deck, not filled up evenly: a student who has
    answered all items but one of a row must not know the last by counting.
    """
    best, fewest = _deal(slots, before, seed, form, 0)
    for attempt in range(1, DEALS):
        if not any(fewest):
            break
        places, faults = _deal(slots, before, seed, form, attempt)
        if faults < fewest:
            best, fewest = places, faults
    return best


def _deal(
    slots: Sequence[Slot], before: Sequence[int], seed: int, form: str, attempt: int
) -> tuple[list[int], tuple[int, int]]:
    """One deal, with its faults: places out of balance, places shared with before."""
    drawn = {slot.options for slot in slots if slot.kept is None}
    decks = {n: _deck(slots, n, seed, form, attempt) for n in sorted(drawn)}
    places: list[int] = []
    uneven = shared = 0
    for index, slot in enumerate(slots):
        if slot.kept is not None:
            places.append(slot.kept)
            continue
        deck = decks[slot.options]
        after = slots[index + 1 : index + 1 + LONGEST_RUN]
        free = {p for p in range(slot.options) if not _is_run(places, p, after)}
        cards = [place for place in deck if place in free]
        if not cards:
            uneven += 1
            cards = shuffled(sorted(free), seed, form, "spare", attempt, index)
        other = [place for place in cards if not before or place != before[index]]
        shared += not other
        place = (other or cards)[0]
        places.append(place)
        if place in deck:
            deck.remove(place)
    return places, (uneven, shared)


def _deck(
    slots: Sequence[Slot], options: int, seed: int, form: str, attempt: int
) -> list[int]:
    """Places to deal to the items of so many options: kept and dealt together even."""
    parts = (form, "deck", options, attempt)
    group = [slot.kept for slot in slots if slot.options == options]
    counts = Counter(kept for kept in group if kept is not None)
    deck: list[int] = []
    for card in range(group.count(None)):
        fewest = min(counts[place] for place in range(options))
        lowest = [place for place in range(options) if counts[place] == fewest]
        place = pick(lowest, seed, *parts, "fill", card)
        counts[place] += 1
        deck.append(place)
    return shuffled(deck, seed, *parts)


def _is_run(places: Sequence[int], place: int, after: Sequence[Slot]) -> bool:
    """Whether a key here makes a run too long, with the kept items that follow."""
    kept = [slot.kept for slot in after]
    run = [*_start_of(place, reversed(places)), *_start_of(place, kept)]
    return len(run) >= LONGEST_RUN


def _start_of(place: int, places: Iterable[int | None]) -> Iterator[int | None]:
    """The places up to the first that is another one."""
    return takewhile(lambda other: other == place, places)
