"""What a response earns: whole points, rounded down, one function a type of item.

Stage: part of ``records``; a response is the text a student gives (letters, words).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from debatekit.quiz.answers import match


def choice(points: int, key: str, response: str) -> int:
    """All for the key."""
    return points if response == key else 0


def two_part(points: int, key: str, response: str) -> int:
    """All for both parts, half for the first alone: PARCC's rule for evidence-based
    selected response."""
    if response == key:
        return points
    return points // 2 if response[:1] == key[:1] else 0


def multiple(points: int, key: str, response: str) -> int:
    """A share for every right letter, less one for every wrong letter, never below 0:
    marking everything earns nothing by itself."""
    chosen, right = set(response), set(key)
    gained = len(chosen & right) - len(chosen - right)
    return points * max(0, gained) // len(right)


def matching(points: int, key: str, response: str) -> int:
    """A share for every number with its own letter."""
    kept = sum(one == other for one, other in zip(key, response, strict=False))
    return points * kept // len(key)


def ordering(points: int, key: str, response: str) -> int:
    """A share for every two neighbours kept: a step that is followed at once by the one
    that rightly follows it (Moodle's 'relative to the next item, excluding last')."""
    right = set(pairwise(key))
    kept = sum(pair in right for pair in set(pairwise(response)))
    return points * kept // len(right)


def true_false(points: int, key: str, response: str, corrected: bool) -> int:
    """All for a true statement seen as true. A false one earns half, rounded up, when
    it is seen as false, and the rest when it is corrected too."""
    if response != key:
        return 0
    return points if key == "T" or corrected else points - for_correction(points)


def for_correction(points: int) -> int:
    """What the correction of a false statement is worth."""
    return points // 2


def cloze(points: int, accepted: Sequence[str], response: str) -> int:
    """All for an accepted answer; a near miss is asked back before it is scored."""
    return points if match(response, accepted) == "right" else 0
