"""Role cards, a page a lesson, and a page of a source for who judges."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import (
    SIDE_NAMES,
    Head,
    before_the_measure,
    head_for,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.passages import nested


@dataclass(frozen=True)
class RoleCard:
    role: str
    does: str


@dataclass(frozen=True)
class RoleSheet:
    """``lesson`` is the id of the lesson, by which its plan names the page."""

    lesson: str
    title: str
    cards: tuple[RoleCard, ...]


@dataclass(frozen=True)
class Voice:
    """A passage with what it is about; ``side`` is the one it helps, or none."""

    side: model.Side | None
    side_name: str
    context: str
    text: str
    place: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """A source of the passages, said once for all of them."""

    letter: str
    line: str
    trust: str


@dataclass(frozen=True)
class Extract:
    """A page for who judges: passages of one source or several, and whose they are."""

    name: str
    title: str
    sources: tuple[Origin, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Roles:
    head: Head
    motion: str
    sheets: tuple[RoleSheet, ...]
    extracts: tuple[Extract, ...]


def roles(kit: Kit) -> Roles:
    """The role cards of every lesson, and each extract once, however many use it."""
    plans = kit.extras.lessons.values()
    wanted = dict.fromkeys(plan.extract for plan in plans if plan.extract)
    return Roles(
        head=head_for(kit, "roles", "Role cards", kit.head.title, "teacher"),
        motion=kit.head.motion.sentence,
        sheets=tuple(
            RoleSheet(
                plan.id,
                plan.title,
                tuple(RoleCard(role.role, role.does) for role in plan.roles),
            )
            for plan in plans
            if plan.roles
        ),
        extracts=tuple(
            _extract(kit, number, passages)
            for number, passages in enumerate(wanted, start=1)
        ),
    )


def _extract(kit: Kit, number: int, passages: tuple[str, ...]) -> Extract:
    first = {kit.source_of[p].letter: p for p in reversed(passages)}
    letters = sorted(first)
    return Extract(
        name="judge's page" if number == 1 else f"judge's page {number}",
        title=f"For judge or chair: from Source {' and '.join(letters)}",
        sources=tuple(_origin(kit, first[letter]) for letter in letters),
        voices=tuple(_voice(kit, passage) for passage in passages),
    )


def _origin(kit: Kit, passage_id: str) -> Origin:
    source = kit.source_of[passage_id]
    line = source_line(source).rstrip(".")
    line = f"{line}{before_the_measure(kit, passage_id)}."
    return Origin(source.letter, line, source.trust)


def _voice(kit: Kit, passage_id: str) -> Voice:
    passage = kit.passages[passage_id]
    side: model.Side | None = None
    if passage.stance == "pro" or passage.stance == "con":
        side = passage.stance
    return Voice(
        side=side,
        side_name=SIDE_NAMES[side] if side else "",
        context=passage.context,
        text=nested(passage.text),
        place=_place(kit, passage),
        notes=tuple(kit.checks[check].record for check in passage.checks),
    )


def _place(kit: Kit, passage: model.Passage) -> str:
    """Where the words stand, without what the head of the page says of the source."""
    at = passage.at
    letter = kit.source_of[passage.id].letter
    if at.comment is None:
        place = f"Source {letter}, ¶{at.paragraph}"
    else:
        where = f", {at.place}" if at.place else ""
        place = f"Source {letter}, comment {at.comment}, screen name {at.name}{where}"
    lines = kit.passage_lines.get(passage.id)
    return f"{place}; {lines} of the handout" if lines else place
