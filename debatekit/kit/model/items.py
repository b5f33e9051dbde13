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

# The fields of a proof, each the id of a thing of that kind.
PROVES = (
    "passage",
    "check",
    "fact",
    "source",
    "term",
    "event",
    "measure",
    "contention",
    "rebuttal",
)


class Proof(Record, frozen=True, kw_only=True):
    """What shows that the key is right: exactly one thing, named by its id.

    ``words`` are words of the passage, verbatim; with ``source``, words of its head
    note or source line. The other things need none: what they say is the proof.
    """

    passage: Id | None = None
    check: Id | None = None
    fact: Id | None = None
    source: Id | None = None
    term: Id | None = None
    event: Id | None = None
    measure: Id | None = None
    contention: Id | None = None
    rebuttal: Id | None = None
    words: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that name a thing."""
        return tuple(name for name in PROVES if getattr(self, name) is not None)


class Option(Record, frozen=True, kw_only=True):
    """A choice, why it is right or wrong, and what choosing it suggests.

    Exactly one of ``text`` and ``passage``: an option that quotes names the passage.
    """

    text: str = ""
    passage: Id | None = None
    why: Prose
    mistake: Mistake | None = None


Letter = Annotated[str, Meta(pattern=r"^[a-f]$")]


class Part(Record, frozen=True, kw_only=True):
    """One question: a stem, and for a choice its options and the key among them."""

    stem: Prose
    options: dict[Letter, Option] = msgspec.field(default_factory=dict)
    key: Letter | None = None
    keep_order: bool = False

    @property
    def right(self) -> tuple[str, ...]:
        """The letters of the right options."""
        return (self.key,) if self.key else ()


class Pair(Record, frozen=True, kw_only=True):
    """Two texts that belong together, and why; ``left`` is numbered in print."""

    left: Prose
    right: Prose
    why: Prose


class Extra(Record, frozen=True, kw_only=True):
    """A right-hand text of a matching item that has no partner, and why it has none."""

    text: Prose
    why: Prose


class OrderStep(Record, frozen=True, kw_only=True):
    """One thing to put in order, and why it stands where it does."""

    text: Prose
    why: Prose


class Guide(Record, frozen=True, kw_only=True):
    """How a written answer is scored: what earns 2 points, 1 point and none."""

    full: Prose
    part: Prose
    none: Prose


ItemType = Literal[
    "choice",
    "two-part",
    "written",
    "multiple",
    "matching",
    "ordering",
    "true-false",
    "cloze",
]

GAP = "____"


class Item(Part, frozen=True, kw_only=True):
    """An item with its proof. ``reads`` lists the passages the student has in hand.

    ``choice``: options and a key. ``two-part``: a choice, then ``evidence``, a second
    choice of what supports it; both right earn the points, the first alone half of them
    (as in PARCC's evidence-based selected response). ``written``: some ``lines`` to
    write on, a ``guide`` to score by and a ``sample`` answer. ``multiple``: options and
    ``keys``. ``matching``: ``pairs``, and ``extra`` right-hand texts. ``ordering``:
    ``steps`` in the right order. ``true-false``: the stem is a statement, ``true`` says
    which; a false one has a ``correction``, written on ``lines``. ``cloze``: the stem
    has one gap, ``answers`` fill it, the first as it is shown. Both say ``why``.
    """

    id: Id
    type: ItemType = "choice"
    skill: Skill
    reads: tuple[Id, ...] = ()
    proof: Annotated[tuple[Proof, ...], Meta(min_length=1)]
    points: Annotated[int, Meta(ge=1, le=20)] = 1
    evidence: Part | None = None
    lines: Annotated[int, Meta(ge=1, le=24)] | None = None
    sample: str = ""
    guide: Guide | None = None
    keys: tuple[Letter, ...] = ()
    pairs: tuple[Pair, ...] = ()
    extra: tuple[Extra, ...] = ()
    steps: tuple[OrderStep, ...] = ()
    true: bool | None = None
    correction: str = ""
    answers: tuple[str, ...] = ()
    why: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The questions with options, in the order asked; none where there are none."""
        if self.type not in ("choice", "two-part", "multiple"):
            return ()
        return (self,) if self.evidence is None else (self, self.evidence)

    @property
    def right(self) -> tuple[str, ...]:
        """The letters of the right options: ``keys`` of a multiple item."""
        if self.type == "multiple":
            return tuple(sorted(set(self.keys)))
        return (self.key,) if self.key else ()


class ItemsFile(Record, frozen=True, kw_only=True):
    """items/*.yaml"""

    items: tuple[Item, ...]
