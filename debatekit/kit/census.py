"""What a kit holds, counted: the data behind `debatekit list`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from debatekit.kit.load import Kit


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
        "terms": len(kit.terms),
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
