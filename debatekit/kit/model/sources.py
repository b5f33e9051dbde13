"""sources/*.yaml: published works, the passages quoted, what they get wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from debatekit.kit.model.base import (
    DateText,
    Id,
    Line,
    Prose,
    Record,
    Reference,
    Sha256,
    SourceKind,
    Stance,
)


class Locator(Record, frozen=True, kw_only=True):
    """Where in its source a quotation stands: a paragraph, or a reader's comment.

    ``paragraph`` counts the paragraphs of the body from 1, headings left out.
    ``comment`` counts the comments from 1; ``name`` and ``place`` are as printed
    there.
    """

    paragraph: Annotated[int, Meta(ge=1)] | None = None
    comment: Annotated[int, Meta(ge=1)] | None = None
    name: str = ""
    place: str = ""


class SourceText(Record, frozen=True, kw_only=True):
    """The text file the quotations were taken from; the kit does not hold it.

    ``first`` and ``last`` are the line numbers of the body in that file and
    ``headings`` the lines in between that are not the author's paragraphs. With
    ``layout: comments`` the body is pairs of lines: a name line, then the comment.
    """

    file: Line
    sha256: Sha256 | None = None
    layout: Literal["paragraphs", "comments"] = "paragraphs"
    first: Annotated[int, Meta(ge=1)]
    last: Annotated[int, Meta(ge=1)]
    headings: tuple[Annotated[int, Meta(ge=1)], ...] = ()


class SourceCheck(Record, frozen=True, kw_only=True):
    """One error, overstatement or outdated claim of a source, and the record."""

    id: Id
    at: Locator
    says: Line
    fault: Literal["wrong", "misleading", "outdated", "disputed", "unverifiable"]
    record: Prose
    reference: Reference | None = None


class Questions(Record, frozen=True, kw_only=True):
    """Guiding questions, asked in this order; or the answers to them, one for one."""

    sourcing: tuple[Prose, ...]
    context: tuple[Prose, ...]
    close_reading: tuple[Prose, ...]
    corroboration: tuple[Prose, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """All of them, as they are numbered on the page."""
        return (
            *self.sourcing,
            *self.context,
            *self.close_reading,
            *self.corroboration,
        )


class Passage(Record, frozen=True, kw_only=True):
    """A short verbatim quotation with its place in the source.

    ``stance`` says what the quoted words do for the motion's case, not what the
    source as a whole thinks. ``speaker`` is whoever the source is quoting, where
    that is not its author. ``checks`` names the source checks a reader must see
    beside these words.
    """

    id: Id
    at: Locator
    text: Line
    context: Prose
    stance: Stance
    speaker: str = ""
    checks: tuple[Id, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """A published work, and the passages quoted from it.

    ``answers`` says what a good answer to each question holds, for the teacher's key.
    """

    id: Id
    letter: Annotated[str, Meta(pattern=r"^[A-Z]$")]
    title: Line
    author: Line
    author_is: str = ""
    publication: Line
    date: DateText
    date_note: str = ""
    kind: SourceKind
    focus: Prose
    head_note: Prose
    trust: Prose
    text: SourceText
    quotation_limit: Annotated[int, Meta(ge=1, le=100)] = 25
    questions: Questions
    answers: Questions | None = None
    checks: tuple[SourceCheck, ...] = ()
    passages: Annotated[tuple[Passage, ...], Meta(min_length=1)]
