"""Rules on quiz items: one right answer, proved, among options that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, counted, did_you_mean, error, warning
from debatekit.kit.quotes import folded, stands_in

# The fields of each type of item, beside those that all have.
FIELDS: dict[model.ItemType, tuple[str, ...]] = {
    "choice": ("options", "key"),
    "two-part": ("options", "key", "evidence"),
    "written": ("lines", "guide", "sample"),
}
ALL_FIELDS = ("options", "key", "evidence", "lines", "guide", "sample")


def fields_fit_the_type(kit: Kit) -> Iterator[Problem]:
    """An item has the fields of its type, and no others.

    Fails: a choice without a key; a written item with options.
    """
    for item in kit.items.values():
        wanted = FIELDS[item.type]
        for field in ALL_FIELDS:
            given = bool(getattr(item, field))
            if given and field not in wanted:
                yield error(
                    item.origin.key_at(field),
                    "field-unfit",
                    f'item "{item.id}" is a {item.type} item and has no field '
                    f'"{field}"',
                    f"a {item.type} item has: {', '.join(wanted)}",
                )
            elif not given and field in wanted:
                yield error(
                    item.origin.location,
                    "field-missing",
                    f'item "{item.id}" needs a field "{field}"',
                )
        if item.evidence is not None and not item.evidence.key:
            yield error(
                item.evidence.origin.location,
                "field-missing",
                f'the evidence of item "{item.id}" needs a field "key"',
            )


def key_is_an_option(kit: Kit) -> Iterator[Problem]:
    """The key names one of the options."""
    for item, part in parts(kit):
        if part.key and part.options and part.key not in part.options:
            yield error(
                part.origin.at("key"),
                "key-unknown",
                f'the key of item "{item.id}" is {part.key}, '
                f"but its options are {', '.join(part.options)}",
            )


def enough_options(kit: Kit) -> Iterator[Problem]:
    """A choice item has three to five options: two are a coin toss."""
    for item, part in parts(kit):
        if 0 < len(part.options) < 3:
            yield error(
                part.origin.at("options"),
                "options-few",
                f'item "{item.id}" has {counted(len(part.options), "option")}; '
                "it needs three",
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
        r"|\bboth\s+[a-e]\s+and\s+[a-e]\b",
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
        if part.key not in part.options:
            continue
        for letter, option in part.options.items():
            if letter != part.key and option.mistake is None:
                yield warning(
                    option.origin.location,
                    "mistake-missing",
                    f'option {letter} of item "{item.id}" does not say what choosing '
                    "it suggests",
                    "add mistake: other-side, other-source, not-here, overclaim "
                    "or misread",
                )
            if letter == part.key and option.mistake is not None:
                yield error(
                    option.origin.at("mistake"),
                    "mistake-on-key",
                    f'option {letter} is the key of item "{item.id}", '
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
            shown = [o.passage for p in item.parts for o in p.options.values()]
            if passage and passage.id not in (*item.reads, *shown):
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
        if have.get(skill, 0) < wanted and "items" not in kit.faulty:
            yield error(
                quiz.origin.at("skills", skill),
                "blueprint-unmet",
                f'a quiz form needs {counted(wanted, "item")} of skill "{skill}", '
                f"but the kit has {have.get(skill, 0)}",
                "lower the number, or write more items of this skill",
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
    fields_fit_the_type,
    key_is_an_option,
    enough_options,
    options_say_something,
    options_differ,
    no_catch_all,
    wrong_options_have_a_mistake,
    quoted_options_are_verbatim,
    proof_is_one_thing,
    proof_is_in_its_place,
    blueprint_can_be_met,
)
