"""Proof of quotation: every quoted word stands in the source text, at its place.

Stage: beside ``checks``; needs the texts, which the kit does not hold, or the lock
that an earlier proof wrote. White space and typographic quotation marks are folded,
nothing else: a changed letter is a failed proof. A quotation may leave words out only
at a marked ``[…]``.

The names here are what every use of a kit needs. Proving (``quotes.proof``, with
``quotes.texts``) and counting (``quotes.usage``) are imported where they are done: a
student who practises needs neither.
"""

from debatekit.kit.quotes.folding import (
    MAX_WORDS,
    Span,
    find,
    fold,
    folded,
    pieces,
    readings,
    stands_in,
    word_count,
)
from debatekit.kit.quotes.lock import (
    LOCK_NAME,
    Lock,
    LockedQuote,
    LockedText,
    against_lock,
    read_lock,
    words_sha256,
    write_lock,
)

__all__ = [
    "LOCK_NAME",
    "MAX_WORDS",
    "Lock",
    "LockedQuote",
    "LockedText",
    "Span",
    "against_lock",
    "find",
    "fold",
    "folded",
    "pieces",
    "read_lock",
    "readings",
    "stands_in",
    "word_count",
    "words_sha256",
    "write_lock",
]
