"""The balance report: what each side has, counted, before anything is printed.

Balance is more than equal counts (DfE guidance 2022; Hess); the report shows a teacher
where to look, it does not judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.quotes import word_count

# Words that keep a sentence from saying more than is known.
HEDGES = re.compile(
    r"\b(may|might|could|can|likely|unlikely|perhaps|possibly|reportedly|"
    r"suggests?|estimated|says?|said|argues?|argued|asks?|judges?|reports?|reported|"
    r"warned|warns|speaks? of|in \w+'s (reading|view)|some|at least one|no public)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SideBalance:
    """One side's share; ``kinds`` counts its evidence by kind of source."""

    contentions: int
    cards: int
    passages: int
    quoted_words: int
    kinds: tuple[tuple[str, int], ...]
    oldest: str
    newest: str
    hedged: int
    flat: int
    unanswered: int
    items: int


@dataclass(frozen=True)
class Balance:
    sides: tuple[tuple[model.Side, SideBalance], ...]
    mixed_passages: int
    neutral_passages: int


def balance(kit: Kit) -> Balance:
    """Count both sides of a kit."""
    stances = Counter(p.stance for p in kit.passages.values())
    return Balance(
        sides=tuple((side, _side(kit, side)) for side in model.SIDES),
        mixed_passages=stances["mixed"],
        neutral_passages=stances["neutral"],
    )


def _side(kit: Kit, side: model.Side) -> SideBalance:
    file = kit.sides.get(side)
    contentions = file.contentions if file else ()
    evidence = [e for c in contentions for e in c.evidence]
    passages = [p for p in kit.passages.values() if p.stance == side]
    statements = [*(c.claim for c in contentions), *(e.tag for e in evidence)]
    hedged = sum(bool(HEDGES.search(text)) for text in statements)
    dates = sorted(date for e in evidence if (date := _date(kit, e)) != "not known")
    kinds = Counter(_kind(kit, e) for e in evidence)
    return SideBalance(
        contentions=len(contentions),
        cards=len(evidence),
        passages=len(passages),
        quoted_words=sum(word_count(p.text) for p in passages),
        kinds=tuple(sorted(kinds.items())),
        oldest=dates[0] if dates else "",
        newest=dates[-1] if dates else "",
        hedged=hedged,
        flat=len(statements) - hedged,
        unanswered=sum(not kit.rebuttals.get(c.id) for c in contentions),
        items=sum(side in _stances(kit, item.reads) for item in kit.items.values()),
    )


def _stances(kit: Kit, reads: tuple[str, ...]) -> set[str]:
    return {kit.passages[p].stance for p in reads if p in kit.passages}


def _kind(kit: Kit, evidence: model.Evidence) -> str:
    source = kit.source_of.get(evidence.passage or "")
    return source.kind if source else "fact"


def _date(kit: Kit, evidence: model.Evidence) -> str:
    source = kit.source_of.get(evidence.passage or "")
    if source:
        return source.date
    fact = kit.facts.get(evidence.fact or "")
    return fact.date if fact else "not known"


def rows(found: Balance) -> Iterator[tuple[str, str, str]]:
    """The report as rows: what is counted, pro, con."""
    (_, pro), (_, con) = found.sides
    for label, name in (
        ("contentions", "contentions"),
        ("cards", "cards"),
        ("passages", "passages"),
        ("quoted words", "quoted_words"),
        ("oldest evidence", "oldest"),
        ("newest evidence", "newest"),
        ("hedged claims and tags", "hedged"),
        ("flat claims and tags", "flat"),
        ("unanswered contentions", "unanswered"),
        ("items on its passages", "items"),
    ):
        yield label, str(getattr(pro, name)), str(getattr(con, name))
    kinds = sorted({kind for side in (pro, con) for kind, _ in side.kinds})
    for kind in kinds:
        yield (
            f"evidence: {kind}",
            str(dict(pro.kinds).get(kind, 0)),
            str(dict(con.kinds).get(kind, 0)),
        )
