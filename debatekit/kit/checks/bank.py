"""Advice on the choice items of a kit taken together: what gives keys away.

The numbers are those of the list that ``style`` follows; all are warnings.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from debatekit.kit.checks.choices import Choice, choices, words_of
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Location, Problem, warning

UNLIKELY = 0.01


def items_are_independent(kit: Kit) -> Iterator[Problem]:
    """17. No stem holds the key of another item."""
    found = list(choices(kit))
    for one in found:
        key = " ".join(words_of(one.key))
        if len(key.split()) < 4:
            continue
        for other in found:
            if other.item != one.item and key in " ".join(words_of(other.stem)):
                yield warning(
                    other.at,
                    "item-gives-away",
                    f'the stem of item "{other.item}" holds the key of "{one.item}"',
                )


def keys_do_not_stand_out(kit: Kit) -> Iterator[Problem]:
    """4, 5. Over the whole kit the key is not the longest, nor in one place, more often
    than chance would have it (one chance in a hundred)."""
    found = [c for c in choices(kit) if not c.quoted]
    if len(found) < 12:
        return
    longest = sum(len(c.key) > max(len(t) for t in c.distractors) for c in found)
    chance = sum(1 / len(c.options) for c in found) / len(found)
    if _tail(longest, len(found), chance) < UNLIKELY:
        yield warning(
            Location(kit.shown),
            "keys-longest",
            f"the key is the longest option in {longest} of {len(found)} items, "
            "more often than chance",
        )
    places = Counter(c.options.index(c.key) for c in found)
    for place, count in sorted(places.items()):
        share = sum(1 / len(c.options) for c in found if place < len(c.options))
        if _tail(count, len(found), share / len(found)) < UNLIKELY:
            yield warning(
                Location(kit.shown),
                "keys-one-place",
                f"the key is option {'abcdef'[place]} in {count} of {len(found)} items",
                "forms shuffle the options, but write the keys evenly too",
            )


def _tail(count: int, total: int, chance: float) -> float:
    """The chance of ``count`` or more hits in ``total`` tries (binomial)."""
    return sum(
        math.comb(total, k) * chance**k * (1 - chance) ** (total - k)
        for k in range(count, total + 1)
    )


def items_serve_both_sides(kit: Kit) -> Iterator[Problem]:
    """24. About as many items on pro passages as on con passages: within a fifth."""
    counts = Counter(
        stance
        for item in kit.items.values()
        for stance in {kit.passages[p].stance for p in item.reads if p in kit.passages}
        & {"pro", "con"}
    )
    pro, con = counts["pro"], counts["con"]
    if abs(pro - con) > max(2, (pro + con) / 5):
        yield warning(
            Location(kit.shown),
            "items-one-sided",
            f"{pro} items are on pro passages and {con} on con passages",
        )


def longest_share(found: Sequence[Choice]) -> tuple[int, int]:
    """How many keys are strictly the longest option, of how many; for the report."""
    own = [c for c in found if not c.quoted]
    return sum(len(c.key) > max(map(len, c.distractors)) for c in own), len(own)


RULES = (
    items_are_independent,
    keys_do_not_stand_out,
    items_serve_both_sides,
)
