"""What to copy for a lesson: which pages of which handout, how often, for whom.

Stage: documents; used by the lesson plans. On which pages the parts of a handout stand
is known only when it is laid out, so a row does without until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from debatekit.documents.common import Audience
from debatekit.kit import model
from debatekit.kit.problems import UserError, did_you_mean

# A part that stands several times on a page, to be cut: "note sheet#1", "note sheet#2".
TWIN = "#"


@dataclass(frozen=True)
class Layout:
    """The pages of each file that was printed, and on which of them its parts stand."""

    pages: Mapping[str, int]
    parts: Mapping[str, Mapping[str, Sequence[int]]]


@dataclass(frozen=True)
class Span:
    """Pages ``first`` to ``last`` of a file that has ``of`` of them."""

    first: int
    last: int
    of: int

    @property
    def pages(self) -> int:
        return self.last - self.first + 1

    @property
    def said(self) -> str:
        if self.pages == self.of:
            return f"all {self.of}" if self.of > 1 else "1"
        if self.pages == 1:
            return str(self.first)
        return f"{self.first}–{self.last}"


@dataclass(frozen=True)
class CopyRow:
    """One job for the copier. ``wanted`` is how many are needed, 0 where the plan does
    not say; ``up`` is how many stand on a page. ``span`` is None until it is known."""

    name: str
    handout: str
    file: str
    whom: str
    wanted: int
    two_sided: bool
    parts: tuple[str, ...] = ()
    instead: str = ""
    span: Span | None = None
    instead_span: Span | None = None
    up: int = 1

    @property
    def copies(self) -> int:
        return -(-self.wanted // self.up)

    @property
    def sheets(self) -> int:
        """Sheets of paper for one copy."""
        pages = self.span.pages if self.span else 0
        return -(-pages // 2) if self.two_sided else pages

    @property
    def total(self) -> int:
        return self.copies * self.sheets

    @property
    def one_sided(self) -> bool:
        return not self.two_sided or (self.span is not None and self.span.pages == 1)

    def laid_out(self, layout: Layout) -> CopyRow:
        """The row with its pages. Raises UserError where the handout has no such part.

        Of several forms of a quiz the longest counts: a student gets one of them.
        """
        span, up = _span(self.handout, self.parts, layout)
        other = None
        if self.instead:
            other, _ = _span(self.instead, self.parts, layout)
        return replace(self, span=span, up=up, instead_span=other)


def divided(students: int, groups: model.Groups) -> tuple[int, ...]:
    """How many are in each group, the larger first.

    As many groups as come nearest to the usual size, halves rounded up, and keep to
    its limits; where no number does, nobody is left over and some groups are short.
    """
    numbers = range(1, students + 1)
    fits = [n for n in numbers if groups.least * n <= students <= groups.most * n]
    if fits:
        count = min(fits, key=lambda n: (abs(groups.of * n - students), -n))
    else:
        count = -(-students // groups.most)
    small, larger = divmod(students, count)
    return (*[small + 1] * larger, *[small] * (count - larger))


def said_of(sizes: Sequence[int], called: str) -> str:
    """'7 tables of 4', or '5 tables: 3 of 5, 2 of 4'."""
    kinds = sorted(set(sizes), reverse=True)
    groups = f"{len(sizes)} {called}{'s' if len(sizes) != 1 else ''}"
    if len(kinds) == 1:
        return f"{groups} of {kinds[0]}"
    return f"{groups}: {', '.join(f'{sizes.count(kind)} of {kind}' for kind in kinds)}"


def copy_rows(
    lesson: model.Lesson, students: int, known: Mapping[str, Audience]
) -> Iterator[CopyRow]:
    """What a plan has copied, in its order; of what nobody needs, nothing."""
    sizes = divided(students, lesson.groups) if lesson.groups else ()
    for copies in lesson.copies:
        wanted = copies.count * _takers(copies, students, sizes)
        if not wanted:
            continue
        row = CopyRow(
            name=copies.name,
            handout=copies.handout,
            file=f"{known[copies.handout]}/{copies.handout}.pdf",
            whom=_whom(copies, lesson.groups),
            wanted=wanted,
            two_sided=copies.sides == "both",
            parts=copies.parts,
            instead=copies.instead or "",
        )
        if copies.apart:
            for part in copies.parts:
                yield replace(row, name=part, parts=(part,))
        else:
            yield row


def _takers(copies: model.Copies, students: int, sizes: Iterable[int]) -> int:
    if copies.per == "student":
        return students
    if copies.per == "teacher":
        return 1
    return sum(size >= (copies.seat or 1) for size in sizes)


def _whom(copies: model.Copies, groups: model.Groups | None) -> str:
    """'each table', '2 a round', 'each table of 5: the judge'."""
    taker = {"student": "student", "teacher": "you"}.get(copies.per, "")
    if groups is not None and copies.per == "group":
        taker = groups.called
        if copies.seat is not None:
            more = "" if copies.seat == groups.most else " or more"
            taker = f"{taker} of {copies.seat}{more}"
    if copies.per == "teacher":
        text = taker if copies.count == 1 else f"{taker}, {copies.count}"
    else:
        text = f"each {taker}" if copies.count == 1 else f"{copies.count} a {taker}"
    return f"{text}: {copies.who}" if copies.who else text


def _span(
    handout: str, parts: tuple[str, ...], layout: Layout
) -> tuple[Span | None, int]:
    """The pages of some parts of a handout, and how many are on one page."""
    name = _longest(handout, layout.pages)
    if name is None:
        return None, 1
    count = layout.pages[name]
    if not parts:
        return Span(1, count, count), 1
    known = layout.parts.get(name, {})
    found = [_pages(part, known, handout) for part in parts]
    first, last = min(p for p, _, _ in found), max(p for _, p, _ in found)
    return Span(first, last, count), min(up for _, _, up in found)


def _pages(
    part: str, known: Mapping[str, Sequence[int]], handout: str
) -> tuple[int, int, int]:
    """The first and the last page of a part, and how often it stands on one page."""
    if part in known:
        return min(known[part]), max(known[part]), 1
    twins = [pages[0] for name, pages in known.items() if name.startswith(part + TWIN)]
    if not twins:
        names = sorted({name.partition(TWIN)[0] for name in known})
        raise UserError(
            f'a lesson plan has "{part}" of {handout} copied, which is no part of it',
            did_you_mean(part, names) or f"its parts are: {', '.join(names) or 'none'}",
        )
    return twins[0], twins[0], twins.count(twins[0])


def _longest(handout: str, pages: Mapping[str, int]) -> str | None:
    """The name of a handout's file, or of the longest of them: quiz-a, quiz-b …"""
    if handout in pages:
        return handout
    forms = [
        name
        for name in pages
        if name.startswith(f"{handout}-") and len(name) == len(handout) + 2
    ]
    return max(forms, key=lambda name: pages[name], default=None)
