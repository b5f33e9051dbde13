"""Which items of a kit to practise: those that fit, spread over what they are on.

Stage: before ``forms``; chooses by hash of the seed. What a printed quiz takes is in
``blueprint``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError, did_you_mean
from debatekit.quiz.chance import draw


@dataclass(frozen=True)
class Filter:
    """Which items a student wants to practise; empty fields mean all."""

    side: str | None = None
    skill: str | None = None
    source: str | None = None


def matching(kit: Kit, wanted: Filter) -> tuple[model.Item, ...]:
    """The kit's items that fit a filter. Raises UserError where none does."""
    known_sources = [s.id for s in kit.sources]
    if wanted.source is not None and wanted.source not in known_sources:
        hint = did_you_mean(wanted.source, known_sources)
        listed = f"this kit has: {', '.join(known_sources)}"
        raise UserError(f'no source "{wanted.source}"', hint or listed)
    items = tuple(item for item in kit.items.values() if _fits(kit, item, wanted))
    if not items:
        raise UserError(
            "no item of this kit fits all that was asked for",
            "`debatekit list` shows how many items there are of each kind",
        )
    return items


def _fits(kit: Kit, item: model.Item, wanted: Filter) -> bool:
    stances = {kit.passages[p].stance for p in item.reads}
    sources = {kit.source_of[p].id for p in item.reads}
    return (
        (wanted.side is None or wanted.side in stances)
        and (wanted.skill is None or wanted.skill == item.skill)
        and (wanted.source is None or wanted.source in sources)
    )


def choose_any(
    kit: Kit, items: Sequence[model.Item], count: int, seed: int
) -> tuple[model.Item, ...]:
    """Up to ``count`` items, spread over skills, sources and sides."""
    spread = Spread(kit, items, seed)
    pool, used = list(items), Counter[str]()
    chosen: list[model.Item] = []
    while pool and len(chosen) < count:
        best = min(pool, key=lambda item: spread.rank(item, used))
        pool.remove(best)
        chosen.append(best)
        used.update(spread.labels[best.id])
    return tuple(chosen)


class Spread:
    """What a fair quiz should not have too much of, item by item, and their lots."""

    def __init__(self, kit: Kit, items: Sequence[model.Item], seed: int):
        self.labels = {item.id: _labels(kit, item) for item in items}
        self.lots = {item.id: draw(seed, "choose", item.id) for item in items}

    def rank(self, item: model.Item, used: Counter[str]) -> tuple[float, int]:
        """Lowest for what brings least of that which is ``used`` by now."""
        return _excess(self.labels[item.id], used), self.lots[item.id]


def _excess(labels: Sequence[str], used: Counter[str]) -> float:
    """How much a quiz has already of what an item brings.

    A mean over its passages, so that an item on two is as welcome as one on one.
    """
    skill, *others = labels
    return used[skill] + sum(used[label] for label in others) / (len(others) or 1)


def _labels(kit: Kit, item: model.Item) -> list[str]:
    """What a fair quiz should not have too much of."""
    labels = [f"skill:{item.skill}"]
    for passage in item.reads:
        labels.append(f"source:{kit.source_of[passage].id}")
        labels.append(f"stance:{kit.passages[passage].stance}")
        labels.append(f"passage:{passage}")
    return labels
