"""The whole examination of a kit: reading, rules, proof of quotation.

Stage: the front door to ``check``; it calls the others and adds up what they found.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from debatekit.kit import checks, quotes
from debatekit.kit.kit import Kit
from debatekit.kit.load import PRACTICE, Loaded, load
from debatekit.kit.problems import Problem, Severity, UserError, ordered

if TYPE_CHECKING:
    from debatekit.kit.quotes.usage import Use


@dataclass(frozen=True)
class Review:
    """What was found. ``lock`` is the new lock, where the texts were there to prove."""

    kit: Kit | None
    problems: tuple[Problem, ...]
    usage: tuple[Use, ...]
    lock: quotes.Lock | None
    proved: int


def review(folder: Path, texts: Path | None = None, today: str = "") -> Review:
    """Examine a kit; with ``texts`` prove its quotations, else hold them against the
    lock. ``today`` dates new proofs (YYYY-MM-DD)."""
    from debatekit.kit.quotes.usage import over_limit, usage

    loaded = load(folder)
    kit = loaded.rest
    if kit is None:
        return Review(None, loaded.problems, (), None, 0)
    problems = [*loaded.problems, *checks.run(kit, checks.everything())]
    lock, damage = quotes.read_lock(folder)
    problems += damage
    new = None
    if texts is not None:
        from debatekit.kit.quotes.proof import prove

        proof = prove(kit, texts, lock, today)
        problems += proof.problems
        lock = new = proof.lock
    elif not damage:
        problems += quotes.against_lock(kit, lock)
    uses = usage(kit, lock)
    problems += over_limit(uses)
    proved = len(new.quotes) if new else 0
    return Review(loaded.kit, ordered(problems), uses, new, proved)


def sound_kit(folder: Path) -> Kit:
    """Open a kit that has no errors; raises UserError with those it has.

    Nothing is printed or exported from a kit whose records contradict each other, so
    every later stage may rely on ids that resolve and keys that exist. What only
    advises an author is left to ``review``.
    """
    return _sound(folder, load(folder), checks.soundness())


def practice_kit(folder: Path) -> Kit:
    """Open the parts of a kit that a student's practice needs, and no others.

    A student waits for the first item: the rest is neither read nor checked.
    """
    return _sound(folder, load(folder, PRACTICE), checks.practice())


def _sound(folder: Path, loaded: Loaded, rules: tuple[checks.Rule, ...]) -> Kit:
    problems = list(loaded.problems)
    if loaded.kit is not None:
        lock, damage = quotes.read_lock(folder)
        problems += checks.run(loaded.kit, rules) + damage
        problems += quotes.against_lock(loaded.kit, lock)
    errors = [p for p in ordered(problems) if p.severity is Severity.ERROR]
    if loaded.kit is None or errors:
        raise UserError(
            "this kit has errors and cannot be used yet",
            f"mend them; `debatekit check {folder.as_posix()}` shows everything",
            errors,
        )
    return loaded.kit
