"""The words all records share: ids, dates, prose, and the record itself."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from debatekit.kit.nodes import Node

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
        pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|not known)$",
        description="YYYY, YYYY-MM, YYYY-MM-DD, or 'not known'",
        extra={"calendar": True},
    ),
]
Line = Annotated[str, Meta(min_length=1)]
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


class Reference(Record, frozen=True, kw_only=True):
    """A public document somebody else can open."""

    document: Line
    issuer: Line
    date: DateText
    url: str = ""
    note: str = ""
