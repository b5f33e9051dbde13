"""who-said, source-kind: who is speaking, and what kind of text it is.

Stage: part of ``generate``. A reader comment is a screen name, never an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.generate.making import (
    Answer,
    Generated,
    Question,
    choice,
    first_sentence,
    nearest,
    passage_proof,
)
from debatekit.quiz.generate.nearness import forms_in
from debatekit.quiz.generate.uses import voice_id

NAME_WORDS = 4
UNNAMED = "The writer"


def who_said(kit: Kit) -> Iterator[Generated]:
    """Whose words are these, where somebody else might be taken for the speaker.

    Refused where nobody else is named in the words or beside them, or is quoted in the
    same source: the source line would give the answer away.
    """
    for passage in kit.passages.values():
        if len(passage.speaker.split()) > NAME_WORDS:
            continue  # a description, not a name
        source = kit.source_of[passage.id]
        beside = {a.id for a in _people_named(kit, passage)}
        beside |= {voice_id(kit, p) for p in source.passages if p.speaker}
        if passage.speaker:
            beside |= {_writer(kit, passage).id}
        beside -= {_voice(kit, passage).id}
        if not beside:
            continue
        wrong: dict[str, Answer] = {}
        for answer in [*_people_named(kit, passage), *_voices(kit, passage)]:
            wrong.setdefault(answer.id, answer)
        key = _voice(kit, passage)
        # Whoever hides behind a screen name, or behind none, may write elsewhere too.
        hidden = not key.id.startswith(("speaker ", "author "))
        rivals = [
            answer
            for answer in wrong.values()
            if not _same(answer.text, key.text)
            and not (hidden and answer.id.startswith("author "))
        ]
        question = Question(
            kind="who-said",
            about=(passage.id,),
            origin=passage.origin,
            skill="source",
            stem="Who is speaking in this passage?",
            proof=(passage_proof(passage),),
            reads=(passage,),
        )
        rank = {answer.id: int(answer.id not in beside) for answer in rivals}
        made = choice(question, key, nearest(rivals, question.id, key, rank))
        if made and any(o.text in _texts(wrong, beside) for o in _wrong_of(made.item)):
            yield made


def _texts(answers: dict[str, Answer], wanted: set[str]) -> set[str]:
    return {answer.text for answer in answers.values() if answer.id in wanted}


def _wrong_of(item: model.Item) -> list[model.Option]:
    return [option for letter, option in item.options.items() if letter != item.key]


def _voice(kit: Kit, passage: model.Passage) -> Answer:
    """Who speaks: whoever is quoted, else the writer."""
    if not passage.speaker:
        return _writer(kit, passage)
    source = kit.source_of[passage.id]
    return Answer(
        voice_id(kit, passage),
        f"The source line names the speaker; Source {source.letter} only quotes.",
        text=passage.speaker,
    )


def _writer(kit: Kit, passage: model.Passage) -> Answer:
    """The writer of the text a passage stands in, whoever is quoted there."""
    source = kit.source_of[passage.id]
    letter = source.letter
    if passage.at.comment is not None:
        return Answer(
            f"reader {passage.at.name.casefold()}",
            f"A reader comment of Source {letter}; nobody checked who wrote it.",
            text=f"The reader '{passage.at.name}'",
        )
    if source.author != "not known":
        return Answer(
            f"author {source.author.casefold()}",
            f"The writer of Source {letter}, by its source line.",
            text=source.author,
        )
    return Answer(
        f"source {source.id}",
        f"Source {letter} names no writer: these are its own words.",
        text=UNNAMED,
    )


def _people_named(kit: Kit, passage: model.Passage) -> Iterator[Answer]:
    """Persons of the kit whose last name stands in the words or in the context line."""
    text = f"{passage.text} {passage.context}"
    for person in kit.extras.people.values():
        named = any(forms_in(name, text) for name in person.name.split())
        if person.kind == "person" and named:
            yield Answer(
                f"speaker {person.name.casefold()}",
                f"{person.name} is spoken of here, and does not speak.",
                text=person.name,
            )


def _voices(kit: Kit, passage: model.Passage) -> Iterator[Answer]:
    """Everybody else who speaks in the kit's passages.

    Readers only beside readers: nobody takes a screen name for the writer of a report.
    """
    for other in kit.passages.values():
        for answer in (_voice(kit, other), _writer(kit, other)):
            if answer.id == _voice(kit, passage).id:
                continue
            here = kit.source_of[other.id] is kit.source_of[passage.id]
            long = len(answer.text.split()) > NAME_WORDS and other.speaker != ""
            readers = (other.at.comment is None, passage.at.comment is None)
            unnamed = answer.text == UNNAMED and not here
            if long or unnamed or readers == (False, True):
                continue
            yield Answer(
                answer.id,
                f"{answer.text} speaks in other passages of this kit, not in this one.",
                text=answer.text,
                mistake="misread" if here else "other-source",
            )


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one voice: one stands in the other."""
    small, large = sorted((one.casefold(), other.casefold()), key=len)
    return small in large


KINDS: dict[model.SourceKind, str] = {
    "analysis": "An analysis of a policy",
    "news": "A report of the news",
    "newsletter": "A newsletter for its subscribers",
    "opinion": "A piece of opinion",
    "reader comments": "A comment by a reader",
    "official document": "A document of an office",
    "research": "A study by researchers",
    "speech": "A speech before an audience",
}
# Kinds that one text may be at the same time; 'other' may be anything.
ALIKE: tuple[frozenset[model.SourceKind], ...] = (
    frozenset({"analysis", "opinion", "research", "newsletter"}),
    frozenset({"news", "newsletter"}),
    frozenset({"opinion", "reader comments", "speech"}),
)


def source_kind(kit: Kit) -> Iterator[Generated]:
    """What kind of text is this source? One item a source, on its first passage."""
    for source in kit.sources:
        if source.kind not in KINDS:
            continue
        own = [passage for passage in source.passages if not passage.speaker]
        if not own:
            continue
        passage = own[0]
        question = Question(
            kind="source-kind",
            about=(source.id,),
            origin=source.origin,
            skill="source",
            stem=f"What kind of text is Source {source.letter}?",
            proof=(
                model.Proof(origin=source.origin, source=source.id, words=source.kind),
            ),
            reads=(passage,),
        )
        key = Answer(source.kind, source.head_note, text=KINDS[source.kind])
        wrong = [
            Answer(
                kind,
                f"Its head note says otherwise: {first_sentence(source.head_note)}",
                text=text,
            )
            for kind, text in KINDS.items()
            if kind != source.kind
            and not any({kind, source.kind} <= group for group in ALIKE)
        ]
        made = choice(question, key, nearest(wrong, question.id, key, {}))
        if made:
            yield made
