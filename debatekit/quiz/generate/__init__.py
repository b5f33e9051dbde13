"""Quiz items made from the curated map of a kit: one module a family of questions.

Stage: Kit → items, beside the curated ones; ``choose`` and ``forms`` take them as they
take any item. A generator refuses rather than guesses: the key is right by the map and
every wrong answer wrong by it. An answer that might be right is left out, and where
too few are left there is no item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from debatekit.kit.kit import Kit
from debatekit.quiz.generate import (
    cases,
    clash,
    flaws,
    measures,
    sides,
    timeline,
    vocabulary,
    voices,
)
from debatekit.quiz.generate.making import Generated

Generator = Callable[[Kit], Iterator[Generated]]

GENERATORS: dict[str, Generator] = {
    "who-said": voices.who_said,
    "source-kind": voices.source_kind,
    "which-side": sides.which_side,
    "which-contention": cases.which_contention,
    "which-passage": cases.which_passage,
    "which-tag": cases.which_tag,
    "which-reply": cases.which_reply,
    "who-disagrees": clash.who_disagrees,
    "overclaim": flaws.overclaim,
    "source-error": flaws.source_error,
    "event-order": timeline.event_order,
    "event-before": timeline.event_before,
    "which-measure": measures.which_measure,
    "term-to-meaning": vocabulary.term_to_meaning,
    "meaning-to-term": vocabulary.meaning_to_term,
    "word-left-out": vocabulary.word_left_out,
}
KINDS = tuple(GENERATORS)


def generated(kit: Kit) -> tuple[Generated, ...]:
    """Every item that the map of a kit gives, but those that are curated by now.

    A pinned item keeps its id; the generator then no longer offers it.
    """
    return tuple(
        made
        for generator in GENERATORS.values()
        for made in generator(kit)
        if made.item.id not in kit.items
    )


__all__ = ["GENERATORS", "KINDS", "Generated", "generated"]
