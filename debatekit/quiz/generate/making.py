"""What every generator makes its items with: options chosen, keys placed, proof given.

Stage: part of ``generate``. Whatever is left open is settled by hashes of ids
(``quiz.chance``), never by wording, so that an item stays the same item when a word of
it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from debatekit.kit import model
from debatekit.kit.checks.choices import Choice, words_of
from debatekit.kit.checks.style import (
    ABSOLUTES,
    ADVICE,
    OPTION_LENGTH_RATIO,
    STEM_AND_OPTIONS_WORDS,
)
from debatekit.kit.nodes import Node
from debatekit.quiz.chance import draw

LETTERS = "abcdef"
MOST_DISTRACTORS, FEWEST_DISTRACTORS = 3, 2
# The nearest wrong answers that are tried; more are slower and further off.
TRIED = 8
PROOF_WORDS = 16


@dataclass(frozen=True)
class Generated:
    """An item made from the map, and the kind of question it is."""

    kind: str
    item: model.Item


@dataclass(frozen=True)
class Answer:
    """A possible answer: what it is of (``id``), what it says, why it is right or not.

    Exactly one of ``text`` and ``passage``; ``words`` is what a passage says.
    """

    id: str
    why: str
    text: str = ""
    passage: str | None = None
    words: str = ""
    mistake: model.Mistake = "misread"

    @property
    def shown(self) -> str:
        return self.text or self.words


@dataclass(frozen=True)
class Question:
    """All of a choice item but its options. ``about`` are the ids that name it."""

    kind: str
    about: tuple[str, ...]
    origin: Node
    skill: model.Skill
    stem: str
    proof: tuple[model.Proof, ...]
    reads: tuple[model.Passage, ...] = ()
    keep_order: bool = False

    @property
    def id(self) -> str:
        return item_id(self.kind, *self.about)


def item_id(kind: str, *about: str) -> str:
    return "-".join(("gen", kind, *about))


def choice(
    question: Question, key: Answer, wrong: Sequence[Answer]
) -> Generated | None:
    """A choice of the key and the nearest wrong answers that make a fair item.

    ``wrong`` comes nearest first. Fair is what ``checks.style`` has nothing against.
    Better three wrong answers than two, and better one of them longer than the key.
    Refuses where fewer than two are left.
    """
    near = _different(key, wrong)[:TRIED]
    for longer in (True, False):
        for count in (MOST_DISTRACTORS, FEWEST_DISTRACTORS):
            for taken in combinations(near, count):
                lengths = [len(answer.shown) for answer in taken]
                if longer != (max(lengths) >= len(key.shown)):
                    continue
                if not _is_even(question, (key, *taken)):
                    continue
                placed = _placed(question, key, taken)
                if _is_fair(question, key, placed):
                    return Generated(question.kind, _item(question, key, placed))
    return None


def _different(key: Answer, wrong: Iterable[Answer]) -> list[Answer]:
    """The wrong answers that say something else than the key and than each other."""
    seen = {_plain(key.shown)}
    found = []
    for answer in wrong:
        # A wrong answer with 'never' in it gives itself away, unless the key has one.
        bare = answer.passage is None and not ABSOLUTES.search(key.shown)
        if bare and ABSOLUTES.search(answer.shown):
            continue
        if _plain(answer.shown) not in seen:
            seen.add(_plain(answer.shown))
            found.append(answer)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _placed(
    question: Question, key: Answer, wrong: Sequence[Answer]
) -> tuple[Answer, ...]:
    """The answers in the order they are written, the key at a drawn place."""
    rest = list(wrong)
    if question.keep_order:
        return tuple(sorted([key, *rest], key=lambda answer: answer.id))
    rest.sort(key=lambda answer: draw(0, question.id, answer.id))
    rest.insert(draw(0, question.id, "key") % (len(rest) + 1), key)
    return tuple(rest)


def _is_even(question: Question, answers: Sequence[Answer]) -> bool:
    """Whether length alone is no fault: the same two rules, and far cheaper."""
    if any(answer.passage is not None for answer in answers):
        return True
    counts = [len(words_of(answer.shown)) for answer in answers]
    whole = sum(counts) + len(words_of(question.stem))
    even = max(counts) <= OPTION_LENGTH_RATIO * min(counts)
    return even and whole <= STEM_AND_OPTIONS_WORDS


def _is_fair(question: Question, key: Answer, placed: Sequence[Answer]) -> bool:
    seen = Choice(
        item=question.id,
        at=question.origin.location,
        stem=question.stem,
        options=tuple(answer.shown for answer in placed),
        key=key.shown,
        distractors=tuple(a.shown for a in placed if a is not key),
        quoted=any(answer.passage is not None for answer in placed),
        passages=tuple(passage.text for passage in question.reads),
        keep_order=question.keep_order,
    )
    return not any(advise(seen) for advise in ADVICE.values())


def _item(question: Question, key: Answer, placed: Sequence[Answer]) -> model.Item:
    options = {
        LETTERS[place]: model.Option(
            origin=question.origin,
            text=answer.text,
            passage=answer.passage,
            why=answer.why,
            mistake=None if answer is key else answer.mistake,
        )
        for place, answer in enumerate(placed)
    }
    return model.Item(
        origin=question.origin,
        id=question.id,
        skill=question.skill,
        reads=tuple(passage.id for passage in question.reads),
        stem=question.stem,
        options=options,
        key=LETTERS[list(placed).index(key)],
        proof=question.proof,
        keep_order=question.keep_order,
    )


def passage_proof(passage: model.Passage) -> model.Proof:
    """The passage's first words, which a key sheet has room for."""
    words = passage.text.split()[:PROOF_WORDS]
    while words[-1] == "[…]":
        words.pop()
    return model.Proof(origin=passage.origin, passage=passage.id, words=" ".join(words))


def option_of(passage: model.Passage, why: str, mistake: model.Mistake) -> Answer:
    """A passage offered as an answer, verbatim."""
    return Answer(
        id=passage.id,
        why=why,
        passage=passage.id,
        words=passage.text,
        mistake=mistake,
    )


def nearest(
    answers: Iterable[Answer], question_id: str, key: Answer, rank: dict[str, int]
) -> list[Answer]:
    """Answers by rank (0 is nearest), then by how alike in length, then by draw."""
    return sorted(
        answers,
        key=lambda a: (
            rank.get(a.id, 0),
            abs(len(a.shown) - len(key.shown)) // 12,
            draw(0, question_id, a.id),
        ),
    )


def first_sentence(text: str) -> str:
    """The first sentence of our own prose; an initial's point ends none."""
    whole = " ".join(text.split())
    return re.split(r"(?<=[.?!])(?<!\b[A-Z]\.)\s+(?=[“'A-Z0-9])", whole)[0]
