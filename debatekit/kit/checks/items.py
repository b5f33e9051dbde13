"""Rules on quiz items: one right answer, proved, among options that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.load import Kit
from debatekit.kit.problems import Problem, counted, did_you_mean, error, warning
from debatekit.kit.quotes import folded, stands_in


def key_is_an_option(kit: Kit) -> Iterator[Problem]:
    """The key names one of the options."""
    for item in kit.items.values():
        if item.key not in item.options:
            yield error(
                item.origin.at("key"),
                "key-unknown",
                f'the key of item "{item.id}" is {item.key}, '
                f"but its options are {', '.join(item.options)}",
            )


def enough_options(kit: Kit) -> Iterator[Problem]:
    """A choice item has three to five options: two are a coin toss."""
    for item in kit.items.values():
        if len(item.options) < 3:
            yield error(
                item.origin.at("options"),
                "options-few",
                f'item "{item.id}" has {len(item.options)} options; it needs three',
            )


def options_say_something(kit: Kit) -> Iterator[Problem]:
    """An option is our text or a passage: exactly one of the two."""
    for item in kit.items.values():
        for letter, option in item.options.items():
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
    for item in kit.items.values():
        seen: dict[str, str] = {}
        for letter, option in item.options.items():
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
        r"|\bboth\s+[a-e]\s+and\s+[a-e]\b",
        re.IGNORECASE,
    )
    for item in kit.items.values():
        for letter, option in item.options.items():
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
    for item in kit.items.values():
        for letter, option in item.options.items():
            if letter != item.key and option.mistake is None:
                yield warning(
                    option.origin.location,
                    "mistake-missing",
                    f'option {letter} of item "{item.id}" does not say what choosing '
                    "it suggests",
                    "add mistake: other-side, other-source, not-here, overclaim "
                    "or misread",
                )
            if letter == item.key and option.mistake is not None:
                yield error(
                    option.origin.at("mistake"),
                    "mistake-on-key",
                    f'option {letter} is the key of item "{item.id}", '
                    "but names a mistake",
                )


def proof_is_one_thing(kit: Kit) -> Iterator[Problem]:
    """A proof names a passage, a source check, a fact or a source: exactly one."""
    for item in kit.items.values():
        for proof in item.proof:
            named = [proof.passage, proof.check, proof.fact, proof.source]
            if sum(name is not None for name in named) != 1:
                yield error(
                    proof.origin.location,
                    "proof-unclear",
                    f'a proof of item "{item.id}" must name one of passage, check, '
                    "fact and source",
                )


def proof_is_in_its_place(kit: Kit) -> Iterator[Problem]:
    """The words of a proof stand verbatim in what it names, which the student reads."""
    sources = {s.id: s for s in kit.sources}
    for item in kit.items.values():
        for proof in item.proof:
            where, text = "", None
            passage = kit.passages.get(proof.passage or "")
            if passage:
                where, text = f'passage "{passage.id}"', passage.text
            elif proof.source in sources:
                where = f'the head note or source line of source "{proof.source}"'
                text = source_words(sources[proof.source])
            if text is None:
                continue
            if not proof.words.strip():
                yield error(
                    proof.origin.location,
                    "proof-without-words",
                    f'the proof of item "{item.id}" names {where}, but no words of it',
                    "add words: …, copied from there",
                )
            elif not stands_in(proof.words, text):
                yield error(
                    proof.origin.at("words"),
                    "proof-not-found",
                    f'the proof of item "{item.id}" does not stand in {where}',
                    "copy the words from there",
                )
            options = [o.passage for o in item.options.values()]
            if passage and passage.id not in (*item.reads, *options):
                yield error(
                    proof.origin.at("passage"),
                    "proof-not-read",
                    f'item "{item.id}" is proved by {where}, which the student does '
                    "not have",
                    did_you_mean(passage.id, item.reads)
                    or "add it to reads, or prove the key by what is read",
                )


def blueprint_can_be_met(kit: Kit) -> Iterator[Problem]:
    """The kit has as many items of each skill as a printed form asks for."""
    have: dict[str, int] = {}
    for item in kit.items.values():
        have[item.skill] = have.get(item.skill, 0) + 1
    quiz = kit.head.quiz
    for skill, wanted in quiz.skills.items():
        if have.get(skill, 0) < wanted and not kit.broken:
            yield error(
                quiz.origin.at("skills", skill),
                "blueprint-unmet",
                f'a quiz form needs {counted(wanted, "item")} of skill "{skill}", '
                f"but the kit has {have.get(skill, 0)}",
                "lower the number, or write more items of this skill",
            )


def option_text(kit: Kit, option: model.Option) -> str:
    """What an option says: its own text, or the words of its passage."""
    if option.passage is not None:
        passage = kit.passages.get(option.passage)
        return passage.text if passage else ""
    return option.text


def source_words(source: model.Source) -> str:
    """What a student reads about a source: its line and its head note, as one text."""
    return folded(
        " ".join(
            [
                source.author,
                source.author_is,
                source.title,
                source.publication,
                source.date,
                source.date_note,
                source.kind,
                source.head_note,
            ]
        )
    )


RULES = (
    key_is_an_option,
    enough_options,
    options_say_something,
    options_differ,
    no_catch_all,
    wrong_options_have_a_mistake,
    proof_is_one_thing,
    proof_is_in_its_place,
    blueprint_can_be_met,
)
