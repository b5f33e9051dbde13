"""Rules on what proves the key of an item: one thing, in its place, in hand.

Stage: part of ``checks``.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, did_you_mean, error
from debatekit.kit.quotes import folded, stands_in


def proof_is_one_thing(kit: Kit) -> Iterator[Problem]:
    """A proof names a passage, a source check, a term …: exactly one thing."""
    for item in kit.items.values():
        for proof in item.proof:
            if len(proof.named) != 1:
                *most, last = model.PROVES
                yield error(
                    proof.origin.location,
                    "proof-unclear",
                    f'a proof of item "{item.id}" must name one of '
                    f"{', '.join(most)} and {last}",
                )


# Types that are answered from a passage; the others may be on the kit as a whole.
READ = frozenset({"choice", "two-part", "written", "multiple", "true-false", "cloze"})
# Things of the kit itself: an item that these alone prove needs no passage.
OWN = frozenset({"term", "event", "measure", "contention", "rebuttal"})


def something_is_read(kit: Kit) -> Iterator[Problem]:
    """An item of these types has a passage to answer it from.

    Passes: ``reads`` names one; the options are passages; the proof is a term, an
    event, a measure, a contention or a rebuttal, so that the item is on these.
    """
    for item in kit.items.values():
        proved = {name for proof in item.proof for name in proof.named}
        options = [option for part in item.parts for option in part.options.values()]
        offered = any(option.passage is not None for option in options)
        if item.type in READ and not (item.reads or offered or proved <= OWN):
            yield error(
                item.origin.location,
                "reads-nothing",
                f'item "{item.id}" names no passage that it is read with',
                "add reads: [the id of a passage]",
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


RULES = (proof_is_one_thing, something_is_read, proof_is_in_its_place)
