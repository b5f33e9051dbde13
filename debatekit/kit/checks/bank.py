"""Advice on the items of a kit taken together: what gives keys away.

The numbers are those of the list that ``style`` follows; all are warnings.
``give_away`` is the same for a pair, for whoever puts a form together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.checks.choices import Choice, choices, words_of
from debatekit.kit.checks.items import option_text
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Location, Problem, warning

UNLIKELY = 0.01


# A key of fewer words may stand in another item's stem by chance.
TELLING_WORDS = 4


def items_are_independent(kit: Kit) -> Iterator[Problem]:
    """17. No stem holds the key of another item."""
    found = [(one, run_of(one.key), run_of(one.stem)) for one in choices(kit)]
    for one, key, _ in found:
        for other, _, stem in found:
            if other.item != one.item and _tells(key, stem):
                yield warning(
                    other.at,
                    "item-gives-away",
                    f'the stem of item "{other.item}" holds the key of "{one.item}"',
                )


def run_of(text: str) -> str:
    """The words of a text with a space around each, so that runs of whole words are
    found in it."""
    return f" {' '.join(words_of(text))} "


def _tells(key: str, stem: str) -> bool:
    return len(key.split()) >= TELLING_WORDS and key in stem


@dataclass(frozen=True)
class Clue:
    """What an item tells about others: its keys, its stems and all that is printed, as
    runs of words, and what its proofs rest on with the words they name."""

    keys: tuple[str, ...]
    stems: str
    printed: str
    proofs: tuple[tuple[str, str, str], ...]


def clue(kit: Kit, item: model.Item) -> Clue:
    """What ``give_away`` needs to know of an item."""
    texts = [option_text(kit, o) for part in item.parts for o in part.options.values()]
    texts += [text for pair in item.pairs for text in (pair.left, pair.right)]
    texts += [extra.text for extra in item.extra] + [step.text for step in item.steps]
    stems = [item.stem, item.evidence.stem if item.evidence else ""]
    keys = [run_of(text) for text in _keys(kit, item)]
    return Clue(
        tuple(key for key in keys if key.strip()),
        "".join(map(run_of, stems)),
        "".join(map(run_of, [*stems, *texts])),
        tuple(
            (field, getattr(proof, field), run_of(proof.words))
            for proof in item.proof
            for field in proof.named
        ),
    )


def _keys(kit: Kit, item: model.Item) -> list[str]:
    """The texts of the right answers."""
    if item.type == "true-false":
        return [item.stem if item.true else item.correction]
    keys = [part.options[k] for part in item.parts for k in part.right]
    texts = [option_text(kit, option) for option in keys]
    return [*texts, *(pair.right for pair in item.pairs), *item.answers]


def give_away(one: Clue, other: Clue) -> bool:
    """Whether one of two items tells the key of the other, so that no form should have
    both.

    A stem must not hold the key of another item; where both rest on the same thing, or
    on the same words of a passage, the options must not either, however short the key.
    """
    shared = any(_same(a, b) for a in one.proofs for b in other.proofs)
    for key in one.keys:
        if _tells(key, other.stems) or (shared and key in other.printed):
            return True
    return any(
        _tells(key, one.stems) or (shared and key in one.printed) for key in other.keys
    )


def _same(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether two proofs rest on the same thing, in words of which one holds the
    other."""
    nested = one[2] in other[2] or other[2] in one[2]
    return nested and one[:2] == other[:2]


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
