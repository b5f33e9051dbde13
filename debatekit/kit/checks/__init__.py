"""What the records of a kit must mean together: one rule a function.

Stage: after ``load``; a rule reads a Kit and yields problems, and knows nothing of
files or of the other rules. To add one, write the function with a docstring that
shows what passes and what fails, put it into its module's RULES, its codes into
docs/problems.md, and a case into tests/cases/bad/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from debatekit.kit.checks import arguments, items, references, wording
from debatekit.kit.load import Kit
from debatekit.kit.problems import Problem

Rule = Callable[[Kit], Iterator[Problem]]

# A kit that breaks one of these cannot be used; the rest only advise its author.
SOUNDNESS: tuple[Rule, ...] = (*references.RULES, *arguments.RULES, *items.RULES)
RULES: tuple[Rule, ...] = (*SOUNDNESS, *wording.RULES)


def run(kit: Kit, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Every problem that the rules find, unsorted."""
    return [problem for rule in rules for problem in rule(kit)]
