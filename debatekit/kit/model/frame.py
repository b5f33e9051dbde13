"""kit.yaml: the motion, the measures it may be taken for, what frames it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from debatekit.kit.model.base import (
    DateText,
    Id,
    Line,
    Prose,
    Record,
    Reference,
    Side,
    Skill,
)
from debatekit.kit.model.items import ItemType


class Measure(Record, frozen=True, kw_only=True):
    """One act that people may mean when they use the motion's short name."""

    id: Id
    name: Line
    what: Prose
    who: Line
    date: DateText
    reference: Reference


class Motion(Record, frozen=True, kw_only=True):
    """The sentence debated, the one measure it means, and its info slide."""

    sentence: Line
    measure: Id
    info: Prose
    definitions: tuple[Id, ...] = ()


Count = Annotated[int, Meta(ge=0, le=50)]


class Blueprint(Record, frozen=True, kw_only=True):
    """What a quiz form holds: how many items of each skill, for how many minutes.

    ``sides`` and ``sources`` ask for at least so many items on their passages,
    ``types`` for at least so many of a type. ``generated`` is how many of the items
    come from the map, and ``points`` what the form comes to; both exactly.
    """

    minutes: Annotated[int, Meta(ge=1, le=240)]
    skills: dict[Skill, Count]
    sides: dict[Side, Count] = msgspec.field(default_factory=dict)
    sources: dict[Id, Count] = msgspec.field(default_factory=dict)
    types: dict[ItemType, Count] = msgspec.field(default_factory=dict)
    generated: Annotated[int, Meta(ge=0, le=500)] = 0
    points: Annotated[int, Meta(ge=1, le=10000)] | None = None

    def with_generated(self, count: int) -> Blueprint:
        """The same with another number of items from the map."""
        return msgspec.structs.replace(self, generated=count)


class KitFile(Record, frozen=True, kw_only=True):
    """kit.yaml: the motion and what frames it."""

    kit: Id
    title: Line
    version: Line
    language: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            description="the code of a language, such as en or en-GB",
        ),
    ]
    motion: Motion
    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)]
    both_accept: Annotated[tuple[Prose, ...], Meta(min_length=1)]
    established: tuple[Prose, ...] = ()
    contested: tuple[Prose, ...] = ()
    norms: tuple[Prose, ...] = ()
    quiz: Blueprint
    notice: Prose
