"""A typed answer against those accepted: right, near enough to ask again, or wrong.

Stage: part of ``scoring``. What is folded away (case, accents, points, spaces, a
leading article) never makes an answer wrong; a slip of the keys is never wrong without
a second try; and what is another word or number is never taken for a slip.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Match = Literal["right", "near", "wrong"]

ARTICLE = re.compile(r"^(the|an?)\s+(?=\S)")
SHORTEST = 4
LONG = 8

# Words that a letter or two tells apart, and that mean something else.
APART = tuple(
    frozenset(group.split())
    for group in (
        "one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
        "fifty sixty seventy eighty ninety hundred thousand million billion trillion",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october "
        "november december",
        "iran iraq",
        "austria australia",
        "niger nigeria",
        "affect effect",
        "legal regal",
        "prescribe proscribe",
        "persecute prosecute",
        "persecution prosecution",
    )
)
# 'Lawful' and 'unlawful', 'importer' and 'exporter' are no slips.
PREFIXES = frozenset(
    re.findall("[a-z]+", "a anti de dis ex il im in inter ir mis non post pre re un")
) | {""}
SHARED_END = 4


def match(typed: str, accepted: Iterable[str]) -> Match:
    """How a typed answer stands to the accepted ones.

    Near: as many words, each equal or a slip away (one letter added, left out, changed
    or swapped with the next; two in words of eight letters). Figures, words of fewer
    than four letters and words that mean something else have to be equal.
    """
    given = _folded(typed)
    if not given:
        return "wrong"
    wanted = [_folded(answer) for answer in accepted]
    if any(_same(given, answer) for answer in wanted):
        return "right"
    return "near" if any(_is_near(given, answer) for answer in wanted) else "wrong"


def _folded(text: str) -> tuple[str, ...]:
    """The words and figures of a text, without what makes no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)  # 1,000 is 1000
    plain = re.sub(r"['’`]", "", plain)
    plain = re.sub(r"\bper ?cent\b", "%", plain)
    plain = ARTICLE.sub("", plain.strip())
    # A sign, a point between figures, a currency and a percent sign mean something.
    found = re.findall(r"[^\W\d_]+|(?<!\w)[-−]?\d+(?:[.,:/]\d+)*|\d+|[%$€£¥]", plain)
    return tuple(word.replace("−", "-") for word in found)


def _same(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Equal, or parted otherwise: 'health care', 'healthcare'; figures stay whole."""
    if given == wanted:
        return True
    figures = any(_has_figure(word) for word in (*given, *wanted))
    return not figures and "".join(given) == "".join(wanted)


def _is_near(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if len(given) == len(wanted):
        pairs = zip(given, wanted, strict=True)
        return all(one == other or _slip(one, other) for one, other in pairs)
    if any(_has_figure(word) for word in (*given, *wanted)):
        # A sign left out: '5' for '5%'.
        return _words(given) == _words(wanted)
    if any(len(word) < SHORTEST for word in (*given, *wanted)):
        return False
    return _slip("".join(given), "".join(wanted))


def _words(text: tuple[str, ...]) -> list[str]:
    return [word for word in text if re.search(r"\w", word)]


def _slip(typed: str, wanted: str) -> bool:
    """Whether a word is another one mistyped."""
    if min(len(typed), len(wanted)) < SHORTEST or _has_figure(typed + wanted):
        return False
    if any({typed, wanted} <= group for group in APART) or _turned(typed, wanted):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, wanted) <= (2 if len(wanted) >= LONG else 1)


def _turned(one: str, other: str) -> bool:
    """Whether a prefix alone tells two words apart, and turns the meaning round."""
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    return any(
        {one[: len(one) - end], other[: len(other) - end]} <= PREFIXES
        for end in range(SHARED_END, shared + 1)
    )


def _has_figure(word: str) -> bool:
    return any(c.isdigit() for c in word)
