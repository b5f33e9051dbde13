"""What a kit holds, counted: the data behind `debatekit list`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from debatekit.kit.kit import Kit
from debatekit.kit.readability import grade, words_in


def census(kit: Kit) -> dict[str, Any]:
    """Counts by kind, stance, side, skill and source, as plain data for JSON."""
    passages = list(kit.passages.values())
    items = list(kit.items.values())
    return {
        "kit": kit.id,
        "title": kit.head.title,
        "version": kit.head.version,
        "motion": kit.head.motion.sentence,
        "measures": [m.id for m in kit.head.measures],
        "sources": [
            {
                "id": s.id,
                "letter": s.letter,
                "title": s.title,
                "kind": s.kind,
                "date": s.date,
                "passages": len(s.passages),
                "checks": len(s.checks),
            }
            for s in sorted(kit.sources, key=lambda s: s.letter)
        ],
        "passages": {
            "total": len(passages),
            **_sorted(Counter(p.stance for p in passages)),
        },
        "facts": len(kit.facts),
        "sides": {
            side: {
                "contentions": [c.id for c in file.contentions],
                "cards": sum(len(c.evidence) for c in file.contentions),
                "rebuttals": len(file.rebuttals),
            }
            for side, file in kit.sides.items()
        },
        "items": {
            "total": len(items),
            **_sorted(Counter(i.skill for i in items)),
        },
        "item_types": {
            "total": len(items),
            **_sorted(Counter(i.type for i in items)),
        },
        "terms": len(kit.terms),
        "readings": _readings(kit),
        "explainers": len(kit.extras.explainers),
        "events": len(kit.extras.events),
        "people": len(kit.extras.people),
        "coded_comments": _coding(kit),
        "lessons": {i: x.minutes for i, x in kit.extras.lessons.items()},
        "starters": len(kit.extras.moves),
        "standards": len(kit.extras.standards),
    }


def _readings(kit: Kit) -> dict[str, dict[str, float]]:
    """Words of both levels and the plain level's grade, by source."""
    found = {}
    for source, reading in kit.extras.readings.items():
        standard = " ".join(p.standard for p in reading.paragraphs)
        plain = " ".join(p.plain for p in reading.paragraphs)
        found[source] = {
            "standard_words": len(words_in(standard)),
            "plain_words": len(words_in(plain)),
            "plain_grade": round(grade(plain), 1),
        }
    return found


def _coding(kit: Kit) -> dict[str, int]:
    """Whole comments by stance; near-duplicates are counted apart."""
    coding = kit.extras.coding
    if coding is None:
        return {}
    counts = Counter(str(c.stance) for c in coding.comments)
    twins = sum(c.near_duplicate_of is not None for c in coding.comments)
    total = len(coding.comments)
    return {"total": total, **_sorted(counts), "near-duplicates among them": twins}


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
