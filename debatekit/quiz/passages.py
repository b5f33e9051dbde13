"""A passage as it is shown beside items, and the line that says where it stands.

Stage: part of making forms; the source line is also what the handouts print.
"""

from __future__ import annotations

from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit
from debatekit.quiz.records import FormPassage


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


def cite(kit: Kit, passage_id: str, words: str = "") -> str:
    """A passage's source line: who, where, when, which paragraph or comment, and on
    which lines of the handout it stands, or its ``words`` where they are given.

    A reader comment is never cited as an author: screen name, 'reader comment' and
    'identity not verified' (NSDA: unattributed ideas are not evidence).
    """
    passage = kit.passages[passage_id]
    source = kit.source_of[passage_id]
    start = f"Source {source.letter}"
    at = passage.at
    lines = _lines(kit, passage_id, words)
    if at.comment is not None:
        place = f", {at.place}" if at.place else ""
        return (
            f"{start}, reader comment {at.comment}, screen name {at.name}{place}, "
            f"{long_date(source.date)}, identity and expertise not verified{lines}"
        )
    who = source.author if source.author != "not known" else f"“{source.title}”"
    speaker = f"{passage.speaker}, quoted in " if passage.speaker else ""
    when = long_date(source.date)
    return f"{start}, {speaker}{who}, {when}, ¶{at.paragraph}{lines}"


def _lines(kit: Kit, passage_id: str, words: str) -> str:
    lines = kit.passage_lines.get(passage_id)
    if lines is None:
        return ""
    start = kit.passages[passage_id].text.find(words) if words else -1
    spelled = lines.of(start, start + len(words)) if start >= 0 else str(lines)
    return f"; {spelled} of the handout"


def nested(text: str) -> str:
    """A quotation's own double marks as single ones: it is set inside double marks."""
    return text.replace("“", "‘").replace("”", "’").replace('"', "'")
