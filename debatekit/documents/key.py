"""The teacher's answer key: all forms on one grid, then every item explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from debatekit.documents.common import Head, head_for, nested
from debatekit.documents.quiz import quiz
from debatekit.kit.load import Kit
from debatekit.quiz.forms import Forms, KeyProof

# What choosing a distractor suggests, in words for a teacher.
MISTAKES = {
    "other-side": "says what the other side says",
    "other-source": "takes it from another source",
    "not-here": "true or plausible elsewhere, but not said here",
    "overclaim": "reads more into the words than they say",
    "misread": "misreads the words",
}


@dataclass(frozen=True)
class GridRow:
    number: int
    skill: str
    points: int
    letters: tuple[str, ...]


@dataclass(frozen=True)
class ExplainedOption:
    letter: str
    text: str
    quoted: bool
    right: bool
    why: str
    suggests: str


@dataclass(frozen=True)
class ExplainedItem:
    number: int
    id: str
    skill: str
    points: int
    stem: str
    options: tuple[ExplainedOption, ...]
    proofs: tuple[KeyProof, ...]
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Key:
    head: Head
    motion: str
    codes: tuple[tuple[str, str], ...]
    rows: tuple[GridRow, ...]
    items: tuple[ExplainedItem, ...]
    skills: tuple[tuple[str, int], ...]
    points: int
    minutes: int


def key(kit: Kit, forms: Forms) -> Key:
    """The key of all forms; items are explained as form A prints them."""
    first, first_key = quiz(kit, forms.forms[0]), forms.keys[0]
    shown = {item.id: item for block in first.blocks for item in block.items}
    rows = []
    items = []
    for entry in first_key.entries:
        letters = tuple((k.letter, k[entry.item].letter) for k in forms.keys)
        item = shown[entry.item]
        rows.append(
            GridRow(
                entry.number, entry.skill, entry.points, tuple(x for _, x in letters)
            )
        )
        options = tuple(
            ExplainedOption(
                o.letter,
                o.text,
                o.quoted,
                k.right,
                k.why,
                MISTAKES[k.mistake] if k.mistake else "",
            )
            for o, k in zip(item.options, entry.options, strict=True)
        )
        proofs = tuple(
            KeyProof(nested(p.words) if p.quoted else p.words, p.cite, p.quoted)
            for p in entry.proofs
        )
        items.append(
            ExplainedItem(
                entry.number,
                entry.item,
                entry.skill,
                entry.points,
                item.stem,
                options,
                proofs,
                letters,
            )
        )
    skills = Counter(entry.skill for entry in first_key.entries)
    return Key(
        head=head_for(
            kit,
            "key",
            "Answer key · teacher",
            kit.head.title,
            audience="teacher",
            code=first.head.code.rpartition("-")[0],
        ),
        motion=kit.head.motion.sentence,
        codes=tuple((f.letter, f.code) for f in forms.forms),
        rows=tuple(rows),
        items=tuple(items),
        skills=tuple(skills.items()),
        points=forms.forms[0].points,
        minutes=forms.forms[0].minutes,
    )
