"""lessons, starters, standards, fairness: what a teacher needs around a debate."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from debatekit.kit.model.base import Id, Line, Prose, Record, Skill

Minutes = Annotated[int, Meta(ge=1, le=240)]


Count = Annotated[int, Meta(ge=1, le=60)]
# What a plan may have copied; a test holds it to the handouts there are.
Printed = Literal[
    "brief-pro",
    "brief-con",
    "sources",
    "sources-plain",
    "measures",
    "glossary",
    "timeline",
    "map",
    "cards",
    "flow",
    "organizer",
    "quiz",
    "exit",
    "lesson",
    "roles",
    "balance",
    "ballot",
    "key",
]


class Step(Record, frozen=True, kw_only=True):
    """A stretch of a lesson: how long, who, what; ``say`` is a sentence to say.

    ``hand`` names what they have in hand: names from ``copies``, or things needed.
    """

    minutes: Minutes
    who: Line
    do: Prose
    say: str = ""
    hand: tuple[Line, ...] = ()


class Groups(Record, frozen=True, kw_only=True):
    """How to divide a class: groups ``of`` so many, from ``least`` to ``most``."""

    called: Line = "table"
    of: Count
    least: Count
    most: Count


class Copies(Record, frozen=True, kw_only=True):
    """A handout to copy, and for whom.

    ``parts``: the first and the last part wanted, or, where they are to be copied
    ``apart``, all of them; none means the whole handout. ``seat``: only for groups
    in which the seat of this number is taken. ``instead``: an easier edition.
    """

    name: Line
    handout: Printed
    per: Literal["student", "group", "teacher"]
    count: Count = 1
    seat: Count | None = None
    parts: tuple[Line, ...] = ()
    apart: bool = False
    sides: Literal["one", "both"] = "both"
    instead: Printed | None = None
    who: str = ""


class Role(Record, frozen=True, kw_only=True):
    role: Line
    does: Prose


class Lesson(Record, frozen=True, kw_only=True):
    """lessons/*.yaml: a plan whose steps add up to its minutes.

    ``answers`` are model answers to ``exit``, one each. ``extract`` names passages for
    a page of their own, for who judges. ``update`` is what a teacher has to look up.
    """

    id: Id
    title: Line
    minutes: Minutes
    students: Line
    aims: tuple[Prose, ...]
    needs: tuple[Prose, ...]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    roles: tuple[Role, ...] = ()
    exit: tuple[Prose, ...] = ()
    notes: tuple[Prose, ...] = ()
    before: str = ""
    groups: Groups | None = None
    copies: tuple[Copies, ...] = ()
    grade: tuple[Prose, ...] = ()
    answers: tuple[Prose, ...] = ()
    extract: tuple[Id, ...] = ()
    update: str = ""


class Starters(Record, frozen=True, kw_only=True):
    """Sentence starters by how much help they give."""

    full: tuple[Prose, ...]
    some: tuple[Prose, ...]
    light: tuple[Prose, ...]


class Move(Record, frozen=True, kw_only=True):
    """One move of an argument, such as disagree or concede."""

    move: Line
    starters: Starters


class StartersFile(Record, frozen=True, kw_only=True):
    """starters.yaml"""

    moves: tuple[Move, ...]


class Standard(Record, frozen=True, kw_only=True):
    """A standard's code, our paraphrase of it, and whether its text was checked."""

    code: Line
    framework: Line
    grades: Line
    says: Prose
    skills: tuple[Skill, ...]
    status: Literal["checked", "unchecked"]


class StandardsFile(Record, frozen=True, kw_only=True):
    """standards.yaml"""

    standards: tuple[Standard, ...]


class Statement(Record, frozen=True, kw_only=True):
    """``in_short`` also stands on the first page of the lesson plans."""

    heading: Line
    text: Prose
    in_short: str = ""


class FairnessFile(Record, frozen=True, kw_only=True):
    """fairness.yaml: the statement for families and heads of school."""

    statement: tuple[Statement, ...]
