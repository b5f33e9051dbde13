"""A Word file while it is written: lines of named styles, tables, things kept together.

Stage: between the writers of each handout and python-docx. Nothing here knows a
document, and no writer knows python-docx.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from debatekit.render.html import QUOTATIONS
from debatekit.render.word.looks import CITE, EMPHASIS, QUOTED, STRONG

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

# HTML closes up white space, Word keeps it; a no-break space stays one.
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Words:
    """Words of a character style of their own, taken as they are."""

    text: str
    style: str
    marked: bool = False


# A text alone is our prose: quoted words in it are set in the serif.
Piece = str | Words


def strong(text: str) -> Words:
    return Words(text, STRONG)


def quoted(text: str) -> Words:
    """A source's words, inside the marks of a quotation."""
    return Words(f"“{text}”", QUOTED)


def cited(text: str) -> Words:
    return Words(text, CITE)


def aloud(text: str) -> Words:
    """Words to read aloud: bold and underlined, so that a copier keeps them, and
    highlighted as well, because Verbatim counts and shows what is highlighted."""
    return Words(text, EMPHASIS, marked=True)


class Sheet:
    """Adds to a python-docx document, top to bottom."""

    def __init__(self, document: Document):
        self.document = document
        self._lines: list[Paragraph] = []

    def heading(self, level: int, *pieces: Piece) -> None:
        self.line(f"Heading {level}", *pieces)

    def line(self, style: str, *pieces: Piece) -> None:
        paragraph = self.document.add_paragraph(style=style)
        _fill(paragraph, pieces)
        self._lines.append(paragraph)

    def bullets(self, lines: Sequence[str], style: str = "List Bullet") -> None:
        for line in lines:
            self.line(style, line)

    def answer_lines(self, count: int) -> None:
        """Rules to write on: tabs with a leader, which stay whole when typed over."""
        for _ in range(count):
            self.line("Answer line", "\t")

    def checks(self, notes: Sequence[str]) -> None:
        for note in notes:
            self.line("Source check", strong("Source check."), " ", note)

    @contextmanager
    def kept(self, with_next: bool = False) -> Iterator[None]:
        """Keep what is written inside on one page, and with what follows if asked."""
        start = len(self._lines)
        yield
        lines = self._lines[start:]
        for line in lines:
            line.paragraph_format.keep_together = True
            # The last one says no too: its style may hold it to what follows.
            line.paragraph_format.keep_with_next = with_next or line is not lines[-1]

    def table(self, head: Sequence[str], rows: Sequence[Sequence[list[Piece]]]) -> None:
        """A table whose head is repeated on every page and whose rows are not torn."""
        table: Table = self.document.add_table(
            rows=1 + len(rows), cols=len(head), style="Table Grid"
        )
        _write_row(table.rows[0], [[title] for title in head], repeated=True)
        for number, row in enumerate(rows, start=1):
            _write_row(table.rows[number], row, repeated=False)


def _write_row(row: _Row, cells: Sequence[Sequence[Piece]], repeated: bool) -> None:
    _keep_whole(row, repeated)
    for cell, pieces in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table head" if repeated else "Table text"
        _fill(paragraph, pieces)


def _keep_whole(row: _Row, repeated: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(paragraph: Paragraph, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, Words):
            _run(paragraph, piece)
            continue
        for text in QUOTATIONS.split(piece):
            style = QUOTED if text.startswith("“") and text.endswith("”") else ""
            _run(paragraph, Words(text, style))


def _run(paragraph: Paragraph, words: Words) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    # Our own tabs come alone or lead: a tab inside a text is white space of the kit.
    text = words.text if words.text == "\t" else _SPACE.sub(" ", words.text)
    if not text:
        return
    run = paragraph.add_run(text, words.style or None)
    if words.marked:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
