"""The teacher's answer key: all forms on one grid, then every item explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from debatekit.documents.common import Head, head_for
from debatekit.documents.quiz import quiz
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import counted
from debatekit.quiz.passages import nested
from debatekit.quiz.records import (
    FormItem,
    FormOption,
    Forms,
    KeyEntry,
    KeyGuide,
    KeyOption,
    KeyProof,
    QuizForm,
)
from debatekit.quiz.scoring import for_correction

# What choosing a distractor suggests, in words for a teacher; the page leaves out the
# last, which says no more than that the answer is wrong.
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
    answers: tuple[str, ...]


@dataclass(frozen=True)
class ExplainedOption:
    letter: str
    text: str
    quoted: bool
    right: bool
    why: str
    suggests: str


@dataclass(frozen=True)
class ExplainedPart:
    """A question with its options; ``stem`` is empty where the item's stem is meant."""

    stem: str
    options: tuple[ExplainedOption, ...]


@dataclass(frozen=True)
class ExplainedRow:
    """A pair, a step or what is left over: ``label`` is what a student answers ('2C',
    'C'), ``left`` the left-hand text of a pair."""

    label: str
    letter: str
    left: str
    text: str
    quoted: bool
    why: str


@dataclass(frozen=True)
class ExplainedItem:
    """``parts`` are questions with options; ``rows`` pairs in printed order, or steps
    in the right one. ``scoring`` is empty where it goes without saying or has a guide.
    """

    number: int
    id: str
    type: str
    skill: str
    points: int
    stem: str
    parts: tuple[ExplainedPart, ...]
    guide: KeyGuide | None
    proofs: tuple[KeyProof, ...]
    answers: tuple[tuple[str, str], ...]
    rows: tuple[ExplainedRow, ...]
    scoring: str
    why: str
    correction: str
    accepted: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A question under a source, by its number there, and what to look for."""

    number: int
    question: str
    answer: str


@dataclass(frozen=True)
class SourceAnswers:
    letter: str
    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Key:
    """``met`` is what the blueprint asks for beside skills, and what a form has.
    ``sources`` answers the questions under the sources, where the kit does.
    """

    head: Head
    motion: str
    codes: tuple[tuple[str, str], ...]
    rows: tuple[GridRow, ...]
    items: tuple[ExplainedItem, ...]
    skills: tuple[tuple[str, int], ...]
    met: tuple[tuple[str, str], ...]
    points: int
    minutes: int
    sources: tuple[SourceAnswers, ...]


def key(kit: Kit, forms: Forms) -> Key:
    """The key of all forms; items are explained as form A prints them."""
    first, entries = quiz(kit, forms.forms[0]), forms.keys[0].entries
    shown = {item.id: item for block in first.blocks for item in block.items}
    skills = Counter(entry.skill for entry in entries)
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
        rows=tuple(_row(forms, entry) for entry in entries),
        items=tuple(_explained(forms, entry, shown[entry.item]) for entry in entries),
        skills=tuple(skills.items()),
        met=tuple(_met(kit, forms.forms[0])),
        points=forms.forms[0].points,
        minutes=forms.forms[0].minutes,
        sources=tuple(
            _source_answers(source, source.answers)
            for source in sorted(kit.sources, key=lambda source: source.letter)
            if source.answers is not None
        ),
    )


def _source_answers(source: model.Source, told: model.Questions) -> SourceAnswers:
    both = zip(source.questions.asked, told.asked, strict=True)
    return SourceAnswers(
        source.letter,
        source.title,
        tuple(Answered(n, *pair) for n, pair in enumerate(both, start=1)),
    )


def _met(kit: Kit, form: QuizForm) -> Iterator[tuple[str, str]]:
    """Each thing that the blueprint asks for beside skills, and what a form has."""
    asked = kit.head.quiz
    there: Counter[str] = Counter(item.type for item in form.items)
    for block in form.blocks:
        traits = {kit.passages[p.id].stance for p in block.passages}
        for trait in traits | {p.letter for p in block.passages}:
            there[trait] += len(block.items)
    letters = {source.id: source.letter for source in kit.sources}
    tables = {
        "Sides": tuple(asked.sides),
        "Sources": tuple(letters[name] for name in asked.sources),
        "Types": tuple(asked.types),
    }
    for label, names in tables.items():
        if names:
            yield label, ", ".join(f"{name} {there[name]}" for name in names)
    made = sum(item.id not in kit.items for item in form.items)
    if made:
        yield "From the map", str(made)


def _row(forms: Forms, entry: KeyEntry) -> GridRow:
    answers = tuple(key[entry.item].answer for key in forms.keys)
    return GridRow(entry.number, entry.skill, entry.points, answers)


def _explained(forms: Forms, entry: KeyEntry, item: FormItem) -> ExplainedItem:
    parts = []
    if entry.options and item.type not in ("matching", "ordering"):
        parts.append(ExplainedPart("", _options(item.options, entry.options)))
    if item.second is not None and entry.second is not None:
        options = _options(item.second.options, entry.second.options)
        parts.append(ExplainedPart(item.second.stem, options))
    return ExplainedItem(
        number=entry.number,
        id=entry.item,
        type=entry.type,
        skill=entry.skill,
        points=entry.points,
        stem=item.stem,
        parts=tuple(parts),
        guide=entry.guide,
        proofs=tuple(
            KeyProof(nested(p.words) if p.quoted else p.words, p.cite, p.quoted)
            for p in entry.proofs
        ),
        answers=tuple((key.letter, key[entry.item].answer) for key in forms.keys),
        rows=_rows(entry, item),
        scoring=_scoring(entry),
        why=entry.why,
        correction=entry.correction,
        accepted=entry.answers,
    )


def _rows(entry: KeyEntry, item: FormItem) -> tuple[ExplainedRow, ...]:
    """Pairs by their numbers, then what is left over; steps in the right order."""
    if item.type not in ("matching", "ordering"):
        return ()
    told = {o.letter: (o, k) for o, k in zip(item.options, entry.options, strict=True)}
    right = list(entry.letter)
    lefts = dict(zip(right, enumerate(item.prompts, 1), strict=False))
    rows = []
    for letter in [*right, *(x for x in told if x not in right)]:
        option, known = told[letter]
        number, left = lefts.get(letter, ("", ""))
        rows.append(
            ExplainedRow(
                f"{number}{letter}",
                letter,
                left,
                option.text,
                option.quoted,
                known.why,
            )
        )
    return tuple(rows)


def _scoring(entry: KeyEntry) -> str:
    """How an answer that is partly right is scored, in a line."""
    points = counted(entry.points, "point")
    match entry.type:
        case "multiple":
            share = f"{points} × (right letters − wrong letters) ÷ {len(entry.letter)}"
            return f"{share}, rounded down, never below 0."
        case "two-part":
            half = entry.points // 2
            first = f"{half} for part A alone" if half else "part A alone earns nothing"
            return f"{points} for both parts right, {first}, 0 for part B alone."
        case "matching" if entry.points == len(entry.letter):
            return "1 point for each number right."
        case "matching":
            return f"{points} × numbers right ÷ {len(entry.letter)}, rounded down."
        case "ordering":
            return (
                f"{points} × neighbours kept ÷ {len(entry.letter) - 1}, rounded down: "
                "a step counts when the one that rightly follows comes straight after."
            )
        case "true-false" if entry.letter == "F":
            rest = for_correction(entry.points)
            return f"{entry.points - rest} for ‘false’, {rest} for a right correction."
        case "true-false":
            return f"{points} for ‘true’; a correction earns nothing."
        case "cloze":
            return f"{points} or none; case, accents and a slip in spelling aside."
    return ""


def _options(
    shown: tuple[FormOption, ...], known: tuple[KeyOption, ...]
) -> tuple[ExplainedOption, ...]:
    return tuple(
        ExplainedOption(
            o.letter,
            o.text,
            o.quoted,
            k.right,
            k.why,
            MISTAKES[k.mistake] if k.mistake and k.mistake != "misread" else "",
        )
        for o, k in zip(shown, known, strict=True)
    )
