"""Chance that is the same on every machine and every Python: hashes of a seed.

Random generators change between versions (Python's shuffle has); a printed form must
not. Every draw is named by its parts, so that adding one elsewhere changes no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, *parts: object) -> int:
    """A number from 0 to 2**64-1 that depends on the seed and the parts only."""
    text = "\x1f".join([str(seed), *(str(part) for part in parts)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def shuffled(values: Iterable[T], seed: int, *parts: object) -> list[T]:
    """The values in an order drawn by the seed."""
    pairs = [(draw(seed, *parts, index), value) for index, value in enumerate(values)]
    return [value for _, value in sorted(pairs, key=lambda pair: pair[0])]


def pick(values: Sequence[T], seed: int, *parts: object) -> T:
    """One of the values."""
    return values[draw(seed, *parts) % len(values)]
