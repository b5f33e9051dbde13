"""Items and a seed → quiz forms and their answer keys.

Stage: makes the ``records`` of items in drawn ``orders``. Which items are taken is
settled before, in ``choose``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from debatekit.kit import model
from debatekit.kit.checks.items import option_text
from debatekit.kit.kit import Kit
from debatekit.quiz import orders
from debatekit.quiz.keys import key_entry
from debatekit.quiz.passages import form_passage
from debatekit.quiz.places import key_places
from debatekit.quiz.records import (
    FORM_LETTERS,
    OPTION_LETTERS,
    AnswerKey,
    FormBlock,
    FormItem,
    FormOption,
    FormPart,
    Forms,
    KeyEntry,
    QuizForm,
)

# What a correction takes on paper, where the author does not say.
LINES = 2


def make_forms(
    kit: Kit, items: Iterable[model.Item], count: int, seed: int, minutes: int = 0
) -> Forms:
    """``count`` parallel forms: the same items, each with its options in a drawn order.

    Items stay with their passages and passages keep the order of the sources. In every
    form the key's places are as even as the numbers allow, no place comes four times
    in a row, and two neighbouring forms never share an item's right response.
    """
    blocks = blocks_of(kit, items)
    ordered = [item for _, members in blocks for item in members]
    forms: list[QuizForm] = []
    keys: list[AnswerKey] = []
    slots = [slot for item in ordered for slot in orders.slots(item)]
    before: list[int] = []
    printed: dict[str, list[str]] = {item.id: [] for item in ordered}
    code = _code(kit, ordered, seed)
    for index in range(count):
        letter = FORM_LETTERS[index]
        before = key_places(slots, before, seed, letter)
        places = iter(before)
        for item in ordered:
            earlier = printed[item.id]
            earlier.append(orders.drawn(item, places, earlier, seed, letter))
        now = {name: own[-1] for name, own in printed.items()}
        form, key = form_of(kit, blocks, now, letter, f"{code}-{letter}", minutes)
        forms.append(form)
        keys.append(key)
    return Forms(tuple(forms), tuple(keys))


Blocks = list[tuple[tuple[str, ...], list[model.Item]]]


def blocks_of(kit: Kit, items: Iterable[model.Item]) -> Blocks:
    """Items grouped by the passages they are read with, in the order of the sources;
    those that are read with none come last, and in a group those from the map."""
    place = {passage: index for index, passage in enumerate(kit.passages)}
    letters = {p: kit.source_of[p].letter for p in kit.passages}
    groups: dict[tuple[str, ...], list[model.Item]] = {}
    for item in items:
        groups.setdefault(item.reads, []).append(item)
    written = {item_id: index for index, item_id in enumerate(kit.items)}
    for members in groups.values():
        members.sort(key=lambda item: (written.get(item.id, len(written)), item.id))
    return sorted(
        groups.items(),
        key=lambda group: (
            not group[0],
            [(letters[p], place[p]) for p in group[0]],
        ),
    )


def _code(kit: Kit, items: Sequence[model.Item], seed: int) -> str:
    """A short code that names kit, version, items and seed: printed on every page."""
    parts = [kit.id, kit.head.version, str(seed), *(item.id for item in items)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:4].upper()


def form_of(
    kit: Kit,
    blocks: Blocks,
    drawn: Mapping[str, str],
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
            order = drawn[item.id]
            shown.append(_form_item(kit, item, order, number))
            entries.append(key_entry(kit, item, order, number))
        passages = tuple(form_passage(kit, passage) for passage in reads)
        form_blocks.append(FormBlock(passages, tuple(shown)))
    return (
        QuizForm(letter, code, minutes, tuple(form_blocks)),
        AnswerKey(letter, code, tuple(entries)),
    )


def _form_item(kit: Kit, item: model.Item, order: str, number: int) -> FormItem:
    prompts, options = _lettered(kit, item, order)
    second = None
    if item.evidence is not None:
        letters = order.split("/")[1]
        shown = _form_options(kit, item, item.evidence, letters)
        second = FormPart(item.evidence.stem, shown)
    lines = item.lines or (LINES if item.type == "true-false" else 0)
    return FormItem(
        number=number,
        id=item.id,
        type=item.type,
        skill=item.skill,
        stem=item.stem,
        options=options,
        second=second,
        lines=lines,
        points=item.points,
        prompts=prompts,
        wanted=len(item.right) if item.type == "multiple" else 1,
    )


def _lettered(
    kit: Kit, item: model.Item, order: str
) -> tuple[tuple[str, ...], tuple[FormOption, ...]]:
    """The left side of a matching item, and whatever has a letter, as printed."""
    if item.type == "matching":
        left, right = order.split("/")
        texts = [*(pair.right for pair in item.pairs), *(e.text for e in item.extra)]
        prompts = tuple(item.pairs[orders.COUNTED.index(x)].left for x in left)
        return prompts, _texts(texts, right)
    if item.type == "ordering":
        return (), _texts([step.text for step in item.steps], order)
    if not item.parts:
        return (), ()
    first = order.partition("/")[0]
    return (), _form_options(kit, item, item.parts[0], first)


def _texts(texts: Sequence[str], order: str) -> tuple[FormOption, ...]:
    return tuple(
        FormOption(OPTION_LETTERS[place], *_bare(texts[orders.COUNTED.index(author)]))
        for place, author in enumerate(order)
    )


def _bare(text: str) -> tuple[str, bool]:
    """A text without our marks around a source's words, and whether it had them."""
    bare = text.strip()
    quoted = bare.startswith("“") and bare.endswith("”") and "“" not in bare[1:]
    return (bare[1:-1], True) if quoted else (text, False)


def _form_options(
    kit: Kit, item: model.Item, part: model.Part, order: str
) -> tuple[FormOption, ...]:
    options = []
    read = {check for passage in item.reads for check in kit.passages[passage].checks}
    for place, author in enumerate(order):
        text = option_text(kit, part.options[author])
        quoted = part.options[author].passage is not None
        # Our marks around a source's words come off; a passage's own marks stay.
        if not quoted:
            text, quoted = _bare(text)
        passage = kit.passages.get(part.options[author].passage or "")
        checks = [c for c in passage.checks if c not in read] if passage else []
        notes = tuple(kit.checks[check].record for check in checks)
        options.append(FormOption(OPTION_LETTERS[place], text, quoted, notes))
    return tuple(options)
