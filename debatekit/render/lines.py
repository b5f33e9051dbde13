"""A Kit → the same Kit with its lines numbered, broken as the source sheet sets them.

Stage: render, because only a layout knows where a line ends. The column is the same on
every paper; other themes and screens mark in their own lines where these begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from debatekit.assets import templates
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.lines import (
    LEVELS,
    Block,
    Ends,
    SourceLines,
    is_complete,
    numbered_texts,
    texts_sha256,
)
from debatekit.quiz.passages import nested
from debatekit.render.boxes import text_lines
from debatekit.render.html import to_html
from debatekit.render.pdf import Printer


@dataclass(frozen=True)
class Measured:
    """A text to be broken; a ``quoted`` one stands in “…”, in the quotations' serif."""

    name: str
    text: str
    quoted: bool


@dataclass(frozen=True)
class Column:
    texts: tuple[Measured, ...]


def with_lines(kit: Kit) -> Kit:
    """The kit with line numbers for every source: those of its lock where they still
    fit, the others broken now. Raises UserError where there is no Pango to do it."""
    missing = [
        source
        for source in kit.sources
        if not is_complete(
            kit.lines.get(source.id), source, kit.extras.readings.get(source.id)
        )
    ]
    if not missing:
        return kit
    return replace(kit, lines={**kit.lines, **broken(kit, missing)})


def broken(kit: Kit, sources: list[model.Source]) -> dict[str, SourceLines]:
    """Break the texts of sources into lines and number them, source by source."""
    texts = {
        (source.id, block): lines
        for source in sources
        for block, lines in numbered_texts(
            source, kit.extras.readings.get(source.id)
        ).items()
    }
    ends = _laid_out(texts)
    return {source.id: _numbered(source.id, texts, ends) for source in sources}


Texts = Mapping[tuple[str, str], tuple[str, ...]]


def _numbered(
    source: str, texts: Texts, ends: Mapping[tuple[str, str], Ends]
) -> SourceLines:
    def block(name: str, first: int) -> Block:
        at = source, name
        return Block(texts_sha256(texts[at]), first, ends[at])

    levels = {name: block(name, 1) for name in LEVELS if (source, name) in texts}
    longest = max((level.last for level in levels.values()), default=0)
    # The next full ten and one: passages have one number, whichever level is read.
    return SourceLines(block("passages", -(-longest // 10) * 10 + 1), levels)


def _laid_out(texts: Texts) -> dict[tuple[str, str], Ends]:
    measured = {
        block: tuple(
            _measured(f"{' '.join(block)} {number}", text, block[1] == "passages")
            for number, text in enumerate(block_texts)
        )
        for block, block_texts in texts.items()
    }
    column = Column(tuple(one for ones in measured.values() for one in ones))
    printer = Printer("letter", (templates(),))
    laid = printer.lay_out(to_html("lines", column), "the line numbers")
    lines = text_lines(laid, "data-text")
    return {
        block: tuple(tuple(line_ends(one.text, lines[one.name])) for one in ones)
        for block, ones in measured.items()
    }


def _measured(name: str, text: str, quoted: bool) -> Measured:
    return Measured(name, nested(text) if quoted else text, quoted)


def line_ends(text: str, lines: list[str]) -> Iterator[int]:
    """The offset in a text at which each of its lines ends.

    Lines may have marks around the text that the page puts there. Raises ValueError
    where they are not the text: then the layout lost or added something.
    """
    at = 0
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        start = at + len(text[at:]) - len(text[at:].lstrip())
        if number == 1 and not text.startswith(words[:1]):
            words = words[1:]
        if number == len(lines) and not text.endswith(words):
            words = words[:-1]
        if not words or not text.startswith(words, start):
            raise ValueError(f"the layout lost {text[at : at + 40]!r}")
        at = start + len(words)
        yield at
    if at != len(text):
        raise ValueError(f"the layout lost {text[at:][:40]!r}")
