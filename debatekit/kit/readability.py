"""How hard a text is to read: Flesch-Kincaid grade, as an estimate.

The formula is Kincaid and others 1975: 0.39 x words a sentence + 11.8 x syllables a
word - 15.59. Syllables are counted by vowel groups, so a grade is good to about half a
year on a text of a hundred words and says little about a single sentence.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?]+[”’\"')\]]*(?:\s|$)")
_GROUP = re.compile(r"[aeiouy]+")
# Endings whose last vowel is silent, unless it is the only one: baked, likes, these.
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouysxzcg]es|[aeiouy]le)$")
_SPLIT = re.compile(
    r"i[aou]|[aeiou]ing$|[gmv]eo|[lmn]eon|ua|scien|quie|clien|creat|idea"
)


def syllables(word: str) -> int:
    """Syllables of an English word, estimated; at least one."""
    word = word.lower()
    count = len(_GROUP.findall(word))
    count += len(_SPLIT.findall(re.sub(r"(?:[tcsx]ion|cial|tial|gua|qua)", "", word)))
    if count > 1 and _SILENT.search(word):
        count -= 1
    return max(1, count)


def words_in(text: str) -> list[str]:
    return _WORD.findall(text)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text; 0 for one without words."""
    words = words_in(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text.strip())))
    count = sum(syllables(part) for word in words for part in word.split("-"))
    return 0.39 * len(words) / sentences + 11.8 * count / len(words) - 15.59
