"""Documents → Word files that a teacher can edit and a debater can cut.

Stage: beside ``html`` and ``pdf``, the last before a file. The only owner of
python-docx, which is imported when the first Word file is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from debatekit.documents.handouts import Handout
from debatekit.render.html import Paper
from debatekit.render.word.brief import write_brief
from debatekit.render.word.cards import write_cards
from debatekit.render.word.key import write_key
from debatekit.render.word.quiz import write_quiz

if TYPE_CHECKING:
    from debatekit.render.word.sheet import Sheet

_WRITERS: dict[str, Callable[[Sheet, Any], None]] = {
    "brief": write_brief,
    "cards": write_cards,
    "key": write_key,
    "quiz": write_quiz,
}

WORD = frozenset(_WRITERS)


def word(handout: Handout, paper: Paper) -> bytes:
    """A handout whose template is one of WORD as the bytes of a .docx.

    The others fill a page on purpose (maps, flow sheets, forms to write on): there is
    nothing in them to edit that would not be better edited in the kit.
    """
    from debatekit.render.word.package import packed
    from debatekit.render.word.page import blank_sheet

    sheet = blank_sheet(handout.document.head, paper)
    _WRITERS[handout.template](sheet, handout.document)
    sheet.line("Notice", handout.document.head.notice)
    return packed(sheet.document)
