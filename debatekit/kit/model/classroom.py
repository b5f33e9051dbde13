"""lessons, starters, standards, fairness: what a teacher needs around a debate."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from debatekit.kit.model.base import Id, Line, Prose, Record, Skill

Minutes = Annotated[int, Meta(ge=1, le=240)]


class Step(Record, frozen=True, kw_only=True):
    """A stretch of a lesson: how long, who, what; ``say`` is a sentence to say."""

    minutes: Minutes
    who: Line
    do: Prose
    say: str = ""


class Role(Record, frozen=True, kw_only=True):
    role: Line
    does: Prose


class Lesson(Record, frozen=True, kw_only=True):
    """lessons/*.yaml: a plan whose steps add up to its minutes."""

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
    heading: Line
    text: Prose


class FairnessFile(Record, frozen=True, kw_only=True):
    """fairness.yaml: the statement for families and heads of school."""

    statement: tuple[Statement, ...]
