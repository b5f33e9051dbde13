"""Which items a printed quiz takes: a choice that meets every line of the blueprint.

Stage: before ``forms``. The ``search`` finds a choice wherever there is one; where
there is none, this module says which line cannot be met and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Location, UserError, counted
from debatekit.quiz.choose import Spread
from debatekit.quiz.search import GaveUp, Partners, Search, Want, no_partners

TRAITS = ("sides", "sources", "types")


@dataclass(frozen=True)
class Line:
    """A line of a blueprint beside the skills: ``field`` is 'sides', 'points' …,
    ``name`` one of its entries, ``asked`` how the author wrote it."""

    field: str
    name: str
    wanted: int
    asked: str
    at: Location

    @property
    def exact(self) -> bool:
        return self.field in ("generated", "points")

    def count(self, wanted: int) -> str:
        """A number of what the line counts, in words."""
        if self.field == "points":
            return counted(wanted, "point")
        if self.field == "generated":
            return counted(wanted, "generated item")
        on = {"sides": f"on {self.name} passages", "sources": f'on "{self.name}"'}
        return f"{counted(wanted, 'item')} {on.get(self.field, f'of type {self.name}')}"


def lines_of(quiz: model.Blueprint, generated_by: str = "") -> tuple[Line, ...]:
    """The lines of a blueprint beside the skills; one that asks for nothing is none.

    ``generated_by`` names the option that asked for generated items, if one did.
    """
    asked = [
        (field, name, wanted)
        for field in TRAITS
        for name, wanted in getattr(quiz, field).items()
    ]
    asked += [("generated", "", quiz.generated), ("points", "", quiz.points or 0)]
    lines = []
    for field, name, wanted in asked:
        said, at = f"quiz.{field}", quiz.origin.at(field, name)
        if field == "generated" and generated_by:
            said, at = generated_by, Location("")
        if wanted:
            lines.append(Line(field, name, wanted, said, at))
    return tuple(lines)


def worth(kit: Kit, line: Line, item: model.Item) -> int:
    """What an item counts for in a line. One on two passages counts for both."""
    match line.field:
        case "points":
            return item.points
        case "generated":
            return item.id not in kit.items
        case "types":
            return item.type == line.name
        case "sides":
            return any(kit.passages[p].stance == line.name for p in item.reads)
    return any(kit.source_of[p].id == line.name for p in item.reads)


def choose(
    kit: Kit,
    quiz: model.Blueprint,
    items: Sequence[model.Item],
    seed: int,
    generated_by: str = "",
) -> tuple[model.Item, ...]:
    """Items that meet every line of a blueprint, spread over sources and sides.

    None of them gives another away. Raises UserError, naming the line, where no choice
    of these ``items`` meets all lines. Those from the map are used where it asks for
    some.
    """
    if not quiz.generated:
        items = [item for item in items if item.id in kit.items]
    for skill, wanted in quiz.skills.items():
        there = sum(item.skill == skill for item in items)
        if there < wanted:
            raise UserError(
                f'the quiz asks for {wanted} items of skill "{skill}", '
                f"but there are {there}"
            )
    task = _Task(kit, quiz.skills, items, seed)
    lines = lines_of(quiz, generated_by)
    try:
        found = task.met(lines)
        if found is None:
            raise task.unmet(lines)
    except GaveUp:
        raise UserError(
            "no choice of items was found that meets all lines of the quiz",
            "ask for less in `quiz:` of kit.yaml, or write more items",
        ) from None
    return found


class _Task:
    """What is the same whichever lines are to be met."""

    def __init__(
        self,
        kit: Kit,
        skills: Mapping[model.Skill, int],
        items: Sequence[model.Item],
        seed: int,
    ):
        self.kit, self.skills, self.items, self.seed = kit, skills, items, seed
        self.spread = Spread(kit, items, seed)
        self.partners = Partners(kit, items)

    def met(
        self, lines: Sequence[Line], apart: bool = True
    ) -> tuple[model.Item, ...] | None:
        """A choice that meets these lines; ``apart`` bars items that give each other
        away."""
        wants = [
            Want(
                line.wanted,
                line.exact,
                {item.id: worth(self.kit, line, item) for item in self.items},
            )
            for line in lines
        ]
        partners = self.partners if apart else no_partners
        return Search(
            self.items, self.skills, wants, self.spread, partners, self.seed
        ).found()

    def unmet(self, lines: Sequence[Line]) -> UserError:
        """What to say where lines cannot be met together.

        A line that the skills alone leave no room for is named first, then one that
        could be met with the others if it asked for another number.
        """
        if self.met([]) is None or self.met(lines, apart=False) is not None:
            return UserError(
                "every choice that meets the quiz has two items of which one gives "
                "the other away",
                "write more items, or ask for fewer",
            )
        skills = ", ".join(f"{s} {n}" for s, n in self.skills.items() if n)
        for line in lines:
            if self.met([line]) is None:
                return self._missing(line, [], f"with the skills {skills}")
        for line in reversed(lines):
            others = [other for other in lines if other is not line]
            if self.met(others) is not None:
                return self._missing(line, others, "with the other lines of the quiz")
        asked = "; ".join(f"{line.asked}: {line.count(line.wanted)}" for line in lines)
        return UserError(
            f"the lines of the quiz cannot be met together: {asked}",
            f"with the skills {skills}; ask for less, or write more items",
        )

    def _missing(self, line: Line, others: Sequence[Line], given: str) -> UserError:
        number = next(
            number
            for number in self._nearest(line)
            if self.met([*others, replace(line, wanted=number)]) is not None
        )
        there = "there is at most" if number == 1 else "there are at most"
        where = f"{line.at}: " if line.at.file else ""
        return UserError(
            f"{line.asked} asks for {line.count(line.wanted)}; {given} "
            f"{'the nearest is' if line.exact else there} {number}",
            f"{where}change the number, or write more items",
        )

    def _nearest(self, line: Line) -> Iterator[int]:
        """Other numbers to ask for, the nearest first."""
        furthest = line.wanted + sum(item.points for item in self.items)
        for step in range(1, furthest + 1):
            if step <= line.wanted:
                yield line.wanted - step
            if line.exact:
                yield line.wanted + step
