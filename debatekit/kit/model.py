"""What an author writes, as frozen records: the one description of the kit format.

Stage: the target of ``load`` and the source of the JSON Schema. Records hold what
the YAML said and where it said it (``origin``), nothing derived: what is chosen,
ordered, numbered or laid out belongs to ``documents``. Nothing here reads files.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from debatekit.kit.yamlmarks import Node

Id = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="lower-case words joined by hyphens, unique within its kind",
    ),
]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
DateText = Annotated[
    str,
    Meta(
        pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|not known)$",
        description="YYYY, YYYY-MM, YYYY-MM-DD, or 'not known'",
    ),
]
Prose = Annotated[
    str, Meta(min_length=1, description="our own words; “…” marks a source's words")
]

Side = Literal["pro", "con"]
Stance = Literal["pro", "con", "mixed", "neutral"]
Confidence = Literal["high", "medium", "low"]
SourceKind = Literal[
    "analysis",
    "news",
    "newsletter",
    "opinion",
    "reader comments",
    "official document",
    "research",
    "speech",
    "other",
]
Skill = Literal[
    "locate",
    "paraphrase",
    "infer",
    "word",
    "structure",
    "source",
    "evidence",
    "evaluate",
    "corroborate",
    "position",
]
Mistake = Literal["other-side", "other-source", "not-here", "overclaim", "misread"]

SIDES: tuple[Side, ...] = ("pro", "con")


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    eq=False,
):
    """A record of the kit; ``origin`` is the place in the YAML it was read from.

    Two records are the same only if they are one object: identity in a kit is the
    author's id, not equal text.
    """

    origin: Node


# ------------------------------------------------------------------ kit.yaml


class Reference(Record, frozen=True, kw_only=True):
    """A public document somebody else can open."""

    document: str
    issuer: str
    date: DateText
    url: str = ""
    note: str = ""


class Measure(Record, frozen=True, kw_only=True):
    """One act that people may mean when they use the motion's short name."""

    id: Id
    name: str
    what: Prose
    who: str
    date: DateText
    reference: Reference


class Motion(Record, frozen=True, kw_only=True):
    """The sentence debated, the one measure it means, and its info slide."""

    sentence: str
    measure: Id
    info: Prose
    definitions: tuple[Id, ...] = ()


class Blueprint(Record, frozen=True, kw_only=True):
    """How many items of each skill a quiz form holds, and for how many minutes."""

    minutes: Annotated[int, Meta(ge=1, le=240)]
    skills: dict[Skill, Annotated[int, Meta(ge=0, le=50)]]


class KitFile(Record, frozen=True, kw_only=True):
    """kit.yaml: the motion and what frames it."""

    kit: Id
    title: str
    version: str
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    motion: Motion
    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)]
    both_accept: Annotated[tuple[Prose, ...], Meta(min_length=1)]
    established: tuple[Prose, ...] = ()
    contested: tuple[Prose, ...] = ()
    norms: tuple[Prose, ...] = ()
    quiz: Blueprint
    notice: Prose


# ----------------------------------------------------------------- sources/*.yaml


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

    file: str
    sha256: Sha256
    layout: Literal["paragraphs", "comments"] = "paragraphs"
    first: Annotated[int, Meta(ge=1)]
    last: Annotated[int, Meta(ge=1)]
    headings: tuple[Annotated[int, Meta(ge=1)], ...] = ()


class SourceCheck(Record, frozen=True, kw_only=True):
    """One error, overstatement or outdated claim of a source, and the record."""

    id: Id
    at: Locator
    says: str
    fault: Literal["wrong", "misleading", "outdated", "disputed", "unverifiable"]
    record: Prose
    reference: Reference | None = None


class Questions(Record, frozen=True, kw_only=True):
    """Guiding questions, asked in this order."""

    sourcing: tuple[Prose, ...]
    context: tuple[Prose, ...]
    close_reading: tuple[Prose, ...]
    corroboration: tuple[Prose, ...]


class Passage(Record, frozen=True, kw_only=True):
    """A short verbatim quotation with its place in the source.

    ``stance`` says what the quoted words do for the motion's case, not what the
    source as a whole thinks. ``speaker`` is whoever the source is quoting, where
    that is not its author. ``checks`` names the source checks a reader must see
    beside these words.
    """

    id: Id
    at: Locator
    text: str
    context: Prose
    stance: Stance
    speaker: str = ""
    checks: tuple[Id, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """A published work, and the passages quoted from it."""

    id: Id
    letter: Annotated[str, Meta(pattern=r"^[A-Z]$")]
    title: str
    author: str
    author_is: str = ""
    publication: str
    date: DateText
    date_note: str = ""
    kind: SourceKind
    focus: Prose
    head_note: Prose
    trust: Prose
    text: SourceText
    quotation_limit: Annotated[int, Meta(ge=1, le=100)] = 25
    questions: Questions
    checks: tuple[SourceCheck, ...] = ()
    passages: Annotated[tuple[Passage, ...], Meta(min_length=1)]


# -------------------------------------------------- facts.yaml, glossary.yaml


class Fact(Record, frozen=True, kw_only=True):
    """A statement in our words that a public document bears out.

    ``overtakes`` names passages that this fact came after and makes out of date.
    """

    id: Id
    statement: Prose
    reference: Reference
    date: DateText
    confidence: Confidence
    overtakes: tuple[Id, ...] = ()


class Term(Record, frozen=True, kw_only=True):
    """A word of the glossary; ``also`` lists other forms found in the texts."""

    id: Id
    term: str
    meaning: Prose
    also: tuple[str, ...] = ()


class FactsFile(Record, frozen=True, kw_only=True):
    """facts.yaml"""

    facts: tuple[Fact, ...]


class GlossaryFile(Record, frozen=True, kw_only=True):
    """glossary.yaml"""

    terms: tuple[Term, ...]


# ---------------------------------------------------------- pro.yaml, con.yaml


class Evidence(Record, frozen=True, kw_only=True):
    """One piece of evidence: a debate card when it is printed.

    Exactly one of ``passage`` and ``fact``. ``tag`` is our claim about it and must
    not say more than it does; ``read`` holds the words to read aloud, verbatim.
    """

    id: Id
    tag: Prose
    passage: Id | None = None
    fact: Id | None = None
    read: tuple[str, ...] = ()


class Contention(Record, frozen=True, kw_only=True):
    """An argument for one side: claim, warrant, evidence, impact."""

    id: Id
    claim: Prose
    warrant: Prose
    impact: Prose
    evidence: Annotated[tuple[Evidence, ...], Meta(min_length=1)]
    weak_point: str = ""
    questions: tuple[Prose, ...] = ()


class Support(Record, frozen=True, kw_only=True):
    """What a rebuttal leans on: exactly one of a passage and a fact."""

    passage: Id | None = None
    fact: Id | None = None


class Rebuttal(Record, frozen=True, kw_only=True):
    """This side's reply to a contention of the other, and the answer it will get."""

    id: Id
    answers: Id
    text: Prose
    answer: Prose
    support: tuple[Support, ...] = ()


class SideFile(Record, frozen=True, kw_only=True):
    """pro.yaml or con.yaml: one side's whole case."""

    contentions: Annotated[tuple[Contention, ...], Meta(min_length=1)]
    rebuttals: tuple[Rebuttal, ...] = ()


# ------------------------------------------------------------------ items/*.yaml


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


class Item(Record, frozen=True, kw_only=True):
    """A choice item with one key.

    ``reads`` lists the passages the student has in front of them.
    """

    id: Id
    skill: Skill
    reads: Annotated[tuple[Id, ...], Meta(min_length=1)]
    stem: Prose
    options: dict[Letter, Option]
    key: Letter
    proof: Annotated[tuple[Proof, ...], Meta(min_length=1)]
    points: Annotated[int, Meta(ge=1, le=20)] = 1
    keep_order: bool = False


class ItemsFile(Record, frozen=True, kw_only=True):
    """items/*.yaml"""

    items: tuple[Item, ...]


AnyFile = KitFile | Source | FactsFile | GlossaryFile | SideFile | ItemsFile
