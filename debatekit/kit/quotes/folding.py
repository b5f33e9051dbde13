"""Whether words stand in a text: folding, finding, naming the first difference.

Stage: part of ``quotes``; knows only strings. White space and typographic quotation
marks are folded, nothing else.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

MAX_WORDS = 60
CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")

_QUOTES = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
}
_FOLD = str.maketrans(_QUOTES)
Span = tuple[int, int]


@dataclass(frozen=True)
class Folded:
    """Text with white space and quotation marks folded; ``origin[i]`` is the place
    in the unfolded text of the folded character i."""

    text: str
    origin: Sequence[int]


def fold(text: str) -> Folded:
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if char.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(index)
            continue
        out.append(_QUOTES.get(char, char))
        origin.append(index)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), origin)


@cache
def folded(text: str) -> str:
    """The folded text alone; the same as ``fold(text).text``, and far cheaper."""
    return " ".join(text.translate(_FOLD).split())


def stands_in(quotation: str, text: str) -> bool:
    """Whether every piece of a quotation stands in the text, in order."""
    whole, start = folded(text), 0
    for piece in pieces(quotation):
        at = _find_words(piece, whole, start)
        if at < 0:
            return False
        start = at + len(piece)
    return True


def word_count(text: str) -> int:
    """Words as people count them: runs between white space, marked cuts left out."""
    return len(CUT.sub(" ", text).split())


def pieces(quotation: str) -> list[str]:
    """The parts of a quotation between marked cuts, folded."""
    return [folded(part) for part in CUT.split(quotation) if part.strip()]


def find(quotation: str, text: str) -> tuple[Span, ...] | None:
    """The character spans in ``text`` of a quotation's pieces, in order, or None.

    Pieces begin and end at word boundaries, so that 'not able' cannot be quoted out
    of 'notable', nor 'we can' out of 'we can't', nor 'binding' out of 'non-binding'.
    """
    whole = fold(text)
    spans: list[Span] = []
    start = 0
    for piece in pieces(quotation):
        at = _find_words(piece, whole.text, start)
        if at < 0:
            return None
        end = at + len(piece)
        spans.append((whole.origin[at], whole.origin[end - 1] + 1))
        start = end
    return tuple(spans) or None


def _find_words(piece: str, text: str, start: int) -> int:
    at = text.find(piece, start)
    while at >= 0:
        if not (_in_word(text, at) or _in_word(text, at + len(piece))):
            return at
        at = text.find(piece, at + 1)
    return -1


def _in_word(text: str, at: int) -> bool:
    """Whether a cut before the character ``at`` goes through a word or a number."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isalnum() and right.isalnum():
        return True
    if right in _JOINTS:
        return _joined(left, right, text[at + 1 : at + 2])
    return left in _JOINTS and _joined(text[max(at - 2, 0) : at - 1], left, right)


# What makes one word or number of its two sides: don't, non-binding, 1.5, 10,000.
_JOINTS = "'-‐‑.,"


def _joined(left: str, sign: str, right: str) -> bool:
    if sign in ".,":
        return left.isdigit() and right.isdigit()
    return left.isalnum() and right.isalnum()


def readings(quotation: str, text: str) -> tuple[str, str] | None:
    """Where a quotation departs from its text: (what it says, what the text says).

    Finds the nearest stretch of the text and the first words that differ, with a word
    of context on both sides. None where nothing in the text resembles it.
    """
    whole = folded(text).split()
    for piece in pieces(quotation):
        words = piece.split()
        if _find_words(piece, folded(text), 0) >= 0:
            continue
        matcher = difflib.SequenceMatcher(None, whole, words, autojunk=False)
        anchor = matcher.find_longest_match()
        if anchor.size < (1 if len(words) < 5 else 2):
            return None
        start = max(0, anchor.a - anchor.b)
        window = whole[start : start + len(words) + 3]
        return _first_difference(words, window)
    return None


def _first_difference(words: list[str], window: list[str]) -> tuple[str, str]:
    matcher = difflib.SequenceMatcher(None, words, window, autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    if not changes:
        return _few(words), _few(window)
    _, a1, a2, b1, b2 = changes[0]
    return (
        _few(words[max(0, a1 - 2) : a2 + 2]),
        _few(window[max(0, b1 - 2) : b2 + 2]),
    )


def _few(words: list[str]) -> str:
    return " ".join(words if len(words) <= 12 else [*words[:12], "…"])
