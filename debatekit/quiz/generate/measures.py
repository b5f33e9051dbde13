"""which-measure: the acts that people take for one another, told apart.

Stage: part of ``generate``. A text that names a measure's name, or may be true of two
measures, is not asked about: what a measure does is; what it does not do is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit
from debatekit.kit.nodes import Node
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    first_sentence,
    nearest,
)
from debatekit.quiz.generate.nearness import shared


def which_measure(kit: Kit) -> Iterator[Generated]:
    """By what it does, by its explainer, by its events; and what it does by name."""
    for measure in kit.head.measures:
        yield from _by_text(kit, measure, "what", measure.what, measure.origin, "")
        explainer = kit.extras.explainers.get(measure.id)
        if explainer is not None:
            yield from _by_text(
                kit, measure, "short", explainer.in_short, explainer.origin, ""
            )
            yield from _does(kit, measure, explainer)
    for event in kit.extras.events.values():
        measures = {m.id: m for m in kit.head.measures}
        if event.measure in measures:
            yield from _by_text(
                kit,
                measures[event.measure or ""],
                event.id,
                event.event,
                event.origin,
                f"{long_date(event.date)}: ",
            )


def _by_text(
    kit: Kit, measure: model.Measure, name: str, text: str, origin: Node, before: str
) -> Iterator[Generated]:
    """Which measure does this text tell of? The options are names."""
    question = Question(
        kind="which-measure",
        about=(measure.id, name) if name != measure.id else (measure.id,),
        origin=origin,
        skill="word",
        stem=f"{before}{first_sentence(text)} Which measure is this about?",
        proof=(model.Proof(origin=measure.origin, measure=measure.id),),
    )
    key = Answer(measure.id, measure.what, text=measure.name)
    wrong = [
        Answer(other.id, f"{other.name}: {other.what}", text=other.name)
        for other in kit.head.measures
        if other is not measure and not _could_be(kit, text, other, measure)
    ]
    made = choice(question, key, nearest(wrong, question.id, key, {}))
    if made:
        yield made


def _could_be(
    kit: Kit, text: str, other: model.Measure, measure: model.Measure
) -> bool:
    """Whether a text has as much in common with another measure as with its own."""
    return shared(text, _all_of(kit, other)) >= shared(text, _all_of(kit, measure))


def _all_of(kit: Kit, measure: model.Measure) -> str:
    explainer = kit.extras.explainers.get(measure.id)
    does = [*explainer.does, explainer.in_short] if explainer else []
    events = [e.event for e in kit.extras.events.values() if e.measure == measure.id]
    return " ".join([measure.name, measure.what, measure.who, *does, *events])


def _does(
    kit: Kit, measure: model.Measure, explainer: model.Explainer
) -> Iterator[Generated]:
    """What does the measure of this name do? The options are what measures do."""
    question = Question(
        kind="which-measure",
        about=(measure.id, "does"),
        origin=explainer.origin,
        skill="word",
        stem=f"In this kit, what is meant by '{measure.name}'?",
        proof=(model.Proof(origin=measure.origin, measure=measure.id),),
    )
    key = Answer(measure.id, measure.what, text=explainer.in_short)
    names = {m.id: m.name for m in kit.head.measures}
    wrong = [
        Answer(
            other.measure,
            f"This is another measure: {names[other.measure]}.",
            text=other.in_short,
        )
        for other in kit.extras.explainers.values()
        if other is not explainer
    ]
    made = choice(question, key, nearest(wrong, question.id, key, {}))
    if made:
        yield made
