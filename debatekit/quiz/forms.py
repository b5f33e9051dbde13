"""Items and a seed → quiz forms and their answer keys.

Stage: between Kit and documents; paper, terminal and exports all take the same
``QuizForm``. A QuizForm has no field for the key: what a student gets is made from it
alone. The AnswerKey is the other half and goes to the teacher.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from debatekit.kit import model
from debatekit.kit.checks.items import option_text
from debatekit.kit.dates import long_date
from debatekit.kit.load import Kit
from debatekit.kit.problems import UserError, did_you_mean
from debatekit.quiz.chance import draw, shuffled
from debatekit.quiz.places import Slot, key_places

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
    """``quoted`` options are a source's words, verbatim."""

    letter: str
    text: str
    quoted: bool


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


# ------------------------------------------------------------------- choosing


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


def choose(
    kit: Kit,
    items: Sequence[model.Item],
    counts: Mapping[model.Skill, int],
    seed: int,
) -> tuple[model.Item, ...]:
    """As many items of each skill as ``counts`` says, spread over sources and sides.

    Raises UserError where there are too few of a skill.
    """
    used: Counter[str] = Counter()
    chosen: list[model.Item] = []
    for skill, wanted in counts.items():
        pool = [item for item in items if item.skill == skill]
        if len(pool) < wanted:
            raise UserError(
                f'the quiz asks for {wanted} items of skill "{skill}", '
                f"but there are {len(pool)}"
            )
        chosen += _spread(kit, pool, wanted, seed, used)
    return tuple(chosen)


def choose_any(
    kit: Kit, items: Sequence[model.Item], count: int, seed: int
) -> tuple[model.Item, ...]:
    """Up to ``count`` items, spread over skills, sources and sides."""
    return tuple(_spread(kit, list(items), count, seed, Counter()))


def _spread(
    kit: Kit, pool: list[model.Item], count: int, seed: int, used: Counter[str]
) -> list[model.Item]:
    labels = {item.id: _labels(kit, item) for item in pool}
    lots = {item.id: draw(seed, "choose", item.id) for item in pool}
    chosen: list[model.Item] = []
    while pool and len(chosen) < count:
        best = min(pool, key=lambda i: (_excess(labels[i.id], used), lots[i.id]))
        pool.remove(best)
        chosen.append(best)
        used.update(labels[best.id])
    return chosen


def _excess(labels: Sequence[str], used: Counter[str]) -> float:
    """How much a quiz has already of what an item brings.

    A mean over its passages, so that an item on two is as welcome as one on one.
    """
    skill, *others = labels
    return used[skill] + sum(used[label] for label in others) / len(others)


def _labels(kit: Kit, item: model.Item) -> list[str]:
    """What a fair quiz should not have too much of."""
    labels = [f"skill:{item.skill}"]
    for passage in item.reads:
        labels.append(f"source:{kit.source_of[passage].id}")
        labels.append(f"stance:{kit.passages[passage].stance}")
        labels.append(f"passage:{passage}")
    return labels


# -------------------------------------------------------------------- drawing


def make_forms(
    kit: Kit, items: Iterable[model.Item], count: int, seed: int, minutes: int = 0
) -> Forms:
    """``count`` parallel forms: the same items, each with its options in a drawn order.

    Items stay with their passages and passages keep the order of the sources. In every
    form the key's places are as even as the numbers allow, no place comes four times
    in a row, and two neighbouring forms never share an item's key place.
    """
    blocks = blocks_of(kit, items)
    ordered = [item for _, members in blocks for item in members]
    forms: list[QuizForm] = []
    keys: list[AnswerKey] = []
    parts = [part for item in ordered for part in item.parts]
    slots = [_slot(part) for part in parts]
    before: list[int] = []
    code = _code(kit, ordered, seed)
    for index in range(count):
        letter = FORM_LETTERS[index]
        before = key_places(slots, before, seed, letter)
        places = iter(before)
        orders = {item.id: _orders(item, places, seed, letter) for item in ordered}
        form, key = form_of(kit, blocks, orders, letter, f"{code}-{letter}", minutes)
        forms.append(form)
        keys.append(key)
    return Forms(tuple(forms), tuple(keys))


Blocks = list[tuple[tuple[str, ...], list[model.Item]]]


def blocks_of(kit: Kit, items: Iterable[model.Item]) -> Blocks:
    """Items grouped by the passages they are read with, in the order of the sources."""
    place = {passage: index for index, passage in enumerate(kit.passages)}
    letters = {p: kit.source_of[p].letter for p in kit.passages}
    groups: dict[tuple[str, ...], list[model.Item]] = {}
    for item in items:
        groups.setdefault(item.reads, []).append(item)
    written = {item_id: index for index, item_id in enumerate(kit.items)}
    for members in groups.values():
        members.sort(key=lambda item: written[item.id])
    return sorted(
        groups.items(),
        key=lambda group: [(letters[p], place[p]) for p in group[0]],
    )


def _slot(part: model.Part) -> Slot:
    kept = list(part.options).index(part.key or "") if part.keep_order else None
    return Slot(len(part.options), kept)


def _orders(item: model.Item, places: Iterator[int], seed: int, form: str) -> str:
    """The orders of an item's parts; takes a place from ``places`` for each."""
    names = ("options", "evidence")
    return "/".join(
        _order(part, next(places), seed, form, name, item.id)
        for name, part in zip(names, item.parts, strict=False)
    )


def _order(part: model.Part, place: int, seed: int, *names: str) -> str:
    """The author's letters in printed order, the key at its place."""
    if part.keep_order:
        return "".join(part.options)
    rest = [letter for letter in part.options if letter != part.key]
    order = shuffled(rest, seed, *names)
    order.insert(place, part.key or "")
    return "".join(order)


def _code(kit: Kit, items: Sequence[model.Item], seed: int) -> str:
    """A short code that names kit, version, items and seed: printed on every page."""
    parts = [kit.id, kit.head.version, str(seed), *(item.id for item in items)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:4].upper()


def form_of(
    kit: Kit,
    blocks: Blocks,
    orders: Mapping[str, str],
    letter: str,
    code: str,
    minutes: int,
) -> tuple[QuizForm, AnswerKey]:
    """The form and key of a permutation already drawn."""
    number = 0
    form_blocks: list[FormBlock] = []
    entries: list[KeyEntry] = []
    for reads, members in blocks:
        shown: list[FormItem] = []
        for item in members:
            number += 1
            order = orders[item.id]
            shown.append(_form_item(kit, item, order, number))
            entries.append(_key_entry(kit, item, order, number))
        passages = tuple(form_passage(kit, passage) for passage in reads)
        form_blocks.append(FormBlock(passages, tuple(shown)))
    return (
        QuizForm(letter, code, minutes, tuple(form_blocks)),
        AnswerKey(letter, code, tuple(entries)),
    )


def _form_item(kit: Kit, item: model.Item, order: str, number: int) -> FormItem:
    shown = [
        _form_options(kit, part, letters)
        for part, letters in zip(item.parts, order.split("/"), strict=False)
    ]
    second = None
    if item.evidence is not None:
        second = FormPart(item.evidence.stem, shown[1])
    return FormItem(
        number=number,
        id=item.id,
        type=item.type,
        skill=item.skill,
        stem=item.stem,
        options=shown[0] if shown else (),
        second=second,
        lines=item.lines or 0,
        points=item.points,
    )


def _form_options(kit: Kit, part: model.Part, order: str) -> tuple[FormOption, ...]:
    options = []
    for place, author in enumerate(order):
        text = option_text(kit, part.options[author])
        quoted = part.options[author].passage is not None or text.startswith("“")
        bare = text.strip().removeprefix("“").removesuffix("”") if quoted else text
        options.append(FormOption(OPTION_LETTERS[place], bare, quoted))
    return tuple(options)


def _key_entry(kit: Kit, item: model.Item, order: str, number: int) -> KeyEntry:
    keys = [
        KeyPart(
            OPTION_LETTERS[letters.index(part.key or "")], _key_options(part, letters)
        )
        for part, letters in zip(item.parts, order.split("/"), strict=False)
    ]
    guide = None
    if item.guide is not None:
        guide = KeyGuide(item.guide.full, item.guide.part, item.guide.none, item.sample)
    return KeyEntry(
        number=number,
        item=item.id,
        type=item.type,
        skill=item.skill,
        letter=keys[0].letter if keys else "",
        options=keys[0].options if keys else (),
        second=keys[1] if len(keys) > 1 else None,
        guide=guide,
        proofs=tuple(_key_proof(kit, proof) for proof in item.proof),
        points=item.points,
        order=order,
    )


def _key_options(part: model.Part, order: str) -> tuple[KeyOption, ...]:
    return tuple(
        KeyOption(
            letter=OPTION_LETTERS[place],
            right=author == part.key,
            why=part.options[author].why,
            mistake=part.options[author].mistake,
        )
        for place, author in enumerate(order)
    )


def _key_proof(kit: Kit, proof: model.Proof) -> KeyProof:
    if proof.passage is not None:
        return KeyProof(proof.words, cite(kit, proof.passage), True)
    if proof.check is not None:
        check = kit.checks[proof.check]
        letter = kit.source_of[proof.check].letter
        return KeyProof(check.record, f"source check, Source {letter}", False)
    if proof.fact is not None:
        fact = kit.facts[proof.fact]
        ref = fact.reference
        return KeyProof(fact.statement, f"{ref.issuer}, {ref.document}", False)
    source = next(s for s in kit.sources if s.id == proof.source)
    return KeyProof(proof.words, f"about Source {source.letter}", False)


# ------------------------------------------------------------------- passages


def form_passage(kit: Kit, passage_id: str) -> FormPassage:
    """A passage ready to be shown, with the source checks that touch it."""
    passage = kit.passages[passage_id]
    source = kit.source_of[passage_id]
    return FormPassage(
        id=passage.id,
        letter=source.letter,
        text=passage.text,
        cite=cite(kit, passage_id),
        context=passage.context,
        notes=tuple(kit.checks[check].record for check in passage.checks),
    )


def cite(kit: Kit, passage_id: str) -> str:
    """A passage's source line: who, where, when, which paragraph or comment.

    A reader comment is never cited as an author: screen name, 'reader comment' and
    'identity not verified' (NSDA: unattributed ideas are not evidence).
    """
    passage = kit.passages[passage_id]
    source = kit.source_of[passage_id]
    start = f"Source {source.letter}"
    at = passage.at
    if at.comment is not None:
        place = f", {at.place}" if at.place else ""
        return (
            f"{start}, reader comment {at.comment}, screen name {at.name}{place}, "
            f"{long_date(source.date)}, identity and expertise not verified"
        )
    who = source.author if source.author != "not known" else f"“{source.title}”"
    speaker = f"{passage.speaker}, quoted in " if passage.speaker else ""
    return f"{start}, {speaker}{who}, {long_date(source.date)}, ¶{at.paragraph}"
