"""A quiz form and its answer key, as data: what the later stages take.

Stage: between Kit and documents; paper, terminal and exports all take the same
``QuizForm``. A QuizForm has no field for the key: what a student gets is made from it
alone. The AnswerKey is the other half and goes to the teacher.
"""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.kit import model

FORM_LETTERS = "ABCDEFGH"
OPTION_LETTERS = "ABCDE"


@dataclass(frozen=True)
class FormPassage:
    """A passage as a student reads it. ``cite`` is its place, ``note`` what the source
    gets wrong in these words (never left out: a quiz must not teach a mistake)."""

    id: str
    letter: str
    text: str
    cite: str
    context: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FormOption:
    """``quoted`` options are a source's words, verbatim; ``notes`` are the source
    checks that touch a passage offered as an option and not read with the item."""

    letter: str
    text: str
    quoted: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormPart:
    """The second question of a two-part item: what supports the first answer?"""

    stem: str
    options: tuple[FormOption, ...]


@dataclass(frozen=True)
class FormItem:
    """``options`` are empty where the answer is written on ``lines`` lines;
    ``second`` is the second question of a two-part item."""

    number: int
    id: str
    type: model.ItemType
    skill: model.Skill
    stem: str
    options: tuple[FormOption, ...]
    second: FormPart | None
    lines: int
    points: int


@dataclass(frozen=True)
class FormBlock:
    """Passages and the items that are answered from them, never parted in print."""

    passages: tuple[FormPassage, ...]
    items: tuple[FormItem, ...]


@dataclass(frozen=True)
class QuizForm:
    """One form of a quiz: what the student sees, and nothing else."""

    letter: str
    code: str
    minutes: int
    blocks: tuple[FormBlock, ...]

    @property
    def items(self) -> tuple[FormItem, ...]:
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def points(self) -> int:
        return sum(item.points for item in self.items)


@dataclass(frozen=True)
class KeyOption:
    letter: str
    right: bool
    why: str
    mistake: model.Mistake | None


@dataclass(frozen=True)
class KeyProof:
    """Why the key is right: the words that show it and where they stand.

    ``quoted`` is false where the proof is our own statement (a fact, a source check).
    """

    words: str
    cite: str
    quoted: bool


@dataclass(frozen=True)
class KeyPart:
    """The key of a second question."""

    letter: str
    options: tuple[KeyOption, ...]


@dataclass(frozen=True)
class KeyGuide:
    """How a written answer is scored: what earns 2, 1 and 0, and a sample answer."""

    full: str
    part: str
    none: str
    sample: str


@dataclass(frozen=True)
class KeyEntry:
    """What a teacher, or the program giving feedback, knows of one item of a form.

    ``order`` is the drawn permutation: the author's letters in printed order, the
    parts of a two-part item parted by '/'. ``letter`` is empty for a written item.
    """

    number: int
    item: str
    type: model.ItemType
    skill: model.Skill
    letter: str
    options: tuple[KeyOption, ...]
    second: KeyPart | None
    guide: KeyGuide | None
    proofs: tuple[KeyProof, ...]
    points: int
    order: str

    @property
    def answer(self) -> str:
        """The key as a teacher reads it off a grid: 'B', 'B, C', 'written'."""
        if self.guide is not None:
            return "written"
        if self.second is not None:
            return f"{self.letter}, {self.second.letter}"
        return self.letter

    def earned(self, letters: str) -> int:
        """Points for the letters chosen, one a part: both parts right earn all, the
        first alone half (PARCC's rule for evidence-based selected response)."""
        if not self.letter or letters[:1] != self.letter:
            return 0
        if self.second is None or letters[1:2] == self.second.letter:
            return self.points
        return self.points // 2


@dataclass(frozen=True)
class AnswerKey:
    letter: str
    code: str
    entries: tuple[KeyEntry, ...]

    def __getitem__(self, item_id: str) -> KeyEntry:
        return next(entry for entry in self.entries if entry.item == item_id)


@dataclass(frozen=True)
class Forms:
    """Parallel forms of one set of items, and their keys, in the same order."""

    forms: tuple[QuizForm, ...]
    keys: tuple[AnswerKey, ...]
