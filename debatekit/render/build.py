"""Handouts → files; what they were made from is in ``manifest``.

Stage: the end of the printed pipeline. Each file is written whole or not at all, and
progress is reported by a function that is passed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from debatekit.assets import templates
from debatekit.documents.cards import Cards, Printing
from debatekit.documents.handouts import Handout
from debatekit.documents.packets import Packet
from debatekit.documents.quiz import Quiz
from debatekit.files import write_whole
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.render.boxes import pages_of
from debatekit.render.cardsheets import print_cards
from debatekit.render.copies import numbered
from debatekit.render.fields import with_fields
from debatekit.render.html import Paper, Theme, screen_styles, to_html
from debatekit.render.openings import print_openings
from debatekit.render.pdf import Pdf, Piece, Printer
from debatekit.render.word import WORD, word


@dataclass(frozen=True)
class Built:
    """A file of a build; ``pages`` is 0 for a web page."""

    handout: Handout | Packet
    path: Path
    pages: int
    sha256: str
    html_sha256: str


Report = Callable[[Built], None]


def build_pdfs(
    kit: Kit,
    made: Sequence[Handout],
    paper: Paper,
    out: Path,
    report: Report,
    theme: Theme = "standard",
    packed: Sequence[Packet] = (),
    two_sided: bool = True,
    copies: int = 0,
) -> list[Built]:
    """Print every handout to OUT/KIT-ID/PATH.pdf, and the packets ``packed`` of them.

    A handout with fields comes in so many ``copies``, PATH-01.pdf …, if any are asked.
    Files are written when the last one is printed, so that a handout that fails leaves
    no new quiz beside an old key. What tells the pages of other files is printed last;
    ``html_sha256`` is of its text before they are filled in. Raises UserError.
    """
    printer = Printer(paper, (templates(), kit.folder), theme)
    printed: dict[str, tuple[Built, Pdf]] = {}

    def done(one: Handout | Packet, pdf: Pdf, said: str) -> None:
        path = out / kit.id / f"{one.path}.pdf"
        hashes = sha256(pdf.data), sha256(said.encode())
        printed[one.path] = Built(one, path, pdf.pages, *hashes), pdf
        report(printed[one.path][0])

    for handout in counting_last(made):
        try:
            pdf = print_handout(
                printer, handout, _counted(handout.document, printed), paper
            )
        except UserError as failure:
            message = f"{failure.message}; no file was written"
            raise UserError(message, failure.hint) from failure
        said = to_html(handout.template, handout.document)
        if not (copies and is_fillable(handout)):
            done(handout, pdf, said)
            continue
        for number, data in numbered(pdf.data, copies):
            copy = replace(handout, path=f"{handout.path}-{number}")
            done(copy, replace(pdf, data=data), said)
    for packet in packed:
        pieces = [printed[handout.path] for handout in packet.pieces]
        title = f"{packet.label}: {kit.head.title}"
        labelled = zip(packet.pieces, pieces, strict=True)
        bound = [Piece(h.document.head.label, pdf) for h, (_, pdf) in labelled]
        said = "".join(one.html_sha256 for one, _ in pieces)
        done(packet, printer.bind(title, bound, two_sided), said)
    for one, pdf in printed.values():
        write_whole(one.path, pdf.data)
    return [one for one, _ in printed.values()]


def is_fillable(handout: Handout) -> bool:
    """Whether a handout has fields to be filled in on screen."""
    return bool(getattr(handout.document, "fields", ""))


def print_handout(
    printer: Printer, handout: Handout, document: Any, paper: Paper
) -> Pdf:
    """Print a handout's ``document`` as its kind asks for. Raises UserError."""
    if isinstance(document, Cards):
        # In large print a card is as high as its words; there is nothing to cut.
        if printer.theme == "large" and document.printing == Printing():
            return printer.print(to_html("cards", document), handout.name)
        return print_cards(printer, handout.name, document, paper)
    if isinstance(document, Quiz):
        pdf = print_openings(printer, handout.name, handout.template, document)
    else:
        html = to_html(handout.template, document)
        pdf = printer.print(html, handout.name)
    return replace(pdf, data=with_fields(pdf.data)) if is_fillable(handout) else pdf


def build_pages(
    kit: Kit, made: Iterable[Handout], out: Path, report: Report
) -> list[Built]:
    """Write every handout as one self-contained web page; needs no PDF library."""
    styles = screen_styles()
    pages = ((h, to_html(h.template, h.document, styles).encode()) for h in made)
    return list(_written(pages, out / kit.id, ".html", report))


def build_word(
    kit: Kit, made: Iterable[Handout], paper: Paper, out: Path, report: Report
) -> list[Built]:
    """Write the handouts that have a Word form as .docx; needs no PDF library."""
    files = ((h, word(h, paper)) for h in made if h.template in WORD)
    return list(_written(files, out / kit.id, ".docx", report))


def _written(
    files: Iterable[tuple[Handout, bytes]], folder: Path, ending: str, report: Report
) -> Iterator[Built]:
    for handout, data in files:
        path = folder / f"{handout.path}{ending}"
        write_whole(path, data)
        built = Built(handout, path, 0, sha256(data), sha256(data))
        report(built)
        yield built


def counting_last(made: Iterable[Handout]) -> list[Handout]:
    """The handouts in their order, but at the end those that tell others' pages."""
    return sorted(made, key=lambda handout: hasattr(handout.document, "with_pages"))


def _counted(document: Any, printed: Mapping[str, tuple[Built, Pdf]]) -> Any:
    """A document that tells the pages of other handouts, with the pages of these."""
    if not hasattr(document, "with_pages"):
        return document
    pages = {one.handout.name: one.pages for one, _ in printed.values()}
    parts = {
        one.handout.name: pages_of(pdf.layout, "data-part")
        for one, pdf in printed.values()
    }
    return document.with_pages(pages, parts)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
