"""Which records of a kit speak of the same thing: enough to refuse a doubtful option.

Stage: part of ``generate``. A map says what a record is for; it does not say what else
it might serve. Where two records share more words than the right pair does, a generator
leaves the option out.
"""

from __future__ import annotations

import re
from functools import cache

from debatekit.kit.checks.style import FUNCTION_WORDS

LONGEST_ENDING = 4


@cache
def stems(text: str) -> frozenset[str]:
    """The content words of a text, cut to what 'supplier' and 'supplies' share."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(
        re.sub(r"(ations?|ing|ers?|ies|ed|es|s|y|e)$", "", word)
        for word in words
        if len(word) >= LONGEST_ENDING and word not in FUNCTION_WORDS
    )


def shared(one: str, other: str) -> int:
    """How many content words two texts share."""
    return len(stems(one) & stems(other))


def forms_in(form: str, text: str) -> int:
    """How often a word, or words, stand whole in a text; capitals count only in
    abbreviations."""
    flags = 0 if form.isupper() else re.IGNORECASE
    return len(re.findall(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text, flags))
