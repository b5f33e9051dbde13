"""A choice of items that comes to given numbers, found by going back where one must.

Stage: part of ``blueprint``; knows of lines only what every item is worth to them.
Slots are filled with the fairest item that leaves the rest possible, so that where
nothing is asked for beside the skills, the first way down is the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from debatekit.kit import model
from debatekit.kit.checks.bank import Clue, clue, give_away
from debatekit.kit.kit import Kit
from debatekit.quiz.chance import shuffled
from debatekit.quiz.choose import Spread

# Ways looked at before giving up; a blueprint that can be met takes a few dozen.
TRIED = 5_000

# Which of two items it is does not matter where they have the same skill, the same
# worths, and no item that they give away; others stand for themselves.
Sums = tuple[int, ...]
Sort = tuple[str, Sums | str]


class GaveUp(Exception):
    """Too many ways were tried to say that there is none."""


@dataclass(frozen=True)
class Want:
    """A sum that the items chosen come to, exactly or at least; ``worths`` by id."""

    wanted: int
    exact: bool
    worths: Mapping[str, int]


Wants = Sequence[Want]


class Search:
    """One search, with what it has chosen so far. ``partners`` are the items that must
    not stand in a form with one."""

    def __init__(
        self,
        items: Sequence[model.Item],
        skills: Mapping[model.Skill, int],
        wants: Wants,
        spread: Spread,
        partners: Callable[[model.Item], frozenset[str]],
        seed: int,
    ):
        self.spread, self.partners = spread, partners
        # In the order written, the first skills would use up what is scarce.
        self.skills = shuffled(skills, seed, "skills") if wants else list(skills)
        self.written = list(skills)
        self.slots = [
            (n, s) for n, s in enumerate(self.skills) for _ in range(skills[s])
        ]
        self.of_skill = {s: [i for i in items if i.skill == s] for s in skills}
        self.worths = {i.id: tuple(w.worths[i.id] for w in wants) for i in items}
        groups = [
            ([self.worths[item.id] for item in self.of_skill[skill]], skills[skill])
            for skill in self.skills
        ]
        self.reach = Reach(groups, wants)
        self.left: Sums = tuple(want.wanted for want in wants)
        self.used: Counter[str] = Counter()
        self.chosen: list[model.Item] = []
        self.barred: Counter[str] = Counter()
        self.dead: set[object] = set()
        self.tried = 0

    def found(self) -> tuple[model.Item, ...] | None:
        """The items, in the order of the skills; None where there are none. Raises
        GaveUp."""
        if not self._fill(0, self.left):
            return None
        by_skill = sorted(self.chosen, key=lambda i: self.written.index(i.skill))
        return tuple(by_skill)

    def _fill(self, slot: int, left: Sums) -> bool:
        """Fill the slots from this one on; undone again where that cannot be."""
        if slot == len(self.slots):
            return self.reach.can(len(self.skills), 0, left)
        number, skill = self.slots[slot]
        to_fill = sum(other == skill for _, other in self.slots[slot:])
        if not self.reach.can(number, to_fill, left):
            return False
        state = self._state(slot, left)
        if state in self.dead:
            return False
        self.tried += 1
        if self.tried > TRIED:
            raise GaveUp
        failed: set[Sort] = set()
        free = [item for item in self.of_skill[skill] if not self.barred[item.id]]
        for item in sorted(free, key=lambda item: self.spread.rank(item, self.used)):
            sort = self._sort(item)
            if sort in failed:
                continue
            self._take(item, 1)
            if self._fill(slot + 1, self.reach.less(left, self.worths[item.id])):
                return True
            self._take(item, -1)
            failed.add(sort)
        self.dead.add(state)
        return False

    def _take(self, item: model.Item, times: int) -> None:
        """Choose an item, or with -1 give it back."""
        if times > 0:
            self.chosen.append(item)
        else:
            self.chosen.pop()
        for name in (item.id, *self.partners(item)):
            self.barred[name] += times
        for label in self.spread.labels[item.id]:
            self.used[label] += times

    def _state(self, slot: int, left: Sums) -> object:
        """All that what comes after depends on."""
        later = dict.fromkeys(skill for _, skill in self.slots[slot:])
        items = (item for skill in later for item in self.of_skill[skill])
        gone = Counter(self._sort(item) for item in items if self.barred[item.id])
        return slot, left, frozenset(gone.items())

    def _sort(self, item: model.Item) -> Sort:
        alike = item.id if self.partners(item) else self.worths[item.id]
        return item.skill, alike


class Partners:
    """Which of some items give each other away; looked into when it is asked."""

    def __init__(self, kit: Kit, items: Sequence[model.Item]):
        self.kit, self.items = kit, items
        self._clues: dict[str, Clue] = {}
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, item: model.Item) -> frozenset[str]:
        if item.id not in self._known:
            own = self._clue(item)
            others = (other for other in self.items if other.id != item.id)
            self._known[item.id] = frozenset(
                other.id for other in others if give_away(own, self._clue(other))
            )
        return self._known[item.id]

    def _clue(self, item: model.Item) -> Clue:
        if item.id not in self._clues:
            self._clues[item.id] = clue(self.kit, item)
        return self._clues[item.id]


def no_partners(item: model.Item) -> frozenset[str]:
    """For a search that lets items give each other away."""
    return frozenset()


class Reach:
    """Whether what is left of some wants can be reached by the skills that are left.

    Looks at sums alone: items that give each other away, and which items a skill has
    used up by half, are not taken into account. So a 'no' is final.
    """

    def __init__(self, skills: Sequence[tuple[Sequence[Sums], int]], wants: Wants):
        self.wants = wants
        self.sums = [self._sums(worths, slots) for worths, slots in skills]
        self.most = self._most()
        self.known: dict[tuple[int, int, Sums], bool] = {}

    def _sums(self, worths: Sequence[Sums], slots: int) -> list[list[Sums]]:
        """For each number of slots, what so many of the items come to."""
        found: list[set[Sums]] = [{(0,) * len(self.wants)}]
        found += [set() for _ in range(slots)]
        for worth, items in Counter(worths).items():
            for _ in range(min(items, slots)):
                for taken in range(slots, 0, -1):
                    found[taken] |= {self._sum(s, worth) for s in found[taken - 1]}
        return [sorted(sums) for sums in found]

    def _most(self) -> list[list[Sums]]:
        """The most that each want can come to, alone, from a skill's slots on."""
        nothing = (0,) * len(self.wants)
        found = [[nothing]]
        for by_slots in reversed(self.sums):
            after = found[-1][-1]
            highest = [
                tuple(map(max, zip(*sums, strict=True))) if sums else nothing
                for sums in by_slots
            ]
            found.append([tuple(map(add, after, high)) for high in highest])
        return found[::-1]

    def _sum(self, one: Sums, other: Sums) -> Sums:
        """A sum; more than is wanted of what may be more counts as enough."""
        both = zip(one, other, self.wants, strict=True)
        return tuple(a + b if w.exact else min(a + b, w.wanted) for a, b, w in both)

    def can(self, skill: int, slots: int, left: Sums) -> bool:
        """With so many slots of a skill to fill, and those of all skills after it."""
        most = self.most[skill][slots]
        if not all(0 <= a <= b for a, b in zip(left, most, strict=True)):
            return False
        if skill == len(self.sums):
            return True
        state = skill, slots, left
        if state not in self.known:
            following = skill + 1
            more = len(self.sums[following]) - 1 if following < len(self.sums) else 0
            self.known[state] = any(
                self.can(following, more, self.less(left, sums))
                for sums in self.sums[skill][slots]
            )
        return self.known[state]

    def less(self, left: Sums, sums: Sums) -> Sums:
        both = zip(left, sums, self.wants, strict=True)
        return tuple(a - b if w.exact else max(a - b, 0) for a, b, w in both)
