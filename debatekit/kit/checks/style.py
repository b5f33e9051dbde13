"""Advice on how choice items are written: what a test-wise student could exploit.

The numbers follow the list of 26 in the teaching guide (Haladyna, Downing and Rodriguez
2002, and what users of other tools reported); those on a kit's items taken together
are in ``bank``. All of it is advice: an experiment with 100 item pairs found only some
flaws to matter, so these are warnings, never errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from debatekit.kit.checks.choices import Choice, choices, words_of
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, warning
from debatekit.kit.quotes import folded

STEM_AND_OPTIONS_WORDS = 80
KEY_LENGTH_RATIO = 1.25
OPTION_LENGTH_RATIO = 2.0
# Numbers and single letters (Source A, Source B) tell options apart by themselves.
MARKS = r"\d+|\b[A-Z]\b"
SHARED_START = 3
SHARED_RUN = 8

NEGATIVE = re.compile(r"\b(not|except|least)\b", re.IGNORECASE)
# A sentence that asks which; 'why did he not' asks something else.
ASKS_WHICH = re.compile(
    r"(?:^|[.:;,] )(?:which|what|who|whom)\b(?:(?!\bwhy\b|\bthat\b)[^.,])*$",
    re.IGNORECASE,
)
ABSOLUTES = re.compile(
    r"\b(always|never|all|none|only|completely|every|nobody|everybody|entirely)\b",
    re.IGNORECASE,
)
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        about after all also and any are because been before between but can could did
        does for from had has have her his how if into its may might more most not one
        only other our over own she should some such than that the their them then
        there these they this those two under was way were what when where which while
        who whom whose why will with word words would writer reader passage passages
        says source best you your people new use used make makes
        """,
    )
)

Advice = Callable[[Choice], str]


def each_choice(kit: Kit) -> Iterator[Problem]:
    """Every rule on single questions, over every question of the kit."""
    for choice in choices(kit):
        for code, advise in ADVICE.items():
            message = advise(choice)
            if message:
                yield warning(choice.at, code, f'item "{choice.item}": {message}')


def near_equal(choice: Choice) -> str:
    """2. Options differ by more than a letter or two. Fails: 'In 2019' / 'In 2019s'."""
    from rapidfuzz.fuzz import ratio

    for index, one in enumerate(choice.options):
        for other in choice.options[index + 1 :]:
            named = re.findall(MARKS, one) != re.findall(MARKS, other)
            if not named and ratio(one.casefold(), other.casefold()) >= 95:
                return f'the options "{one}" and "{other}" hardly differ'
    return ""


def key_stands_out(choice: Choice) -> str:
    """3. The key is not the longest by far: at most 1.25 times the mean distractor."""
    lengths = [len(text) for text in choice.distractors]
    limit = KEY_LENGTH_RATIO * sum(lengths) / len(lengths)
    if choice.quoted or len(choice.key) <= max(lengths) or len(choice.key) <= limit:
        return ""
    return "the key is much longer than the other options"


def uneven_length(choice: Choice) -> str:
    """6. The longest option has at most twice the words of the shortest."""
    counts = [len(words_of(text)) for text in choice.options]
    if choice.quoted or max(counts) <= OPTION_LENGTH_RATIO * min(counts):
        return ""
    return f"its options have {min(counts)} to {max(counts)} words"


def hidden_negative(choice: Choice) -> str:
    """8. A negative stem says NOT in capitals. Fails: 'Which is not said?'"""
    for match in NEGATIVE.finditer(choice.stem):
        before = choice.stem[: match.start()]
        if ASKS_WHICH.search(before) and not match.group().isupper():
            return f'write "{match.group().upper()}" in capitals, or ask positively'
    return ""


def absolutes_outside_the_key(choice: Choice) -> str:
    """9. 'Always', 'never', 'all' stand in the key too, or in no option."""
    if choice.quoted or ABSOLUTES.search(choice.key):
        return ""
    for text in choice.distractors:
        match = ABSOLUTES.search(text)
        if match:
            return f'only wrong options hold an absolute ("{match.group()}")'
    return ""


def clang(choice: Choice) -> str:
    """10. No content word of the stem comes again in the key alone."""
    if choice.quoted:
        return ""
    stem = _content(choice.stem)
    others = set().union(*(_content(text) for text in choice.distractors))
    shared = sorted((stem & _content(choice.key)) - others)
    return (
        f'the word "{shared[0]}" stands in the stem and in the key only'
        if shared
        else ""
    )


@cache
def _content(text: str) -> frozenset[str]:
    """Content words cut to a stem: enough to see 'supplier' in 'suppliers'."""
    words = (w for w in words_of(text) if w not in FUNCTION_WORDS and len(w) > 3)
    return frozenset(re.sub(r"(ies|ing|ed|es|s|y)$", "", w) for w in words)


def option_inside_another(choice: Choice) -> str:
    """11. No option says all that another says. Fails: 'Huawei' / 'Huawei and ZTE'."""
    sets = [(text, frozenset(words_of(text))) for text in choice.options]
    for one, small in sets:
        for other, large in sets:
            if small < large and not choice.quoted:
                return f'the option "{one}" is contained in "{other}"'
    return ""


def numbers_in_order(choice: Choice) -> str:
    """12. Options that are numbers or dates ascend or descend, and are not shuffled."""
    found = [re.findall(r"\d[\d,.]*", text) for text in choice.options]
    bare = all(
        len(n) == 1 and len(words_of(t)) <= 4
        for n, t in zip(found, choice.options, strict=True)
    )
    if choice.quoted or not bare:
        return ""
    try:
        values = [float(n[0].rstrip(".,").replace(",", "")) for n in found]
    except ValueError:  # 5.10.2019 is no number
        return ""
    if values not in (sorted(values), sorted(values, reverse=True)):
        return "its numbers are not in order"
    return "" if choice.keep_order else "its options are numbers: add keep_order: true"


def article_gives_away(choice: Choice) -> str:
    """13. A stem that ends in 'a' or 'an' fits every option."""
    match = re.search(r"\b(an?)\W*$", choice.stem.casefold())
    starts = {text[:1].casefold() in "aeiou" for text in choice.options}
    return (
        "its stem ends in a or an, which fits some options only"
        if match and len(starts) > 1
        else ""
    )


def same_start(choice: Choice) -> str:
    """14. What all options begin with belongs into the stem."""
    starts = {tuple(words_of(text)[:SHARED_START]) for text in choice.options}
    start = next(iter(starts))
    if choice.quoted or len(starts) > 1 or len(start) < SHARED_START:
        return ""
    return f'all options begin with "{" ".join(start)}": put it into the stem'


def parallel_form(choice: Choice) -> str:
    """15. Options start and end alike: all capitals or none, all with a full stop or
    none."""
    capitals = {text[:1].isupper() for text in choice.options if text[:1].isalpha()}
    stops = {text.rstrip("”’").endswith((".", "?", "!")) for text in choice.options}
    if choice.quoted or (len(capitals) <= 1 and len(stops) <= 1):
        return ""
    return "its options differ in their capital letters or end marks"


def blank_in_stem(choice: Choice) -> str:
    """16. A stem asks a question, or has its blank at the end."""
    return (
        "its blank stands before the end of the stem"
        if re.search(r"__+.*\w", choice.stem)
        else ""
    )


def key_copied(choice: Choice) -> str:
    """18. The key does not copy eight words of the passage when no other does."""
    if choice.quoted:
        return ""
    for passage in choice.passages:
        if _longest_run(choice.key, passage) >= SHARED_RUN and all(
            _longest_run(text, passage) < SHARED_RUN for text in choice.distractors
        ):
            return f"its key repeats {SHARED_RUN} or more words of the passage"
    return ""


def _longest_run(text: str, passage: str) -> int:
    words, within = words_of(folded(text)), f" {' '.join(words_of(folded(passage)))} "
    best = 0
    for start in range(len(words)):
        while f" {' '.join(words[start : start + best + 1])} " in within:
            if start + best >= len(words):
                break
            best += 1
    return best


def too_long(choice: Choice) -> str:
    """23. Stem and options together have at most 80 words; verbatim options are not
    counted against it."""
    options = () if choice.quoted else choice.options
    count = sum(len(words_of(text)) for text in (choice.stem, *options))
    limit = STEM_AND_OPTIONS_WORDS
    return f"stem and options have {count} words" if count > limit else ""


def distractor_also_said(choice: Choice) -> str:
    """26. A wrong option does not stand word for word in a passage that is read."""
    if choice.quoted:
        return ""
    for text in choice.distractors:
        words = " ".join(words_of(folded(text)))
        for passage in choice.passages:
            if len(words.split()) > 2 and words in " ".join(words_of(folded(passage))):
                return f'the wrong option "{text}" stands in the passage'
    return ""


ADVICE: dict[str, Advice] = {
    "options-near-equal": near_equal,
    "key-long": key_stands_out,
    "options-uneven": uneven_length,
    "stem-negative": hidden_negative,
    "options-absolute": absolutes_outside_the_key,
    "key-clang": clang,
    "option-contained": option_inside_another,
    "options-unordered": numbers_in_order,
    "stem-article": article_gives_away,
    "options-same-start": same_start,
    "options-not-parallel": parallel_form,
    "stem-blank": blank_in_stem,
    "key-copied": key_copied,
    "item-long": too_long,
    "option-also-said": distractor_also_said,
}


RULES = (each_choice,)
