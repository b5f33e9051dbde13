"""Handouts printed for tests, once a session, and what tests read out of a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2

from debatekit.documents.cards import Card, Cards
from debatekit.documents.handouts import Handout, handouts, printed_forms
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.records import Forms
from debatekit.render.cardsheets import print_cards
from debatekit.render.html import Paper, Theme, to_html
from debatekit.render.pdf import Printer

BOXES: Mapping[Paper, tuple[float, float]] = {
    "letter": (612, 792),
    "a4": (595.3, 841.9),
}


@dataclass(frozen=True, eq=False)
class Printed:
    """One handout and its file; ``pages`` is the text of each page."""

    handout: Handout
    html: str
    data: bytes

    @property
    def pages(self) -> tuple[str, ...]:
        return page_texts(self.data)

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """Kept open: its objects do not outlive it."""
        return pikepdf.open(io.BytesIO(self.data))


@dataclass(frozen=True, eq=False)
class Build:
    """A kit printed: two forms, so that a file's name differs from its handout's."""

    kit: Kit
    paper: Paper
    forms: Forms
    printed: tuple[Printed, ...]

    def __getitem__(self, name: str) -> Printed:
        return next(p for p in self.printed if p.handout.name == name)

    @property
    def students(self) -> tuple[Printed, ...]:
        return tuple(p for p in self.printed if p.handout.audience == "student")


@cache
def build(
    folder: Path, paper: Paper = "letter", theme: Theme = "standard", count: int = 2
) -> Build:
    kit = sound_kit(folder)
    forms = printed_forms(kit, count, seed=1)
    printer = Printer(paper, (folder,), theme)
    printed = []
    for handout in handouts(kit, (), forms):
        html = to_html(handout.template, handout.document)
        if isinstance(handout.document, Cards):
            data = print_cards(printer, handout.name, handout.document, paper).data
        else:
            data = printer.print(html, handout.name).data
        printed.append(Printed(handout, html, data))
    return Build(kit, paper, forms, tuple(printed))


@cache
def page_texts(data: bytes) -> tuple[str, ...]:
    return tuple(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages
    )


def squeezed(text: str) -> str:
    """Text without white space: where lines break does not matter, nor what pypdf
    makes of the gap between two words."""
    return re.sub(r"\s+", "", text)


def uncompressed(pdf: pikepdf.Pdf) -> bytes:
    """The whole file with every stream unpacked."""
    out = io.BytesIO()
    pdf.save(
        out,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return out.getvalue()


def outline(data: bytes) -> list[str]:
    """The titles of a PDF's bookmarks, depth first."""

    def titles(entries: Any) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(entry.title)

    return list(titles(pypdf.PdfReader(io.BytesIO(data)).outline))


def card_texts(data: bytes) -> Iterator[str]:
    """What stands on each card, without white space, once the sheets are cut twice."""
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_width() / 2, page.get_height() / 2
        for row, column in ((1, 0), (1, 1), (0, 0), (0, 1)):
            found = page.get_textpage().get_text_bounded(
                left=column * width,
                right=(column + 1) * width,
                bottom=row * height,
                top=(row + 1) * height,
            )
            # PDFium's sign for a hyphen at the end of a line.
            yield squeezed(found.replace("\x02", "-"))


def missing_on_card(card: Card, text: str) -> list[str]:
    """The parts of a card that are not in its text."""
    parts = [
        card.label,
        f"read aloud: {card.seconds} s",
        card.tag,
        card.quote.cite,
        card.quote.text,
        *card.quote.notes,
        f"{card.side_name} {card.contention}: {card.claim}",
    ]
    return [part for part in parts if squeezed(part) not in text]


# ------------------------------------------------------------------ the tag tree


@dataclass(frozen=True, eq=False)
class Tag:
    """A structure element: its role, the text marked with it, those inside it."""

    role: str
    element: pikepdf.Dictionary
    children: tuple[Tag, ...]

    def all(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.all()


def tag_tree(pdf: pikepdf.Pdf) -> Tag:
    """The structure tree, from its document element down."""
    return _tag(_kids(pdf.Root.StructTreeRoot)[0])


def printed_tree(tag: Tag, depth: int = 0) -> str:
    """A tag tree as indented text, for messages."""
    lines = [f"{'  ' * depth}{tag.role}"]
    return "\n".join(
        [*lines, *(printed_tree(child, depth + 1) for child in tag.children)]
    )


def _tag(element: pikepdf.Dictionary) -> Tag:
    kids = [kid for kid in _kids(element) if "/S" in kid]
    return Tag(str(element.S), element, tuple(_tag(kid) for kid in kids))


def _kids(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = element.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]
