"""Rules on our own words: what stands in “…” must be a source's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from debatekit.kit.kit import Kit
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Problem, warning
from debatekit.kit.quotes import stands_in

QUOTED = re.compile(r"“([^”]*)”")

# Fields that hold the words of others, or names; everything else is our prose.
# Beside these fields a field called `text` is ours: a rebuttal's, a statement's.
OUR_TEXT = {"answers", "heading"}
NOT_OURS = {"text", "says", "words", "read", "title", "document", "url", "file"}


def quotation_marks_are_earned(kit: Kit) -> Iterator[Problem]:
    """Words of our prose in “…” stand verbatim in some passage of the kit.

    Passes: a stem with “could enable spying” where a passage has these words.
    Fails: “spying proved”, which no passage has. Terms go into 'single' quotes.
    """
    if "sources" in kit.faulty:
        return
    passages = [p.text for p in kit.passages.values()]
    passages += [c.says for c in kit.checks.values()]
    passages += [s.title for s in kit.sources]
    for root in _roots(kit):
        for name, node in _prose(root):
            assert isinstance(node.value, str)
            for match in QUOTED.finditer(node.value):
                words = match.group(1).strip(" ,.;:?!")
                if not words or any(stands_in(words, text) for text in passages):
                    continue
                yield warning(
                    node.location,
                    "quote-unknown",
                    f'“{words}” in field "{name}" stands in no passage of this kit',
                    "quote a passage, or use 'single' quotes for a term",
                )


def _roots(kit: Kit) -> Iterator[Node]:
    yield kit.head.origin
    for source in kit.sources:
        yield source.origin
    for file in kit.sides.values():
        yield file.origin
    for group in (kit.facts, kit.terms, kit.items):
        for record in group.values():
            yield record.origin


def _prose(root: Node) -> Iterator[tuple[str, Node]]:
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting:
        name, node = waiting.pop()
        if isinstance(node.value, dict):
            # An option's text is ours; a passage's text is not.
            ours = NOT_OURS - {"text"} if "why" in node.value else NOT_OURS
            ours = ours - {"text"} if node.value.keys() & OUR_TEXT else ours
            waiting += [(k, v) for k, v in node.value.items() if k not in ours]
        elif isinstance(node.value, list):
            waiting += [(name, child) for child in node.value]
        elif isinstance(node.value, str):
            yield name, node


# Words that judge while they seem to report. None is wrong in itself; on one side only
# they tip the scale (debate guide, section 6.3).
LOADED = re.compile(
    r"\b(admit(?:s|ted)?|confess(?:es|ed)?|insist(?:s|ed)?|alleg(?:es?|ed|edly)|"
    r"regimes?|propaganda|schem(?:es?|ing)|so-called|bull(?:y|ies|ied|ying)|merely|"
    r"notorious|sinister|brazen|hysteria|crackdown|puppets?|cronies|henchmen|obviously|"
    r"clearly|of course)\b",
    re.IGNORECASE,
)


def no_word_loads_one_side(kit: Kit) -> Iterator[Problem]:
    """A loaded word stands on both sides or on neither.

    Passes: 'insists' in pro.yaml and in con.yaml. Fails: 'regime' in one of them only.
    """
    found: dict[str, dict[str, tuple[str, str, Node]]] = {"pro": {}, "con": {}}
    for side, file in kit.sides.items():
        for name, node in _prose(file.origin):
            assert isinstance(node.value, str)
            for match in LOADED.finditer(QUOTED.sub(" ", node.value)):
                word = match.group()
                found[side].setdefault(word.casefold()[:5], (word, name, node))
    for side, other in (("pro", "con"), ("con", "pro")):
        for stem in sorted(set(found[side]) - set(found[other])):
            word, name, node = found[side][stem]
            yield warning(
                node.location,
                "word-loaded",
                f'the word "{word}" in field "{name}" stands on the {side} side only',
                "say what was said or done without judging it",
            )


RULES = (quotation_marks_are_earned, no_word_loads_one_side)
