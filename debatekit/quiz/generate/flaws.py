"""source-error, overclaim: what a source gets wrong, and what says too much.

Stage: part of ``generate``. The faults are those of the kit's source checks; a
sentence says too much where the author of a curated item has marked it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    first_sentence,
    item_id,
    nearest,
    passage_proof,
)
from debatekit.quiz.generate.nearness import shared, stems
from debatekit.quiz.generate.uses import map_of

FAULTS: dict[str, str] = {
    "wrong": "They state what is not the case.",
    "misleading": "They give readers a wrong idea of the matter.",
    "outdated": "They were right once; later events overtook them.",
    "disputed": "They settle what people still argue about.",
    "unverifiable": "They say what nobody has been able to check.",
}
# Words of a record that would let a second fault pass as the answer. 'Misleading' is
# never a wrong answer: what has any fault misleads.
CUES: dict[str, re.Pattern[str]] = {
    fault: re.compile(words, re.IGNORECASE)
    for fault, words in {
        "outdated": r"\b(later|today|since|now|after|then|still|became|forecast|by "
        r"that day|at that time|older|incomplete)\b",
        "disputed": r"\b(disput\w*|argu\w*|disagree\w*|opinion|reading|den(y|ies)|"
        r"reads? into|picture|word fits|may have)\b",
        "unverifiable": r"\b(no source|found|rests on|known|proof|established|count\w*|"
        r"number|public|evidence|declare|checks)\b",
    }.items()
}
# 'Wrong' may be offered beside these: what is settled or true once is not wrong.
WRONG_BESIDE = {"outdated", "disputed", "unverifiable"}


def source_error(kit: Kit) -> Iterator[Generated]:
    """What kind of fault, and which record corrects which words."""
    yield from _kinds_of_fault(kit)
    yield from _corrections(kit)


def _kinds_of_fault(kit: Kit) -> Iterator[Generated]:
    """What is wrong with these words? On passages with one source check."""
    for passage in kit.passages.values():
        if len(passage.checks) != 1:
            continue
        check = kit.checks[passage.checks[0]]
        question = Question(
            kind="source-error",
            about=("fault", check.id, passage.id),
            origin=check.origin,
            skill="source",
            stem=f"The source check is about these words: “{check.says}” What does it "
            "find?",
            proof=(
                model.Proof(origin=check.origin, check=check.id),
                passage_proof(passage),
            ),
            reads=(passage,),
        )
        found = first_sentence(check.record)
        key = Answer(check.fault, f"The check: {found}", text=FAULTS[check.fault])
        wrong = [
            Answer(fault, f"The check finds something else: {found}", text=text)
            for fault, text in FAULTS.items()
            if fault != check.fault and not _may_also_be(check, fault)
        ]
        made = choice(question, key, nearest(wrong, question.id, key, {}))
        if made:
            yield made


def _may_also_be(check: model.SourceCheck, fault: str) -> bool:
    if fault == "misleading":
        return True
    if fault == "wrong":
        return check.fault not in WRONG_BESIDE
    return bool(CUES[fault].search(check.record))


SET_SIZES = (4, 3)
SENTENCE_WORDS, RECORD_WORDS = 6, 32


def _corrections(kit: Kit) -> Iterator[Generated]:
    """Match words of one source with the first sentence of what the record says."""
    for source in kit.sources:
        known = [check for check in source.checks if _stands_alone(check)]
        while len(known) >= min(SET_SIZES):
            taken = _clear_set(known)
            if not taken:
                break
            known = [check for check in known if check not in taken]
            yield _matching(source, taken)


def _stands_alone(check: model.SourceCheck) -> bool:
    """Whether a record's first sentence names what it is about, in other words."""
    sentence = first_sentence(check.record)
    named = re.search(r"(?<!^)\b([A-Z][a-z]|\d)", sentence)
    short = SENTENCE_WORDS <= len(sentence.split()) <= RECORD_WORDS
    echoes = shared(check.says, sentence) > 1
    return bool(named) and short and not echoes and "…" not in check.says


def _clear_set(known: Sequence[model.SourceCheck]) -> tuple[model.SourceCheck, ...]:
    """The first checks none of which could be taken for another of them."""
    for size in SET_SIZES:
        taken: list[model.SourceCheck] = []
        for check in known:
            if all(_apart(check, one) for one in taken):
                taken.append(check)
            if len(taken) == size:
                return tuple(taken)
    return ()


def _apart(one: model.SourceCheck, other: model.SourceCheck) -> bool:
    """Whether each record is nearer to its own words than to the other's."""
    if one.at.paragraph is not None and one.at.paragraph == other.at.paragraph:
        return False
    return all(
        shared(b.says, first_sentence(a.record)) <= shared(a.says, a.record)
        and shared(b.says, first_sentence(a.record)) == 0
        for a, b in ((one, other), (other, one))
    )


def _place(check: model.SourceCheck) -> str:
    if check.at.comment is not None:
        return f"Reader comment {check.at.comment}"
    return f"Paragraph {check.at.paragraph}"


def _matching(source: model.Source, checks: Sequence[model.SourceCheck]) -> Generated:
    pairs = tuple(
        model.Pair(
            origin=check.origin,
            left=f"{_place(check)}: “{check.says}”",
            right=first_sentence(check.record),
            why=check.record,
        )
        for check in checks
    )
    item = model.Item(
        origin=source.origin,
        id=item_id("source-error", "match", *(check.id for check in checks)),
        type="matching",
        skill="source",
        stem=f"A source check corrects each of these words of Source {source.letter}, "
        "or adds to them. Match each with how its check begins.",
        pairs=pairs,
        proof=tuple(
            model.Proof(origin=check.origin, check=check.id) for check in checks
        ),
        points=len(pairs),
    )
    return Generated("source-error", item)


SENTENCE = re.compile(r"^[A-Z].*[a-z].*\.$", re.DOTALL)


def overclaim(kit: Kit) -> Iterator[Generated]:
    """Which sentence says more than the passage? The others say no more than it does.

    Only whole sentences are taken: a part of one leans on the stem it was written for.
    """
    found = map_of(kit)
    for item in kit.items.values():
        for option in _overclaims(item):
            passage = kit.passages.get(item.reads[0])
            if passage is None:
                continue
            safe = list(_safe_sentences(kit, passage.id))
            safe += [
                Answer(
                    e.id, f"A tag that the passage bears out. {passage.context}", e.tag
                )
                for _, e in found.evidence()
                if e.passage == passage.id
            ]
            question = Question(
                kind="overclaim",
                about=(item.id,),
                origin=item.origin,
                skill="evaluate",
                stem="Which of these sentences says more than the passage does?",
                proof=(passage_proof(passage),),
                reads=(passage,),
            )
            key = Answer("over", option.why, text=option.text)
            made = choice(question, key, nearest(safe, question.id, key, {}))
            if made:
                yield made
            break


def _overclaims(item: model.Item) -> Iterator[model.Option]:
    if item.type == "choice" and len(item.reads) == 1:
        for option in item.options.values():
            if option.mistake == "overclaim" and _is_sentence(option.text):
                yield option


def _safe_sentences(kit: Kit, passage: str) -> Iterator[Answer]:
    """Keys of curated items that restate this passage."""
    for item in kit.items.values():
        if item.type != "choice" or item.reads != (passage,):
            continue
        key = item.options[item.key or ""]
        if item.skill == "paraphrase" and _is_sentence(key.text):
            yield Answer(item.id, key.why, text=key.text)


def _is_sentence(text: str) -> bool:
    whole = len(text.split()) >= SENTENCE_WORDS and bool(SENTENCE.match(text))
    return whole and bool(stems(text))
