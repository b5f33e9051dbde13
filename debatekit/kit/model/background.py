"""timeline, people, measures, readings, comments: what surrounds the two cases."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from debatekit.kit.model.base import (
    Confidence,
    DateText,
    Id,
    Line,
    Prose,
    Record,
    Reference,
    Stance,
)


class Event(Record, frozen=True, kw_only=True):
    """One dated event with the document that bears it out."""

    id: Id
    date: DateText
    event: Prose
    reference: Reference
    confidence: Confidence
    measure: Id | None = None


class TimelineFile(Record, frozen=True, kw_only=True):
    """timeline.yaml: events, in the order of their dates."""

    events: tuple[Event, ...]


class Person(Record, frozen=True, kw_only=True):
    """Somebody, or a body, that a reader of the kit meets."""

    id: Id
    name: Line
    kind: Literal["person", "organisation", "office"]
    role: Prose


class PeopleFile(Record, frozen=True, kw_only=True):
    """people.yaml"""

    people: tuple[Person, ...]


class Explainer(Record, frozen=True, kw_only=True):
    """A page on one measure: what it does, what it does not, what became of it."""

    measure: Id
    in_short: Prose
    does: Annotated[tuple[Prose, ...], Meta(min_length=1)]
    does_not: Annotated[tuple[Prose, ...], Meta(min_length=1)]
    why_confused: Prose
    whom_it_touches: Prose
    afterwards: Prose


class MeasuresFile(Record, frozen=True, kw_only=True):
    """measures.yaml"""

    explainers: tuple[Explainer, ...]


class ReadingParagraph(Record, frozen=True, kw_only=True):
    """One numbered paragraph of a retelling, at two levels with the same quotations.

    ``quotes`` names the passages whose words stand in it; ``terms`` the glossary terms
    set beside it.
    """

    standard: Prose
    plain: Prose
    quotes: tuple[Id, ...] = ()
    terms: tuple[Id, ...] = ()


class Reading(Record, frozen=True, kw_only=True):
    """readings/*.yaml: a source retold by us, so that a class can read it whole."""

    source: Id
    paragraphs: Annotated[tuple[ReadingParagraph, ...], Meta(min_length=1)]


class CodedComment(Record, frozen=True, kw_only=True):
    """A reader comment as a whole, coded by the rules of the kit's coding.md."""

    number: Annotated[int, Meta(ge=1)]
    stance: Stance
    ground: Line
    near_duplicate_of: Annotated[int, Meta(ge=1)] | None = None


class CommentsFile(Record, frozen=True, kw_only=True):
    """comments.yaml: every comment of a source coded, so that its lean can be told.

    ``grounds`` maps a ground of argument to what it means.
    """

    source: Id
    grounds: dict[str, Prose]
    comments: tuple[CodedComment, ...]
