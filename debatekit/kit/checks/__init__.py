"""What the records of a kit must mean together: one rule a function.

Stage: after ``load``; a rule reads a Kit and yields problems, and knows nothing of
files or of the other rules. To add one, write the function with a docstring that
shows what passes and what fails, put it into its module's RULES, its codes into
docs/problems.md, and a case into tests/cases/bad/.

Modules are imported when their rules are wanted: a student who practises needs few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem

Rule = Callable[[Kit], Iterator[Problem]]


def run(kit: Kit, rules: Iterable[Rule]) -> list[Problem]:
    """Every problem that the rules find, unsorted."""
    return [problem for rule in rules for problem in rule(kit)]


def practice() -> tuple[Rule, ...]:
    """What must hold of the parts that practice reads (load.PRACTICE)."""
    from debatekit.kit.checks import references

    return (references.item_names_resolve, *_on_items())


def _on_items() -> tuple[Rule, ...]:
    from debatekit.kit.checks import blueprint, fields, items, proofs, shapes

    on_each = (*fields.RULES, *items.RULES, *shapes.RULES, *proofs.RULES)
    return (*on_each, *blueprint.RULES)


def soundness() -> tuple[Rule, ...]:
    """What must hold of a kit that is used: the rules whose faults are errors."""
    from debatekit.kit.checks import arguments, background, lessons, references

    cases = (*references.RULES, *arguments.RULES, *_on_items())
    return (*cases, *background.RULES, *lessons.RULES)


def everything() -> tuple[Rule, ...]:
    """All rules, with those that only advise the author."""
    from debatekit.kit.checks import background, bank, lessons, style, wording

    around = (*background.ADVICE, *lessons.ADVICE)
    return (*soundness(), *around, *style.RULES, *bank.RULES, *wording.RULES)
