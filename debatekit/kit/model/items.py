"""items/*.yaml: quiz items."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from debatekit.kit.model.base import (
    Id,
    Mistake,
    Prose,
    Record,
    Skill,
)


class Proof(Record, frozen=True, kw_only=True):
    """What shows that the key is right.

    Exactly one of ``passage``, ``check``, ``fact`` and ``source``. ``words`` are
    words of the passage, verbatim; with ``source``, words of its head note or
    source line.
    """

    passage: Id | None = None
    check: Id | None = None
    fact: Id | None = None
    source: Id | None = None
    words: str = ""


class Option(Record, frozen=True, kw_only=True):
    """A choice, why it is right or wrong, and what choosing it suggests.

    Exactly one of ``text`` and ``passage``: an option that quotes names the passage.
    """

    text: str = ""
    passage: Id | None = None
    why: Prose
    mistake: Mistake | None = None


Letter = Annotated[str, Meta(pattern=r"^[a-e]$")]


class Part(Record, frozen=True, kw_only=True):
    """One question: a stem, and for a choice its options and the key among them."""

    stem: Prose
    options: dict[Letter, Option] = msgspec.field(default_factory=dict)
    key: Letter | None = None
    keep_order: bool = False


class Guide(Record, frozen=True, kw_only=True):
    """How a written answer is scored: what earns 2 points, 1 point and none."""

    full: Prose
    part: Prose
    none: Prose


ItemType = Literal["choice", "two-part", "written"]


class Item(Part, frozen=True, kw_only=True):
    """An item with its proof. ``reads`` lists the passages the student has in hand.

    ``choice``: options and a key. ``two-part``: a choice, then ``evidence``, a second
    choice of what supports it; both right earn the points, the first alone half of them
    (as in PARCC's evidence-based selected response). ``written``: some ``lines`` to
    write on, a ``guide`` to score by and a ``sample`` answer.
    """

    id: Id
    type: ItemType = "choice"
    skill: Skill
    reads: Annotated[tuple[Id, ...], Meta(min_length=1)]
    proof: Annotated[tuple[Proof, ...], Meta(min_length=1)]
    points: Annotated[int, Meta(ge=1, le=20)] = 1
    evidence: Part | None = None
    lines: Annotated[int, Meta(ge=1, le=24)] | None = None
    sample: str = ""
    guide: Guide | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The questions with options, in the order asked; none for a written item."""
        if self.type == "written":
            return ()
        return (self,) if self.evidence is None else (self, self.evidence)


class ItemsFile(Record, frozen=True, kw_only=True):
    """items/*.yaml"""

    items: tuple[Item, ...]
