"""Rules on quiz items with options: right answers among options that differ.

Stage: part of ``checks``; which fields there are is in ``fields``, other types in
``shapes``, proof in ``proofs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, counted, error, warning
from debatekit.kit.quotes import stands_in


def key_is_an_option(kit: Kit) -> Iterator[Problem]:
    """The key names one of the options, and so does each of several keys."""
    for item, part in parts(kit):
        several = item.type == "multiple"
        for letter in part.right:
            if part.options and letter not in part.options:
                yield error(
                    part.origin.at("keys" if several else "key"),
                    "key-unknown",
                    f'{"a" if several else "the"} key of item "{item.id}" is {letter}, '
                    f"but its options are {', '.join(part.options)}",
                )


def some_right_and_some_wrong(kit: Kit) -> Iterator[Problem]:
    """A multiple item has two right options or more, each named once, and a wrong one.

    Fails: ``keys: [a]``; ``keys: [a, a]``; all options right.
    """
    for item in kit.items.values():
        if item.type != "multiple" or not item.keys:
            continue
        right = set(item.keys)
        fault = ""
        if len(right) < len(item.keys):
            fault = "names a key twice"
        elif len(right) < 2:
            fault = "has one key; with one it is a choice item"
        elif right >= set(item.options):
            fault = "has no wrong option"
        if fault:
            yield error(
                item.origin.at("keys"), "keys-unfit", f'item "{item.id}" {fault}'
            )


# How many options an item may have: two are a coin toss, seven are too many to weigh.
FEWEST = {"multiple": 4}
MOST = {"multiple": 6}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def enough_options(kit: Kit) -> Iterator[Problem]:
    """A choice has three to five options, a multiple item four to six."""
    for item, part in parts(kit):
        fewest, most = FEWEST.get(item.type, 3), MOST.get(item.type, 5)
        count = len(part.options)
        has = f'item "{item.id}" has {counted(count, "option")}; '
        if 0 < count < fewest:
            yield error(
                part.origin.at("options"),
                "options-few",
                f"{has}it needs {NUMBERS[fewest]}",
            )
        elif count > most:
            yield error(
                part.origin.at("options"),
                "options-many",
                f"{has}it may have {NUMBERS[most]}",
            )


def options_say_something(kit: Kit) -> Iterator[Problem]:
    """An option is our text or a passage: exactly one of the two."""
    for item, letter, option in options(kit):
        if bool(option.text.strip()) == (option.passage is not None):
            yield error(
                option.origin.location,
                "option-unclear",
                f'option {letter} of item "{item.id}" needs a text or a passage, '
                "and not both",
            )


def options_differ(kit: Kit) -> Iterator[Problem]:
    """No two options are equal once case, points and spaces are left out.

    Passes: ``In 2018.`` and ``In 2019.`` Fails: ``In 2019`` and ``in 2019.``
    """
    for item, part in parts(kit):
        seen: dict[str, str] = {}
        for letter, option in part.options.items():
            text = option_text(kit, option)
            plain = re.sub(r"\W+", " ", text.casefold()).strip()
            first = seen.setdefault(plain, letter)
            if first != letter and plain:
                yield error(
                    option.origin.location,
                    "options-equal",
                    f'options {first} and {letter} of item "{item.id}" are equal',
                )


def no_catch_all(kit: Kit) -> Iterator[Problem]:
    """No 'all of the above' and its kin: they cannot be shuffled.

    Source of the rule: Haladyna, Downing and Rodriguez 2002.
    """
    catch_all = re.compile(
        r"\b(all|none|both|neither)\s+of\s+(the\s+above|these|them)\b"
        r"|\bboth\s+[a-f]\s+and\s+[a-f]\b",
        re.IGNORECASE,
    )
    for item, letter, option in options(kit):
        match = catch_all.search(option.text)
        if match:
            yield error(
                option.origin.at("text"),
                "option-catch-all",
                f'option {letter} of item "{item.id}" says "{match.group()}"',
                "write an option that stands on its own; options are shuffled",
            )


def wrong_options_have_a_mistake(kit: Kit) -> Iterator[Problem]:
    """A distractor says what choosing it suggests; the key does not."""
    for item, part in parts(kit):
        if not set(part.right) & part.options.keys():
            continue
        for letter, option in part.options.items():
            if letter not in part.right and option.mistake is None:
                yield warning(
                    option.origin.location,
                    "mistake-missing",
                    f'option {letter} of item "{item.id}" does not say what choosing '
                    "it suggests",
                    "add mistake: other-side, other-source, not-here, overclaim "
                    "or misread",
                )
            if letter in part.right and option.mistake is not None:
                named = "a key" if item.type == "multiple" else "the key"
                yield error(
                    option.origin.at("mistake"),
                    "mistake-on-key",
                    f'option {letter} is {named} of item "{item.id}", '
                    "but names a mistake",
                )


def quoted_options_are_verbatim(kit: Kit) -> Iterator[Problem]:
    """An option in “…” is words of a passage that the student reads.

    Where the words must prove something, options are the source's own (rule 18).
    """
    for item, letter, option in options(kit):
        text = option.text.strip()
        if not (text.startswith("“") and text.endswith("”")):
            continue
        reads = [kit.passages[p].text for p in item.reads if p in kit.passages]
        if not any(stands_in(text.strip("“”"), passage) for passage in reads):
            yield error(
                option.origin.at("text"),
                "option-not-quoted",
                f'option {letter} of item "{item.id}" is not in a passage it reads',
                "copy the words from the passage",
            )


def parts(kit: Kit) -> Iterator[tuple[model.Item, model.Part]]:
    """Every question with options, with the item it belongs to."""
    for item in kit.items.values():
        for part in item.parts:
            yield item, part


def options(kit: Kit) -> Iterator[tuple[model.Item, str, model.Option]]:
    """Every option of every question."""
    for item, part in parts(kit):
        for letter, option in part.options.items():
            yield item, letter, option


def option_text(kit: Kit, option: model.Option) -> str:
    """What an option says: its own text, or the words of its passage."""
    if option.passage is not None:
        passage = kit.passages.get(option.passage)
        return passage.text if passage else ""
    return option.text


RULES = (
    key_is_an_option,
    some_right_and_some_wrong,
    enough_options,
    options_say_something,
    options_differ,
    no_catch_all,
    wrong_options_have_a_mistake,
    quoted_options_are_verbatim,
)
