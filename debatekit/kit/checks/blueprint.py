"""Rules on ``quiz:`` in kit.yaml: what a printed form asks for can be there.

Stage: part of ``checks``. Whether all lines can be met together is known when items
are chosen (``quiz.blueprint``); here stands what no choice could ever meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.checks.references import Finder
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, counted, error

# What an item may be worth at most: ``points`` of model.Item.
MOST_POINTS = 20


def its_sources_are_there(kit: Kit) -> Iterator[Problem]:
    """Every source that ``quiz.sources`` names is one of the kit's."""
    quiz, known = kit.head.quiz, [source.id for source in kit.sources]
    for name in quiz.sources:
        at = quiz.origin.at("sources", name)
        yield from Finder(kit).one("the quiz", "source", name, known, at)


def its_numbers_agree(kit: Kit) -> Iterator[Problem]:
    """No line asks for more items than the skills come to, nor for impossible points.

    An item on two passages counts for both, so sides and sources may overlap; an item
    has one type, so types add up. Fails: ``skills: {locate: 2}``, ``generated: 3``.
    """
    quiz = kit.head.quiz
    whole = sum(quiz.skills.values())
    lines = [("generated", "", quiz.generated), ("types", "", sum(quiz.types.values()))]
    lines += [("sides", side, wanted) for side, wanted in quiz.sides.items()]
    lines += [("sources", name, wanted) for name, wanted in quiz.sources.items()]
    for field, name, wanted in lines:
        if wanted > whole:
            asked = f"quiz.{field} asks for {counted(wanted, 'item')}"
            yield error(
                quiz.origin.at(field, name) if name else quiz.origin.at(field),
                "blueprint-sums",
                f"{asked}{f' of {name}' if name else ''}, "
                f"but by its skills a form has {whole}",
                "lower the number, or ask for more items of a skill",
            )
    if quiz.points is not None and not whole <= quiz.points <= MOST_POINTS * whole:
        yield error(
            quiz.origin.at("points"),
            "blueprint-sums",
            f"{counted(whole, 'item')} cannot come to {counted(quiz.points, 'point')}: "
            f"an item has 1 to {MOST_POINTS}",
        )


def the_kit_has_as_many(kit: Kit) -> Iterator[Problem]:
    """The kit has as many items of each skill, side, source and type as a form needs.

    Items made from the map may stand in for those that are missing, so as many as
    ``generated`` says are allowed for.
    """
    if {"items", "sources"} & kit.faulty:
        return
    quiz = kit.head.quiz
    for field, name, said, wanted, there in _lines(kit, quiz):
        if there + quiz.generated < wanted:
            yield error(
                quiz.origin.at(field, name),
                "blueprint-unmet",
                f"a quiz form needs {counted(wanted, 'item')} {said}, "
                f"but the kit has {there}",
                f"lower the number, or write more items of this {field.rstrip('s')}",
            )


def _lines(kit: Kit, quiz: model.Blueprint) -> Iterator[tuple[str, str, str, int, int]]:
    """Every count: field, name, the name in words, items wanted, items there."""
    items = list(kit.items.values())
    read = [{p for p in item.reads if p in kit.passages} for item in items]
    stances = [{kit.passages[p].stance for p in passages} for passages in read]
    sources = [{kit.source_of[p].id for p in passages} for passages in read]
    for skill, wanted in quiz.skills.items():
        there = sum(item.skill == skill for item in items)
        yield "skills", skill, f'of skill "{skill}"', wanted, there
    for side, wanted in quiz.sides.items():
        there = sum(side in found for found in stances)
        yield "sides", side, f"on {side} passages", wanted, there
    known = {source.id for source in kit.sources}
    for name, wanted in quiz.sources.items():
        if name in known:
            there = sum(name in found for found in sources)
            yield "sources", name, f'on source "{name}"', wanted, there
    for kind, wanted in quiz.types.items():
        there = sum(item.type == kind for item in items)
        yield "types", kind, f'of type "{kind}"', wanted, there


RULES = (its_sources_are_there, its_numbers_agree, the_kit_has_as_many)
