"""The glossary: every term of the kit, with a place for a word in another language."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import Gloss, Head, head_for
from debatekit.kit.kit import Kit


@dataclass(frozen=True)
class Glossary:
    head: Head
    terms: tuple[Gloss, ...]


def glossary(kit: Kit) -> Glossary:
    """All terms in alphabetical order, whatever their case."""
    terms = sorted(kit.terms.values(), key=lambda term: term.term.casefold())
    return Glossary(
        head=head_for(kit, "glossary", "Glossary", kit.head.title),
        terms=tuple(Gloss(term.term, term.meaning) for term in terms),
    )
