"""Rules on items without options: matching, ordering, true or false, a gap to fill.

Stage: part of ``checks``; items with options are in ``items``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Problem, counted, error
from debatekit.kit.quotes import stands_in

FEWEST, MOST = 3, 6
MOST_EXTRA = 3

# A text of an item, what an author calls it, and its place.
Named = tuple[str, str, Node]


def as_many_as_can_be_held(kit: Kit) -> Iterator[Problem]:
    """Three to six pairs or steps, and up to three texts without a partner."""
    for item in kit.items.values():
        for field, noun in {"pairs": "pair", "steps": "step"}.items():
            count = len(getattr(item, field))
            if count and not FEWEST <= count <= MOST:
                yield error(
                    item.origin.at(field),
                    f"{field}-count",
                    f'item "{item.id}" has {counted(count, noun)}; '
                    "it needs three to six",
                )
        if len(item.extra) > MOST_EXTRA:
            yield error(
                item.origin.at("extra"),
                "extra-many",
                f'item "{item.id}" has {len(item.extra)} texts without a partner; '
                "it may have three",
            )


def texts_differ(kit: Kit) -> Iterator[Problem]:
    """No two texts that a student tells apart are equal but for case and points.

    Fails: two pairs with the right-hand text ``Source A``: both could be matched.
    """
    for item in kit.items.values():
        for group in columns(item):
            seen: dict[str, str] = {}
            for text, name, node in group:
                plain = re.sub(r"\W+", " ", text.casefold()).strip()
                first = seen.setdefault(plain, name)
                if first != name and plain:
                    yield error(
                        node.location,
                        "texts-equal",
                        f'{first} and {name} of item "{item.id}" are equal',
                    )


def quoted_texts_are_verbatim(kit: Kit) -> Iterator[Problem]:
    """A text in “…” is words of a passage the student reads, or, where nothing is read,
    of any passage."""
    for item in kit.items.values():
        reads = item.reads or tuple(kit.passages)
        passages = [kit.passages[p].text for p in reads if p in kit.passages]
        for text, name, node in (named for group in columns(item) for named in group):
            bare = text.strip()
            if not (bare.startswith("“") and bare.endswith("”")):
                continue
            if not any(stands_in(bare.strip("“”"), passage) for passage in passages):
                yield error(
                    node.location,
                    "option-not-quoted",
                    f'{name} of item "{item.id}" is not in a passage it reads',
                    "copy the words from the passage",
                )


def one_gap(kit: Kit) -> Iterator[Problem]:
    """The stem of a cloze item has one gap of four low lines, which answers fill."""
    for item in kit.items.values():
        if item.type != "cloze":
            continue
        if re.findall("_{2,}", item.stem) != [model.GAP]:
            yield error(
                item.origin.at("stem"),
                "cloze-gap",
                f'the stem of item "{item.id}" needs one gap, written {model.GAP}',
            )
        for index, answer in enumerate(item.answers):
            if not re.search(r"\w", answer):
                yield error(
                    item.origin.at("answers", index),
                    "answer-empty",
                    f'an answer of item "{item.id}" has no letter and no figure',
                )


def statement_states(kit: Kit) -> Iterator[Problem]:
    """The stem of a true-false item is a statement. Fails: a question."""
    for item in kit.items.values():
        if item.type == "true-false" and item.stem.rstrip("”’'\" ").endswith("?"):
            yield error(
                item.origin.at("stem"),
                "statement-asks",
                f'the stem of item "{item.id}" is a question, which is neither true '
                "nor false",
                "write a statement",
            )


def columns(item: model.Item) -> Iterator[Sequence[Named]]:
    """The texts of an item that a student tells apart, column by column."""
    pairs = list(enumerate(item.pairs, 1))
    yield [(p.left, f"left {n}", _node(p, "left")) for n, p in pairs]
    extra = [(e.text, f"extra {n}", e.origin) for n, e in enumerate(item.extra, 1)]
    yield [(p.right, f"right {n}", _node(p, "right")) for n, p in pairs] + extra
    yield [(s.text, f"step {n}", s.origin) for n, s in enumerate(item.steps, 1)]
    answers = enumerate(item.answers)
    yield [(a, f"answer {n + 1}", _node(item, "answers", n)) for n, a in answers]


def _node(record: model.Record, *path: str | int) -> Node:
    return Node(None, record.origin.at(*path))


RULES = (
    as_many_as_can_be_held,
    texts_differ,
    quoted_texts_are_verbatim,
    one_gap,
    statement_states,
)
