"""A quiz form and its answer key, as data: what the later stages take.

Stage: between Kit and documents; paper, terminal and exports all take the same
``QuizForm``. A QuizForm has no field for the key: what a student gets is made from it
alone. The AnswerKey is the other half and goes to the teacher.
"""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.kit import model
from debatekit.quiz import scoring

FORM_LETTERS = "ABCDEFGH"
OPTION_LETTERS = "ABCDEFGHI"


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
    """``options`` are what has a letter: choices, steps, the right side of a matching
    item, whose left side is ``prompts``. ``second`` is the second question of a
    two-part item; a written answer and a correction have ``lines``; ``wanted`` is how
    many letters to mark."""

    number: int
    id: str
    type: model.ItemType
    skill: model.Skill
    stem: str
    options: tuple[FormOption, ...]
    second: FormPart | None
    lines: int
    points: int
    prompts: tuple[str, ...] = ()
    wanted: int = 1

    @property
    def task(self) -> str:
        """What to do on paper, where it is not to mark one letter or to write."""
        match self.type:
            case "multiple":
                return f"Mark every right answer ({self.wanted} of them)."
            case "matching":
                return f"Write a letter beside each number. {self._left_over}"
            case "ordering":
                return "Write a number in each box: 1 = first."
            case "cloze":
                return "Write in the gap what is missing."
        return ""

    @property
    def _left_over(self) -> str:
        count = len(self.options) - len(self.prompts)
        if not count:
            return "Use each letter once."
        return f"{count} {'letter is' if count == 1 else 'letters are'} left over."


@dataclass(frozen=True)
class FormBlock:
    """Passages and the items that are answered from them, never parted in print; items
    on the kit as a whole have none."""

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
    """``right`` says that it is the key or one of them; a step, and a text that has a
    partner, is right too."""

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

    ``order`` is the drawn permutation, as ``orders`` writes it. ``letter`` is the right
    response in the form's letters: 'B', 'AC', for pairs and steps 'CAB', 'T' or 'F'; it
    is empty where words are typed (``answers``) or written (``guide``).
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
    answers: tuple[str, ...] = ()
    correction: str = ""
    why: str = ""

    @property
    def answer(self) -> str:
        """The key as a teacher reads it off a grid: 'B', 'B, C', '1C 2A', 'written'."""
        match self.type:
            case "written":
                return "written"
            case "two-part" if self.second is not None:
                return f"{self.letter}, {self.second.letter}"
            case "multiple":
                return ", ".join(self.letter)
            case "matching":
                return " ".join(f"{n}{x}" for n, x in enumerate(self.letter, 1))
            case "ordering":
                return " ".join(self.letter)
            case "true-false":
                return "true" if self.letter == "T" else "false"
            case "cloze":
                return self.answers[0]
        return self.letter

    def earned(self, response: str, corrected: bool = False) -> int:
        """Points for a response: letters in the order asked, or typed words;
        ``corrected`` says that a false statement was put right. Nothing for a written
        answer, which a person scores."""
        points, key = self.points, self.letter
        match self.type:
            case "choice":
                return scoring.choice(points, key, response)
            case "two-part":
                both = key + (self.second.letter if self.second else "")
                return scoring.two_part(points, both, response)
            case "multiple":
                return scoring.multiple(points, key, response)
            case "matching":
                return scoring.matching(points, key, response)
            case "ordering":
                return scoring.ordering(points, key, response)
            case "true-false":
                return scoring.true_false(points, key, response, corrected)
            case "cloze":
                return scoring.cloze(points, self.answers, response)
        return 0


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
