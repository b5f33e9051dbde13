"""Items and a seed → quiz forms and their answer keys.

Stage: draws the order of options and makes the ``records`` of it. Which items are
taken is settled before, in ``choose``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from debatekit.kit import model
from debatekit.kit.checks.items import option_text
from debatekit.kit.kit import Kit
from debatekit.quiz.chance import shuffled
from debatekit.quiz.passages import cite, form_passage
from debatekit.quiz.places import Slot, key_places
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
    KeyGuide,
    KeyOption,
    KeyPart,
    KeyProof,
    QuizForm,
)


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
        _form_options(kit, item, part, letters)
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


def _form_options(
    kit: Kit, item: model.Item, part: model.Part, order: str
) -> tuple[FormOption, ...]:
    options = []
    read = {check for passage in item.reads for check in kit.passages[passage].checks}
    for place, author in enumerate(order):
        text = option_text(kit, part.options[author])
        quoted = part.options[author].passage is not None
        # Our marks around a source's words come off; a passage's own marks stay.
        bare = text.strip()
        if not quoted and bare.startswith("“") and bare.endswith("”"):
            quoted, text = True, bare[1:-1]
        passage = kit.passages.get(part.options[author].passage or "")
        checks = [c for c in passage.checks if c not in read] if passage else []
        notes = tuple(kit.checks[check].record for check in checks)
        options.append(FormOption(OPTION_LETTERS[place], text, quoted, notes))
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
